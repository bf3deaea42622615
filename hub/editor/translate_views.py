"""The translator's desk in the editor: /editor/translate/<translation id>/. Every button first saves what she typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Page
from wagtail_localize.models import Translation

from courses.translation.desk import decide, publish_page, submit_page
from hub.accounts.access import wants_json
from hub.editor.asking import ask, half_translated, is_sure
from hub.editor.translate_desk import SHOWN, build_cards, chosen_parts, get_desk, read_typed, take_in
from hub.editor.translate_forms import DecideForm, ShowForm
from hub.lib.machine import BUSY, REFUSED, USED_UP, ask_for, service_name


@require_http_methods(["GET", "POST"])
def translate(request, translation_id):
    """The desk; a POST saves the texts that were sent."""
    desk = get_desk(request, translation_id)
    if not desk.translation.enabled:
        return leave_to_wagtail(request, desk)
    if request.method == "GET":
        return show(request, desk)
    taken = take_in(desk, request.POST)
    if wants_json(request):
        return answer(request, desk, taken)
    if taken.is_refused:
        return show(request, desk, taken, status=422)
    tell_saved(request, taken)
    return redirect(address(request, desk, look=taken.written))


def leave_to_wagtail(request, desk):
    messages.warning(request, _("This page is no longer translated from English. You change it like any other page."))
    return redirect("wagtailadmin_pages:edit", desk.page.pk)


@require_GET
def of_page(request, page_id):
    """From a page to its desk; what is to be shown there goes along."""
    page = get_object_or_404(Page, pk=page_id)
    rows = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    translation = get_object_or_404(rows)
    show, _segment, _look = ShowForm(request.GET).read()
    address = reverse("editor_translate", args=[translation.pk])
    return redirect(f"{address}?{urlencode({'show': show})}" if "show" in request.GET else address)


@require_POST
def suggest(request, translation_id):
    """Ask the translation service about one part, or about all that are open and shown. Nothing is saved."""
    desk = get_desk(request, translation_id)
    if not service_name():
        raise Http404
    taken = read_typed(desk, request.POST)
    one = desk.part(request.POST["part"]) if request.POST.get("part") else None
    shown, _segment, _look = ShowForm(request.GET).read()
    parts = [one] if one else [part for part in chosen_parts(desk, shown) if part.is_open]
    found, reason = ask_for([part.english for part in parts], desk.language)
    if wants_json(request):
        return answer(request, desk, taken, said=failure_words(reason))
    if reason:
        messages.error(request, f"{failure_words(reason)} {arrived_words(len(found))}")
    return show(request, desk, taken)


@require_POST
def submit(request, translation_id):
    """Give the page to her reviewer."""
    desk = get_desk(request, translation_id)
    if not desk.permissions.can_submit_for_moderation():
        raise PermissionDenied
    taken = take_in(desk, request.POST)
    if taken.is_refused:
        return show(request, desk, taken, status=422)
    halves = [] if is_sure(request) else half_translated([desk.page])
    if halves:
        return ask(
            request,
            halves,
            action=request.path,
            fields=[],
            back=address(request, desk),
            title=_("Submit with open parts?"),
        )
    return done(request, desk, submit_page, _("Submitted for review. The reviewers are told."))


@require_POST
def publish(request, translation_id):
    """Show it to readers; with open parts only after she has read what they will see."""
    desk = get_desk(request, translation_id)
    if not desk.permissions.can_publish() or desk.lock:
        raise PermissionDenied
    taken = take_in(desk, request.POST)
    if taken.is_refused:
        return show(request, desk, taken, status=422)
    halves = [] if is_sure(request) else half_translated([desk.page])
    if halves:
        return ask(request, halves, action=request.path, fields=[], back=address(request, desk))
    return done(request, desk, publish_page, _("Published. Readers see it now."))


@require_POST
def review(request, translation_id):
    """Approve what waits for review, or ask for changes."""
    desk = get_desk(request, translation_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return show(request, desk, status=422, decision=form)
    action, comment = form.cleaned_data["action"], form.cleaned_data["comment"]
    if action not in review_actions(desk):
        raise PermissionDenied
    halves = half_translated([desk.page]) if action == "approve" and not is_sure(request) else []
    if halves:
        fields = [("action", action), ("comment", comment)]
        return ask(request, halves, action=request.path, fields=fields, back=address(request, desk))
    decide(page=desk.page, user=request.user, action=action, comment=comment)
    messages.success(request, _("Approved.") if action == "approve" else _("Sent back with your comment."))
    return redirect("editor_translate", desk.translation.pk)


def review_actions(desk):
    """What she may answer to the review that the page waits for."""
    task = desk.page.current_workflow_task
    return {name for name, _label, _asks in task.get_actions(desk.page, desk.user)} if task else set()


# Answers -----------------------------------------------------------------------------------------------


def done(request, desk, act, words):
    """Do it with the page; what the page itself refuses is said, and every text stays saved."""
    try:
        act(translation=desk.translation, user=request.user)
    except ValidationError as error:
        messages.error(request, _("The page cannot be made: %(reason)s") % {"reason": " ".join(error.messages)})
    else:
        messages.success(request, words)
    return redirect(address(request, desk))


def address(request, desk, look=()):
    """The desk with the filter she had."""
    shown = ShowForm(request.GET).read()[0]
    query = {"show": shown} | ({"look": ",".join(map(str, look[:100]))} if look else {})
    return f"{reverse('editor_translate', args=[desk.translation.pk])}?{urlencode(query)}"


def tell_saved(request, taken):
    count = len(taken.written)
    text = ngettext("%(count)d part saved.", "%(count)d parts saved.", count) % {"count": count}
    messages.success(request, text if count else _("Nothing was changed."))


def failure_words(reason):
    """Why the translation service gave nothing, in words; empty when it gave all."""
    if reason is None:
        return ""
    if reason in REFUSED:
        return _("The translation service does not know this hub. Please tell whoever runs it.")
    if reason in USED_UP:
        return _("The translation service has no more characters left for this month.")
    if reason in BUSY:
        return _("The translation service is busy. Please try again in a minute.")
    return _("The translation service did not answer in time, or not as expected. Please try again later.")


def arrived_words(count):
    return ngettext("%(count)d suggestion came.", "%(count)d suggestions came.", count) % {"count": count}


def show(request, desk, taken=None, *, status=200, decision=None):
    shown, segment, look = ShowForm(request.GET).read()
    typed = [*taken.typed, *taken.written] if taken else []
    parts = chosen_parts(desk, shown, {segment, *look, *typed})
    page, source = desk.page, desk.translation.source
    context = {
        "desk": desk,
        "page": page,
        "cards": build_cards(desk, parts, taken, warned={*look, *(taken.written if taken else ())}),
        "left_over": taken.left_over if taken else [],
        "filters": filters(desk, shown),
        "shown": shown,
        "segment": segment,
        "service": service_name(),
        "actions": review_actions(desk),
        "decision": decision or DecideForm(),
        "preview_url": reverse("wagtail_localize:preview_translation", args=[desk.translation.pk]),
        "english_url": reverse("wagtailadmin_explore", args=[source.get_source_instance().pk]),
        "freshness_url": f"{reverse('editor_freshness')}#page-{page.translation_key}",
        "header_title": _("Translate: %(title)s") % {"title": page.get_admin_display_title()},
        "breadcrumbs_items": crumbs(desk),
        "header_icon": "globe",
    }
    return render(request, "editor/translate.html", context, status=status)


def filters(desk, shown):
    names = {"todo": _("To do"), "behind": _("English changed"), "missing": _("Not translated"), "all": _("All parts")}
    return [{"name": name, "label": names[name], "count": desk.counts[name], "here": name == shown} for name in SHOWN]


def crumbs(desk):
    parent = desk.page.get_parent()
    up = {"url": reverse("wagtailadmin_explore", args=[parent.pk]), "label": parent.get_admin_display_title()}
    here = {
        "url": reverse("wagtailadmin_pages:edit", args=[desk.page.pk]),
        "label": desk.page.get_admin_display_title(),
    }
    return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, up, here, {"url": "", "label": _("Translate")}]


def answer(request, desk, taken, said=""):
    """For the script: the part anew, and what there is to say of it."""
    part = desk.part(request.POST.get("part"))
    card = build_cards(desk, [part], taken, warned=taken.written)[0]
    context = {"card": card, "desk": desk, "service": service_name(), "shown": ShowForm(request.GET).read()[0]}
    words = {
        "html": render_to_string("editor/translate_card.html", context, request),
        "saved": part.id in taken.written,
        "refused": taken.is_refused,
        "said": said,
        "counts": desk.counts,
    }
    return JsonResponse(words, status=422 if taken.is_refused else 200)
