"""The text of a paragraph as the markup that our editor keeps: bold, italic, links, line breaks, and nothing else."""

import re
from html import escape, unescape
from urllib.parse import urlsplit

from bs4 import Tag

from hub.lib.text import BIDI_CONTROLS, CONTROLS

KEPT = {"strong": "b", "b": "b", "em": "i", "i": "i"}
RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
TAG = re.compile(r"<[^>]*>")


def is_safe_link(address):
    """http and https with a host, and mail."""
    if any(ord(letter) <= 32 for letter in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) if parts.scheme in {"http", "https"} else parts.scheme == "mailto" and "@" in parts.path


def plain(markup):
    """The words of some markup on one line."""
    return " ".join(unescape(TAG.sub("", markup.replace("<br/>", " "))).split())


class Inline:
    """Reads nodes into markup. `images` are the pictures met since they were last taken; `note` makes a number of a footnote's id."""

    def __init__(self, left_out, note):
        self.left_out, self.note, self.images = left_out, note, []

    def take_images(self):
        taken, self.images = self.images, []
        return taken

    def children(self, node):
        return "".join(map(self.read, node.contents))

    def read(self, node):
        if not isinstance(node, Tag):
            return escape(str(node).replace("\t", " ").translate(CONTROLS).translate(BIDI_CONTROLS), quote=False)
        special = getattr(self, f"read_{node.name}", None)
        if special:
            return special(node)
        inner = self.children(node)
        kept = KEPT.get(node.name)
        return f"<{kept}>{inner}</{kept}>" if kept and inner.strip() else inner

    def read_br(self, node):
        return "<br/>"

    def read_img(self, node):
        self.images.append(node)
        return ""

    def read_input(self, node):
        return "☑ " if node.has_attr("checked") else "☐ "

    def read_a(self, node):
        inner, address = self.children(node), node.get("href", "")
        if address.startswith("#") or not address or not inner.strip():
            self.left_out["link_inside"] += bool(inner.strip() and address)
            return inner
        if not is_safe_link(address):
            self.left_out["link"] += 1
            return inner
        return f'<a href="{escape(address)}">{inner}</a>'

    def read_sup(self, node):
        link = node.find("a", href=re.compile(r"^#(footnote|endnote)-"))
        return self.note(link["href"][1:]) if link else self.shifted(node, RAISED)

    def read_sub(self, node):
        return self.shifted(node, LOWERED)

    def shifted(self, node, letters):
        """Raised and lowered figures have letters of their own; other words cannot be raised here."""
        inner = self.children(node)
        if inner and all(ord(letter) in letters for letter in inner):
            return inner.translate(letters)
        self.left_out["shifted"] += bool(inner.strip())
        return inner
