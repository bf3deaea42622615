"""What is too large is read past: the rest of the form arrives, and editors upload their films."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from hub.lib.pictures import MOST_BYTES


def sent(path, *sizes):
    files = {f"file_{n}": SimpleUploadedFile("a.bin", b"x" * size) for n, size in enumerate(sizes, 1)}
    request = RequestFactory().post(path, {"words": "kept"} | files)
    assert request.POST["words"] == "kept"
    return {name: file.size for name, file in request.FILES.items()}, getattr(request, "files_too_large", set())


def test_files_within_the_limits_arrive():
    assert sent("/en/", 10, MOST_BYTES, 30) == ({"file_1": 10, "file_2": MOST_BYTES, "file_3": 30}, set())


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 3 * MOST_BYTES])
def test_a_file_over_the_limit_is_named_and_the_others_arrive(size):
    assert sent("/en/", 10, size, 30) == ({"file_1": 10, "file_3": 30}, {"file_2"})


def test_a_fourth_file_does_not_arrive():
    assert set(sent("/en/", 10, 10, 10, 10)[0]) == {"file_1", "file_2", "file_3"}


def test_an_editor_uploads_a_film():
    assert sent("/editor/documents/add/", 3 * MOST_BYTES, 10, 10, 10)[0]["file_1"] == 3 * MOST_BYTES
