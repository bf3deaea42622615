"""The reader: kit, module and lesson by a short way of our own.

Only what is open to all goes this way. Everything else (a view restriction, unpublished, past its last day) is left to
Wagtail's serve view, which comes back to `serve_kit`, `serve_module` and `serve_lesson` when the reader may pass.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses import open_pages, reading
from courses.actions import keep_place
from courses.enrolment_box import may_write, start_box
from courses.models import KitIndexPage, KitPage
from courses.open_pages import leave_to_wagtail
from courses.pieces import build_pieces, find_part, lesson_pieces, page_pieces
from courses.pulls import pull_in
from courses.queries import is_open, kit_outline, kit_record
from courses.questions.kinds import FORMS, KINDS
from courses.questions.shown import entries
from courses.reading import Place
from courses.standing import holdings, left_in_module, next_module, settled_record, standing_of


@require_safe
def index(request):
    return open_pages.show(request, KitIndexPage)


@require_safe
def kit(request, kit):
    outline = kit_outline(get_language(), kit)
    if outline is None:
        return leave_to_wagtail(request)
    pieces = page_pieces(outline.pk, lambda: KitPage.objects.get(pk=outline.pk))
    return show_kit(request, outline, pieces)


@require_safe
def module(request, kit, module):
    outline = kit_outline(get_language(), kit)
    line = find_line(outline.modules, module) if outline else None
    return show_module(request, outline, line) if line else leave_to_wagtail(request)


@require_safe
def lesson(request, kit, module, lesson):
    outline = kit_outline(get_language(), kit)
    module_line = find_line(outline.modules, module) if outline else None
    line = find_line(module_line.lessons, lesson) if module_line else None
    if line is None:
        return leave_to_wagtail(request)
    return show_lesson(request, Place(outline, module_line, line), lesson_pieces(line.pk))


def find_line(lines, slug):
    return next((line for line in lines if line.slug == slug and is_open(line)), None)


def addresses(request):
    """Where a visitor makes an account and comes back from, and the page with telephone lines."""
    signup = f"{reverse('account_signup')}?{urlencode({'next': request.path})}"
    return {"signup_url": signup, "help_url": reverse("wagtail_serve", args=["help/"])}


def show_kit(request, outline, pieces, *, status=200, **refused):
    """`refused` is what courses.enrolment_box.start_box shows of a form that could not be taken."""
    record = settled_record(request.user, outline.key)
    lessons = outline.lessons
    context = {
        **addresses(request),
        "kit": outline,
        "pieces": reading.lay_in(pieces, {}),
        "record": record,
        "standing": standing_of(request.user, outline, record, outline.key) if record.enrolled else None,
        "done_count": sum(lesson.key in record.done for lesson in lessons),
        "lesson_count": len(lessons),
        "next_step": reading.next_step(outline, record.done, record.last_lesson_key),
        "start": start_box(request.user, outline, record, **refused),
    }
    return render(request, "courses/kit.html", context, status=status)


def show_module(request, outline, line):
    record = settled_record(request.user, outline.key)
    context = {"kit": outline, "module": line, "record": record}
    if record.enrolled:
        context["standing"] = standing_of(request.user, outline, record, line.key)
        context["next_module"] = next_module(outline, line, record)
        context["holdings"] = holdings(line, record) if context["standing"].completed else []
    return render(request, "courses/module.html", context)


def show_lesson(request, place, pieces, *, refused=None, refusal="", status=200):
    """`refused` is {block id: `mine`} of a form that could not be taken, `refusal` why a mark could not."""
    record = kit_record(request.user, place.kit.key)
    answers = reading.read_answers(request.user, place.lesson.key) if request.user.is_authenticated else {}
    if record.enrolled and record.last_lesson_key != place.lesson.key:
        keep_place(enrolment_id=record.enrolment_id, lesson_key=place.lesson.key)
    reader = str(request.user.pk) if request.user.is_authenticated else ""
    laid = reading.lay_in(pieces, answers, reader=reader, earlier=reading.earlier_answers(request.user, pieces))
    reading.put_results(laid, refused or checked_by_visitor(request, pieces))
    pull_in(laid, user=request.user, kit=place.kit)
    context = {
        **addresses(request),
        "place": place,
        "kit": place.kit,
        "module": place.module,
        "lesson": place.lesson,
        "contents": reading.contents(place, record.done),
        "pieces": laid,
        "lost": reading.lost_words(pieces, answers),
        "record": record,
        "refusal": refusal,
        "may_write": may_write(place.kit, record),
        "is_done": place.lesson.key in record.done,
        "left": left_in_module(place, record) if record.enrolled else None,
        "minutes_left": reading.minutes_left(place.module, place.lesson, record.done),
    }
    return render(request, "courses/lesson.html", context, status=status)


def checked_by_visitor(request, pieces):
    """A visitor's try at a question comes by GET and is kept nowhere: {block id: `mine`}."""
    part = find_part(pieces, request.GET.get("check", ""))
    if part is None or part["kind"] not in KINDS:
        return {}
    form = FORMS[part["kind"]](request.GET, part=part)
    if not form.is_valid():
        return {part["id"]: reading.rejected(part, form)}
    return {part["id"]: {**reading.mine(part, None), **entries(part, form.body())}}


def captions(request, page_key, block_id):
    """The captions of a film as WebVTT, from the page in the address's language."""
    page = Page.objects.live().filter(translation_key=page_key, locale__language_code=get_language()).first()
    if page is None or not may_see(request, page):
        raise Http404
    for block in getattr(page.specific, "body", []):
        if block.id == str(block_id) and block.block_type == "media" and block.value.get("captions"):
            return HttpResponse(block.value["captions"], content_type="text/vtt; charset=utf-8")
    raise Http404


def may_see(request, page):
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


# Pages that came through Wagtail -------------------------------------------------------------------------


def serve_kit(request, page):
    return show_kit(request, reading.outline_of_kit(page), build_pieces(page))


def serve_module(request, page):
    outline, line = reading.line_of_module(page)
    return show_module(request, outline, line)


def serve_lesson(request, page):
    return show_lesson(request, reading.place_of(page), build_pieces(page))
