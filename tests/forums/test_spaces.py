"""A lounge, a room that only people with a role know of, and a board on which every post waits."""

import pytest
from django.conf import settings
from django.utils import translation

from forums import actions, reading
from forums.models import Forum, Post
from forums.spaces import SPACES, ensure_spaces
from tests.forums.conftest import HOME, words

ROOM = f"{HOME}trainers/"


@pytest.fixture
def room(db):
    ensure_spaces()
    return Forum.objects.get(slug="trainers")


@pytest.fixture
def said(room, trainer, write):
    return write(actions.join_forum(user=trainer, forum=room, name="Amber 12"), "Among us", title="A hard session")


def test_spaces_are_made_once_and_named_in_every_language(db):
    assert {forum.slug for forum in ensure_spaces()} == set(SPACES)
    assert ensure_spaces() == []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for slug, space in SPACES.items():
                forum = Forum.objects.get(slug=slug)
                assert (forum.name, forum.topic) == (space["name"][code], space["topic"][code])


def test_the_trainers_room_does_not_exist_for_others(learner_client, sign_in, trainer, said):
    trainers = sign_in(trainer)
    paths = [ROOM, f"{ROOM}new/", f"{ROOM}join/", said.thread.get_absolute_url(), f"{HOME}posts/{said.pk}/report/"]
    assert [learner_client.get(path).status_code for path in paths] == [404] * len(paths)
    assert trainers.get(said.thread.get_absolute_url()).status_code == 200
    assert "Trainers" not in learner_client.get(HOME).text
    assert "Trainers" in trainers.get(HOME).text


def test_who_is_no_trainer_any_more_finds_nothing_of_it_in_her_lists(learner, learner_client, said):
    reading.follow_thread(user=learner, thread=said.thread)
    reading.mark_post(user=learner, post=said, kind="kept", on=True)
    for name in ("followed", "kept"):
        assert learner_client.get(f"{HOME}{name}/").context["page"].rows == []
    for act in ("keep", "thank", "report"):
        assert learner_client.post(f"{HOME}posts/{said.pk}/{act}/", {"on": "1"}).status_code == 404
    assert learner_client.post(f"{HOME}aliases/{said.alias_id}/block/", {"on": "1"}).status_code == 404


def test_an_offer_of_work_waits_even_for_long_standing_members(learner, learner_client, room):
    board = Forum.objects.get(slug="jobs")
    actions.join_forum(user=learner, forum=board, name="Heron 27")
    learner_client.post(f"{HOME}jobs/new/", words(title="A place in a laboratory"))
    assert Post.objects.get().held == "board"
