"""A short list of tags per forum, kept by moderators and editors, chosen by members."""

import pytest
from django.utils import translation

from courses.models import KitPage
from forums.models import Forum, ForumTag, Thread
from forums.tags import FIRST_TAGS, ensure_tags, save_tag
from tests.forums.conftest import FORUM, words

TAGS = f"{FORUM}tags/"
NAMES = {f"name_{code}": "" for code in ("it", "el", "hu", "sv")}


@pytest.fixture
def tags(forum):
    """Papers, Work, Language and Time."""
    names = ("Papers", "Work", "Language", "Time")
    return [save_tag(tag=ForumTag(forum=forum), name_en=name, name_el=f"{name}-el") for name in names]


@pytest.fixture
def tagged(post, tags):
    Thread.objects.update(tags=",papers,time,")
    return Thread.objects.get()


def test_the_forums_of_kits_start_with_tags_in_every_language(loaded_hub):
    kits = KitPage.objects.filter(locale__language_code="en")
    assert len(kits) == 2
    for kit in kits:
        forum = Forum.objects.get(kit_key=kit.translation_key)
        wanted = FIRST_TAGS[kit.audience]
        for code in ("en", "it", "el", "hu", "sv"):
            with translation.override(code):
                assert [tag.name for tag in forum.tags.order_by("pk")] == [names[code] for names in wanted]
    ForumTag.objects.filter(name_en="Language").delete()
    assert ensure_tags() == []


def test_no_first_tag_is_too_long():
    names = [name for tags in FIRST_TAGS.values() for tag in tags for name in tag.values()]
    assert [name for name in names if len(name) > 40] == []


def test_a_thread_is_opened_with_tags_and_shows_them(learner_client, alias, tags):
    learner_client.post(f"{FORUM}new/", words(title="Where to begin", tags=["time", "papers"]))
    thread = Thread.objects.get()
    assert thread.tags == ",time,papers,"
    for page in (learner_client.get(FORUM).text, learner_client.get(thread.get_absolute_url()).text):
        assert ">Time<" in page
        assert ">Papers<" in page
    greek = learner_client.get(thread.get_absolute_url().replace("/en/", "/el/")).text
    assert f'<a class="tag" href="{FORUM.replace("/en/", "/el/")}?tag=time">Time-el</a>' in greek


@pytest.mark.parametrize("chosen", [["papers", "work", "language", "time"], ["no-such"], ["papers,work"]])
def test_a_fourth_tag_or_one_of_her_own_is_refused_and_the_rest_kept(learner_client, alias, tags, chosen):
    answer = learner_client.post(f"{FORUM}new/", words(title="A title to keep", body="A body to keep", tags=chosen))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"tags"}
    assert "A title to keep" in answer.text
    assert "A body to keep" in answer.text


def test_a_forum_without_tags_asks_for_none(learner_client, alias):
    assert 'name="tags"' not in learner_client.get(f"{FORUM}new/").text
    assert learner_client.post(f"{FORUM}new/", words(title="Without", tags=["x"])).status_code == 302


def test_the_list_is_narrowed_by_a_tag(learner_client, tagged, alias, write):
    write(alias, title="Another matter")
    everything = learner_client.get(FORUM).text
    assert "Another matter" in everything
    page = learner_client.get(f"{FORUM}?tag=papers").text
    assert ("How did you begin?" in page, "Another matter" in page) == (True, False)
    assert 'href="?tag=papers" aria-current="true"' in page
    assert "No thread has this tag yet." in learner_client.get(f"{FORUM}?tag=work").text


@pytest.mark.parametrize("odd", ["paper", "no-such", "%", ",", "\0", "x" * 5000])
def test_a_tag_that_is_none_shows_every_thread(learner_client, tagged, odd):
    assert "How did you begin?" in learner_client.get(FORUM, {"tag": odd}).text


def test_pages_of_a_tag_lead_to_pages_of_that_tag(learner_client, alias, tags, many_threads):
    many_threads(alias, 25)
    Thread.objects.update(tags=",work,")
    page = learner_client.get(f"{FORUM}?tag=work")
    assert f'href="?tag=work&amp;after={page.context["page"].next}"' in page.text


def test_tags_cost_no_statement(learner_client, tagged, django_assert_num_queries):
    learner_client.get(FORUM)
    for address in (FORUM, f"{FORUM}?tag=papers"):
        # session, user, forum, alias, groups, threads, pinned, reading marks
        with django_assert_num_queries(8):
            learner_client.get(address)
    learner_client.get(tagged.get_absolute_url())
    # session, user, thread with forum and reading mark, alias, groups, posts, roles of the authors, her marks on posts
    with django_assert_num_queries(8):
        learner_client.get(tagged.get_absolute_url())


def test_who_began_a_thread_and_moderators_change_its_tags(learner_client, moderator_client, stranger_client, tagged):
    address = f"{tagged.get_absolute_url()}tags/"
    assert learner_client.post(address, {"tags": ["work"]}).status_code == 403
    for client, chosen in [(stranger_client, "work"), (moderator_client, "language")]:
        assert client.post(address, {"tags": [chosen]}).status_code == 302
        assert Thread.objects.get().tag_slugs == [chosen]
    assert moderator_client.post(address, {}).status_code == 302
    assert Thread.objects.get().tags == ""
    assert moderator_client.post(address, {"tags": ["x"]}).status_code == 422


# The list itself -------------------------------------------------------------------------------


def test_moderators_and_editors_keep_the_list(moderator_client, editor_el, sign_in, learner_client, forum):
    for client, name in [(moderator_client, "Rights & money"), (sign_in(editor_el), "Rights money")]:
        assert client.post(TAGS, NAMES | {"name_en": name, "name_sv": "Pengar"}).status_code == 302
    assert list(ForumTag.objects.order_by("pk").values_list("slug", flat=True)) == ["rights-money", "rights-money-2"]
    assert learner_client.get(TAGS).status_code == 403
    assert learner_client.post(TAGS, NAMES | {"name_en": "Mine"}).status_code == 403


def test_a_renamed_tag_stays_on_its_threads_and_a_deleted_one_goes(
    moderator_client, tagged, tags, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert moderator_client.post(f"{TAGS}{tags[0].pk}/", NAMES | {"name_en": "Degrees"}).status_code == 302
    page = moderator_client.get(tagged.get_absolute_url()).text
    assert "Degrees</a>" in page
    with django_capture_on_commit_callbacks(execute=True):
        moderator_client.post(f"{TAGS}{tags[0].pk}/delete/")
    page = moderator_client.get(tagged.get_absolute_url()).text
    assert ("Degrees" in page, ">Time</a>" in page) == (False, True)


@pytest.mark.parametrize("name", ["", "x" * 41, "\0", "\u202e"])
def test_an_unfit_name_is_refused(moderator_client, forum, name):
    assert moderator_client.post(TAGS, NAMES | {"name_en": name}).status_code == 422
    assert not ForumTag.objects.exists()


def test_a_tag_in_another_alphabet_has_an_address_too(moderator_client, forum):
    moderator_client.post(TAGS, NAMES | {"name_en": "Γλώσσα"})
    assert ForumTag.objects.get().slug == "tag"


def test_the_list_stays_short(moderator_client, forum, tags):
    for n in range(8):
        moderator_client.post(TAGS, NAMES | {"name_en": f"Tag {n}"})
    answer = moderator_client.post(TAGS, NAMES | {"name_en": "One too many"})
    assert answer.status_code == 422
    assert "The list is full" in answer.text
    assert ForumTag.objects.count() == 12


@pytest.mark.parametrize("act", ["", "delete/"])
def test_a_tag_of_another_forum_is_not_there(moderator_client, forum, other_forum, act):
    foreign = save_tag(tag=ForumTag(forum=other_forum), name_en="Foreign")
    assert moderator_client.post(f"{TAGS}{foreign.pk}/{act}", NAMES | {"name_en": "Mine"}).status_code == 404
