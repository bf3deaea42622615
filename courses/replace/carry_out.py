"""Writing what was ticked: each page, term or resource in a transaction of its own, and never over what somebody changed meanwhile."""

from itertools import groupby
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from courses.replace.hits import ENTRIES, find, rewrite
from courses.replace.matching import digest, replaced, spots


class Done(NamedTuple):
    """What became of one page, term or resource: `state` is published, draft, or why nothing was written; `count` hits written."""

    title: str
    state: str
    count: int


def carry_out(*, wanted, language, chosen, by, publish):
    """Write the hits whose ids are in `chosen`. Returns [Done], in the order shown."""
    hits = [hit for hit in find(wanted, language) if hit.id in chosen]
    done = [
        write(owner, list(group), wanted, language, by, publish)
        for owner, group in groupby(hits, lambda hit: hit.owner)
    ]
    missed = len(chosen) - len(hits)
    if missed > 0:
        done.append(Done(_("Changed by somebody meanwhile, and left as it is now"), _("not written"), missed))
    return done


def write(owner, hits, wanted, language, by, publish):
    kind, pk = owner
    title = hits[0].title
    if kind in ENTRIES:
        return write_entry(kind, pk, hits, wanted, language, by)
    page = Page.objects.get(pk=pk).specific
    rights = page.permissions_for_user(by)
    if not rights.can_edit():
        return Done(title, _("not written: you may not change this page"), 0)
    if rights.page_locked():
        return Done(title, _("not written: this page is locked"), 0)
    goes_live = publish and page.live and not page.has_unpublished_changes and rights.can_publish()
    writer = write_translation if kind == "translation" else write_page
    try:
        with transaction.atomic():
            count = writer(page, hits, wanted, by, goes_live)
    except ValidationError as fault:
        return Done(title, _("not written: %(why)s") % {"why": " ".join(fault.messages)}, 0)
    return Done(title, _("published") if goes_live else _("draft"), count)


def numbers_of(hits):
    """{name of a text: (what it said, {which hits})}."""
    found = {}
    for hit in hits:
        name, number, said = hit.id.rsplit(":", 2)
        found.setdefault(name, (said, set()))[1].add(int(number))
    return found


def rewritten(text, wanted, numbers, *, markup):
    return replaced(text, [spot for number, spot in enumerate(spots(text, wanted, markup=markup)) if number in numbers])


def write_page(page, hits, wanted, by, goes_live):
    chosen, count = numbers_of(hits), 0
    page = page.get_latest_revision_as_object()

    def change(number, field, text):
        nonlocal count
        said, numbers = chosen.get(f"p{page.pk}.{number}", ("", ()))
        if said != digest(text):
            return text
        count += len(numbers)
        return rewritten(text, wanted, numbers, markup=field.kind in {"rich", "prose"})

    rewrite(page, change)
    revision = page.save_revision(user=by, log_action=True)
    if goes_live:
        transaction.on_commit(lambda: revision.publish(user=by))
    return count


def write_translation(page, hits, wanted, by, goes_live):
    chosen, count = numbers_of(hits), 0
    rows = StringTranslation.objects.select_for_update().filter(pk__in=[int(name[1:]) for name in chosen])
    for row in rows:
        said, numbers = chosen[f"t{row.pk}"]
        if said == digest(row.data):
            row.data, row.last_translated_by = rewritten(row.data, wanted, numbers, markup=True), by
            row.translation_type, row.tool_name = StringTranslation.TRANSLATION_TYPE_MANUAL, ""
            row.save()
            count += len(numbers)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale_id)
    translation.save_target(user=by, publish=goes_live)
    return count


@transaction.atomic
def write_entry(kind, pk, hits, wanted, language, by):
    """Glossary and library have no drafts: what is written is read at once."""
    model, _names = ENTRIES[kind]
    row = model.objects.select_for_update().get(pk=pk)
    count = 0
    for name, (said, numbers) in numbers_of(hits).items():
        field = f"{name.partition('.')[2]}_{language}"
        text = getattr(row, field) or ""
        new = rewritten(text, wanted, numbers, markup=False)
        if said == digest(text) and len(new) <= (row._meta.get_field(field).max_length or len(new)):
            setattr(row, field, new)
            count += len(numbers)
    row.save()
    log(instance=row, action="wagtail.edit", user=by)
    return Done(hits[0].title, _("published") if count else _("not written: the text would be too long"), count)
