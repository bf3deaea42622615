"""What a member sends of a quiz as a whole."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from courses.enrolment_words import NotAllowed
from courses.questions.actions import draw_again
from courses.record_views import anchor, get_part, see_other
from courses.views import show_lesson
from hub.accounts.access import member_required


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def draw(request, lesson_key, block_id):
    place, pieces, part = get_part(request, lesson_key, block_id)
    if part["kind"] != "quiz":
        raise Http404
    try:
        if request.method == "POST":
            draw_again(user=request.user, quiz=part, lesson_key=lesson_key, kit_key=place.kit.key)
    except NotAllowed as no:
        return show_lesson(request, place, pieces, refusal=str(no), status=422)
    return see_other(anchor(place, part))
