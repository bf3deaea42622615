"""What Word leaves behind in the rich text that Wagtail's editor keeps."""

import pytest

from hub.lib.tidy_rich import tidy_rich

# As kept after a paste from Word 15: a heading, a paragraph, two lists pasted as paragraphs, a table's cells.
PASTED = (
    '<p data-block-key="a1">A\u00a0week at work</p>'
    '<p data-block-key="a2">You meet <b>your team</b>\u00a0 and read in Lund.\u00a0\u00a0Ask <a href="https://x.org/a  b">now</a>.</p>'
    '<p data-block-key="b1">·\u00a0\u00a0\u00a0\u00a0 Bring a pen</p><p data-block-key="b2">·\u00a0\u00a0 Ask\ntwice </p>'
    '<p data-block-key="c1">1.\u00a0\u00a0 Read</p><p data-block-key="c2">2.\u00a0\u00a0 Sign</p>'
    '<p data-block-key="d1">An in\u00adter\u00adview\u200b of 1\u00a0500\u00a0kr and 40\u00a0%</p><p data-block-key="d2">\u00a0</p>'
)
CLEAN = (
    '<p data-block-key="a1">A week at work</p>'
    '<p data-block-key="a2">You meet <b>your team</b> and read in Lund. Ask <a href="https://x.org/a  b">now</a>.</p>'
    '<ul><li data-block-key="b1">Bring a pen</li><li data-block-key="b2">Ask\ntwice</li></ul>'
    '<ol><li data-block-key="c1">Read</li><li data-block-key="c2">Sign</li></ol>'
    '<p data-block-key="d1">An interview of 1\u00a0500\u00a0kr and 40\u00a0%</p>'
)


def test_a_text_pasted_from_word_becomes_plain():
    assert tidy_rich(PASTED) == CLEAN
    assert tidy_rich(CLEAN) == CLEAN


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>1. is how this sentence begins.</p><p>It goes on.</p>",
        "<p>– So what? she asks.</p><p>– Nothing.</p>",
        "<p>Other words</p><ul><li>One</li></ul><h3>Then</h3><p>o and u</p>",
        '<p>A <a linktype="page" id="3">link</a> and a<br/>break.</p>',
    ],
)
def test_what_somebody_wrote_stays(html):
    assert tidy_rich(html) == html


def test_lists_of_two_kinds_that_touch_stay_two():
    html = "<p>• One</p><p>1) Two</p><p>2) Three</p><p>End</p>"
    assert tidy_rich(html) == "<ul><li>One</li></ul><ol><li>Two</li><li>Three</li></ol><p>End</p>"


def test_letters_in_pieces_are_put_together():
    assert tidy_rich("<p>e\u0301</p>") == "<p>é</p>"
