"""People, learning and talk for trying the hub out at any size: made in bulk, the same at every run.

Nothing here is a real person's. Learners are called learner00001 …; a second run adds the learners that are missing and new threads.
"""

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from courses.completion import completion
from courses.done import Done
from courses.models import Answer, Completion, Enrolment, KitPage, LessonPage, LessonProgress
from courses.rules import kit_rules, newly_completed
from courses.versions import digest_of
from forums.actions import ensure_kit_forums
from hub.accounts.models import Organisation, User
from hub.accounts.roles import Role, ensure_roles
from hub.demo.circles import circle
from hub.demo.rows import create, demo_id
from hub.demo.talk import talk

PARTNER = "Demo partner"
EDITOR_LANGUAGES = ["en", "it", "el", "hu", "sv"]

REFLECTION = "Tuesday and Friday after seven, at the kitchen table; Sunday on the bus."


@dataclass
class Numbers:
    """What a run has added."""

    counts: dict = field(default_factory=dict)

    def add(self, what, number):
        self.counts[what] = self.counts.get(what, 0) + number


def seed(*, learners, threads, posts, password, staff, progress):
    """Add a demo to this hub. `progress(words, iterable, total)` passes the iterable on and shows how far it is. Returns Numbers."""
    added = Numbers()
    ensure_roles()
    ensure_kit_forums()
    secret = make_password(password)  # hashed once: what takes a tenth of a second would take an hour for 36,000 people
    if staff:
        added.add("staff", make_staff(secret=secret))
    people = make_learners(count=learners, secret=secret, added=added, progress=progress)
    for kit in KitPage.objects.filter(locale__language_code="en").order_by("path"):
        learn(kit, people, added=added, progress=progress)
    circle(people, added=added, progress=progress)
    talk(people, threads=threads, posts=posts, added=added, progress=progress)
    return added


# People ----------------------------------------------------------------------------------------


@transaction.atomic
def make_staff(*, secret):
    roles = {"trainer001": [Role.TRAINER], "moderator001": [Role.MODERATOR], "coordinator": [Role.COORDINATOR]}
    roles |= {f"editor-{code}": [f"editor-{code}"] for code in EDITOR_LANGUAGES} | {"admin": [Role.ADMINISTRATOR]}
    roles |= {"translator-hu": ["translator-hu"]}
    made, partner = 0, Organisation.objects.get_or_create(name=PARTNER)[0]
    for name, groups in roles.items():
        language = name[-2:] if "-" in name else "en"
        is_admin = name == "admin"
        rights = {"is_superuser": is_admin, "is_staff": is_admin, "organisation": partner}
        user, new = User.objects.get_or_create(
            username=name, defaults={"password": secret, "language": language} | rights
        )
        if new:
            user.groups.add(*Group.objects.filter(name__in=groups))
            made += 1
    return made


def make_learners(*, count, secret, added, progress):
    """The first `count` learners, made where missing: list of user ids in order of their numbers."""
    names = [f"learner{number:05d}" for number in range(1, count + 1)]
    there = set(User.objects.filter(username__startswith="learner").values_list("username", flat=True))
    new = (
        User(username=name, password=secret, language=EDITOR_LANGUAGES[number % 5])
        for number, name in enumerate(names)
        if name not in there
    )
    added.add("learners", create(User, new, "learners", count - len(there & set(names)), progress))
    ids = dict(User.objects.filter(username__startswith="learner").values_list("username", "pk"))
    return [ids[name] for name in names]


# Learning --------------------------------------------------------------------------------------


def learn(kit, people, *, added, progress):
    """Every learner is enrolled and some way through: the n-th has done n modulo (lessons + 1) lessons."""
    lessons = list(LessonPage.objects.descendant_of(kit).order_by("path"))
    keys = [lesson.translation_key for lesson in lessons]
    if not keys:
        return
    known = set(Enrolment.objects.filter(kit_key=kit.translation_key).values_list("user_id", flat=True))
    new = [(number % (len(keys) + 1), user) for number, user in enumerate(people) if user not in known]
    kit_key, place = kit.translation_key, first_reflection(lessons)
    ways = [way_so_far(kit_key, keys[:count], place) for count in range(len(keys) + 1)]
    enrolments = (
        Enrolment(user_id=user, kit_key=kit_key, last_lesson_key=keys[count % len(keys)], **ways[count].fields)
        for count, user in new
    )
    done = (
        LessonProgress(user_id=user, kit_key=kit_key, lesson_key=key) for count, user in new for key in keys[:count]
    )
    completed = (row for count, user in new for row in ways[count].completions(user, kit_key))
    total = sum(count for count, _ in new)
    added.add("enrolments", create(Enrolment, enrolments, f"enrolments in “{kit.title}”", len(new), progress))
    added.add("lessons done", create(LessonProgress, done, f"lessons done in “{kit.title}”", total, progress))
    create(Completion, completed, f"completed in “{kit.title}”", sum(len(ways[n].completed) for n, _ in new), progress)
    if place:
        added.add("answers", create(Answer, answers(kit_key, place, new), "answers", len(new), progress))


class Way(NamedTuple):
    """Where a learner stands: fields of her enrolment, and the Rules of what she has completed."""

    fields: dict
    completed: list

    def completions(self, user, kit_key):
        for rules in self.completed:
            row = completion(Enrolment(user_id=user, kit_key=kit_key), rules)
            row.completed_at = self.fields["last_at"]
            yield row


def way_so_far(kit_key, keys, place):
    done = Done(dict.fromkeys(keys), frozenset([place] if place else []))
    completed = newly_completed(kit_rules(kit_key), done)
    now = timezone.now()
    fields = {"last_at": now, "lessons_done": len(keys), "reflections_done": len(done.parts)}
    if any(rules.key == kit_key for rules in completed):
        fields["completed_at"] = now
    return Way(fields, completed)


def first_reflection(lessons):
    """(lesson key, block id) of the first reflection of the kit, or None."""
    places = ((lesson, block) for lesson in lessons for block in lesson.body if block.block_type == "reflection")
    return next(((lesson.translation_key, UUID(block.id)) for lesson, block in places), None)


def answers(kit_key, place, new):
    """The same words of everybody in one reflection."""
    lesson_key, block_id = place
    body = {"text": REFLECTION, "how": "screen"}
    shared = {"lesson_key": lesson_key, "block_id": block_id, "kind": "reflection", "counts": True}
    for _count, user in new:
        client_id = demo_id("answer", user, block_id)
        yield Answer(user_id=user, kit_key=kit_key, client_id=client_id, body=body, digest=digest_of(body), **shared)
