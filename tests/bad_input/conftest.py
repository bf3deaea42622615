"""A hub in which every form has something to act on."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

import courses.answer_views
import courses.desk_views
import courses.enrolment_views
import forums.reading_views
import forums.unmasking_views
import forums.views
import forums.writing_views
import hub.accounts.card_views
import hub.accounts.helped_views
import hub.accounts.people_views
import hub.accounts.views
from courses.models import Enrolment, EnrolmentTerms
from courses.pieces import all_parts, lesson_pieces
from courses.plans import add_goal, add_step
from courses.queries import kit_outline
from courses.terms import make_invitations
from forums import actions
from forums.models import Forum, ForumTag
from hub.accounts.helped import start_help
from hub.accounts.models import HelpedRecovery, Organisation
from hub.lib.stamp import touch

# What of a part is named in its form: {kind: [(list of the part, name of its first id below)]}.
PICKED = {
    "checklist": [("items", "item")],
    "question": [("options", "option")],
    "assessment": [("statements", "statement"), ("scale", "place")],
}


@pytest.fixture
def world(loaded_hub, learner, stranger, moderator, trainer, coordinator, newcomer, admin):
    """Ids that the forms name: a kit, lessons with a part of each kind, a post of the learner's."""
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
    ids |= settle_partner(learner, trainer, coordinator)
    goal = add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="A goal")
    ids |= {"goal": goal.uid, "step": add_step(goal=goal, uid=uuid4(), text="A step").uid}
    ids |= {"tag": ForumTag.objects.first().pk, "lounge": Forum.objects.get(slug="lounge").pk}
    return ids | {"thread": thread.pk, "post": thread.posts.get().pk}


def settle_partner(learner, trainer, coordinator):
    """A trainer and a coordinator of one organisation; the second has begun to help the learner back in."""
    partner = Organisation.objects.create(name="Partner")
    get_user_model().objects.filter(pk__in=[trainer.pk, coordinator.pk]).update(organisation=partner)
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


@pytest.fixture
def send(world, request):
    """`send(form, **changed)`: post it as the person it is for."""

    def post(form, client=None, **changed):
        client = client or Client()
        if form.who != "visitor":
            client.force_login(request.getfixturevalue(form.who))
        data = form.filled(world) | {name.format(**world): value for name, value in changed.items()}
        body = urlencode(data, doseq=True)
        return client.post(form.address(world), body, content_type="application/x-www-form-urlencoded")

    return post


@pytest.fixture
def no_limits(monkeypatch, settings):
    """Limits have their own tests; here they would hide what happens to the eleventh."""
    settings.ACCOUNT_RATE_LIMITS = False
    accounts = (hub.accounts.views, hub.accounts.helped_views, hub.accounts.people_views, hub.accounts.card_views)
    for module in (
        forums.views,
        forums.writing_views,
        forums.reading_views,
        forums.unmasking_views,
        courses.answer_views,
        courses.enrolment_views,
        courses.desk_views,
        *accounts,
    ):
        monkeypatch.setattr(module, "allow", lambda key, **limit: True)
