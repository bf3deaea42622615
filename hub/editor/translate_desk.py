"""The desk of a translator: one page in one language, its texts, and what is laid beside each."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import Translation

from courses.translation.advice import LONGEST, terms_in, warnings
from courses.translation.desk import save_texts
from courses.translation.parts import BEHIND, DONE, MISSING, count_states, name_places, parts_of
from courses.translation.recall import recall
from hub.editor.translate_forms import PartForm, as_typed, prefix_of
from hub.languages import is_right_to_left
from hub.lib.machine import proposals
from hub.lib.word_diff import word_diff

TODO, ALL = "todo", "all"
SHOWN = {TODO: {BEHIND, MISSING}, BEHIND: {BEHIND}, MISSING: {MISSING}, ALL: {BEHIND, MISSING, DONE}}
PART_TEXT = re.compile(r"part-\d{1,12}-text")
LINE = 50  # letters in a line of a field
MOST = 300  # parts on one screen; the next ones come as these are done, or by the filter


class Desk:
    def __init__(self, translation, page, user):
        self.translation, self.page, self.user = translation, page, user
        self.language = translation.target_locale.language_code
        self.language_name = translation.target_locale.get_display_name()
        self.direction = "rtl" if is_right_to_left(self.language) else "ltr"
        self.permissions = page.permissions_for_user(user)

    @cached_property
    def parts(self):
        found = parts_of(self.translation)
        name_places(found, self.translation.source.specific_content_type.model_class())
        return found

    def part(self, part_id):
        """A part of this page. A part of any other page is none: Http404."""
        found = next((part for part in self.parts if str(part.id) == str(part_id)), None)
        if found is None:
            raise Http404
        return found

    @property
    def counts(self):
        counts = count_states(self.parts)
        return counts | {TODO: counts[BEHIND] + counts[MISSING], ALL: len(self.parts)}

    def refresh(self):
        """Read the texts again, after some were saved."""
        self.__dict__.pop("parts", None)

    @cached_property
    def lock(self):
        """Why she may not change the page now, in words; empty if she may."""
        lock = self.page.get_lock()
        return strip_tags(lock.get_message(self.user) or "") if lock and lock.for_user(self.user) else ""


def get_desk(request, translation_id):
    """The desk of a translation that goes on and whose page she may change; any other does not exist for her."""
    rows = Translation.objects.select_related("source__specific_content_type", "source__locale", "target_locale")
    translation = rows.filter(pk=translation_id).first()
    page = target_page(translation)
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return Desk(translation, page, request.user)


def target_page(translation):
    """The page that a translation makes; None if it was deleted or is no page."""
    model = translation and translation.source.specific_content_type.model_class()
    if not model or not hasattr(model, "permissions_for_user"):
        return None
    keys = {"translation_key": translation.source.object_id, "locale_id": translation.target_locale_id}
    return model.objects.filter(**keys).first()


# What she sent -----------------------------------------------------------------------------------------


@dataclass
class Taken:
    """What came of the texts she sent. `typed` ({part id: (text, base)}) is shown in the fields again; `left_over` are texts
    for parts that are gone, because the English has changed since she opened the page."""

    written: list = field(default_factory=list)
    typed: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)
    theirs: dict = field(default_factory=dict)
    left_over: list = field(default_factory=list)

    @property
    def is_refused(self):
        return bool(self.faults or self.theirs or self.left_over)


def read_typed(desk, data):
    """A Taken with what she typed, for a page that is shown again with nothing saved."""
    typed = {part.id: as_sent(form) for part, form in forms_of(desk, data)}
    return Taken(typed=typed, left_over=left_over(desk, data))


def forms_of(desk, data):
    """(Part, bound PartForm) of every part that was sent."""
    for part in desk.parts:
        if f"{prefix_of(part)}-base" in data:
            yield part, PartForm(data, part=part)


def as_sent(form):
    return form["text"].value() or "", form["base"].value()


def take_in(desk, data):
    """Save every text that can be saved; the rest comes back with its reason."""
    taken, texts = Taken(left_over=left_over(desk, data)), []
    for part, form in forms_of(desk, data):
        is_sound = form.is_valid()
        if is_sound and form.is_changed() and not desk.lock:
            texts.append((part, form.cleaned_data["text"], form.cleaned_data["base"]))
        elif not is_sound or form.is_changed():
            taken.typed[part.id] = as_sent(form)
            taken.faults[part.id] = [fault for faults in form.errors.values() for fault in faults] or [desk.lock]
    if texts:
        keep(desk, texts, taken)
    return taken


def keep(desk, texts, taken):
    saved = save_texts(translation=desk.translation, texts=texts, user=desk.user)
    taken.written, taken.theirs = saved.written, saved.changed_by_others
    # The mark of what another wrote stands beside it now: to save again is to choose her own.
    taken.typed |= {part.id: (as_typed(text), None) for part, text, _base in texts if part.id in taken.theirs}
    desk.refresh()


def left_over(desk, data):
    known = {f"{prefix_of(part)}-text" for part in desk.parts}
    sent = [(name, text) for name, text in data.items() if PART_TEXT.fullmatch(name) and name not in known]
    return [text[:LONGEST] for _name, text in sent if text.strip()]


# What she sees -----------------------------------------------------------------------------------------


@dataclass
class Card:
    """A part with everything that helps with it. `theirs` is what another saved meanwhile."""

    part: object
    text: str
    base: str
    faults: list
    warnings: list
    theirs: object
    was_written: bool
    terms: list
    matches: list
    proposal: str
    diff: list
    next_id: int | None = None

    @property
    def changed(self):
        day = date_format(localtime(self.part.older.changed_at), "DATE_FORMAT")
        return _("English, changed on %(day)s") % {"day": day}

    @property
    def terms_said(self):
        count = len(self.terms)
        words = ngettext("%(count)s term of the glossary", "%(count)s terms of the glossary", count)
        return words % {"count": count}

    @property
    def prefix(self):
        return prefix_of(self.part)

    @property
    def rows(self):
        return max(2, min(12, len(self.part.english) // LINE + 1))


def build_cards(desk, parts, taken=None, *, warned=()):
    """A Card for each of these parts; `warned` are the ids of those that were just saved."""
    taken = taken or Taken()
    matches = recall([part for part in parts if part.is_open], desk.translation)
    proposed = proposals([part.english for part in parts if part.is_open], desk.language)
    cards = [build_card(desk, part, taken, matches, proposed, warned) for part in parts]
    following = None
    for card in reversed(cards):
        card.next_id = following
        following = card.part.id if card.part.is_open else following
    return cards


def build_card(desk, part, taken, matches, proposed, warned):
    text, base = taken.typed.get(part.id, (None, None))
    said = warnings(part.english, part.text, desk.language) if part.id in warned and part.text else []
    return Card(
        part=part,
        text=as_typed(part.text) if text is None else text,
        base=base or part.base,
        faults=taken.faults.get(part.id, []),
        warnings=said,
        theirs=taken.theirs.get(part.id),
        was_written=part.id in warned,
        terms=terms_in(part.english, desk.language),
        matches=matches.get(part.id, []),
        proposal=proposed.get(part.english, "") if part.is_open else "",
        diff=word_diff(part.older.source_text, part.english) if part.older else [],
    )


def chosen_parts(desk, show, also=()):
    """The parts of a filter, and those that are shown whatever it says."""
    return [part for part in desk.parts if part.state in SHOWN[show] or part.id in also][:MOST]
