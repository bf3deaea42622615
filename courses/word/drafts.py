"""An Outline as draft pages: the kit, its modules and lessons, all of it or nothing."""

import io
from uuid import uuid5

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.tasks import update_reference_index_task

from courses.models import KitIndexPage, KitPage, LessonPage, ModulePage
from courses.models.pages import PRINT
from courses.translation.publish import add_page
from courses.word.pictures import redraw

LONGEST_SLUG = 60


def english_index():
    """The list of kits under which authors write; None on a hub without pages."""
    return KitIndexPage.objects.filter(locale__language_code="en").first()


def made_before(key):
    """The kit that was made of a document, whoever pressed the button how often."""
    return KitPage.objects.filter(translation_key=key, locale__language_code="en").first()


def make_drafts(*, outline, key, title, audience, user):
    """The KitPage. `key` is its translation key, so that one document makes one kit however often it is sent.

    One transaction: nothing is published here, which is where a long one would hurt the tree (docs/decisions.md).
    """
    drawn = {digest: redraw(content) for digest, content in outline.pictures.items()}  # long, and needs no database
    maker = Maker(outline, key, user, drawn)
    try:
        with transaction.atomic():
            if kit := made_before(key):
                return kit
            kit = maker.make_kit(title, audience)
    except BaseException:
        maker.delete_files()
        raise
    return kit


class Maker:
    """Makes every id from the kit's key and the place in the document."""

    def __init__(self, outline, key, user, drawn):
        self.outline, self.key, self.user, self.drawn = outline, key, user, drawn
        self.count, self.images = 0, {}

    def new_id(self):
        self.count += 1
        return str(uuid5(self.key, str(self.count)))

    def make_kit(self, title, audience):
        body = [self.block(piece) for piece in self.outline.lead]
        fields = {"aim": self.outline.aim, "hours": self.outline.hours, "audience": audience, "body": body}
        kit = self.add(english_index(), KitPage, title, set(), translation_key=self.key, **fields)
        taken = {PRINT}
        for module in self.outline.modules:
            self.make_module(kit, module, taken)
        return kit

    def make_module(self, kit, module, taken):
        page = self.add(kit, ModulePage, module.title, taken, aim=module.aim)
        inside = {PRINT}
        for lesson in module.lessons:
            body = [self.block(piece) for piece in lesson.pieces]
            fields = {"aim": lesson.aim, "minutes": lesson.minutes, "body": body}
            self.add(page, LessonPage, lesson.title, inside, **fields)

    def add(self, parent, model, title, taken, **fields):
        """A page that nobody sees yet, with its first revision. `taken` are the slugs of those beside it."""
        fields = {"translation_key": uuid5(self.key, f"page {self.new_id()}"), **fields}
        page = model(title=title, draft_title=title, locale=parent.locale, live=False, owner=self.user, **fields)
        page.slug = self.free_slug(page, parent, title, taken)
        add_page(parent, page)
        page.save_revision(user=self.user, clean=False)  # that it was made is told with add_page
        update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))
        return page

    def free_slug(self, page, parent, title, taken):
        """Beside a kit there may be others; beside what is made here only what was made here."""
        base = slugify(title)[:LONGEST_SLUG].strip("-") or page._meta.model_name.removesuffix("page")
        slug, number = base, 1
        while slug in taken or (isinstance(page, KitPage) and not page._slug_is_available(slug, parent)):
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        return slug

    # Blocks -------------------------------------------------------------------------------------

    def block(self, piece):
        value = piece.value if isinstance(piece.value, str) else getattr(self, f"{piece.kind}_value")(piece.value)
        return {"type": piece.kind, "id": self.new_id(), "value": value}

    def items(self, values):
        return [{"type": "item", "id": self.new_id(), "value": value} for value in values]

    def table_value(self, table):
        rows = self.items([{"cells": self.items(row)} for row in table["rows"]])
        return {"caption": table["caption"], "header": self.items(table["header"]), "rows": rows}

    def image_value(self, image):
        chosen = self.image(image["digest"], image["alt"] or image["caption"])
        return {"image": chosen.pk, "alt": image["alt"], "caption": image["caption"], "credit": ""}

    def image(self, digest, title):
        """One row for a picture, however often the document shows it."""
        if digest not in self.images:
            content, suffix = self.drawn[digest]
            name = f"{slugify(self.outline.title)[:40] or 'kit'}-{len(self.images) + 1}"
            row = get_image_model()(
                title=(title or name)[:255],
                collection=Collection.get_first_root_node(),
                uploaded_by_user=self.user,
                file=ImageFile(io.BytesIO(content), name=f"{name}.{suffix}"),
            )
            self.images[digest] = row
            row._set_image_file_metadata()  # its size and hash, as Wagtail's own form does
            row.save()
        return self.images[digest]

    def delete_files(self):
        """A rollback takes the rows away, not the files."""
        for row in self.images.values():
            if row.file._committed:
                row.file.storage.delete(row.file.name)
