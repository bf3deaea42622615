"""What a member writes, ticks and chooses in a lesson: saved, brought back, deleted. No words of hers are turned away for good.

A script sends the same forms and asks for JSON. It may send them late and more than once (static/js/answers.js).
"""

from functools import partial

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import answers, reading
from courses.booklet_views import page_address, show_booklet
from courses.completion import counts
from courses.enrolment_words import NotAllowed
from courses.forms import DeleteForm, LostForm
from courses.lost import ROOM, kit_of_lesson, too_many
from courses.models import Answer
from courses.pieces import find_part
from courses.queries import kit_by_key
from courses.questions.actions import save_try
from courses.questions.kinds import CHECKED, FORMS
from courses.questions.replies import anew
from courses.record_views import anchor, get_part, get_place, my_learning, see_other
from courses.versions import new_id
from courses.views import show_lesson
from hub.accounts.access import member_required, wants_json
from hub.accounts.devices import account_on_device
from hub.lib.limits import allow, give_back

# A script saves at each pause of her typing, in several fields, and sends at once what waited while she had no line.
ANSWERS_PER_MINUTE = 600


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def answer(request, lesson_key, block_id):
    if request.method == "POST" and is_of_another(request):
        return JsonResponse({"error": "signed_out"}, status=401)
    place, pieces = find_place(request, lesson_key)
    part = find_part(pieces, block_id)
    if part and part["kind"] not in FORMS:
        raise Http404
    if request.method != "POST":  # a refused form has this address: she chose another language there, or came back
        return see_other(way_back(request, place, part)) if part else not_here()
    return keep(request, place, pieces, part) if part else keep_lost(request, lesson_key, block_id, place)


def is_of_another(request):
    """Whether a script sends what was written under another account, which is signed in no more."""
    writer = request.headers.get("Hub-Account")
    return bool(writer) and writer != account_on_device(request.user)


def find_place(request, lesson_key):
    try:
        return get_place(request, lesson_key)
    except Http404:
        return None, []


def not_here():
    raise Http404


def keep(request, place, pieces, part):
    form = FORMS[part["kind"]](request.POST, part=part)
    if not form.is_valid():
        return refuse(request, place, pieces, part, form)
    if not may_write(request, form):
        return refuse(request, place, pieces, part, form, status=429)
    try:
        saved = save(request, place, pieces, part, form)
    except NotAllowed as reason:
        form.add_error(None, str(reason))
        return refuse(request, place, pieces, part, form)
    forgive_replay(request, saved)
    return (
        tell_saved(request, place, pieces, part, saved)
        if wants_json(request)
        else see_other(way_back(request, place, part))
    )


def may_write(request, form):
    if allow(counter(request), limit=ANSWERS_PER_MINUTE, seconds=60):
        return True
    form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
    return False


def counter(request):
    return f"answer:{request.user.pk}"


def forgive_replay(request, saved):
    """A device that repeats what it sent already, because it never heard the answer, is not counted."""
    if saved is None or saved.replayed:
        give_back(counter(request), seconds=60)


def save(request, place, pieces, part, form):
    quiz = find_part(pieces, part.get("quiz"))
    write = partial(save_try, quiz=quiz) if quiz else answers.save_answer
    return write(
        user=request.user,
        kit_key=place.kit.key,
        lesson_key=place.lesson.key,
        block_id=part["id"],
        client_id=fresh_id(request, part, form.cleaned_data["client_id"]),
        base=form.cleaned_data["base"],
        body=form.body(),
        kind=part["kind"],
        counts=counts(part, form.body()),
    )


def fresh_id(request, part, client_id):
    """A question answered by hand in a window that was opened long ago: the last try is the one she makes now."""
    if part["kind"] not in CHECKED or wants_json(request):
        return client_id
    later = Answer.objects.filter(user=request.user, block_id=part["id"], client_id__gt=client_id)
    newest = later.order_by("client_id").values_list("client_id", flat=True).last()
    return new_id(after=newest) if newest else client_id


def refuse(request, place, pieces, part, form, status=422):
    mine = reading.rejected(part, form)
    if wants_json(request):
        data = {"message": " ".join(mine["errors"])}
        return JsonResponse(data | anew(request, place, pieces, part, mine), status=status)
    if from_booklet(request):
        return show_booklet(request, place.kit, refused={part["id"]: mine}, status=status)
    return show_lesson(request, place, pieces, refused={part["id"]: mine}, status=status)


def from_booklet(request):
    return request.GET.get("to") == "booklet"


def way_back(request, place, part):
    """To the part she sent: in her booklet, when it came from there, else in the lesson."""
    return page_address(place.kit, part["id"]) if from_booklet(request) else anchor(place, part)


def tell_saved(request, place, pieces, part, saved):
    """For the script: the words to announce, what stands beside hers now, and for a question the part anew."""
    hers = reading.read_answers(request.user, place.lesson.key)
    kept = hers.get(part["id"], {"current": None, "beside": []})
    if part["kind"] in CHECKED:
        return JsonResponse(anew(request, place, pieces, part, reading.mine(part, kept), hers))
    return JsonResponse(saved_words(saved) | {"beside": beside(request, place, part, kept, saved)})


def saved_words(saved):
    """`base` is the id that her next version follows; none when this one had been deleted before it came."""
    if saved is None:
        return {"message": _("Deleted, with all older versions."), "base": ""}
    return {"message": reading.saved_text(saved.created_at), "base": saved.client_id}


def beside(request, place, part, kept, saved):
    """The markup of the versions that are shown besides the one that her window holds."""
    versions = [version for version in [kept["current"], *kept["beside"]] if version]
    others = [v for v in versions if saved is None or v["client_id"] != saved.client_id]
    context = {"part": part, "lesson": place.lesson, "mine": {"beside": [reading.beside(part, v) for v in others]}}
    return render_to_string("courses/parts/beside.html", context, request) if others else ""


# A part or a lesson that is there no more ---------------------------------------------------------------


def keep_lost(request, lesson_key, block_id, place):
    """She wrote in a part while an editor took it out. Her words are kept, and shown as from an earlier version."""
    kit_key = place.kit.key if place else kit_of_lesson(request.user, lesson_key)
    form = LostForm(request.POST)
    if kit_key is None or (not form.is_valid() and "text" not in form.errors):
        raise Http404
    if too_many(request.user, lesson_key, block_id):
        form.add_error(None, ROOM)
    if not form.is_valid():
        return refuse_lost(request, form)
    if not may_write(request, form):
        return refuse_lost(request, form, status=429)
    try:
        saved = save_lost(request.user, kit_key, lesson_key, block_id, form)
    except NotAllowed as reason:
        form.add_error(None, str(reason))
        return refuse_lost(request, form)
    forgive_replay(request, saved)
    if wants_json(request):
        return JsonResponse(saved_words(saved) | {"beside": ""})
    messages.success(request, _("This part of the lesson has been taken out. Your words are kept."))
    return see_other(f"{place.lesson.url}#b-{block_id}" if place else my_learning())


def save_lost(user, kit_key, lesson_key, block_id, form):
    return answers.save_answer(
        user=user,
        kit_key=kit_key,
        lesson_key=lesson_key,
        block_id=block_id,
        client_id=form.cleaned_data["client_id"],
        base=form.cleaned_data["base"],
        body=form.body(),
        kind=form.kind,
        moves=False,
    )


def refuse_lost(request, form, status=422):
    errors = [str(message) for found in form.errors.values() for message in found]
    if wants_json(request):
        return JsonResponse({"message": " ".join(errors)}, status=status)
    context = {"errors": errors, "text": form.data.get("text", "")}
    return render(request, "courses/lost_refused.html", context, status=status)


# Older versions --------------------------------------------------------------------------------------------


@require_safe
@never_cache
@member_required
def versions(request, lesson_key, block_id):
    """What stood there before, for thirty days; also of a part that is there no more."""
    place, pieces = get_place(request, lesson_key)
    part = find_part(pieces, block_id) or {"id": str(block_id), "kind": "", "title": ""}
    older = reading.older_versions(request.user, lesson_key, part)
    if part["kind"] in CHECKED or not (part["kind"] or older):
        raise Http404
    context = {"place": place, "lesson": place.lesson, "part": part, "older": older, "new_id": new_id()}
    return render(request, "courses/versions.html", context)


@require_POST
@member_required
def restore(request, lesson_key, block_id, client_id):
    place, _pieces, part = get_part(request, lesson_key, block_id)
    try:
        answers.restore_version(
            user=request.user, lesson_key=lesson_key, block_id=block_id, client_id=client_id, new_id=new_id()
        )
    except (Answer.DoesNotExist, NotAllowed):
        raise Http404 from None
    messages.success(request, _("The older version is back. The one before it is among the older versions."))
    return see_other(anchor(place, part))


# Deleting ----------------------------------------------------------------------------------------------------


@require_POST
@member_required
def delete(request, lesson_key, block_id):
    """Also for words in a block or a whole lesson that an editor has taken out since."""
    place, pieces = find_place(request, lesson_key)
    kit_key = Answer.objects.for_block(request.user, lesson_key, block_id).values_list("kit_key", flat=True).first()
    form = DeleteForm(request.POST)
    if (kit_key is None and find_part(pieces, block_id) is None) or not form.is_valid():
        raise Http404
    answers.delete_answer(
        user=request.user, lesson_key=lesson_key, block_id=block_id, unsent=form.cleaned_data["unsent"]
    )
    messages.success(request, _("Deleted, with all older versions."))
    return see_other(way_back(request, place, {"id": block_id, "kind": ""}) if place else way_on(request, kit_key))


def way_on(request, kit_key):
    """From a lesson that is there no more: to her booklet, when it came from there and the kit is open, else to My learning."""
    kit = kit_by_key(get_language(), kit_key)
    return page_address(kit) if kit and from_booklet(request) else my_learning()


@require_POST
@member_required
def delete_version(request, lesson_key, block_id, client_id):
    place, _pieces = get_place(request, lesson_key)
    gone = answers.delete_version(user=request.user, lesson_key=lesson_key, block_id=block_id, client_id=client_id)
    if gone:
        messages.success(request, _("Deleted."))
    return see_other(way_back(request, place, {"id": block_id, "kind": ""}))


# For the script ------------------------------------------------------------------------------------------------


@require_safe
@never_cache
@ensure_csrf_cookie
def waiting(request):
    """Who is signed in, for words that wait on her own device: asked only when some do."""
    account = account_on_device(request.user) if request.user.is_authenticated else ""
    own = bool(account) and request.session.get("own_device") is True
    return JsonResponse({"account": account, "own": own, "bar": render_to_string("courses/waiting.html", {}, request)})
