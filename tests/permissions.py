"""docs/permissions.md as data, and the people and things that its lines speak of.

A line of its tables reads: method and address, object, and one cell per role. `tests/test_permissions.py` asks the hub each of them.
"""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from courses.calendar import renew_feed
from courses.certificates.codes import new_code, readable
from courses.cohorts import readable_code
from courses.models import (
    Answer,
    Certificate,
    CertificateFile,
    Completion,
    Enrolment,
    Goal,
    HandoutPage,
    KitPage,
    LessonPage,
    LessonProgress,
    Step,
)
from courses.pieces import lesson_pieces
from courses.queries import kit_outline
from courses.sheets import plans_of
from forums.actions import join_forum, start_thread
from forums.models import Forum, ForumTag, Post, Unmasking
from forums.pictures import keep_picture, settle_pictures
from forums.unmasking import ask
from hub.accounts.invitations import make_invitation
from hub.accounts.models import HelpedRecovery, Organisation, RoleInvitation, User
from hub.lib.pictures import read_picture
from hub.lib.stamp import touch
from hub.notifications.actions import tell
from hub.notifications.letter import stop_token
from hub.notifications.models import Notification
from hub.reports.models import SlipCount
from hub.trainer.actions import make_circle
from tests.settings import ROOT

DOCUMENT = ROOT / "docs" / "permissions.md"
# The columns, in the order of the tables: the groups a person of that role is in.
ROLES = {
    "visitor": None,
    "learner": [],
    "trainer": ["trainer"],
    "editor-el": ["editor-el"],
    "author": ["editor-en"],
    "moderator": ["moderator"],
    "coordinator": ["coordinator"],
    "administrator": ["administrator"],
}
UNTRANSLATED = {
    "health",
    "editor",
    "documents",
    "media",
    "pictures",
    "calendar",
    ".well-known",
    "badges",
    "",
}  # first parts of addresses without a language
NOBODY = UUID(int=1)
NO_NUMBER = 999_999_999
TICKED = {"slips": 6, "more": 20, "same": 10, "less": 2}


@dataclass(frozen=True)
class Line:
    method: str
    address: str
    thing: str  # own, foreign, there, missing; or empty, when the address names nothing
    cells: dict

    def __str__(self):
        return f"{self.method} {self.address} {self.thing}".strip()


def read_lines():
    """Every line of the tables. A cell is yes, no, sign in, or – when there is no such page for her."""
    rows = [row for row in DOCUMENT.read_text().splitlines() if re.match(r"\| `(GET|POST) ", row)]
    lines = []
    for row in rows:
        what, thing, *cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        method, _, address = what.strip("`").partition(" ")
        assert len(cells) == len(ROLES), row
        lines.append(Line(method, address, thing, dict(zip(ROLES, cells, strict=True))))
    return lines


# Addresses -------------------------------------------------------------------------------------


def plain(pattern):
    """An address as the tables write it: without its language, types of arguments and signs of a regular expression."""
    pattern = re.sub(r"\(\?P(<\w+>)[^()]*\)", r"\1", pattern)
    pattern = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern).replace(r"((?:[\w\-]+/)*)", "<page>")
    return pattern.replace("^", "").replace("$", "").removeprefix("en/") or "/"


def addresses(patterns=None, prefix=""):
    """{plain address: view} of the whole hub; Wagtail's own below editor/ too."""
    found = {}
    for pattern in patterns or get_resolver().url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern.url_patterns, whole)
        else:
            found.setdefault(plain(whole), pattern.callback)
    return found


def names_in(address):
    return re.findall(r"<(\w+)>", address)


# People and things -----------------------------------------------------------------------------


class World:
    """One person of each role and a stranger; each has a record, a plan, an alias and a post of her own.

    Staff belong to one organisation; another one has staff, invitations and requests of its own.
    """

    def __init__(self):
        self.cookies = {}  # {role: cookies of her session}
        self.kit = kit_outline("en", "learner")
        self.lesson = self.kit.lessons[0]
        self.reflection = next(part for kind, part in lesson_pieces(self.lesson.pk) if kind == "reflection")
        parts = [(line, part) for line in self.kit.lessons for kind, part in lesson_pieces(line.pk) if kind == "quiz"]
        self.quiz_lesson, self.quiz = parts[0]
        self.forum = Forum.objects.get(slug="learner")
        self.organisation = Organisation.objects.create(name="Partner")
        self.people = {role: self.person(role, groups) for role, groups in ROLES.items() if groups is not None}
        self.stranger = self.person("stranger", [])
        self.ours, self.theirs = (
            self.staffed(self.organisation, [*self.people.values()]),
            self.staffed(Organisation.objects.create(name="Other"), [self.stranger]),
        )
        self.things = {role: self.things_of(user) for role, user in self.people.items()}
        self.foreign = self.things_of(self.stranger)
        self.asking = self.asking_learner()

    def person(self, role, groups):
        user = User.objects.create_user(f"name-of-{role}", password="four quiet circles meet")
        user.groups.add(*Group.objects.filter(name__in=groups))
        user.organisation = self.organisation if groups else None
        user.save()
        return user

    def staffed(self, organisation, members):
        """A trainer of the organisation, an invitation, a request for help that waits, and a circle with these members."""
        group = Group.objects.get(name="trainer")
        person = User.objects.create_user(f"trainer-of-{organisation.name}", organisation=organisation)
        person.groups.add(group)
        token = make_invitation(organisation=organisation, group=group, actor=person)
        asked = {"organisation": organisation, "started_by": person, "name_digest": "0" * 64}
        help_asked = HelpedRecovery.objects.create(**asked, expires_at=timezone.now() + timedelta(days=1))
        return {
            "organisation_id": organisation.pk,
            "person_id": person.pk,
            "group_id": group.pk,
            "invitation_id": RoleInvitation.objects.get(organisation=organisation).pk,
            "request_id": help_asked.pk,
            "token": token,
            "slips_id": SlipCount.objects.create(organisation=organisation, day="2026-06-01", **TICKED).pk,
            **self.circle_of(organisation, person, members),
        }

    def circle_of(self, organisation, lead, members):
        """A circle with a session. The trainer of the columns holds it too, where she belongs to the organisation."""
        about = {"organisation": organisation, "by": lead, "kit_key": self.kit.key, "languages": ["en"]}
        circle = make_circle(title="Tuesday", **about)
        if self.people["trainer"] in members:
            circle.trainers.create(user=self.people["trainer"], part="co")
        rows = [
            circle.memberships.create(user=user, display_name=secret_of(user), folded_name=f"name {user.pk}")
            for user in members
        ]
        session = circle.sessions.create(number=1, starts_at=timezone.now())
        code = readable_code(make_circle(title="Empty", **about).code)
        ids = {"cohort_id": circle.pk, "member_id": rows[0].pk, "session_id": session.pk, "code": code}
        return ids | {"share_id": self.shared_by(rows[0])}

    def shared_by(self, member):
        """An answer that she shows to her trainers: its words are none of her secrets."""
        place = {"kit_key": self.kit.key, "lesson_key": uuid4(), "block_id": uuid4(), "kind": "reflection"}
        answer = Answer.objects.create(user=member.user, client_id=uuid4(), body={"text": "Shown"}, **place)
        return member.shared.create(answer=answer).pk

    def asking_learner(self):
        """Somebody who asked to take part under a name she gave; no person of a column."""
        user = User.objects.create_user("name-of-somebody-who-asks")
        named = {"kit_key": self.kit.key, "called": "Ms A", "state": Enrolment.State.REQUESTED}
        return Enrolment.objects.create(user=user, **named)

    def things_of(self, user):
        """{name of an argument: value} of what is hers; every text in it is her secret."""
        hers, secret = {"user": user, "kit_key": self.kit.key}, secret_of(user)
        Enrolment.objects.create(**hers)
        LessonProgress.objects.create(**hers, lesson_key=self.lesson.key)
        place = {"lesson_key": self.lesson.key, "block_id": self.reflection["id"], "kind": "reflection"}
        words = {"text": secret, "how": "screen"}
        older = Answer.objects.create(
            **hers, **place, client_id=uuid4(), body=words, state=Answer.State.REPLACED, replaced_at=timezone.now()
        )
        Answer.objects.create(**hers, **place, client_id=uuid4(), base=older.client_id, body=words | {"how": "paper"})
        goal = Goal.objects.create(**hers, text=secret)
        step = Step.objects.create(goal=goal, text=secret, due_on=timezone.localdate())
        words = {"source": "Words", "html": "<p>Words</p>", "language": "en", "client_id": uuid4()}
        alias = join_forum(user=user, forum=self.forum, name=f"Heron {user.pk + 100}")
        thread = start_thread(forum=self.forum, author=user, alias=alias, title="How did you begin?", **words)
        tell(kind="reply", recipients=[user.pk], context={"forum": self.forum.pk}, path="forums/", key=f"own:{user.pk}")
        self.certificate_of(**hers)
        return {
            "post_id": Post.objects.get(thread=thread).pk,
            "thread_id": thread.pk,
            "picture_key": self.picture_in(thread, user),
            "alias_id": alias.pk,
            "client_id": older.client_id,
            "news_id": Notification.objects.get(user=user).pk,
            "goal_uid": goal.uid,
            "step_uid": step.uid,
        }

    def certificate_of(self, user, kit_key):
        """Of a completed kit, with her secret as the name on it, which the page behind the code does not show."""
        Completion.objects.create(user=user, kit_key=kit_key, key=kit_key)
        words = {"en": {"title": "A course", "topics": []}}
        facts = {"completed_on": timezone.localdate(), "hours": 20, "words": words, "language": "en"}
        about = {
            "user": user,
            "kit_key": kit_key,
            "name": secret_of(user),
            "number": user.pk,
            "made_at": timezone.now(),
        }
        row = Certificate.objects.create(**about, **facts, code=new_code())
        CertificateFile.objects.create(certificate=row, pdf=b"%PDF", credential="{}")

    def picture_in(self, thread, user):
        drawn = io.BytesIO()
        Image.new("RGB", (60, 40)).save(drawn, "PNG")
        drawn.seek(0)
        row = keep_picture(owner=user, picture=read_picture(drawn))
        settle_pictures(post=thread.posts.get(), pictures=[(row, "A square")])
        return row.key

    def unmasking(self, line, role):
        """A request about the stranger's alias, made by her of this role or, foreign, by somebody else; agreed to where it is looked at."""
        first, second = (User.objects.create_superuser(name) for name in ("first-of-two", "second-of-two"))
        if line.thing == "own":
            first = self.people.get(role, first)
        looks = line.address.endswith("<unmasking_id>/")
        post = Post.objects.get(pk=self.foreign["post_id"])
        request = ask(post=post, actor=first, reason="A threat with a day")
        if looks:
            Unmasking.objects.filter(pk=request.pk).update(agreed_by=second, agreed_at=timezone.now())
        return request.pk

    def page(self, language):
        return LessonPage.objects.get(translation_key=self.lesson.key, locale__language_code=language)

    def arguments(self, line, role):
        """Values for the names in the address of a line, as a person of this role meets it."""
        names = names_in(line.address)
        if line.thing == "missing":
            return {name: missing(name) for name in names}
        foreign = line.thing == "foreign"
        hers = self.foreign if foreign else self.things.get(role, self.foreign)
        staff = self.theirs if foreign else self.ours
        known = {**self.shared(), **staff, **hers}
        if "news/stop" in line.address:  # what the last line of a mail leads to works without signing in
            return {"token": stop_token(self.asking.user_id)}
        if line.address.startswith("certificates/"):
            return {name: readable(Certificate.objects.get(user=self.stranger).code) for name in names}
        if "page_key" in names:
            return self.film()
        if "unmasking_id" in names:
            return {"unmasking_id": self.unmasking(line, role)}
        if "print/plans" in line.address:
            return self.plan()
        if "draw" in line.address:
            known["block_id"] = self.quiz["id"]
            known["lesson_key"] = self.quiz_lesson.key
        if "pk" in names:
            user = self.stranger if foreign else self.people.get(role, self.stranger)
            known["pk"] = Authenticator.objects.create(user=user, type="webauthn", data={"name": secret_of(user)}).pk
        return {name: known[name] if name in known else self.made(name, line.address) for name in names}

    def shared(self):
        return {
            "kit": self.kit.slug,
            "module": self.kit.modules[0].slug,
            "lesson": self.lesson.slug,
            "slug": self.forum.slug,
            "kit_key": self.kit.key,
            "lesson_key": self.lesson.key,
            "block_id": self.reflection["id"],
            "enrolment_id": self.asking.pk,
            "page": "about/",
            "country": "italy",
            "kind": "pdf",
            "number": 0,
        }

    def made(self, name, address):
        """What is made for one request alone: keys that the hub gives out once, files."""
        if address.startswith("calendar/"):
            return renew_feed(user=self.stranger)
        if name == "sheet":
            return self.sheet().slug
        if name == "tag_id":
            return ForumTag.objects.create(forum=self.forum, slug="a-tag", name_en="A tag").pk
        if name == "restriction_id":
            return CollectionViewRestriction.objects.create(
                collection=Collection.get_first_root_node(), restriction_type="password", password="a word for all"
            ).pk
        if name == "uidb36":
            return user_pk_to_url_str(self.stranger)
        if "password/reset" in address:
            return default_token_generator.make_token(self.stranger)
        if "confirm-email" in address:
            return EmailConfirmationHMAC(
                EmailAddress.objects.get_or_create(user=self.stranger, email="a@example.org")[0]
            ).key
        return self.file(name)

    def sheet(self):
        """A sheet for paper of the kit."""
        kit = KitPage.objects.get(pk=self.kit.pk)
        sheet = kit.add_child(instance=HandoutPage(title="A sheet", slug="a-sheet", aim="To write on.", body=[]))
        touch()
        return sheet

    def plan(self):
        """A session plan of a kit, on paper."""
        plan = plans_of(kit_outline("en", "trainer"))[0]
        return {"kit": "trainer", "block_id": plan.block_id}

    def film(self):
        """The address of the captions of a film."""
        for page in LessonPage.objects.filter(locale__language_code="en"):
            for block in page.body:
                if block.block_type == "media" and block.value["captions"]:
                    return {"page_key": page.translation_key, "block_id": block.id}
        raise LookupError("no lesson has a film")

    def file(self, name):
        document = get_document_model().objects.first()
        image = get_image_model().objects.first()
        return {"document_id": document.pk, "document_filename": document.filename, "path": image.file.name}[name]


def missing(name):
    """A value that fits the address and names nothing."""
    if name in {"kit_key", "lesson_key", "block_id", "client_id", "page_key", "goal_uid", "step_uid", "picture_key"}:
        return NOBODY
    return "no-such/" if name == "page" else NO_NUMBER if name.endswith(("_id", "pk")) else "no-such"


def secret_of(user):
    return f"SECRET{user.pk}SECRET"
