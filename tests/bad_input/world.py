"""A hub in which every form has something to act on, and the people of tests/conftest.py are at home."""

from uuid import uuid4

from django.contrib.auth.models import Group

from courses.models import Enrolment, EnrolmentTerms
from courses.pieces import all_parts, lesson_pieces
from courses.plans import add_goal, add_step
from courses.queries import kit_outline
from courses.terms import make_invitations
from forums import actions
from forums.models import Forum, ForumTag
from hub.accounts.helped import start_help
from hub.accounts.models import HelpedRecovery, Organisation, User
from hub.lib.stamp import touch
from tests.conftest import PASSPHRASE

PEOPLE = {
    "learner": {"language": "el"},
    "stranger": {},
    "moderator": {"language": "sv"},
    "trainer": {},
    "coordinator": {},
    "newcomer": {"must_change_passphrase": True},
    "admin": {"is_staff": True, "is_superuser": True},
}
# What of a part is named in its form: {kind: [(list of the part, name of its first id below)]}.
PICKED = {
    "checklist": [("items", "item")],
    "question": [("options", "option")],
    "assessment": [("statements", "statement"), ("scale", "place")],
}


def make_world():
    """Ids that the forms name: a kit, lessons with a part of each kind, a post of the learner's."""
    people = {name: User.objects.create_user(name, password=PASSPHRASE, **PEOPLE[name]) for name in PEOPLE}
    for name in ("trainer", "moderator", "coordinator"):
        people[name].groups.add(Group.objects.get(name=name))
    learner, moderator = people["learner"], people["moderator"]
    kit = kit_outline("en", "learner")
    ids = {"kit": kit.key}
    for line in kit.lessons:
        for part in all_parts(lesson_pieces(line.pk)):
            if (kind := part["kind"]) not in ids:
                place = {"reflection": "lesson", "checklist": "lesson_c", "question": "lesson_q"}.get(
                    kind, f"in_{kind}"
                )
                ids |= {kind: part["id"], place: line.key}
                for choice, name in PICKED.get(kind, ()):
                    ids |= {name: part[choice][0]["id"]} if choice in part else {}
    forum = Forum.objects.get(slug="learner")
    alias = actions.join_forum(user=learner, forum=forum, name="Heron 27")
    words = {"source": "A question", "html": "<p>A question</p>", "language": "en", "client_id": uuid4()}
    thread = actions.start_thread(forum=forum, author=learner, alias=alias, title="How?", **words)
    Enrolment.objects.create(user=learner, kit_key=kit.key)
    ids |= settle_kit_that_asks(moderator)
    ids |= settle_partner(learner, people["trainer"], people["coordinator"])
    goal = add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="A goal")
    ids |= {"goal": goal.uid, "step": add_step(goal=goal, uid=uuid4(), text="A step").uid}
    ids |= {"tag": ForumTag.objects.first().pk, "lounge": Forum.objects.get(slug="lounge").pk}
    return ids | {"thread": thread.pk, "post": thread.posts.get().pk}


def settle_partner(learner, trainer, coordinator):
    """A trainer and a coordinator of one organisation; the second has begun to help the learner back in."""
    partner = Organisation.objects.create(name="Partner")
    User.objects.filter(pk__in=[trainer.pk, coordinator.pk]).update(organisation=partner)
    trainer.organisation = coordinator.organisation = partner
    start_help(username=learner.username, actor=coordinator)
    role = Group.objects.get(name="trainer").pk
    return {"organisation": partner.pk, "person": trainer.pk, "role": role, "request": HelpedRecovery.objects.get().pk}


def settle_kit_that_asks(staff):
    """The other kit is entered after a yes, or with an invitation."""
    key = kit_outline("en", "trainer").key
    EnrolmentTerms.objects.create(kit_key=key, way="approval")
    touch()
    return {"asking": key, "invitation": make_invitations(kit_key=key, count=1, days=30, by=staff)[0]}
