"""Texts of pages out as PO files and in again: /editor/texts/. An upload is shown first, then brought in as it was shown."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import TextConflict, TextImport
from courses.translation.applying import apply_import
from courses.translation.conflicts import decide, with_ours
from courses.translation.held import translatable_pages
from courses.translation.incoming import LARGEST, SHOWN, WORDS
from courses.translation.outgoing import export_file, export_zip, file_path, has_entries
from courses.translation.schema import DATA
from hub.accounts.roles import edited_languages, may_publish_language, published_languages
from hub.editor.texts_forms import CHOICES, TOO_LARGE, ApplyForm, DecideForm, DownloadForm, UploadForm, her_languages
from hub.editor.texts_words import OUTCOMES, VERDICTS

AT_ONCE = 100  # entries on one page
LISTED = 20  # imports
STALE = timedelta(minutes=2)  # without a sign of life, the task is taken for lost


def need_languages(request):
    """Her languages other than English; whoever has none does not translate."""
    if not (own := her_languages(request.user)):
        raise PermissionDenied
    return own


def page(request, name, title="", status=200, **context):
    texts = {"url": reverse("editor_texts"), "label": _("Texts")}
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        *([texts] if her_languages(request.user) else []),
    ]
    crumbs += [{"url": "", "label": title}] if title else []
    title = title or _("Texts out and in")
    context |= {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs, "header_icon": "globe"}
    return render(request, f"editor/texts/{name}.html", context, status=status)


@never_cache
@require_GET
def overview(request):
    return show_overview(request)


def show_overview(request, download=None, upload=None, status=200):
    own = need_languages(request)
    return page(
        request,
        "overview",
        status=status,
        download=download or DownloadForm(user=request.user),
        upload=upload or UploadForm(user=request.user),
        conflicts=open_conflicts(request.user).count(),
        imports=TextImport.objects.filter(language__in=own).select_related("user").order_by("-made_at")[:LISTED],
    )


@never_cache
@require_GET
def download(request):
    """One PO file, or several packed into one."""
    need_languages(request)
    form = DownloadForm(request.GET, user=request.user)
    if not form.is_valid():
        return show_overview(request, download=form, status=422)
    languages, scopes, todo = form.cleaned_data["languages"], form.scopes(), form.cleaned_data["todo"]
    if len(languages) == len(scopes) == 1:
        data = export_file(language=languages[0], scope=scopes[0], todo=todo)
        data = data if has_entries(data) else b""
        name, kind = (
            file_path(languages[0], scopes[0]).replace("/kits/", "-").replace("/", "-"),
            "text/x-gettext-translation",
        )
    else:
        data, name, kind = export_zip(languages=languages, scopes=scopes, todo=todo), "texts.zip", "application/zip"
    if not data:
        messages.success(request, _("Nothing is to do there: every text is translated."))
        return redirect("editor_texts")
    return attached(data, name, kind)


def attached(data, name, content_type):
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# In ----------------------------------------------------------------------------------------------


@csrf_exempt
@require_POST
def upload(request):
    """Too large a file is refused by its size alone; only then is the form read, and its token checked."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + 100_000:
        messages.error(request, TOO_LARGE)
        return show_overview(request, status=413)
    return look_at(request)


@csrf_protect
def look_at(request):
    need_languages(request)
    form = UploadForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return show_overview(request, upload=form, status=422)
    row = TextImport.objects.create(
        user=request.user,
        language=form.plan.language,
        file_name=form.cleaned_data["file"].name[:200],
        file_hash=form.digest,
        items=form.plan.items,
        counts=form.plan.counts,
    )
    return redirect("editor_texts_import", row.token)


@never_cache
@require_http_methods(["GET", "POST"])
def show_import(request, token):
    """What a file would do, entry by entry; a POST does it. Later: how far that is, and what came of it."""
    row = get_object_or_404(
        TextImport.objects.select_related("user"), token=token, language__in=need_languages(request)
    )
    may_publish = may_publish_language(request.user, row.language)
    conflicts = [(n, item) for n, item in enumerate(row.items) if item["verdict"] == "conflict"][:AT_ONCE]
    form = ApplyForm(request.POST if request.method == "POST" else None, conflicts=conflicts, may_publish=may_publish)
    if request.method == "POST":
        if form.is_valid():
            start(row, user=request.user, choices=form.choices(), publish=bool(form.cleaned_data.get("publish")))
        return redirect("editor_texts_import", row.token)
    return page(request, "import", row.file_name, row=row, may_publish=may_publish, **shown_of(request, row, conflicts))


@transaction.atomic
def start(row, *, user, choices, publish):
    """Hand the import to the task: once, or again when the first run was lost."""
    now = timezone.now()
    lost = Q(state=TextImport.State.APPLYING) & (Q(beat_at=None) | Q(beat_at__lt=now - STALE))
    waiting = TextImport.objects.filter(Q(state=TextImport.State.SHOWN) | lost, pk=row.pk)
    if row.state == TextImport.State.SHOWN:
        for place, choice in choices.items():
            row.items[place]["choice"] = choice
        fresh = {"items": row.items, "publish": publish, "user": user}
    else:
        fresh = {}
    if waiting.update(state=TextImport.State.APPLYING, beat_at=now, **fresh):
        transaction.on_commit(partial(apply_import.enqueue, row.pk))


def shown_of(request, row, conflicts):
    """What the page of an import tells."""
    wanted = request.GET.get("show")
    listed = SHOWN[1:] if row.state == TextImport.State.SHOWN else SHOWN  # the conflicts stand in the form already
    wanted = (
        wanted if wanted in SHOWN and row.counts.get(wanted) else next((v for v in listed if row.counts.get(v)), None)
    )
    items = [item for item in row.items if item["verdict"] == wanted]
    lost = row.beat_at is not None and timezone.now() - row.beat_at > STALE
    titles = translatable_pages()
    for item in [*items, *(item for _place, item in conflicts)]:
        item["title"] = titles[item["page"]].title if item["page"] in titles else ""
    return {
        "verdicts": [(v, *VERDICTS[v], row.counts[v], v in SHOWN) for v in WORDS if row.counts.get(v)],
        "wanted": wanted,
        "wanted_words": WORDS.get(wanted),
        "entries": Paginator(items, AT_ONCE).get_page(request.GET.get("p")),
        "conflicts": conflicts,
        "more_conflicts": max(0, row.counts.get("conflict", 0) - len(conflicts)),
        "choices": CHOICES.items(),
        "to_write": sum(row.counts.get(v, 0) for v in ("new", "changed", "conflict", "behind")),
        "outcomes": [(words, row.results[name]) for name, words in OUTCOMES.items() if row.results.get(name)],
        "pages_done": len(row.results.get("done", [])),
        "is_lost": row.state == TextImport.State.APPLYING and lost,
    }


# Conflicts ---------------------------------------------------------------------------------------


def open_conflicts(user):
    """Those she may decide: in a language of hers; of what is read at once only where she may publish."""
    published = published_languages(user)
    own = Q(language__in=her_languages(user)) & ~Q(page_id__in=list(DATA))
    return TextConflict.objects.filter(own | Q(language__in=published)).order_by("language", "page_id", "pk")


@never_cache
@require_http_methods(["GET", "POST"])
def show_conflicts(request):
    """Texts that were changed on both sides: before, the hub's, the file's. A POST decides those that were chosen.

    Those of the English source are for its authors.
    """
    if not edited_languages(request.user):
        raise PermissionDenied
    rows = Paginator(open_conflicts(request.user), AT_ONCE // 2).get_page(request.GET.get("p"))
    if request.method == "POST":
        form = DecideForm(request.POST, rows=rows)
        decided = form.decided() if form.is_valid() else []
        for conflict, choice in decided:
            publish = may_publish_language(request.user, conflict.language)
            decide(conflict=conflict, choice=choice, user=request.user, publish=publish)
        tell_decided(request, len(decided))
        return redirect("editor_texts_conflicts")
    with_ours(list(rows))
    return page(request, "conflicts", _("Changed on both sides"), rows=rows, choices=CHOICES.items())


def tell_decided(request, count):
    if count:
        text = ngettext("%(count)d text decided.", "%(count)d texts decided.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.warning(request, _("Choose “Keep the hub’s” or “Take the file’s” at a text, then press the button."))
