"""The form under a thread: a third of the page's work, and the same for everybody while nothing is written in it."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from forums.forms import PostForm

register = template.Library()

# What differs from page to page stands in the kept form under these names; none of them needs to be escaped.
ACTION, TOKEN, CLIENT_ID, OPENED = (f"stands-in-for-{name}" for name in ("action", "token", "client-id", "opened"))


@register.simple_tag(takes_context=True)
def reply_form(context, action):
    """The form of `context["form"]`; drawn anew only for a draft."""
    if context["draft"]:
        return render_to_string("forums/post_form.html", context.flatten() | {"action": action}, context["request"])
    form = context["form"]
    html = _draw_blank(get_language(), context["thread"].is_open, bool(settings.TRANSLATE_URL))
    own = {ACTION: action, TOKEN: context["csrf_token"]}
    own |= {CLIENT_ID: form.initial["client_id"], OPENED: form.initial["opened"]}
    for stand_in, value in own.items():
        html = html.replace(stand_in, str(value))
    return mark_safe(html)


@lru_cache(maxsize=32)
def _draw_blank(language, is_open, translates):
    """Drawn from its arguments alone; `language` and `translates` are asked for again on the way."""
    form = PostForm(initial={"client_id": CLIENT_ID, "opened": OPENED})
    context = {"form": form, "thread": {"is_open": is_open}, "action": ACTION, "csrf_token": TOKEN}
    return render_to_string("forums/post_form.html", context)
