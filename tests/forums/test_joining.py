"""Choosing an alias."""

import pytest

from forums.models import SpaceAlias
from forums.names import WORDS, name_key
from tests.forums.conftest import FORUM


def test_joining_asks_for_alias_and_rules(learner_client, learner, forum):
    page = learner_client.get(f"{FORUM}join/")
    assert learner.username not in page.context["suggestions"]
    assert len(set(page.context["suggestions"])) == 4
    answer = learner_client.post(f"{FORUM}join/", {"name": "  Quiet   Heron "})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"rules"})
    assert learner_client.post(f"{FORUM}join/", {"name": "  Quiet   Heron ", "rules": "on"})["Location"] == FORUM
    assert SpaceAlias.objects.get(user=learner).name == "Quiet Heron"


def test_an_idea_is_taken_by_a_plain_link(learner_client, post):
    page = learner_client.get(f"{FORUM}join/?name=Quiet+Heron&thread={post.thread_id}")
    assert 'value="Quiet Heron"' in page.text
    assert f"&amp;thread={post.thread_id}" in page.text


def test_house_rules_are_accepted_once(learner_client, alias, other_forum):
    assert "rules" not in learner_client.get("/en/forums/trainers-kit/join/").context["form"].fields
    assert learner_client.post("/en/forums/trainers-kit/join/", {"name": "Heron 27"}).status_code == 302


def test_joining_leads_back_to_the_thread(learner_client, post, at):
    data = {"name": "Heron 27", "rules": "on"}
    assert learner_client.post(f"{FORUM}join/?thread={post.thread_id}", data)["Location"] == at
    assert learner_client.get(f"{FORUM}join/?thread=99999")["Location"] == FORUM
    assert learner_client.get(f"{FORUM}join/?thread={'9' * 40}")["Location"] == FORUM


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("maple81", "taken"),
        ("MÁPLE-8l", "taken"),
        ("Мaple 81", "taken"),
        ("learner", "user_name"),
        ("Le arner", "user_name"),
        ("Learner 27", "user_name"),
        ("the LÉARNER", "user_name"),
        ("Moderator", "role"),
        ("Your ADMIN", "role"),
        ("συντονιστής", "role"),
        ("12 34", "bare"),
        ("--!!--", "bare"),
        ("x" * 41, "too_long"),
        ("", "required"),
        ("\0\u202e", "required"),
    ],
)
def test_unfit_aliases_are_refused(learner_client, stranger_alias, name, code):
    answer = learner_client.post(f"{FORUM}join/", {"name": name, "rules": "on"})
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors.as_data()["name"]] == [code]
    assert SpaceAlias.objects.count() == 1


@pytest.mark.parametrize("tail", ["\u3164", "\u200b", "\ufe0f", "\uffa0"])
def test_an_alias_with_an_invisible_letter_is_the_same_alias(alias, tail):
    assert name_key(alias.name + tail) == alias.name_key


@pytest.mark.parametrize("name", ["anna.rossi", "Anna Rossi", "Rossi 27", "ANNA-9", "annarossi85"])
def test_a_piece_of_her_address_is_no_alias(learner, learner_client, forum, name):
    learner.email = "anna.rossi_85@example.org"
    learner.save()
    answer = learner_client.post(f"{FORUM}join/", {"name": name, "rules": "on"})
    assert [error.code for error in answer.context["form"].errors.as_data()["name"]] == ["address"]
    assert f'value="{name}"' in answer.text


@pytest.mark.parametrize("name", ["Example 12", "Ann Ro", "Heron 85", "Maria Bianchi"])
def test_nothing_else_is_guessed(learner, learner_client, forum, name):
    learner.email = "anna.rossi_85@example.org"
    learner.save()
    assert learner_client.post(f"{FORUM}join/", {"name": name, "rules": "on"}).status_code == 302


def test_a_short_user_name_stops_nothing_but_itself(make_user, sign_in, forum):
    client = sign_in(make_user("ann"))
    assert client.post(f"{FORUM}join/", {"name": "Ann", "rules": "on"}).status_code == 422
    assert client.post(f"{FORUM}join/", {"name": "Planned 7", "rules": "on"}).status_code == 302


def test_ideas_are_free(learner_client, forum, monkeypatch):
    monkeypatch.setattr("forums.names.random.randint", lambda low, high: 27)
    for word in WORDS[:-6]:
        SpaceAlias.objects.create(forum=forum, name=f"{word} 27")
    for _ in range(5):
        page = learner_client.get(f"{FORUM}join/")
        assert not set(page.context["suggestions"]) & set(SpaceAlias.objects.values_list("name", flat=True))
    assert "Not your real name, and no part of it." in page.text
