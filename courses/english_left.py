"""English in a translated page, where a text has no translation yet: marked for those who read and for those who listen.

The texts are looked for in the finished markup, so that a mark stands exactly on what is English, in every kind of block.
"""

from bs4 import BeautifulSoup, NavigableString
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail_localize.models import TranslationSource

from courses.translation.older import standings_of

NOT_READ = {"script", "style", "textarea", "template"}
NO_MARKS_IN = {"option", "text", "tspan", "button"}
NOT_LOOKED_AT = NOT_READ | {
    "a",
    "b",
    "i",
    "em",
    "strong",
    "span",
}  # marks of emphasis and links stay inside what holds them


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
    """`html` with lang="en" and a quiet word on whatever says one of `texts`; as it is where nothing does."""
    if not texts or not any(text in plain(html) for text in texts):
        return html
    soup, wanted = BeautifulSoup(html, "html.parser"), set(texts)
    tags = [tag for tag in soup.find_all(True) if is_english(tag, wanted)]
    for tag in tags:
        tag["lang"] = "en"
    loose = [
        text.wrap(soup.new_tag("span", lang="en")) for text in soup.find_all(string=True) if is_loose(text, wanted)
    ]
    for tag in [*tags, *loose]:
        say_it(soup, tag)
    return mark_safe(str(soup)) if tags or loose else html


def say_it(soup, tag):
    """A word before the text, in the language of the page."""
    if tag.name in NO_MARKS_IN:
        return
    word = soup.new_tag("span", lang=get_language(), attrs={"class": "lang-mark"})
    # Translators: stands before a sentence that is not translated yet and is shown in English.
    word.string = _("in English")
    tag.insert(0, word, " ")


def is_english(tag, wanted):
    """Whether all that a tag says is one of the texts, and no tag around it says just that."""
    return tag.name not in NOT_LOOKED_AT and says(tag.get_text(), wanted) and not says_more(tag.parent, wanted)


def says_more(parent, wanted):
    return parent is not None and parent.name != "[document]" and is_english(parent, wanted)


def is_loose(text, wanted):
    inside = text.find_parent(lang="en") or text.find_parent(list(NOT_READ))
    return type(text) is NavigableString and not inside and says(text, wanted)


def says(text, wanted):
    return " ".join(text.split()) in wanted


__all__ = ["english_left", "mark_english"]
