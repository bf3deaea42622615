from uuid import uuid4

from django.utils.translation import override
from wagtail.models import Page

from courses import actions, answers, enrolments
from courses.models import Answer, Completion, Enrolment, EnrolmentTerms, LessonProgress
from courses.privacy import erase_person, export_person
from tests.courses.small_kit import CHECKLIST, QUESTION, REFLECTION, TICK_B, WRONG


def fill(user, kit):
    lesson = kit.lessons[0]
    place = {"user": user, "kit_key": kit.key, "lesson_key": lesson.key}
    for block, body in [
        (REFLECTION, {"text": f"words of {user.username}", "how": "screen"}),
        (CHECKLIST, {"ticked": [TICK_B]}),
        (QUESTION, {"chosen": [WRONG]}),
    ]:
        answers.save_answer(**place, block_id=block, client_id=uuid4(), body=body)
    actions.mark_lesson(**place, done=True)


def test_an_export_says_in_words_all_that_is_kept(kit, learner):
    fill(learner, kit)
    export = export_person(learner)
    assert [row["kit"] for row in export["kits"]] == ["The small kit"]
    assert [row["lesson"] for row in export["lessons_done"]] == ["Lesson one"]
    assert [(row["part"], row["words"]) for row in export["answers"]] == [
        ("My times", {"text": "words of learner", "how": "screen"}),
        ("Before", {"ticked": ["Chairs"]}),
        ("Which?", {"chosen": ["the wrong one"]}),
    ]


def test_an_export_holds_nothing_of_others(kit, learner, stranger):
    fill(stranger, kit)
    assert not any(export_person(learner).values())


def test_an_export_says_how_she_enrolled_and_what_she_told_the_organisation(kit, learner):
    EnrolmentTerms.objects.create(kit_key=kit.key, way="approval")
    enrolments.ask(user=learner, kit_key=kit.key, called="Ana", line="From the first talk")
    export = export_person(learner)
    row = export["kits"][0]
    assert (row["state"], row["why"], row["called"]) == ("waiting for an answer", "you asked to take part", "Ana")
    change = export["enrolment_changes"][0]
    assert (change["kit"], change["before"], change["after"]) == ("The small kit", "", "waiting for an answer")


def test_erasing_gives_her_place_to_the_first_in_line(kit, learner, stranger):
    EnrolmentTerms.objects.create(kit_key=kit.key, capacity=1)
    for user in (learner, stranger):
        enrolments.enrol(user=user, kit_key=kit.key)
    erase_person(learner)
    assert Enrolment.objects.values_list("user__username", "state").get() == ("stranger", "active")


def test_words_on_a_page_that_is_gone_are_exported_too(kit, learner, lesson_page):
    fill(learner, kit)
    lesson_page.delete()
    assert "words of learner" in str(export_person(learner))


def test_erasing_leaves_nothing_of_hers_and_all_of_others(kit, learner, stranger):
    for user in (learner, stranger):
        fill(user, kit)
    erase_person(learner)
    for model in (Answer, Enrolment, LessonProgress):
        assert not model.objects.filter(user=learner).exists()
        assert model.objects.filter(user=stranger).exists()


def test_an_export_speaks_the_language_it_is_read_in(kit, learner):
    fill(learner, kit)  # her account is Greek
    Page.objects.filter(locale__language_code="el", translation_key=kit.key).update(title="Το μικρό κιτ")
    for language, title in [("el", "Το μικρό κιτ"), ("en", "The small kit")]:
        with override(language):
            assert [row["kit"] for row in export_person(learner)["kits"]] == [title]


def test_what_she_completed_is_exported_with_what_was_asked_for(kit, learner):
    for lesson in kit.lessons:
        actions.mark_lesson(user=learner, lesson_key=lesson.key, kit_key=kit.key, done=True)
    rows = [(row["completed_part"], row["rules"]) for row in export_person(learner)["completed"]]
    assert rows == [("The module", "all 2 lessons"), ("The small kit", "1 module")]
    erase_person(learner)
    assert not Completion.objects.exists()
