"""Two versions of a text, word by word."""

import re
from difflib import SequenceMatcher

PIECE = re.compile(r"<[^<>]*>|\s+|\w+(?:['’-]\w+)*|.", re.DOTALL)


def word_diff(old, new):
    """[("same" | "del" | "ins", text)] that turns `old` into `new`; what was taken out comes before what took its place."""
    found = []
    for same, taken, put in runs(PIECE.findall(old), PIECE.findall(new)):
        found += [(kind, text) for kind, text in (("same", same), ("del", taken), ("ins", put)) if text]
    return found


def runs(one, other):
    """(what is the same, what was taken out after it, what was put in). Changes with nothing but a space between are one."""
    same, taken, put = "", "", ""
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        before, after = "".join(one[a:b]), "".join(other[c:d])
        if kind == "equal" and (before.strip() or not (taken or put)):
            if taken or put:
                yield same, taken, put
                same = taken = put = ""
            same += before
        else:
            taken, put = taken + before, put + after
    yield same, taken, put
