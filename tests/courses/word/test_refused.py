"""Files that are no document, and documents made to do harm: each is refused in words, or taken without the harm."""

import io
import zipfile
from zlib import crc32

import pytest
from PIL import Image

from courses.word import package, reading, survey
from courses.word.reading import read_document
from courses.word.refusal import WordRefused
from courses.word.words import in_words
from tests.courses.word.documents import NAMESPACES, docx, h, p, pack, parts, picture, png, relation, run, table

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def document_with(head):
    made = parts(p("Words."))
    made["word/document.xml"] = (
        f"{head}<w:document {NAMESPACES}><w:body>{p('<w:r><w:t>&a;</w:t></w:r>')}</w:body></w:document>"
    )
    return pack(made)


def with_part(name, content):
    return pack(parts(p("Words.")) | {name: content})


def encrypted():
    data = bytearray(docx(p("Words.")))
    for number in range(len(data) - 4):
        if data[number : number + 4] == b"PK\x01\x02":
            data[number + 8] |= 1
    return bytes(data)


def truncated():
    return docx(p("Words. " * 500))[:-200]


def broken_xml():
    return pack(parts(p("Words.")) | {"word/document.xml": f"<w:document {NAMESPACES}><w:body>"})


def nested(depth):
    inner = p("in")
    for _ in range(depth):
        inner = table([f"<w:tc>{inner}{p('a')}</w:tc>"], ["x"])
    return inner


REFUSED = {
    "nothing": (lambda: b"", "no Word document"),
    "text": (lambda: b"Just words.", "no Word document"),
    "PDF": (lambda: b"%PDF-1.7", "no Word document"),
    "another zip": (lambda: pack({"a.txt": "x"}), "no Word document"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file"),
    "password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "encrypted zip": (encrypted, "password"),
    "OpenDocument": (lambda: pack({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
    "macros": (lambda: with_part("word/vbaProject.bin", b"x"), "macros"),
    "macros by type": (lambda: docx(p("Words."), main="document.macroEnabled.main"), "macros"),
    "cut off": (truncated, "damaged"),
    "broken XML": (broken_xml, "damaged"),
    "entities": (lambda: document_with(BOMB), "damaged"),
    "a file of ours": (lambda: document_with(FILE), "damaged"),
    "entities in another part": (lambda: with_part("word/media/x.png", f"{BOMB}<x>&b;</x>"), "damaged"),
    "deep tables": (lambda: docx(h(2, "L"), nested(30)), "too deeply"),
    "no words": (lambda: docx(p("")), "no words"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(name):
    make, words = REFUSED[name]
    with pytest.raises(WordRefused, match=words):
        read_document(make(), "x.docx")


def test_five_thousand_pages_are_refused_before_they_are_read():
    with pytest.raises(WordRefused, match="more than 80,000 words"):
        read_document(docx(*[p("seven " * 500)] * 5_000), "x.docx")


def test_a_bomb_is_refused_by_what_the_archive_says_of_itself(monkeypatch):
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(WordRefused, match="too large"):
        read_document(with_part("word/media/zeros.bin", b"\0" * 2_000_000), "x.docx")


def test_an_archive_that_lies_about_its_size_is_damaged():
    data = bytearray(with_part("word/media/a.bin", b"\0" * 100_000))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/media/a.bin"))
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    with pytest.raises(WordRefused, match="damaged"):
        read_document(bytes(data), "x.docx")


@pytest.mark.parametrize(
    ("module", "limit", "body"),
    [
        (survey, "MOST_ELEMENTS", [p("a")] * 20),
        (package, "MOST_PARTS", [p("a")]),
        (package, "MOST_BYTES", [p("a")]),
        (package, "MOST_XML", [p("a")]),
        (reading, "MOST_LESSONS", [h(2, "L"), p("a")] * 5),
    ],
)
def test_each_limit_holds(monkeypatch, module, limit, body):
    monkeypatch.setattr(module, limit, 4)
    with pytest.raises(WordRefused):
        read_document(docx(*body), "x.docx")


def picture_bomb():
    """A PNG that says of itself that it is 60,000 pixels wide and high."""
    made = bytearray(png())
    made[16:24] = (60_000).to_bytes(4, "big") * 2
    made[29:33] = crc32(made[12:29]).to_bytes(4, "big")
    return bytes(made)


def photo_of_ours(size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "TIFF")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture_bomb, "more than 40 megapixels"),
        (lambda: png()[:-30], "damaged"),
        (lambda: png((3, 3)), "too small"),
        (photo_of_ours, "a browser cannot show"),
        (lambda: b"", "a browser cannot show"),
        (lambda: b"<svg onload='alert(1)'/>", "a browser cannot show"),
    ],
)
def test_a_bad_picture_is_left_out_and_named(content, words):
    data = docx(
        p(run("Words ") + picture("p1")), relations=relation("p1", "image", "media/a.png"), media={"a.png": content()}
    )
    outline = read_document(data, "x.docx")
    assert outline.pictures == {}
    assert words in in_words(outline)[0][0]


def test_a_picture_elsewhere_is_never_fetched(monkeypatch):
    monkeypatch.setattr("mammoth.docx.files.urlopen", lambda *_: pytest.fail("fetched"))
    for address in ("https://example.org/a.png", "file:///etc/passwd"):
        outside = relation("p1", "image", address, outside=True)
        outline = read_document(docx(p(run("Words ") + picture("p1", how="link")), relations=outside), "x.docx")
        assert "somewhere else" in in_words(outline)[0][0]


def test_names_that_climb_out_of_the_archive_write_nothing(tmp_path):
    assert read_document(with_part("../../evil.xml", "<x/>"), "x.docx").words == 1
    assert zipfile.is_zipfile(io.BytesIO(docx(p("x"))))
