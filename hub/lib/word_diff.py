"""Two versions of a text, word by word."""

import re
from difflib import SequenceMatcher

PIECE = re.compile(r"<[^<>]*>|\s+|\w+(?:['’-]\w+)*|.", re.DOTALL)


def word_diff(old, new):
    """[("same" | "del" | "ins", text)] that turns `old` into `new`; what was taken out comes before what took its place."""
    one, other = PIECE.findall(old), PIECE.findall(new)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(one[a:b])))
            continue
        found += [("del", "".join(one[a:b]))] if b > a else []
        found += [("ins", "".join(other[c:d]))] if d > c else []
    return found
