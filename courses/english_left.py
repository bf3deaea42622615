"""English in a translated page, where a text has no translation yet: marked for those who read and for those who listen.

In a body the texts are looked for in the finished markup, so that a mark stands exactly on what is English, in every kind of block.
A title or an aim goes from place to place before it is shown: it is an `English` then, a text like any other, and templates mark it.
"""

from collections import defaultdict

from bs4 import BeautifulSoup, NavigableString
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, TranslationSource

from courses.models.freshness import TranslationState
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
    word.string = in_english()
    tag.insert(0, word, " ")


def in_english():
    # Translators: stands before a sentence that is not translated yet and is shown in English.
    return _("in English")


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


# A page's own texts --------------------------------------------------------------------------------------


class English(str):
    """A text of a translated page that is not translated yet."""

    __slots__ = ()


def marked(text):
    """The text for a template, with lang="en" and the quiet word when it is English."""
    if not isinstance(text, English):
        return text
    mark = '<span lang="en"><span class="lang-mark" lang="{}">{}</span> {}</span>'
    return format_html(mark, get_language(), in_english(), str(text))


def told(text, english):
    """The text as it is, or as English if it is one of `english`."""
    return English(text) if says(text, english) else text


def own_english(keys, language):
    """{translation key: texts outside the bodies that were never translated}. One statement, two where there are any; none for English."""
    if language == "en":
        return {}
    states = TranslationState.objects.filter(key__in=keys, locale__language_code=language).exclude(missing=0)
    parts = dict(states.values_list("key", "parts"))
    if not parts:
        return {}
    rows = StringSegment.objects.filter(source__object_id__in=parts).exclude(context__path__startswith="body.")
    found = defaultdict(set)
    for key, path, text in rows.values_list("source__object_id", "context__path", "string__data"):
        _behind, missing = parts[key].get(path.rpartition(".")[2], (0, 0))
        if missing:
            found[key].add(plain(text))
    return found


def tell_english(pages, language):
    """Make `title`, `aim` and `lead` of these pages English where they are, and note in `english` what else is."""
    found = own_english([page.translation_key for page in pages], language)
    for page in pages:
        page.english = found.get(page.translation_key, ())
        for name in {"title", "aim", "lead"} & set(vars(page)) if page.english else ():
            setattr(page, name, told(getattr(page, name), page.english))
    return pages
