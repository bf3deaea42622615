"""What an editor may not leave behind: a question nobody can solve. And that all of it can be translated."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from courses.blocks import LESSON_BLOCKS
from courses.models import LessonPage, QuestionBank
from courses.pieces import all_parts, build_pieces, lesson_pieces
from tests.courses.questions import asked
from tests.courses.small_kit import key

BLOCKS = dict(LESSON_BLOCKS)
ASSESSED = {name: asked.BEFORE[name] for name in ("topic", "moment", "title", "intro")}


def value(kind, fields):
    return BLOCKS[kind].to_python(asked.AROUND | fields if kind in asked.KINDS else fields)


@pytest.mark.parametrize("kind", asked.KINDS)
def test_a_whole_question_is_accepted(kind):
    assert BLOCKS[kind].clean(value(kind, asked.KINDS[kind]))


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("match", {"pairs": [asked.pair("a", "same"), asked.pair("b", "same")]}, "pairs"),
        ("match", {"pairs": [asked.pair("a", "b"), asked.pair("A.", "c")]}, "pairs"),
        ("match", {"extras": asked.texts("extra", "TIME")}, "extras"),
        ("order", {"items": asked.texts("item", "first", "First")}, "items"),
        ("short_answer", {"accepted": asked.texts("accepted", "…")}, "accepted"),
        ("numeric", {"answer": "much"}, "answer"),
        ("numeric", {"tolerance": "-1"}, "tolerance"),
        ("numeric", {"tolerance": "some"}, "tolerance"),
    ],
)
def test_an_unsolvable_question_is_refused_at_its_field(kind, changed, field):
    with pytest.raises(ValidationError) as caught:
        BLOCKS[kind].clean(value(kind, asked.KINDS[kind] | changed))
    assert list(caught.value.block_errors) == [field]


@pytest.mark.django_db
def test_a_quiz_asks_for_no_more_right_answers_than_questions():
    with pytest.raises(ValidationError) as caught:
        BLOCKS["quiz"].clean(BLOCKS["quiz"].to_python(asked.quiz(draw=2, pass_mark=3)["value"]))
    assert list(caught.value.block_errors) == ["pass_mark"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        (asked.BEFORE | {"statements": []}, ["statements"]),
        (asked.BEFORE | {"scale": asked.texts("scale", "no", "yes")}, ["scale"]),
        (asked.BEFORE | {"moment": "after"}, ["statements", "scale"]),
    ],
)
def test_an_assessment_has_its_statements_before_and_takes_them_after(fields, wrong):
    with pytest.raises(ValidationError) as caught:
        BLOCKS["assessment"].clean(value("assessment", fields))
    assert list(caught.value.block_errors) == wrong


def test_an_assessment_afterwards_needs_nothing_of_its_own():
    assert BLOCKS["assessment"].clean(value("assessment", asked.AFTER))


@pytest.mark.parametrize(
    ("blocks", "field"),
    [
        ([asked.quiz()], "bank"),
        ([asked.quiz(), asked.body()[6], asked.choice("one")], "bank"),
        ([asked.quiz(draw=3), asked.choice("one"), asked.choice("two")], "draw"),
        ([asked.quiz(draw=0, pass_mark=2), asked.choice("one")], "pass_mark"),
    ],
)
@pytest.mark.django_db
def test_a_quiz_that_nobody_could_pass_is_refused(blocks, field):
    body = LessonPage._meta.get_field("body").stream_block
    with pytest.raises(ValidationError) as caught:
        body.clean(body.to_python(blocks))
    assert list(caught.value.block_errors[0].block_errors) == [field]


@pytest.mark.django_db
def test_a_quiz_with_its_questions_is_accepted():
    body = LessonPage._meta.get_field("body").stream_block
    assert len(body.clean(body.to_python(asked.body()))) == len(asked.body())


# Banks ---------------------------------------------------------------------------------------------------------


def make_bank(language, *names):
    locale = Locale.objects.get(language_code=language)
    questions = [asked.choice(name) for name in names]
    return QuestionBank.objects.create(
        title=f"Bank {language}", questions=questions, locale=locale, translation_key=key("bank")
    )


def test_a_quiz_draws_from_a_bank_in_the_language_of_the_lesson(asking):
    make_bank("en", "north", "south")
    greek = make_bank("el", "north", "south")
    greek.questions = [asked.choice("north", prompt="Πού;"), asked.choice("south")]
    greek.save()
    asked.ask_everything(blocks=[asked.quiz(bank=str(key("bank")), draw=0)])
    english, other = (
        build_pieces(LessonPage.objects.get(slug="small-one", locale__language_code=code)) for code in ("en", "el")
    )
    assert [part["prompt"] for part in english[0][1]["pool"]] == ["Which north?", "Which south?"]
    assert other[0][1]["pool"][0]["prompt"] == "Πού;"
    assert [part["id"] for part in all_parts(english)] == [part["id"] for part in all_parts(other)]


def test_two_quizzes_of_one_bank_keep_their_answers_apart(asking):
    make_bank("en", "north")
    second = {**asked.quiz(bank=str(key("bank"))), "id": str(key("second"))}
    asked.ask_everything(blocks=[asked.quiz(bank=str(key("bank"))), second])
    ids = [part["id"] for part in all_parts(lesson_pieces(asking.pk))]
    assert len(set(ids)) == len(ids) == 4


def test_a_changed_bank_shows_at_once(asking, visitor, django_capture_on_commit_callbacks):
    bank = make_bank("en", "north")
    asked.ask_everything(blocks=[asked.quiz(bank=str(key("bank")))])
    assert "Which north?" in visitor.get(asking.url).content.decode()
    bank.questions = [asked.choice("south")]
    with django_capture_on_commit_callbacks(execute=True):
        bank.save()
    assert "Which south?" in visitor.get(asking.url).content.decode()


def test_a_bank_is_translated_under_the_same_ids(indexes):
    bank = make_bank("en", "north", "south")
    translate_object(bank, Locale.objects.filter(language_code="el"))
    greek = QuestionBank.objects.get(translation_key=bank.translation_key, locale__language_code="el")
    assert [block.id for block in greek.questions] == [block.id for block in bank.questions]


def test_an_editor_finds_the_banks(editor_en, sign_in, indexes):
    page = sign_in(editor_en).get("/editor/snippets/courses/questionbank/")
    assert page.status_code == 200


# Languages -------------------------------------------------------------------------------------------------------


def test_every_text_is_translated_and_every_id_stays(asking):
    page = LessonPage.objects.get(pk=asking.pk)
    source, _made = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get_or_create(language_code="it")[0]
    for string in source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=string.string,
            locale=locale,
            context=string.context,
            defaults={"data": f"it {string.string.data}"},
        )
    translation = Translation.objects.create(source=source, target_locale=locale)
    page.get_parent().specific.copy_for_translation(locale, copy_parents=True)
    translation.save_target()
    other = LessonPage.objects.get(translation_key=page.translation_key, locale=locale)
    assert ids(other.body.get_prep_value()) == ids(page.body.get_prep_value())
    mine, theirs = fields(page.body.get_prep_value()), fields(other.body.get_prep_value())
    fixed = {"kind", "type", "id", "topic", "moment", "answer", "tolerance", "unit", "bank"}
    untouched = {name for name, text in theirs if text and (name, text) in mine} - fixed
    assert untouched == set()


def ids(raw):
    if isinstance(raw, dict):
        return [raw.get("id")] + [found for part in raw.values() for found in ids(part)]
    return [found for part in raw for found in ids(part)] if isinstance(raw, list) else []


def fields(raw, name=""):
    if isinstance(raw, dict):
        return [found for key_, part in raw.items() for found in fields(part, key_)]
    if isinstance(raw, list):
        return [found for part in raw for found in fields(part, name)]
    return [(name, raw)] if isinstance(raw, str) else []
