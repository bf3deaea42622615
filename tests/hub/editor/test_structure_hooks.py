"""What an editor reads before she moves, copies, unpublishes or deletes a page, and what happens to its languages."""

from uuid import uuid4

import pytest
from wagtail.models import Page

from courses.answers import save_answer
from courses.models import Answer, Enrolment, KitPage, LessonPage, LessonProgress
from courses.privacy import export_person
from courses.records import people_with_records
from hub.lib.stamp import touch
from tests.hub.editor.trees import everything_of, lesson_of, make_trees

THEY_KEEP = "They keep them, in their booklet and in their own data"


@pytest.fixture
def trees(db):
    return make_trees()


@pytest.fixture
def author(trees, make_user, sign_in):
    return sign_in(make_user("author", "editor-en"))


def keep_records(make_user, kit, lesson, count):
    """`count` people with an answer and a mark in the lesson, in whatever language they read it."""
    for number in range(count):
        row = {"user": make_user(f"reader{number}-{lesson.pk}"), "kit_key": kit.translation_key}
        Enrolment.objects.create(**row)
        row["lesson_key"] = lesson.translation_key
        LessonProgress.objects.create(**row)
        Answer.objects.create(block_id=uuid4(), client_id=uuid4(), body={"text": "Mine."}, **row)


def text_of(client, path):
    return client.get(path, follow=True).content.decode()


def test_she_reads_how_many_keep_something_but_never_of_few_exactly(trees, author, make_user):
    places = [lesson_of("en", f"small-{name}") for name in ("one", "two", "three")]
    for lesson, count, words in zip(places, [0, 4, 7], ["", "Fewer than 5 learners", "About 5 learners"], strict=True):
        keep_records(make_user, trees["en"].kit, lesson, count)
        for path in ("delete/", "unpublish/", f"move/{trees['en'].other.pk}/confirm/"):
            text = text_of(author, f"/editor/pages/{lesson.pk}/{path}")
            assert (THEY_KEEP in text) == bool(words), path
            assert words in text


def test_counting_them_costs_two_statements_however_many_there_are(trees, make_user, django_assert_num_queries):
    for name, count in [("small-one", 1), ("small-two", 3)]:
        keep_records(make_user, trees["en"].kit, lesson_of("en", name), count)
        with django_assert_num_queries(2):  # keys; people
            people_with_records(trees["en"].kit)
    assert people_with_records(trees["en"].kit) == 1 + 3


def test_deleting_the_english_lesson_asks_and_deletes_its_languages(trees, author):
    lesson = lesson_of("en")
    assert "2 translations" in text_of(author, f"/editor/pages/{lesson.pk}/delete/")
    assert LessonPage.objects.filter(slug="small-one").count() == 3, "asking deletes nothing"
    author.post(f"/editor/pages/{lesson.pk}/delete/")
    assert LessonPage.objects.filter(slug="small-one").count() == 0
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_learners_wrote_in_a_deleted_lesson_stays_theirs(trees, author, learner, learner_client):
    place = {"kit_key": trees["en"].kit.translation_key, "lesson_key": lesson_of("en").translation_key}
    Enrolment.objects.create(user=learner, kit_key=place["kit_key"])
    words = {"text": "Tuesday on the bus", "how": ""}
    save_answer(user=learner, block_id=uuid4(), client_id=uuid4(), body=words, kind="reflection", **place)
    author.post(f"/editor/pages/{lesson_of('en').pk}/delete/")
    touch()
    assert "Tuesday on the bus" in learner_client.get("/en/my/booklet/small/").content.decode()
    kit = trees["en"].kit
    assert "under “My data”" in text_of(author, f"/editor/pages/{kit.pk}/unpublish/")
    Page.objects.get(pk=kit.pk).delete()
    assert "Tuesday on the bus" in str(export_person(learner))


def test_unpublishing_the_english_lesson_asks_and_withdraws_its_languages(trees, author):
    lesson = lesson_of("en")
    assert "all 2 translations" in text_of(author, f"/editor/pages/{lesson.pk}/unpublish/")
    author.post(f"/editor/pages/{lesson.pk}/unpublish/")
    assert set(LessonPage.objects.filter(slug="small-one").values_list("live", flat=True)) == {False}


def test_deleting_a_translation_leaves_the_others(trees, make_user, sign_in):
    before = everything_of("hu")
    sign_in(make_user("greek", "editor-el")).post(f"/editor/pages/{lesson_of('el').pk}/delete/")
    assert set(LessonPage.objects.filter(slug="small-one").values_list("locale__language_code", flat=True)) == {
        "en",
        "hu",
    }
    assert everything_of("hu") == before


def test_moving_the_english_lesson_in_the_editor_moves_its_languages(trees, author):
    lesson, path = lesson_of("en"), f"move/{trees['en'].other.pk}/confirm/"
    assert "the other languages move with it" in text_of(author, f"/editor/pages/{lesson.pk}/{path}")
    author.post(f"/editor/pages/{lesson.pk}/{path}")
    assert {lesson_of(code).get_parent().slug for code in ("en", "el", "hu")} == {"other-module"}


def test_ordering_english_lessons_orders_the_languages(trees, author):
    author.post(f"/editor/pages/{lesson_of('en').pk}/set_position/?position=2")
    for code in ("en", "el", "hu"):
        children = Page.objects.get(pk=trees[code].module.pk).get_children().order_by("path")
        assert [page.slug for page in children] == ["small-two", "small-three", "small-one"]


def test_pages_with_languages_are_not_changed_in_bulk(trees, author):
    before = [everything_of(code) for code in ("en", "el", "hu")]
    for act in ("delete", "unpublish", "move"):
        path = f"/editor/bulk/wagtailcore/page/{act}/?id={lesson_of('en').pk}&next=/editor/pages/"
        answer = author.post(path, {"chooser": trees["en"].other.pk}, follow=True)
        assert "one by one" in answer.content.decode()
        assert [everything_of(code) for code in ("en", "el", "hu")] == before


def test_a_copy_of_a_kit_is_a_new_record_and_says_so(trees, author, make_user):
    kit = trees["en"].kit
    keep_records(make_user, kit, lesson_of("en"), 1)
    assert "A copy is a page of its own" in text_of(author, f"/editor/pages/{kit.pk}/copy/")
    sent = {"new_title": "Second", "new_slug": "second", "new_parent_page": kit.get_parent().pk, "copy_subpages": "on"}
    author.post(f"/editor/pages/{kit.pk}/copy/", sent)
    copy = KitPage.objects.get(slug="second")
    keys = set(copy.get_descendants(inclusive=True).values_list("translation_key", flat=True))
    assert len(keys) == 1 + 2 + 3
    assert not keys & set(kit.get_descendants(inclusive=True).values_list("translation_key", flat=True))
    assert people_with_records(copy) == 0


def test_an_address_of_the_hubs_own_is_refused_when_a_page_is_made(trees, author):
    sent = {"title": "x", "slug": "print", "aim": "x", "emblem": "circle", "minutes": "5", "body-count": "0"}
    for parent, model in [("module", "lessonpage"), ("kit", "modulepage")]:
        answer = author.post(f"/editor/pages/add/courses/{model}/{getattr(trees['en'], parent).pk}/", sent)
        assert "belongs to the hub itself" in answer.content.decode()
    assert not Page.objects.filter(slug="print").exists()


# Two at once ---------------------------------------------------------------------------------------------------


def changed(page, **fields):
    numbers = ["needs_lessons", "needs_checks", "needs_reflections", "needs_checklists"]
    latest = page.get_latest_revision()
    loaded = {"loaded_revision_id": latest.pk, "loaded_revision_created_at": latest.created_at.isoformat()}
    form = {"title": page.title, "slug": page.slug, "aim": "Its aim", "emblem": "circle", "comments-TOTAL_FORMS": 0}
    return form | {"comments-INITIAL_FORMS": 0} | dict.fromkeys(numbers, "") | loaded | fields


def latest(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_save_over_a_newer_version_is_refused_once_with_what_she_typed(trees, author, make_user):
    module = trees["en"].module
    module.save_revision(user=make_user("first"))
    hers = changed(module, title="Her title")
    module.aim = "What the other one wrote"
    module.save_revision(user=make_user("other"))
    path = f"/editor/pages/{module.pk}/edit/"
    answer = author.post(path, hers)
    text = answer.content.decode()
    assert "Somebody else has saved this page" in text
    assert 'value="Her title"' in text
    assert latest(module).title == "The module"
    again = {name: answer.context[name] for name in ("loaded_revision_id", "loaded_revision_created_at")}
    assert author.post(path, hers | again).status_code == 302
    assert latest(module).title == "Her title"
    assert module.revisions.count() == 3, "the other one's version stays in the history"
