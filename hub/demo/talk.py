"""Threads and posts of the demo: worked out beforehand, so that counters and reading marks are right when they are written."""

from array import array
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cache
from random import Random

from django.utils import timezone

from forums.models import Forum, Post, SpaceAlias, Thread, ThreadRead
from forums.names import WORDS, name_key
from hub.accounts.models import User
from hub.demo.rows import create, demo_id, gather_statistics, insert, reserve
from hub.demo.words import LANGUAGES, TEXTS, TITLES
from hub.lib.sanitise import render_markdown
from hub.search.models import PostWords, ThreadWords
from hub.search.text import packed, plain

DAYS = 90  # how far back the talk goes
STRIDE = 7_919  # a prime: whatever the number of learners, all of them write, and many in one thread
ANSWERS = 5  # every fifth post answers the one before it in its thread
# Whoever writes in a thread follows it. In the long one most have stopped: else each reply would be told to all learners.
FOLLOWERS_OF_LONG = 50


def talk(people, *, threads, posts, added, progress):
    """Threads in turn over the kits' forums; the first one holds 3 % of the posts, at least 60 when there are so many."""
    forums = list(Forum.objects.filter(kit_key__isnull=False).order_by("pk"))
    if not (people and threads and forums):
        return
    seats = [make_aliases(forum, people, progress) for forum in forums]
    run = Post.objects.count()  # tells the ids of this run from those of an earlier one
    order = thread_of_each_post(threads, max(posts, threads), Random(run))
    plan = Plan(order, places_in_threads(order, threads), [forum.pk for forum in forums], seats)
    plan.first_thread, plan.first_post = reserve(Thread, threads), reserve(Post, len(order))
    added.add("threads", insert(Thread, THREAD, progress("threads", thread_rows(plan), threads)))
    added.add("posts", insert(Post, POST, progress("posts", post_rows(plan, run), len(order))))
    insert(ThreadWords, ["thread_id", "words"], thread_words(plan))
    insert(PostWords, ["post_id", "words"], progress("posts in the index", post_words(plan), len(order)))
    marks = sum(len(marks_in(plan, number)) for number in range(threads))
    insert(ThreadRead, READ, progress("reading marks", read_rows(plan), marks))
    gather_statistics(User, SpaceAlias, Thread, Post, ThreadRead, ThreadWords, PostWords)


def make_aliases(forum, people, progress):
    """One alias per learner in this forum: [(user id, alias id)] of those who got one."""
    rows = (
        SpaceAlias(user_id=user, forum=forum, name=name, name_key=name_key(name))
        for number, user in enumerate(people)
        for name in [f"{WORDS[number % len(WORDS)]} {number + 1}"]
    )
    create(SpaceAlias, rows, f"aliases in “{forum.name}”", len(people), progress, ignore_conflicts=True)
    mine = SpaceAlias.objects.filter(forum=forum, user_id__in=User.objects.filter(username__startswith="learner"))
    aliases = dict(mine.values_list("user_id", "pk"))
    return [(user, aliases[user]) for user in people if user in aliases]


# The plan --------------------------------------------------------------------------------------


@dataclass
class Plan:
    """`order`: the number of its thread for each post, by time; `places`: for each thread the places of its posts in that."""

    order: list
    places: list
    forums: list  # ids
    seats: list  # for each forum [(user id, alias id)]
    first_thread: int = 0
    first_post: int = 0

    def __post_init__(self):
        self.began = timezone.now().astimezone(UTC).replace(tzinfo=None) - timedelta(days=DAYS)
        self.step = timedelta(days=DAYS) / len(self.order)

    def moment(self, place):
        return str(self.began + self.step * place)

    def writer(self, number, place):
        """(user id, alias id) of the post at `place`, in thread `number`: learners in turn."""
        seats = self.seats[number % len(self.forums)]
        return seats[(place * STRIDE + number) % len(seats)]


def thread_of_each_post(threads, posts, chance):
    """For each post in the order of time the number of its thread; every thread has one at least."""
    long = min(max(60, posts * 3 // 100), posts - (threads - 1))
    others = posts - (threads - 1) - long
    order = [*range(1, threads), *[0] * long]
    order += [1 + place % (threads - 1) if threads > 1 else 0 for place in range(others)]
    chance.shuffle(order)
    return order


def places_in_threads(order, threads):
    """For each thread the places of its posts, by time. Numbers in arrays: a million as objects would fill the memory."""
    places = [array("q") for _ in range(threads)]
    for place, number in enumerate(order):
        places[number].append(place)
    return places


# Rows ------------------------------------------------------------------------------------------

THREAD = "id forum_id alias_id title language created_at post_count last_post_id last_post_at".split()
POST = "id thread_id author_id alias_id in_reply_to_id client_id language source html created_at".split()
READ = "user_id thread_id following last_post_id".split()


def language_of(number):
    return LANGUAGES[number % len(LANGUAGES)]


def title_of(number):
    """(language, title) of a thread."""
    language = language_of(number)
    return language, TITLES[language][number // len(LANGUAGES) % len(TITLES[language])]


def text_of(number, place):
    """(language, number of the text) of the post at a place, in a thread."""
    language = language_of(number if place % 4 else place // 4)
    return language, place % len(TEXTS[language])


def thread_rows(plan):
    for number, places in enumerate(plan.places):
        (language, title), (_user, alias) = title_of(number), plan.writer(number, places[0])
        began, ended = plan.moment(places[0]), plan.moment(places[-1])
        forum, last = plan.forums[number % len(plan.forums)], plan.first_post + places[-1]
        yield plan.first_thread + number, forum, alias, title, language, began, len(places), last, ended


def post_rows(plan, run):
    ready = {code: [(source, str(render_markdown(source))) for source in texts] for code, texts in TEXTS.items()}
    head = demo_id("post", run).hex[:16]
    before = array("q", [0]) * len(plan.places)  # the post before, in each thread
    for place, number in enumerate(plan.order):
        user, alias = plan.writer(number, place)
        language, text = text_of(number, place)
        source, html = ready[language][text]
        answered = before[number] or None if place % ANSWERS == 0 else None
        before[number] = pk = plan.first_post + place
        client_id = f"{head}8{place:015x}"
        yield (
            pk,
            plan.first_thread + number,
            user,
            alias,
            answered,
            client_id,
            language,
            source,
            html,
            plan.moment(place),
        )


def thread_words(plan):
    """What threads are found by (hub.search.keeping): the title and the first post. There are few different ones."""
    ready = {}
    for number, places in enumerate(plan.places):
        told = title_of(number), text_of(number, places[0])
        if told not in ready:
            (language, title), (other, text) = told
            ready[told] = packed(language, f"{title} {read_texts()[other][text]}")
        yield plan.first_thread + number, ready[told]


@cache
def read_texts():
    """{language: [a text as a reader sees it]}."""
    return {code: [plain(render_markdown(text)) for text in texts] for code, texts in TEXTS.items()}


def post_words(plan):
    ready = {code: [packed(code, text) for text in texts] for code, texts in read_texts().items()}
    for place, number in enumerate(plan.order):
        language, text = text_of(number, place)
        yield plan.first_post + place, ready[language][text]


def read_rows(plan):
    """Whoever wrote in a thread has read so far, and follows it."""
    for number in range(len(plan.places)):
        marks = marks_in(plan, number)
        late = sorted(marks.values())[-FOLLOWERS_OF_LONG:]
        for user, last in marks.items():
            yield user, plan.first_thread + number, number > 0 or last >= late[0], last


def marks_in(plan, number):
    """{user id: id of her last post} in a thread."""
    return {plan.writer(number, place)[0]: plan.first_post + place for place in plan.places[number]}
