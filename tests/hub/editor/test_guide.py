"""The editor's guide: five files that say the same, each in its language, and the page that shows them."""

import re

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import translation
from wagtail.admin.menu import help_menu
from wagtail.users.models import UserProfile

from hub.accounts.roles import ensure_roles
from hub.editor.guide import FOLDER, PICTURES, STATIC, guide_in, languages, read_guide
from hub.lib.wording import faults, read_terms, uses
from tests.courses.small_kit import make_tree
from tests.hub.editor.guide_names import known_names

OTHERS = ["it", "el", "hu", "sv"]
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"(?<!!)\[[^]]+\]\((.+?)\)")
PICTURE = re.compile(r"!\[([^]]+)\]\((.+?)\)")
MARKS = re.compile(r"`[^`]+`|\]\([^)]+\)|[!\[]")
KIND = re.compile(r"\d\. |- |\||!\[|#+ |")  # what a line is: of a list, a table, a picture


@pytest.fixture(autouse=True)
def nothing_kept():
    read_guide.cache_clear()


@pytest.fixture
def translator(db, make_user):
    """`translator(language)`: somebody who translates into Greek, with the editor in a language."""
    make_tree("en")
    make_tree("el")
    ensure_roles()

    def make(language="el"):
        user = make_user("translator", "translator-el", language=language)
        UserProfile.get_for_user(user)
        return user

    return make


def text_of(language):
    return (FOLDER / f"{language}.md").read_text(encoding="utf-8")


def sections(language):
    return text_of(language).split("\n## ")


def kinds(section):
    return [(KIND.match(line).group(), bool(line)) for line in section.split("\n")[1:]]


def paragraphs(language):
    """Without what is not written in the language: names of buttons, code, addresses."""
    return [MARKS.sub("", BOLD.sub("…", line)) for line in text_of(language).split("\n")]


def test_every_language_of_the_hub_has_the_guide():
    assert languages() == [code for code, _name in settings.LANGUAGES] == ["en", *OTHERS]


@pytest.mark.parametrize("language", OTHERS)
def test_each_guide_has_the_same_parts_buttons_links_and_pictures(language):
    english, translated = sections("en"), sections(language)
    assert len(english) == len(translated)
    for ours, theirs in zip(english, translated, strict=True):
        assert sorted(BOLD.findall(theirs)) == sorted(BOLD.findall(ours))
        assert LINK.findall(theirs) == LINK.findall(ours)
        shown = [source.replace("/en/", f"/{language}/") for _alt, source in PICTURE.findall(ours)]
        assert [source for _alt, source in PICTURE.findall(theirs)] == shown
        assert kinds(theirs) == kinds(ours)


@pytest.mark.parametrize("language", OTHERS)
def test_each_guide_is_written_in_its_language_with_the_words_of_the_glossary(language):
    terms = read_terms(settings.BASE_DIR / "locale" / "glossary.csv", language)
    lines = list(zip(paragraphs("en"), paragraphs(language), strict=True))
    assert [fault for ours, theirs in lines for fault in faults(ours, theirs, language)] == []
    missed = [(term.name, theirs) for ours, theirs in lines for term in terms if uses(term, ours, theirs) is False]
    assert missed == []


def test_every_button_named_in_bold_is_one_of_the_interface():
    assert set(BOLD.findall(text_of("en"))) - known_names() == set()


def test_every_address_is_there_and_every_picture_small():
    for address in LINK.findall(text_of("en")):
        assert resolve(address)
    pictures = [source for language in languages() for _alt, source in PICTURE.findall(text_of(language))]
    files = [STATIC / source.removeprefix(PICTURES) for source in pictures]
    assert len(files) == 9 * 5
    assert all(file.stat().st_size <= 60_000 for file in files)
    assert set(files) == set((STATIC / "guide").rglob("*.webp"))


def test_buttons_are_named_as_her_interface_names_them():
    with translation.override("sv"):
        lesson = guide_in("it").parts[1]
    assert "<strong>Publicera</strong>" in lesson.html
    assert lesson.anchor == "change-a-lesson"


def test_a_button_without_a_translation_is_marked_as_english(monkeypatch):
    monkeypatch.setattr("hub.editor.guide.gettext", lambda text: text)
    assert '<strong lang="en">Publish</strong>' in guide_in("el").parts[1].html


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_translator_reads_it_in_her_language(sign_in, translator, language):
    response = sign_in(translator(language)).get("/editor/guide/")
    assert response.context["guide"].language == language
    page = response.content.decode()
    assert all(f'id="{part.anchor}"' in page for part in response.context["guide"].parts)
    assert page.count('loading="lazy"') == 9


@pytest.mark.parametrize(("asked", "shown"), [("hu", "hu"), ("ar", "el"), ("../en", "el"), ("", "el")])
def test_she_may_ask_for_another_language(sign_in, translator, asked, shown):
    response = sign_in(translator()).get("/editor/guide/", {"language": asked})
    assert response.status_code == 200
    assert response.context["guide"].language == shown


def test_a_language_without_a_guide_gets_the_english_one(sign_in, translator, monkeypatch):
    monkeypatch.setattr("hub.editor.guide_views.languages", lambda: ["en"])
    assert sign_in(translator()).get("/editor/guide/").context["guide"].language == "en"


def test_it_stands_first_in_the_menu_help_beside_no_other_guide(translator, rf):
    request = rf.get("/editor/")
    request.user = translator()
    items = help_menu.menu_items_for_request(request)
    assert items[0].url == "/editor/guide/"
    assert [item.url for item in items if "guide.wagtail.org" in item.url] == []


def test_it_is_for_those_who_may_enter_the_editor(sign_in, learner):
    assert sign_in(learner).get("/editor/guide/").status_code == 302
