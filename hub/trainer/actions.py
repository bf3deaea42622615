"""What concerns a circle and its forum at once."""

from django.db import transaction

from courses.cohorts import make_cohort
from forums.circles import make_circle_forum


@transaction.atomic
def make_circle(*, organisation, by, **fields):
    """A circle that `by` leads, with a code and a forum of its own."""
    cohort = make_cohort(organisation=organisation, by=by, **fields)
    make_circle_forum(cohort=cohort)
    return cohort
