"""An empty forum offers first questions, by whom it is for."""

import pytest
from django.utils.http import urlencode

from forums.models import TITLE_LENGTH, Forum
from forums.openings import KITS, MEMBERS, SPACES, TRAINERS, openings_for
from forums.spaces import ensure_spaces
from tests.forums.conftest import FORUM


@pytest.mark.parametrize(("slug", "titles"), [("lounge", SPACES["lounge"]), ("trainers", TRAINERS)])
def test_each_space_has_its_own(db, slug, titles):
    ensure_spaces()
    assert openings_for(Forum.objects.get(slug=slug)) == titles


def test_each_kit_has_those_of_its_readers(loaded_hub):
    for slug, titles in [("learner", MEMBERS), ("trainer", TRAINERS)]:
        assert openings_for(Forum.objects.get(slug=slug)) == titles


def test_every_one_is_a_title(learner_client):
    titles = [title for some in [*KITS.values(), *SPACES.values()] for title in some]
    assert [title for title in titles if len(title) > TITLE_LENGTH[1]] == []


def test_a_tap_fills_in_the_title_and_nothing_is_offered_once_somebody_wrote(learner_client, alias, write):
    page = learner_client.get(FORUM).text
    assert f"{FORUM}new/?{urlencode({'title': MEMBERS[0]}).replace('+', '%20')}" in page
    form = learner_client.get(f"{FORUM}new/", {"title": MEMBERS[0]}).context["form"]
    assert form["title"].value() == MEMBERS[0]
    write(alias)
    assert "Somebody has to be first" not in learner_client.get(FORUM).text
