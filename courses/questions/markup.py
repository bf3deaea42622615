"""HTML of a file as tags and words, in one pass.

Python's own parser takes minutes for a text of 20,000 characters that is made for it ("<a <a <a …"). Here a tag ends at the first
< or >, so that every character is looked at a fixed number of times. Nothing of the markup is ever shown: what comes out is words.
"""

import re
from html import unescape

TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>]*)>|<[!?][^<>]*>")
ATTRIBUTE = re.compile(r"(?<![\w:.-])([a-zA-Z_:][\w:.-]*+)\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++)")
HUGE_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")  # of no character, and Python refuses to read it
WITH_ATTRIBUTES = frozenset({"a", "img", "div"})


def tokens(html):
    """("start", tag, attributes), ("end", tag, {}) and ("data", text, {}) in order."""
    start = 0
    html = without_comments(html)
    for token in TOKEN.finditer(html):
        if token.start() > start:
            yield "data", words(html[start : token.start()]), {}
        start = token.end()
        if token[2]:
            tag = token[2].lower()
            yield (
                ("end", tag, {}) if token[1] else ("start", tag, attributes(token[3]) if tag in WITH_ATTRIBUTES else {})
            )
    if html[start:]:
        yield "data", words(html[start:]), {}


def words(text):
    return unescape(HUGE_NUMBER.sub("", text)) if "&" in text else text


def attributes(text):
    return {name.lower(): words(value.strip("\"'")) for name, value in ATTRIBUTE.findall(text)}


def without_comments(html):
    if "<!--" not in html:
        return html
    kept, start = [], 0
    while (begin := html.find("<!--", start)) >= 0:
        kept.append(html[start:begin])
        end = html.find("-->", begin + 4)
        if end < 0:
            return "".join(kept)
        start = end + 3
    return "".join([*kept, html[start:]])
