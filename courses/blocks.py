"""The blocks a kit is written in: few, finished, and the same ids in every language.

Lists stand directly in a block or in the items of a list: wagtail-localize reads no list that lies two structs deep.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.segments import StringSegmentValue

from courses.captions import cue_texts, replace_cues

PROSE = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
INLINE = ["bold", "italic", "ol", "ul", "link"]


def prose(**kwargs):
    return blocks.RichTextBlock(features=PROSE, **kwargs)


def inline(**kwargs):
    return blocks.RichTextBlock(features=INLINE, **kwargs)


class FixedCharBlock(blocks.CharBlock):
    """A short text that is the same in every language, such as a code or the name of a licence."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class CaptionsBlock(blocks.TextBlock):
    """A WebVTT text, translated cue by cue; its times stay as they are."""

    def get_translatable_segments(self, value):
        return [StringSegmentValue("", text) for text in cue_texts(value or "")]

    def restore_translated_segments(self, value, segments):
        ordered = sorted(segments, key=lambda segment: segment.order)
        return replace_cues(value, [segment.render_text() for segment in ordered])


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("what it shows, for those who cannot see it"))
    caption = blocks.CharBlock(label=_("caption"), required=False)
    credit = blocks.CharBlock(label=_("made by, licence"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "courses/blocks/image.html"


class ExampleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = inline(label=_("text"))

    class Meta:
        icon = "user"
        label = _("Example")
        template = "courses/blocks/example.html"


class TitledItem(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = inline(label=_("text"), required=False)


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    items = blocks.ListBlock(TitledItem(), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "courses/blocks/steps.html"


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(), label=_("cells"))


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("caption"))
    header = blocks.ListBlock(blocks.CharBlock(), label=_("column titles"))
    rows = blocks.ListBlock(RowBlock(), label=_("rows"))

    class Meta:
        icon = "table"
        label = _("Comparison table")
        template = "courses/blocks/table.html"


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    items = blocks.ListBlock(TitledItem(), label=_("sections"))

    class Meta:
        icon = "collapse-down"
        label = _("Sections to open")
        template = "courses/blocks/accordion.html"


class ReflectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    prompt = blocks.TextBlock(label=_("question to her"))
    help = blocks.TextBlock(label=_("help"), required=False)
    booklet = FixedCharBlock(label=_("page of the booklet"), required=False, max_length=10)
    rows = blocks.IntegerBlock(label=_("lines"), default=5, min_value=3, max_value=12)
    paper_first = blocks.BooleanBlock(label=_("suggest paper first"), required=False)

    class Meta:
        icon = "edit"
        label = _("Reflection")
        template = "courses/blocks/reflection.html"


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    booklet = FixedCharBlock(label=_("page of the booklet"), required=False, max_length=10)
    items = blocks.ListBlock(blocks.CharBlock(), label=_("things to tick"))

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "courses/blocks/checklist.html"


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("answer"))
    correct = blocks.BooleanBlock(label=_("right"), required=False)
    feedback = blocks.TextBlock(label=_("what she reads after choosing it"))


class QuestionBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(label=_("question"))
    several = blocks.BooleanBlock(label=_("several answers are right"), required=False)
    options = blocks.ListBlock(OptionBlock(), label=_("answers"), min_num=2)
    explanation = inline(label=_("explanation"), required=False)

    class Meta:
        icon = "help"
        label = _("Self-check question")
        template = "courses/blocks/question.html"


class DownloadBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("title"))
    about = blocks.CharBlock(label=_("about"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "courses/blocks/download.html"


class ResourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    url = blocks.URLBlock(label=_("address"))
    language = blocks.ChoiceBlock(
        label=_("language"),
        choices=[
            ("mul", _("several languages")),
            ("en", "English"),
            ("it", "Italiano"),
            ("el", "Ελληνικά"),
            ("hu", "Magyar"),
            ("sv", "Svenska"),
        ],
    )
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
        template = "courses/blocks/resource.html"


class MediaBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("film or sound"))
    title = blocks.CharBlock(label=_("title"))
    captions = CaptionsBlock(label=_("captions (WebVTT)"), required=False)
    transcript = inline(label=_("transcript"))
    credit = blocks.CharBlock(label=_("made by, licence"), required=False)
    poster = ImageChooserBlock(label=_("still picture"), required=False)

    class Meta:
        icon = "media"
        label = _("Film or sound")
        template = "courses/blocks/media.html"


class SessionStep(blocks.StructBlock):
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=240)
    title = blocks.CharBlock(label=_("title"))
    text = inline(label=_("what happens"), required=False)
    say = blocks.TextBlock(label=_("words to open with"), required=False)


class SessionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    aim = blocks.TextBlock(label=_("aim"))
    minutes = blocks.IntegerBlock(label=_("minutes in all"), min_value=10, max_value=480)
    materials = blocks.ListBlock(blocks.CharBlock(), label=_("materials"))
    steps = blocks.ListBlock(SessionStep(), label=_("steps"))
    short_of_time = inline(label=_("if short of time"), required=False)
    variants = inline(label=_("online, hybrid, on paper"), required=False)

    class Meta:
        icon = "date"
        label = _("Session plan")
        template = "courses/blocks/session.html"


def text_block():
    return prose(icon="pilcrow", label=_("Text"), template="courses/blocks/text.html")


def key_idea_block():
    return inline(icon="pick", label=_("Key idea"), template="courses/blocks/key_idea.html")


# The names are those of the text files (content/README.md), with - written as _.
HOME_BLOCKS = [
    ("text", text_block()),
    ("key_idea", key_idea_block()),
    ("steps", StepsBlock()),
    ("accordion", AccordionBlock()),
]
INFO_BLOCKS = [
    *HOME_BLOCKS,
    ("image", ImageBlock()),
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
    ("question", QuestionBlock()),
    ("session", SessionBlock()),
]
KIT_BLOCKS = HOME_BLOCKS
