"""A diagram: a drawing of ours with labels in the reader's language, its words for those who cannot see it, and a caption."""

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.block_base import TO_SEE, FixedCharBlock, KitBlock, inline
from courses.diagrams import BadDiagram, draw, mismatch, read_drawing


class LabelBlock(blocks.StructBlock):
    name = FixedCharBlock(label=_("its name in the drawing"), max_length=40)
    text = blocks.CharBlock(label=_("text"))


class DiagramBlock(KitBlock):
    picture = ImageChooserBlock(label=_("drawing (SVG) with places for labels"))
    alt = blocks.CharBlock(label=_("what it shows, for those who cannot see it"))
    description = inline(label=_("what is where, and what leads to what"), required=False)
    caption = blocks.CharBlock(label=_("caption"), required=False)
    labels = blocks.ListBlock(LabelBlock(), label=_("labels"), required=False, default=[])

    def find_faults(self, value):
        names = [label["name"] for label in value["labels"]]
        if len(set(names)) < len(names):
            return {"labels": _("Two labels have the same name.")}
        try:
            missing, extra = mismatch(read_drawing(source_of(value["picture"])), names)
        except BadDiagram as error:
            return {"picture": _("This picture cannot be a diagram: %(reason)s") % {"reason": error}}
        if missing:
            return {"labels": _("The drawing has a place for “%(name)s”: write a label for it.") % {"name": missing[0]}}
        if extra:
            return {"labels": _("The drawing has no place for “%(name)s”.") % {"name": extra[0]}}
        return {}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        key = f"d-{context.get('block_id') or 'sample'}"
        return {**context, "key": key, "drawing": drawing_of(value, key)}

    class Meta:
        icon = "image"
        label = _("Diagram")
        description = _("A drawing with words in it, in each language.")
        group = TO_SEE
        sample = "diagram"
        template = "courses/blocks/diagram.html"


def source_of(picture):
    """The text of an SVG in the library. Raises BadDiagram for what is none, or can no longer be read."""
    try:
        with picture.file.open("rb") as source:
            return source.read().decode()
    except (AttributeError, OSError, UnicodeDecodeError):
        raise BadDiagram("it is not an SVG file") from None


def drawing_of(value, key):
    """The drawing as markup; empty where it cannot be drawn, so that the page shows its words alone."""
    labels = {label["name"]: label["text"] for label in value.get("labels") or ()}
    described = {"aria-describedby": f"{key}-more"} if value.get("description") else {}
    attributes = {"class": "diagram", "role": "img", "aria-labelledby": f"{key}-alt", **described}
    try:
        return mark_safe(draw(source_of(value.get("picture")), labels, key=key, attributes=attributes))
    except BadDiagram:
        return ""
