"""How long a text is and how hard to read: plain counts that mean the same in every language."""

import re

MARKS = re.compile(r"\]\([^)]*\)|[*#\\]|^\s*(?:-|\d{1,3}\.) ", re.MULTILINE)
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
END = re.compile(r"(?<=[.!?;:…])[”’»]?\s+|\n+")
LONG = 7  # letters; a long word by the measure of Björnsson


def plain(markdown):
    """The words of a text without addresses, marks of emphasis, headings and lists."""
    return MARKS.sub(lambda match: "" if match.group().startswith("]") else " ", markdown).replace("[", "")


def words(text):
    return WORD.findall(plain(text))


def sentences(text):
    """The sentences of a text, headings and list items among them, each stripped."""
    return [piece for piece in map(str.strip, END.split(plain(text))) if WORD.search(piece)]


def reading_level(text):
    """LIX (Björnsson 1968): words per sentence plus the share of words of seven letters or more, in percent.

    Under 30 is very easy, 30 to 40 easy, 40 to 50 like a newspaper, above that hard. 0 for no words.
    """
    found = words(text)
    if not found:
        return 0
    return len(found) / len(sentences(text)) + 100 * sum(len(word) >= LONG for word in found) / len(found)
