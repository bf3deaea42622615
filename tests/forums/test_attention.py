"""Words that moderators want to look at bring a post into their queue, and do nothing else."""

import time

import pytest
from django.conf import settings

from forums import attention
from forums.models import Post, Report
from tests.forums.conftest import FORUM, HOME, words


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_each_language_has_sixty_entries_or_more(code):
    lines = (attention.FOLDER / f"{code}.txt").read_text().splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert len(entries) == len(set(map(attention.fold, entries))) >= 60


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Please SEND, money now", ["send money"]),
        ("Στειλε  ΧΡΗΜΑΤΑ σήμερα", ["στείλε χρήματα"]),
        ("Küldj pénzt!", ["küldj pénzt"]),
        ("I will resend moneys", []),
        ("", []),
    ],
)
def test_whole_words_count_whatever_the_case_and_the_marks(text, found):
    assert attention.found_in(text) == found


def test_a_post_is_published_and_stands_in_the_queue(
    learner_client, stranger_client, moderator_client, alias, post, at
):
    learner_client.post(f"{at}reply/", words(body="They ask for a photo of your passport"))
    assert "photo of your passport" in stranger_client.get(at).text
    report = Report.objects.get()
    assert (report.reason, report.reporter, report.note) == ("words", None, "photo of your passport")
    assert "It has words" in moderator_client.get(f"{HOME}moderation/").text
    for client in (learner_client, stranger_client):
        assert "It has words" not in client.get(at).text


def test_changing_a_post_looks_again_and_twice_is_once(learner_client, alias, write):
    post = write(alias, "All is well")
    for body in ("Send money", "Send money, please"):
        learner_client.post(f"{HOME}posts/{post.pk}/edit/", words(body=body))
    assert Report.objects.count() == 1


def test_nobody_reports_for_that_reason_by_hand(learner_client, post):
    assert learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": "words"}).status_code == 422


def test_no_list_watches_how_a_woman_is():
    for word in ("suicide", "die", "depression", "crisis", "suicidio", "αυτοκτονία", "öngyilkos", "självmord"):
        assert attention.found_in(f"I think of {word}") == []


def test_a_long_text_is_looked_through_quickly():
    text = "word " * 4_000
    begin = time.process_time()
    attention.found_in(text)
    assert time.process_time() - begin < 0.2


def test_threads_are_looked_at_too(learner_client, alias):
    learner_client.post(f"{FORUM}new/", words(title="A job", body="easy money"))
    assert Report.objects.get().post == Post.objects.get()
