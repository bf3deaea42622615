"""Posts that a program may have sent, and words sent twice."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.forms import open_stamp
from forums.models import Post, Thread
from tests.forums.conftest import FORUM, words

LONG = "How did you find out which papers the office wants to see?"


@pytest.fixture(autouse=True)
def fastest(settings):
    settings.FORUM_FASTEST_SECONDS = 2


def stamp_in(page):
    return re.search(r'name="opened" value="([^"]+)"', page.text)[1]


def held(alias):
    return Post.objects.filter(alias=alias).values_list("held", flat=True).get()


def test_post_sent_at_once_waits_for_a_moderator(learner_client, stranger_client, alias, post, at):
    stamp = stamp_in(learner_client.get(at))
    answer = learner_client.post(f"{at}reply/", words(body="So fast", opened=stamp), follow=True)
    assert "A moderator looks at it first" in answer.text
    assert held(alias) == "robot"
    assert "So fast" not in stranger_client.get(at).text


def test_post_written_by_a_person_is_shown(learner_client, alias, post, at, monkeypatch):
    stamp = open_stamp()
    later = time.time() + 2.1
    monkeypatch.setattr("forums.forms.time.time", lambda: later)
    learner_client.post(f"{at}reply/", words(opened=stamp))
    assert held(alias) == ""


@pytest.mark.parametrize("extra", [{"homepage": "https://spam.example"}, {"opened": "form:1:x"}, {"opened": "x\x00"}])
def test_filled_trap_and_forged_stamp_wait(learner_client, alias, post, at, extra):
    assert learner_client.post(f"{at}reply/", words(**extra)).status_code == 302
    assert held(alias) == "robot"


def test_thread_sent_at_once_waits(learner_client, alias):
    stamp = stamp_in(learner_client.get(f"{FORUM}new/"))
    learner_client.post(f"{FORUM}new/", words(title="Where to begin", opened=stamp))
    assert Thread.objects.get().held


def test_moderator_may_be_fast(moderator_client, moderator_alias, post, at):
    moderator_client.post(f"{at}reply/", words(opened=open_stamp()))
    assert held(moderator_alias) == ""


def test_moderators_see_why_it_waits(learner_client, moderator_client, alias, post, at):
    learner_client.post(f"{at}reply/", words(homepage="x"))
    assert "Perhaps sent by a program" in moderator_client.get("/en/forums/moderation/waiting/").text


def test_trap_is_hidden_from_people(learner_client, alias, post, at):
    assert re.search(
        r'<p hidden><label>[^<]+<input type="text" name="homepage"[^>]+></label></p>', learner_client.get(at).text
    )


# The same words ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Yes", LONG])
def test_same_words_in_a_thread_are_sent_once_and_stay_in_the_form(learner_client, alias, post, at, text):
    learner_client.post(f"{at}reply/", words(body=text))
    answer = learner_client.post(f"{at}reply/", words(body=text))
    assert answer.status_code == 422
    assert "You have just sent these words. You find them in “How did you begin?”." in answer.text
    assert answer.context["form"]["body"].value() == text
    assert Post.objects.filter(alias=alias).count() == 1
    assert learner_client.post(f"{at}reply/", words(body=f"{text} really")).status_code == 302


@pytest.mark.parametrize(("text", "status"), [("Thank you", 302), (LONG, 422)])
def test_in_another_thread_only_a_few_words_may_be_the_same(learner_client, alias, post, at, text, status):
    learner_client.post(f"{FORUM}new/", words(title="Where to begin", body=text))
    assert learner_client.post(f"{at}reply/", words(body=text)).status_code == status


def test_same_question_twice_is_one_thread(learner_client, alias):
    same = {"title": "Where to begin", "body": LONG}
    assert learner_client.post(f"{FORUM}new/", words(**same)).status_code == 302
    assert learner_client.post(f"{FORUM}new/", words(**same)).status_code == 422
    assert Thread.objects.count() == 1


def test_after_an_hour_and_for_others_the_same_words_are_new(learner_client, stranger_client, alias, post, at):
    learner_client.post(f"{at}reply/", words())
    assert stranger_client.post(f"{at}reply/", words()).status_code == 302
    Post.objects.filter(alias=alias).update(created_at=timezone.now() - timedelta(minutes=61))
    assert learner_client.post(f"{at}reply/", words()).status_code == 302


def test_the_same_form_sent_twice_leads_to_its_post(learner_client, alias, post, at):
    form = words(client_id=str(uuid.uuid4()), body=LONG)
    first, second = (learner_client.post(f"{at}reply/", form) for _n in range(2))
    assert first["Location"] == second["Location"]
