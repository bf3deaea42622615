"""Rows and requests that concern more than one language: each person changes hers."""

import io

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from courses.models import GlossaryTerm, LessonPage, QuestionBank
from forums.models import Forum
from hub.accounts.roles import ensure_roles
from tests.hub.editor.trees import everything_of, lesson_of, make_trees


@pytest.fixture
def trees(db):
    return make_trees()


@pytest.fixture
def languages(db):
    """The roles of English and Greek, without any page."""
    Locale.objects.get_or_create(language_code="el")
    ensure_roles()


# Submitting and updating translations --------------------------------------------------------------------------


def submit(client, page, *locales, **data):
    path = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(path, {"locales": [locale.pk for locale in locales], **data})


def only_in_english(trees):
    LessonPage.objects.filter(slug="small-three").exclude(locale=trees["en"].locale).delete()
    return lesson_of("en", "small-three")


@pytest.mark.parametrize(
    ("role", "made"),
    [
        ("translator-el", {"el"}),
        ("editor-el", {"el"}),
        ("editor-en", {"el", "hu"}),
        ("translator-en", set()),
        ("coordinator", {"el", "hu"}),
    ],
)
def test_a_page_is_submitted_into_her_languages_only(trees, role, made, make_user, sign_in):
    lesson, client = only_in_english(trees), sign_in(make_user("person", role))
    for code in ("el", "hu"):
        submit(client, lesson, trees[code].locale)
    pages = LessonPage.objects.filter(slug="small-three").exclude(pk=lesson.pk)
    assert set(pages.values_list("locale__language_code", "live")) == {(code, False) for code in made}


def test_a_foreign_language_is_refused_in_words(trees, make_user, sign_in):
    client = sign_in(make_user("person", "editor-el"))
    answer = submit(client, only_in_english(trees), trees["hu"].locale)
    assert answer.status_code == 200
    assert "locales" in answer.context["form"].errors


def test_what_lies_below_is_translated_by_a_task_and_the_tree_is_sound(
    trees, make_user, sign_in, django_capture_on_commit_callbacks
):
    Page.objects.get(pk=trees["el"].kit.pk).delete()
    client = sign_in(make_user("person", "editor-el"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = submit(client, trees["en"].kit, trees["el"].locale, include_subtree="on")
    assert answer.status_code == 302
    greek = Page.objects.filter(locale=trees["el"].locale, url_path__contains="/kits/small/")
    assert greek.count() == 1 + 2 + 3, "the kit, its modules and lessons"
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(("role", "may"), [("editor-el", False), ("editor-en", False), ("coordinator", True)])
def test_taking_over_the_english_publishes_only_for_who_publishes_every_language(
    trees, role, may, make_user, sign_in, django_capture_on_commit_callbacks
):
    source, before = TranslationSource.objects.get(), everything_of("hu")
    client = sign_in(make_user("person", role))
    path = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert ("publish_translations" in client.get(path).context["form"].fields) == may
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path, {"publish_translations": "on"}).status_code == 302
    assert (everything_of("hu")["revisions"] != before["revisions"]) == may


def test_a_translator_neither_publishes_nor_shows_the_english_page_in_its_place(trees, make_user, sign_in):
    client, lesson, before = sign_in(make_user("anna", "translator-hu")), lesson_of("hu"), everything_of("hu")
    ways = {
        f"/editor/pages/{lesson.pk}/edit/": {"action": "publish", "sure": "1"},
        f"/editor/pages/{lesson.pk}/unpublish/": {},
        f"/editor/pages/{lesson.pk}/delete/": {},
        f"/editor/pages/{lesson.pk}/privacy/": {"restriction_type": "login"},
        f"/editor/localize/page/{lesson.pk}/convert_to_alias/": {},
    }
    for path, data in ways.items():
        assert client.post(path, data).status_code in {302, 403}
        assert everything_of("hu") == before, path


def test_a_translation_whose_page_is_gone_is_not_there(trees, make_user, sign_in):
    path = f"/editor/localize/translate/{trees['hu'].translation.pk}/disable/"
    lesson_of("hu").delete()
    response = sign_in(make_user("person", "editor-hu")).post(path)
    assert response.headers.get("Location") == f"/en{path}", "no such address"


# Rows with a tab for each language -----------------------------------------------------------------------------


def empty(fields):
    return {f"{field}_{code}": "" for field in fields for code in ("en", "it", "el", "hu", "sv")}


def test_a_greek_editor_names_a_forum_in_greek_and_leaves_names_and_rules_alone(languages, make_user, sign_in):
    forum = Forum.objects.create(slug="a-forum", name_en="A forum", name_hu="Egy fórum")
    client = sign_in(make_user("greek", "editor-el"))
    sent = empty(["name", "topic"]) | {"name_en": "Hers", "name_hu": "Hers", "name_el": "Φόρουμ"}
    sent |= {"slug": "hers", "moderated": "on", "staff_only": "on"}
    assert client.post(f"/editor/snippets/forums/forum/edit/{forum.pk}/", sent).status_code == 302
    forum.refresh_from_db()
    assert (forum.name_en, forum.name_hu, forum.name_el) == ("A forum", "Egy fórum", "Φόρουμ")
    assert (forum.slug, forum.moderated, forum.staff_only) == ("a-forum", False, False)


@pytest.mark.parametrize("role", ["translator-el", "translator-en"])
def test_what_has_no_drafts_is_not_a_translators(languages, role, make_user, sign_in):
    term = GlossaryTerm.objects.create(key="circle", term_en="circle", definition_en="A group.")
    forum = Forum.objects.create(slug="a-forum", name_en="A forum")
    client = sign_in(make_user("anna", role))
    for path in (f"courses/glossaryterm/edit/{term.pk}/", f"forums/forum/edit/{forum.pk}/", "courses/questionbank/"):
        assert client.get(f"/editor/snippets/{path}").headers.get("Location") == "/editor/"


def test_strings_of_a_question_bank_are_changed_in_her_language_only(trees, make_user, sign_in):
    english = QuestionBank.objects.create(title="Bank", locale=trees["en"].locale)
    source = TranslationSource.update_or_create_from_instance(english)[0]
    hungarian = Translation.objects.create(source=source, target_locale=trees["hu"].locale)
    english.copy_for_translation(trees["hu"].locale).save()
    segment = source.stringsegment_set.first()
    path = f"/editor/localize/translate/{hungarian.pk}/strings/{segment.pk}/edit/"
    for role, status in [("editor-el", 403), ("translator-hu", 403), ("editor-hu", 201)]:
        client = sign_in(make_user(role, role))
        response = client.put(path, "value=Bank", content_type="application/x-www-form-urlencoded")
        assert response.status_code == status, role


# Files ---------------------------------------------------------------------------------------------------------


def picture(user, title):
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    return get_image_model().objects.create(
        title=title, file=ImageFile(file, name=f"{title}.png"), uploaded_by_user=user
    )


@pytest.mark.parametrize("act", ["", "delete/"])
def test_pictures_of_others_are_changed_by_the_authors_of_english_only(languages, act, make_user, sign_in):
    greek, author = make_user("greek", "editor-el"), make_user("author", "editor-en")
    hers, theirs = picture(greek, "hers"), picture(author, "theirs")
    client = sign_in(greek)
    assert client.get(f"/editor/images/{hers.pk}/{act}").status_code == 200
    assert client.get(f"/editor/images/{theirs.pk}/{act}").headers["Location"] == "/editor/"
    assert sign_in(author).get(f"/editor/images/{hers.pk}/{act}").status_code == 200
