"""Uploaded files: pictures under /media/, documents through Wagtail's view (which knows about private collections)."""

import re
from posixpath import normpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as wagtail_serve

# Wagtail keeps documents here; served from this address they would get round a collection's privacy.
DOCUMENTS = "documents/"


@require_safe
def serve_media(request, path):
    path = normpath(f"/{path}").lstrip("/")  # as Django's `serve` will read it: //documents/x is documents/x
    if path.startswith(DOCUMENTS):
        raise Http404
    try:
        return in_ranges(request, serve(request, path, document_root=settings.MEDIA_ROOT))
    except (SuspiciousFileOperation, OSError) as outside:  # OSError: a name longer than the disk takes
        raise Http404 from outside


def serve_document(request, document_id, document_filename):
    """Wagtail's view, in byte ranges: phones do not play a film, and nobody can seek in it, without them."""
    response = wagtail_serve(request, document_id, document_filename)
    if response.get("Content-Encoding") == "None":  # Wagtail's word for a file that is not packed
        del response["Content-Encoding"]
    return in_ranges(request, response)


def in_ranges(request, response):
    """`response`, or the one part of it that the Range header asks for (206; 416 when there is no such part)."""
    if not isinstance(response, FileResponse) or response.status_code != 200:
        return response
    response["Accept-Ranges"] = "bytes"
    asked = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", ""):
        return response
    size = int(response["Content-Length"])
    start, end = span(*asked.groups(), size)
    if start > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return part(response, start, end, size)


def span(first, last, size):
    """The first and last byte meant by `bytes=first-last`; `-500` are the last 500."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last or size), size - 1)


def part(response, start, end, size):
    response.file_to_stream.seek(start)
    response.streaming_content = Part(response.file_to_stream, end - start + 1)
    response.status_code = 206
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


class Part:
    """`length` bytes of an open file, in pieces."""

    def __init__(self, file, length):
        self.file, self.left = file, length

    def read(self, size=65_536):
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def __iter__(self):
        return iter(self.read, b"")

    def close(self):
        self.file.close()
