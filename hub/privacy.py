"""My data: everything the hub keeps about one person, in one place. Each app answers for its own tables."""

import io
import json
import zipfile
from datetime import date, datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

import courses.privacy
import forums.privacy
import hub.accounts.privacy
import hub.notifications.privacy
from courses.forms import Screen
from forums.models import ReportReason
from hub.accounts.devices import device_in_words

APPS = [hub.accounts.privacy, hub.notifications.privacy, courses.privacy, forums.privacy]

# A key of an export, in plain words. Titles of tables first, then their columns.
WORDS = {
    "account": _("Your account"),
    "email_addresses": _("E-mail addresses"),
    "sessions": _("Where you are signed in"),
    "second_steps": _("Second step when you sign in"),
    "edits": _("Pages you edited"),
    "events": _("What happened with your account"),
    "kits": _("Kits you enrolled in"),
    "enrolment_changes": _("What happened with your enrolments"),
    "lessons_done": _("Lessons you marked as done"),
    "completed": _("Modules and kits you completed"),
    "completed_part": _("module or kit"),
    "certificates": _("Your certificates"),
    "code": _("code"),
    "name_on_it": _("name on it"),
    "hours": _("hours"),
    "topics": _("topics"),
    "page_on": _("the page behind the code can be read"),
    "rules": _("what was asked for"),
    "last_look": _("last look at My learning"),
    "answers": _("What you wrote, ticked and chose in lessons"),
    "goals": _("The goals of your action plan"),
    "steps": _("The steps of your action plan"),
    "calendar": _("Your private calendar address"),
    "circles": _("Your circles"),
    "circle": _("circle"),
    "called_in_circle": _("your name in the circle"),
    "shows_progress": _("your trainer sees your progress"),
    "attendance": _("Sessions of your circles"),
    "session": _("session"),
    "day": _("day"),
    "present": _("present"),
    "paper": _("Lessons done on paper, as your trainer entered them"),
    "entered_at": _("entered"),
    "shared": _("Answers you share with the trainers of a circle"),
    "comments": _("what they wrote to you"),
    "circle_slips": _("Invitations to circles"),
    "held_circles": _("Circles you hold as a trainer"),
    "held_part": _("your part in it"),
    # Translators: until which day she stands in for another trainer.
    "until": _("until"),
    "aliases": _("Your names in the forums"),
    "posts": _("Your posts"),
    "read": _("How far you have read in threads"),
    "read_forums": _("How far you have read in forums"),
    "blocked": _("Aliases you do not read"),
    "warning": _("words of a moderator"),
    "marked_posts": _("Posts you kept or said thank you for"),
    "reading_languages": _("Languages you read in the forums"),
    "shown": _("shown"),
    "languages": _("languages"),
    "pictures": _("Your pictures in posts"),
    "picture": _("file"),
    "seen": _("what can be seen"),
    "reports": _("What you reported"),
    "asked": _("Who asked about your alias"),
    "asked_by": _("asked by"),
    "asked_at": _("asked"),
    "agreed_by": _("agreed to by"),
    "agreed_at": _("agreed"),
    "looks": _("who looked at your name"),
    "news": _("What you were told"),
    "told": _("what"),
    "read_at": _("read"),
    "mailed_at": _("sent by e-mail"),
    "mail_choices": _("How you get e-mail"),
    # Translators: the column that says for which forum or thread; empty for the whole hub.
    "about": _("for"),
    "mail": _("e-mail"),
    "titles": _("titles in the e-mail"),
    "reminders": _("When you want to be reminded"),
    "when": _("when"),
    "last_reminder": _("last reminder"),
    # Translators: the column that says whether reminders have ended.
    "ended": _("ended by themselves"),
    "quiet_from": _("no e-mail from (hour)"),
    "quiet_until": _("no e-mail until (hour)"),
    "user_name": _("user name"),
    "email": _("e-mail address"),
    "language": _("language"),
    "time_zone": _("time zone"),
    "made_at": _("made"),
    "last_sign_in": _("last sign-in"),
    "unused_recovery_codes": _("unused recovery codes"),
    "roles": _("roles"),
    "organisation": _("organisation"),
    "helped_recovery": _("two people may help you back in"),
    "by": _("by whom"),
    "verified": _("confirmed"),
    "primary": _("in use"),
    "created_at": _("begun"),
    "user_agent": _("browser"),
    "type": _("kind"),
    "passkey_name": _("Name of this passkey"),
    "last_used_at": _("last used"),
    "page": _("page"),
    "action": _("what was done"),
    "done_at": _("when"),
    "kit": _("kit"),
    "lesson": _("lesson"),
    "begun": _("begun"),
    "since": _("since"),
    "why": _("why"),
    "called": _("name you gave the organisation"),
    "line": _("line to the organisation"),
    "before": _("before"),
    "after": _("after"),
    "last_lesson": _("last lesson"),
    "last_visit": _("last visit"),
    "done": _("done"),
    "part": _("part of the lesson"),
    "words": _("words"),
    "how": _("how"),
    "ticked": _("ticked"),
    "chosen": _("chosen"),
    "matched": _("matched"),
    "order": _("your order"),
    "given": _("your answer"),
    "drawn": _("questions that were drawn"),
    "passed": _("passed"),
    "rated": _("where you stood"),
    "goal": _("goal"),
    "step": _("step"),
    "due_on": _("by when"),
    "state": _("state"),
    "saved": _("saved"),
    "forum": _("forum"),
    "alias": _("alias"),
    "rules_accepted_at": _("house rules accepted"),
    "muted_until": _("paused until"),
    "banned_until": _("excluded until"),
    "thread": _("thread"),
    "thread_id": _("number of the thread"),
    "text": _("text"),
    "written_at": _("written"),
    "edited_at": _("changed"),
    "older_versions": _("older versions"),
    "replaced_at": _("replaced"),
    "last_post_id": _("number of the last post read"),
    "post_id": _("number of the post"),
    "following": _("followed"),
    "draft": _("not sent yet"),
    # Translators: the column that says whether she kept a post or said thank you for it.
    "mark": _("mark"),
    "reason": _("reason"),
    "note": _("note"),
}

# Columns that hold a word of ours, and what that is in hers.
KEPT_AS = {
    "user_agent": device_in_words,
    "language": lambda code: settings.LANGUAGE_NAMES.get(code, code),
    "how": lambda where: dict(Screen.choices).get(where, where),
    "reason": lambda reason: dict(ReportReason.choices).get(reason, reason),
}


def export_person(user):
    """All tables of all apps: dict of table name to a list of flat dicts."""
    tables = {}
    for app in APPS:
        tables |= app.export_person(user)
    return tables


@transaction.atomic
def erase_person(*, user):
    """Erase everything of a person. The account goes last: what the apps keep without her must first be cut loose."""
    for app in reversed(APPS):
        app.erase_person(user)


def in_words(tables):
    """The tables for reading: list of dicts `title`, `columns`, `rows` (lists of cells); empty tables are left out."""
    return [
        {
            "title": WORDS.get(name, name),
            "columns": [capfirst(WORDS.get(column, column)) for column in rows[0]],
            "rows": [cells(row) for row in rows],
        }
        for name, rows in tables.items()
        if rows
    ]


def cells(row):
    """[(name of the column, value), …]"""
    return [(capfirst(WORDS.get(column, column)), readable_in(column, value)) for column, value in row.items()]


def readable_in(column, value):
    return KEPT_AS[column](value) if value and column in KEPT_AS else readable(value)


def readable(value):
    """A value as she would write it down: times in her zone, yes and no, lists and dicts as lines of text."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "\n".join(
            f"{capfirst(WORDS.get(key, key))}: {readable_in(key, part)}"
            # Her words first. PostgreSQL keeps no order of keys.
            for key, part in sorted(value.items(), key=lambda item: (item[0] != "text", item[0]))
            if part not in ("", None)
        )
    if isinstance(value, list | tuple):
        return "\n".join(str(readable(part)) for part in value)
    return "" if value is None else value


def export_zip(user):
    """One file to take along: the data for machines and a page for people."""
    tables = export_person(user)
    page = render_to_string("my_data_file.html", {"tables": in_words(tables)})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.json", json.dumps(tables, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("notes.html", page)
        for name, content in forums.privacy.export_files(user):
            archive.writestr(name, content)
    return buffer.getvalue()
