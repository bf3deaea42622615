"""What a word processor leaves in pasted rich text, made plain. Of the markup that Wagtail's editor keeps, not of any HTML.

Wagtail's editor already drops every tag and style that a field does not allow; what remains are signs nobody sees, spaces that are
none, empty paragraphs, and lists that Word pastes as paragraphs with a dot and a gap in front.
"""

import re
import unicodedata

UNSEEN = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])  # soft hyphen, zero width space, word joiner, byte order mark
SPACES = dict.fromkeys([0x2028, 0x2029, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x0B, 0x0C], " ")
FIXED = "[\u00a0\u202f]"
LOOSE_FIXED = re.compile(rf"(?<!\d){FIXED}")  # any but those that keep a number with what it counts
SEVERAL = re.compile(rf"(?:[ \t\n]|{FIXED}){{2,}}")
TAG_OR_TEXT = re.compile(r"<[^<>]*>|[^<>]+")
EDGE = re.compile(r"(<(?:p|h[34]|li)\b[^<>]*>)\s+|\s+(</(?:p|h[34]|li)>)")
EMPTY = re.compile(r"<(p|h[34]|li)\b[^<>]*>(?:\s|<br ?/?>)*</\1>")
EMPTY_LIST = re.compile(r"<(ul|ol)>\s*</\1>")
PARAGRAPH = re.compile(r"<p\b([^<>]*)>(.*?)</p>", re.DOTALL)
MARKS = [("ul", re.compile(r"[·•▪◦●‣\uf0b7\uf0a7]\s*|o\s{2,}")), ("ol", re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+"))]
LEAST = {"ul": 1, "ol": 2}  # paragraphs in a row that are a list: a sentence may begin with 1.


def tidy_rich(html):
    """`html` without what nobody meant to write; the same again when it is tidied twice."""
    html = unicodedata.normalize("NFC", html.replace("&nbsp;", "\u00a0").replace("&shy;", "")).translate(
        UNSEEN | SPACES
    )
    html = with_lists(html)
    html = "".join(part if part.startswith("<") else one_space(part) for part in TAG_OR_TEXT.findall(html))
    html = EDGE.sub(lambda match: match[1] or match[2], html)
    return EMPTY_LIST.sub("", EMPTY.sub("", html))


def one_space(text):
    return LOOSE_FIXED.sub(" ", SEVERAL.sub(" ", text))


def with_lists(html):
    """Neighbouring paragraphs that begin with a dot, or with 1. 2. 3., as the lists they were."""
    made, run, kind, end = [], [], "", 0
    for match in PARAGRAPH.finditer(html):
        found, rest = item_of(match[2])
        if run and (found != kind or html[end : match.start()].strip()):
            made.append(as_list(kind, run))
            run = []
        made.append(html[end : match.start()] if not run else "")
        kind, end = found, match.end()
        if found:
            run.append((match.group(), f"<li{match[1]}>{rest}</li>"))
        else:
            made.append(match.group())
    return "".join([*made, as_list(kind, run), html[end:]])


def item_of(inner):
    """("ul" or "ol", the rest) of a paragraph that begins with the mark of a list; ("", all of it) of another."""
    for kind, mark in MARKS:
        if found := mark.match(inner):
            return kind, inner[found.end() :]
    return "", inner


def as_list(kind, run):
    if len(run) < LEAST.get(kind, 1):
        return "".join(paragraph for paragraph, _item in run)
    return f"<{kind}>{''.join(item for _paragraph, item in run)}</{kind}>" if run else ""
