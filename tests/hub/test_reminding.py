"""Reminders by mail: asked for, discreet, at most one a week, never to who was here, and ended by themselves."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from courses.models import Enrolment
from hub.accounts.models import User
from hub.learning import reminding
from hub.learning.reminding import look_at, remind_due
from hub.notifications.actions import choose_mail, stop_mail
from hub.notifications.letter import stop_token
from hub.notifications.mail import send_due
from hub.notifications.models import Kind, Notification, Outbox, Reminder
from hub.notifications.reminders import MOST_UNANSWERED, choose_reminder, next_due

ADDRESS = "/en/my/reminder/"
DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_reader(make_user, name="reader", when="away", **fields):
    """Has asked to be reminded, was last here ten days before MONDAY, and has a kit that is not finished."""
    user = make_user(name, last_login=MONDAY - 10 * DAY, **fields)
    User.objects.filter(pk=user.pk).update(date_joined=MONDAY - 90 * DAY)
    EmailAddress.objects.create(user=user, email=f"{name}@example.org", primary=True, verified=True)
    Enrolment.objects.create(user=user, kit_key=uuid4())
    Reminder.objects.create(user=user, when=when, due_at=MONDAY - timedelta(minutes=30))
    return user


@pytest.fixture
def reader(make_user):
    return make_reader(make_user)


def was_here(user, moment):
    Enrolment.objects.filter(user=user).update(last_at=moment)


# Whether -----------------------------------------------------------------------------------------


def test_nobody_is_reminded_who_did_not_ask(reader):
    Reminder.objects.all().delete()
    assert remind_due(MONDAY) == 0
    assert not Notification.objects.exists()


def test_who_asked_is_reminded_once(reader):
    assert remind_due(MONDAY) == 1
    assert remind_due(MONDAY) == 0
    assert remind_due(MONDAY + 6 * DAY) == 0
    assert Outbox.objects.count() == 1
    assert Reminder.objects.get().due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert remind_due(MONDAY + 7 * DAY) == 1


@pytest.mark.parametrize(
    ("when", "days", "reminded"), [("away", 6, 0), ("away", 7, 1), ("0", 0, 0), ("0", 1, 0), ("0", 2, 1)]
)
def test_who_was_just_here_is_not_reminded(make_user, when, days, reminded):
    user = make_reader(make_user, when=when)
    was_here(user, MONDAY - days * DAY - timedelta(hours=2))
    assert remind_due(MONDAY) == reminded


def test_a_week_is_counted_from_her_last_visit(reader):
    was_here(reader, MONDAY - 3 * DAY)
    remind_due(MONDAY)
    assert Reminder.objects.get().due_at == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        lambda user: EmailAddress.objects.update(verified=False),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: Enrolment.objects.update(completed_at=MONDAY),
        lambda user: Enrolment.objects.update(state="left"),
    ],
    ids=["no confirmed address", "closed account", "finished", "left"],
)
def test_who_cannot_be_reminded_or_has_nothing_to_go_on_with_is_not(reader, change):
    change(reader)
    assert remind_due(MONDAY) == 0
    assert not Notification.objects.exists()
    assert Reminder.objects.get().due_at > MONDAY


def test_a_hub_without_mail_reminds_nobody(reader, settings):
    settings.SENDS_MAIL = False
    assert remind_due(MONDAY) == 0


def test_they_end_by_themselves_and_the_last_one_says_so(reader):
    for week in range(MOST_UNANSWERED + 2):
        remind_due(MONDAY + 7 * week * DAY)
    kinds = list(Notification.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [Kind.REMINDER] * (MOST_UNANSWERED - 1) + [Kind.LAST_REMINDER]
    assert Reminder.objects.get().due_at is None


def test_a_visit_begins_the_count_anew(reader):
    remind_due(MONDAY)
    remind_due(MONDAY + 7 * DAY)
    was_here(reader, MONDAY + 8 * DAY)
    remind_due(MONDAY + 15 * DAY)
    assert Reminder.objects.get().unanswered == 1


# Never twice -------------------------------------------------------------------------------------


def test_of_two_workers_one_reminds(reader):
    row = Reminder.objects.select_related("user").get()
    seen = MONDAY - 10 * DAY
    assert look_at(row, seen=seen, may=True, now=MONDAY)
    assert not look_at(row, seen=seen, may=True, now=MONDAY)
    assert Notification.objects.count() == 1


def test_a_worker_that_dies_leaves_all_to_the_next(reader, monkeypatch):
    def die(**what):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "mail_anyway", die)
        with pytest.raises(KeyboardInterrupt):
            remind_due(MONDAY)
    assert not Notification.objects.exists()
    assert remind_due(MONDAY) == 1


def test_off_and_on_again_makes_no_second_one_in_a_week(reader, monkeypatch):
    remind_due(MONDAY)
    Notification.objects.update(made_at=MONDAY)
    monkeypatch.setattr("hub.notifications.reminders.timezone.now", lambda: MONDAY)
    choose_reminder(user=reader, when="")
    choose_reminder(user=reader, when="1")
    assert Reminder.objects.get().due_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def test_there_is_one_choice_for_a_person(reader):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(user=reader, when="away")


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_one_who_came_and_three(make_user, count, django_assert_num_queries):
    for number in range(count):
        was_here(make_reader(make_user, f"reader{number}"), MONDAY)
    # reminders, visits, who may be; each its savepoint, change and release; then no more reminders
    with django_assert_num_queries(4 + 3 * count):
        remind_due(MONDAY)


# The mail ----------------------------------------------------------------------------------------


def test_the_mail_is_discreet_and_in_her_language_and_stops_with_one_click(make_user, visitor):
    user = make_reader(make_user, language="it")
    remind_due(MONDAY)
    assert send_due() == 1
    [letter] = mail.outbox
    with translation.override("it"):
        assert letter.subject == translation.gettext("New for you")
    assert "reader" not in letter.subject + letter.body
    assert "/it/my/news/" in letter.body
    assert visitor.post(f"/en/my/news/stop/{stop_token(user.pk)}/").status_code == 200
    assert not Reminder.objects.exists()


def test_what_she_chose_for_news_neither_stops_nor_moves_it(reader):
    choose_mail(user=reader, how="none")
    remind_due(MONDAY)
    choose_mail(user=reader, how="none")
    assert send_due() == 1


def test_who_comes_before_the_mail_went_gets_none(reader, sign_in, small_hub):
    remind_due(MONDAY)
    sign_in(reader).get("/en/my/")
    assert not Notification.objects.unread().exists()
    send_due()
    assert mail.outbox == []


def test_her_quiet_hours_hold(reader):
    hour = timezone.now().hour
    choose_mail(user=reader, how="none", quiet_from=hour, quiet_until=(hour + 2) % 24)
    remind_due(MONDAY)
    assert Outbox.objects.get().due_at.hour == (hour + 2) % 24


def test_stopping_all_mail_takes_back_one_that_waits(reader):
    remind_due(MONDAY)
    stop_mail(user_id=reader.pk)
    assert send_due() == 0


# When --------------------------------------------------------------------------------------------


def test_it_is_morning_where_she_lives():
    due = next_due("2", zone="Europe/Athens", since=MONDAY)
    assert due.astimezone(UTC) == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def test_another_day_of_the_week_waits_for_the_week_to_pass():
    assert next_due("1", zone="UTC", since=MONDAY, last=MONDAY).date() == MONDAY.date() + 8 * DAY


# Her choice --------------------------------------------------------------------------------------


def test_it_is_off_at_first(learner_client):
    assert learner_client.get(ADDRESS).context["form"]["when"].value() == ""


def test_she_switches_it_on_and_off(reader, sign_in):
    Reminder.objects.all().delete()
    client = sign_in(reader)
    assert client.post(ADDRESS, {"when": "3"}).status_code == 303
    assert Reminder.objects.get().when == "3"
    assert client.get(ADDRESS).context["form"]["when"].value() == "3"
    client.post(ADDRESS, {"when": ""})
    assert not Reminder.objects.exists()


def test_it_needs_a_confirmed_address(learner, learner_client):
    EmailAddress.objects.create(user=learner, email="e@example.org", primary=True)
    response = learner_client.post(ADDRESS, {"when": "away"})
    assert response.status_code == 422
    assert "an e-mail address that you have confirmed" in response.text
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("wrong", [{}, {"when": "7"}, {"when": "daily"}])
def test_what_cannot_be_chosen_changes_nothing(reader, sign_in, wrong):
    assert sign_in(reader).post(ADDRESS, wrong).status_code == 422
    assert Reminder.objects.get().when == "away"


def test_ended_ones_say_so_and_begin_again_when_she_chooses(reader, sign_in):
    Reminder.objects.update(due_at=None, unanswered=MOST_UNANSWERED)
    client = sign_in(reader)
    assert "have ended by themselves" in client.get(ADDRESS).text
    client.post(ADDRESS, {"when": "away"})
    assert Reminder.objects.filter(unanswered=0, due_at__isnull=False).exists()
