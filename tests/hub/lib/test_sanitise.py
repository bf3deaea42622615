"""Whatever members write, a browser finds text, links and simple marks in it, and nothing that runs."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.lib.sanitise import ATTRIBUTES, REL, TAGS, render_markdown, sanitise

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<p style="background:url(javascript:alert(1))" id=main class=button onclick=alert(1)>x</p>',
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x]: javascript:alert(1)\n[x]",
    "<javascript:alert(1)>",
    "![x](https://evil.example/spy.png)",
    '![x](x "onerror=alert(1)")',
    '[x](https://example.org "\\" onmouseover=alert(1)")',
    'https://example.org/"onmouseover=alert(1)',
    "`<script>alert(1)</script>`",
    '```"><script>alert(1)</script>\nx\n```',
    "~~~ <img src=x onerror=alert(1)>\nx\n~~~",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=1?><script>alert(1)</script>",
    "<xss id=x tabindex=1 onfocus=alert(1)>",
    "</div></article></main><script>alert(1)</script>",
]


class Inspector(HTMLParser):
    """Fails on whatever is not in our short list."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        for name, value in attrs:
            assert name in {*ATTRIBUTES.get(tag, []), "rel"}
            if name == "href":
                assert ":" not in value.partition("/")[0] or value.startswith(("http://", "https://", "mailto:"))
        if tag == "a":
            assert dict(attrs).get("rel", REL) == REL
            assert "href" not in dict(attrs) or "rel" in dict(attrs)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def inspect(html):
    inspector = Inspector(convert_charrefs=True)
    inspector.feed(html)
    inspector.close()
    return html


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_an_attack_stays(attack):
    inspect(render_markdown(attack))
    inspect(sanitise(attack))
    inspect(sanitise(sanitise(attack)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*ATTACKS, "> ", "- ", "\n", "*", "_", "`", "[", "](", "<", ">", '"', "&"]), max_size=8)
)
def test_nothing_of_mixed_attacks_stays(parts):
    inspect(render_markdown("".join(parts)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = render_markdown(text)
    assert sanitise(once) == once


def test_markdown_of_posts():
    assert render_markdown("**a** *b* `c`\nnext\n\n> said\n\n- one\n- two") == (
        "<p><strong>a</strong> <em>b</em> <code>c</code><br>\nnext</p>\n<blockquote>\n<p>said</p>\n</blockquote>\n"
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


def test_links_say_what_they_are():
    link = f'<a href="https://example.org/x" rel="{REL}">'
    assert render_markdown("[here](https://example.org/x)") == f"<p>{link}here</a></p>\n"
    assert render_markdown("https://example.org/x") == f"<p>{link}https://example.org/x</a></p>\n"


@pytest.mark.parametrize("text", ["main.py", "example.org", "a@example.org", "# not a heading", "| no | table |"])
def test_plain_words_stay_plain(text):
    assert render_markdown(text) == f"<p>{text}</p>\n"


def test_html_is_shown_as_it_was_written():
    assert render_markdown("<b>x</b> & y") == "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>\n"


@pytest.mark.parametrize(
    "text", ["> " * 5000 + "x", "- " * 5000 + "x", "[" * 10000, "*a " * 5000, "`" * 10000, "(" * 20000]
)
def test_deep_nesting_is_survived(text):
    inspect(render_markdown(text[:20_000]))


def test_quotes_in_quotes_end_somewhere():
    assert render_markdown("> " * 100 + "a\n" * 100).count("<blockquote>") <= 20
