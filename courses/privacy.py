"""The courses' share of "My data"."""

from functools import partial

from django.db import transaction
from django.utils.translation import get_language
from wagtail.models import Page

from courses import cohort_privacy, enrolments
from courses.certificates.actions import delete_rows
from courses.certificates.codes import readable
from courses.models import (
    Answer,
    CalendarFeed,
    Certificate,
    Completion,
    Enrolment,
    EnrolmentChange,
    Goal,
    LessonPage,
    LessonProgress,
    Step,
)
from courses.pieces import plain_parts
from courses.questions.kinds import in_words
from courses.standing import rules_in_words
from courses.word import waiting

RECORDS = (Enrolment, LessonProgress, Completion, Answer, Goal, CalendarFeed)
KEYED = (Enrolment, LessonProgress, Completion, Answer, Goal)  # by the translation key of a kit


def export_person(user):
    """Everything kept about her in kits, in words: titles and texts in the language she reads it in, where the pages exist."""
    rows = {model: list(model.objects.filter(user=user).order_by("pk")) for model in RECORDS}
    titles, parts = titles_of(rows, get_language()), parts_of(rows[Answer], get_language())
    return {
        "kits": [enrolment_row(row, titles) for row in rows[Enrolment]],
        "enrolment_changes": [change_row(row, titles) for row in changes_of(user)],
        "lessons_done": [lesson_row(row, titles) for row in rows[LessonProgress]],
        "completed": [completion_row(row, titles) for row in rows[Completion]],
        "certificates": [certificate_row(row) for row in Certificate.objects.filter(user=user).order_by("pk")],
        "answers": [answer_row(row, titles, parts) for row in rows[Answer]],
        "goals": [goal_row(row, titles) for row in rows[Goal]],
        "steps": [step_row(row) for row in Step.objects.for_user(user).select_related("goal").order_by("pk")],
        "calendar": [{"made_at": row.made_at} for row in rows[CalendarFeed]],
        **cohort_privacy.export_person(user, lambda keys: titles_by_key(keys, get_language())),
    }


def changes_of(user):
    return EnrolmentChange.objects.filter(enrolment__user=user).select_related("enrolment").order_by("pk")


def in_her_language(pages, language):
    """The pages, those in her language last, then English: a dict made of them keeps these."""
    rank = {language: 2, "en": 1}
    return sorted(pages.select_related("locale"), key=lambda page: rank.get(page.locale.language_code, 0))


def titles_of(rows, language):
    """{translation key: title}: her language first, else English, else any."""
    keys = {row.kit_key for model in KEYED for row in rows[model]}
    keys |= {row.lesson_key for model in (LessonProgress, Answer) for row in rows[model]}
    keys |= {row.key for row in rows[Completion]}
    keys |= {row.last_lesson_key for row in rows[Enrolment]} - {None}
    return titles_by_key(keys, language)


def titles_by_key(keys, language):
    pages = Page.objects.filter(translation_key__in=keys)
    return {page.translation_key: page.title for page in in_her_language(pages, language)}


def parts_of(answers, language):
    """{id: part} of everything to answer in the lessons she answered in."""
    pages = LessonPage.objects.filter(translation_key__in={row.lesson_key for row in answers})
    return {part["id"]: part for page in in_her_language(pages, language) for part in plain_parts(page)}


def enrolment_row(row, titles):
    return {
        "kit": titles.get(row.kit_key, str(row.kit_key)),
        "begun": row.created_at,
        "state": row.get_state_display(),
        "since": row.state_at,
        "why": row.get_why_display(),
        "called": row.called,
        "line": row.line,
        "last_lesson": titles.get(row.last_lesson_key),
        "last_visit": row.last_at,
        "last_look": row.seen_at,
    }


def change_row(row, titles):
    """Who of the organisation did it is not told, as she does not tell them hers."""
    return {
        "kit": titles.get(row.enrolment.kit_key, str(row.enrolment.kit_key)),
        "before": dict(Enrolment.State.choices).get(row.before, ""),
        "after": row.get_after_display(),
        "why": row.get_why_display(),
        "done_at": row.at,
    }


def lesson_row(row, titles):
    return {"lesson": titles.get(row.lesson_key, str(row.lesson_key)), "done": row.done_at}


def completion_row(row, titles):
    return {
        "kit": titles.get(row.kit_key, str(row.kit_key)),
        "completed_part": titles.get(row.key, str(row.key)),
        "rules": rules_in_words(row.rules),
        "done_at": row.completed_at,
    }


# The parts of a certificate that she shows, as columns are called.
PARTS_SHOWN = {"name": "name_on_it", "kit": "kit", "date": "day", "hours": "hours", "topics": "topics"}


def certificate_row(row):
    return {
        "code": readable(row.code),
        "name_on_it": row.name,
        "kit": row.words.get(get_language(), row.words.get("en", {})).get("title", ""),
        "done": row.completed_on,
        "shown": {PARTS_SHOWN[name]: True for name in row.shown},
        "page_on": row.page_on,
        "state": row.get_state_display(),
        "reason": row.get_reason_display(),
        "asked_at": row.asked_at,
        "made_at": row.made_at,
    }


def answer_row(row, titles, parts):
    part = parts.get(str(row.block_id))
    return {
        "lesson": titles.get(row.lesson_key, str(row.lesson_key)),
        "part": part.get("title") or part.get("prompt") if part else str(row.block_id),
        "words": words_of(part, row.body) if part else row.body,
        "state": row.get_state_display(),
        "saved": row.created_at,
    }


def words_of(part, body):
    if part["kind"] != "checklist":
        return in_words(part, body)
    texts = {item["id"]: item["text"] for item in part["items"]}
    return {**body, "ticked": [texts.get(item, item) for item in body.get("ticked", [])]}


def goal_row(row, titles):
    return {"kit": titles.get(row.kit_key, str(row.kit_key)), "goal": row.text, "written_at": row.created_at}


def step_row(row):
    return {
        "goal": row.goal.text,
        "step": row.text,
        "due_on": row.due_on,
        "state": row.get_state_display(),
        "written_at": row.created_at,
        "edited_at": row.changed_at,
    }


@transaction.atomic
def erase_person(user):
    kits = enrolments.lock_kits_of(user=user)
    cohort_privacy.erase_person(user)
    delete_rows(Certificate.objects.filter(user=user))
    for model in reversed(RECORDS):
        model.objects.filter(user=user).delete()
    for kit_key in kits:
        enrolments.fill_places(kit_key=kit_key)
    transaction.on_commit(partial(waiting.forget_all_of, user.pk))
