"""Moodle XML as Moodle exports it, and as somebody who means harm would write it."""

import base64
from pathlib import Path

import pytest

from courses.questions.items import Faults
from courses.questions.moodle_xml import read_xml
from courses.questions.pictures import BadPicture, picture_type

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module")
def reading():
    return read_xml((FILES / "every_kind.xml").read_bytes())


def named(reading, name):
    return next(item for item in reading.items if item.name == {"": name})


def test_every_type_becomes_its_kind(reading):
    kinds = [item.kind for item in reading.items]
    assert kinds == "question question true_false short_answer match numeric order reflection text".split()


def test_what_has_no_form_here_is_named_with_line_and_type(reading):
    assert [(one.line, one.type) for one in reading.left_out] == [
        (92, "cloze"),
        (96, "ddwtos"),
        (100, "calculatedsimple"),
    ]


def test_a_picture_comes_along_with_its_words(reading):
    picture = named(reading, "Sign").picture
    assert (picture.name, picture.alt, picture_type(picture.data)) == ("sign 1.png", {"": "A red dot"}, "png")


def test_words_stay_and_scripts_go(reading):
    item = named(reading, "Sign")
    assert (item.situation, item.prompt) == ({"": "You see this sign."}, {"": "What does it say?"})
    assert item.notes == ["a script was taken out"]
    assert item.explanation == {"": "<p>A sign is short: H₂O.</p>"}
    assert item.hint == {"": "Think of the colour.\n\nIt is red."}
    assert item.ref == "sign-1"


def test_units_and_wrong_answers(reading):
    item = named(reading, "Fall")
    assert (item.answer, item.tolerance, item.unit) == ("9.81", "0.05", "m/s")
    assert item.notes == ["the unit “km/h” was left out"]
    assert named(reading, "Symbol").feedback == {"": "From Latin: ferrum."}
    assert named(reading, "Units").feedback == {"": "Look at the names of scientists."}
    assert named(reading, "Units").extras == [{"": "Joule"}]


def test_spans_of_languages_are_told_apart(reading):
    item = named(reading, "My field")
    assert item.prompt == {"en": "What do you like in your field?", "it": "Che cosa ti piace del tuo campo?"}
    assert (item.rows, item.help) == (7, {"": "Three lines are enough."})


def question(inner, kind="multichoice"):
    text = "<name><text>n</text></name><questiontext format='html'><text>Q?</text></questiontext>"
    return f"<quiz>\n<question type='{kind}'>\n{text}\n{inner}\n</question>\n</quiz>".encode()


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz>&b;</quiz>"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB, "line 2: document types and entities"),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "line 1: document types and entities"),
        (b"<quiz>\n<question type='essay'></quiz>", "line 2: this is not sound XML"),
        (b"", "line 1: this is not sound XML"),
        (b"<html/>", "line 1: the file begins with <html>"),
        (b"<quiz>\n<question/></quiz>", "line 2: <question> where <question type=…> is expected"),
        (b"<quiz>\n\n<question type='essay'/></quiz>", "line 3: a question without <questiontext>"),
        (b"<quiz>" + b"<a>" * 50, "line 1: <a> lies too deep"),
        (b"<?xml version='1.0' encoding='klingon'?><quiz/>", "line 1: "),
        (b"<?xml version='1.0' encoding='utf-8'?>\n<quiz>\xff</quiz>", "line 2: this is not sound XML"),
        (question("<answer fraction='a lot'><text>a</text></answer>"), "line 4: “a lot” is not a number"),
        (question("<answer fraction='nan'><text>a</text></answer>"), "line 4: “nan” is not a number"),
        (question("<subquestion><text>a</text></subquestion>", "matching"), "line 4: a <subquestion> without <answer>"),
        (question("<answer fraction='100'><text>ten</text></answer>", "numerical"), "line 4: “ten” is not a number"),
        (
            question("<answer fraction='100'><text>yes</text></answer>", "truefalse"),
            "line 2: a truefalse question needs",
        ),
        (
            question("<generalfeedback><text><p>x</p></text></generalfeedback>"),
            "line 4: <p> inside <text>: HTML must be escaped",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_line(data, said):
    with pytest.raises(Faults) as faults:
        read_xml(data)
    assert str(faults.value).startswith(said)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
def test_a_file_may_declare_its_encoding(encoding):
    declared = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{declared}'?>{question('', 'essay').decode().replace('Q?', 'È così?')}"
    assert read_xml(text.encode(encoding)).items[0].prompt == {"": "È così?"}


def test_a_file_that_is_not_base64_is_a_fault():
    file = "<questiontext><text>&lt;img src='@@PLUGINFILE@@/a.png'&gt; Q</text>\n<file name='a.png'>!!</file></questiontext>"
    with pytest.raises(Faults, match="line 2: the content of this file is not sound base64"):
        read_xml(f"<quiz><question type='essay'>{file}</question></quiz>".encode())


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a nothing",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"MZ\x90",
        b"",
        b"x" * 2_000_001,
        SVG.format("<script>alert(1)</script>").encode(),
        SVG.format('<rect onload="alert(1)"/>').encode(),
        SVG.format('<a xlink:href="javascript:alert(1)"/>').encode(),
        SVG.format('<use href="https://example.org/x.svg"/>').encode(),
        SVG.format("<foreignObject/>").encode(),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("").encode(),
        base64.b64decode("iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAIAAABbDhmX"),
    ],
)
def test_what_is_no_harmless_picture_is_refused(data):
    with pytest.raises(BadPicture):
        picture_type(data)


def test_a_plain_drawing_is_a_picture():
    assert picture_type(SVG.format('<circle r="1" fill="url(#a)"/>').encode()) == "svg"


def test_more_than_two_thousand_questions_are_refused_and_two_thousand_are_not():
    category = "<question type='category'/>"
    asked = "<question type='essay'><questiontext><text>Q?</text></questiontext></question>\n"
    assert len(read_xml(f"<quiz>{category}{asked * 2_000}</quiz>".encode()).items) == 2_000
    with pytest.raises(Faults, match="line 2001: more than 2000 questions"):
        read_xml(f"<quiz>{category}{asked * 2_001}</quiz>".encode())
