"""Greek written with Latin letters, as who has no Greek keyboard does: "viografiko", "synenteyksi", "ergasia".

Everybody writes it a little differently, by sound or by look. Both alphabets are brought to one rough spelling by sound, in which what
was meant is equal or nearly so.
"""

import re


def table(pairs):
    """{letters: the sign of their sound}."""
    return dict(pair.split(":") for pair in pairs.split())


GREEK = table(
    "ου:u αι:e ει:i οι:i υι:i αυ:ab ευ:eb μπ:b ντ:d γκ:g γγ:g γχ:x "
    "α:a β:b γ:g δ:d ε:e ζ:z η:i θ:8 ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s τ:t υ:i φ:f χ:x ψ:4 ω:o"
)
LATIN = table(
    "ou:u ai:e ei:i oi:i yi:i ay:ab au:ab ey:eb eu:eb mp:b nt:d gk:g gg:g "
    "th:8 ch:x kh:x ks:x ps:4 ph:f v:b y:i u:i h:i w:o c:k q:k j:z 3:x"
)
BEFORE_VOICELESS = re.compile("([ae])f(?=[cfkpstx348])")  # "efkola": εύκολα


def pattern(table):
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


IN_GREEK, IN_LATIN = pattern(GREEK), pattern(LATIN)


def sound_of_greek(folded):
    """The rough spelling of a folded Greek word."""
    return IN_GREEK.sub(lambda found: GREEK[found.group()], folded)


def sounds_of_latin(folded):
    """The rough spellings of a folded word in Latin letters. An h is an η by its look: "mhtrothta"."""
    heard = BEFORE_VOICELESS.sub(r"\1v", folded)
    return {IN_LATIN.sub(lambda found: LATIN[found.group()], way) for way in (heard, heard.replace("th", "ti"))}
