"""The courses' share of "My data"."""

from django.db import transaction
from wagtail.models import Page

from courses.models import Answer, Enrolment, LessonProgress

RECORDS = (Enrolment, LessonProgress, Answer)


def export_person(user):
    """Everything kept about her in kits, with titles in her language where the pages still exist; ready for JSON."""
    rows = {model: list(model.objects.filter(user=user).order_by("pk")) for model in RECORDS}
    titles = titles_of(rows, user.language)
    return {
        "kits": [enrolment_row(row, titles) for row in rows[Enrolment]],
        "lessons_done": [
            {"lesson": titles.get(row.lesson_key, str(row.lesson_key)), "done": row.done_at.isoformat()}
            for row in rows[LessonProgress]
        ],
        "answers": [answer_row(row, titles) for row in rows[Answer]],
    }


def titles_of(rows, language):
    """{translation key: title}: her language first, else English, else any."""
    keys = {row.kit_key for found in rows.values() for row in found}
    keys |= {row.lesson_key for model in (LessonProgress, Answer) for row in rows[model]}
    keys |= {row.last_lesson_key for row in rows[Enrolment]} - {None}
    pages = Page.objects.filter(translation_key__in=keys)
    found = pages.values_list("locale__language_code", "translation_key", "title")
    rank = {language: 2, "en": 1}
    return {key: title for _code, key, title in sorted(found, key=lambda row: rank.get(row[0], 0))}


def enrolment_row(row, titles):
    return {
        "kit": titles.get(row.kit_key, str(row.kit_key)),
        "begun": row.created_at.isoformat(),
        "left": row.left_at.isoformat() if row.left_at else None,
        "last_lesson": titles.get(row.last_lesson_key),
        "last_visit": row.last_at.isoformat() if row.last_at else None,
    }


def answer_row(row, titles):
    return {
        "lesson": titles.get(row.lesson_key, str(row.lesson_key)),
        "part": str(row.block_id),
        "words": row.body,
        "state": row.state,
        "saved": row.created_at.isoformat(),
    }


@transaction.atomic
def erase_person(user):
    for model in reversed(RECORDS):
        model.objects.filter(user=user).delete()
