"""A page has the same place in every language: that of the English page."""

import pytest
from wagtail.models import Page

from courses.models import LessonPage, ModulePage
from tests.courses.small_kit import add, make_index, make_kit, make_tree


@pytest.fixture
def kits(db):
    made = {}
    for code in ("en", "el", "hu"):
        made[code] = make_kit(make_index(make_tree(code)), lessons=("one", "two", "three"))
        add(made[code], ModulePage, "other", title="Another module", aim="Its aim")
    return made


def lesson(name, code="en"):
    return LessonPage.objects.get(slug=f"small-{name}", locale__language_code=code)


def module(name, code="en"):
    return ModulePage.objects.get(slug=name, locale__language_code=code)


def order(name, code):
    return [page.slug.removeprefix("small-") for page in module(name, code).get_children().order_by("path")]


def addresses(code):
    return list(Page.objects.filter(locale__language_code=code, depth__gt=4).order_by("path").values_list("url_path"))


def test_moving_the_english_lesson_moves_its_languages(kits):
    lesson("two").move(module("other"), pos="last-child")
    for code in ("en", "el", "hu"):
        assert (order("small-module", code), order("other", code)) == (["one", "three"], ["two"])
        assert lesson("two", code).url_path.endswith(f"home-{code}/kits/small/other/small-two/")
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("target", "pos", "expected"),
    [("one", "left", ["three", "one", "two"]), ("one", "right", ["one", "three", "two"])],
)
def test_the_order_follows_too(kits, target, pos, expected):
    lesson("three").move(lesson(target), pos=pos)
    assert [order("small-module", code) for code in ("en", "el", "hu")] == [expected] * 3


def test_a_module_brings_its_lessons_along(kits):
    module("other").move(module("small-module"), pos="left")
    for code in ("el", "hu"):
        found = [page.slug for page in Page.objects.get(pk=kits[code].pk).get_children().order_by("path")]
        assert found == ["other", "small-module"]
        assert order("small-module", code) == ["one", "two", "three"]


def test_a_language_without_the_new_module_keeps_its_page_and_one_without_the_page_is_no_matter(kits):
    module("other", "el").delete()
    lesson("two", "hu").delete()
    lesson("two").move(module("other"), pos="last-child")
    assert order("small-module", "el") == ["one", "two", "three"]
    assert order("other", "hu") == []


def test_a_page_of_one_language_alone_keeps_its_place_among_the_others(kits):
    add(module("small-module", "el"), LessonPage, "greek-only", title="x", aim="x", minutes=5)
    lesson("one").move(module("small-module"), pos="last-child")
    assert order("small-module", "el") == ["two", "three", "one", "greek-only"]


def test_moving_a_translation_moves_nothing_else(kits):
    before = addresses("en"), addresses("hu")
    lesson("one", "el").move(module("other", "el"), pos="last-child")
    assert (addresses("en"), addresses("hu")) == before
