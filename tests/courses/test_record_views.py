"""What a member sends, and what happens to input that does not fit."""

import json
from uuid import uuid4

import pytest

from courses.models import Answer, Enrolment, LessonProgress
from tests.courses.small_kit import CHECKLIST, QUESTION, REFLECTION, RIGHT, TICK_A, TICK_B, WRONG, key


def text(response):
    return response.content.decode()


@pytest.fixture
def address(lesson):
    """`address("answer", REFLECTION)`: where a part of the first lesson is sent."""
    return lambda what, block: f"/en/kits/record/lesson/{lesson.key}/{block}/{what}/"


def bodies(user):
    return [row.body for row in Answer.objects.filter(user=user).order_by("pk")]


def nothing_kept():
    return not any(model.objects.exists() for model in (Answer, Enrolment, LessonProgress))


# Enrol and leave --------------------------------------------------------------------------------------


def test_enrolling_leads_into_the_first_lesson(kit, learner, learner_client):
    response = learner_client.post(f"/en/kits/record/kit/{kit.key}/enrol/")
    assert (response.status_code, response["Location"]) == (303, kit.lessons[0].url)
    assert Enrolment.objects.get(user=learner).kit_key == kit.key


def test_leaving_asks_first_and_keeps_the_record_unless_she_says_erase(kit, learner, learner_client):
    leave = f"/en/kits/record/kit/{kit.key}/leave/"
    learner_client.post(f"/en/kits/record/kit/{kit.key}/enrol/")
    page = text(learner_client.get(leave))
    assert 'value="keep"' in page
    assert 'value="erase"' in page
    assert learner_client.post(leave, {"record": "keep"}).status_code == 303
    assert Enrolment.objects.get(user=learner).state == Enrolment.State.LEFT
    learner_client.post(leave, {"record": "erase"})
    assert not Enrolment.objects.filter(user=learner).exists()


def test_leaving_without_saying_what_happens_to_the_record_changes_nothing(kit, learner, learner_client):
    learner_client.post(f"/en/kits/record/kit/{kit.key}/enrol/")
    response = learner_client.post(f"/en/kits/record/kit/{kit.key}/leave/", {"record": "burn"})
    assert response.status_code == 422
    assert Enrolment.objects.active().filter(user=learner).exists()


def test_nobody_leaves_for_another(kit, learner_client, stranger, sign_in):
    learner_client.post(f"/en/kits/record/kit/{kit.key}/enrol/")
    other = sign_in(stranger)
    assert other.get(f"/en/kits/record/kit/{kit.key}/leave/").status_code == 404
    assert other.post(f"/en/kits/record/kit/{kit.key}/leave/", {"record": "erase"}).status_code == 404
    assert Enrolment.objects.active().count() == 1


# Done ----------------------------------------------------------------------------------------------------


def test_done_leads_to_the_next_lesson_and_the_last_one_to_the_kit(kit, learner, learner_client):
    for lesson, following in zip(kit.lessons, [kit.lessons[1].url, f"{kit.url}#end"], strict=True):
        response = learner_client.post(f"/en/kits/record/lesson/{lesson.key}/done/", {"done": "1"})
        assert (response.status_code, response["Location"]) == (303, following)
    assert LessonProgress.objects.filter(user=learner).count() == 2
    assert "You have completed this kit" in text(learner_client.get(kit.url))


def test_done_can_be_taken_back(lesson, learner, learner_client):
    mark = f"/en/kits/record/lesson/{lesson.key}/done/"
    learner_client.post(mark, {"done": "1"})
    response = learner_client.post(mark, {"done": "0"})
    assert response["Location"] == f"{lesson.url}#end"
    assert not LessonProgress.objects.filter(user=learner).exists()


def test_a_mark_that_says_neither_is_refused(lesson, learner_client):
    assert learner_client.post(f"/en/kits/record/lesson/{lesson.key}/done/", {"done": "perhaps"}).status_code == 422
    assert nothing_kept()


# Answers ---------------------------------------------------------------------------------------------------


def test_a_reflection_is_kept_and_shown_at_its_place(lesson, learner, learner_client, address):
    response = learner_client.post(address("answer", REFLECTION), {"text": "On the bus", "how": "screen"})
    assert (response.status_code, response["Location"]) == (303, f"{lesson.url}#b-{REFLECTION}")
    page = text(learner_client.get(lesson.url))
    assert "On the bus</textarea>" in page
    assert 'value="screen" checked' in page
    assert "Saved at " in page
    assert Enrolment.objects.get(user=learner).last_block_id == REFLECTION


def test_a_reflection_on_paper_counts_without_a_word(learner, learner_client, address):
    assert learner_client.post(address("answer", REFLECTION), {"text": "", "how": "paper"}).status_code == 303
    assert bodies(learner) == [{"text": "", "how": "paper"}]


def test_ticks_are_kept_and_only_those_that_exist(lesson, learner, learner_client, address):
    learner_client.post(address("answer", CHECKLIST), {"ticked": [TICK_B, TICK_A]})
    assert bodies(learner) == [{"ticked": sorted([TICK_A, TICK_B])}]
    assert learner_client.post(address("answer", CHECKLIST), {"ticked": ["another"]}).status_code == 422
    assert text(learner_client.get(lesson.url)).count("checked") == 2


def test_a_members_last_try_is_kept_with_its_feedback(lesson, learner_client, address):
    response = learner_client.post(address("check", QUESTION), {"choice": WRONG})
    assert response["Location"] == f"{lesson.url}#r-{QUESTION}"
    assert "Feedback on the wrong one" in text(learner_client.get(lesson.url))
    learner_client.post(address("check", QUESTION), {"choice": RIGHT})
    page = text(learner_client.get(lesson.url))
    assert "That is right." in page
    assert "Feedback on the wrong one" not in page


def test_an_unchosen_question_is_answered_kindly(learner_client, address):
    response = learner_client.post(address("check", QUESTION), {})
    assert response.status_code == 422
    assert "Choose an answer first, then check it." in text(response)


def test_a_double_click_keeps_one_version(learner, learner_client, address):
    data = {"text": "twice", "client_id": str(uuid4())}
    for _ in range(2):
        assert learner_client.post(address("answer", REFLECTION), data).status_code == 303
    assert bodies(learner) == [{"text": "twice", "how": ""}]


def test_words_from_two_windows_are_both_shown_until_she_decides(lesson, learner, learner_client, address):
    for words in ("window one", "window two"):
        learner_client.post(address("answer", REFLECTION), {"text": words})
    page = text(learner_client.get(lesson.url))
    assert "window two</textarea>" in page
    assert '<p class="kept-text">window one</p>' in page
    beside = Answer.objects.get(user=learner, state=Answer.State.BESIDE)
    learner_client.post(address(f"versions/{beside.client_id}/delete", REFLECTION))
    assert bodies(learner) == [{"text": "window two", "how": ""}]


def test_deleting_takes_the_older_versions_too(lesson, learner, learner_client, address):
    for words in ("one", "two"):
        learner_client.post(address("answer", REFLECTION), {"text": words})
    response = learner_client.post(address("delete", REFLECTION))
    assert (response.status_code, response["Location"]) == (303, f"{lesson.url}#b-{REFLECTION}")
    assert bodies(learner) == []


def test_words_whose_part_was_taken_out_are_still_shown_and_can_be_deleted(
    lesson, lesson_page, learner, learner_client, address
):
    learner_client.post(address("answer", REFLECTION), {"text": "still mine"})
    lesson_page.body = [{"type": "text", "id": str(key("rest")), "value": "<p>What is left</p>"}]
    lesson_page.save()
    from hub.lib.stamp import touch

    touch()
    assert '<p class="kept-text">still mine</p>' in text(learner_client.get(lesson.url))
    assert learner_client.post(address("delete", REFLECTION)).status_code == 303
    assert bodies(learner) == []


# Input that does not fit ---------------------------------------------------------------------------------------


def test_over_long_words_are_refused_and_stay_in_the_field(learner_client, address):
    words = "long " * 4001
    response = learner_client.post(address("answer", REFLECTION), {"text": words})
    assert response.status_code == 422
    assert "This text is longer than 20000 characters. Please shorten it; it is still in the field." in text(response)
    assert f"{words}</textarea>" in text(response)
    assert nothing_kept()


def test_100_kilobytes_are_refused_with_the_words_kept(learner_client, address):
    response = learner_client.post(address("answer", REFLECTION), {"text": "x" * 100_000})
    assert response.status_code == 422
    assert "x" * 100_000 in text(response)


def test_20000_characters_fit(learner, learner_client, address):
    assert learner_client.post(address("answer", REFLECTION), {"text": "é" * 20_000}).status_code == 303
    assert len(bodies(learner)[0]["text"]) == 20_000


def test_nul_and_bidi_overrides_are_taken_out(learner, learner_client, address):
    learner_client.post(address("answer", REFLECTION), {"text": "a\x00b\u202ec\u2066d\r\ne"})
    assert bodies(learner) == [{"text": "abcd\ne", "how": ""}]


def test_her_markup_is_shown_as_text(lesson, learner_client, address):
    learner_client.post(address("answer", REFLECTION), {"text": "</textarea><script>alert(1)</script>"})
    page = text(learner_client.get(lesson.url))
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "data",
    [{}, {"text": " \n "}, {"text": "x", "how": "by post"}, {"text": "x", "client_id": "no id"}, {"base": "no id"}],
)
def test_empty_and_odd_forms_are_refused(data, learner_client, address):
    assert learner_client.post(address("answer", REFLECTION), data).status_code == 422
    assert nothing_kept()


def test_words_that_were_kept_may_be_emptied(learner, learner_client, address):
    learner_client.post(address("answer", REFLECTION), {"text": "words"})
    base = Answer.objects.get(user=learner).client_id
    assert learner_client.post(address("answer", REFLECTION), {"text": "", "base": base}).status_code == 303
    assert Answer.objects.shown().get(user=learner).body == {"text": "", "how": ""}


# Foreign and unknown -----------------------------------------------------------------------------------------


def test_unknown_ids_are_not_found_and_change_nothing(kit, lesson, learner_client):
    nobody = key("nobody")
    record = "/en/kits/record"
    for address in (
        f"{record}/kit/{nobody}/enrol/",
        f"{record}/kit/{lesson.key}/enrol/",
        f"{record}/lesson/{nobody}/done/",
        f"{record}/lesson/{kit.key}/done/",
        f"{record}/lesson/{nobody}/{REFLECTION}/answer/",
        f"{record}/lesson/{lesson.key}/{nobody}/delete/",
    ):
        response = learner_client.post(address, {"text": "x", "done": "1", "record": "erase"})
        assert (address, response.status_code) == (address, 404)
    assert nothing_kept()


def test_a_stranger_reaches_nothing_of_hers(lesson, learner, learner_client, stranger, sign_in, address):
    for words in ("one", "two"):
        learner_client.post(address("answer", REFLECTION), {"text": words})
    kept = bodies(learner)
    beside = Answer.objects.get(user=learner, state=Answer.State.BESIDE)
    other = sign_in(stranger)
    assert "two</textarea>" not in text(other.get(lesson.url))
    other.post(address("delete", REFLECTION))
    other.post(address(f"versions/{beside.client_id}/delete", REFLECTION))
    other.post(
        address("answer", REFLECTION), {"text": "overwritten", "client_id": beside.client_id, "base": beside.client_id}
    )
    assert bodies(learner) == kept


def test_writing_by_get_is_refused(lesson, learner_client, address):
    assert learner_client.get(address("delete", REFLECTION)).status_code == 405


def test_the_address_of_a_refused_form_leads_back_to_its_part_in_any_language(lesson, learner_client, address):
    assert learner_client.get(address("answer", REFLECTION))["Location"] == f"{lesson.url}#b-{REFLECTION}"
    in_greek = learner_client.get(address("check", QUESTION).replace("/en/", "/el/"))
    assert in_greek["Location"] == lesson.url.replace("/en/", "/el/") + f"#r-{QUESTION}"
    assert nothing_kept()


def test_a_form_shows_its_own_part_again_when_it_is_refused(lesson, learner_client, address):
    page = text(learner_client.get(lesson.url))
    for what, block in (("check", QUESTION), ("answer", REFLECTION), ("answer", CHECKLIST)):
        assert f'action="{address(what, block)}#b-{block}"' in page


def test_a_visitor_who_writes_finds_her_words_again(visitor, address, db):
    response = visitor.post(address("answer", REFLECTION), {"text": "written after the session ended"})
    assert response.status_code == 403
    assert "written after the session ended" in text(response)
    assert nothing_kept()


# By script -----------------------------------------------------------------------------------------------------


def send(client, address, data):
    response = client.post(address, data, headers={"Accept": "application/json"})
    return response.status_code, json.loads(response.content)


def test_a_script_learns_when_it_was_saved_and_what_the_next_version_follows(learner, learner_client, address):
    client_id = str(uuid4())
    status, data = send(learner_client, address("answer", REFLECTION), {"text": "a", "client_id": client_id})
    assert status == 200
    assert data["base"] == client_id
    assert data["message"].startswith("Saved at ")
    send(learner_client, address("answer", REFLECTION), {"text": "ab", "base": data["base"]})
    assert not Answer.objects.filter(state=Answer.State.BESIDE).exists()


def test_a_script_gets_the_question_with_its_feedback(learner_client, address):
    _status, data = send(learner_client, address("check", QUESTION), {"choice": WRONG})
    assert "Feedback on the wrong one" in data["html"]
    assert "Feedback on the right one" not in data["html"]


def test_a_script_gets_an_unchosen_question_with_what_to_do(learner_client, address):
    status, data = send(learner_client, address("check", QUESTION), {})
    assert status == 422
    assert "Choose an answer first, then check it." in data["html"]


def test_a_script_is_told_why_words_were_refused(learner_client, address):
    status, data = send(learner_client, address("answer", REFLECTION), {"text": "x" * 20_001})
    assert status == 422
    assert data["message"].startswith("This text is longer than 20000 characters.")


def test_a_script_is_told_that_she_is_signed_out(visitor, address, db):
    assert send(visitor, address("answer", REFLECTION), {"text": "x"}) == (401, {"error": "signed_out"})
