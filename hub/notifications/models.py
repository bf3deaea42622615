"""What somebody is told, how she wants to be told by mail, and the mails that are still to go.

A notification holds no words and no names: what it is about is looked up when it is shown, so that what was hidden, withdrawn
or erased in the meantime is gone here too.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def reader(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+", **options)


class Kind(models.TextChoices):
    REPLY = "reply", _("a new post in a thread you follow")
    TO_HER = "to_her", _("an answer to your post")
    MENTION = "mention", _("somebody spoke to you by your alias")
    THREAD = "thread", _("a new thread in a forum you follow")
    ANNOUNCEMENT = "announcement", _("an announcement")
    ACCEPTED = "accepted", _("your answer helped")
    MODERATED = "moderated", _("what a moderator did with your post or alias")
    REPORT = "report", _("an answer to your report")
    PLACE = "place", _("a free place in a kit")
    TEXTS = "texts", _("what waits for a translation")
    CIRCLE = "circle", _("something about a circle you are in")
    CERTIFICATE = "certificate", _("a certificate you asked for")
    REMINDER = "reminder", _("a reminder you asked for")
    LAST_REMINDER = "reminder_end", _("the last of the reminders you asked for")


class NotificationQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(withheld=False)

    def unread(self):
        return self.shown().filter(read_at=None)


class Notification(models.Model):
    user = reader()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # The event. Nobody is told twice of one.
    key = models.CharField(max_length=60)
    # The thread or the like it belongs to: what stands together in the list, is read together and is withheld together.
    topic = models.CharField(max_length=60, blank=True)
    path = models.CharField(max_length=200)  # behind the language; with a slash in front it is whole
    context = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)
    # What it is about cannot be read just now, such as a hidden post.
    withheld = models.BooleanField(default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "id"], name="news_of_reader_by_key"),
            models.Index(
                fields=["user", "topic"], name="unread_news", condition=Q(read_at__isnull=True, withheld=False)
            ),
            models.Index(fields=["topic"], name="news_of_topic", condition=~Q(topic="")),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"


class How(models.TextChoices):
    NONE = "none", _("No e-mail")
    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")


def hour(label):
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


class Preference(models.Model):
    """How she is told by mail: one row for the hub (`scope` is empty), others for a forum or a thread she chose otherwise for.

    Without a row she has not been asked, and gets none.
    """

    user = reader()
    scope = models.CharField(max_length=60, blank=True)
    how = models.CharField(_("e-mail"), max_length=6, choices=How.choices, default=How.NONE)
    # Only the row for the hub uses these.
    words = models.BooleanField(_("titles in the e-mail"), default=False)
    quiet_from = hour(_("no e-mail from"))
    quiet_until = hour(_("until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "scope"], name="one_choice_per_scope"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__lt=24, quiet_until__lt=24),
                name="quiet_hours_of_the_day",
            ),
        ]

    def __str__(self):
        return f"{self.scope}: {self.how}"

    @property
    def context(self):
        """What the scope is, as the context of a notification says it."""
        name, _, number = self.scope.partition(":")
        return {name: int(number)} if number else {}


class OutboxQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(sent_at=None, due_at__lte=now)


class Outbox(models.Model):
    """One notification that is to go by mail. All of a reader's that are due together go in one.

    `due_at` is also what protects a row that a worker holds: while it works, the row is due only after its lease.
    """

    notification = models.OneToOneField(Notification, models.CASCADE, related_name="mail")
    user = reader()
    due_at = models.DateTimeField()
    # Of the mail it goes with, from the first try on: the Message-ID is made of it, and never changes.
    batch = models.UUIDField(null=True)
    claim = models.UUIDField(null=True)  # of the worker that holds it
    tries = models.PositiveSmallIntegerField(default=0)  # that the mail server refused; a worker that died is none
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "due_at"], name="mail_that_waits", condition=Q(sent_at__isnull=True)),
            models.Index(fields=["sent_at"], name="mail_that_went", condition=Q(sent_at__isnull=False)),
        ]

    def __str__(self):
        return str(self.pk)


class ReminderQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(due_at__lte=now)


class Reminder(models.Model):
    """She asked to be reminded by mail. Without a row she gets no reminder; who stops them has none."""

    class When(models.TextChoices):
        AWAY = "away", _("When I have not come for a week")
        MONDAY = "0", _("On Mondays")
        TUESDAY = "1", _("On Tuesdays")
        WEDNESDAY = "2", _("On Wednesdays")
        THURSDAY = "3", _("On Thursdays")
        FRIDAY = "4", _("On Fridays")
        SATURDAY = "5", _("On Saturdays")
        SUNDAY = "6", _("On Sundays")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    when = models.CharField(_("when"), max_length=4, choices=When.choices)
    due_at = models.DateTimeField(null=True)  # when it is looked at next; none once they have ended by themselves
    last_at = models.DateTimeField(_("last reminder"), null=True)
    unanswered = models.PositiveSmallIntegerField(default=0)  # reminders in a row after which she did not come

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="reminders_to_look_at", condition=Q(due_at__isnull=False))]

    def __str__(self):
        return self.when
