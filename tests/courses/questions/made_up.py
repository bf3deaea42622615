"""Questions nobody would think of, in the form in which items are kept."""

from hypothesis import strategies as st

from courses.questions.items import Choice, Item, Pair, Picture, alike
from courses.questions.making import decimal_text
from courses.questions.texts import html_of, one_line, rich_html, tidy

LANGUAGES = ["en", "it", "el", "hu", "sv"]
SIGNS = "ab ő ή\n\n-*_[]()\\<>&\"'.,:;=~#{}%@$!/|0123²\t"
NASTY = [
    "]]>",
    "{mlang}",
    "::x::",
    "####",
    "->",
    "[html]",
    "<b>",
    "&amp;",
    "//",
    "%50%",
    "= a",
    "</span>",
    "x\n\ny",
    "{T}",
]
WORDS = st.one_of(st.text(st.sampled_from(SIGNS), min_size=1, max_size=20), st.sampled_from(NASTY), st.text(max_size=8))
PLAIN = WORDS.map(tidy).filter(bool)
LINE = WORDS.map(one_line).filter(bool)
RICH = st.lists(PLAIN, min_size=1, max_size=2).map(lambda parts: rich_html("".join(map(html_of, parts)))).filter(bool)


def words(texts, needed=False):
    """A text in one language, in several, or (unless needed) not there at all."""
    many = st.dictionaries(st.sampled_from(LANGUAGES), texts, min_size=2, max_size=5).map(alike)
    one = st.fixed_dictionaries({"": texts})
    return st.one_of(one, many) if needed else st.one_of(st.just({}), one, many)


@st.composite
def accepted(draw):
    lists = draw(
        st.one_of(
            st.fixed_dictionaries({"": ANSWERS}), st.dictionaries(st.sampled_from(LANGUAGES), ANSWERS, min_size=2)
        )
    )
    longest = max(map(len, lists.values()))
    return [alike({code: texts[n] for code, texts in lists.items() if n < len(texts)}) for n in range(longest)]


ANSWERS = st.lists(LINE.filter(lambda text: "*" not in text), min_size=1, max_size=3)
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, allow_nan=False, places=3).map(
    lambda n: decimal_text(str(n))
)
REF = st.sampled_from(["", "q-1", "0b9e1a6e-2a2c-4d34-9d0b-0a54ad3a1f30"])
CHOICE = st.builds(Choice, words(LINE, True), st.booleans(), words(PLAIN))
PICTURE = st.builds(
    Picture, st.sampled_from(["a.png", "my photo (1).png"]), st.binary(min_size=1, max_size=30), words(LINE)
)
AROUND = {"name": words(LINE, True), "ref": REF, "prompt": words(PLAIN, True)}
ASKING = {**AROUND, "situation": words(PLAIN), "hint": words(PLAIN), "explanation": words(RICH)}


def solvable(choices, several):
    """With at least one right answer, and only one where one may be chosen."""
    right = [n for n, choice in enumerate(choices) if choice.correct] or [0]
    for n, choice in enumerate(choices):
        choice.correct = n in (right if several else right[:1])
    return choices


def items(pictures=True):
    """Items of every kind. Without pictures: what GIFT can hold."""
    around = {**ASKING, "picture": st.one_of(st.none(), PICTURE) if pictures else st.none()}
    rows = st.integers(3, 12) if pictures else st.just(5)
    unit = st.sampled_from(["", "km/h", "%"])
    pairs = st.lists(st.builds(Pair, words(LINE, True), words(LINE, True)), min_size=2, max_size=4)
    lines = st.lists(words(LINE, True), min_size=2, max_size=4)

    def made(kind, **fields):
        return st.builds(Item, st.just(kind), **fields, **around)

    return st.one_of(
        st.booleans().flatmap(lambda several: made("question", several=st.just(several), choices=choices(several))),
        made("true_false", correct=st.booleans(), feedback_true=words(PLAIN), feedback_false=words(PLAIN)),
        made("match", pairs=pairs, extras=st.lists(words(LINE, True), max_size=2), feedback=words(PLAIN)),
        made("order", lines=lines, feedback=words(PLAIN)),
        made("short_answer", accepted=accepted(), feedback=words(PLAIN)),
        made("numeric", answer=NUMBERS, tolerance=NUMBERS.map(above_zero), unit=unit, feedback=words(PLAIN)),
        st.builds(Item, st.just("reflection"), rows=rows, help=words(PLAIN), **AROUND),
        st.builds(Item, st.just("text"), name=words(LINE, True), ref=REF, body=words(RICH, True)),
    )


def above_zero(number):
    return number.lstrip("-")


def choices(several):
    return st.lists(CHOICE, min_size=2, max_size=12).map(lambda made: solvable(made, several))
