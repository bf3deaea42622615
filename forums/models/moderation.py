"""Reports, and what moderators did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.spaces import Forum, SpaceAlias
from forums.models.threads import Post, Thread


class ReportReason(models.TextChoices):
    RULES = "rules", _("It breaks the house rules")
    HURTFUL = "hurtful", _("It is hurtful or threatening")
    PRIVATE = "private", _("It tells something private about a person")
    MONEY = "money", _("It asks for money, a passport or photos, or offers a doubtful job")
    SPAM = "spam", _("It is advertising")
    OTHER = "other", _("Something else")
    NOTE = "note", _("Nothing is wrong, I only want to tell you something")
    WORDS = "words", _("It has words that moderators want to look at")


class Report(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, db_index=False, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=ReportReason.choices)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="reports_open", condition=Q(handled_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], name="one_open_report", condition=Q(handled_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.post_id}: {self.reason}"


class Act(models.TextChoices):
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    LOCK = "lock", _("Close to new posts")
    UNLOCK = "unlock", _("Open to new posts")
    CLOSE_ON = "close_on", _("Close on a day")
    MOVE = "move", _("Move to another forum")
    PIN = "pin", _("Keep on top")
    UNPIN = "unpin", _("No longer keep on top")
    MUTE = "mute", _("Pause this alias: may read, may not write")
    UNMUTE = "unmute", _("End the pause")
    BAN = "ban", _("Exclude this alias from this forum")
    UNBAN = "unban", _("End the exclusion")
    DISMISS = "dismiss", _("Leave it as it is")
    WARN = "warn", _("Write to this alias: she reads your words at her next visit")
    HUB_BAN = "hub_ban", _("Exclude this person from all forums")
    HUB_UNBAN = "hub_unban", _("End the exclusion from all forums")
    RELEASE = "release", _("Let it through")
    REFUSE = "refuse", _("Do not let it through")
    REPORTED = "reported", _("Hidden by itself after several reports")


class Block(models.Model):
    """She does not want to read this alias. Nobody else knows of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    alias = models.ForeignKey(SpaceAlias, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "alias"], name="one_block_per_alias")]

    def __str__(self):
        return str(self.pk)


class ModerationEntry(models.Model):
    """One act of a moderator: who by role and alias, never by person."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="moderation")
    role = models.CharField(max_length=20)
    alias_name = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    target = models.ForeignKey(SpaceAlias, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.role}: {self.act}"
