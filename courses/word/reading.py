"""A document read into an Outline: heading 1 begins a module, heading 2 a lesson, heading 3 a text of its own."""

import re
import threading
from pathlib import PurePath

from bs4 import Tag
from django.utils.translation import gettext as _

from courses.word.inline import Inline, plain
from courses.word.markup import to_markup
from courses.word.outline import Lesson, Module, Outline, Piece
from courses.word.package import open_package, too_large
from courses.word.pictures import fault_of
from courses.word.refusal import WordRefused
from courses.word.survey import survey
from courses.word.tables import own_rows, read_table

MOST_LESSONS, MOST_MODULES, MOST_PICTURES = 150, 40, 150
LONGEST_TITLE, LONGEST_AIM, LONGEST_BOX = 200, 600, 80
AIM = re.compile(r"\s*(?:<[bi]>)*\s*(?:Aim|Goal)\s*:\s*(?:</[bi]>)*\s*", re.IGNORECASE)
MADE_BY_WORD = re.compile(
    r"automatically generated|AI-generated|^(image|picture|grafik|bild)\s*\d*(\.\w+)?$", re.IGNORECASE
)

one_at_a_time = threading.Lock()  # the largest document takes 300 MB while it is read


def read_document(data, name=""):
    """The Outline of a .docx (bytes). `name` of the file is the title of a document without one. Raises WordRefused."""
    package = open_package(data)
    seen = survey(package)
    with one_at_a_time:
        soup, pictures = to_markup(data, package)
    if len(pictures) > MOST_PICTURES:
        raise WordRefused(too_large())
    reader = Reader(soup, pictures)
    outline = reader.read(name)
    outline.left_out.update(seen.found)
    if len(outline.lessons) > MOST_LESSONS or len(outline.modules) > MOST_MODULES:
        message = _("This document has more than %(modules)d modules or %(lessons)d lessons. Please part it.")
        raise WordRefused(message % {"modules": MOST_MODULES, "lessons": MOST_LESSONS})
    if not outline.words:
        raise WordRefused(_("There are no words in this document."))
    return outline


class Reader:
    """Walks over the markup of a document from its beginning to its end. `place` is the Lesson that takes what comes."""

    def __init__(self, soup, pictures):
        self.outline = Outline()
        self.left_out = self.outline.left_out
        self.faults = {digest: fault_of(content) for digest, content in pictures.items()}
        self.outline.pictures = {digest: content for digest, content in pictures.items() if not self.faults[digest]}
        self.inline = Inline(self.left_out, self.note)
        self.soup, self.caption, self.fresh = soup, "", True
        self.lead = self.place = Lesson("")
        self.footnotes = take_notes(soup)

    def read(self, name):
        self.walk(self.soup.contents)
        self.settle_caption()
        title = self.outline.title or PurePath(name).stem.replace("_", " ").strip()
        self.outline.title = title[:LONGEST_TITLE] or _("A new kit")
        self.settle_modules()
        return self.outline

    def walk(self, nodes):
        for node in nodes:
            if isinstance(node, Tag):
                getattr(self, f"read_{node.name}", self.read_p)(node)

    # What the markup holds ----------------------------------------------------------------------

    def read_h1(self, node):
        if title := self.heading(node):
            self.place = Lesson(title)  # for what stands before the first lesson
            self.outline.modules.append(Module(title, lessons=[self.place]))

    def read_h2(self, node):
        if title := self.heading(node):
            if not self.outline.modules:
                self.outline.modules.append(Module("", lessons=[]))
            self.place = Lesson(title)
            self.outline.modules[-1].lessons.append(self.place)

    def heading(self, node):
        """The words of a heading; pictures in it go before it."""
        self.settle_caption()
        title = plain(self.inline.children(node))[:LONGEST_TITLE]
        self.add_images()
        self.outline.headings[node.name] += bool(title)
        self.fresh = True
        return title

    def read_h3(self, node, level=3):
        if title := self.heading(node):
            self.add_text(f"<h{level}>{escaped(title)}</h{level}>", fresh=level == 3)

    def read_h4(self, node):
        self.read_h3(node, level=4)

    read_h5 = read_h6 = read_h4

    def read_p(self, node):
        kind = (node.get("class") or [""])[0]
        text = self.inline.children(node).strip().strip("\xa0")
        if kind == "kit-caption" and text:
            self.read_caption(plain(text))
        elif kind == "kit-title" and not self.outline.title and not self.outline.modules:
            self.outline.title = plain(text)[:LONGEST_TITLE]
            self.outline.headings["title"] += 1
        elif (kind == "kit-aim" or AIM.match(text)) and not self.place.aim and plain(text):
            aim = plain(AIM.sub("", text, count=1))[:LONGEST_AIM]
            self.place.aim = aim[:1].upper() + aim[1:]
        elif plain(text):
            self.add_text(f"<p>{text}</p>")
        self.add_images()

    def read_caption(self, text):
        """A caption stands below a picture or table, or above the next one."""
        last = self.place.pieces[-1] if self.place.pieces else None
        if last and last.kind in {"image", "table"} and not last.value["caption"] and self.fresh:
            last.value["caption"] = text
        else:
            self.settle_caption()
            self.caption = text

    def read_ul(self, node):
        self.add_text(self.list_markup(node))
        self.add_images()

    read_ol = read_ul

    def list_markup(self, node):
        items = []
        for item in node.find_all("li", recursive=False):
            inner = [self.list_markup(n) if n.name in {"ul", "ol"} else self.inline.read(n) for n in item.contents]
            items.append(f"<li>{''.join(inner).strip()}</li>")
        return f"<{node.name}>{''.join(items)}</{node.name}>"

    def read_table(self, node):
        rows = read_table(node, self.inline, self.left_out)
        if not rows or len(rows[0]) == 1:
            self.inline.take_images()  # the cells are read once more
            self.read_box(node)
            return
        caption, self.caption = self.caption, ""
        words = sum(len(cell.split()) for row in rows for cell in row)
        self.add(Piece("table", {"caption": caption, "header": rows[0], "rows": rows[1:]}, words))
        self.add_images()

    def read_box(self, node):
        """A table of one column is a frame around text; one cell with few words is the one thing to keep."""
        cells = [cell for row in own_rows(node) for cell in row.find_all(["td", "th"], recursive=False)]
        simple = len(cells) == 1 and all(n.name == "p" for n in cells[0].find_all(True, recursive=False))
        if simple and not cells[0].find("img") and 0 < len(cells[0].get_text(" ").split()) <= LONGEST_BOX:
            inner = [self.inline.children(part).strip() for part in cells[0].find_all("p", recursive=False)]
            text = "".join(f"<p>{part}</p>" for part in inner if part)
            self.add(Piece("key_idea", text, len(plain(text).split())))
            return
        for cell in cells:
            self.walk(cell.contents)

    # Where it goes ------------------------------------------------------------------------------

    def add(self, piece):
        self.place.pieces.append(piece)
        self.fresh = True

    def add_text(self, markup, fresh=False):
        self.settle_caption()
        self.fresh |= fresh
        words = len(plain(markup.replace("</li>", " ").replace("</p>", " ")).split())
        last = self.place.pieces[-1] if self.place.pieces else None
        if last and last.kind == "text" and not self.fresh:
            last.value += markup
            last.words += words
        else:
            self.place.pieces.append(Piece("text", markup, words))
        self.fresh = False

    def settle_caption(self):
        """A caption of nothing is a paragraph."""
        if self.caption:
            text, self.caption = self.caption, ""
            self.add_text(f"<p>{escaped(text)}</p>")

    def add_images(self):
        for node in self.inline.take_images():
            digest = node.get("src", "")
            if fault := node.get("data-lost") or self.faults[digest]:
                self.left_out[fault] += 1
                continue
            alt = " ".join(node.get("alt", "").split())[:255]
            alt = "" if MADE_BY_WORD.search(alt) else alt
            caption, self.caption = self.caption, ""
            self.add(Piece("image", {"digest": digest, "alt": alt, "caption": caption}))

    def note(self, name):
        """The number of a footnote in this lesson; its text goes to the lesson's end."""
        if name not in self.footnotes:
            return ""
        node = self.footnotes.pop(name)
        number = len(self.place.notes) + 1
        self.place.notes.append("")
        parts = [self.inline.children(part).strip() for part in node.find_all(["p", "li"])]
        self.place.notes[number - 1] = "<br/>".join(part for part in parts if part)
        return f" [{number}]"

    def settle_modules(self):
        outline = self.outline
        if not outline.modules:
            self.lead.title = outline.title
            outline.aim, self.lead.aim = self.lead.aim, ""
            outline.modules = [Module(outline.title, lessons=[self.lead])]
            self.lead = Lesson("")
        for module in outline.modules:
            module.title = module.title or outline.title
            settle_opening(module)
        for lesson in [self.lead, *outline.lessons]:
            settle_notes(lesson)
        outline.aim = outline.aim or self.lead.aim or take_aim(self.lead)
        self.left_out["before"] += sum(piece.kind in {"image", "table"} for piece in self.lead.pieces)
        outline.lead = [piece for piece in self.lead.pieces if piece.kind in {"text", "key_idea"}]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def take_notes(soup):
    """{id: its node} of the footnotes and endnotes, which mammoth puts at the end; they are taken out."""
    found = {}
    for node in soup.find_all("ol", recursive=False):
        items = node.find_all("li", id=re.compile(r"^(footnote|endnote)-"), recursive=False)
        found |= {item["id"]: item for item in items}
        if items:
            node.extract()
    for item in found.values():
        for link in item.find_all("a", href=re.compile(r"^#(footnote|endnote)-ref-")):
            link.extract()
    return found


def take_aim(lesson):
    """Take the first paragraph away as an aim, if it is a short one alone in front."""
    first = lesson.pieces[0] if lesson.pieces else None
    if first is None or first.kind != "text":
        return ""
    match = re.match(r"<p>((?:(?!</p>).)*)</p>", first.value, re.DOTALL)
    if not match or "<a " in match[1] or len(plain(match[1])) > LONGEST_AIM:
        return ""
    first.value = first.value[match.end() :]
    first.words -= len(plain(match[1]).split())
    if not first.value:
        lesson.pieces.remove(first)
    return plain(match[1])


def settle_opening(module):
    """What stands between a module's heading and its first lesson: its aim, and what is more becomes a lesson."""
    opening = next((lesson for lesson in module.lessons[:1] if lesson.title == module.title), None)
    if opening is None or (len(module.lessons) == 1 and opening.pieces):
        return
    module.aim = opening.aim or take_aim(opening)
    opening.title, opening.aim = "Introduction", ""
    if not opening.pieces:
        module.lessons.remove(opening)


def settle_notes(lesson):
    if lesson.notes:
        items = "".join(f"<li>{note}</li>" for note in lesson.notes)
        words = sum(len(plain(note).split()) for note in lesson.notes)
        lesson.pieces.append(Piece("text", f"<h3>Notes</h3><ol>{items}</ol>", words))
