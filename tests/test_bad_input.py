"""Everything a person can send, and the worst she or somebody else could send in its place.

Each form of the hub is listed once, with what a good answer looks like. Whatever comes instead: no error of ours, a status that says
what happened, her words still on the page, and nothing odd in the database. `DATABASE_URL=postgres://…` asks PostgreSQL, which
takes no NUL and cuts no long text.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.utils.html import escape

import courses.answer_views
import courses.desk_views
import courses.enrolment_views
import forums.reading_views
import forums.unmasking_views
import forums.views
import forums.writing_views
import hub.accounts.card_views
import hub.accounts.helped_views
import hub.accounts.people_views
import hub.accounts.views
from courses.models import Answer, Enrolment, EnrolmentTerms, Goal, LessonProgress, Step
from courses.pieces import all_parts, lesson_pieces
from courses.plans import add_goal, add_step
from courses.queries import kit_outline
from courses.terms import make_invitations
from forums import actions
from forums.models import Forum, ForumTag, ModerationEntry, Post, Report, SpaceAlias, Thread
from hub.accounts.helped import start_help
from hub.accounts.models import HelpedRecovery, Organisation
from hub.lib.limits import allow
from hub.lib.stamp import touch
from tests.conftest import PASSPHRASE

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
BUTTONS = {"checklist", "e-mail", "where she stands", "whether two people may help", "passkey", "end other sessions"}
BUTTONS |= {"tags of a thread", "as everywhere", "e-mail about a forum", "e-mail about a thread"}


@dataclass(frozen=True)
class Form:
    name: str
    path: str  # after /en/
    data: dict = field(default_factory=dict)
    who: str = "learner"
    hidden: frozenset = frozenset()  # fields she does not see, so that nothing of them is shown again


# What of a part is named in its form: {kind: [(list of the part, name of its first id below)]}.
PICKED = {
    "checklist": [("items", "item")],
    "question": [("options", "option")],
    "assessment": [("statements", "statement"), ("scale", "place")],
}
FORMS = [
    Form(
        "sign-up",
        "accounts/signup/",
        {"username": "zora", "password1": PASSPHRASE, "language": "en", "own_device": "no", "time_zone": "Europe/Rome"},
        who="visitor",
        hidden=frozenset({"time_zone", "language", "own_device"}),
    ),
    Form(
        "sign-in",
        "accounts/login/",
        {"login": "learner", "password": "not hers at all", "own_device": "no", "next": "/en/my/"},
        who="visitor",
        hidden=frozenset({"own_device", "next"}),
    ),
    Form(
        "recover",
        "accounts/recover/",
        {"username": "learner", "code": "aaaa-bbbb-cccc-dddd", "password1": "three green hills away"},
        who="visitor",
    ),
    Form(
        "a code of two people",
        "accounts/helped/",
        {"username": "learner", "code": "aaaa-bbbb-cccc-d", "password1": "three green hills away"},
        who="visitor",
    ),
    Form("own passphrase", "accounts/own-passphrase/", {"password1": "three green hills away"}, who="newcomer"),
    Form("whether two people may help", "accounts/helped/allow/", {"allowed": "on"}, hidden=frozenset({"allowed"})),
    Form("add an organisation", "staff/people/", {"name": "Casa aperta", "country": "IT"}, who="coordinator"),
    Form(
        "rename an organisation",
        "staff/organisations/{organisation}/",
        {"name": "Casa aperta", "country": "IT"},
        who="coordinator",
    ),
    Form(
        "invite",
        "staff/organisations/{organisation}/invite/",
        {"group": "{role}"},
        who="coordinator",
        hidden=frozenset({"group"}),
    ),
    Form(
        "move somebody",
        "staff/people/{person}/move/",
        {"organisation": "{organisation}"},
        who="coordinator",
        hidden=frozenset({"organisation"}),
    ),
    Form("ask for help", "staff/help/", {"username": "learner"}, who="trainer"),
    Form(
        "agree to help",
        "staff/help/{request}/",
        {"username": "learner", "known": "on"},
        who="trainer",
        hidden=frozenset({"known"}),
    ),
    Form(
        "sign-in cards",
        "staff/cards/",
        {"number": "2", "language": "el", "once": "of another page"},
        who="trainer",
        hidden=frozenset({"language", "once"}),
    ),
    Form("link by e-mail", "accounts/password/reset/", {"email": "nobody@example.org"}, who="visitor"),
    Form("code by e-mail", "accounts/login/code/", {"email": "nobody@example.org"}, who="visitor"),
    Form(
        "passkey",
        "accounts/login/passkey/",
        {"credential": "{{}}", "own_device": "no"},
        who="visitor",
        hidden=frozenset({"credential", "own_device"}),
    ),
    Form("end other sessions", "accounts/sessions/", {"session": ""}, hidden=frozenset({"session"})),
    Form(
        "settings",
        "accounts/",
        {"language": "el", "time_zone": "Europe/Athens"},
        hidden=frozenset({"language", "time_zone"}),
    ),
    Form("change passphrase", "accounts/password/change/", {"oldpassword": "wrong", "password1": "new words for me"}),
    Form("e-mail", "accounts/email/", {"email": "her@example.org", "action_add": ""}, hidden=frozenset({"action_add"})),
    Form("reauthenticate", "accounts/reauthenticate/", {"password": "wrong"}),
    Form("erase my data", "my/data/erase/", {"password": "wrong", "sure": "on"}, hidden=frozenset({"sure"})),
    Form("enrol", "kits/record/kit/{kit}/enrol/"),
    Form("leave the kit", "kits/record/kit/{kit}/leave/", {"record": "keep"}, hidden=frozenset({"record"})),
    Form("ask for a place", "kits/record/kit/{asking}/ask/", {"called": "Ana", "line": "From the talk"}),
    Form("code of a kit", "kits/record/kit/{asking}/code/", {"kit_code": "spring-2027"}),
    Form("code on paper", "kits/join/", {"kit_code": "{invitation}"}),
    Form("take a question back", "kits/record/kit/{asking}/withdraw/"),
    Form(
        "terms of a kit",
        "staff/kits/{kit}/terms/",
        {
            "way": "code",
            "kit_code": "spring-2027",
            "opens_at": "2027-03-01T09:00",
            "closes_at": "2027-04-01T09:00",
            "ends_at": "2027-09-01T09:00",
            "capacity": "20",
            "waiting_list": "on",
        },
        who="coordinator",
        hidden=frozenset({"way", "waiting_list"}),
    ),
    Form("invitations to a kit", "staff/kits/{kit}/invitations/", {"count": "3", "days": "30"}, who="coordinator"),
    Form("done", "kits/record/lesson/{lesson}/done/", {"done": "1"}, hidden=frozenset({"done"})),
    Form(
        "reflection",
        "kits/record/lesson/{lesson}/{reflection}/answer/",
        {"text": "My week", "how": "screen", "client_id": str(UUID(int=5)), "base": ""},
        hidden=frozenset({"how", "client_id", "base"}),
    ),
    Form(
        "checklist",
        "kits/record/lesson/{lesson_c}/{checklist}/answer/",
        {"ticked": "{item}", "client_id": str(UUID(int=6))},
        hidden=frozenset({"ticked", "client_id"}),
    ),
    Form(
        "question",
        "kits/record/lesson/{lesson_q}/{question}/check/",
        {"choice": "{option}", "client_id": str(UUID(int=7))},
        hidden=frozenset({"choice", "client_id"}),
    ),
    Form(
        "question that is true or false",
        "kits/record/lesson/{in_true_false}/{true_false}/check/",
        {"choice": "true"},
        hidden=frozenset({"choice"}),
    ),
    Form(
        "number",
        "kits/record/lesson/{in_numeric}/{numeric}/check/",
        {"given_text": "20", "client_id": str(UUID(int=10))},
        hidden=frozenset({"client_id"}),
    ),
    Form("quiz from the beginning", "kits/record/lesson/{in_quiz}/{quiz}/draw/"),
    Form(
        "where she stands",
        "kits/record/lesson/{in_assessment}/{assessment}/answer/",
        {"line-{statement}": "{place}", "client_id": str(UUID(int=11))},
        hidden=frozenset({"line-{statement}", "client_id"}),
    ),
    Form(
        "new goal",
        "my/plan/learner/goals/",
        {"text": "Talk to a laboratory", "uid": str(UUID(int=10))},
        hidden=frozenset({"uid"}),
    ),
    Form("change a goal", "my/plan/learner/goals/{goal}/", {"text": "Talk to two"}),
    Form("move a goal", "my/plan/learner/goals/{goal}/move/", {"to": "0"}, hidden=frozenset({"to"})),
    Form("delete a goal", "my/plan/learner/goals/{goal}/delete/"),
    Form(
        "new step",
        "my/plan/learner/goals/{goal}/steps/",
        {"text": "Call the office", "due_on": "2027-03-31", "uid": str(UUID(int=11))},
        hidden=frozenset({"uid"}),
    ),
    Form(
        "change a step",
        "my/plan/learner/goals/{goal}/steps/{step}/",
        {"text": "Call the office", "due_on": "2027-03-31", "state": "doing"},
        hidden=frozenset({"state"}),
    ),
    Form(
        "mark a step",
        "my/plan/learner/goals/{goal}/steps/{step}/mark/",
        {"state": "done"},
        hidden=frozenset({"state"}),
    ),
    Form("move a step", "my/plan/learner/goals/{goal}/steps/{step}/move/", {"to": "0"}, hidden=frozenset({"to"})),
    Form("delete a step", "my/plan/learner/goals/{goal}/steps/{step}/delete/"),
    Form("mark all news as read", "my/news/read/"),
    Form(
        "what is new, by e-mail",
        "my/news/settings/",
        {"how": "daily", "words": "on", "quiet_from": "22", "quiet_until": "7"},
        hidden=frozenset({"how", "words", "quiet_from", "quiet_until"}),
    ),
    Form("as everywhere", "my/news/settings/clear/", {"choice": "1"}, hidden=frozenset({"choice"})),
    Form("e-mail about a forum", "forums/learner/mail/", {"how": "now"}, hidden=frozenset({"how"})),
    Form("e-mail about a thread", "forums/learner/{thread}/mail/", {"how": "none"}, hidden=frozenset({"how"})),
    Form("make a calendar address", "my/calendar/address/"),
    Form("switch the calendar address off", "my/calendar/address/off/"),
    Form(
        "reflection in the booklet",
        "kits/record/lesson/{lesson}/{reflection}/answer/?to=booklet",
        {"text": "My week", "how": "screen", "client_id": str(UUID(int=12)), "base": ""},
        hidden=frozenset({"how", "client_id", "base"}),
    ),
    Form("empty the booklet", "my/booklet/learner/empty/", {"sure": "on"}, hidden=frozenset({"sure"})),
    Form("delete an answer", "kits/record/lesson/{lesson}/{reflection}/delete/"),
    Form(
        "join", "forums/learner/join/", {"name": "Maple 81", "rules": "on"}, who="stranger", hidden=frozenset({"rules"})
    ),
    Form(
        "new thread",
        "forums/learner/new/",
        {"title": "How did you begin?", "body": "I wonder", "language": "en", "client_id": str(UUID(int=8))}
        | {"tags": "language"},
        hidden=frozenset({"language", "client_id", "tags"}),
    ),
    Form(
        "reply",
        "forums/learner/{thread}/reply/",
        {"body": "I think", "language": "en", "client_id": str(UUID(int=9)), "in_reply_to": "{post}"}
        | {"alt_1": "A bridge", "kept_1": str(UUID(int=1)), "language_sure": "en"},
        hidden=frozenset({"language", "client_id", "in_reply_to", "kept_1", "language_sure"}),
    ),
    Form(
        "edit",
        "forums/posts/{post}/edit/",
        {"body": "I think otherwise", "language": "en"},
        hidden=frozenset({"language"}),
    ),
    Form(
        "languages in the forums",
        "forums/languages/",
        {"show": "fold", "languages": "el"},
        hidden=frozenset({"show", "languages"}),
    ),
    Form("preview", "forums/preview/", {"body": "I think", "language": "en"}, hidden=frozenset({"body", "language"})),
    Form(
        "report",
        "forums/posts/{post}/report/",
        {"reason": "rules", "note": "Look"},
        who="stranger",
        hidden=frozenset({"reason"}),
    ),
    Form(
        "moderate a post",
        "forums/posts/{post}/moderate/",
        {"act": "mute", "until": f"{date.today() + timedelta(days=30)}", "reason": "Why"},
        who="moderator",
        hidden=frozenset({"act"}),
    ),
    Form(
        "ask who an alias is",
        "forums/posts/{post}/name/",
        {"reason": "A threat with a day and a name", "password": PASSPHRASE},
        who="admin",
    ),
    Form(
        "moderate a thread",
        "forums/learner/{thread}/moderate/",
        {"act": "lock", "reason": "Why"},
        who="moderator",
        hidden=frozenset({"act"}),
    ),
    Form(
        "close a thread on a day",
        "forums/learner/{thread}/moderate/",
        {"act": "close_on", "until": f"{date.today() + timedelta(days=30)}"},
        who="moderator",
        hidden=frozenset({"act"}),
    ),
    Form(
        "move a thread",
        "forums/learner/{thread}/moderate/",
        {"act": "move", "to": "{lounge}"},
        who="moderator",
        hidden=frozenset({"act", "to"}),
    ),
    Form("tags of a thread", "forums/learner/{thread}/tags/", {"tags": "language"}, hidden=frozenset({"tags"})),
    Form("add a tag", "forums/learner/tags/", {"name_en": "Mathematics", "name_el": "Μαθηματικά"}, who="moderator"),
    Form("change a tag", "forums/learner/tags/{tag}/", {"name_en": "Languages", "name_el": ""}, who="moderator"),
]


@pytest.fixture
def world(loaded_hub, learner, stranger, moderator, trainer, coordinator, newcomer, admin):
    """Ids that the forms name: a kit, lessons with a part of each kind, a post of the learner's."""
    kit = kit_outline("en", "learner")
    ids = {"kit": kit.key}
    for line in kit.lessons:
        for part in all_parts(lesson_pieces(line.pk)):
            if (kind := part["kind"]) not in ids:
                place = {"reflection": "lesson", "checklist": "lesson_c", "question": "lesson_q"}.get(
                    kind, f"in_{kind}"
                )
                ids |= {kind: part["id"], place: line.key}
                for choice, name in PICKED.get(kind, ()):
                    ids |= {name: part[choice][0]["id"]} if choice in part else {}
    forum = Forum.objects.get(slug="learner")
    alias = actions.join_forum(user=learner, forum=forum, name="Heron 27")
    words = {"source": "A question", "html": "<p>A question</p>", "language": "en", "client_id": uuid4()}
    thread = actions.start_thread(forum=forum, author=learner, alias=alias, title="How?", **words)
    Enrolment.objects.create(user=learner, kit_key=kit.key)
    ids |= settle_kit_that_asks(moderator)
    ids |= settle_partner(learner, trainer, coordinator)
    goal = add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="A goal")
    ids |= {"goal": goal.uid, "step": add_step(goal=goal, uid=uuid4(), text="A step").uid}
    ids |= {"tag": ForumTag.objects.first().pk, "lounge": Forum.objects.get(slug="lounge").pk}
    return ids | {"thread": thread.pk, "post": thread.posts.get().pk}


def settle_partner(learner, trainer, coordinator):
    """A trainer and a coordinator of one organisation; the second has begun to help the learner back in."""
    partner = Organisation.objects.create(name="Partner")
    get_user_model().objects.filter(pk__in=[trainer.pk, coordinator.pk]).update(organisation=partner)
    trainer.organisation = coordinator.organisation = partner
    start_help(username=learner.username, actor=coordinator)
    role = Group.objects.get(name="trainer").pk
    return {"organisation": partner.pk, "person": trainer.pk, "role": role, "request": HelpedRecovery.objects.get().pk}


def settle_kit_that_asks(staff):
    """The other kit is entered after a yes, or with an invitation."""
    key = kit_outline("en", "trainer").key
    EnrolmentTerms.objects.create(kit_key=key, way="approval")
    touch()
    return {"asking": key, "invitation": make_invitations(kit_key=key, count=1, days=30, by=staff)[0]}


@pytest.fixture
def send(world, request):
    """`send(form, **changed)`: post it as the person it is for."""

    def post(form, client=None, **changed):
        client = client or Client()
        if form.who != "visitor":
            client.force_login(request.getfixturevalue(form.who))
        data = filled(form, world) | {name.format(**world): value for name, value in changed.items()}
        body = urlencode(data, doseq=True)
        return client.post(address(form, world), body, content_type="application/x-www-form-urlencoded")

    return post


def filled(form, world):
    return {name.format(**world): value.format(**world) for name, value in form.data.items()}


def address(form, world):
    return f"/en/{form.path.format(**world)}"


by_name = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


def stored_texts():
    """Everything that these forms write, as one text."""
    columns = [
        (get_user_model(), "username"),
        (Answer, "body"),
        (Goal, "text"),
        (Step, "text"),
        (Enrolment, "called"),
        (Enrolment, "line"),
        (EnrolmentTerms, "code"),
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


@by_name
def test_the_good_answer_is_taken(send, form):
    wrong = {
        "code of a kit",
        "sign-in",
        "recover",
        "a code of two people",
        "sign-in cards",
        "change passphrase",
        "reauthenticate",
        "erase my data",
    }  # on purpose
    assert send(form).status_code in ({422} if form.name in wrong else {200, 302, 303})


@pytest.fixture
def no_limits(monkeypatch, settings):
    """Limits have their own tests; here they would hide what happens to the eleventh."""
    settings.ACCOUNT_RATE_LIMITS = False
    accounts = (hub.accounts.views, hub.accounts.helped_views, hub.accounts.people_views, hub.accounts.card_views)
    for module in (
        forums.views,
        forums.writing_views,
        forums.reading_views,
        forums.unmasking_views,
        courses.answer_views,
        courses.enrolment_views,
        courses.desk_views,
        *accounts,
    ):
        monkeypatch.setattr(module, "allow", lambda key, **limit: True)


@by_name
def test_bad_input_is_refused_in_words_or_taken_cleaned(no_limits, send, form):
    for name in form.data:
        for nasty, value in NASTY.items():
            with transaction.atomic():
                check_bad_input(form, name, nasty, value, send(form, **{name: value}))
                transaction.set_rollback(True)  # the next one meets the same hub


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


@by_name
def test_an_empty_post_changes_nothing_and_says_so(world, send, form):
    if not form.data or form.name in BUTTONS:
        return  # a button alone; no tick at all; which button was pressed; answered on the sign-in page
    before = stored_texts(), Enrolment.objects.active().count(), LessonProgress.objects.count()
    response = send(Form(form.name, form.path, {}, form.who))
    assert response.status_code == 422, form.name
    assert (stored_texts(), Enrolment.objects.active().count(), LessonProgress.objects.count()) == before


@by_name
def test_a_session_that_ended_while_she_wrote_loses_nothing(world, form):
    if form.who == "visitor":
        return
    data = filled(form, world)
    response = Client().post(address(form, world), data)
    if form.path.startswith("accounts/") and response.status_code == 302:
        return  # allauth's own pages hold a passphrase or an address, and nothing that was written
    assert response.status_code == 403
    assert all(escape(value) in response.content.decode() for name, value in data.items() if name not in SECRET)


@by_name
def test_a_form_without_its_token_is_shown_again_and_not_taken(world, send, form):
    before = stored_texts(), Enrolment.objects.count(), LessonProgress.objects.count()
    assert send(form, Client(enforce_csrf_checks=True)).status_code == 403
    assert (stored_texts(), Enrolment.objects.count(), LessonProgress.objects.count()) == before


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30, "9" * 5_000], ids=["0", "18", "30", "5000"])
@pytest.mark.parametrize(
    "path",
    [
        "/en/forums/learner/{}/",
        "/en/forums/learner/{}/reply/",
        "/en/forums/learner/{}/moderate/",
        "/en/forums/posts/{}/edit/",
        "/en/forums/posts/{}/withdraw/",
        "/en/forums/posts/{}/report/",
        "/en/forums/posts/{}/moderate/",
        "/documents/{}/a.pdf",
        "/documents/{}/a/b.pdf",
    ],
)
def test_a_number_of_nothing_is_not_found(loaded_hub, moderator_client, path, number):
    assert moderator_client.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("query", ["at=%00", "after=x", "before=" + "9" * 400, "unread=%FF", "last=%F0%9F", "at=0"])
def test_an_odd_query_still_shows_the_page(world, learner_client, query):
    for path in ("forums/learner/", f"forums/learner/{world['thread']}/", "my/", "forums/learner/join/"):
        assert learner_client.get(f"/en/{path}?{query}&name=%00&thread={'9' * 400}").status_code in {200, 302}


@pytest.mark.parametrize("choice", ["%00", "%FF", "9" * 3_000, "", "%3Cscript%3Ealert"])
def test_an_odd_self_check_of_a_visitor_shows_the_lesson(world, visitor, choice):
    line = next(line for line in kit_outline("en", "learner").lessons if line.key == world["lesson_q"])
    page = visitor.get(f"{line.url}?check={world['question']}&choice={choice}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert visitor.get(f"{line.url}?check={choice}").status_code == 200


@pytest.mark.parametrize("value", ["%00", "%FF", "9" * 3_000, "%3Cscript%3Ealert", "%E2%80%AE"])
@pytest.mark.parametrize("name", ["q", "country", "audience", "topic", "kind", "language", "page", "other"])
def test_an_odd_choice_in_the_library_shows_it(loaded_hub, visitor, name, value):
    page = visitor.get(f"/en/library/?{name}={value}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("query", ["%00a", "\ufdfa" * 200, "%FF"])
def test_an_odd_search_for_a_person_finds_nobody(admin, sign_in, query):
    assert sign_in(admin).get(f"/editor/users/?q={query}").status_code == 200


@pytest.mark.parametrize(
    "following", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "\0"]
)
def test_sign_in_never_leads_to_another_site(learner, following):
    data = {"login": "learner", "password": PASSPHRASE, "next": following}
    response = Client().post("/en/accounts/login/", data)
    assert response.headers["Location"] == "/en/my/"
    card = Client()
    card.force_login(learner)
    assert card.post("/en/accounts/recovery-card/kept/", {"next": following}).headers["Location"] == "/en/my/"


def test_words_from_another_site_are_shown_without_a_token(learner_client):
    """Pressing Enter in one of the fields would send what the other site wrote."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = learner_client.cookies
    page = strict.post("/en/forums/learner/new/", {"title": "Not mine"}, headers={"origin": "https://evil.example"})
    assert "Not mine" in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_answers_sent_by_a_machine_are_slowed_down_with_her_words_kept(world, send, learner):
    for _ in range(courses.answer_views.ANSWERS_PER_MINUTE):
        allow(f"answer:{learner.pk}", limit=courses.answer_views.ANSWERS_PER_MINUTE, seconds=60)
    form = next(form for form in FORMS if form.name == "reflection")
    response = send(form, text="The words of a minute")
    assert response.status_code == 429
    assert "too many attempts" in response.content.decode()
    assert "The words of a minute" in response.content.decode()
    assert not Answer.objects.exists()


def test_previews_on_the_page_are_counted_like_those_of_the_script(world, send):
    form = next(form for form in FORMS if form.name == "reply")
    statuses = [send(form, preview="").status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
