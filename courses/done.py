"""What somebody has done in a kit, read from her record in one statement."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import CharField, UUIDField, Value

from courses.models import Answer, Completion, LessonProgress
from hub.lib.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody has done in one kit, in the names of Rules.has. `completed`: {module or kit: since when}."""

    lessons: dict = field(default_factory=dict)  # {lesson key: when}
    parts: frozenset = frozenset()  # reflections, checklists and questions together
    completed: dict = field(default_factory=dict)

    def of(self, what):
        return {"lessons": self.lessons, "modules": self.completed}.get(what, self.parts)

    def and_lesson(self, key):
        """The same with one lesson more."""
        return Done({**self.lessons, key: None}, self.parts, self.completed)

    def has_part(self, lesson_key, block_id):
        return (lesson_key, UUID(str(block_id))) in self.parts


NOTHING = Done()


def record_rows(**of_whom):
    """Rows (user, kit, what, key, block, when) of everything done: a lesson, a part that counts, a completed module or kit.

    One statement. `of_whom` are conditions on user and kit, the same in all three tables.
    """
    nothing = Value(None, output_field=UUIDField())
    lessons = LessonProgress.objects.filter(**of_whom).order_by().annotate(what=named("lesson"), block=nothing)
    parts = Answer.objects.filter(state=Answer.State.CURRENT, counts=True, **of_whom).order_by()
    completed = Completion.objects.filter(**of_whom).order_by().annotate(what=named("completed"), block=nothing)
    who = ("user_id", "kit_key")
    return lessons.values_list(*who, "what", "lesson_key", "block", "done_at").union(
        parts.values_list(*who, "kind", "lesson_key", "block_id", "created_at"),
        completed.values_list(*who, "what", "key", "block", "completed_at"),
        all=True,
    )


RECORD = Prepared(lambda user_id, kit_key: record_rows(user=user_id, kit_key=kit_key))


def rows_of(user, kit_key):
    """record_rows of one person in one kit."""
    return RECORD(user_id=user.pk, kit_key=kit_key)


def done_of(user, kit_key):
    """The Done of one person in one kit."""
    return done_in(rows_of(user, kit_key))


def named(text):
    return Value(text, output_field=CharField())


def done_in(rows):
    """A Done of the rows of one person in one kit."""
    lessons, parts, completed = {}, set(), {}
    for _user, _kit, what, key, block, when in rows:
        if what == "lesson":
            lessons[key] = when
        elif what == "completed":
            completed[key] = when
        else:
            parts.add((key, block))
    return Done(lessons, frozenset(parts), completed)
