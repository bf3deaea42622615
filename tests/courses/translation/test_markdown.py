import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.translation.markdown import (
    Block,
    MarkdownError,
    Run,
    canonical,
    html_to_markdown,
    markdown_to_html,
    parse_html,
    parse_markdown,
    tidy,
    write_html,
    write_markdown,
)

ADDRESSES = [
    "",
    "https://example.org/a?b=1&c=2",
    "mailto:ask@example.org",
    "tel:+112",
    "/help/",
    "page:your-pace",
    "term:peer",
]
TEXT = st.text(st.sampled_from("ab cő#-*_[]()\\<>&\"'.:1!\n "), min_size=1, max_size=12)
RUNS = st.lists(st.builds(Run, TEXT, st.booleans(), st.booleans(), st.sampled_from(ADDRESSES)), min_size=1, max_size=5)
KINDS = st.sampled_from(["p", "h3", "h4", "ul", "ol"])


@st.composite
def bodies(draw):
    blocks = []
    for kind in draw(st.lists(KINDS, max_size=5)):
        wanted = draw(st.integers(1, 3)) if kind in {"ul", "ol"} else 1
        parts = [runs for runs in (tidy(draw(RUNS)) for _ in range(wanted)) if runs]
        if parts and not (blocks and kind == blocks[-1].kind and kind in {"ul", "ol"}):
            blocks.append(Block(kind, parts))
    return blocks


@given(bodies())
def test_every_body_survives_as_markdown(blocks):
    assert parse_markdown(write_markdown(blocks)) == blocks


@given(bodies())
def test_every_body_survives_as_html(blocks):
    def attributes(address):
        return f'href="{address.replace("&", "&amp;")}"'

    assert parse_html(write_html(blocks, attributes), lambda attrs: attrs["href"]) == blocks


@given(bodies())
def test_canonical_text_and_html_turn_into_each_other_exactly(blocks):
    text = write_markdown(blocks)
    html = markdown_to_html(text, page_pk=lambda page_id: 7)
    assert html_to_markdown(html, page_id=lambda pk: "your-pace") == text
    assert markdown_to_html(html_to_markdown(html, page_id=lambda pk: "your-pace"), page_pk=lambda i: 7) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** and *c*", "<p>a <b>b</b> and <i>c</i></p>"),
        ("### Place\n\n- one\n- two", "<h3>Place</h3><ul><li>one</li><li>two</li></ul>"),
        (
            "[help](/help/) and [kit](page:learner)",
            '<p><a href="/help/">help</a> and <a id="learner" linktype="page">kit</a></p>',
        ),
        ("a [peer](term:peer-to-peer)", '<p>a <a href="#word-peer-to-peer">peer</a></p>'),
        ("2 < 3 & 4 \\* 5", "<p>2 &lt; 3 &amp; 4 * 5</p>"),
        ("one\\\ntwo", "<p>one<br/>two</p>"),
        ("\\- not a list", "<p>- not a list</p>"),
    ],
)
def test_markdown_becomes_what_wagtail_keeps(text, html):
    assert markdown_to_html(text) == html
    assert html_to_markdown(html) == text


def test_what_the_editor_writes_is_understood():
    html = '<p data-block-key="x1y2z"><strong>a</strong>\u00a0<em>b</em></p><h2>Title</h2><p></p><ul><li>x</li></ul><ul><li>y</li></ul>'
    assert html_to_markdown(html) == "**a**\u00a0*b*\n\n### Title\n\n- x\n- y"


def test_a_link_to_a_dangerous_address_loses_it():
    assert html_to_markdown('<p><a href="javascript:alert(1)">x</a></p>') == "x"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("fine\n\nsome **bold", 2, "never closed"),
        ("## too large", 0, "only ### and ####"),
        ("- a\n  - b", 1, "nested"),
        ("one\ntwo", 1, "one line"),
        ("[x](javascript:alert)", 0, "not an address"),
    ],
)
def test_a_fault_is_named_with_its_line(text, line, part):
    with pytest.raises(MarkdownError, match=part) as caught:
        parse_markdown(text)
    assert caught.value.line == line


def test_a_heading_is_refused_where_none_may_stand():
    with pytest.raises(MarkdownError, match="heading"):
        canonical("### x", headings=False)
