"""Days in her calendar: a file, and a private address that a calendar asks without a session."""

import re
from datetime import date, timedelta
from uuid import uuid4

import icalendar
import pytest
from django.test import Client

from courses import plans
from courses.calendar_views import FETCHES_PER_HOUR
from courses.models import CalendarFeed, Step

CALENDAR = "/en/my/calendar/"
FILE = f"{CALENDAR}reminders.ics"
DAY = date(2027, 3, 31)


def text(response):
    return response.content.decode()


@pytest.fixture
def goal(learner):
    return plans.add_goal(user=learner, kit_key=uuid4(), uid=uuid4(), text="Leave the job at Müller & Co")


@pytest.fixture
def step(goal):
    return plans.add_step(goal=goal, uid=uuid4(), text="Call 1522, ask for Dr Rossi; then\nwrite", due_on=DAY)


@pytest.fixture
def make_address(learner_client):
    """`make_address()`: press the button; the path of the new address."""

    def press():
        page = text(learner_client.post(f"{CALENDAR}address/"))
        return re.search(r'value="https?://testserver(/calendar/[^"]+\.ics)"', page)[1]

    return press


@pytest.fixture
def address(step, make_address):
    return make_address()


# The file ------------------------------------------------------------------------------------------------------


def test_an_entry_says_reminder_and_nothing_else(step, learner_client):
    response = learner_client.get(FILE)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="reminders.ics"'
    assert response.headers["Cache-Control"] == "private, no-store"
    stamp = step.changed_at.strftime("%Y%m%dT%H%M%SZ")
    assert response.content.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//reminders//calendar//EN",
        "METHOD:PUBLISH",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "SUMMARY:Reminder",
        "DTSTART;VALUE=DATE:20270331",
        "DTEND;VALUE=DATE:20270401",
        f"DTSTAMP:{stamp}",
        f"UID:{step.uid}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_id_of_an_entry_stays_when_its_day_changes(step, learner_client):
    before = icalendar.Calendar.from_ical(learner_client.get(FILE).content).events[0]
    plans.change_step(step=step, text=step.text, due_on=DAY + timedelta(days=1), state=Step.State.DOING)
    after = icalendar.Calendar.from_ical(learner_client.get(FILE).content).events[0]
    assert before["uid"] == after["uid"]
    assert (before.start, after.start) == (DAY, DAY + timedelta(days=1))
    assert after["dtstamp"].dt >= before["dtstamp"].dt


def test_only_open_steps_with_a_day_are_entries(goal, step, stranger, learner_client):
    plans.add_step(goal=goal, uid=uuid4(), text="no day")
    for state in (Step.State.DONE, Step.State.DROPPED):
        plans.set_state(step=plans.add_step(goal=goal, uid=uuid4(), text=state, due_on=DAY), state=state)
    others = plans.add_goal(user=stranger, kit_key=goal.kit_key, uid=uuid4(), text="Another's")
    plans.add_step(goal=others, uid=uuid4(), text="Another's", due_on=DAY)
    events = icalendar.Calendar.from_ical(learner_client.get(FILE).content).events
    assert [event["uid"] for event in events] == [str(step.uid)]


def test_lines_end_and_fold_as_calendars_want(goal, learner_client):
    for n in range(30):
        plans.add_step(goal=goal, uid=uuid4(), text=f"Step {n}", due_on=DAY)
    data = learner_client.get("/el/my/calendar/reminders.ics").content
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert len(icalendar.Calendar.from_ical(data).events) == 30


# The private address -----------------------------------------------------------------------------------------


def test_the_page_says_what_a_calendar_may_show(step, learner_client):
    page = text(learner_client.get(CALENDAR))
    assert "Each entry says only “Reminder”" in page
    assert "when the phone is locked" in page
    assert "1 day<" in page


def test_the_address_is_shown_once_and_kept_as_a_digest(address, learner, learner_client):
    key = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(key) >= 32
    assert key not in CalendarFeed.objects.get(user=learner).digest
    assert key not in text(learner_client.get(CALENDAR))
    assert "You have a private address since" in text(learner_client.get(CALENDAR))


def test_a_calendar_reads_it_without_a_session_and_gets_no_cookie(address, step, django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(2):  # the address with its person, her steps
        response = client.get(address)
    assert response.status_code == 200
    assert [event["uid"] for event in icalendar.Calendar.from_ical(response.content).events] == [str(step.uid)]
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Content-Disposition" not in response.headers


def test_it_tells_nothing_of_her(address, learner):
    data = text(Client().get(address))
    told = [word for word in ("1522", "Rossi", "Müller", learner.username, "Meridian", "testserver") if word in data]
    assert told == []


def test_it_follows_the_plan(address, step):
    plans.set_state(step=step, state=Step.State.DONE)
    assert icalendar.Calendar.from_ical(Client().get(address).content).events == []


def test_a_new_address_makes_the_old_one_dead(address, make_address):
    new = make_address()
    assert Client().get(address).status_code == 404
    assert Client().get(new).status_code == 200


def test_switched_off_it_is_dead(address, learner_client):
    assert learner_client.post(f"{CALENDAR}address/off/")["Location"] == CALENDAR
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_closed_account_gives_no_days(address, learner):
    learner.is_active = False
    learner.save()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("key", ["x", "A" * 32, "A" * 5000, "%00", "%F0%9F", "é"])
def test_an_unknown_address_is_not_found_and_says_nothing(address, key, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = Client().get(f"/calendar/{key}.ics")
    assert (response.status_code, response.content) == (404, b"")
    assert not response.cookies


def test_a_calendar_that_asks_all_the_time_is_slowed_down(address):
    client = Client()
    statuses = [client.get(address).status_code for _ in range(FETCHES_PER_HOUR + 1)]
    assert statuses == [200] * FETCHES_PER_HOUR + [429]


def test_nobody_makes_an_address_by_a_link(learner_client, visitor):
    assert learner_client.get(f"{CALENDAR}address/")["Location"] == CALENDAR
    assert visitor.post(f"{CALENDAR}address/").status_code == 403
    assert not CalendarFeed.objects.exists()
