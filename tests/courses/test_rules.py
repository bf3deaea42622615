"""Which rules hold, what they ask for, and who has met them."""

from uuid import UUID

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses.done import Done
from courses.models import KitPage, LessonPage, ModulePage
from courses.rules import KitRules, Rules, countable, kit_rules, newly_completed, standing, unmet
from hub.lib.stamp import touch
from tests.courses import small_kit
from tests.courses.small_kit import CHECKLIST, QUESTION, REFLECTION, SEVERAL, key

ONE, TWO, THREE = (UUID(int=n) for n in range(1, 4))
MODULE, KIT = key("small-module"), key("small")


def rules(needs, **has):
    return Rules(MODULE, {"lessons": needs}, {"lessons": (ONE, TWO, THREE), **has})


def done(*lessons, parts=()):
    return Done(dict.fromkeys(lessons, timezone.now()), frozenset(parts))


@pytest.mark.parametrize(
    ("needs", "lessons", "left"),
    [(3, [], 3), (3, [ONE, THREE], 1), (3, [ONE, TWO, THREE], 0), (2, [ONE], 1), (2, [ONE, THREE], 0), (0, [], 0)],
)
def test_a_number_of_lessons_has_to_be_done_whichever_they_are(needs, lessons, left):
    assert sum(line.needed - line.done for line in unmet(rules(needs), done(*lessons))) == left


def test_each_line_names_what_is_open_in_its_order():
    (line,) = standing(rules(2), done(TWO))
    assert (line.needed, line.total, line.done, line.open) == (2, 3, 1, (ONE, THREE))


def test_lessons_that_are_no_longer_there_do_not_count():
    assert [line.done for line in unmet(rules(2), done(ONE, UUID(int=9)))] == [1]


def test_a_kit_is_completed_with_its_last_module_and_each_only_once():
    module = rules(1)
    kit = KitRules(KIT, {"modules": 1}, {"modules": (MODULE,)}, (module,))
    assert newly_completed(kit, done()) == []
    assert newly_completed(kit, done(ONE)) == [module, kit]
    assert newly_completed(kit, Done({ONE: None}, frozenset(), {MODULE: None})) == [kit]
    assert newly_completed(kit, Done({ONE: None}, frozenset(), {MODULE: None, KIT: None})) == []


def test_what_asks_for_nothing_is_never_completed():
    nothing = rules(0)
    assert newly_completed(KitRules(KIT, {"modules": 0}, {"modules": ()}, (nothing,)), done(ONE, TWO, THREE)) == []


def test_questions_of_a_quiz_are_one_thing_to_pass():
    blocks = [
        {"type": kind, "id": str(number)}
        for number, kind in enumerate("question quiz numeric order text match".split())
    ]
    assert [block_id for _kind, block_id in countable(blocks)] == ["0", "1", "5"]


# From the pages ------------------------------------------------------------------------------------


def of_module():
    touch()
    return kit_rules(KIT).modules[0]


def change(model, language="en", **fields):
    model.objects.filter(locale__language_code=language).update(**fields)


def test_a_module_needs_all_its_lessons_and_a_kit_all_its_modules(kit):
    assert of_module().needs == {"lessons": 2, "checks": 0, "reflections": 0, "checklists": 0}
    assert kit_rules(KIT).needs == {"modules": 1, "lessons": 0, "checks": 0, "reflections": 0, "checklists": 0}


def test_everything_that_can_be_done_in_a_module_is_known(kit):
    one, two = key("small-one"), key("small-two")
    has = of_module().has
    assert has["lessons"] == (one, two)
    assert has["reflections"] == ((one, REFLECTION), (two, REFLECTION))
    assert has["checklists"] == ((one, CHECKLIST), (two, CHECKLIST))
    assert set(has["checks"]) == {(lesson, part) for lesson in (one, two) for part in (QUESTION, SEVERAL)}


@pytest.mark.parametrize(("asked", "needed"), [(None, 4), (0, 0), (3, 3), (99, 4)])
def test_empty_is_all_and_nobody_has_to_do_more_than_there_is(asked, needed, kit):
    change(ModulePage, needs_checks=asked)
    assert of_module().needs["checks"] == needed


def test_the_rules_are_those_of_the_source_language(kit):
    change(ModulePage, "el", needs_lessons=1)
    assert of_module().needs["lessons"] == 2


def test_a_kit_that_is_not_in_the_source_language_has_the_rules_it_has(kit):
    change(ModulePage, "el", needs_lessons=1)
    change(KitPage, live=False)
    assert of_module().needs["lessons"] == 1


def test_a_lesson_that_is_not_on_show_is_not_asked_for(kit):
    LessonPage.objects.filter(pk=kit.lessons[1].pk).update(live=False)
    assert of_module().has["lessons"] == (key("small-one"),)


@pytest.mark.parametrize(("slug", "asked"), [("small-two", 1), ("small", 2)])
def test_a_lesson_behind_a_door_of_its_own_is_not_asked_for(slug, asked, kit):
    model = LessonPage if slug == "small-two" else KitPage
    page = model.objects.get(slug=slug, locale__language_code="en")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert of_module().needs["lessons"] == asked


def test_a_module_without_lessons_keeps_no_kit_from_being_complete(kit):
    small_kit.add(KitPage.objects.get(pk=kit.pk), ModulePage, "later", aim="To come")
    touch()
    assert kit_rules(KIT).needs["modules"] == 1


def test_a_kit_that_is_nowhere_asks_for_nothing(db):
    assert not kit_rules(UUID(int=7))


def test_the_rules_are_read_once_per_stamp(kit, django_assert_num_queries):
    of_module()
    with django_assert_num_queries(0):
        kit_rules(KIT)
    touch()
    # kit, restrictions, lessons, modules
    with django_assert_num_queries(4):
        kit_rules(KIT)
