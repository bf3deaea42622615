"""Blocks of sheets for paper, and the offices of a country page."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.block_base import TO_DO, TO_READ, FixedCharBlock, KitBlock, inline
from courses.blocks import (
    HOME_BLOCKS,
    ImageBlock,
    ProseBlock,
    SessionBlock,
    TableBlock,
    TitledItem,
)
from courses.diagram_block import DiagramBlock

PHONE = re.compile(r"\+?[0-9][0-9 -]{1,24}$")

# What a country page has to say, in this order. The names of the rows are written into the text files.
ROW_TITLES = [
    ("recognition", _("Recognition of degrees")),
    ("professions", _("Regulated professions")),
    ("employment", _("Employment service")),
    ("language", _("Language courses")),
    ("networks", _("Networks of women in science and technology")),
    ("equality", _("When you are treated unequally")),
    ("labour", _("Rights at work, and legal help")),
    ("help", _("Help lines and emergency")),
]


class BoxesBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    items = blocks.ListBlock(blocks.CharBlock(), label=_("things to tick"))

    class Meta:
        icon = "tasks"
        label = _("Boxes to tick on paper")
        description = _("Things to tick with a pen. Nothing is kept.")
        group = TO_DO
        sample = "boxes"
        template = "courses/blocks/boxes.html"


class LinesBlock(KitBlock):
    label = blocks.CharBlock(label=_("what belongs here"), required=False)
    help = blocks.TextBlock(label=_("help"), required=False)
    rows = blocks.IntegerBlock(label=_("lines"), default=5, min_value=1, max_value=20)

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "row_marks": range(value["rows"] or 5)}

    class Meta:
        icon = "edit"
        label = _("Lines to write on")
        description = _("Ruled lines for a pen.")
        group = TO_DO
        sample = "lines"
        template = "courses/blocks/lines.html"


class CardsBlock(KitBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    items = blocks.ListBlock(TitledItem(), label=pgettext_lazy("of paper", "cards"))

    class Meta:
        icon = "copy"
        label = _("Cards to cut out")
        description = _("Cards in two columns, each whole on its page.")
        group = TO_DO
        sample = "cards"
        template = "courses/blocks/cards.html"


class OfficeBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("official name"))
    url = blocks.URLBlock(label=_("official home page"), required=False)
    phone = FixedCharBlock(label=_("telephone"), required=False, max_length=26)
    verify = blocks.BooleanBlock(label=_("still to be verified by a partner"), required=False)
    does = inline(label=_("what it does"), required=False)
    for_whom = inline(label=_("for whom"), required=False)
    ask = inline(label=_("what to ask"), required=False)
    bring = inline(label=_("what to bring"), required=False)

    def clean(self, value):
        value = super().clean(value)
        if value["phone"] and not PHONE.match(value["phone"]):
            message = _("A telephone number is written with digits, spaces and hyphens.")
            raise StructBlockValidationError({"phone": ValidationError(message)})
        return value


class BodiesBlock(KitBlock):
    row = blocks.ChoiceBlock(label=_("row"), choices=ROW_TITLES)
    intro = inline(label=_("introduction"), required=False)
    items = blocks.ListBlock(OfficeBlock(), label=_("offices and services"), required=False, default=[])

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "title": dict(ROW_TITLES).get(value["row"], "")}

    class Meta:
        icon = "site"
        label = _("Where to ask")
        description = _("The offices and services of one row of a country page.")
        group = TO_READ
        sample = "bodies"
        template = "courses/blocks/bodies.html"


COUNTRY_BLOCKS = [("text", ProseBlock()), ("bodies", BodiesBlock())]
HANDOUT_BLOCKS = [
    *HOME_BLOCKS,
    ("image", ImageBlock()),
    ("diagram", DiagramBlock()),
    ("table", TableBlock()),
    ("boxes", BoxesBlock()),
    ("lines", LinesBlock()),
    ("cards", CardsBlock()),
    ("session", SessionBlock()),
]
