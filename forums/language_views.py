"""Which languages she reads in the forums."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.forms import post_number, sent
from forums.language_forms import ReadingLanguagesForm
from forums.languages import choice_of, keep_choice
from forums.models import Forum, Thread
from hub.accounts.access import member_required
from hub.lib.text import clean_text


@require_http_methods(["GET", "POST"])
@member_required
def reading(request):
    choice = choice_of(request.user)
    begun = {"show": choice.show, "languages": [*choice.languages, get_language()]}
    form = ReadingLanguagesForm(sent(request), initial=begun)
    if not form.is_valid():
        return render(request, "forums/reading_languages.html", {"form": form}, status=422 if form.is_bound else 200)
    keep_choice(user=request.user, **form.cleaned_data)
    messages.success(request, _("Your choice is kept, for all forums. Only you see it."))
    return redirect(came_from(request) or "forums:index")


def came_from(request):
    """The thread or forum that she came from. Whether she may read it is asked there."""
    if number := post_number(request.GET.get("thread")):
        return Thread.objects.select_related("forum").filter(pk=number).first()
    return Forum.objects.filter(slug=clean_text(request.GET.get("forum", ""))[:80]).first()
