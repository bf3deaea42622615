"""Several languages in one text, as Moodle's filters read them.

`{mlang en}Hello{mlang}{mlang it,es}Ciao{mlang}{mlang other}…{mlang}` (multilang2), and the older
`<span lang="en" class="multilang">Hello</span>` and `<lang lang="en">Hello</lang>`. Text outside is for every language.
"""

import re

OTHER = "other"
# Each of these stops at the next bracket of its kind, so that no text takes more than linear time.
TAG = re.compile(r"\{\s*mlang\b([^{}]*)\}", re.I)
SPAN = re.compile(r"<(span|lang)\b([^<>]*)>", re.I)
LANG = re.compile(r"\blang\s*=\s*[\"']?([\w-]+)", re.I)
CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$|other$")


def variants(text):
    """{language: the whole text as it reads in that language}; "" is for all languages that it does not name, if it speaks to them."""
    if "mlang" not in (low := text.lower()) and "multilang" not in low and "<lang" not in low:
        return {"": text}
    parts = list(_parts(_with_tags(text)))
    named = {code for codes, _text in parts for code in codes} or {OTHER}
    read = {code: "".join(text for codes, text in parts if not codes or code in codes) for code in sorted(named)}
    return {"" if code == OTHER else code: text for code, text in read.items()}


def _parts(text):
    """(codes, text) in order; no codes: for every language."""
    codes, start = (), 0
    for tag in TAG.finditer(text):
        if text[start : tag.start()]:
            yield codes, text[start : tag.start()]
        codes, start = codes_of(tag[1]), tag.end()
    if text[start:]:
        yield codes, text[start:]


def codes_of(text):
    """The codes of `en,it`, each as the language alone: `en_us` is en."""
    codes = [code.strip().lower() for code in text.split(",")]
    return tuple(re.split(r"[-_]", code)[0] for code in codes if CODE.match(code))


def _with_tags(text):
    """`text` with spans written as tags. Like Moodle, a span ends at the first </span>."""
    low, out, start = text.lower(), [], 0
    for span in SPAN.finditer(text):
        lang = LANG.search(span[2])
        if span.start() < start or not lang or (span[1].lower() == "span" and "multilang" not in span[2].lower()):
            continue
        end_tag = f"</{span[1].lower()}>"
        end = low.find(end_tag, span.end())
        if end < 0:
            break
        out += [text[start : span.start()], f"{{mlang {lang[1]}}}", text[span.end() : end], "{mlang}"]
        start = end + len(end_tag)
    return "".join([*out, text[start:]])


def join(words, write=str):
    """One text of all languages; `write` makes each ready for its place."""
    if set(words) <= {""}:
        return write(words.get("", ""))
    codes = sorted(words, key=lambda code: code or "~")  # the text for all others comes last
    return "".join(f"{{mlang {code or OTHER}}}{write(words[code])}{{mlang}}" for code in codes)
