"""Mails about what is new: to whom, when, what they hold, and what a worker that dies leaves behind."""

import random
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils import timezone, translation

from forums.models import Forum, SpaceAlias, Thread
from hub.notifications import mail as worker
from hub.notifications.actions import choose_mail, choose_mail_for, mark_read, withhold
from hub.notifications.letter import HER_ADDRESS, ITS_ID, STOP, Letter, Ready
from hub.notifications.mail import send_due
from hub.notifications.models import Notification, Outbox
from hub.notifications.schedule import Choice, due_at


@pytest.fixture
def due():
    def make():
        Outbox.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    return make


@pytest.fixture
def letter(learner, wants_mail, tell_her):
    """One mail to the learner, who reads Greek pages but whose mails are asked for in English here."""
    learner.language = "en"
    learner.save()
    wants_mail(learner)
    for number in range(3):
        tell_her(f"post:{number}")
    assert send_due() == 1
    return mail.outbox[0]


# To whom and when ------------------------------------------------------------------------------


def test_all_that_is_due_goes_in_one_mail_once(letter):
    assert "3 new posts in threads you follow" in letter.body
    assert send_due() == 0
    assert len(mail.outbox) == 1
    assert not Outbox.objects.filter(sent_at=None).exists()


def test_only_a_confirmed_address_gets_mail(learner, wants_mail, tell_her):
    wants_mail(learner)
    EmailAddress.objects.update(verified=False)
    tell_her("post:1")
    assert send_due() == 0
    assert not Outbox.objects.exists()


def test_a_closed_account_gets_no_mail(learner, wants_mail, tell_her):
    wants_mail(learner)
    tell_her("post:1")
    learner.is_active = False
    learner.save()
    assert send_due() == 0


def test_what_she_has_read_or_may_no_longer_read_is_not_mailed(learner, wants_mail, tell_her):
    wants_mail(learner)
    tell_her("post:1")
    tell_her("post:2", topic="thread:2")
    mark_read(user=learner, topic="thread:1")
    withhold(topic="thread:2", key="post:2")
    assert send_due() == 0
    assert mail.outbox == []


def test_the_nearest_choice_counts(learner, wants_mail, tell_her):
    wants_mail(learner, "none")
    choose_mail_for(user=learner, scope="forum:1", how="daily")
    choose_mail_for(user=learner, scope="thread:1", how="now")
    choose_mail_for(user=learner, scope="thread:2", how="none")
    for number in (1, 2, 3):
        tell_her(f"post:{number}", topic=f"thread:{number}")
    rows = dict(Outbox.objects.values_list("notification__key", "due_at"))
    assert set(rows) == {"post:1", "post:3"}
    assert rows["post:1"] <= timezone.now() < rows["post:3"]


@pytest.mark.parametrize(
    ("choice", "now", "expected"),
    [
        (Choice("now"), "2026-11-22T10:30", "2026-11-22T10:30"),
        (Choice("daily", "Europe/Athens"), "2026-11-22T05:59", "2026-11-22T06:00"),
        (Choice("daily", "Europe/Athens"), "2026-11-22T06:00", "2026-11-23T06:00"),
        (Choice("daily", "Europe/Athens"), "2026-06-22T04:59", "2026-06-22T05:00"),  # summer time
        (Choice("weekly"), "2026-11-22T10:30", "2026-11-23T08:00"),  # a Sunday
        (Choice("weekly"), "2026-11-23T08:00", "2026-11-30T08:00"),
        (Choice("now", "Europe/Rome", 22, 7), "2026-11-22T20:59", "2026-11-22T20:59"),
        (Choice("now", "Europe/Rome", 22, 7), "2026-11-22T21:00", "2026-11-23T06:00"),
        (Choice("now", "Europe/Rome", 22, 7), "2026-11-23T05:59", "2026-11-23T06:00"),
        (Choice("now", "Europe/Rome", 13, 15), "2026-11-22T12:30", "2026-11-22T14:00"),
        (Choice("now", "UTC", 7, 7), "2026-11-22T07:30", "2026-11-22T07:30"),
        (Choice("daily", "UTC", 6, 9), "2026-11-22T10:00", "2026-11-23T09:00"),
        (Choice("daily", "Europe/Rome"), "2026-03-28T12:00", "2026-03-29T06:00"),  # the night in which an hour is lost
    ],
    ids=str,
)
def test_when_a_mail_goes(choice, now, expected):
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, expected)]
    assert due_at(choice, moments[0]) == moments[1]


def test_no_mail_leaves_in_her_quiet_hours(learner, wants_mail, tell_her, due):
    wants_mail(learner)
    tell_her("post:1")
    hour = timezone.now().hour  # her zone is UTC
    choose_mail(user=learner, how="now", quiet_from=hour, quiet_until=(hour + 2) % 24)
    due()
    assert send_due() == 0
    assert Outbox.objects.get().due_at > timezone.now()


def test_a_new_choice_holds_for_what_waits(learner, wants_mail, tell_her):
    wants_mail(learner, "weekly")
    tell_her("post:1")
    choose_mail(user=learner, how="now")
    assert send_due() == 1
    tell_her("post:2")
    choose_mail(user=learner, how="none")
    assert not Outbox.objects.filter(sent_at=None).exists()


def test_a_hub_without_a_mail_server_keeps_what_waits(learner, wants_mail, tell_her, settings):
    settings.SENDS_MAIL = False
    wants_mail(learner)
    tell_her("post:1")
    assert send_due() == 0
    assert Outbox.objects.exists()


# What it holds ---------------------------------------------------------------------------------


def test_the_outside_tells_nothing(letter, settings):
    assert letter.subject == "New for you"
    assert letter.from_email == settings.DEFAULT_FROM_EMAIL
    assert letter.body.startswith("There is something new for you.")


def test_it_says_why_it_came_and_stops_with_one_click(letter, client, learner):
    assert "because of your settings" in letter.body
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in letter.body
    path = address.partition("//")[2].partition("/")[2]
    assert client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_it_is_text_and_html_without_anything_fetched(letter):
    parts = {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in letter.message().walk()
        if not part.is_multipart()
    }
    assert set(parts) == {"text/plain", "text/html"}
    assert "3 new posts in threads you follow" in parts["text/html"]
    assert not any(word in parts["text/html"] for word in ("<img", "<link", "<script", "src="))


def test_it_is_in_her_language(learner, wants_mail, tell_her):
    wants_mail(learner)
    tell_her("post:1")
    send_due()
    assert 'lang="el"' in mail.outbox[0].alternatives[0].content
    assert "/el/my/news/" in mail.outbox[0].body


@pytest.fixture
def titled(learner, stranger):
    def make(title):
        forum = Forum.objects.create(slug="forum", name_en="Forum")
        alias = SpaceAlias.objects.create(user=stranger, forum=forum, name="Maple\r\nBcc: all@example.org"[:40])
        return Thread.objects.create(forum=forum, alias=alias, title=title)

    return make


def test_titles_are_in_it_only_if_she_asked_for_them(learner, wants_mail, tell_her, titled):
    thread = titled("How did you begin?")
    for key, words in (("post:1", False), ("post:2", True)):
        wants_mail(learner, words=words)
        tell_her(key, topic=f"thread:{thread.pk}", forum=thread.forum_id, thread=thread.pk)
        send_due()
    assert "How did you begin?" not in mail.outbox[0].body
    assert "1 new post in “How did you begin?”" in mail.outbox[1].body or "How did you begin?" in mail.outbox[1].body


@pytest.mark.parametrize(
    "title", ["A\r\nBcc: all@example.org", "A\nSubject: B", "<script>alert(1)</script>", "A\u2028B", "ő ű " * 30]
)
def test_titles_and_aliases_reach_no_header(learner, wants_mail, tell_her, titled, title):
    thread = titled(title[:140])
    wants_mail(learner, words=True)
    tell_her("post:1", topic=f"thread:{thread.pk}", forum=thread.forum_id, thread=thread.pk)
    send_due()
    (sent,) = mail.outbox
    names = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "List-Unsubscribe"}
    assert set(sent.message().keys()) == names | {"List-Unsubscribe-Post", "Auto-Submitted"}
    assert sent.recipients() == [f"{learner.pk}@example.org"]
    assert "<script>" not in sent.alternatives[0].content


# What is sent ----------------------------------------------------------------------------------


def letter_to(address, lines=("One", "Két ő, ű és “más”"), language="hu"):
    own = {STOP: "http://h/stop/1:x/", HER_ADDRESS: address, ITS_ID: "<1@h>"}
    with translation.override(language):
        return Letter(language, lines, own)


def taken_apart(message):
    whole = message_from_bytes(message.as_bytes())
    texts = [part.get_payload(decode=True) for part in whole.walk() if not part.is_multipart()]
    headers = {name: " ".join(value.split()) for name, value in whole.items() if name not in {"Content-Type", "Date"}}
    return headers, texts, [part.get_content_type() for part in whole.walk()]


@pytest.mark.parametrize("language", ["en", "it", "el", "hu", "sv"])
def test_what_is_put_together_once_for_all_is_what_django_would_send(language):
    letter = letter_to("her.name+hub@example.org", language=language)
    assert isinstance(letter.message(), Ready)
    assert taken_apart(letter.message()) == taken_apart(EmailMultiAlternatives.message(letter))
    assert b"stand" not in letter.message().as_bytes()
    sent_at = parsedate_to_datetime(letter.message()["Date"])  # "-0000": UTC, without a zone
    assert abs(sent_at.replace(tzinfo=UTC) - timezone.now()) < timedelta(minutes=1)
    assert letter.message().as_bytes(linesep="\r\n").count(b"\r\n") == letter.message().as_bytes().count(b"\n")


@pytest.mark.parametrize(
    "address", ["ő@example.org", "her@exämple.org", '"her name"@example.org', "Her <her@example.org>"]
)
def test_an_address_that_has_to_be_encoded_is_left_to_django(address):
    letter = letter_to(address)
    assert not isinstance(letter.message(), Ready)
    assert letter.message()["To"]


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a@example.org\r\nSubject: x"])
def test_an_address_brings_no_header(address):
    with pytest.raises(ValueError, match="newlines"):
        letter_to(address).message()


def test_a_text_that_has_to_be_encoded_is_left_to_django():
    letter = letter_to("her@example.org", lines=("x" * 1200,))
    assert not isinstance(letter.message(), Ready)


# A worker that dies ----------------------------------------------------------------------------


class Killed(BaseException):
    """What no `except Exception` of ours catches, as a signal would not be."""


class Recorder(BaseEmailBackend):
    """A mail server that dies or lets our worker die now and then."""

    sent = []  # (Message-ID, address)
    chance = None

    def send_messages(self, messages):
        for message in messages:
            self.die()
            self.sent.append((message.extra_headers["Message-ID"], message.to[0]))
            self.die()
        return len(messages)

    def die(self):
        if self.chance and self.chance.random() < 0.15:
            raise Killed


@pytest.fixture
def recorder(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Recorder"
    Recorder.sent, Recorder.chance = [], None
    yield Recorder
    Recorder.chance = None


def test_whoever_dies_tells_nobody_twice_and_loses_nothing(make_user, wants_mail, tell_her, recorder):
    people = [make_user(f"p{number}") for number in range(25)]
    for user in people:
        wants_mail(user)
        for number in range(8):
            tell_her(f"post:{number}", user=user)
            tell_her(f"post:{number}", user=user)  # told again, which counts for nothing
    recorder.chance = random.Random(4)
    deaths = run_until_done(recorder)
    assert deaths >= 5
    assert Notification.objects.count() == 200
    # Every row went with one mail, and every reader got one; a mail that came again is the same by its Message-ID.
    assert Outbox.objects.filter(sent_at=None).count() == 0
    assert Outbox.objects.values("user", "batch").distinct().count() == 25
    assert len(set(recorder.sent)) == 25
    assert len(recorder.sent) - 25 <= deaths


def run_until_done(recorder):
    deaths = 0
    while Outbox.objects.filter(sent_at=None).exists():
        try:
            send_due(lease=timedelta(0), readers=10)
        except Killed:
            deaths += 1
    return deaths


def test_two_workers_share_what_is_due(learner, wants_mail, tell_her, recorder, monkeypatch):
    wants_mail(learner)
    tell_her("post:1")
    real = worker._send_claimed

    def second_one_first(claimed):
        monkeypatch.setattr(worker, "_send_claimed", real)
        assert send_due() == 0
        return real(claimed)

    monkeypatch.setattr(worker, "_send_claimed", second_one_first)
    assert send_due() == 1
    assert len(recorder.sent) == 1


def test_what_the_server_refuses_is_tried_again_later_and_not_for_ever(
    learner, wants_mail, tell_her, recorder, monkeypatch, due
):
    wants_mail(learner)
    tell_her("post:1")
    monkeypatch.setattr(recorder, "die", lambda self: 1 / 0)
    for _ in range(worker.MOST_TRIES):
        assert send_due() == 0
        assert Outbox.objects.get().due_at > timezone.now()
        due()
    send_due()
    assert not Outbox.objects.exists()
    assert Notification.objects.unread().count() == 1


def test_a_mail_server_that_is_away_costs_no_mail(learner, wants_mail, tell_her, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    wants_mail(learner)
    tell_her("post:1")
    assert send_due() == 0
    assert Outbox.objects.get().sent_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_run_costs_one_statement_more_per_mail(
    make_user, wants_mail, tell_her, recorder, count, django_assert_num_queries
):
    for number in range(count):
        user = make_user(f"p{number}")
        wants_mail(user)
        tell_her("post:1", user=user)
    # readers, claim, rows, addresses, time zones, choices, people; one per mail; readers again
    with django_assert_num_queries(8 + count):
        assert send_due() == count


def test_the_command_says_how_many_went(learner, wants_mail, tell_her, capsys):
    wants_mail(learner)
    tell_her("post:1")
    call_command("send_mail_queue")
    assert capsys.readouterr().out == "sent 1\n"


def test_workers_that_die_again_and_again_lose_nothing(learner, wants_mail, tell_her, recorder, monkeypatch):
    wants_mail(learner)
    tell_her("post:1")
    recorder.chance = random.Random()
    monkeypatch.setattr(recorder.chance, "random", lambda: 0)
    for _ in range(worker.MOST_TRIES * 3):
        with pytest.raises(Killed):
            send_due(lease=timedelta(0))
    recorder.chance = None
    assert send_due() == 1
