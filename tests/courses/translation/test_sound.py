"""The tree of pages, while pages are translated in every way that once broke it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.operations import TranslationCreator, translate_object

from courses.models import KitPage, LessonPage, ModulePage
from courses.translation import sound
from tests.courses.small_kit import make_index, make_kit, make_tree

SOUND = ([], [], [], [], [])


@pytest.fixture
def english(db):
    """A kit in English, and a Hungarian home without any kit."""
    index = make_index(make_tree("en"))
    make_tree("hu")
    kit = make_kit(index)
    for lesson in LessonPage.objects.all():
        lesson.body = [("text", "<p>Opening words.</p>")]
        lesson.save()
    return kit


def hungarian():
    return Locale.objects.get(language_code="hu")


@pytest.fixture
def the_bug(english, settings, django_capture_on_commit_callbacks):
    """What the library's “include subtree” does: many pages in one transaction, each published when it commits."""
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True  # publish what is live in English

    def translate_all():
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            creator = TranslationCreator(None, [hungarian()])
            for page in [english, *english.get_descendants().order_by("path")]:
                creator.create_translations(page)

    return translate_all


def test_many_pages_in_one_transaction_leave_wrong_numbers_without_our_receiver(the_bug, monkeypatch):
    monkeypatch.setattr(sound, "count_children_again", lambda page: None)
    the_bug()
    assert len(Page.find_problems()[4]) >= 1, "the library was mended: count_children_again is no longer needed"


def test_many_pages_in_one_transaction_leave_a_sound_tree(the_bug):
    the_bug()
    assert Page.find_problems() == SOUND
    kit = KitPage.objects.get(locale=hungarian())
    assert kit.live
    assert [page.slug for page in kit.get_children().get().get_children()] == ["small-one", "small-two"]


def test_a_subtree_is_translated_page_by_page_and_can_be_finished(english, django_capture_on_commit_callbacks):
    locales = [hungarian()]
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(english, locales)
        sound.translate_subtree(english.pk, locales)
    module = ModulePage.objects.get(locale=hungarian())
    assert [page.slug for page in module.get_children()] == ["small-one", "small-two"]
    module.get_children().last().delete()
    with django_capture_on_commit_callbacks(execute=True):
        sound.translate_subtree(english.pk, locales)
    assert [page.slug for page in module.get_children().order_by("path")] == ["small-one", "small-two"]
    assert Page.find_problems() == SOUND


def test_publishing_counts_children_with_one_statement_when_they_are_right(english, django_assert_num_queries):
    with django_assert_num_queries(1):  # how many there are
        sound.count_children_again(english)


# What the operator sees ----------------------------------------------------------------------------------------


def test_a_damaged_tree_is_reported_until_it_is_mended(small_hub, client, capsys):
    assert client.get("/health/ready").json()["tree"] == "unknown"
    call_command("tidy")
    assert client.get("/health/ready").json()["tree"] == "ok"
    Page.objects.filter(pk=ModulePage.objects.first().pk).update(numchild=0)
    with pytest.raises(CommandError, match="children: 1"):
        call_command("check_tree")
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["tree"]["problems"]) == (200, {"children": 1})
    call_command("check_tree", mend=True)
    assert client.get("/health/ready").json()["tree"] == "ok"
