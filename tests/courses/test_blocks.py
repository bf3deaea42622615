import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from courses.block_base import inline
from courses.blocks import LESSON_BLOCKS, ProseBlock
from courses.models import HandoutPage, LessonPage
from courses.paper_blocks import COUNTRY_BLOCKS, HANDOUT_BLOCKS
from hub.models import CountryPage, InfoPage

BLOCKS = dict([*LESSON_BLOCKS, *HANDOUT_BLOCKS, *COUNTRY_BLOCKS])


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_says_what_it_is(name):
    meta = BLOCKS[name].meta
    assert all([meta.icon != "placeholder", meta.label, meta.group, BLOCKS[name].get_description()])
    assert BLOCKS[name].is_previewable


def test_every_block_shows_a_sample_of_itself(loaded_hub, editor_en, sign_in):
    client = sign_in(editor_en)
    blocks = [
        pair
        for model in (LessonPage, HandoutPage, CountryPage)
        for pair in model.body.field.stream_block.child_blocks.items()
    ]
    for name, block in blocks:
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, name
        assert f'block-{name}">' in response.content.decode(), name
        assert "css/reader" in response.content.decode()


def question(several, *right):
    options = [{"text": "a", "correct": correct, "feedback": "b"} for correct in right]
    return BLOCKS["question"].to_python({"prompt": "?", "several": several, "options": options, "explanation": ""})


@pytest.mark.parametrize(
    ("several", "right", "field"),
    [(False, [False, False], "options"), (False, [True, True], "several")],
)
def test_a_question_without_a_clear_right_answer_is_refused(several, right, field):
    with pytest.raises(ValidationError) as caught:
        BLOCKS["question"].clean(question(several, *right))
    assert list(caught.value.block_errors) == [field]


def test_a_question_with_right_answers_is_accepted():
    assert BLOCKS["question"].clean(question(False, True, False))
    assert BLOCKS["question"].clean(question(True, True, True))


def test_the_minutes_of_a_session_must_add_up():
    steps = [{"minutes": 10, "title": "a", "text": "", "say": ""}]
    plan = {"title": "a", "aim": "b", "minutes": 30, "materials": ["c"], "steps": steps}
    with pytest.raises(ValidationError) as caught:
        BLOCKS["session"].clean(BLOCKS["session"].to_python(plan))
    assert list(caught.value.block_errors) == ["minutes"]


def test_a_row_has_as_many_cells_as_the_table_has_columns():
    table = {"caption": "a", "header": ["b", "c"], "rows": [{"cells": ["d"]}]}
    with pytest.raises(ValidationError) as caught:
        BLOCKS["table"].clean(BLOCKS["table"].to_python(table))
    assert list(caught.value.block_errors) == ["rows"]


def test_a_picture_needs_its_words(loaded_hub):
    with pytest.raises(ValidationError) as caught:
        BLOCKS["image"].clean(BLOCKS["image"].to_python({"image": 1, "alt": ""}))
    assert list(caught.value.block_errors) == ["alt"]


def test_an_information_page_cannot_take_an_address_of_the_hub():
    with pytest.raises(ValidationError, match="/forums/ belongs to the hub itself"):
        InfoPage(title="Forums", slug="forums").clean()


@pytest.mark.parametrize(
    ("phone", "right"), [("06 80 20 55 20", True), ("020-50 50 50", True), ("+39 06", True), ("x", False)]
)
def test_a_telephone_number_can_be_dialled(phone, right):
    office = BLOCKS["bodies"].child_blocks["items"].child_block
    value = office.to_python({"name": "Office", "phone": phone})
    if right:
        assert office.clean(value)["phone"] == phone
        return
    with pytest.raises(ValidationError):
        office.clean(value)


def test_a_text_pasted_from_word_is_plain_when_it_is_saved():
    pasted = (
        '{"blocks":[{"key":"a","text":"·\\u00a0\\u00a0 Bring\\u00a0a pen","type":"unstyled","depth":0}],"entityMap":{}}'
    )
    for block in (ProseBlock(), inline()):
        assert (
            block.value_from_datadict({"text": pasted}, {}, "text").source
            == '<ul><li data-block-key="a">Bring a pen</li></ul>'
        )
