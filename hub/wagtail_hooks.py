from django.core.files.storage import FileSystemStorage
from wagtail import hooks

from hub.media import serve_film


@hooks.register("before_serve_document", order=100)  # after Wagtail's own hook, which refuses private collections
def stream_films(document, request):
    """Films from this machine's disk; from elsewhere Wagtail redirects to the storage, which knows byte ranges itself."""
    here = isinstance(document.file.storage, FileSystemStorage)
    if here and document.content_type.startswith(("video/", "audio/")) and request.method == "GET":
        return serve_film(request, document)
    return None
