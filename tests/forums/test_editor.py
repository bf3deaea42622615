"""Editors name forums in each language; no list of people or aliases is registered."""

import pytest
from wagtail.snippets.models import get_snippet_models

from forums.models import Forum


@pytest.fixture
def editor(sign_in, admin):
    return sign_in(admin)


def test_forum_alone_is_registered():
    assert [model for model in get_snippet_models() if model._meta.app_label == "forums"] == [Forum]


def test_name_and_topic_are_changed_in_two_languages(editor, forum):
    data = {"name_en": "Our forum", "name_el": "Το φόρουμ μας", "topic_en": "All about it", "slug": forum.slug}
    empty = {f"{field}_{code}": "" for field in ("name", "topic") for code in ("en", "it", "el", "hu", "sv")}
    answer = editor.post(f"/editor/snippets/forums/forum/edit/{forum.pk}/", empty | data)
    assert answer.status_code == 302
    forum.refresh_from_db()
    assert (forum.name_en, forum.name_el, forum.topic_en) == ("Our forum", "Το φόρουμ μας", "All about it")


def test_english_name_is_required(editor, forum):
    answer = editor.post(f"/editor/snippets/forums/forum/edit/{forum.pk}/", {"name_en": "", "slug": forum.slug})
    assert answer.status_code == 200
    assert "name_en" in answer.context["form"].errors


@pytest.mark.parametrize("slug", ["moderation", "posts", "preview", "rules"])
def test_slug_that_is_an_address_of_ours_is_refused(editor, forum, slug):
    answer = editor.post(f"/editor/snippets/forums/forum/edit/{forum.pk}/", {"name_en": "x", "slug": slug})
    assert "slug" in answer.context["form"].errors
