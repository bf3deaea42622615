"""Forums, and what a person is called in each. Who an alias is appears in no list, log or export."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models import Cohort, Membership
from forums.names import name_key
from hub.accounts.roles import group_names

# First parts of forum addresses that are pages of their own (forums.urls).
RESERVED_SLUGS = frozenset(
    {
        "aliases",
        "asked",
        "blocked",
        "followed",
        "kept",
        "languages",
        "mine",
        "moderation",
        "posts",
        "preview",
        "read",
        "rules",
    }
)
TAG_LENGTH = 40


def refuse_reserved(slug):
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address belongs to the hub. Please choose another one."), code="reserved")


INSIDE = [Membership.State.MEMBER, Membership.State.ENDED]


def in_circle(user, field="pk"):
    """The circles she is in, was in when they closed, or holds, as a condition on Cohort or on a `field` that leads to it.

    It begins with her own rows, so that it costs the same however many circles there are.
    """
    member = Membership.objects.filter(user=user, state__in=INSIDE).values("cohort")
    held = Cohort.objects.held_by(user).values("pk")
    return Q(**{f"{field}__in": member}) | Q(**{f"{field}__in": held})


class ForumQuerySet(models.QuerySet):
    def readable_by(self, user):
        hers = self.filter(Q(cohort=None) | in_circle(user, "cohort"))
        return hers if user.is_superuser or group_names(user) else hers.filter(staff_only=False)


class Forum(models.Model):
    kit_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    # Of a circle: read by its members, those who hold it, and moderators, who answer for the house rules.
    cohort = models.OneToOneField(
        "courses.Cohort", models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )
    slug = models.SlugField(unique=True, max_length=80, validators=[refuse_reserved])
    name = models.CharField(_("name"), max_length=120)
    topic = models.TextField(_("what it is about"), blank=True, max_length=500)
    # Only people with a role know of it.
    staff_only = models.BooleanField(_("for trainers and staff only"), default=False)
    # Every post waits for a moderator, as on a board with job offers.
    moderated = models.BooleanField(_("posts wait for a moderator"), default=False)
    # What was written before stays with those it was written for: visitors read threads that begin from `public_since` on.
    public = models.BooleanField(
        _("visitors may read"),
        default=False,
        help_text=_("Threads that begin from now on can be read without an account. Older ones stay with the members."),
    )
    public_since = models.DateTimeField(null=True, blank=True, editable=False)
    close_after_days = models.PositiveSmallIntegerField(
        _("days without a post after which a thread closes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3660)],
        help_text=_("Empty: never. Threads that are kept on top stay open."),
    )
    moderator_seen_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        permissions = [("open_forum", "Can let visitors read a forum")]
        constraints = [
            models.CheckConstraint(condition=~Q(public=True, staff_only=True), name="staff_forums_are_not_public"),
            models.CheckConstraint(condition=Q(cohort=None) | Q(public=False), name="circle_forums_are_not_public"),
        ]

    def __str__(self):
        return self.name or self.slug

    def clean(self):
        if self.public and self.staff_only:
            raise ValidationError({"public": _("A forum for trainers and staff cannot be open to visitors.")})
        if self.public and self.cohort_id:
            raise ValidationError({"public": _("The forum of a circle cannot be open to visitors.")})

    def save(self, **kwargs):
        if self.public != bool(self.public_since):
            self.public_since = timezone.now() if self.public else None
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.slug])

    def keys_in_use(self, keys):
        """Those of some keys of names that are somebody's here, or were."""
        return self.aliases.filter(name_key__in=keys).values_list("name_key", flat=True)


class ForumTag(models.Model):
    """A word of the forum's own short list, by which its threads are found. Threads keep the slugs: Thread.tags."""

    forum = models.ForeignKey(Forum, models.CASCADE, db_index=False, related_name="tags")
    slug = models.SlugField(max_length=TAG_LENGTH, db_index=False)
    name = models.CharField(_("tag"), max_length=TAG_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "slug"], name="tag_once_per_forum")]

    def __str__(self):
        return self.name or self.slug


class SpaceAlias(models.Model):
    """What a person is called in one forum. The row outlives her, nameless, so that nobody is given the name again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    forum = models.ForeignKey(Forum, models.CASCADE, db_index=False, related_name="aliases")
    name = models.CharField(_("alias"), max_length=40, blank=True)
    name_key = models.CharField(max_length=64, editable=False)
    rules_accepted_at = models.DateTimeField(default=timezone.now)
    muted_until = models.DateTimeField(null=True, blank=True)
    banned_until = models.DateTimeField(null=True, blank=True)
    # An exclusion from all forums stands on each of her aliases and is shown on none of them:
    # the same day beside two names would tell that they are one person.
    hub_banned_until = models.DateTimeField(null=True, blank=True)
    warning = models.TextField(_("words of a moderator, until she has read them"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["forum", "name_key"], name="alias_once_per_forum"),
            models.UniqueConstraint(fields=["user", "forum"], name="one_alias_per_person_and_forum"),
        ]

    def __str__(self):
        return self.name or gettext("former member")

    def save(self, **kwargs):
        if self.name:
            self.name_key = name_key(self.name)
        super().save(**kwargs)

    @property
    def is_muted(self):
        return bool(self.muted_until and self.muted_until > timezone.now())

    @property
    def is_banned(self):
        return bool(self.banned_until and self.banned_until > timezone.now())

    @property
    def is_kept_out(self):
        return self.is_banned or bool(self.hub_banned_until and self.hub_banned_until > timezone.now())
