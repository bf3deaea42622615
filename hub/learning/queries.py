"""My learning: her kits in the language of the page, from three statements however many they are."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from courses.enrolment_words import Words, in_words
from courses.models import Enrolment, LessonProgress
from courses.plans import next_steps
from courses.queries import KitOutline, LessonLine, kit_outlines
from courses.reading import next_step
from hub.lib.prepared import Prepared

NEWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class KitCard:
    """A kit she is enrolled in. `language` is set when the kit is not there in the language of the page."""

    kit: KitOutline
    enrolment: Enrolment
    done: int
    step: LessonLine | None
    module: int  # the number of the module in which the next step is
    address: str  # of the next step, down to the part she was at
    words: Words
    language: str = ""

    @property
    def total(self):
        return len(self.kit.lessons)

    @property
    def rank(self):
        """What she went on with last stands first; what has no next step comes after all that has one."""
        seen = self.enrolment.last_at or self.enrolment.created_at
        return self.step is None, -seen.timestamp()


@dataclass(frozen=True, slots=True)
class Notice:
    """A kit in another state: waiting, invited, refused, left."""

    kit: KitOutline
    words: Words
    language: str = ""


@dataclass(frozen=True, slots=True)
class News:
    lesson: LessonLine
    kit: KitOutline
    changed: bool  # a lesson she has done says something new; else the lesson itself is new


ENROLMENTS = Prepared(lambda user_id: Enrolment.objects.filter(user=user_id).order_by("pk"))
MARKED = Prepared(
    lambda user_id: LessonProgress.objects.filter(user=user_id).values_list("kit_key", "lesson_key", "done_at")
)


def enrolments_of(user):
    found = ENROLMENTS(user_id=user.pk)
    waits = any(row.state == Enrolment.State.WAITING for row in found)
    return list(Enrolment.objects.filter(user=user).order_by("pk").with_number()) if waits else found


def learning_of(user, enrolments, language):
    """dict: `first` and `rest` (KitCards), `waiting` and `left` (Notices), `others` (kits not begun), `news`, `more_news`, `steps`."""
    kits = Kits(language)
    done = done_by_kit(user)
    cards = [card_of(row, kits, done.get(row.kit_key, {})) for row in enrolments if row.state == Enrolment.State.ACTIVE]
    cards = sorted(filter(None, cards), key=lambda card: card.rank)
    news = [item for card in cards for item in news_of(card, done.get(card.kit.key, {}))]
    hers = {row.kit_key for row in enrolments}
    return {
        "first": cards[0] if cards else None,
        "rest": cards[1:],
        "waiting": notices(enrolments, kits, lambda state: state not in {Enrolment.State.ACTIVE, Enrolment.State.LEFT}),
        "left": notices(enrolments, kits, lambda state: state == Enrolment.State.LEFT),
        "others": [kit for key, kit in kits.here.items() if key not in hers],
        "news": news[:NEWS_SHOWN],
        "more_news": len(news[NEWS_SHOWN:]),
        "steps": [(step, kits.find(step.goal.kit_key)[0]) for step in next_steps(user)],
    }


class Kits:
    """Outlines by key: in the language of the page, else in the language the kits are written in."""

    def __init__(self, language):
        self.here = {kit.key: kit for kit in kit_outlines(language).values()}

    def find(self, kit_key):
        """(outline or None, "" or the other language)."""
        if kit_key in self.here:
            return self.here[kit_key], ""
        source = settings.LANGUAGE_CODE
        found = next((kit for kit in kit_outlines(source).values() if kit.key == kit_key), None)
        return found, source


def done_by_kit(user):
    """{kit key: {lesson key: when}}"""
    done = {}
    for kit_key, lesson_key, when in MARKED(user_id=user.pk):
        done.setdefault(kit_key, {})[lesson_key] = when
    return done


def card_of(enrolment, kits, done):
    kit, language = kits.find(enrolment.kit_key)
    if kit is None:
        return None
    step = next_step(kit, done, enrolment.last_lesson_key)
    module = next((line.number for line in kit.modules if step in line.lessons), 0)
    address = step.url if step else kit.url
    if step and step.key == enrolment.last_lesson_key and enrolment.last_block_id:
        address += f"#b-{enrolment.last_block_id}"
    count = sum(lesson.key in done for lesson in kit.lessons)
    return KitCard(kit, enrolment, count, step, module, address, in_words(enrolment), language)


def notices(enrolments, kits, wanted):
    rows = [(row, *kits.find(row.kit_key)) for row in enrolments if wanted(row.state)]
    return [Notice(kit, in_words(row), language) for row, kit, language in rows if kit]


def news_of(card, done):
    """News about the kit since her visit before this one."""
    since = card.enrolment.news_since or card.enrolment.created_at
    for lesson in card.kit.lessons:
        if lesson.key not in done and lesson.published_at and lesson.published_at > since:
            yield News(lesson, card.kit, changed=False)
        elif is_renewed(lesson, since, done.get(lesson.key)):
            yield News(lesson, card.kit, changed=True)


def is_renewed(lesson, since, when_done):
    day = lesson.renewed_on
    return bool(day and when_done) and timezone.localdate(when_done) < day and timezone.localdate(since) <= day
