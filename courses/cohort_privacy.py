"""What circles keep about a person: taken along, and erased."""

from django.db import transaction

from courses.cohorts import fill_places, lock_cohorts_of
from courses.models import Attendance, CohortSlip, CohortTrainer, Membership, PaperMark, SharedAnswer


def export_person(user, lesson_titles):
    """Tables about circles. `lesson_titles`: a function from keys of lessons to {key: title}."""
    marks = list(PaperMark.objects.filter(user=user).select_related("cohort").order_by("pk"))
    shares = shared_of(user)
    titles = lesson_titles({mark.lesson_key for mark in marks} | {row.answer.lesson_key for row in shares})
    return {
        "circles": [circle_row(row) for row in of(Membership, user)],
        "attendance": [attendance_row(row) for row in attendance_of(user)],
        "paper": [paper_row(row, titles) for row in marks],
        "shared": [shared_row(row, titles) for row in shares],
        "circle_slips": [{"circle": str(row.cohort), "made_at": row.made_at} for row in of(CohortSlip, user)],
        "held_circles": [
            {"circle": str(row.cohort), "held_part": row.get_part_display(), "until": row.until}
            for row in of(CohortTrainer, user)
        ],
    }


def of(model, user):
    return model.objects.filter(user=user).select_related("cohort").order_by("pk")


def attendance_of(user):
    rows = Attendance.objects.filter(membership__user=user).select_related("session__cohort")
    return rows.order_by("session__starts_at", "pk")


def circle_row(row):
    return {
        "circle": str(row.cohort),
        "called_in_circle": row.display_name,
        "shows_progress": row.shows_progress,
        "state": row.get_state_display(),
        "since": row.state_at,
        "begun": row.joined_at,
    }


def attendance_row(row):
    session = row.session
    return {"circle": str(session.cohort), "session": session.number, "day": session.starts_at, "present": row.present}


def shared_of(user):
    rows = SharedAnswer.objects.filter(membership__user=user).select_related("membership__cohort", "answer")
    return list(rows.prefetch_related("comments").order_by("pk"))


def shared_row(row, titles):
    return {
        "circle": str(row.membership.cohort),
        "lesson": titles.get(row.answer.lesson_key, str(row.answer.lesson_key)),
        "text": row.answer.body["text"],
        "since": row.shared_at,
        "comments": [comment.text for comment in row.comments.all()],
    }


def paper_row(row, titles):
    lesson = titles.get(row.lesson_key, str(row.lesson_key))
    return {"circle": str(row.cohort), "lesson": lesson, "done": row.done_on, "entered_at": row.entered_at}


@transaction.atomic
def erase_person(user):
    """Her places in circles become free; slips that name her account go, too."""
    cohorts = lock_cohorts_of(user=user)
    for model in (PaperMark, Membership, CohortSlip, CohortTrainer):
        model.objects.filter(user=user).delete()
    for cohort in cohorts:
        fill_places(cohort)
