"""The forum of a circle: made with it, for its members and those who hold it, closed with it.

Moderators reach it too, by what was reported in it: somebody has to answer for the house rules. It stands in none of their lists.
"""

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from courses.models import Cohort, Membership
from forums.models import Forum
from forums.models.spaces import INSIDE, in_circle

CIRCLE = "circle"


@transaction.atomic
def make_circle_forum(*, cohort):
    """The forum of a circle, named like it in every language; the one there is, if there is one."""
    found = Forum.objects.filter(cohort=cohort).first()
    if found:
        return found
    names = {f"name_{code}": cohort.title for code in settings.MODELTRANSLATION_LANGUAGES}
    return Forum.objects.create(cohort=cohort, slug=f"{CIRCLE}-{uuid.uuid4().hex[:10]}", **names)


def rename_circle_forum(*, cohort):
    names = {f"name_{code}": cohort.title for code in settings.MODELTRANSLATION_LANGUAGES}
    Forum.objects.filter(cohort=cohort).update(name=cohort.title, **names)


def forum_of(cohort):
    return Forum.objects.filter(cohort=cohort).first()


def belongs(user, cohort_id):
    """Whether she is in the circle, was when it closed, or holds it. One query."""
    return Cohort.objects.filter(in_circle(user), pk=cohort_id).exists()


def readers_among(people, cohort_id):
    """Those of `people` who are in the circle or hold it."""
    members = Membership.objects.filter(cohort=cohort_id, state__in=INSIDE).values("user")
    return people.filter(Q(pk__in=members) | Q(held_cohorts__cohort=cohort_id)).distinct()
