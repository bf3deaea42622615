"""A file of captions is read when it is uploaded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection

from hub.accounts.roles import ensure_roles

GOOD = b"WEBVTT\n\n00:01.000 --> 00:02.000\nYes."


@pytest.fixture
def author(small_hub, make_user, sign_in):
    ensure_roles()
    return sign_in(make_user("author", "editor-en"))


def upload(client, content, name="film.vtt"):
    sent = {
        "title": "Captions",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post(reverse("wagtaildocs:add"), sent | {"tags": ""})


@pytest.mark.parametrize("content", [GOOD, b"\xef\xbb\xbf" + GOOD])
def test_sound_captions_are_kept(author, content):
    upload(author, content)
    assert get_document_model().objects.get().file.read() == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"1\n00:00:01,000 --> 00:00:02,000\nYes.", "The first line of captions is WEBVTT"),
        (GOOD.replace(b".000 -->", b",000 -->"), "Line 3: this looks like a file of type SRT"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nS\xe9.", "This file is not in UTF-8"),
        ("WEBVTT".encode("utf-16"), "This file is not in UTF-8"),
    ],
)
def test_others_are_refused_with_what_to_do(author, content, said):
    assert said in upload(author, content).content.decode()
    assert not get_document_model().objects.exists()


def test_other_files_are_not_read_as_captions(author):
    upload(author, b"any text", "page.txt")
    assert get_document_model().objects.count() == 1
