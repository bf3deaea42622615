"""A picture of a post, for those who may read the post and nobody else."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from forums.access import get_post, or_404
from forums.models import PostPicture
from forums.pictures import store
from hub.accounts.access import member_required

# One hour on a phone that is hers; on a shared one the middleware says no-store.
HEADERS = {"Cache-Control": "private, max-age=3600", "Cross-Origin-Resource-Policy": "same-origin"}


@require_safe
@member_required
def large(request, picture_key):
    return serve(request, picture_key, 0)


@require_safe
@member_required
def small(request, picture_key):
    return serve(request, picture_key, 1)


def serve(request, picture_key, which):
    """The file; its Content-Type is fixed, its Content-Security-Policy set by hub.middleware."""
    picture = or_404(PostPicture.objects.filter(key=picture_key).first())
    if not may_see(request, picture):
        raise Http404
    try:
        file = store().open(picture.files[which])
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(file, filename="picture.webp", content_type="image/webp", headers=HEADERS)


def may_see(request, picture):
    """Not yet sent: only she who chose it. get_post raises Http404 for what she may not read."""
    if picture.post_id is None:
        return picture.owner_id == request.user.pk
    _seat, post = get_post(request, picture.post_id)
    return bool(post.source)
