"""Two administrators together learn who an alias is. The row keeps who they are, and never who she is: that is the alias's own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forums.models.spaces import SpaceAlias
from forums.models.threads import Post


class UnmaskingQuerySet(models.QuerySet):
    def about_members(self):
        """Of a former member there is nothing to learn."""
        return self.filter(alias__user__isnull=False)

    def waiting(self):
        return self.about_members().filter(agreed_at=None, ended_at=None, expires_at__gt=timezone.now())

    def agreed(self):
        return self.about_members().filter(agreed_at__isnull=False)

    def open_to(self, user):
        """Those in which she is one of the two, while they may look."""
        return self.agreed().filter(Q(asked_by=user) | Q(agreed_by=user), expires_at__gt=timezone.now())

    def decided(self):
        """Those that came to an end, one way or the other."""
        return self.exclude(agreed_at=None, ended_at=None, expires_at__gt=timezone.now())


class Unmasking(models.Model):
    """One asks, another agrees. Their names stay, also when their accounts are gone: the member shall read them."""

    alias = models.ForeignKey(SpaceAlias, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_name = models.CharField(max_length=150, blank=True)
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back, or not agreed to
    expires_at = models.DateTimeField()  # until then somebody can agree; once agreed, until then the two can look

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("agreed_by")), name="unmasked_by_two"),
            models.UniqueConstraint(
                fields=["alias"],
                name="one_open_unmasking",
                condition=Q(agreed_at__isnull=True, ended_at__isnull=True),
            ),
        ]

    def __str__(self):
        return str(self.pk)


class UnmaskingLook(models.Model):
    """One of the two has looked at the name."""

    unmasking = models.ForeignKey(Unmasking, models.CASCADE, related_name="looks")
    by_asker = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.pk)
