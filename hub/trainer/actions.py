"""What concerns a circle and its forum at once."""

from django.db import transaction

from courses.cohorts import change_cohort, make_cohort
from forums.circles import make_circle_forum, rename_circle_forum


@transaction.atomic
def make_circle(*, organisation, by, **fields):
    """A circle that `by` leads, with a code and a forum of its own."""
    cohort = make_cohort(organisation=organisation, by=by, **fields)
    make_circle_forum(cohort=cohort)
    return cohort


@transaction.atomic
def change_circle(*, cohort, **fields):
    """See courses.cohorts.change_cohort; its forum follows its title."""
    changed = change_cohort(cohort=cohort, **fields)
    if changed.title != cohort.title:
        rename_circle_forum(cohort=changed)
    return changed
