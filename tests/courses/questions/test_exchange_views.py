"""Import and export of questions in the editor."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale

from courses.models import QuestionBank

FILES = Path(__file__).parent / "files"
START = "/editor/questions/import/"


@pytest.fixture(autouse=True)
def locales(db):
    for code in ("en", "it", "el"):
        Locale.objects.get_or_create(language_code=code)


@pytest.fixture
def editor(editor_en, sign_in):
    return sign_in(editor_en)


def upload(client, content=None, name="every_kind.xml", **fields):
    content = (FILES / name).read_bytes() if content is None else content
    data = {"file": SimpleUploadedFile(name, content), "language": "en", **fields}
    return client.post(START, data)


def test_a_file_is_shown_before_anything_is_imported(editor):
    response = upload(editor)
    preview = editor.get(response.headers["Location"])
    page = preview.content.decode()
    assert preview.status_code == 200
    assert "9 new, 0 changed, 0 as they are" in page
    assert "the unit “km/h” was left out" in page
    assert "please write one question for each gap" in page
    assert "Italiano: 1" in page
    assert not QuestionBank.objects.exists()


def test_after_the_preview_it_is_imported(editor):
    address = upload(editor, title="  Signs  and units ").headers["Location"]
    assert editor.post(address).status_code == 302
    banks = QuestionBank.objects.order_by("locale__language_code")
    assert [(bank.title, len(bank.questions)) for bank in banks] == [("Signs and units", 9)] * 2
    assert editor.post(address).headers["Location"] == START, "the file is gone once it was imported"


def test_a_broken_file_is_refused_with_every_line(editor):
    response = upload(editor, b"One {=a ~b\n\nTwo {#x}\n", "broken.txt")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Line 1: a { that is never closed" in page
    assert "Line 3: “x” is not a number" in page
    assert not QuestionBank.objects.exists()


def test_an_xml_bomb_is_refused_in_words(editor):
    bomb = b'<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>\n<quiz>&b;</quiz>'
    response = upload(editor, bomb, "bomb.xml")
    assert response.status_code == 422
    assert "Line 2: document types and entities" in response.content.decode()


def test_the_file_of_one_editor_is_not_shown_to_another(editor, coordinator, sign_in):
    address = upload(editor).headers["Location"]
    assert sign_in(coordinator).get(address).headers["Location"] == START


def test_no_file_and_a_huge_file_are_refused(editor, monkeypatch):
    assert editor.post(START, {"language": "en"}).status_code == 422
    monkeypatch.setattr("courses.questions.exchange_forms.LARGEST", 10)
    assert upload(editor).status_code == 422


@pytest.mark.parametrize("person", ["editor_el", "learner", "trainer", "moderator"])
def test_only_who_edits_the_english_source_imports(request, sign_in, person):
    client = sign_in(request.getfixturevalue(person))
    assert client.get(START).status_code in {302, 403}
    assert upload(client).status_code in {302, 403}
    assert not QuestionBank.objects.exists()


def test_an_editor_of_greek_changes_the_greek_row_only(editor, editor_el, sign_in):
    editor.post(upload(editor, title="Signs").headers["Location"])
    english = QuestionBank.objects.get(locale__language_code="en")
    greek = QuestionBank.objects.create(
        title="Signs", locale=Locale.objects.get(language_code="el"), translation_key=english.translation_key
    )
    names, client = QuestionBank.snippet_viewset, sign_in(editor_el)
    for action, allowed in [("edit", 200), ("history", 200)]:
        assert client.get(reverse(names.get_url_name(action), args=[greek.pk])).status_code == allowed
        assert client.get(reverse(names.get_url_name(action), args=[english.pk])).status_code in {302, 403}
    assert client.get(reverse(names.get_url_name("delete"), args=[english.pk])).status_code in {302, 403}
    listing = client.get(reverse(names.get_url_name("list"))).content.decode()
    assert reverse(names.get_url_name("edit"), args=[greek.pk]) in listing
    assert reverse(names.get_url_name("edit"), args=[english.pk]) not in listing
    assert START not in listing


@pytest.mark.parametrize(("format", "start"), [("xml", "<?xml"), ("gift", "$CATEGORY")])
def test_a_bank_is_taken_out_as_a_file(editor, format, start):
    editor.post(upload(editor).headers["Location"])
    key = QuestionBank.objects.first().translation_key
    response = editor.get("/editor/questions/export/", {"what": f"bank:{key}", "format": format})
    assert response.content.decode().startswith(start)
    assert response.headers["Content-Disposition"].startswith('attachment; filename="questions.')
    assert editor.get("/editor/questions/export/").status_code == 200
    assert editor.get("/editor/questions/export/", {"what": "bank:none", "format": format}).status_code == 422


def test_the_list_of_banks_leads_to_import_and_export(editor):
    page = editor.get(reverse(QuestionBank.snippet_viewset.get_url_name("list"))).content.decode()
    assert START in page
    assert "/editor/questions/export/" in page


def test_an_imported_bank_opens_in_the_editor_and_is_sound(editor):
    editor.post(upload(editor).headers["Location"])
    bank = QuestionBank.objects.get(locale__language_code="en")
    assert editor.get(reverse(QuestionBank.snippet_viewset.get_url_name("edit"), args=[bank.pk])).status_code == 200
    for block in bank.questions:
        block.block.clean(block.value)


def test_a_row_of_another_language_cannot_be_deleted_in_bulk(editor):
    editor.post(upload(editor).headers["Location"])
    rows = {bank.locale.language_code: bank.pk for bank in QuestionBank.objects.select_related("locale")}
    address = "/editor/bulk/courses/questionbank/delete/?next=/editor/&id={}"
    assert editor.post(address.format(rows["it"])).status_code in {302, 403}
    assert QuestionBank.objects.filter(pk=rows["it"]).exists()
    editor.post(address.format(rows["en"]))
    assert not QuestionBank.objects.filter(pk=rows["en"]).exists()
