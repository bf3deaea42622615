"""The page that asks an author how she wants to begin, before Wagtail's empty form."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.models import Page

from courses.models import KitPage, LessonPage
from courses.starts import start_kit, start_lesson
from hub.editor.checks_views import editor_page
from hub.lib.text import TextField

USUAL = gettext_lazy("the usual parts: situation, text, example, reflection, question, key idea")


class LessonForm(forms.Form):
    title = TextField(label=gettext_lazy("Title of the new lesson"), max_length=200, one_line=True)
    like = forms.ModelChoiceField(
        label=gettext_lazy("Built like"),
        queryset=LessonPage.objects.none(),
        required=False,
        help_text=gettext_lazy(
            "You get the same kinds of blocks, without the words, pictures and files of that lesson."
        ),
    )

    def __init__(self, *args, parent, **kwargs):
        super().__init__(*args, **kwargs)
        self.parent = parent
        self.fields["like"].queryset = lessons = LessonPage.objects.filter(locale=parent.locale).order_by("path")
        self.fields["like"].choices = [("", USUAL), *named(lessons)]

    def save(self, by):
        return start_lesson(module=self.parent, by=by, **self.cleaned_data)


class KitForm(forms.Form):
    title = TextField(label=gettext_lazy("Title of the new kit"), max_length=200, one_line=True)
    audience = forms.ChoiceField(label=gettext_lazy("For"), choices=KitPage.Audience.choices)

    def __init__(self, *args, parent, **kwargs):
        super().__init__(*args, **kwargs)
        self.parent = parent

    def save(self, by):
        return start_kit(index=self.parent, by=by, **self.cleaned_data)


FORMS = {LessonPage: LessonForm, KitPage: KitForm}


def named(lessons):
    """[(pk, “kit › module › lesson”)] in the order of the tree: two queries."""
    rows = list(lessons.values_list("pk", "path", "draft_title"))
    paths = {path[: -Page.steplen * step] for _pk, path, _title in rows for step in (1, 2)}
    above = dict(Page.objects.filter(path__in=paths).values_list("path", "draft_title"))
    return [
        (pk, " › ".join([above.get(path[: -2 * Page.steplen], ""), above.get(path[: -Page.steplen], ""), title]))
        for pk, path, title in rows
    ]


def ask_how(request, parent, page_class):
    """Wagtail's hook before a page is made: our question first, unless she has answered it."""
    if request.method != "GET" or page_class not in FORMS or "empty" in request.GET:
        return None
    return show(request, parent, page_class, FORMS[page_class](parent=parent))


def show(request, parent, page_class, form, status=200):
    name = page_class._meta.model_name
    context = {
        "form": form,
        "send_to": reverse("editor_start", args=[name, parent.pk]),
        "empty": reverse("wagtailadmin_pages:add", args=["courses", name, parent.pk]) + "?empty",
        "kit": page_class is KitPage,
    }
    title = _("A new kit") if page_class is KitPage else _("A new lesson")
    return editor_page(request, "start", title, status, header_icon="doc-empty-inverse", **context)


@require_POST
def start(request, name, parent_id):
    page_class = next((model for model in FORMS if model._meta.model_name == name), None)
    parent = get_object_or_404(Page.objects.select_related("locale"), pk=parent_id).specific
    if page_class is None:
        raise Http404
    may_add = parent.permissions_for_user(request.user).can_add_subpage()
    if not may_add or page_class not in parent.creatable_subpage_models():
        raise PermissionDenied
    form = FORMS[page_class](request.POST, parent=parent)
    if not form.is_valid():
        return show(request, parent, page_class, form, 422)
    page = form.save(request.user)
    messages.success(request, _("“%(title)s” is there as a draft. Readers do not see it yet.") % {"title": page.title})
    return redirect("wagtailadmin_explore" if page_class is KitPage else "wagtailadmin_pages:edit", page.pk)
