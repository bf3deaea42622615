"""My learning: her kits in the language of the page, from three queries however many they are."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from courses.models import Enrolment
from courses.queries import KitOutline, LessonLine, done_by_kit, kit_outlines
from courses.reading import next_step

NEW_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KitCard:
    kit: KitOutline
    done: int
    total: int
    step: LessonLine | None
    address: str  # of the next step, down to the part she was at

    @property
    def begun(self):
        return self.done > 0


def learning_of(user, language):
    """dict: `cards` (latest first), `kept` (kits she left with her record), `others` (kits she has not begun), `new` (lessons)."""
    outlines = {kit.key: kit for kit in kit_outlines(language).values()}
    done = done_by_kit(user)
    cards, kept, new = [], [], []
    for enrolment in Enrolment.objects.filter(user=user).order_by("-last_at", "-created_at"):
        kit = outlines.pop(enrolment.kit_key, None)
        if kit is None:
            continue
        if enrolment.state == Enrolment.State.LEFT:
            kept.append(kit)
            continue
        cards.append(card_of(kit, enrolment, done[kit.key]))
        new += new_lessons(kit, enrolment, done[kit.key])
    return {"cards": cards, "kept": kept, "others": list(outlines.values()), "new": new}


def card_of(kit, enrolment, done):
    step = next_step(kit, done, enrolment.last_lesson_key)
    lessons = kit.lessons
    address = step.url if step else kit.url
    if step and step.key == enrolment.last_lesson_key and enrolment.last_block_id:
        address += f"#b-{enrolment.last_block_id}"
    return KitCard(kit, sum(lesson.key in done for lesson in lessons), len(lessons), step, address)


def new_lessons(kit, enrolment, done):
    """Lessons that came after she began the kit, in the last 30 days."""
    since = max(enrolment.created_at, timezone.now() - NEW_FOR)
    return [
        lesson
        for lesson in kit.lessons
        if lesson.published_at and lesson.published_at > since and lesson.key not in done
    ]
