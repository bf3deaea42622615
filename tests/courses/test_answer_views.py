"""Words that nothing may lose: for parts and lessons that are gone, in older versions, sent late or under another account."""

import json
from uuid import UUID, uuid4

import pytest

from courses.models import Answer, Enrolment, ForgottenAnswer, LessonPage
from courses.versions import new_id
from hub.accounts.devices import account_on_device
from hub.lib.stamp import touch
from tests.courses.small_kit import CHECKLIST, QUESTION, REFLECTION, RIGHT, TICK_A, WRONG

GONE = UUID(int=77)


@pytest.fixture
def address(lesson):
    return lambda what, block, of=lesson.key: f"/en/kits/record/lesson/{of}/{block}/{what}/"


def text(response):
    return response.content.decode()


def send(client, url, data, **headers):
    response = client.post(url, data, headers={"Accept": "application/json", **headers})
    return response.status_code, json.loads(response.content) if "json" in response["Content-Type"] else {}


def shown(user):
    return [row.body for row in Answer.objects.filter(user=user).shown().order_by("client_id")]


def write(client, url, *words):
    base = ""
    for each in words:
        base = send(client, url, {"text": each, "base": base})[1]["base"]
    return base


# Parts and lessons that are there no more ------------------------------------------------------------------


def test_words_for_a_part_that_was_taken_out_are_kept_and_shown(lesson, learner, learner_client, address):
    status, data = send(learner_client, address("answer", GONE), {"text": "written in a tunnel"})
    assert (status, UUID(data["base"])) == (200, Answer.objects.get(user=learner).client_id)
    page = text(learner_client.get(lesson.url))
    assert "From an earlier version of this lesson" in page
    assert '<p class="kept-text">written in a tunnel</p>' in page


def test_ticks_for_a_list_that_was_taken_out_are_kept_and_counted(lesson, learner_client, address):
    response = learner_client.post(address("answer", GONE), {"ticked": [str(uuid4()), str(uuid4())]})
    assert response["Location"] == f"{lesson.url}#b-{GONE}"
    assert "You had ticked 2 items of a list." in text(learner_client.get(lesson.url))


def test_words_for_a_lesson_that_was_withdrawn_or_deleted_are_kept(
    kit, lesson, lesson_page, learner, learner_client, address
):
    learner_client.post(address("answer", REFLECTION), {"text": "while it stood"})
    lesson_page.unpublish()
    touch()
    assert send(learner_client, address("answer", REFLECTION), {"text": "after it was withdrawn"})[0] == 200
    LessonPage.objects.filter(translation_key=lesson.key).delete()
    touch()
    assert send(learner_client, address("answer", REFLECTION), {"text": "after it was deleted"})[0] == 200
    assert [body["text"] for body in shown(learner)] == [
        "while it stood",
        "after it was withdrawn",
        "after it was deleted",
    ]
    assert {row.kit_key for row in Answer.objects.filter(user=learner)} == {kit.key}


def test_a_lesson_that_nobody_knows_takes_no_words(learner, learner_client, lesson_page, address):
    lesson_page.unpublish()
    touch()
    for nowhere in (
        address("answer", REFLECTION, of=uuid4()),
        address("answer", REFLECTION),
    ):  # she takes no part in it
        assert send(learner_client, nowhere, {"text": "x"})[0] == 404
    assert not Answer.objects.exists()


def test_nothing_for_a_part_that_is_gone_is_not_found(learner_client, address):
    for data in ({}, {"text": " "}, {"choice": RIGHT}, {"ticked": ["no id"]}, {"ticked": [str(uuid4())] * 101}):
        assert learner_client.post(address("answer", GONE), data).status_code == 404
    assert not Answer.objects.exists()


def test_a_lesson_has_room_for_a_hundred_parts(learner, learner_client, lesson, kit, address):
    for _number in range(100):
        Answer.objects.create(
            user=learner, kit_key=kit.key, lesson_key=lesson.key, block_id=uuid4(), client_id=new_id(), body={}
        )
    status, data = send(learner_client, address("answer", GONE), {"text": "x"})
    assert (status, "no room" in data["message"]) == (422, True)
    page = learner_client.post(address("answer", GONE), {"text": "my words"})
    assert page.status_code == 422
    assert "my words</textarea>" in text(page)


@pytest.mark.parametrize("block", [REFLECTION, GONE])
def test_200_kilobytes_are_refused_with_the_limit_named(block, learner_client, address):
    words = "word " * 40_000
    status, data = send(learner_client, address("answer", block), {"text": words})
    assert (status, "20000 characters" in data["message"]) == (422, True)
    page = learner_client.post(address("answer", block), {"text": words})
    assert page.status_code == 422
    assert f"{words}</textarea>" in text(page)
    assert "20000 characters" in text(page)
    assert not Answer.objects.exists()


# What a script is told ------------------------------------------------------------------------------------------


def test_words_written_elsewhere_meanwhile_are_shown_beside_hers(learner_client, address):
    one = send(learner_client, address("answer", REFLECTION), {"text": "on the phone"})[1]
    other = send(learner_client, address("answer", REFLECTION), {"text": "at the desk"})[1]
    assert one["beside"] == ""
    assert '<p class="kept-text">on the phone</p>' in other["beside"]
    assert "at the desk" not in other["beside"]


def test_a_copy_that_comes_late_is_answered_like_the_first(learner, learner_client, address):
    data = {"text": "once", "client_id": str(new_id())}
    replies = [send(learner_client, address("answer", REFLECTION), data) for _ in range(3)]
    assert replies == [replies[0]] * 3
    assert shown(learner) == [{"text": "once", "how": ""}]


@pytest.mark.parametrize("block", [REFLECTION, GONE])
def test_too_many_at_once_are_told_to_come_later(block, monkeypatch, learner_client, address):
    monkeypatch.setattr("courses.answer_views.ANSWERS_PER_MINUTE", 0)
    assert send(learner_client, address("answer", block), {"text": "x"})[0] == 429


def test_copies_that_come_late_are_not_counted_against_her(monkeypatch, learner_client, address):
    monkeypatch.setattr("courses.answer_views.ANSWERS_PER_MINUTE", 2)
    data = {"text": "once", "client_id": str(new_id())}
    url = address("answer", REFLECTION)
    assert [send(learner_client, url, data)[0] for _ in range(5)] == [200] * 5
    assert [send(learner_client, url, {"text": f"new {n}"})[0] for n in range(3)] == [200, 429, 429]


def test_words_of_another_account_are_not_taken(learner, stranger, learner_client, address):
    hers, anothers = ({"Hub-Account": account_on_device(user)} for user in (learner, stranger))
    url, data = address("answer", REFLECTION), {"text": "x"}
    assert send(learner_client, url, data, **anothers) == (401, {"error": "signed_out"})
    assert not Answer.objects.exists()
    assert send(learner_client, url, data, **hers)[0] == 200


def test_who_is_here_is_told_without_a_name(visitor, learner, learner_client):
    url = "/en/kits/record/waiting/"
    response = visitor.get(url)
    assert response.json()["account"] == ""
    assert "no-store" in response["Cache-Control"]
    here = learner_client.get(url).json()
    assert (here["account"], here["own"]) == (account_on_device(learner), False)
    assert "learner" not in json.dumps(here).replace("/learner/", "")
    session = learner_client.session
    session["own_device"] = True
    session.save()
    assert learner_client.get(url).json()["own"] is True


def test_a_page_says_to_scripts_whose_words_may_stay_on_the_device(lesson, learner, learner_client, visitor):
    assert f'data-account="{account_on_device(learner)}" data-own=""' in text(learner_client.get(lesson.url))
    assert "data-account" not in text(visitor.get(lesson.url))


def test_the_last_try_in_an_old_window_stands(learner, learner_client, address):
    old, new = str(new_id()), str(new_id())
    learner_client.post(address("check", QUESTION), {"choice": RIGHT, "client_id": new})
    learner_client.post(address("check", QUESTION), {"choice": WRONG, "client_id": old})
    assert shown(learner) == [{"chosen": [WRONG]}]


# Older versions ------------------------------------------------------------------------------------------------------


def test_older_versions_are_listed_but_for_those_that_went_on(learner, learner_client, address):
    write(learner_client, address("answer", REFLECTION), "I can", "I can weld", "I can solder")
    page = text(learner_client.get(address("versions", REFLECTION)))
    assert '<p class="kept-text">I can weld</p>' in page
    assert '<p class="kept-text">I can</p>' not in page
    assert "I can solder" not in page


def test_a_part_without_older_versions_says_so_and_an_unknown_one_is_not_found(learner_client, address):
    assert "There are no older versions." in text(learner_client.get(address("versions", REFLECTION)))
    for block in (GONE, QUESTION):
        assert learner_client.get(address("versions", block)).status_code == 404


def test_an_older_version_is_brought_back_by_a_plain_form(lesson, learner, learner_client, address):
    write(learner_client, address("answer", REFLECTION), "before", "after")
    old = Answer.objects.get(user=learner, state="replaced").client_id
    response = learner_client.post(address(f"versions/{old}/restore", REFLECTION))
    assert response["Location"] == f"{lesson.url}#b-{REFLECTION}"
    assert shown(learner) == [{"text": "before", "how": ""}]


def test_ticks_are_listed_in_words(learner_client, address):
    base = send(learner_client, address("answer", CHECKLIST), {"ticked": TICK_A})[1]["base"]
    send(learner_client, address("answer", CHECKLIST), {"base": base})
    assert "<li>Water</li>" in text(learner_client.get(address("versions", CHECKLIST)))


def test_an_older_version_is_deleted_with_those_before_it(learner, learner_client, address):
    write(learner_client, address("answer", REFLECTION), "one", "two", "three")
    second = Answer.objects.get(user=learner, body__text="two").client_id
    learner_client.post(address(f"versions/{second}/delete", REFLECTION))
    assert [row.body["text"] for row in Answer.objects.filter(user=learner)] == ["three"]


def test_nobody_reaches_the_older_versions_of_another(learner, learner_client, stranger, sign_in, address):
    write(learner_client, address("answer", REFLECTION), "one", "two")
    old = Answer.objects.get(user=learner, state="replaced").client_id
    other = sign_in(stranger)
    assert "There are no older versions." in text(other.get(address("versions", REFLECTION)))
    assert other.post(address(f"versions/{old}/restore", REFLECTION)).status_code == 404
    other.post(address(f"versions/{old}/delete", REFLECTION))
    assert Answer.objects.filter(user=learner).count() == 2
    assert not Enrolment.objects.filter(user=stranger).exists()


def test_deleting_names_what_her_device_still_meant_to_send(learner, learner_client, address):
    learner_client.post(address("answer", REFLECTION), {"text": "kept"})
    on_its_way = str(new_id())
    learner_client.post(address("delete", REFLECTION), {"unsent": [on_its_way]})
    status, data = send(learner_client, address("answer", REFLECTION), {"text": "late", "client_id": on_its_way})
    assert (status, data["base"]) == (200, "")
    assert not Answer.objects.exists()
    assert ForgottenAnswer.objects.filter(user=learner).count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_older_versions_costs_the_same_with_one_and_with_three(
    number, learner_client, address, django_assert_num_queries
):
    write(learner_client, address("answer", REFLECTION), *[f"{n} words" for n in range(number + 1)])
    learner_client.get(address("versions", REFLECTION))
    with django_assert_num_queries(3):  # session, user, versions
        learner_client.get(address("versions", REFLECTION))


def test_a_save_costs_the_same_with_many_older_versions(learner_client, address, django_assert_num_queries):
    base = write(learner_client, address("answer", REFLECTION), *[f"{n} words" for n in range(4)])
    with django_assert_num_queries(15):
        send(learner_client, address("answer", REFLECTION), {"text": "again", "base": base})
