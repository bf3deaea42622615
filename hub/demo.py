"""People, learning and talk for trying the hub out at any size: made in bulk, the same at every run.

Nothing here is a real person's. Learners are called learner00001 …; a second run adds the learners that are missing and new threads.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from random import Random
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from courses.completion import completion
from courses.done import Done
from courses.models import Answer, Completion, Enrolment, KitPage, LessonPage, LessonProgress
from courses.rules import kit_rules, newly_completed
from courses.versions import digest_of
from forums.actions import ensure_kit_forums
from forums.models import Forum, Post, SpaceAlias, Thread
from forums.names import WORDS, name_key
from hub.accounts.models import Organisation, User
from hub.accounts.roles import Role, ensure_roles
from hub.lib.sanitise import render_markdown

BATCH = 2_000
DAYS = 90  # how far back the talk goes
PARTNER = "Demo partner"
EDITOR_LANGUAGES = ["en", "it", "el", "hu", "sv"]
# The languages of posts, in about the proportions of five partner countries.
LANGUAGES = ["en", "en", "it", "it", "el", "el", "hu", "hu", "sv", "sv"]
TITLES = {
    "en": [
        "The first talk at the office",
        "Ten strengths, and now?",
        "Twenty minutes that are mine",
        "Course or job first?",
    ],
    "it": [
        "Il primo colloquio",
        "Dieci punti di forza, e adesso?",
        "Venti minuti per me",
        "Prima il corso o il lavoro?",
    ],
    "el": [
        "Η πρώτη συζήτηση στο γραφείο",
        "Δέκα δυνατά σημεία, και τώρα;",
        "Είκοσι λεπτά δικά μου",
        "Πρώτα μάθημα ή δουλειά;",
    ],
    "hu": ["Az első beszélgetés", "Tíz erősség, és most?", "Húsz perc, ami az enyém", "Előbb tanfolyam vagy munka?"],
    "sv": ["Det första samtalet", "Tio styrkor, och nu?", "Tjugo minuter som är mina", "Kurs eller jobb först?"],
}
TEXTS = {
    "en": [
        "I wrote three lines of proof and read them aloud. **The second one** needed a number, so I counted.",
        "What helped me:\n\n- a fixed hour\n- paper first\n- one friend who asks\n\nWhat helps you?",
        "> Is a certificate from home enough?\n\nFor my field it was; I asked the office first.",
    ],
    "it": [
        "Ho scritto tre prove e le ho lette a voce alta. **Alla seconda** mancava un numero.",
        "Mi ha aiutato un’ora fissa, e prima la carta. A voi?",
    ],
    "el": [
        "Έγραψα τρεις γραμμές και τις διάβασα δυνατά. **Στη δεύτερη** έλειπε ένας αριθμός.",
        "Με βοήθησε μια σταθερή ώρα και πρώτα το χαρτί. Εσάς;",
    ],
    "hu": [
        "Három sort írtam, és hangosan felolvastam. **A másodikból** hiányzott egy szám.",
        "Nekem egy állandó óra segített, és előbb a papír. Nektek?",
    ],
    "sv": [
        "Jag skrev tre rader och läste dem högt. **I den andra** saknades en siffra.",
        "En fast timme hjälpte mig, och papper först. Vad hjälper er?",
    ],
}
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
    talk(people, threads=threads, posts=posts, added=added, progress=progress)
    return added


# People ----------------------------------------------------------------------------------------


@transaction.atomic
def make_staff(*, secret):
    roles = {"trainer001": [Role.TRAINER], "moderator001": [Role.MODERATOR], "coordinator": [Role.COORDINATOR]}
    roles |= {f"editor-{code}": [f"editor-{code}"] for code in EDITOR_LANGUAGES} | {"admin": [Role.ADMINISTRATOR]}
    made, partner = 0, Organisation.objects.get_or_create(name=PARTNER)[0]
    for name, groups in roles.items():
        language = name[-2:] if name.startswith("editor-") else "en"
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


# Talk ------------------------------------------------------------------------------------------


def talk(people, *, threads, posts, added, progress):
    """Threads in turn over the kits' forums; the first one holds 3 % of the posts, at least 60 when there are so many."""
    forums = list(Forum.objects.filter(kit_key__isnull=False).order_by("pk"))
    if not (people and threads and forums):
        return
    aliases = {forum.pk: make_aliases(forum, people, progress) for forum in forums}
    run = Post.objects.count()  # tells the ids of this run from those of an earlier one
    order = thread_of_each_post(threads, max(posts, threads), Random(run))
    moments = [timezone.now() - timedelta(days=DAYS) * (1 - place / len(order)) for place in range(len(order))]
    rows = make_threads(forums, aliases, order, moments, people)
    added.add("threads", len(rows))
    written = write_posts(rows, aliases, order, moments, people, run)
    added.add("posts", create(Post, written, "posts", len(order), progress))
    count_posts(rows)


def thread_of_each_post(threads, posts, chance):
    """For each post in the order of time the number of its thread; every thread has one at least."""
    long = min(max(60, posts * 3 // 100), posts - (threads - 1))
    others = posts - (threads - 1) - long
    order = [*range(1, threads), *[0] * long]
    order += [1 + place % (threads - 1) if threads > 1 else 0 for place in range(others)]
    chance.shuffle(order)
    return order


def make_aliases(forum, people, progress):
    """One alias per learner in this forum: {user id: alias id}."""
    rows = (
        SpaceAlias(user_id=user, forum=forum, name=name, name_key=name_key(name))
        for number, user in enumerate(people)
        for name in [f"{WORDS[number % len(WORDS)]} {number + 1}"]
    )
    create(SpaceAlias, rows, f"aliases in “{forum.name}”", len(people), progress, ignore_conflicts=True)
    mine = SpaceAlias.objects.filter(forum=forum, user_id__in=User.objects.filter(username__startswith="learner"))
    return dict(mine.values_list("user_id", "pk"))


def writer(people, aliases, thread, place):
    """Who writes the `place`-th post: learners in turn; whoever could get no alias is passed over."""
    for step in range(len(people)):
        user = people[(place * 7 + thread + step) % len(people)]
        if user in aliases:
            return user
    raise LookupError("No learner has an alias in this forum.")


def make_threads(forums, aliases, order, moments, people):
    first = {}
    for place, thread in enumerate(order):
        first.setdefault(thread, place)
    rows = []
    for number in sorted(first):
        forum, language = forums[number % len(forums)], LANGUAGES[number % len(LANGUAGES)]
        author = writer(people, aliases[forum.pk], number, first[number])
        title = TITLES[language][number // len(LANGUAGES) % len(TITLES[language])]
        moment = {"created_at": moments[first[number]], "last_post_at": moments[first[number]]}
        rows.append(Thread(forum=forum, alias_id=aliases[forum.pk][author], title=title, language=language, **moment))
    return Thread.objects.bulk_create(rows, BATCH)


def write_posts(threads, aliases, order, moments, people, run):
    """Post rows in the order of time; counts along on the threads."""
    ready = {code: [(source, render_markdown(source)) for source in texts] for code, texts in TEXTS.items()}
    for place, number in enumerate(order):
        thread = threads[number]
        author = writer(people, aliases[thread.forum_id], number, place)
        language = thread.language if place % 4 else LANGUAGES[place // 4 % len(LANGUAGES)]
        source, html = ready[language][place % len(ready[language])]
        thread.post_count += 1
        thread.last_post_at = moments[place]
        yield Post(
            thread=thread,
            author_id=author,
            alias_id=aliases[thread.forum_id][author],
            client_id=demo_id("post", run, place),
            language=language,
            source=source,
            html=html,
            created_at=moments[place],
        )


def count_posts(threads):
    keys = [thread.pk for thread in threads]
    last = {}
    for start in range(0, len(keys), BATCH):
        part = Post.objects.filter(thread_id__in=keys[start : start + BATCH]).order_by()
        last |= dict(part.values_list("thread_id").annotate(Max("pk")))
    for thread in threads:
        thread.last_post_id = last[thread.pk]
    Thread.objects.bulk_update(threads, ["post_count", "last_post_id", "last_post_at"], 500)


# Tools -----------------------------------------------------------------------------------------


def demo_id(*parts):
    return uuid5(NAMESPACE_URL, "demo:" + ":".join(map(str, parts)))


def create(model, rows, words, total, progress, **options):
    """Insert an iterable of rows batch by batch; the number of rows given in."""
    rows = iter(progress(words, rows, total))
    count = 0
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch, **options)
        count += len(batch)
    return count
