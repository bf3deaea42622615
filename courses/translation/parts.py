"""A page as its translator sees it: every text once, in reading order, with what was written and what is open."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import StringSegment, StringTranslation

from courses.translation.flat import mark
from courses.translation.older import Older, older_translations

BODY = "body."
BEHIND, MISSING, DONE = "behind", "missing", "done"


@dataclass
class Part:
    """One text of a page. `row` is its StringTranslation; `older` what was translated before the English changed."""

    id: int
    context_id: int
    string_id: int
    english: str
    path: str
    field_path: str
    row: StringTranslation | None = None
    older: Older | None = None
    place: str = ""
    aids: dict = field(default_factory=dict)  # what the desk lays beside it: terms, matches, suggestion

    @property
    def text(self):
        return self.row.data if self.row else ""

    @property
    def state(self):
        if self.row and not self.row.has_error and self.row.data:
            return DONE
        return BEHIND if self.older else MISSING

    @property
    def is_open(self):
        return self.state != DONE

    @property
    def base(self):
        """A mark of the text that the translator has before her: a later save sees whether it has changed since."""
        return mark(self.text)

    @property
    def block_id(self):
        """The id of the block that holds it, empty for a field of the page."""
        return self.path.split(".")[1] if self.path.startswith(BODY) else ""


def parts_of(translation):
    """Every Part of a translation in reading order. Two statements; four more while anything is open."""
    source = translation.source
    segments = StringSegment.objects.filter(source=source).order_by("order", "pk").select_related("context", "string")
    found = {}
    for row in segments:
        key = (row.context_id, row.string_id)
        context = row.context
        found.setdefault(
            key, Part(row.pk, row.context_id, row.string_id, row.string.data, context.path, context.field_path)
        )
    rows = StringTranslation.objects.filter(context__object_id=source.object_id, locale=translation.target_locale_id)
    for row in rows.select_related("last_translated_by"):
        if (row.context_id, row.translation_of_id) in found:
            found[row.context_id, row.translation_of_id].row = row
    parts = list(found.values())
    if any(part.is_open for part in parts):
        lay_older(parts, older_translations(translation))
    return parts


def lay_older(parts, older):
    for part in parts:
        part.older = older.get(part.id)


def count_states(parts):
    """{"behind": n, "missing": n, "done": n}"""
    counts = dict.fromkeys((BEHIND, MISSING, DONE), 0)
    for part in parts:
        counts[part.state] += 1
    return counts


# Where a text stands -----------------------------------------------------------------------------------


def name_places(parts, model):
    """Say of each Part where on the page it stands, in the words of the page editor: “Steps › title”."""
    for part in parts:
        part.place = " › ".join(map(str, labels(model, part.field_path.split("."))))


def labels(model, names):
    """The labels of a field path; wagtail-localize calls the items of a list `item`."""
    model_field = model._meta.get_field(names[0])
    if not isinstance(model_field, StreamField):
        return [capfirst(model_field.verbose_name)]
    found, block = [], model_field.stream_block
    for name in names[1:]:
        block = child_of(block, name)
        if block is None:
            break
        if name != "item":
            found.append(block.label)
    return found


def child_of(block, name):
    if isinstance(block, blocks.ListBlock):
        return block.child_block
    return getattr(block, "child_blocks", {}).get(name)
