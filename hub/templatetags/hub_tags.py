"""Small words of our templates: drawings, the same page in other languages, time in words."""

from functools import lru_cache
from pathlib import Path

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from courses.queries import kit_outlines
from hub.accounts.devices import account_on_device, device_in_words
from hub.accounts.roles import may_edit_language
from hub.languages import alternates, is_right_to_left
from hub.lib.ago import ago

register = template.Library()
register.filter(device_in_words)
XMLNS = ' xmlns="http://www.w3.org/2000/svg"'  # a file of its own needs it, a drawing within a page does not
BELL = mark_safe("<!--bell-->")  # its place in the head that is kept for everybody
POINTING = {"next", "previous", "leave", "reply", "external"}  # the other way where one reads from the right
DRAWINGS = Path(__file__).resolve().parent.parent / "static" / "img"


def drawing(folder, name):
    """The text of one of our SVG files; a name that has no file gives nothing, so that a typing slip never breaks a page."""
    path = DRAWINGS / folder / f"{name}.svg"
    return path.read_text(encoding="utf-8").strip().replace(XMLNS, "", 1) if path.is_file() else ""


@lru_cache(maxsize=256)
def svg(folder, name, css):
    if not str(name).replace("-", "").isalnum():
        return ""
    return mark_safe(
        drawing(folder, name).replace("<svg ", f'<svg class="{css}" aria-hidden="true" focusable="false" ', 1)
    )


@register.simple_tag
def emblem(name):
    return svg("emblems", name, "emblem")


@register.simple_tag
def icon(name):
    return svg("icons", name, "icon icon--pointing" if name in POINTING else "icon")


@register.simple_tag
def picture(name):
    return svg("pictures", name, "picture")


@register.simple_tag(takes_context=True)
def language_alternates(context):
    """The same address in every language: see hub.languages.alternates."""
    request = context.get("request")
    if not request:
        return []
    hidden = (context.get("hub") or {}).get("hidden_languages", ())
    return alternates(request.path_info, request.META.get("QUERY_STRING", ""), hidden)


@register.simple_tag(takes_context=True)
def site_origin(context):
    """`https://hub.example`, without a path."""
    return context["request"].build_absolute_uri("/")[:-1]


@register.simple_tag(takes_context=True)
def site_header(context):
    """The head of every page. It depends on few things, so it is kept in memory for each set of them."""
    request = context.get("request")
    path, query = (request.path_info, request.META.get("QUERY_STRING", "")) if request else ("", "")
    html = frame_html("includes/header.html", *frame_key(context), path, query)
    unread = getattr(context.get("user"), "unread_news", 0)
    return mark_safe(html.replace(BELL, bell_html(get_language(), path.endswith("/my/news/"), min(unread, 100))))


@register.simple_tag(takes_context=True)
def site_footer(context):
    """The foot of every page: the same for everybody but for one link."""
    return frame_html("includes/footer.html", *frame_key(context))


@register.simple_tag(takes_context=True)
def on_device(context):
    """For the scripts that keep words: whose they are, and whether they may stay on this device."""
    user, request = context.get("user"), context.get("request")
    if request is None or not (user and user.is_authenticated):
        return ""
    own = "1" if getattr(request, "session", {}).get("own_device") is True else ""
    return format_html(' data-account="{}" data-own="{}"', account_on_device(user), own)


@lru_cache(maxsize=1024)
def bell_html(language, current, count):
    """The way to what is new, with its number: the one thing in the head of a page that is hers."""
    return render_to_string("notifications/bell.html", {"count": count, "current": current})


def frame_key(context):
    user = context.get("user")
    who = bool(user and user.is_authenticated), getattr(user, "is_in_staff", False)
    return get_language(), who, tuple((context.get("hub") or {}).items())


@lru_cache(maxsize=1024)
def frame_html(template, language, who, hub, path="", query=""):
    signed_in, in_staff = who
    languages = alternates(path, query, dict(hub).get("hidden_languages", ()))
    return mark_safe(
        render_to_string(
            template,
            {"hub": dict(hub), "signed_in": signed_in, "in_staff": in_staff, "path": path}
            | {"languages": languages, "bell": BELL},
        )
    )


@register.simple_tag(takes_context=True)
def edit_address(context, page_id):
    """Where an editor of this language changes the page; empty for everybody else, at no cost."""
    user, language = context.get("user"), get_language()
    if not getattr(user, "is_editor", False) or not may_edit_language(user, language):
        return ""
    if language == "en":
        return reverse("wagtailadmin_pages:edit", args=[page_id])
    return reverse("editor_translate_page", args=[page_id]) + "?show=all"


@register.simple_tag
def home_kits():
    """The outlines of the kits that stand open in the language of the page."""
    return kit_outlines(get_language()).values()


@register.filter
def text_direction(code):
    return "rtl" if is_right_to_left(code) else "ltr"


@register.filter
def language_name(code):
    return settings.LANGUAGE_NAMES.get(code, code)


@register.simple_tag
def lang_mark(code):
    """The name of a language in itself, for a text that is not in the page's language."""
    return format_html(
        '<span class="lang-mark" lang="{0}" dir="{1}">{2}</span>', code, text_direction(code), language_name(code)
    )


@register.filter
def time_in_words(moment):
    """`just now`, `3 days ago`: one unit is enough for a reader."""
    return ago(int((timezone.now() - moment).total_seconds())) if moment else ""


@register.filter
def percent(part, whole):
    """A whole number from 0 to 100; never 100 before all is done."""
    return min(100, int(100 * part / whole)) if whole else 0


@register.filter
def field_kind(field):
    """How a bound field is laid out: `hidden`, `group` (a fieldset), `checkbox` or `line`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "line"


@register.filter
def first_control_id(field):
    """The id of what she can type in or choose first: radio buttons carry the field's id with a number."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def described_by(field):
    """The ids of a field's help and errors, for aria-describedby."""
    parts = [f"{field.auto_id}_helptext"] if field.help_text else []
    return " ".join([*parts, f"{field.auto_id}_error"] if field.errors else parts)


@register.filter
def control(field):
    """The field's input with its help and errors named for a screen reader."""
    attrs = {"aria-describedby": ids} if (ids := described_by(field)) else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
