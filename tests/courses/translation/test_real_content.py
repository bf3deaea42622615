"""The content of the hub itself, as `load_kits` leaves it."""

import json
import shutil

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from courses.blocks import LESSON_BLOCKS
from courses.paper_blocks import COUNTRY_BLOCKS, HANDOUT_BLOCKS
from courses.translation.export import export_texts
from courses.translation.hub import drift
from courses.translation.ids import page_key
from courses.translation.load import load_texts
from courses.translation.schema import ALL, BLOCKS, ON_PAPER
from courses.translation.tree import read_texts
from tests.courses.translation.small import contents


@pytest.fixture
def copy(tmp_path, loaded_hub):
    for folder in ("content", "locale"):
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    return tmp_path


def test_it_is_loaded_whole_and_comes_out_byte_for_byte(copy):
    before = contents(copy)
    assert drift(read_texts(copy)) == []
    assert export_texts(read_texts(copy)) == []
    assert contents(copy) == before
    report = load_texts(read_texts(copy))
    assert (report.changed, report.kept) == ([], [])


def test_the_tree_is_sound_and_every_page_translated(loaded_hub):
    assert [list(problems) for problems in Page.find_problems()] == [[]] * 5
    assert [str(t) for t in Translation.objects.all() if t.get_progress()[0] != t.get_progress()[1]] == []


def test_a_loaded_page_opens_in_the_editor_for_translations_with_its_texts(loaded_hub, admin, sign_in):
    page = Page.objects.get(translation_key=page_key("your-pace"), locale__language_code="el")
    response = sign_in(admin).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "wagtail_localize/admin/edit_translation.html" in [template.name for template in response.templates]
    segments = json.loads(response.context["props"])["segments"]
    texts = json.loads(response.context["props"])["initialStringTranslations"]
    strings = [segment["id"] for segment in segments if segment["type"] == "string"]
    assert len(strings) > 50
    assert sorted(strings) == sorted(text["segment_id"] for text in texts)


def test_every_kind_of_block_is_used(loaded_hub):
    texts = read_texts(settings.BASE_DIR)
    used = {name for d in texts.documents.values() for name, _id in d.flat.get("#", ())}
    assert used == {*ALL, *ON_PAPER, "bodies"} == set(BLOCKS)


def test_the_text_format_knows_every_field_of_every_block():
    for name, block in [*LESSON_BLOCKS, *HANDOUT_BLOCKS, *COUNTRY_BLOCKS]:
        if not BLOCKS[name].bare:
            assert list(block.child_blocks) == [field.name for field in BLOCKS[name].fields]
