"""What a member sends besides answers: done. Lessons are named by keys; a key that is not open to her is 404."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from courses import actions, reading
from courses.enrolments import NotAllowed
from courses.forms import MarkForm
from courses.models import LessonPage
from courses.pieces import build_pieces, find_part, lesson_pieces
from courses.queries import kit_by_key, lesson_by_key
from courses.questions.kinds import CHECKED
from courses.reading import Place
from courses.views import may_see, show_lesson
from hub.accounts.access import member_required


def see_other(url):
    return HttpResponse(status=303, headers={"Location": url})


def get_kit(kit_key):
    kit = kit_by_key(get_language(), kit_key)
    if kit is None:
        raise Http404
    return kit


def get_place(request, lesson_key):
    """(Place, pieces) of a lesson she may read, else 404."""
    if found := lesson_by_key(get_language(), lesson_key):
        return Place(*found), lesson_pieces(found[2].pk)
    page = LessonPage.objects.live().filter(translation_key=lesson_key, locale__language_code=get_language()).first()
    if page is None or not may_see(request, page):
        raise Http404
    return reading.place_of(page), build_pieces(page)


def get_part(request, lesson_key, block_id):
    place, pieces = get_place(request, lesson_key)
    part = find_part(pieces, block_id)
    if part is None:
        raise Http404
    return place, pieces, part


def my_learning():
    return f"/{get_language()}/my/"


@require_POST
@member_required
def mark(request, lesson_key):
    place, _pieces = get_place(request, lesson_key)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return show_lesson(request, place, _pieces, status=422)
    done = form.cleaned_data["done"]
    try:
        completed = actions.mark_lesson(user=request.user, lesson_key=lesson_key, kit_key=place.kit.key, done=done)
    except NotAllowed as no:
        return show_lesson(request, place, _pieces, refusal=str(no), status=422)
    return see_other(following(place, completed) if done else f"{place.lesson.url}#end")


def following(place, completed):
    """Where she goes on: to the end of the kit or module that she has just completed, else to the next lesson."""
    ended = next((line for line in (place.kit, place.module) if line.key in completed), None)
    return f"{ended.url}#end" if ended else (place.next or place.kit).url


def anchor(place, part):
    return f"{place.lesson.url}#{'r' if part['kind'] in CHECKED else 'b'}-{part['id']}"
