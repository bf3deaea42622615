"""A kit from a Word document: the file is looked at, what would become of it is shown, and only then pages are made."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.models import KitPage
from courses.word import waiting
from courses.word.drafts import english_index, made_before, make_drafts
from courses.word.reading import read_document
from courses.word.refusal import WordRefused
from courses.word.words import in_words, to_do
from hub.editor.word_forms import DocumentForm, KitForm


def can_make_kits(user):
    """Whoever may add a kit in English, the language from which all others are translated."""
    index = english_index()
    return bool(index) and index.permissions_for_user(user).can_add_subpage()


def need_right(request):
    if not can_make_kits(request.user):
        raise PermissionDenied


def page(request, name, status=200, **context):
    title = _("A kit from a Word document")
    kits = {"url": reverse("wagtailadmin_explore", args=[english_index().pk]), "label": _("Kits")}
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, kits, {"url": "", "label": title}]
    context |= {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs, "header_icon": "doc-full"}
    return render(request, f"editor/word/{name}.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def choose_document(request):
    need_right(request)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and form.is_valid():
        key = uuid4()
        waiting.keep(user=request.user, key=key, data=form.data_of_file, name=form.cleaned_data["file"].name)
        return redirect("kit_import_preview", key=key)
    return page(request, "choose", 422 if form.is_bound else 200, form=form)


@never_cache
@require_http_methods(["GET", "POST"])
def preview_document(request, key):
    """What would be made; a POST makes it."""
    need_right(request)
    if kept := waiting.take(user=request.user, key=key):
        outline = outline_of(*kept)
    if not kept or outline is None:
        return lead_on(request, key)
    first = {"title": outline.title, "audience": KitPage.Audience.LEARNER}
    form = KitForm(request.POST) if request.method == "POST" else KitForm(initial=first)
    if form.is_bound and form.is_valid():
        return carry_out(request, key, outline, form.cleaned_data)
    left_out, changed = in_words(outline)
    context = {"form": form, "outline": outline, "left_out": left_out, "changed": changed, "to_do": to_do(outline)}
    return page(request, "preview", 422 if form.is_bound else 200, **context)


def outline_of(data, name):
    """None when the hub has become stricter since the document came in."""
    try:
        return read_document(data, name)
    except WordRefused:
        return None


def carry_out(request, key, outline, values):
    try:
        make_drafts(outline=outline, key=key, user=request.user, **values)
    except IntegrityError:  # the button was pressed twice: the other one was faster
        if not made_before(key):
            raise
    waiting.forget(user=request.user, key=key)
    return lead_on(request, key)


def lead_on(request, key: UUID):
    """To the kit that was made of a document, or back to choosing one."""
    kit = made_before(key)
    if kit is None:
        messages.warning(request, _("This document was here for a day and is gone. Please choose it again."))
        return redirect("kit_import")
    lessons = kit.get_descendants().count() - kit.get_children().count()
    text = ngettext(
        "“%(title)s” is here as a draft with %(lessons)d lesson. Nobody sees it before you publish it.",
        "“%(title)s” is here as a draft with %(lessons)d lessons. Nobody sees it before you publish it.",
        lessons,
    )
    messages.success(request, format_html("{}", text % {"title": kit.title, "lessons": lessons}))
    return redirect("wagtailadmin_explore", kit.pk)
