import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model

from courses.blocks import LESSON_BLOCKS
from courses.diagrams import BadDiagram, draw, fault_in, read_drawing, wrap

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" width="640" height="200">{}</svg>'
TEXT = '<text data-label="{}" data-chars="{}" x="{}" y="100" text-anchor="middle" font-size="20"/>'
GOAL = TEXT.format("goal", 12, 320)
TIP = '<defs><marker id="tip" refX="1"><path class="d-mark" d="M0 0L9 9"/></marker></defs>'
ARROW = f'{TIP}<path class="d-line" d="M0 0h9" marker-end="url(#tip)"/>'


def drawn(inside, labels, **attributes):
    return draw(SVG.format(inside), labels, key="d-1", attributes={"class": "diagram", **attributes})


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "<script> may not be in a drawing"),
        ('<foreignObject width="1"/>', "<foreignObject> may not be in a drawing"),
        ('<image x="1"/>', "<image> may not be in a drawing"),
        ("<style>g{fill:red}</style>", "<style> may not be in a drawing"),
        ('<a href="/x"><path d="M0 0"/></a>', "<a> may not be in a drawing"),
        ('<use href="#a"/>', "<use> may not be in a drawing"),
        ("<title>Words</title>", "<title> may not be in a drawing"),
        ('<path d="M0 0" onclick="x()"/>', "has the attribute “onclick”"),
        ('<path d="M0 0" style="fill:red"/>', "has the attribute “style”"),
        ('<path xmlns:l="http://www.w3.org/1999/xlink" d="M0 0" l:href="#a"/>', "has the attribute"),
        ('<path d="M0 0" fill="#f00"/>', "colours come from the classes"),
        ('<path d="M0 0" stroke="url(#a)"/>', "colours come from the classes"),
        ('<path d="M0 0" class="d-line pretty"/>', "“pretty” is no class of a drawing"),
        ('<path d="M0 0" marker-end="url(#tip)"/>', "no marker with the id “tip”"),
        ('<path d="M0 0" marker-end="url(https://x.example/#t)"/>', "write url(#id)"),
        ('<g id="a"/><g id="a"/>', "two elements of the drawing have the same id"),
        ('<text x="1" y="2">Goal</text>', "“Goal” stands in the drawing itself"),
        ("<g>Goal</g>", "words stand in the drawing outside of <text>"),
        ('<text data-label="goal" data-chars="12" x="1" y="2">Goal</text>', "must be empty"),
        ('<text data-label="goal" x="1" y="2"/>', "needs data-chars"),
        ('<text data-label="goal" data-chars="2" x="1" y="2"/>', "needs data-chars"),
        ('<text data-label="goal" data-chars="12" x="1em" y="2"/>', "needs x and y as numbers"),
        ('<text data-label="goal" data-chars="12" x="1" y="2" font-size="2em"/>', "needs a number as its font-size"),
        ("<path>", "the drawing is not plain SVG"),
    ],
    ids=lambda value: re.sub(r"\W+", "-", value)[:30],
)
def test_what_may_not_be_in_a_drawing_is_refused(inside, message):
    with pytest.raises(BadDiagram) as error:
        read_drawing(SVG.format(inside))
    assert message in str(error.value)


def test_an_entity_and_another_format_are_refused():
    for text in ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "GIF89a", SVG.format("<g/>" * 20_000), "<p/>"):
        with pytest.raises(BadDiagram):
            read_drawing(text)


def test_each_place_needs_a_label_and_each_label_a_place():
    assert fault_in(SVG.format(GOAL), ["goal"]) is None
    assert fault_in(SVG.format(GOAL + TEXT.format("way", 9, 9)), ["goal"]) == (
        "the drawing has a place for the label “way”: write its text"
    )
    assert fault_in(SVG.format(GOAL), ["goal", "will"]) == 'the drawing has no <text data-label="will"> for this label'


def test_a_label_stands_in_lines_around_its_middle():
    html = drawn(GOAL, {"goal": "one two three four"})
    assert re.findall(r"<tspan[^>]*>([^<]*)<", html) == ["one two", "three four"]
    assert '<text x="320" y="95" text-anchor="middle" font-size="20" class="d-label">' in html
    assert '<tspan x="320" dy="24">three four</tspan>' in html
    assert "data-" not in html


def test_what_a_translator_wrote_is_text_and_nothing_else():
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in drawn(GOAL, {"goal": "<b>&</b>"})


def test_a_label_at_the_edge_is_moved_in_and_a_long_word_made_smaller():
    html = drawn(TEXT.format("goal", 12, 10), {"goal": "ένα ενδιαφέρον"})
    assert float(re.search(r'<tspan x="([\d.]+)"', html)[1]) == 62
    assert 'font-size="15"' in drawn(TEXT.format("goal", 12, 320), {"goal": "elismertetésnek2"})
    html = drawn(f'<g transform="translate(300 0)">{TEXT.format("goal", 12, 10)}</g>', {"goal": "ένα ενδιαφέρον"})
    assert '<tspan x="10">' in html  # where it stands is not known


def test_ids_are_those_of_this_drawing_on_the_page():
    html = drawn(ARROW, {}, role="img")
    assert 'id="d-1-tip"' in html
    assert 'marker-end="url(#d-1-tip)"' in html
    assert html.startswith('<svg viewBox="0 0 640 200" class="diagram" role="img">')


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one", ["one"]),
        ("a long way to go on", ["a long way", "to go on"]),
        ("Arbeitserfahrung", ["Arbeitserfahrung"]),
        ("arbets\u00adlivs\u00aderfaren\u00adhet", ["arbetslivs-", "erfarenhet"]),
        ("kort\u00adord", ["kortord"]),
    ],
)
def test_a_label_is_wrapped_between_words(text, lines):
    assert wrap(text, 12) == lines


@given(st.text(st.sampled_from("aö \u00ad"), max_size=60), st.integers(4, 60))
def test_wrapping_loses_no_letter_and_breaks_no_word(text, chars):
    lines = wrap(text, chars)
    plain = text.replace("\u00ad", "")
    assert "".join(lines).replace("-", "").replace(" ", "") == plain.replace(" ", "")
    assert all(len(line) <= chars or " " not in line for line in lines)


# The block -------------------------------------------------------------------------------------------


@pytest.fixture
def picture(db):
    return lambda inside, name="d.svg": get_image_model().objects.create(
        title="d", file=ContentFile(SVG.format(inside).encode(), name=name), width=640, height=200
    )


def diagram(picture, *labels, **fields):
    block = dict(LESSON_BLOCKS)["diagram"]
    labels = [{"name": name, "text": text} for name, text in labels]
    return block, block.to_python({"picture": picture.pk, "alt": "A <line>", "labels": labels, **fields})


def test_a_diagram_is_drawn_in_the_page_with_its_words(picture):
    block, value = diagram(picture(GOAL), ("goal", "Goal"), caption="One line", description="<p>It goes on.</p>")
    html = block.render(value, {"block_id": "b1"})
    assert '<svg viewBox="0 0 640 200" class="diagram" role="img" aria-labelledby="d-b1-alt"' in html
    assert '<span id="d-b1-alt" hidden>A &lt;line&gt;</span>' in html
    assert 'aria-describedby="d-b1-more"' in html
    assert '<div class="prose" id="d-b1-more"><p>It goes on.</p></div>' in html
    assert "<summary>This picture in words</summary>" in html
    assert "<figcaption>One line</figcaption>" in html
    assert "style=" not in html
    assert block.clean(value)


def test_a_drawing_that_somebody_spoiled_later_shows_its_words_alone(picture):
    block, value = diagram(picture("<script>alert(1)</script>"), caption="One line")
    html = block.render(value, {"block_id": "b1"})
    assert "<p>A &lt;line&gt;</p>" in html
    assert "script" not in html


@pytest.mark.parametrize(
    ("inside", "labels", "field", "message"),
    [
        (GOAL, [], "labels", "The drawing has a place for “goal”: write a label for it."),
        (GOAL, [("goal", "a"), ("way", "b")], "labels", "The drawing has no place for “way”."),
        (GOAL, [("goal", "a"), ("goal", "b")], "labels", "Two labels have the same name."),
        ("<script/>", [], "picture", "This picture cannot be a diagram: <script> may not be in a drawing"),
    ],
    ids=["missing", "extra", "twice", "script"],
)
def test_an_editor_is_told_what_does_not_fit(picture, inside, labels, field, message):
    block, value = diagram(picture(inside), *labels)
    with pytest.raises(ValidationError) as caught:
        block.clean(value)
    assert str(caught.value.block_errors[field].message).startswith(message)
