"""What a translator does to a page: save texts, and have the page made anew from them, as a draft or for readers."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from courses.translation.flat import mark


@dataclass
class Saved:
    """What came of saving: ids of the parts that were written, and {part id: row} of those another has changed meanwhile."""

    written: list = field(default_factory=list)
    changed_by_others: dict = field(default_factory=dict)


@transaction.atomic
def save_texts(*, translation, texts, user):
    """Write [(Part, text, base)]. `base` marks the text that she saw: what differs from it now is not overwritten."""
    saved = Saved()
    Translation.objects.select_for_update().get(pk=translation.pk)
    rows = current_rows(translation, [part for part, _text, _base in texts])
    for part, text, base in texts:
        row = rows.get((part.context_id, part.string_id))
        there = row.data if row else ""
        if there == text and not (row and row.has_error):
            continue
        if mark(there) != base:
            saved.changed_by_others[part.id] = row
            continue
        write(translation, part, text, user)
        saved.written.append(part.id)
    if saved.written:
        Translation.objects.filter(pk=translation.pk).update(translations_last_updated_at=timezone.now())
    return saved


def current_rows(translation, parts):
    """{(context id, string id): StringTranslation} of these parts as the database has them now."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__in=[part.context_id for part in parts]
    )
    return {(row.context_id, row.translation_of_id): row for row in rows.select_related("last_translated_by")}


def write(translation, part, text, user):
    StringTranslation.objects.update_or_create(
        translation_of_id=part.string_id,
        locale_id=translation.target_locale_id,
        context_id=part.context_id,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )


# The page ----------------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(*, translation, user):
    """A new revision of the page, made of what is translated now; readers see nothing of it. Raises ValidationError.

    Translation.save_target would write into the live page even for a draft.
    """
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    kept = Page.objects.values("slug", "depth", "alias_of_id").get(pk=page.pk)
    if kept["depth"] == 2:  # a home page has a slug of its own in each language
        page.slug = kept["slug"]
    if kept["alias_of_id"]:
        Page.objects.filter(pk=page.pk).update(alias_of=None)
        page.alias_of = None
    page.draft_title = page.title
    revision = page.save_revision(user=user, log_action=True)
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    Translation.objects.filter(pk=translation.pk).update(destination_last_updated_at=timezone.now())
    return revision


@transaction.atomic
def publish_page(*, translation, user):
    """Show readers the page as it is translated now; what has no translation shows its older one, or English."""
    revision = save_draft(translation=translation, user=user)
    revision.publish(user=user)
    return revision


@transaction.atomic
def submit_page(*, translation, user):
    """Save a draft and start the workflow of the page with it. Raises ValidationError."""
    revision = save_draft(translation=translation, user=user)
    page = revision.as_object()
    return page.get_workflow().start(page, user)


@transaction.atomic
def decide(*, page, user, action, comment=""):
    """Answer the review that a page waits for: `action` is one that its task offers."""
    state = page.current_workflow_task_state
    return state.task.specific.on_action(state, user, action, comment=comment)
