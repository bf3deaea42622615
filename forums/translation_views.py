"""A post in the language of the page, by the operator's own translation server. Without one there is no such page."""

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forums.access import get_post
from forums.translations import kept_translation, make_translation
from hub.accounts.access import member_required, wants_json
from hub.lib.limits import allow
from hub.lib.translator import NoTranslation

PER_TEN_MINUTES = 20


@require_POST
@member_required
def translate(request, post_id):
    seat, post = get_post(request, post_id)
    if not settings.TRANSLATE_URL or not post.source or post.hidden or post.held:
        raise Http404
    language = get_language()
    if post.language == language:
        return redirect(post)
    html, failed, status = translation_of(request.user, post, language)
    said = {"translated": html, "failed": failed, "language": language, "post": post}
    if wants_json(request):
        return JsonResponse({"html": render_to_string("forums/translation.html", said)}, status=status)
    return render(request, "forums/translated.html", said | {"seat": seat, "thread": post.thread}, status=status)


def translation_of(user, post, language):
    """(HTML, why there is none, status)"""
    if html := kept_translation(post, language):
        return html, "", 200
    if not allow(f"translate:{user.pk}", limit=PER_TEN_MINUTES, seconds=600):
        return "", _("You have had many posts translated. Please try again in ten minutes."), 429
    try:
        return make_translation(post=post, language=language), "", 200
    except NoTranslation:
        return "", _("This post could not be translated now. Please try again later."), 503
