"""The blocks a kit is written in: few, finished, and the same ids in every language.

Lists stand directly in a block or in the items of a list: wagtail-localize reads no list that lies two structs deep.
"""

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.segments import StringSegmentValue

from courses.block_base import INLINE, TO_DO, TO_READ, TO_SEE, FixedCharBlock, KitBlock, Previewed, RichBlock, inline
from courses.captions import caption_faults, cue_texts, replace_cues
from courses.diagram_block import DiagramBlock
from courses.elsewhere import SEVERAL, languages_elsewhere
from courses.questions.blocks import ASSESSMENT_BLOCKS, QUESTION_BLOCKS, QUIZ_BLOCKS

PROSE = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]


class CaptionsBlock(blocks.TextBlock):
    """A WebVTT text, translated cue by cue; its times stay as they are."""

    def get_translatable_segments(self, value):
        return [StringSegmentValue("", text) for text in cue_texts(value or "")]

    def restore_translated_segments(self, value, segments):
        ordered = sorted(segments, key=lambda segment: segment.order)
        return replace_cues(value, [segment.render_text() for segment in ordered])


PAGE_CODE = re.compile(r"[A-Z][A-Z0-9]{0,9}$")  # of the booklet: B1, P1, F3


def page_codes(text):
    """`"B2, B3"` as a list of codes."""
    return [code.strip() for code in (text or "").split(",") if code.strip()]


class ProseBlock(Previewed, RichBlock):
    def __init__(self, **kwargs):
        super().__init__(features=PROSE, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs with headings, lists and links.")
        group = TO_READ
        sample = "text"
        template = "courses/blocks/text.html"


class KeyIdeaBlock(Previewed, RichBlock):
    def __init__(self, **kwargs):
        super().__init__(features=INLINE, **kwargs)

    class Meta:
        icon = "pick"
        label = _("Key idea")
        description = _("The one thing to keep, in three sentences at most.")
        group = TO_READ
        sample = "key_idea"
        template = "courses/blocks/key_idea.html"


class ImageBlock(KitBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("what it shows, for those who cannot see it"))
    caption = blocks.CharBlock(label=_("caption"), required=False)
    credit = blocks.CharBlock(label=_("made by, licence"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with words for those who cannot see it.")
        group = TO_SEE
        sample = "image"
        template = "courses/blocks/image.html"


class ExampleBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"))
    text = inline(label=_("text"))

    class Meta:
        icon = "user"
        label = _("Example")
        description = _("A person at work, made up for this kit. The page says so.")
        group = TO_READ
        sample = "example"
        template = "courses/blocks/example.html"


class TitledItem(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = inline(label=_("text"), required=False)


class StepsBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    items = blocks.ListBlock(TitledItem(), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do, one thing after the other.")
        group = TO_READ
        sample = "steps"
        template = "courses/blocks/steps.html"


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(required=False), label=_("cells"))


class TableBlock(KitBlock):
    caption = blocks.CharBlock(label=_("caption"))
    header = blocks.ListBlock(blocks.CharBlock(), label=_("column titles"))
    rows = blocks.ListBlock(RowBlock(), label=_("rows"))

    def find_faults(self, value):
        if any(len(row["cells"]) != len(value["header"]) for row in value["rows"]):
            return {"rows": _("Each row needs as many cells as there are column titles.")}
        return {}

    class Meta:
        icon = "table"
        label = _("Comparison table")
        description = _("Rows and columns; the first column names the row.")
        group = TO_READ
        sample = "table"
        template = "courses/blocks/table.html"


class AccordionBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    items = blocks.ListBlock(TitledItem(), label=_("sections"))

    class Meta:
        icon = "collapse-down"
        label = _("Sections to open")
        description = _("Short sections of which a reader opens those that matter.")
        group = TO_READ
        sample = "accordion"
        template = "courses/blocks/accordion.html"


class ReflectionBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"))
    prompt = blocks.TextBlock(label=_("question to the reader"))
    help = blocks.TextBlock(label=_("help"), required=False)
    booklet = FixedCharBlock(label=_("page of the booklet"), required=False, max_length=10)
    pulls = FixedCharBlock(label=_("earlier pages to show above it, such as B2, B3"), required=False, max_length=60)
    rows = blocks.IntegerBlock(label=_("lines"), default=5, min_value=3, max_value=12)
    paper_first = blocks.BooleanBlock(label=_("suggest paper first"), required=False)

    def find_faults(self, value):
        if not all(PAGE_CODE.match(code) for code in page_codes(value["pulls"])):
            return {"pulls": _("Write pages of the booklet with commas between them: B2, B3.")}
        return {}

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _("A question to the reader, with a private place to write, or paper.")
        group = TO_DO
        sample = "reflection"
        template = "courses/blocks/reflection.html"


class ChecklistBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"))
    booklet = FixedCharBlock(label=_("page of the booklet"), required=False, max_length=10)
    items = blocks.ListBlock(blocks.CharBlock(), label=_("things to tick"))

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        description = _("Things to tick. The ticks are kept and seen by nobody else.")
        group = TO_DO
        sample = "checklist"
        template = "courses/blocks/checklist.html"


class DownloadBlock(KitBlock):
    file = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("title"))
    about = blocks.CharBlock(label=_("about"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        description = _("A file to take along.")
        group = TO_SEE
        sample = "download"
        template = "courses/blocks/download.html"


class LanguageBlock(blocks.ChoiceBlock):
    """A language of something outside the hub. A further language of the hub is a choice here, and no change of the database."""

    def __init__(self, choices=(), **kwargs):
        super().__init__(choices=lambda: [SEVERAL, *languages_elsewhere()], **kwargs)

    def deconstruct(self):
        name, args, kwargs = super().deconstruct()
        at_first = [pair for pair in settings.LANGUAGE_NAMES.items() if pair[0] in settings.COMPLETE_LANGUAGES]
        return name, args, {**kwargs, "choices": [SEVERAL, *at_first]}


class ResourceBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"))
    url = blocks.URLBlock(label=_("address"))
    language = LanguageBlock(label=_("language"))
    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[
            ("website", _("website")),
            ("article", _("article")),
            ("video", _("video")),
            ("course", _("course")),
            ("tool", _("tool")),
            ("document", _("document")),
        ],
    )
    licence = FixedCharBlock(label=_("licence"), required=False)
    about = blocks.CharBlock(label=_("about"), required=False)

    class Meta:
        icon = "link-external"
        label = _("Outside resource")
        description = _("A page elsewhere, with its language and kind.")
        group = TO_SEE
        sample = "resource"
        template = "courses/blocks/resource.html"


class MediaBlock(KitBlock):
    file = DocumentChooserBlock(label=_("film or sound"))
    title = blocks.CharBlock(label=_("title"))
    captions = CaptionsBlock(label=_("captions (WebVTT)"), required=False)
    transcript = inline(label=_("transcript"))
    credit = blocks.CharBlock(label=_("made by, licence"), required=False)
    poster = ImageChooserBlock(label=_("still picture"), required=False)

    def find_faults(self, value):
        film = value["file"] and value["file"].file_extension in {"mp4", "webm"}
        if film and not value["captions"]:
            return {"captions": _("A film needs captions. The first line of the text is WEBVTT.")}
        faults = caption_faults(value["captions"]) if value["captions"] else ()
        return {"captions": " ".join(faults)} if faults else {}

    class Meta:
        icon = "media"
        label = _("Film or sound")
        description = _("A film or sound with captions and the same in words.")
        group = TO_SEE
        sample = "media"
        template = "courses/blocks/media.html"


class SessionStep(blocks.StructBlock):
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=240)
    title = blocks.CharBlock(label=_("title"))
    text = inline(label=_("what happens"), required=False)
    say = blocks.TextBlock(label=_("words to open with"), required=False)


class SessionBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"))
    aim = blocks.TextBlock(label=_("aim"))
    minutes = blocks.IntegerBlock(label=_("minutes in all"), min_value=10, max_value=480)
    materials = blocks.ListBlock(blocks.CharBlock(), label=_("materials"))
    steps = blocks.ListBlock(SessionStep(), label=_("steps"))
    short_of_time = inline(label=_("if short of time"), required=False)
    variants = inline(label=_("online, hybrid, on paper"), required=False)

    def find_faults(self, value):
        if sum(step["minutes"] for step in value["steps"]) != value["minutes"]:
            return {"minutes": _("The minutes of the steps do not add up to this.")}
        return {}

    class Meta:
        icon = "date"
        label = _("Session plan")
        description = _("A plan for trainers: aim, timed steps, words to open with, materials.")
        group = TO_DO
        sample = "session"
        template = "courses/blocks/session.html"


# The names are those of the text files (content/README.md), with - written as _.
HOME_BLOCKS = [
    ("text", ProseBlock()),
    ("key_idea", KeyIdeaBlock()),
    ("steps", StepsBlock()),
    ("accordion", AccordionBlock()),
]
INFO_BLOCKS = [
    *HOME_BLOCKS,
    ("image", ImageBlock()),
    ("diagram", DiagramBlock()),
    ("example", ExampleBlock()),
    ("table", TableBlock()),
    ("download", DownloadBlock()),
    ("resource", ResourceBlock()),
    ("media", MediaBlock()),
]
LESSON_BLOCKS = [
    *INFO_BLOCKS,
    ("reflection", ReflectionBlock()),
    ("checklist", ChecklistBlock()),
    *QUESTION_BLOCKS,
    *QUIZ_BLOCKS,
    *ASSESSMENT_BLOCKS,
    ("session", SessionBlock()),
]
KIT_BLOCKS = HOME_BLOCKS
