"""A kit from a Word document, in the editor."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from courses.models import KitPage
from courses.word import waiting
from hub.editor.word_forms import KitForm
from hub.privacy import erase_person
from tests.bad_input.forms import ALTERED, NASTY
from tests.courses.word.documents import docx, h, p, table, title

START = "/editor/kits/import/"
BODY = [title("A kit"), p("For whom."), h(1, "One"), h(2, "First"), p("Text."), table(["A", "B"], ["1", "2"])]


@pytest.fixture
def index(small_hub):
    return small_hub["en"]


@pytest.fixture
def author(index, editor_en, sign_in, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "waiting": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return sign_in(editor_en)


def upload(client, content=None, name="A_document.docx"):
    content = docx(*BODY) if content is None else content
    return client.post(START, {"file": SimpleUploadedFile(name, content)})


def confirm(client, address, **fields):
    return client.post(address, {"title": "My kit", "audience": "trainer", **fields})


def kits():
    return KitPage.objects.exclude(slug="small")


def test_a_document_is_shown_before_anything_is_made(author):
    response = upload(author)
    page = author.get(response.headers["Location"]).content.decode()
    assert "1 module ·" in page.replace("\n", " ")
    assert 'value="A kit"' in page
    assert "1 table needs a caption." in page
    assert not kits().exists()


def test_after_her_yes_it_is_a_draft(author):
    address = upload(author).headers["Location"]
    response = confirm(author, address)
    kit = kits().get()
    assert response.headers["Location"] == f"/editor/pages/{kit.pk}/"
    assert (kit.title, kit.audience, kit.live, kit.get_descendants().count()) == ("My kit", "trainer", False, 2)


def test_a_second_press_makes_no_second_kit(author):
    address = upload(author).headers["Location"]
    first, second = confirm(author, address), confirm(author, address)
    assert first.headers["Location"] == second.headers["Location"]
    assert kits().count() == 1


def test_what_she_typed_stays_when_it_is_wrong(author):
    address = upload(author).headers["Location"]
    response = confirm(author, address, title="x" * 201, audience="nobody")
    page = response.content.decode()
    assert response.status_code == 422
    assert "longer than 200 characters" in page
    assert "x" * 201 in page
    assert not kits().exists()


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04broken"])
def test_a_file_that_is_no_document_is_refused_in_words(author, content):
    response = upload(author, content)
    assert response.status_code == 422
    page = response.content.decode()
    assert any(words in page for words in ("no Word document", "is damaged", "file is empty"))


def test_no_file_at_all_is_refused(author):
    assert author.post(START).status_code == 422


def test_the_document_of_one_author_is_not_there_for_another(author, coordinator, sign_in):
    address = upload(author).headers["Location"]
    assert sign_in(coordinator).get(address).headers["Location"] == START
    assert confirm(sign_in(coordinator), address).headers["Location"] == START
    assert not kits().exists()


def test_a_document_of_nobody_leads_back_to_the_beginning(author):
    assert author.get(f"{START}{uuid4()}/").headers["Location"] == START


@pytest.mark.parametrize("person", ["editor_el", "learner", "trainer", "moderator"])
def test_who_does_not_write_english_makes_no_kit(index, person, request, sign_in):
    client = sign_in(request.getfixturevalue(person))
    assert client.get(START).status_code == 302
    assert upload(client).status_code == 302
    assert not kits().exists()


def test_a_document_waits_for_a_day(author, monkeypatch):
    address = upload(author).headers["Location"]
    waiting.forget_old()
    assert author.get(address).status_code == 200
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr("courses.word.waiting.timezone.now", lambda: later)
    waiting.forget_old()
    assert author.get(address).status_code == 302


def test_erasing_her_account_takes_what_waits_along(author, editor_en, django_capture_on_commit_callbacks):
    upload(author)
    number = editor_en.pk
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(user=editor_en)
    assert waiting.files_of(number) == []


def test_tidying_needs_no_document(db):
    call_command("tidy")


def test_the_list_of_kits_leads_there(author, index):
    assert START in author.get(f"/editor/pages/{index.pk}/").content.decode()


@pytest.mark.parametrize("name", NASTY)
def test_whatever_is_typed_is_taken_clean_or_refused(name):
    value = NASTY[name].decode("utf-8", "replace") if isinstance(NASTY[name], bytes) else NASTY[name]
    form = KitForm({"title": value, "audience": "learner"})
    if form.is_valid():
        assert not set(ALTERED) & set(form.cleaned_data["title"])
    else:
        assert list(form.errors) == ["title"]
    assert not KitForm({"title": "A kit", "audience": value}).is_valid()


@pytest.mark.parametrize(
    "name", ["no ending", "../../etc/passwd.docx", "a\nb.docx", "<b>.docx", "x" * 150 + ".docx", "ش.docx"]
)
def test_any_name_of_a_file_will_do(author, name):
    address = upload(author, docx(p("Only words.")), name).headers["Location"]
    assert author.get(address).status_code == 200
