"""Everything a person can send, and the worst she or somebody else could send in its place.

Each form of the hub is listed once, in the file of its app, with what a good answer looks like. Whatever comes instead: no error of
ours, a status that says what happened, her words still on the page, and nothing odd in the database. `DATABASE_URL=postgres://…`
asks PostgreSQL, which takes no NUL and cuts no long text.

A file of forms reads:

    class TestForms(TakesBadInput):
        forms = [Form("sign-up", "accounts/signup/", {"username": "zora"}, who="visitor"), …]
"""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from courses.models import (
    Answer,
    Certificate,
    Cohort,
    CohortNotice,
    CohortSession,
    Enrolment,
    EnrolmentTerms,
    Goal,
    LessonProgress,
    Membership,
    ShareComment,
    Step,
)
from forums.models import ForumTag, ModerationEntry, Post, Report, SpaceAlias, Thread
from hub.accounts.models import Organisation

NASTY = {
    "nothing": "",
    "spaces": " \t\n \u3000",
    "NUL": "a\0b\0",
    "bidi override": "abc\u202edef\u2066ghi",
    "100 KB": "word " * 20_000,
    "one line of 100 KB": "w" * 100_000,
    "letters that grow": "\ufdfa" * 40,
    "markup": "\"'><script>alert(1)</script>{{ 7 }}%s%(x)d",
    "not UTF-8": b"abc\xff\xfe\xed\xa0\x80",
    "a huge number": "9" * 5_000,
    "an id of nobody": str(UUID(int=1)),
}
ALTERED = ["\0", "\u202e", "\u2066"]
STATUSES = {200, 302, 303, 403, 404, 422, 429}
SECRET = {"password", "password1", "oldpassword"}


@dataclass(frozen=True)
class Form:
    name: str
    path: str  # after /en/; {…} are ids of the fixture `world`
    data: dict = field(default_factory=dict)
    who: str = "learner"
    hidden: frozenset = frozenset()  # fields she does not see, so that nothing of them is shown again
    refused: bool = False  # `data` is wrong on purpose
    empty_counts: bool = False  # a button alone; no tick at all; which button was pressed; answered on the sign-in page

    def filled(self, world):
        return {name.format(**world): value.format(**world) for name, value in self.data.items()}

    def address(self, world):
        return f"/en/{self.path.format(**world)}"


def stored_texts():
    """Everything that these forms write, as one text."""
    columns = [
        (get_user_model(), "username"),
        (Answer, "body"),
        (Certificate, "name"),
        (Goal, "text"),
        (Step, "text"),
        (Enrolment, "called"),
        (Enrolment, "line"),
        (EnrolmentTerms, "code"),
        (Cohort, "title"),
        (ShareComment, "text"),
        (CohortNotice, "text"),
        (CohortSession, "place"),
        (Membership, "display_name"),
        (Organisation, "name"),
        (SpaceAlias, "name"),
        (Thread, "title"),
        (Post, "source"),
        (Report, "note"),
        (ModerationEntry, "reason"),
        (ForumTag, "name_en"),
    ]
    return "".join(
        str(value) for model, name in columns for value in model.objects.order_by("pk").values_list(name, flat=True)
    )


def stored():
    return stored_texts(), Enrolment.objects.active().count(), LessonProgress.objects.count()


class TakesBadInput:
    """The tests that every form of `forms` passes."""

    forms = []

    def pytest_generate_tests(self, metafunc):
        metafunc.parametrize("form", self.forms, ids=lambda form: form.name)

    def test_the_good_answer_is_taken(self, send, form):
        assert send(form).status_code in ({422} if form.refused else {200, 302, 303})

    def test_bad_input_is_refused_in_words_or_taken_cleaned(self, no_limits, send, form):
        for name in form.data:
            for nasty, value in NASTY.items():
                with transaction.atomic():
                    check_bad_input(form, name, nasty, value, send(form, **{name: value}))
                    transaction.set_rollback(True)  # the next one meets the same hub

    def test_an_empty_post_changes_nothing_and_says_so(self, world, send, form):
        if not form.data or form.empty_counts:
            return
        before = stored()
        response = send(Form(form.name, form.path, {}, form.who))
        assert response.status_code == 422, form.name
        assert stored() == before

    @pytest.mark.any_database
    def test_a_session_that_ended_while_she_wrote_loses_nothing(self, world, form):
        if form.who == "visitor":
            return
        data = form.filled(world)
        response = Client().post(form.address(world), data)
        if form.path.startswith("accounts/") and response.status_code == 302:
            return  # allauth's own pages hold a passphrase or an address, and nothing that was written
        assert response.status_code == 403
        assert all(escape(value) in response.content.decode() for name, value in data.items() if name not in SECRET)

    @pytest.mark.any_database
    def test_a_form_without_its_token_is_shown_again_and_not_taken(self, world, send, form):
        before = stored()
        assert send(form, Client(enforce_csrf_checks=True)).status_code == 403
        assert stored() == before


def check_bad_input(form, name, nasty, value, response):
    page = response.content.decode()
    assert response.status_code in STATUSES, (name, nasty, response.status_code)
    assert "<script>alert" not in page
    if response.status_code == 422 and isinstance(value, str) and not name.startswith("action"):
        assert_said_and_kept(form, name, value, page)
    assert not any(character in stored_texts() for character in ALTERED), (name, nasty)


def assert_said_and_kept(form, name, value, page):
    said = any(mark in page for mark in ("data-error-summary", "field-error", '"errors"'))
    assert said or form.name == "done", f"{name}: refused without a word"
    if name in SECRET:
        assert not value.strip() or escape(value) not in page
    elif name not in form.hidden and value.strip():
        assert escape(value) in page or value.strip() in page, f"{name}: her words are gone"
