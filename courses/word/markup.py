"""From a document to plain markup, by mammoth; the headings that a document names in its own way are found first."""

import hashlib
import io
import re

import mammoth
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from mammoth.docx.files import InvalidFileReferenceError

from courses.word.package import damaged
from courses.word.refusal import WordRefused

STYLES = """
p[style-name='Title'] => p.kit-title:fresh
p[style-name='Subtitle'] => p.kit-aim:fresh
p[style-name='caption'] => p.kit-caption:fresh
p[style-name^='toc'] => !
p[style-name='table of figures'] => !
p[style-name='Quote'] => p:fresh
p[style-name='Intense Quote'] => p:fresh
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => em
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*$")


def to_markup(data, package):
    """(BeautifulSoup, {digest: bytes of a picture}). Pictures are `<img src="digest">`, or `<img data-lost="kind">`."""
    pictures = {}

    def keep(image):
        try:
            with image.open() as file:
                content = file.read()
        except InvalidFileReferenceError:
            return {"data-lost": "picture_linked"}
        except KeyError:  # not in the archive
            return {"data-lost": "picture_damaged"}
        digest = hashlib.sha256(content).hexdigest()
        pictures[digest] = content
        return {"src": digest}

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=STYLES + own_headings(package),
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
            external_file_access=False,
        )
    except Exception as broken:  # mammoth takes the form of a document for granted: whatever is wrong fails somewhere
        raise WordRefused(damaged()) from broken
    return BeautifulSoup(made.value, "html.parser"), pictures


def own_headings(package):
    """Styles based on Word's headings, or standing on a level of the outline, as lines of mammoth's style map."""
    names = [name for name in package.namelist() if name.endswith("word/styles.xml")]
    if not names:
        return ""
    styles = {}
    for style in ElementTree.fromstring(package.read(names[0]), forbid_dtd=True).iter(f"{W}style"):
        styles[style.get(f"{W}styleId")] = (value(style, "name"), value(style, "basedOn"), value(style, "outlineLvl"))
    found = {key: level for key in styles if (level := level_of(styles, key))}
    return "\n".join(f"p.{key} => h{level}:fresh" for key, level in found.items() if PLAIN_ID.match(key or ""))


def value(style, name):
    node = style.find(f".//{W}{name}")
    return node.get(f"{W}val", "") if node is not None else ""


def level_of(styles, key):
    """1 to 6, or None for a style that is no heading."""
    seen = set()
    while key in styles and key not in seen:
        seen.add(key)
        name, parent, outline = styles[key]
        if match := re.fullmatch(r"heading ([1-6])", name.lower()):
            return int(match[1])
        if outline.isdigit() and int(outline) < 6 and not name.lower().startswith(("toc", "title")):
            return int(outline) + 1
        key = parent
    return None
