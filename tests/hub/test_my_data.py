"""My data: she sees all of it, takes it along, and erases it."""

import io
import json
import zipfile
from datetime import date
from itertools import chain
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from courses.cohorts import join, make_cohort
from courses.enrolments import enrol
from courses.models import Answer, CalendarFeed, Completion, Goal, LessonProgress, PaperMark, Step
from forums.models import (
    Block,
    Forum,
    ForumRead,
    Post,
    PostMark,
    PostPicture,
    PostVersion,
    ReadingLanguages,
    Report,
    SpaceAlias,
    Thread,
    ThreadRead,
    Unmasking,
    UnmaskingLook,
)
from hub.accounts.actions import make_recovery_codes
from hub.accounts.events import note
from hub.accounts.models import Organisation, User
from hub.notifications.actions import choose_mail, tell
from hub.notifications.reminders import choose_reminder
from hub.privacy import WORDS, erase_person, export_person, in_words
from tests.certificates import certificate_of
from tests.circles import let_share
from tests.conftest import PASSPHRASE

# Every key to a person in the whole database: what she sees and takes along, and why the rest is not hers to take.
# All of them let go of her when she erases everything.
EXPORTED = {
    "account.EmailAddress.user",
    "courses.Answer.user",
    "courses.Enrolment.user",
    "courses.LessonProgress.user",
    "courses.Completion.user",
    "courses.Certificate.user",
    "courses.Goal.user",
    "courses.CalendarFeed.user",
    "courses.Membership.user",
    "courses.PaperMark.user",
    "courses.CohortSlip.user",
    "courses.CohortTrainer.user",
    "forums.Post.author",
    "forums.Report.reporter",
    "forums.SpaceAlias.user",
    "forums.Block.user",
    "forums.ForumRead.user",
    "forums.PostMark.user",
    "forums.ThreadRead.user",
    "forums.PostPicture.owner",
    "forums.ReadingLanguages.user",
    "notifications.Notification.user",
    "notifications.Outbox.user",
    "notifications.Preference.user",
    "notifications.Reminder.user",
    "mfa.Authenticator.user",
    "usersessions.UserSession.user",
    "wagtailcore.PageLogEntry.user",
    "accounts.User_groups.user",
    "accounts.AccountEvent.user",
}
NOT_EXPORTED = {
    "courses.ForgottenAnswer.user": "ids without words, so that a late copy does not bring back what she deleted; thirty days",
    "accounts.RecoveryCode.user": "digests only; the number of unused ones is exported",
    "accounts.HelpedRecovery.user": "digests only; what was done with them is among the events",
    "accounts.HelpedRecovery.started_by": "what she did as staff for somebody else; emptied",
    "accounts.HelpedRecovery.approved_by": "what she did as staff for somebody else; emptied",
    "accounts.RoleInvitation.made_by": "what she did as staff; emptied",
    "accounts.RoleInvitation.used_by": "her role is exported, and the day is among the events; emptied",
    "forums.Unmasking.asked_by": "what she did as staff; emptied. Her user name stays in the log that the member reads",
    "forums.Unmasking.agreed_by": "what she did as staff; emptied. Her user name stays in the log that the member reads",
    "accounts.AccountEvent.actor": "an event of somebody else's; emptied",
    "courses.EnrolmentChange.by": "what she did as staff for somebody else; emptied",
    "courses.Cohort.made_by": "what she did as staff; emptied. The circles she holds are exported",
    "courses.CohortNotice.made_by": "what she did as staff; emptied",
    "courses.ShareComment.by": "what she did as staff; emptied. The one it was written to has the words",
    "courses.CohortSlip.made_by": "what she did as staff; emptied",
    "courses.PaperMark.entered_by": "what she did as staff for somebody else; emptied",
    "courses.EnrolmentTerms.changed_by": "what she did as staff; emptied",
    "courses.EnrolmentInvitation.made_by": "what she did as staff; emptied",
    "courses.EnrolmentInvitation.used_by": "that she handed one in is among her enrolments' changes; emptied",
    "accounts.User_user_permissions.user": "never given to a person, only to groups",
    # What an editor does in Wagtail: her work for the partner. The key is emptied or the row deleted with the account.
    "wagtailcore.ModelLogEntry.user": "an editor's work log without her words; emptied by erasing",
    "wagtailcore.Page.owner": "an editor's public page, which stays; emptied",
    "wagtailcore.Page.locked_by": "an editor's lock; emptied",
    "wagtailcore.Revision.user": "an editor's public page; emptied",
    "wagtailcore.WorkflowState.requested_by": "an editor's request; emptied",
    "wagtailcore.TaskState.finished_by": "an editor's review; emptied",
    "wagtailcore.Comment.user": "an editor's remark on a page; deleted",
    "wagtailcore.Comment.resolved_by": "an editor's remark; emptied",
    "wagtailcore.CommentReply.user": "an editor's remark; deleted",
    "wagtailcore.PageSubscription.user": "which pages an editor follows; deleted",
    "wagtailcore.UploadedFile.uploaded_by_user": "a half-finished upload; emptied",
    "wagtailimages.Image.uploaded_by_user": "a public picture; emptied",
    "wagtaildocs.Document.uploaded_by_user": "a public file; emptied",
    "wagtailadmin.EditingSession.user": "lives for minutes; deleted",
    "wagtailusers.UserProfile.user": "language and looks of the editor; deleted",
    "wagtailadmin.FormState.user": "a form of the editor, kept for minutes; deleted",
    "courses.TranslationState.last_by": "a public translation; emptied",
    "courses.TextImport.user": "which file of public translations she brought in; emptied. The pages are among her edits",
    "wagtail_localize.SegmentOverride.last_translated_by": "a public translation; emptied",
    "wagtail_localize.StringTranslation.last_translated_by": "a public translation; emptied",
}


def keys_to_persons():
    models = apps.get_models(include_auto_created=True)
    fields = chain.from_iterable(model._meta.get_fields() for model in models)
    for field in fields:
        if field.concrete and field.is_relation and field.related_model is User and not field.many_to_many:
            yield f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}", field


def test_every_key_to_a_person_is_taken_care_of():
    found = {name for name, _ in keys_to_persons()}
    assert found == EXPORTED | set(NOT_EXPORTED)


def test_every_key_lets_go_of_an_erased_person():
    # What neither cascades nor is emptied by the database layer must be emptied by erase_person.
    emptied_by_hand = {"wagtailcore.PageLogEntry.user", "wagtailcore.ModelLogEntry.user"}
    holding = {
        name
        for name, field in keys_to_persons()
        if field.remote_field.on_delete.__name__ not in {"CASCADE", "SET_NULL"}
    }
    assert holding == emptied_by_hand


@pytest.fixture
def full(learner):
    make_recovery_codes(user=learner, seed="seed")
    EmailAddress.objects.create(user=learner, email="e@example.org", primary=True)
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(learner.pk),
        label="learner",
        action="wagtail.create",
        timestamp=timezone.now(),
        user=learner,
    )
    return learner


def test_she_sees_her_account_in_words(client, full):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    page = client.get("/en/my/data/")
    tables = {str(table["title"]): table["rows"] for table in page.context["tables"]}
    assert tables["Your account"][0][0] == ("User name", "learner")
    assert tables["E-mail addresses"] == [[("E-mail address", "e@example.org"), ("Confirmed", "no"), ("In use", "yes")]]
    assert len(tables["Where you are signed in"]) == 1
    assert "no-store" in page.headers["Cache-Control"]


def fill_everything(user):
    """One row at least in every table that is exported."""
    key = uuid4()
    enrol(user=user, kit_key=key)
    LessonProgress.objects.create(user=user, kit_key=key, lesson_key=key)
    Completion.objects.create(user=user, kit_key=key, key=key, rules={"lessons": [4, 4], "checks": [2, 3]})
    certificate_of(user, key)
    Answer.objects.create(
        user=user, kit_key=key, lesson_key=key, block_id=key, client_id=key, body={"text": "My week", "how": "screen"}
    )
    goal = Goal.objects.create(user=user, kit_key=key, text="My goal")
    Step.objects.create(goal=goal, text="My step", due_on=date(2027, 3, 31))
    CalendarFeed.objects.create(user=user, digest="digest")
    fill_circles(user, key)
    forum = Forum.objects.create(slug="forum", name="Forum")
    alias = SpaceAlias.objects.create(user=user, forum=forum, name="Linden")
    thread = Thread.objects.create(forum=forum, alias=alias, title="A question")
    post = Post.objects.create(thread=thread, author=user, alias=alias, source="My words", html="<p>My words</p>")
    PostVersion.objects.create(post=post, source="My first words", html="")
    ThreadRead.objects.create(user=user, thread=thread, last_post_id=post.pk)
    ForumRead.objects.create(user=user, forum=forum, following=True)
    PostMark.objects.create(user=user, post=post, kind=PostMark.Kind.KEPT)
    Block.objects.create(user=user, alias=alias)
    sizes = {"width": 40, "height": 30, "small_width": 40, "small_height": 30}
    PostPicture.objects.create(owner=user, post=post, alt="A bridge", **sizes)
    ReadingLanguages.objects.create(user=user, show="fold", languages="en el")
    names = {"asked_name": "first", "agreed_name": "second", "agreed_at": timezone.now()}
    asked = Unmasking.objects.create(alias=alias, reason="A threat", expires_at=timezone.now(), **names)
    UnmaskingLook.objects.create(unmasking=asked, by_asker=True)
    Report.objects.create(post=post, reporter=user, reason="other", note="My note")
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key="key")
    Authenticator.objects.create(user=user, type="totp", data={})
    choose_mail(user=user, how="now")
    choose_reminder(user=user, when="away")
    tell(kind="reply", recipients=[user.pk], context={"forum": forum.pk, "thread": thread.pk}, path="", key="post:0")
    note(user=user, kind="help_started", actor=user)
    page = Page.get_first_root_node()
    PageLogEntry.objects.log_action(page, "wagtail.edit", user=user)


def fill_circles(user, key):
    organisation = Organisation.objects.create(name="Partner")
    circle = make_cohort(organisation=organisation, kit_key=key, by=user, title="Tuesday", languages=["en"])
    hers = join(user=user, cohort=circle, display_name="Ana", shows_progress=True)
    session = circle.sessions.create(number=1, starts_at=timezone.now())
    session.attendance.create(membership=hers, present=True)
    PaperMark.objects.create(user=user, cohort=circle, lesson_key=key, done_on=date(2026, 11, 3))
    let_share(hers, by=user)
    circle.slips.create(user=user, digest="digest", expires_at=timezone.now())


def test_every_table_and_column_has_plain_words(full):
    fill_everything(full)
    tables = export_person(full)
    assert [name for name, rows in tables.items() if not rows] == []
    names = {*tables, *chain.from_iterable(row for rows in tables.values() for row in rows)}
    assert names - set(WORDS) == set()


def test_codes_are_shown_as_the_words_she_knows(full):
    fill_everything(full)
    UserSession.objects.update(user_agent="Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    tables = {str(table["title"]): table for table in in_words(export_person(full))}
    assert ("Browser", "Firefox, Android") in tables["Where you are signed in"]["rows"][0]
    assert tables["Where you are signed in"]["columns"] == ["Begun", "Browser"]
    assert ("Words", "Text: My week\nHow: on screen") in tables["What you wrote, ticked and chose in lessons"]["rows"][
        0
    ]
    assert ("By when", "31 Mar 2027") in tables["The steps of your action plan"]["rows"][0]
    assert ("Language", "English") in tables["Your posts"]["rows"][0]
    assert ("Forum", "Forum") in tables["Your posts"]["rows"][0]
    assert ("Reason", "Something else") in tables["What you reported"]["rows"][0]


def test_the_file_holds_the_same_and_has_a_neutral_name(learner_client, full):
    response = learner_client.get("/en/my/data/file/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="notes.zip"'
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.namelist() == ["notes.json", "notes.html"]
    tables = json.loads(archive.read("notes.json"))
    assert tables["account"][0]["user_name"] == "learner"
    assert list(tables) == list(export_person(full))
    page = archive.read("notes.html").decode()
    assert "e@example.org" in page
    assert "<script" not in page
    assert "http" not in page


def test_the_file_holds_no_secret(learner_client, full):
    archive = zipfile.ZipFile(io.BytesIO(learner_client.get("/en/my/data/file/").content))
    kept = archive.read("notes.json").decode() + archive.read("notes.html").decode()
    full.refresh_from_db()
    assert full.password not in kept
    assert not any(code.digest in kept for code in full.recovery_codes.all())


@pytest.mark.parametrize("words", [{}, {"password": PASSPHRASE}, {"password": "wrong words", "sure": "on"}])
def test_erasing_needs_the_passphrase_and_a_tick(learner_client, learner, words):
    assert learner_client.post("/en/my/data/erase/", words).status_code == 422
    assert User.objects.filter(pk=learner.pk).exists()


def test_erasing_takes_everything_and_wipes_the_device(client, full):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    response = client.post("/en/my/data/erase/", {"password": PASSPHRASE, "sure": "on"})
    assert response.status_code == 200
    assert "Everything is erased" in response.content.decode()
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not ModelLogEntry.objects.filter(label="learner").exists()
    assert client.get("/en/my/data/").status_code == 302


def test_erasing_leaves_posts_of_a_former_member_and_no_way_back_to_her(full):
    fill_everything(full)
    number = full.pk
    erase_person(user=full)
    assert Post.objects.get().author is None
    assert [
        field for name, field in keys_to_persons() if field.model.objects.filter(**{field.attname: number}).exists()
    ] == []
    assert not PostVersion.objects.exists()


def test_erasing_one_leaves_the_other(full, stranger):
    make_recovery_codes(user=stranger, seed="other")
    erase_person(user=full)
    assert list(User.objects.all()) == [stranger]
    assert stranger.recovery_codes.count() == 10


@pytest.mark.parametrize("number", [1, 3])
def test_my_data_costs_the_same_with_one_row_and_three(learner_client, learner, number, django_assert_num_queries):
    learner_client.get("/en/my/data/")
    for row in range(number):
        EmailAddress.objects.create(user=learner, email=f"n{row}@example.org")
        UserSession.objects.create(user=learner, ip="127.0.0.1", session_key=f"key{row}")
        note(user=learner, kind="passphrase")
    # session, user; account: codes, groups, events, addresses, sessions, second steps, edits; then news, courses and forums
    with django_assert_num_queries(37):
        learner_client.get("/en/my/data/")
