"""Each kit has its forum, named like the kit; its pages show the newest threads."""

import pytest
from django.template import Context, Template
from django.utils import translation

from courses.models import KitPage
from forums.actions import ensure_kit_forums
from forums.models import Forum, Thread


def render(request, user, kit_key):
    request.user = user
    return Template("{% load forum_tags %}{% newest_threads key %}").render(
        Context({"request": request, "key": kit_key})
    )


def test_every_live_kit_has_one_forum_named_in_each_language(loaded_hub):
    Forum.objects.all().delete()
    made = ensure_kit_forums()
    kits = KitPage.objects.live().filter(locale__language_code="en")
    assert {forum.kit_key for forum in made} == {kit.translation_key for kit in kits}
    assert {forum.slug for forum in made} == {kit.slug for kit in kits}
    for kit in KitPage.objects.live().select_related("locale"):
        with translation.override(kit.locale.language_code):
            assert Forum.objects.get(kit_key=kit.translation_key).name == kit.title
    assert ensure_kit_forums() == []


def test_name_given_by_an_editor_stays(loaded_hub):
    forum = Forum.objects.filter(kit_key__isnull=False).first()
    Forum.objects.filter(pk=forum.pk).update(name_en="Our own name", name_it=None)
    ensure_kit_forums()
    forum.refresh_from_db()
    assert forum.name_en == "Our own name"
    assert forum.name_it


def test_publishing_a_kit_makes_its_forum(loaded_hub, django_capture_on_commit_callbacks):
    Forum.objects.all().delete()
    kit = KitPage.objects.filter(locale__language_code="en").first()
    with django_capture_on_commit_callbacks(execute=True):
        kit.save_revision().publish()
    assert Forum.objects.filter(kit_key=kit.translation_key).exists()


def test_visitor_is_told_and_nothing_is_looked_up(rf, forum, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    with django_assert_num_queries(0):
        shown = render(rf.get("/"), AnonymousUser(), forum.kit_key)
    assert "Create an account" in shown


@pytest.mark.parametrize("count", [1, 3, 5])
def test_member_sees_the_three_newest_by_one_query(rf, learner, alias, many_threads, django_assert_num_queries, count):
    many_threads(alias, count)
    with django_assert_num_queries(1):
        shown = render(rf.get("/"), learner, alias.forum.kit_key)
    titles = [f"Thread {n}" for n in range(count) if f">Thread {n}<" in shown]
    assert titles == [f"Thread {n}" for n in range(count)][-3:]


def test_hidden_threads_are_not_shown_and_the_way_to_the_forum_stays(rf, learner, alias, many_threads):
    many_threads(alias, 2)
    Thread.objects.update(hidden=True)
    shown = render(rf.get("/"), learner, alias.forum.kit_key)
    assert "Thread 0" not in shown
    assert "/forums/learners-kit/" in shown


def test_kit_without_forum_leads_to_all_forums(rf, learner, forum):
    import uuid

    assert 'href="/en/forums/"' in render(rf.get("/"), learner, uuid.uuid4())
