"""What the blocks of a kit are made of: their fields, their groups in the block picker, their samples and their checks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from courses import previews
from hub.lib.tidy_rich import tidy_rich

INLINE = ["bold", "italic", "ol", "ul", "link"]


class RichBlock(blocks.RichTextBlock):
    """Rich text; what Word leaves in a pasted text is made plain when it is saved."""

    def value_from_form(self, value):
        return RichText(tidy_rich(super().value_from_form(value).source))

    def deconstruct(self):
        """As Wagtail's own in migrations, of which it differs in nothing that a database knows."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs


def inline(**kwargs):
    return RichBlock(features=INLINE, **kwargs)


class FixedCharBlock(blocks.CharBlock):
    """A short text that is the same in every language, such as a code or the name of a licence."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value

    def get_searchable_content(self, value):
        return []  # a code is nothing to look for


TO_READ, TO_DO, TO_SEE = _("To read"), _("To do"), _("To see and to keep")


class Previewed:
    """A block that shows a sample of itself in the block picker; `sample` names a function of previews.py."""

    def get_preview_value(self):
        return self.normalize(getattr(previews, self.meta.sample)())

    def get_preview_template(self, value, context=None):
        return "courses/block_preview.html"


class KitBlock(Previewed, blocks.StructBlock):
    """A block of several fields. `find_faults` gives {field: message} for what would leave it of no use."""

    def find_faults(self, value):
        return {}

    def clean(self, value):
        value = super().clean(value)
        if faults := self.find_faults(value):
            raise StructBlockValidationError({name: ValidationError(text) for name, text in faults.items()})
        return value
