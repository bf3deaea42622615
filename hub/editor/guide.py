"""The editor's guide: docs/editor/<language>.md as it stands in the repository, read in Wagtail's admin.

Whatever is **bold** there is the English name of a button, menu or field. The page shows it as the reader's interface says it, so that
a name is translated in one place, the messages, and a guide never names a button that is not there.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt
from PIL import Image

FOLDER = Path(settings.BASE_DIR) / "docs" / "editor"
SOURCE = "en"
# What a picture is called in the Markdown, seen from its folder, and where its file lies.
PICTURES, STATIC = "../../hub/static/", Path(settings.BASE_DIR) / "hub" / "static"
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass
class Part:
    """One task: the anchor is the same in all languages, so that other pages can lead to it."""

    anchor: str
    title: str
    html: str


@dataclass
class Guide:
    language: str
    title: str = ""
    intro: str = ""
    parts: list[Part] = field(default_factory=list)


def languages():
    """The languages of the hub in which there is a guide, in the hub's order."""
    return [code for code, _name in settings.LANGUAGES if (FOLDER / f"{code}.md").exists()]


def guide_in(language):
    """The guide in a language, its buttons as the interface of this moment names them."""
    return read_guide(language, get_language())


@lru_cache(maxsize=32)
def read_guide(language, _interface):
    guide = Guide(language)
    for index, (title, tokens) in enumerate(chapters(language)):
        html = MARKDOWN.renderer.render([dressed(token) for token in tokens], MARKDOWN.options, {})
        if index:
            guide.parts.append(Part(anchors()[index - 1], title, html))
        else:
            guide.title, guide.intro = title, html
    return guide


@lru_cache(maxsize=1)
def anchors():
    return [slugify(title.replace("’", "")) for title, _tokens in chapters(SOURCE)[1:]]


def chapters(language):
    """[(heading, tokens below it)]: the first is the title of the whole with what stands before the first part."""
    made, tokens = [], iter(MARKDOWN.parse((FOLDER / f"{language}.md").read_text(encoding="utf-8")))
    for token in tokens:
        if token.type == "heading_open" and token.tag in {"h1", "h2"}:
            made.append((next(tokens).content, []))
            next(tokens)  # heading_close
        else:
            made[-1][1].append(token)
    return made


def dressed(token):
    """Names of buttons in her language, pictures from where they are served."""
    children = token.children or []
    for place, child in enumerate(children):
        if child.type == "strong_open":
            name_button(child, children[place + 1])
        elif child.type == "image":
            place_picture(child)
    return token


def name_button(opening, text):
    english, text.content = text.content, gettext(text.content)
    if text.content == english:
        opening.attrs["lang"] = SOURCE


def place_picture(image):
    name = image.attrs["src"].removeprefix(PICTURES)
    with Image.open(STATIC / name) as file:
        width, height = file.size
    image.attrs |= {"src": static(name), "width": width, "height": height, "loading": "lazy", "decoding": "async"}
