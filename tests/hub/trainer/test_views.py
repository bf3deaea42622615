"""The trainer's room and a circle: who gets in, what is shown of a woman, and what it costs."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from courses import cohort_rows, cohort_work, cohorts
from courses.actions import mark_lesson
from courses.models import (
    Answer,
    Attendance,
    CohortSession,
    CohortTrainer,
    Enrolment,
    Goal,
    LessonProgress,
    Membership,
    PaperMark,
    Step,
)
from forums.circles import forum_of
from hub.notifications.models import Notification
from hub.trainer.lists import heading
from tests.circles import fill, let_join, make_circle_of
from tests.courses import small_kit

PAGES = [
    "",
    "questions/",
    "settings/",
    "code/",
    "close/",
    "messages/",
    "trainers/",
    "sessions/",
    "paper/",
    "list/",
    "slips/",
]


def text(response):
    return response.content.decode()


def plain(response):
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def cells(response):
    """The table of members: lists of cells, without what can be done."""
    rows = re.findall(r"<tr>(.*?)</tr>", text(response), re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row)][:3] for row in rows
    ][1:]


@pytest.fixture
def session(circle):
    return CohortSession.objects.create(
        cohort=circle, number=1, starts_at=timezone.now() + timedelta(days=3), place="Room 2"
    )


# Who -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_a_circle_is_there_for_those_who_hold_it_and_nobody_else(
    page, path, room, outsider, colleague, learner, sign_in
):
    assert room.get(page + path).status_code == 200
    for somebody in (outsider, colleague, learner):
        assert sign_in(somebody).get(page + path).status_code == 404


def test_a_colleague_and_a_substitute_hold_it_too(circle, page, colleague, sign_in):
    cohorts.add_trainer(cohort=circle, user=colleague, part=CohortTrainer.Part.CO)
    assert sign_in(colleague).get(page).status_code == 200
    cohorts.remove_trainer(cohort=circle, user=colleague)
    assert sign_in(colleague).get(page).status_code == 404


def test_a_coordinator_hands_a_circle_over_and_sees_no_member(circle, page, coordinator, colleague, learner, sign_in):
    let_join(circle, learner, "Ana of the bridge")
    client = sign_in(coordinator)
    assert "Tuesday evening" in text(client.get("/en/trainer/"))
    assert client.get(page).status_code == 404
    assert client.post(f"{page}trainers/hand-over/", {"to": colleague.pk}).status_code == 303
    seen = text(client.get("/en/trainer/")) + text(client.get(f"{page}trainers/"))
    assert "Ana of the bridge" not in seen
    assert [row.user for row in circle.trainers.all()] == [colleague]


# What is seen -----------------------------------------------------------------------------------------------------


def at(when):
    return {"last_at": when}


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ({}, ["not started"]),
        (at(timezone.now()), ["on the way", "this month"]),
        (at(timezone.now() - timedelta(days=40)), ["on the way", "earlier"]),
        (at(timezone.now() - timedelta(days=40)) | {"completed_at": timezone.now()}, ["finished", "earlier"]),
    ],
)
def test_a_woman_is_seen_in_a_coarse_state(circle, page, room, learner, record, state):
    let_join(circle, learner, "Ana")
    Enrolment.objects.filter(user=learner).update(**record)
    assert cells(room.get(page)) == [["Ana", *state]]


def test_who_keeps_her_progress_to_herself_is_seen_by_her_name_only(circle, page, room, learner):
    let_join(circle, learner, "Ana", shows=False)
    Enrolment.objects.filter(user=learner).update(last_at=timezone.now(), completed_at=timezone.now(), lessons_done=2)
    answer = room.get(page)
    assert cells(answer) == [["Ana", "keeps this to herself"]]
    assert "0 finished" in plain(answer)


def secrets_of(user, kit):
    """Everything private that there could be, each with a word of its own; and the pages of lessons that she did."""
    shared = {"user": user, "kit_key": kit.key}
    place = shared | {"lesson_key": kit.lessons[0].key}
    words = {"text": "SECRETWORDS", "how": "screen"}
    ids = {"client_id": uuid4(), "body": words}
    Answer.objects.create(**place, block_id=small_kit.REFLECTION, kind="reflection", counts=True, **ids)
    ticked = {"client_id": uuid4(), "body": {"ticked": [small_kit.TICK_A], "text": "SECRETTICK"}}
    Answer.objects.create(**place, block_id=small_kit.CHECKLIST, kind="checklist", **ticked)
    chosen = {"client_id": uuid4(), "body": {"chosen": [small_kit.WRONG], "note": "SECRETCHOICE"}}
    Answer.objects.create(**place, block_id=small_kit.QUESTION, kind="question", **chosen)
    goal = Goal.objects.create(**shared, text="SECRETGOAL")
    Step.objects.create(goal=goal, text="SECRETSTEP", due_on=timezone.localdate())
    Enrolment.objects.filter(user=user).update(called="SECRETCALLED", line="SECRETLINE")
    mark_lesson(user=user, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)


def test_nothing_private_of_a_woman_is_on_any_page_of_her_trainer(circle, page, room, session, make_user, kit):
    hers = make_user("SECRETUSERNAME", email="secret@example.org")
    secret_time = timezone.now() - timedelta(hours=2)
    let_join(circle, hers, "Ana")
    secrets_of(hers, kit)
    Enrolment.objects.filter(user=hers).update(last_at=secret_time)
    here = f"{page}sessions/{session.pk}/"
    addresses = ["/en/trainer/", *[page + path for path in PAGES], here, f"{here}attendance/", f"{here}change/"]
    seen = [text(room.get(address)) for address in addresses]
    taken = room.post(f"{page}list/", {"kind": "csv"})
    book = room.post(f"{page}list/", {"kind": "xlsx"})
    sheet = load_workbook(io.BytesIO(book.content)).active
    seen += [text(taken), str(list(sheet.values))]
    everything = "".join(seen)
    assert "Ana" in everything
    assert "SECRET" not in everything.upper().replace("SECRET CODE", "")
    assert kit.lessons[0].title not in text(room.get(page))
    assert timezone.localtime(secret_time).strftime("%H:%M") not in text(room.get(page))


def test_paper_shows_what_was_entered_and_never_what_she_did_herself(circle, page, room, learner, kit):
    let_join(circle, learner, "Ana")
    mark_lesson(user=learner, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    assert "checked" not in text(room.get(f"{page}paper/"))


# The same screen for her ---------------------------------------------------------------------------------------------


def test_her_own_page_shows_the_row_that_her_trainer_sees(circle, page, room, learner, learner_client):
    let_join(circle, learner, "Ana")
    Enrolment.objects.filter(user=learner).update(last_at=timezone.now())
    assert (
        cells(learner_client.get(f"/en/my/circles/{circle.pk}/"))
        == cells(room.get(page))
        == [["Ana", "on the way", "this month"]]
    )


# What it costs -----------------------------------------------------------------------------------------------------------


def statements(client, path):
    client.get(path)  # outlines and pieces are kept from here on
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]


@pytest.mark.parametrize(
    "path", ["/en/trainer/", "{page}", "{page}paper/", "{page}questions/", "{here}", "{here}attendance/"]
)
def test_a_thousand_women_cost_no_statement_more_than_ten(circle, page, room, session, path):
    path = path.format(page=page, here=f"{page}sessions/{session.pk}/")
    fill(circle, 10)
    few = statements(room, path)
    fill(circle, 990, start=10)
    many = statements(room, path)
    assert len(many) == len(few)
    assert len(many) <= 10, "\n".join(many)


def test_names_come_page_by_page_in_their_order_and_back(circle, page, room):
    fill(circle, 120)
    first = room.get(page)
    names = [row[0] for row in cells(first)]
    assert names == [f"Name {n:04d}" for n in range(50)]
    after = re.search(r"\?(after=\d+)", text(first))[1]
    second = room.get(f"{page}?{after}")
    assert [row[0] for row in cells(second)] == [f"Name {n:04d}" for n in range(50, 100)]
    before = re.search(r"\?(before=\d+)", text(second))[1]
    assert [row[0] for row in cells(room.get(f"{page}?{before}"))] == names


# Questions -----------------------------------------------------------------------------------------------------------------


def answer_question(users, kit, right):
    place = {"kit_key": kit.key, "lesson_key": kit.lessons[0].key, "block_id": small_kit.QUESTION, "kind": "question"}
    for user in users:
        Answer.objects.create(user=user, client_id=uuid4(), body={"chosen": []}, counts=right, **place)


def test_results_of_questions_are_shown_from_five_on_and_in_words(circle, page, room, kit):
    answer_question(fill(circle, 4), kit, right=True)
    assert "not enough answers" in text(room.get(f"{page}questions/"))
    answer_question(fill(circle, 3, start=4), kit, right=False)
    [result] = cohort_rows.results(circle, kit)
    assert (result.answered, str(result.in_words)) == (5, "about half got it right")


def test_who_keeps_her_progress_to_herself_is_in_no_result(circle, kit):
    answer_question(fill(circle, 4), kit, right=True)
    answer_question(fill(circle, 3, shows=False, start=4), kit, right=True)
    assert cohort_rows.results(circle, kit) == []


# Lists ---------------------------------------------------------------------------------------------------------------------


def test_a_list_says_what_it_is_not_for_and_never_holds_a_formula(circle, page, room, learner, stranger):
    let_join(circle, learner, "=1+1", shows=False)
    let_join(circle, stranger, "Bea")
    answer = room.post(f"{page}list/", {"kind": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Not for benefit, immigration or disciplinary decisions"]
    assert [row[0] for row in rows[2:]] == ["'=1+1", "Bea"]
    book = load_workbook(io.BytesIO(room.post(f"{page}list/", {"kind": "xlsx"}).content)).active
    assert [cell.data_type for cell in book["A"]] == ["s", "s", "s", "s"]
    assert book["A1"].value == heading()


def test_looking_at_the_page_of_lists_tells_nobody_and_taking_one_tells_each(circle, page, room, learner):
    let_join(circle, learner)
    room.get(f"{page}list/")
    assert not Notification.objects.exists()
    room.post(f"{page}list/", {"kind": "csv"})
    assert [row.context["act"] for row in Notification.objects.filter(user=learner)] == ["circle_list"]


# What she does in it -------------------------------------------------------------------------------------------------------


def test_a_circle_is_made_with_a_code_and_a_forum(room, kit, holder):
    answer = room.post(
        "/en/trainer/new/", {"title": "Tuesday", "kit_key": str(kit.key), "languages": ["en", "el"], "capacity": "12"}
    )
    [made] = holder.held_cohorts.select_related("cohort")
    assert answer.headers["Location"] == f"/en/trainer/{made.cohort_id}/code/"
    shown = text(room.get(answer.headers["Location"]))
    assert cohorts.readable_code(made.cohort.code) in shown
    assert "<svg" in shown


def test_the_next_session_comes_first(circle, room, session):
    CohortSession.objects.create(cohort=circle, number=2, starts_at=timezone.now() + timedelta(days=10))
    shown = plain(room.get("/en/trainer/"))
    assert shown.index("Session 1") < shown.index("Your circles")
    assert "Session 2" not in shown


def test_attendance_is_present_or_not_and_nothing_else(circle, page, room, session, learner, stranger):
    first, second = let_join(circle, learner, "Ana"), let_join(circle, stranger, "Bea")
    address = f"{page}sessions/{session.pk}/attendance/"
    room.post(address, {f"m-{first.pk}": "1", f"m-{second.pk}": "0"})
    assert set(Attendance.objects.values_list("membership", "present")) == {(first.pk, True), (second.pk, False)}
    room.post(address, {f"m-{second.pk}": "-"})
    assert set(Attendance.objects.values_list("membership", "present")) == {(first.pk, True)}
    assert room.post(address, {}).status_code == 422


def test_all_others_are_present_at_one_press(circle, page, room, session, learner, stranger, moderator):
    first, second, third = (
        let_join(circle, who, name) for who, name in ((learner, "Ana"), (stranger, "Bea"), (moderator, "Cia"))
    )
    address = f"{page}sessions/{session.pk}/attendance/"
    room.post(address, {f"m-{first.pk}": "0", f"m-{second.pk}": "-", "rest": "on"})
    assert dict(Attendance.objects.values_list("membership", "present")) == {
        first.pk: False,
        second.pk: True,
        third.pk: True,
    }


def test_paper_work_of_a_group_is_entered_on_one_screen(circle, page, room, learner, stranger, kit):
    first, second = let_join(circle, learner, "Ana"), let_join(circle, stranger, "Bea")
    one, two = (line.key for line in kit.lessons)
    room.post(
        f"{page}paper/",
        {
            "done_on": str(timezone.localdate()),
            "tick": [f"{first.pk}:{one}", f"{first.pk}:{two}", f"{second.pk}:{one}"],
        },
    )
    assert LessonProgress.objects.count() == PaperMark.objects.count() == 3
    shown = text(room.get(f"{page}paper/"))
    assert shown.count(" checked") == 3
    was = re.findall(r'name="was" value="([^"]+)"', shown)
    room.post(f"{page}paper/", {"done_on": str(timezone.localdate()), "was": was, "tick": [f"{first.pk}:{one}"]})
    assert PaperMark.objects.count() == 1


def test_what_a_colleague_entered_meanwhile_is_not_taken_back(circle, page, room, learner, kit):
    hers, (one, two) = let_join(circle, learner, "Ana"), [line.key for line in kit.lessons]
    cohort_work.enter_paper(
        cohort=circle, by=circle.made_by, done_on=timezone.localdate(), shown={(hers.pk, one)}, ticked={(hers.pk, one)}
    )
    room.post(
        f"{page}paper/", {"done_on": str(timezone.localdate()), "tick": [f"{hers.pk}:{two}"]}
    )  # her page was older
    assert PaperMark.objects.count() == 2


def test_a_member_of_another_circle_is_not_taken_out(circle, page, room, outsider, stranger, kit):
    other = let_join(make_circle_of(outsider, kit.key), stranger)
    assert room.post(f"{page}members/{other.pk}/").status_code == 404
    assert Membership.objects.get(pk=other.pk).state == "member"


def test_a_closed_circle_shows_numbers_only(circle, page, room, learner):
    let_join(circle, learner, "Ana")
    assert room.post(f"{page}close/", {"sure": "on"}).status_code == 303
    shown = plain(room.get(page))
    assert "Ana" not in shown
    assert [room.get(page + path).status_code for path in PAGES[1:]] == [404] * 10


def test_a_new_title_is_that_of_the_forum_too(circle, page, room):
    sent = {"title": "Thursday", "languages": ["en"], "capacity": "", "opens_at": "", "closes_at": ""}
    assert room.post(f"{page}settings/", sent).status_code == 303
    assert str(forum_of(circle)) == "Thursday"


def test_a_circle_that_a_colleague_closed_in_this_moment_is_not_there(circle, page, room, monkeypatch):
    monkeypatch.setattr("hub.trainer.circle_views.get_circle", lambda request, cohort_id: circle)
    cohorts.close_cohort(cohort=circle)
    assert room.post(f"{page}code/", {"act": "renew"}).status_code == 404
