"""Diagrams: an SVG of ours whose texts are empty, and the labels that are put into them in the reader's language.

What a drawing may hold is listed here; anything else is refused, because the markup becomes part of our pages.
"""

import re
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

NAMESPACE = "{http://www.w3.org/2000/svg}"
LARGEST = 60_000  # characters: a drawing goes into each page that shows it
SHAPES = frozenset("path rect circle ellipse line polyline polygon g text tspan marker defs".split())
CLASSES = frozenset("d-line d-soft d-accent d-warm d-mark d-dash d-label d-strong d-note".split())
ATTRIBUTES = frozenset(
    (
        "class id d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox preserveAspectRatio pathLength "
        "fill stroke fill-rule opacity fill-opacity stroke-opacity stroke-width stroke-dasharray stroke-linecap "
        "stroke-linejoin text-anchor font-size refX refY markerWidth markerHeight markerUnits orient "
        "marker-start marker-mid marker-end data-label data-chars"
    ).split()
)
COLOURS = frozenset(("none", "currentColor"))  # all others come from the classes, so that dark pages and paper work
MARKERS = ("marker-start", "marker-mid", "marker-end")
REFERENCE = re.compile(r"url\(#([A-Za-z][\w-]*)\)$")
NUMBER = re.compile(r"-?\d+(\.\d+)?$")
FEWEST, MOST = 4, 60  # characters in a line of a label
SIZE, LEADING, MIDDLE = 20, 1.2, 0.35  # of a label: font size, distance of lines, from the middle of a line to its foot
SMALLEST = 0.72  # how far a word may shrink that is longer than its line
WIDTH, EDGE = 0.56, 6  # of a letter, in font sizes; of the margin in which no word stands
SOFT_HYPHEN = "\u00ad"


class BadDiagram(ValueError):
    """What is wrong with a drawing, and what to do."""


def read_drawing(text):
    """The root element of a drawing, its names without namespace. Raises BadDiagram for what may not be in it."""
    if len(text) > LARGEST:
        raise BadDiagram(f"the drawing has more than {LARGEST} characters: simplify it")
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadDiagram(f"the drawing is not plain SVG ({error})") from None
    if root.tag != f"{NAMESPACE}svg" or not re.match(r"0 0 \d+ \d+$", root.get("viewBox", "")):
        raise BadDiagram('a drawing begins with <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 N">')
    for element in root.iter():
        check_element(element, is_root=element is root)
    for text_element in root.iter("text"):
        check_text(text_element)
    check_ids(root)
    return root


def check_element(element, *, is_root):
    tag = element.tag.removeprefix(NAMESPACE) if isinstance(element.tag, str) else "?"
    if not is_root and tag not in SHAPES:
        raise BadDiagram(f"<{tag}> may not be in a drawing: use {', '.join(sorted(SHAPES))}")
    element.tag = tag
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES:
            raise BadDiagram(f"<{tag}> has the attribute “{name}”: colours and styles come from the classes d-…")
        unknown = set(value.split()) - CLASSES if name == "class" else set()
        if unknown:
            raise BadDiagram(f"“{unknown.pop()}” is no class of a drawing: use {', '.join(sorted(CLASSES))}")
        if name in {"fill", "stroke"} and value not in COLOURS:
            raise BadDiagram(f"<{tag}> has {name}=“{value}”: take it out, colours come from the classes d-…")
        if name in MARKERS and not REFERENCE.match(value):
            raise BadDiagram(f"<{tag}> has {name}=“{value}”: write url(#id) of a marker in this drawing")
        if "url(" in value and name not in MARKERS:
            raise BadDiagram(f"<{tag}> has {name}=“{value}”: only {', '.join(MARKERS)} lead to something else")
    loose = "" if tag in {"text", "tspan"} else element.text or ""
    if loose.strip() or (element.tail or "").strip():
        raise BadDiagram("words stand in the drawing outside of <text>: make them labels")


def check_text(element):
    name, chars = element.get("data-label"), element.get("data-chars", "")
    words = "".join(element.itertext())
    if name is None:
        if any(char.isalpha() for char in words):
            raise BadDiagram(
                f"“{words.strip()}” stands in the drawing itself: make it a label, so that it is translated"
            )
        return
    if words.strip() or len(element):
        raise BadDiagram(f'<text data-label="{name}"> must be empty: its words are the label')
    if not (chars.isdecimal() and FEWEST <= int(chars) <= MOST):
        raise BadDiagram(f'<text data-label="{name}"> needs data-chars from {FEWEST} to {MOST}')
    if not all(NUMBER.match(element.get(place, "")) for place in ("x", "y")):
        raise BadDiagram(f'<text data-label="{name}"> needs x and y as numbers')
    if not NUMBER.match(element.get("font-size", str(SIZE))):
        raise BadDiagram(f'<text data-label="{name}"> needs a number as its font-size')


def check_ids(root):
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    used = {REFERENCE.match(element.get(name))[1] for element in root.iter() for name in MARKERS if element.get(name)}
    if len(ids) != len(set(ids)):
        raise BadDiagram("two elements of the drawing have the same id")
    if missing := used - set(ids):
        raise BadDiagram(f"the drawing has no marker with the id “{missing.pop()}”")


def fault_in(text, names):
    """What is wrong with a drawing, or between it and the names of its labels; None where all is well."""
    try:
        root = read_drawing(text)
    except BadDiagram as error:
        return str(error)
    missing, extra = mismatch(root, names)
    if missing:
        return f"the drawing has a place for the label “{missing[0]}”: write its text"
    if extra:
        return f'the drawing has no <text data-label="{extra[0]}"> for this label'
    return None


def mismatch(root, names):
    """(places of a drawing for which there is no label, labels for which there is no place)."""
    drawn = {element.get("data-label") for element in root.iter("text")} - {None}
    return sorted(drawn - set(names)), sorted(set(names) - drawn)


# Drawing ---------------------------------------------------------------------------------------------


def draw(text, labels, *, key, attributes):
    """The drawing as inline SVG with its labels in it. `labels`: {name: text}; `key` makes its ids its own on a page.

    `attributes` are those of the <svg> itself. Raises BadDiagram.
    """
    root = read_drawing(text)
    for element in root.iter():
        if element.get("id"):
            element.set("id", f"{key}-{element.get('id')}")
        for name in MARKERS:
            if value := element.get(name):
                element.set(name, f"url(#{key}-{REFERENCE.match(value)[1]})")
    moved = {text for group in root.iter("g") if group.get("transform") for text in group.iter("text")}
    for element in list(root.iter("text")):
        if name := element.attrib.pop("data-label", None):
            fixed = element in moved or element.get("transform")
            put_label(element, labels.get(name, ""), within=None if fixed else int(root.get("viewBox").split()[2]))
    for name in ("width", "height", "id", "class"):
        root.attrib.pop(name, None)
    root.attrib.update(attributes)
    return ElementTree.tostring(root, encoding="unicode")


def put_label(element, text, *, within=None):
    """The lines of a label around the middle of its place; smaller when one word is longer than a line may be.

    `within` is the width of the drawing, where it is known: a label that would stand out of it is moved in.
    """
    chars, size = int(element.attrib.pop("data-chars")), float(element.get("font-size", SIZE))
    lines = wrap(text, chars)
    longest = max(map(len, lines), default=0)
    if longest > chars:
        size *= max(chars / longest, SMALLEST)
    element.set("font-size", f"{size:g}")
    if "class" not in element.attrib:
        element.set("class", "d-label")
    top = float(element.get("y")) + MIDDLE * size - (len(lines) - 1) * LEADING * size / 2
    element.set("y", f"{top:g}")
    if within:
        element.set("x", f"{moved_in(element, longest * WIDTH * size, within):g}")
    for number, line in enumerate(lines):
        span = ElementTree.SubElement(element, "tspan", x=element.get("x"))
        if number:
            span.set("dy", f"{LEADING * size:g}")
        span.text = line


def moved_in(element, width, within):
    """The x at which a text of this width stands inside the drawing, as near to its own as can be."""
    x, before = float(element.get("x")), {"middle": 0.5, "end": 1}.get(element.get("text-anchor"), 0) * width
    return min(max(x, EDGE + before), max(within - EDGE - width + before, EDGE + before))


def wrap(text, chars):
    """`text` in as few lines of at most `chars` as it takes, of about one length. A longer word has a line to itself."""
    words = [part for word in text.split() for part in parts_of(word, chars)]
    best = fill(words, chars)
    for width in range(max(map(len, words), default=1), chars):
        lines = fill(words, width)
        if len(lines) == len(best):
            return lines
    return best


def parts_of(word, chars):
    """A word, or its parts where it is too long and a translator put soft hyphens into it."""
    whole = word.replace(SOFT_HYPHEN, "")
    if len(whole) <= chars or SOFT_HYPHEN not in word:
        return [whole]
    parts = [""]
    for syllable in word.split(SOFT_HYPHEN):
        if parts[-1] and len(parts[-1]) + len(syllable) >= chars:
            parts[-1] += "-"
            parts.append("")
        parts[-1] += syllable
    return parts


def fill(words, width):
    lines = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
