"""The paper: what stands on it, and that it can be read in every alphabet."""

import re
import shutil
import subprocess
from collections import defaultdict

import pytest
import qrcode
from django.utils import translation
from django.utils.translation import gettext
from qrcode.image.svg import SvgPathImage

from courses.models import Certificate
from courses.queries import kit_outline
from hub.certificates.sheet import drawn, make_pdf
from hub.certificates.words import sides, words_of_kit
from hub.lib.pdf import has_fonts

needs_fonts = pytest.mark.skipif(
    not (shutil.which("pdftotext") and has_fonts()), reason="fonts-noto-core or poppler-utils is not installed"
)


def paper(**fields):
    facts = {"name": "Erzsébet Őrsi-Fűzfa", "language": "hu", "second_language": "sv", "hours": 20}
    facts |= {"completed_on": "2026-11-03", "code": "23456789ABCDEFGHJKMN", "number": 1}
    certificate = Certificate(**(facts | fields))
    certificate.completed_on = Certificate._meta.get_field("completed_on").to_python(certificate.completed_on)
    return certificate


def text_of(pdf, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout


def said_of(tmp_path):
    """What pdfinfo says of the file, and what the file says of itself."""
    calls = [["pdfinfo", *options, tmp_path / "document.pdf"] for options in ([], ["-meta"])]
    return "".join(subprocess.run(call, capture_output=True, text=True).stdout for call in calls)


WORDS = {
    "en": {"title": "Career development", "topics": []},
    "hu": {"title": "Pályafejlesztés", "topics": ["Erősségek, fűtés"]},
    "el": {"title": "Επαγγελματική εξέλιξη", "topics": ["Βιογραφικό και συνέντευξη"]},
    "sv": {"title": "Karriär", "topics": ["Språk på jobbet"]},
    "ar": {"title": "التطوير المهني", "topics": []},
}


@needs_fonts
@pytest.mark.parametrize(
    ("language", "second", "name", "found"),
    [
        ("hu", "sv", "Erzsébet Őrsi-Fűzfa", ["Erzsébet Őrsi-Fűzfa", "Erősségek, fűtés", "Språk på jobbet"]),
        ("en", "el", "Ελένη Παπαδοπούλου", ["Ελένη Παπαδοπούλου", "Βιογραφικό και συνέντευξη"]),
        ("en", "", "Олена Шевченко", ["Олена Шевченко"]),
        ("ar", "en", "ليلى حداد", ["التطوير المهني"]),
    ],
)
def test_every_alphabet_can_be_read_from_the_pdf_and_so_can_its_digits(db, tmp_path, language, second, name, found):
    pdf = make_pdf(paper(language=language, second_language=second, name=name, words=WORDS), "learner")
    text = text_of(pdf, tmp_path)
    assert [part for part in found if part not in text] == []
    assert "2345-6789-ABCD-EFGH-JKMN" in text
    assert len(pdf) <= 60_000
    said = said_of(tmp_path)
    assert "Tagged:          yes" in said
    assert "pdfuaid:part" in said


@needs_fonts
@pytest.mark.parametrize(("language", "second"), [("el", "hu"), ("it", "el"), ("hu", "en"), ("sv", "it"), ("el", "")])
def test_the_longest_name_and_all_topics_end_above_the_code(loaded_hub, tmp_path, language, second):
    kit = kit_outline("en", "learner")
    name = "Maria Wilhelmina Anastasia-Alexandra Papadimitrakopoulou-Christodoulopoulou Wmw"
    certificate = paper(language=language, second_language=second, name=name, words=words_of_kit(kit))
    rows = lines_of(make_pdf(certificate, kit.audience), tmp_path)
    with translation.override(language):
        check = gettext("Is this certificate good? Look here:")
    ends = [bottom for topic in certificate.words[language]["topics"] for bottom in rows[topic.split()[-1]]]
    assert max(ends) < min(rows[check.split()[-1]])


def lines_of(pdf, tmp_path):
    """{a word: where each line with it ends, in points from the top}."""
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True).stdout
    found = defaultdict(list)
    for bottom, word in re.findall(r'yMax="([\d.]+)">([^<]+)<', boxes):
        found[word].append(float(bottom))
    return found


def test_the_square_is_drawn_point_by_point_as_its_library_does():
    address = "https://hub.example.org/en/certificates/2345-6789-ABCD-EFGH-JKMN/"
    runs = re.findall(r"M(\d+),(\d+)H(\d+)V(\d+)H(\d+)z", drawn(address))
    points = {(x, int(y)) for start, y, end, bottom, back in runs for x in range(int(start), int(end))}
    assert all(int(bottom) == int(y) + 1 and back == start for start, y, end, bottom, back in runs)
    square = qrcode.make(address, image_factory=SvgPathImage, border=0, box_size=10).to_string(encoding="unicode")
    assert points == {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", square)}
    assert f'viewBox="0 0 {1 + max(points)[0]} {1 + max(points)[0]}"' in drawn(address)


def test_the_words_of_the_learners_kit_are_those_agreed_and_no_others(loaded_hub):
    kit = kit_outline("en", "learner")
    found = sides(paper(language="en", second_language="", words=words_of_kit(kit)), kit.audience)[0]
    assert found.heading == "Certificate of completion"
    assert found.course == "Career development in STEM: self-paced course, about 20 hours."
    assert found.notes == [
        "Name as entered by the holder; identity not checked.",
        "Not a professional qualification.",
    ]


def test_the_trainers_kit_makes_nobody_a_qualified_facilitator(loaded_hub):
    kit = kit_outline("en", "trainer")
    words = words_of_kit(kit)
    found = sides(paper(language="en", second_language="", words=words), kit.audience)[0]
    assert found.done == "has completed the online kit"
    assert not any(word in str(words["en"]).casefold() for word in ("women", "migrant", "refugee", "qualified"))


def test_a_kit_of_ones_own_has_its_own_title_and_no_topics(small_hub):
    assert words_of_kit(kit_outline("en", "small"))["en"] == {"title": "The small kit", "topics": []}
