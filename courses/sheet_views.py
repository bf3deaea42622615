"""Pages for paper. Like the reader's, they show only what is open to all and leave the rest to Wagtail."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses import sheets
from courses.english_left import tell_english
from courses.open_pages import leave_to_wagtail
from courses.queries import is_open, kit_outline
from courses.reading import outline_of_kit


@require_safe
def index(request, kit):
    outline = open_kit(kit)
    found = {"sheets": sheets.sheets_of(outline), "plans": sheets.plans_of(outline)}
    return render(request, "courses/sheet/index.html", {"kit": outline, **found})


@require_safe
def sheet(request, kit, sheet):
    outline = kit_outline(get_language(), kit)
    line = next((line for line in sheets.sheets_of(outline) if line.slug == sheet), None) if outline else None
    if line is None:
        return leave_to_wagtail(request)
    return show_sheet(request, outline, line, sheets.sheet_html(line))


@require_safe
def plan(request, kit, block_id):
    outline = open_kit(kit)
    line = next((plan for plan in sheets.plans_of(outline) if plan.block_id == str(block_id)), None)
    if line is None:
        raise Http404
    context = {"kit": outline, "plan": line, "html": sheets.plan_html(line)}
    return render(request, "courses/sheet/plan.html", context)


@require_safe
def module(request, kit, module):
    outline = open_kit(kit)
    line = next((line for line in outline.modules if line.slug == module and is_open(line)), None)
    if line is None:
        raise Http404
    return show_lessons(request, outline, [line], line.title)


@require_safe
def whole_kit(request, kit):
    outline = open_kit(kit)
    return show_lessons(request, outline, [line for line in outline.modules if is_open(line)], outline.title)


def open_kit(slug):
    outline = kit_outline(get_language(), slug)
    if outline is None:
        raise Http404
    return outline


def show_lessons(request, kit, modules, title):
    shown = [
        {"module": module, "lessons": [(line, sheets.lesson_html(line)) for line in module.lessons if is_open(line)]}
        for module in modules
    ]
    return render(request, "courses/sheet/lessons.html", {"kit": kit, "title": title, "modules": shown})


def show_sheet(request, kit, line, html):
    return render(request, "courses/sheet/sheet.html", {"kit": kit, "sheet": line, "html": html})


def serve_handout(request, page):
    """A sheet that came through Wagtail: behind a restriction that the reader may pass, or a preview."""
    kit = outline_of_kit(page.get_parent().specific)
    tell_english([page], get_language())
    return show_sheet(request, kit, sheets.sheet_line(kit.slug, page), sheets.draft_html(page))
