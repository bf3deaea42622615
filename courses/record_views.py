"""What a member sends: enrol, leave, done, answers. Lessons are named by keys; a key that is not open to her is 404."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import actions, answers, reading
from courses.completion import counts
from courses.forms import LeaveForm, MarkForm
from courses.models import Answer, Enrolment, LessonPage
from courses.pieces import build_pieces, find_part, lesson_pieces
from courses.queries import kit_by_key, kit_record, lesson_by_key
from courses.questions.actions import save_try
from courses.questions.kinds import CHECKED, FORMS
from courses.questions.replies import anew
from courses.reading import Place
from courses.views import may_see, show_lesson
from hub.accounts.access import member_required, posted, wants_json
from hub.lib.limits import allow

# A script saves at each pause of her typing, in several fields; no hand is faster than this.
ANSWERS_PER_MINUTE = 120


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


@require_POST
@member_required
def enrol(request, kit_key):
    kit = get_kit(kit_key)
    actions.enrol_learner(user=request.user, kit_key=kit.key)
    record = kit_record(request.user, kit.key)
    step = reading.next_step(kit, record.done, record.last_lesson_key)
    return see_other(step.url if step else kit.url)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def leave(request, kit_key):
    kit = kit_by_key(get_language(), kit_key)
    if not Enrolment.objects.for_kit(request.user, kit_key).exists():
        raise Http404
    form = LeaveForm(posted(request))
    if not form.is_valid():
        return render(request, "courses/leave.html", {"kit": kit, "form": form}, status=422 if form.is_bound else 200)
    erase = form.cleaned_data["record"] == LeaveForm.ERASE
    actions.leave_kit(user=request.user, kit_key=kit_key, erase=erase)
    messages.success(
        request,
        _("You have left the kit, and everything you did in it is erased.")
        if erase
        else _("You have left the kit. What you did in it is kept for you."),
    )
    return see_other(my_learning())


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
    actions.mark_lesson(user=request.user, lesson_key=lesson_key, kit_key=place.kit.key, done=done)
    following = place.next or place.kit
    return see_other(following.url if done else f"{place.lesson.url}#end")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def answer(request, lesson_key, block_id):
    place, pieces, part = get_part(request, lesson_key, block_id)
    if part["kind"] not in FORMS:
        raise Http404
    if request.method != "POST":  # a refused form has this address: she chose another language there, or came back
        return see_other(anchor(place, part))
    form = FORMS[part["kind"]](request.POST, part=part)
    if not form.is_valid():
        return refuse(request, place, pieces, part, form)
    if not allow(f"answer:{request.user.pk}", limit=ANSWERS_PER_MINUTE, seconds=60):
        form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
        return refuse(request, place, pieces, part, form, status=429)
    quiz = find_part(pieces, part.get("quiz"))
    save = partial(save_try, quiz=quiz) if quiz else answers.save_answer
    save(
        user=request.user,
        kit_key=place.kit.key,
        lesson_key=lesson_key,
        block_id=block_id,
        client_id=form.cleaned_data["client_id"],
        base=form.cleaned_data["base"],
        body=form.body(),
        kind=part["kind"],
        counts=counts(part, form.body()),
    )
    return tell_saved(request, place, pieces, part) if wants_json(request) else see_other(anchor(place, part))


def anchor(place, part):
    return f"{place.lesson.url}#{'r' if part['kind'] in CHECKED else 'b'}-{part['id']}"


def refuse(request, place, pieces, part, form, status=422):
    mine = reading.rejected(part, form)
    if wants_json(request):
        data = {"message": " ".join(mine["errors"])}
        return JsonResponse(data | anew(request, place, pieces, part, mine), status=status)
    return show_lesson(request, place, pieces, refused={part["id"]: mine}, status=status)


def tell_saved(request, place, pieces, part):
    """For the script: the words to announce, the id the next version follows, and for a question the part anew."""
    hers = reading.read_answers(request.user, place.lesson.key)
    kept = hers[part["id"]]
    current = kept["current"]
    answer = {"message": reading.saved_text(current["created_at"]), "base": current["client_id"]}
    return JsonResponse(answer | anew(request, place, pieces, part, reading.mine(part, kept), hers))


@require_POST
@member_required
def delete(request, lesson_key, block_id):
    """Also for words in a block that an editor has taken out of the lesson since."""
    place, pieces = get_place(request, lesson_key)
    written = Answer.objects.for_block(request.user, lesson_key, block_id).exists()
    if not written and find_part(pieces, block_id) is None:
        raise Http404
    answers.delete_answer(user=request.user, lesson_key=lesson_key, block_id=block_id)
    messages.success(request, _("Deleted, with all older versions."))
    return see_other(f"{place.lesson.url}#b-{block_id}")


@require_POST
@member_required
def delete_beside(request, lesson_key, block_id, client_id):
    place, _pieces, part = get_part(request, lesson_key, block_id)
    answers.delete_version(user=request.user, lesson_key=lesson_key, block_id=block_id, client_id=client_id)
    return see_other(anchor(place, part))
