"""English in a translated page, where a text has no translation yet: marked for those who read and for those who listen.

The texts are looked for in the finished markup, so that a mark stands exactly on what is English, in every kind of block.
"""

from bs4 import BeautifulSoup, NavigableString
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail_localize.models import TranslationSource

from courses.translation.older import standings_of

NOT_READ = {"script", "style", "textarea", "template"}
NOT_LOOKED_AT = NOT_READ | {"a", "b", "i", "em", "strong", "span"}  # marks of emphasis and links stay inside what holds them


def english_left(page, state):
    """The English texts for which a page has no translation at all, as one reads them. None while `state` counts none."""
    if state is None or not state.missing:
        return ()
    source = TranslationSource.objects.filter(object_id=page.translation_key).exclude(locale=page.locale_id).first()
    if source is None:
        return ()
    standing = standings_of([source.pk], [page.locale_id])[source.pk, page.locale_id]
    return tuple(sorted({plain(text.text) for text in standing.open if not text.older}))


def plain(html):
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


def mark_english(html, texts):
    """`html` with lang="en" on whatever says one of `texts`, and a quiet word above it; as it is where nothing does."""
    if not texts or not any(text in plain(html) for text in texts):
        return html
    soup, wanted = BeautifulSoup(html, "html.parser"), set(texts)
    found = [mark_tag(tag) for tag in soup.find_all(True) if is_english(tag, wanted)]
    found += [mark_text(soup, text) for text in soup.find_all(string=True) if is_loose(text, wanted)]
    if not found:
        return html
    # Translators: stands above a part of a page that is not translated yet and is shown in English.
    return format_html('<p class="older-part">{}</p>{}', _("In English"), mark_safe(str(soup)))


def is_english(tag, wanted):
    """Whether all that a tag says is one of the texts."""
    return tag.name not in NOT_LOOKED_AT and says(tag.get_text(), wanted) and tag.find_parent(lang="en") is None


def is_loose(text, wanted):
    inside = text.find_parent(lang="en") or text.find_parent(list(NOT_READ))
    return type(text) is NavigableString and not inside and says(text, wanted)


def says(text, wanted):
    return " ".join(text.split()) in wanted


def mark_tag(tag):
    tag["lang"] = "en"
    return tag


def mark_text(soup, text):
    return text.wrap(soup.new_tag("span", lang="en"))


__all__ = ["english_left", "mark_english"]
