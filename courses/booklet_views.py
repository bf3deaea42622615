"""My booklet and my circle file."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.booklet import booklet_of, empty_booklet, name_of
from courses.forms import DeleteForm
from courses.plans import plan_of
from courses.queries import kit_outline
from hub.accounts.access import member_required, posted
from hub.lib.redirects import see_other


class EmptyForm(DeleteForm):
    sure = forms.BooleanField(
        widget=forms.HiddenInput, error_messages={"required": gettext_lazy("Press “Empty it now”, or go back.")}
    )


def get_kit(slug):
    kit = kit_outline(get_language(), slug)
    if kit is None:
        raise Http404
    return kit


@require_safe
@member_required
def show(request, kit):
    return show_booklet(request, get_kit(kit))


def show_booklet(request, kit, *, refused=None, status=200):
    """`refused` is {block id: `mine`} of a form that could not be taken."""
    with_blank = request.GET.get("blank") == "1"
    context = {
        "kit": kit,
        "name": name_of(kit),
        "booklet": booklet_of(request.user, kit, with_blank=with_blank, refused=refused),
        "goals": plan_of(request.user, kit.key),
        "with_blank": with_blank,
    }
    return render(request, "courses/booklet/booklet.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def empty(request, kit):
    kit = get_kit(kit)
    form = EmptyForm(posted(request))
    if not form.is_valid():
        context = {"kit": kit, "name": name_of(kit), "form": form}
        return render(request, "courses/booklet/empty.html", context, status=422 if form.is_bound else 200)
    empty_booklet(user=request.user, kit_key=kit.key, unsent=form.cleaned_data["unsent"])
    messages.success(request, _("Everything you wrote here is deleted. Your done marks have stayed."))
    return see_other(reverse("booklet:show", args=[kit.slug]))


def page_address(kit, block_id=None):
    """The booklet of a kit, or where a part stands in it."""
    address = reverse("booklet:show", args=[kit.slug])
    return f"{address}#page-{block_id}" if block_id else address
