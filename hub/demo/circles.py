"""One circle of all learners, led by the first trainer of the demo, with six sessions."""

from datetime import timedelta

from django.utils import timezone

from courses.cohorts import fold, make_cohort
from courses.models import Cohort, CohortSession, KitPage, Membership
from forums.circles import make_circle_forum
from hub.accounts.models import User
from hub.demo.rows import create

TITLE = "Tuesday evening"
SESSIONS = 6
KEEPS_TO_HERSELF = 5  # every fifth


def circle(people, *, added, progress):
    """Let `people` (ids of learners) into the circle of trainer001, which is made when it is missing."""
    trainer = User.objects.filter(username="trainer001").select_related("organisation").first()
    kit = KitPage.objects.filter(locale__language_code="en", slug="learner").first()
    if not (trainer and trainer.organisation and kit):
        return
    cohort = Cohort.objects.filter(trainers__user=trainer, title=TITLE).first() or new_circle(trainer, kit)
    there = set(cohort.memberships.values_list("user_id", flat=True))
    new = [(number, user) for number, user in enumerate(people, 1) if user not in there]
    rows = (member(cohort, number, user) for number, user in new)
    added.add(
        "members of a circle",
        create(Membership, rows, "members of a circle", len(new), progress, ignore_conflicts=True),
    )


def new_circle(trainer, kit):
    cohort = make_cohort(
        organisation=trainer.organisation,
        kit_key=kit.translation_key,
        by=trainer,
        title=TITLE,
        languages=["en"],
    )
    make_circle_forum(cohort=cohort)
    first = timezone.now().replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=12)
    CohortSession.objects.bulk_create(
        CohortSession(cohort=cohort, number=number, starts_at=first + timedelta(weeks=number - 1), place="Room 2")
        for number in range(1, SESSIONS + 1)
    )
    return cohort


def member(cohort, number, user):
    name = f"Ana {number}"
    return Membership(
        cohort=cohort,
        user_id=user,
        display_name=name,
        folded_name=fold(name),
        shows_progress=number % KEEPS_TO_HERSELF != 0,
    )
