"""Words that moderators want to look at: content/safety/<language>.txt. A post with one of them is published, and stands in their queue."""

import re
import unicodedata
from functools import cache
from html import unescape

from django.conf import settings

from forums.models import Report, ReportReason

FOLDER = settings.BASE_DIR / "content" / "safety"
ALT = re.compile(r'alt="([^"]*)"')
WORD = re.compile(r"[^\W_]+")


def fold(text):
    """The words of a text in small letters without marks, one space around each."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("ς", "σ")
    return f" {' '.join(WORD.findall(plain))} "


@cache
def entries():
    """{folded entry: the entry as it is written}, of all languages: members write in any of them."""
    lines = [line.strip() for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return {fold(line): line for line in lines if line and not line.startswith("#")}


def found_in(text):
    """The entries that stand in a text as whole words."""
    folded = fold(text)
    return [entry for key, entry in entries().items() if key in folded]


def call_attention(*, post):
    """Put a post into the moderators' queue when one of the words stands in it. Nobody reported it, and nobody is told."""
    seen = ALT.findall(post.pictures)  # what she wrote of her pictures
    if words := found_in("\n".join([post.source, *map(unescape, seen)])):
        note = ", ".join(words)[:1000]
        Report.objects.update_or_create(
            post=post, reporter=None, handled_at=None, defaults={"reason": ReportReason.WORDS, "note": note}
        )
