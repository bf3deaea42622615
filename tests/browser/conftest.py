"""Debian's Chromium, driven against a live server with the real content. Every page it opens is watched.

A page that runs against its Content-Security-Policy, throws in a script or asks another host for anything fails its test.
"""

import os
import shutil
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings as hub_settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from courses.actions import enrol_learner, mark_lesson
from courses.answers import save_answer
from courses.certificates.codes import new_code, readable
from courses.cohort_work import announce
from courses.cohorts import readable_code
from courses.enrolments import approve
from courses.enrolments import ask as ask_for_place
from courses.models import Certificate, Completion, EnrolmentTerms, KitPage, LessonPage
from courses.pieces import lesson_pieces
from courses.plans import add_goal, add_step
from courses.versions import new_id
from forums.actions import join_forum, reply, report_post, start_thread
from forums.models import Forum, Thread
from hub.accounts.helped import start_help
from hub.accounts.invitations import make_invitation
from hub.accounts.models import HelpedRecovery, User
from hub.accounts.organisations import make_organisation
from hub.accounts.roles import ensure_roles
from hub.lib.sanitise import render_markdown
from hub.lib.stamp import touch
from tests.circles import fill, let_join, let_share, make_circle_of
from tests.settings import ROOT

# Playwright's loop runs in the test's own thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
expect.set_options(timeout=15_000)  # a machine that does much else is slow, not wrong
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
WATCH_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", event =>
  window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test, needs its own loaded database and stays in one process."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def lasting_files():
    """Styles and scripts are fetched once a window, as from a real hub, whose own have their fingerprint in their name."""

    def serve_for_long(handler, request):
        response = serve(handler, request)
        response.headers["Cache-Control"] = "max-age=3600"
        return response

    serve, StaticFilesHandler.serve = StaticFilesHandler.serve, serve_for_long
    yield
    StaticFilesHandler.serve = serve


@pytest.fixture(scope="session")
def chromium(lasting_files):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Window:
    """One person's browser: its own cookies, her own size, colour scheme and language."""

    def __init__(self, chromium, server, **options):
        self.server = server
        self.complaints = []
        self.context = chromium.new_context(base_url=server, **{"viewport": DESK, "locale": "en"} | options)
        self.context.set_default_timeout(15_000)
        if options.get("java_script_enabled", True):
            self.context.add_init_script(WATCH_POLICY)
        self.page = self.context.new_page()
        self.page.on("request", self.watch_request)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("console", self.watch_console)

    def watch_request(self, request):
        if not request.url.startswith((self.server, "data:", "blob:", "about:")):
            self.complaints.append(f"asks a third party: {request.url}")

    def watch_console(self, message):
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def sign_in(self, user, *, own_device=True):
        """Her session without the sign-in form, which has its own tests; the second factor counts as passed."""
        client = Client()
        client.force_login(user)
        session = client.session
        session["own_device"] = own_device
        session.save()
        name = hub_settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.server}])

    def go(self, path):
        response = self.page.goto(path)
        self.page.wait_for_load_state()
        return response

    def close(self):
        self.context.close()


@pytest.fixture
def open_window(loaded_hub, live_server, chromium):
    """`open_window(viewport=PHONE, color_scheme="dark", java_script_enabled=False)`."""
    windows = []

    def make(**options):
        windows.append(Window(chromium, live_server.url, **options))
        return windows[-1]

    yield make
    complaints = [complaint for window in windows for complaint in window.complaints]
    for window in windows:
        window.close()
    assert complaints == []


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def settled_hub(loaded_hub, learner, moderator, trainer, coordinator):
    """The learner is some way through her kit and has asked in its forum; a moderator answered. Returns the ids of page_kinds."""
    ensure_roles()
    kit = KitPage.objects.get(slug="learner", locale__language_code="en")
    lesson = LessonPage.objects.descendant_of(kit).first()
    enrol_learner(user=learner, kit_key=kit.translation_key)
    mark_lesson(user=learner, lesson_key=lesson.translation_key, kit_key=kit.translation_key, done=True)
    forum = Forum.objects.get(kit_key=kit.translation_key)
    thread, question = ask(forum, learner, "Heron 27")
    answer = answer_in(thread, moderator, "Maple 31")
    report_post(post=answer, reporter=learner, reason="other", note="Please look.")
    ids = {"kit": kit.translation_key, "thread": thread.pk, "post": question.pk, "answer": answer.pk}
    ids["lesson"], ids["reflection"] = reflection_of(lesson)
    ids["goal"] = settle_booklet(learner, kit.translation_key, lesson)
    ids["asking"] = settle_kit_that_asks(moderator, trainer, coordinator)
    ids |= {"tag": forum.tags.order_by("pk").first().pk, "closed": settle_open_forum(learner)}
    ids |= settle_staff(learner, trainer, coordinator)
    ids["certificate"] = settle_certificate(learner, kit.translation_key)
    return ids | settle_circle(learner, trainer, kit.translation_key)


def settle_certificate(learner, kit_key):
    """She has completed the kit, and has a certificate that shows everything. Returns its code."""
    Completion.objects.create(user=learner, kit_key=kit_key, key=kit_key)
    words = {"en": {"title": "Career development in STEM", "topics": ["Career planning", "CV and job interview"]}}
    facts = {"completed_on": timezone.localdate(), "hours": 20, "words": words, "language": "el", "number": 1}
    shown = ["name", "kit", "date", "hours", "topics"]
    name = "Anastasia-Alexandra Papadimitrakopoulou-Christodoulopoulou"
    about = {"name": name, "shown": shown, "made_at": timezone.now(), "code": new_code()}
    return readable(Certificate.objects.create(user=learner, kit_key=kit_key, **facts, **about).code)


def settle_open_forum(learner):
    """Visitors may read the lounge; the one thread in it is closed. Returns its id."""
    lounge = Forum.objects.get(slug="lounge")
    lounge.public = True
    lounge.save()
    thread, _post = ask(lounge, learner, "Comet 5")
    Thread.objects.filter(pk=thread.pk).update(locked=True, closes_at=timezone.now())
    return thread.pk


def settle_kit_that_asks(asks, is_in, coordinator):
    """The trainers' kit is entered after a yes: one woman waits for it, one is in. Returns its key."""
    key = KitPage.objects.get(slug="trainer", locale__language_code="en").translation_key
    EnrolmentTerms.objects.create(kit_key=key, way="approval", capacity=20, ends_at=timezone.now() + timedelta(days=90))
    touch()
    for user in (asks, is_in):
        asked = ask_for_place(user=user, kit_key=key, called="Anastasia-Alexandra", line="We met at the first talk.")
    approve(enrolment=asked, by=coordinator)
    return key


def settle_staff(learner, trainer, coordinator):
    """A partner with a trainer and a coordinator, an open invitation, and a request to help the learner back in."""
    partner = make_organisation(name="Partner of long name, Thessaloniki", country="GR", actor=coordinator)
    User.objects.filter(pk__in=[trainer.pk, coordinator.pk]).update(organisation=partner)
    for person in (trainer, coordinator):
        person.refresh_from_db()
    group = Group.objects.get(name="moderator")
    token = make_invitation(organisation=partner, group=group, actor=coordinator)
    start_help(username=learner.username, actor=coordinator)
    request = HelpedRecovery.objects.get()
    start_help(username="somebody", actor=trainer)
    return {"organisation": partner.pk, "token": token, "person": trainer.pk, "request": request.pk}


def settle_circle(learner, trainer, kit_key):
    """The trainer holds a circle with the learner in it; a session is planned, a message sent."""
    circle = make_circle_of(trainer, kit_key, languages=["en", "el"])
    member = let_join(circle, learner, "Anastasia-Alexandra")
    share = let_share(member, by=trainer)
    fill(circle, 3)
    session = circle.sessions.create(number=1, starts_at=timezone.now() + timedelta(days=2), place="Room 2")
    announce(cohort=circle, by=trainer, text="Please bring your own pencil.")
    return {"circle": circle.pk, "session": session.pk, "circle_code": readable_code(circle.code), "share": share.pk}


def reflection_of(lesson):
    return lesson.translation_key, next(part["id"] for kind, part in lesson_pieces(lesson.pk) if kind == "reflection")


def settle_booklet(learner, kit_key, lesson):
    """Her words in one lesson, and a goal with a step whose day is over. Returns the id of the goal."""
    for kind, part in lesson_pieces(lesson.pk):
        body = {"reflection": {"text": "Tuesday, on the bus.", "how": "screen"}, "checklist": {"ticked": []}}.get(kind)
        if body:
            place = {"kit_key": kit_key, "lesson_key": lesson.translation_key, "block_id": part["id"]}
            body |= {"ticked": [part["items"][0]["id"]]} if kind == "checklist" else {}
            first = save_answer(user=learner, **place, client_id=new_id(), body=body, kind=kind)
            if kind == "reflection":
                body = {**body, "text": "Friday, at the library."}
                save_answer(user=learner, **place, client_id=new_id(), base=first.client_id, body=body, kind=kind)
    goal = add_goal(user=learner, kit_key=kit_key, uid=uuid4(), text="Talk to two laboratories")
    add_step(goal=goal, uid=uuid4(), text="Ask the library", due_on=date(2026, 1, 31))
    add_step(goal=goal, uid=uuid4(), text="Write to Ana")
    return goal.uid


def ask(forum, user, name):
    source = "Which papers did you bring to the *first* talk?\n\n- a degree\n- a letter\n\n> And who read them?"
    thread = start_thread(
        forum=forum,
        author=user,
        alias=join_forum(user=user, forum=forum, name=name),
        title="The first talk at the office",
        source=source,
        html=render_markdown(source),
        language="en",
        client_id=uuid4(),
    )
    return thread, thread.posts.get()


def answer_in(thread, user, name):
    source = "Jag tog med mig **intygen** och ett brev."
    return reply(
        thread=thread,
        author=user,
        alias=join_forum(user=user, forum=thread.forum, name=name),
        source=source,
        html=render_markdown(source),
        language="sv",
        client_id=uuid4(),
    )
