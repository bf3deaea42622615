import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.models import Cohort, CohortSession, Enrolment, Membership
from forums.models import Forum, Post, SpaceAlias, Thread
from hub.accounts.models import Organisation, User
from hub.reports.counting import UNTIL, rebuild_figures
from hub.reports.models import DailyFigure, DailyVisit, SlipCount
from hub.reports.periods import ZONE

KITS = [UUID(int=1), UUID(int=2)]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("hub.reports.counting.today", lambda: TODAY)


def noon(days_ago):
    return datetime(2026, 11, 22, 11, tzinfo=UTC) - timedelta(days=days_ago)


def person(name, language="en", joined=None, **fields):
    return User.objects.create(username=name, language=language, date_joined=joined or noon(9), **fields)


def enrol(user, kit=KITS[0], *, at, **fields):
    made = Enrolment.objects.create(user=user, kit_key=kit, **fields)
    Enrolment.objects.filter(pk=made.pk).update(created_at=at)
    return made


def figures(name, *columns):
    return {tuple(row[:-1]): row[-1] for row in DailyFigure.objects.filter(figure=name).values_list(*columns, "number")}


def test_what_is_counted_equals_the_rows(db):
    """Two hundred enrolments of every kind, counted row by row in the plainest way."""
    dice, wanted = random.Random(8), Counter()
    for number in range(200):
        user = person(f"user-{number}", dice.choice(["en", "el", "sv"]))
        state, at = dice.choice(Enrolment.State.values), noon(dice.randrange(60))
        kit, seen = dice.choice(KITS), dice.choice([None, timezone.now()])
        finished = dice.choice([None, None, noon(dice.randrange(60))])
        enrol(user, kit, at=at, state=state, last_at=seen, completed_at=finished)
        about = str(kit), user.language
        if state in {"active", "left", "removed"} and at.date() < TODAY:
            wanted["enrolled", at.date(), *about] += 1
            wanted["started", at.date(), *about] += bool(seen)
        if finished and finished.date() < TODAY:
            wanted["completed", finished.date(), *about] += 1
    rebuild_figures()
    found = DailyFigure.objects.filter(figure__in=["enrolled", "started", "completed"])
    assert dict(found.values_list("figure", "number")) != {}
    assert {(row.figure, row.day, row.kit, row.language): row.number for row in found} == +wanted


def test_counting_again_writes_only_what_has_changed(db, capsys):
    enrol(person("one"), at=noon(3))
    assert rebuild_figures() == (3, 3)  # an account, an enrolment, up to which day
    assert rebuild_figures() == (3, 0)
    User.objects.get().delete()
    call_command("rebuild_figures")
    assert capsys.readouterr().out == "1 figures of days, 2 of them written anew.\n"
    assert list(DailyFigure.objects.values_list("figure", "day")) == [(UNTIL, TODAY - timedelta(days=1))]


def test_a_day_is_a_day_in_brussels_and_today_waits(db):
    enrol(person("late"), at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))  # half past midnight there
    enrol(person("now"), at=datetime(2026, 11, 22, 8, tzinfo=ZONE))
    rebuild_figures()
    assert figures("enrolled", "day") == {(date(2026, 11, 21),): 1}


def test_who_only_waited_or_said_no_is_not_enrolled(db):
    for why in ("withdrew", "declined"):
        enrol(person(why), at=noon(3), state="left", why=why)
    enrol(person("left"), at=noon(3), state="left", why="left")
    rebuild_figures()
    assert sum(figures("enrolled", "day").values()) == 1


def test_each_person_counts_under_the_highest_of_her_roles(make_user):
    enrol(make_user("both", "trainer", "coordinator", date_joined=noon(5)), at=noon(3))
    enrol(make_user("greek", "editor-el", date_joined=noon(5)), at=noon(3))
    enrol(person("learner"), at=noon(3))
    enrol(make_user("root", is_superuser=True, date_joined=noon(5)), at=noon(3))
    rebuild_figures()
    assert figures("enrolled", "role") == {("coordinator",): 1, ("editor",): 1, ("",): 1, ("administrator",): 1}


def test_circles_count_for_their_organisation_without_those_who_left(db):
    partner = Organisation.objects.create(name="Partner")
    circle = Cohort.objects.create(organisation=partner, kit_key=KITS[0], title="Tuesday")
    Cohort.objects.update(made_at=noon(20))
    for state in Membership.State.values:
        Membership.objects.create(cohort=circle, user=person(state), state=state)
    Membership.objects.update(joined_at=noon(10))
    for number, ago in enumerate([8, 4, -3]):
        CohortSession.objects.create(cohort=circle, number=number, starts_at=noon(ago), minutes=150)
    rebuild_figures()
    names = ["circles", "members", "sessions", "minutes"]
    sums = {name: sum(figures(name, "day", "organisation").values()) for name in names}
    assert sums == {"circles": 1, "members": 2, "sessions": 2, "minutes": 300}
    assert set(figures("minutes", "organisation", "kit")) == {(partner.pk, str(KITS[0]))}


def test_posts_that_cannot_be_read_and_forums_of_circles_are_left_out(db):
    partner = Organisation.objects.create(name="Partner")
    circle = Cohort.objects.create(organisation=partner, kit_key=KITS[0], title="Tuesday")
    for slug, fields in {"open": {"kit_key": KITS[0]}, "inner": {"cohort": circle}}.items():
        forum = Forum.objects.create(slug=slug, name=slug, **fields)
        alias = SpaceAlias.objects.create(forum=forum, name="Heron")
        thread = Thread.objects.create(forum=forum, alias=alias, title="A title", created_at=noon(3), language="sv")
        for hidden, held in [(False, ""), (True, ""), (False, "first")]:
            about = {"thread": thread, "alias": alias, "hidden": hidden, "held": held, "created_at": noon(2)}
            Post.objects.create(**about, source="x", html="x", language="sv")
    rebuild_figures()
    assert figures("posts", "language", "kit") == {("sv", str(KITS[0])): 1}
    assert figures("threads", "language", "kit") == {("sv", str(KITS[0])): 1}


def test_visits_are_taken_over_as_they_are(db):
    DailyVisit.objects.create(day=date(2026, 11, 20), what="pages", language="it", kit=str(KITS[0]), number=12)
    DailyVisit.objects.create(day=TODAY, what="pages", language="it", number=3)
    rebuild_figures()
    assert figures("pages", "day", "language", "kit") == {(date(2026, 11, 20), "it", str(KITS[0])): 12}


def test_slips_count_for_the_organisation_that_entered_them(db):
    partner = Organisation.objects.create(name="Partner")
    for more in (20, 11):
        SlipCount.objects.create(organisation=partner, day=date(2026, 11, 3), slips=6, more=more, same=9, less=1)
    rebuild_figures()
    sums = {name: figures(name, "organisation") for name in ("slips", "more", "same", "less")}
    assert sums == {
        "slips": {(partner.pk,): 12},
        "more": {(partner.pk,): 31},
        "same": {(partner.pk,): 18},
        "less": {(partner.pk,): 2},
    }
