"""Writes questions as GIFT and as Moodle XML, so that Moodle takes them and `read_gift` and `read_xml` give the same Items back.

What a format of Moodle has no place for stands where Moodle does not look: in a comment of GIFT, in an attribute of XML.
"""

import base64
import re
from html import escape
from urllib.parse import quote
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from courses.questions.items import MOODLE_TYPES
from courses.questions.multilang import join
from courses.questions.texts import html_of

# Moodle takes only the parts of a grade that its menu offers.
NAMED_PARTS = {3: "33.33333", 6: "16.66667", 7: "14.28571", 9: "11.11111"}


def parts_of(count):
    """Parts of a grade that Moodle knows, together 100, for `count` right answers."""
    if count in {1, 2, 4, 5, 8, 10, 20}:
        return [f"{100 / count:g}"] * count
    if count in NAMED_PARTS:
        return [NAMED_PARTS[count]] * count
    tens = max(20 - count, 0)
    return ["10"] * tens + ["5"] * (count - tens)


def fractions(item):
    """The part of the grade of each option, in order. A wrong one costs, or ticking all would win."""
    right = sum(choice.correct for choice in item.choices)
    parts = iter(parts_of(right) if item.several else ["100"] * right)
    return [next(parts) if choice.correct else ("-100" if item.several else "0") for choice in item.choices]


def question_html(item, picture=None):
    """The whole of what is asked, language by language; each text with its situation and its picture."""
    codes = {*item.situation, *item.prompt, *(picture.alt if picture else ())}
    return join({code: _asked(item, picture, code) for code in codes})


def _asked(item, picture, code):
    situation, prompt = (words.get(code) or words.get("", "") for words in (item.situation, item.prompt))
    # An empty mark, or the first paragraphs would become a situation.
    marked = item.kind != "reflection" and (situation or "\n\n" in prompt)
    told = f'<div class="situation">{html_of(situation)}</div>' if marked else ""
    return told + html_of(prompt) + (_shown(picture, code) if picture else "")


def _shown(picture, code):
    alt = picture.alt.get(code) or picture.alt.get("", "")
    return f'<img src="@@PLUGINFILE@@/{quote(picture.name)}" alt="{escape(alt)}">'


def short_answers(item):
    """(text, language) of every accepted answer; Moodle compares them as they are, so that no tag may stand in one."""
    for words in item.accepted:
        for code in sorted(words):
            yield words[code], code


# GIFT ------------------------------------------------------------------------------------------------

SIGNS = re.compile(r"[\\~=#{}:]")


def gift_escape(text):
    return SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def raw(words):
    return gift_escape(join(words))


def html(words):
    return _no_format(gift_escape(join(words, html_of)))


def _no_format(text):
    """The beginning of a text must not be taken for the name of a format, for a weight, or, in a line of its own, for a comment."""
    return f"[html]{text}" if text.startswith(("[", "%", "//")) else text


def write_gift(groups):
    """`groups` are (category, items)."""
    out = []
    for category, items in groups:
        out.append(f"$CATEGORY: $course$/top/{_category(category)}\n")
        out += [gift_question(item) for item in items]
    return "\n".join(out)


def gift_question(item):
    body = join(item.body) if item.kind == "text" else question_html(item)
    general = join(item.help, html_of) if item.kind == "reflection" else join(item.explanation)
    answers = GIFT_ANSWERS[item.kind](item)
    head = f"{_comments(item)}::{raw(item.name) or '-'}::[html]{gift_escape(body)}"
    if item.kind == "text":
        return f"{head}\n"
    tail = f"####{_no_format(gift_escape(general))}" if general else ""
    return f"{head}{{{answers}{tail}}}\n"


def _comments(item):
    values = {
        "id": item.ref,
        "hint": join(item.hint),
        "feedback": join(item.feedback) if item.kind in {"match", "order"} else "",
        "unit": item.unit,
        "languages": " ".join(code or "-" for _text, code in short_answers(item)) if _has_languages(item) else "",
    }
    marks = [f"[{name}:{_comment_escape(text)}]" for name, text in values.items() if text]
    return f"// {' '.join(marks)}\n" if marks else ""


def _has_languages(item):
    return any(set(words) != {""} for words in item.accepted)


def _comment_escape(text):
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text).replace("\n", "\\n")


def _gift_choices(item):
    rows = []
    for choice, part in zip(item.choices, fractions(item), strict=True):
        sign = f"~%{part}%" if item.several else "=" if choice.correct else "~"
        rows.append(f"\t{sign}{html(choice.text)}{_said(choice.feedback)}\n")
    return "\n" + "".join(rows)


def _said(words):
    return f"#{html(words)}" if words else ""


def _gift_true_false(item):
    right, wrong = item.feedback_true, item.feedback_false
    right, wrong = (right, wrong) if item.correct else (wrong, right)
    said = _said(wrong) or ("#" if right else "")
    return ("TRUE" if item.correct else "FALSE") + said + _said(right)


def _gift_match(item):
    rows = [f"\t={html(pair.left)} -> {raw(pair.right)}\n" for pair in item.pairs]
    return "\n" + "".join([*rows, *(f"\t= -> {raw(extra)}\n" for extra in item.extras)])


def _gift_order(item):
    rows = [f"{html(line)}\n" for line in item.lines]
    return f">{len(rows)} ALL VERTICAL ABSOLUTE_POSITION SHOW none\n" + "".join(rows)


def _gift_short(item):
    rows = [f"\t=%100%{_plain(text)}\n" for text, _code in short_answers(item)]
    return "\n" + "".join([*rows, f"\t=%0%*{_said(item.feedback)}\n" if item.feedback else ""])


def _plain(text):
    return f"[plain]{gift_escape(text)}" if text.startswith("[") else gift_escape(text)


def _gift_number(item):
    wrong = f"\t~{_said(item.feedback)}\n" if item.feedback else ""
    return f"#\n\t=%100%{item.answer}:{item.tolerance}#\n{wrong}"


GIFT_ANSWERS = {
    "question": _gift_choices,
    "true_false": _gift_true_false,
    "match": _gift_match,
    "order": _gift_order,
    "short_answer": _gift_short,
    "numeric": _gift_number,
    "reflection": lambda item: "",
    "text": lambda item: "",
}


# Moodle XML --------------------------------------------------------------------------------------------


def write_xml(groups):
    """`groups` are (category, items)."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for category, items in groups:
        out.append(
            _element(
                "question", f"<category>{_text(f'$course$/top/{_category(category)}')}</category>", 'type="category"'
            )
        )
        out += [xml_question(item) for item in items]
    return "".join([*out, "</quiz>\n"])


def _category(title):
    """A / parts a category from the one above; two stand for the sign itself."""
    return " ".join(title.replace("/", "//").split())


def _element(name, inner, attributes=""):
    return f"<{name}{' ' + attributes if attributes else ''}>{inner}</{name}>\n"


def _text(text):
    """CDATA, as Moodle writes it, where there is markup."""
    if re.search(r"[<&]", text) and "]]>" not in text:
        return f"<text><![CDATA[{text}]]></text>"
    return f"<text>{xml_escape(text)}</text>"


def _html(name, words, extra=""):
    """A text of the form `name`; what is plain here is written as HTML, because Moodle's language filter reads only that."""
    return _element(name, _text(join(words, html_of)) + extra, 'format="html"')


def xml_question(item):
    general = (
        _html("generalfeedback", item.help) if item.kind == "reflection" else _rich("generalfeedback", item.explanation)
    )
    inner = [
        _element("name", _text(join(item.name) or "-")),
        _rich("questiontext", item.body) if item.kind == "text" else _question_text(item),
        general,
        _element("defaultgrade", "0" if item.kind == "text" else "1"),
        _element("penalty", "0.3333333"),
        _element("hidden", "0"),
        _element("idnumber", xml_escape(item.ref)),
        *XML_ANSWERS[item.kind](item),
        _html("hint", item.hint) if item.hint else "",
    ]
    return _element("question", "\n" + "".join(inner), f'type="{MOODLE_TYPES[item.kind]}"')


def _rich(name, words):
    return _element(name, _text(join(words)), 'format="html"')


def _question_text(item):
    file = ""
    if item.picture:
        data = base64.b64encode(item.picture.data).decode()
        file = _element("file", data, f'name={quoteattr(item.picture.name)} path="/" encoding="base64"')
    return _element("questiontext", _text(question_html(item, item.picture)) + file, 'format="html"')


def _answer(text, fraction, feedback, extra="", attributes='format="html"'):
    inner = _text(text) + _html("feedback", feedback) + extra
    return _element("answer", inner, f'fraction="{fraction}" {attributes}')


def _combined(wrong=None):
    return [
        _html("correctfeedback", {}),
        _html("partiallycorrectfeedback", {}),
        _html("incorrectfeedback", wrong or {}),
    ]


def _flag(value):
    return "true" if value else "false"


def _xml_choices(item):
    answers = zip(item.choices, fractions(item), strict=True)
    return [
        _element("single", _flag(not item.several)),
        _element("shuffleanswers", "true"),
        _element("answernumbering", "none"),
        *_combined(),
        *(_answer(join(choice.text, html_of), part, choice.feedback) for choice, part in answers),
    ]


AUTO = 'format="moodle_auto_format"'


def _xml_true_false(item):
    return [
        _answer("true", 100 if item.correct else 0, item.feedback_true, attributes=AUTO),
        _answer("false", 0 if item.correct else 100, item.feedback_false, attributes=AUTO),
    ]


def _xml_match(item):
    pairs = [*((pair.left, pair.right) for pair in item.pairs), *(({}, extra) for extra in item.extras)]
    parts = (_text(join(left, html_of)) + _element("answer", _text(join(right))) for left, right in pairs)
    shuffle = _element("shuffleanswers", "true")
    return [shuffle, *_combined(item.feedback), *(_element("subquestion", part, 'format="html"') for part in parts)]


def _xml_order(item):
    layout = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "ABSOLUTE_POSITION",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    places = enumerate(item.lines, 1)
    return [
        *(_element(name, text) for name, text in layout.items()),
        *_combined(item.feedback),
        *(_answer(join(line, html_of), place, {}) for place, line in places),
    ]


def _xml_short(item):
    given = [
        _answer(text, 100, {}, attributes=f'{AUTO} lang="{code}"' if code else AUTO)
        for text, code in short_answers(item)
    ]
    return [_element("usecase", "0"), *given, *_any_other(item)]


def _any_other(item):
    return [_answer("*", 0, item.feedback, attributes=AUTO)] if item.feedback else []


def _xml_number(item):
    tolerance = _element("tolerance", item.tolerance)
    unit = _element("unit", _element("multiplier", "1") + _element("unit_name", xml_escape(item.unit)))
    return [
        _answer(item.answer, 100, {}, tolerance, AUTO),
        *_any_other(item),
        _element("units", unit) if item.unit else "",
        _element("unitgradingtype", "0"),
        _element("unitpenalty", "0.1000000"),
        _element("showunits", "3"),
        _element("unitsleft", "0"),
    ]


def _xml_essay(item):
    form = {
        "responseformat": "plain",
        "responserequired": "0",
        "responsefieldlines": str(item.rows),
        "attachments": "0",
        "attachmentsrequired": "0",
    }
    return [
        *(_element(name, text) for name, text in form.items()),
        _html("graderinfo", {}),
        _html("responsetemplate", {}),
    ]


XML_ANSWERS = {
    "question": _xml_choices,
    "true_false": _xml_true_false,
    "match": _xml_match,
    "order": _xml_order,
    "short_answer": _xml_short,
    "numeric": _xml_number,
    "reflection": _xml_essay,
    "text": lambda item: [],
}
