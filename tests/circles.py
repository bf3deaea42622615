"""A circle and women in it, for tests of every app."""

from uuid import uuid4

from courses.cohorts import join
from courses.models import Answer, Membership
from courses.sharing import comment, share
from hub.accounts.models import Organisation, User
from hub.trainer.actions import make_circle


def employ(user, name="Partner"):
    """Let her belong to an organisation, as trainers do."""
    user.organisation = Organisation.objects.get_or_create(name=name)[0]
    user.save(update_fields=["organisation"])
    return user


def make_circle_of(trainer, kit_key, **fields):
    fields = {"title": "Tuesday evening", "languages": ["en"]} | fields
    return make_circle(organisation=trainer.organisation, by=trainer, kit_key=kit_key, **fields)


def let_join(circle, user, name="Ana", shows=True):
    return join(user=user, cohort=circle, display_name=name, shows_progress=shows)


def let_share(member, text="My week", by=None):
    """She wrote this in some lesson of the circle's kit and shows it; `by` wrote to her about it."""
    place = {"kit_key": member.cohort.kit_key, "lesson_key": uuid4(), "block_id": uuid4(), "kind": "reflection"}
    body = {"text": text, "how": "screen"}
    answer = Answer.objects.create(user=member.user, client_id=uuid4(), body=body, **place)
    row = share(membership=member, client_id=answer.client_id)
    if by:
        comment(cohort=member.cohort, share_id=row.pk, by=by, text="Thank you")
    return row


def fill(circle, count, shows=True, start=0):
    """Members by the hundred, without enrolments."""
    numbers = range(start, start + count)
    users = User.objects.bulk_create([User(username=f"member-{n}", password="!") for n in numbers])
    Membership.objects.bulk_create(
        Membership(
            cohort=circle,
            user=user,
            display_name=f"Name {n:04d}",
            folded_name=f"name {n:04d}",
            shows_progress=shows,
        )
        for n, user in zip(numbers, users, strict=True)
    )
    return users
