"""A forum that a coordinator has opened: what visitors read of it, and what they never do."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums import actions, moderation
from forums.models import Act, Forum, Post, SpaceAlias, Thread
from forums.privacy import erase_person
from tests.forums.conftest import FORUM, HOME, words

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def opened(forum):
    forum.public = True
    forum.save()
    return forum


@pytest.fixture
def open_post(opened, stranger_alias, write):
    """A question asked after the forum was opened."""
    return write(stranger_alias, "A first question")


@pytest.fixture
def open_at(open_post):
    return f"{FORUM}{open_post.thread_id}/"


def test_a_visitor_reads_a_thread_and_is_shown_how_to_write(visitor, open_post, open_at, write, alias):
    write(alias, "I think", thread=open_post.thread, in_reply_to=open_post)
    assert "How did you begin?" in visitor.get(FORUM).text
    page = visitor.get(open_at)
    for words_there in ("A first question", "Maple 81", "Heron 27", "In reply to Maple 81"):
        assert words_there in page.text
    for not_hers in ("data-post-form", "Report", "Keep for me", "<form", "Moderate"):
        assert not_hers not in page.text.partition("<main")[2].partition("</main>")[0]
    assert f'href="/en/accounts/login/?next={open_at}"' in page.text


@pytest.mark.parametrize(
    "path", ["", "rules/", "learners-kit/new/", "learners-kit/join/", "mine/", "learners-kit/tags/"]
)
def test_everything_else_asks_her_to_sign_in(visitor, open_post, path):
    answer = visitor.get(HOME + path)
    assert answer.status_code == (200 if path == "" else 302)


def test_writing_asks_her_to_sign_in(visitor, open_post, open_at):
    assert visitor.post(f"{open_at}reply/", words()).status_code == 403
    assert Post.objects.count() == 1


def test_the_list_of_forums_shows_her_the_open_ones_alone(visitor, open_post, other_forum):
    page = visitor.get(HOME).text
    assert ("Your next step" in page, "Holding a circle" in page) == (True, False)
    Forum.objects.update(public=False)
    assert visitor.get(HOME).status_code == 302


def test_what_was_written_for_members_stays_with_them(visitor, post, at, opened):
    assert Thread.objects.get().created_at < opened.public_since
    assert "How did you begin?" not in visitor.get(FORUM).text
    assert visitor.get(at).status_code == 302
    assert "How did you begin?" not in visitor.get(f"{FORUM}feed/").text


def test_opened_again_it_begins_anew(visitor, open_post, open_at, opened):
    for public in (False, True):
        opened.public = public
        opened.save()
        assert visitor.get(open_at).status_code == 302
    opened.save()
    assert Forum.objects.get().public_since == opened.public_since


@pytest.mark.parametrize("state", [{"hidden": True}, {"held": True}, {"moved_at": timezone.now()}])
def test_a_thread_that_is_hidden_waits_or_came_from_elsewhere_is_not_shown(visitor, open_post, open_at, state):
    Thread.objects.update(**state)
    assert visitor.get(open_at).status_code == 302
    for address in (FORUM, f"{FORUM}feed/"):
        assert "How did you begin?" not in visitor.get(address).text


@pytest.mark.parametrize("state", [{"hidden": True}, {"held": "first"}])
def test_a_post_that_is_hidden_or_waits_is_not_shown(visitor, open_post, open_at, write, alias, state):
    answer = write(alias, "Not for all", thread=open_post.thread)
    Post.objects.filter(pk=answer.pk).update(**state)
    assert "Not for all" not in visitor.get(open_at).text


def test_what_is_withdrawn_is_gone_at_once(visitor, open_post, open_at):
    assert "A first question" in visitor.get(open_at).text
    assert "no-store" in visitor.get(open_at)["Cache-Control"]
    Post.objects.update(source="", html="")
    page = visitor.get(open_at).text
    assert ("A first question" in page, "This post was withdrawn by its author." in page) == (False, True)


def test_pages_are_not_indexed(visitor, open_post, open_at):
    for address in (HOME, FORUM, open_at):
        assert '<meta name="robots" content="noindex' in visitor.get(address).text
    assert visitor.get(f"{FORUM}feed/")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", ["after=x", "before=-1", f"at={2**70}", "tag=%00", "last=1", "tag=nothing"])
def test_odd_page_addresses_show_a_page(visitor, open_post, open_at, query):
    assert "A first question" in visitor.get(f"{open_at}?{query}").text
    assert "How did you begin?" in visitor.get(f"{FORUM}?{query}").text


def test_no_number_of_a_thread_breaks_the_page(visitor, open_post):
    assert visitor.get(f"{FORUM}{2**64}/").status_code == 404
    assert visitor.get(f"{FORUM}999/").status_code == 302


def test_who_writes_is_told_that_anybody_can_read(learner_client, alias, open_post, open_at, sign_in, make_user):
    said = "This forum is open: anybody can read what you write here, also without an account."
    for address in (open_at, f"{open_at}reply/", f"{FORUM}new/"):
        assert said in learner_client.get(address).text
    assert said in sign_in(make_user("another")).get(f"{FORUM}join/").text
    Thread.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert said not in learner_client.get(open_at).text


def test_a_staff_forum_is_never_opened(forum):
    with pytest.raises(IntegrityError), transaction.atomic():
        Forum.objects.create(slug="x", name_en="x", staff_only=True, public=True)


@pytest.mark.parametrize("count", [1, 3])
def test_a_visitor_costs_few_statements(visitor, open_post, open_at, write, alias, django_assert_num_queries, count):
    for n in range(count):
        write(alias, f"Answer {n}", thread=open_post.thread)
        write(alias, title=f"Thread {n}")
    visitor.get(FORUM)
    with django_assert_num_queries(2):  # forum, threads
        visitor.get(FORUM)
    with django_assert_num_queries(4):  # forum, thread, posts, roles of the authors
        visitor.get(open_at)


# Who opens it ----------------------------------------------------------------------------------


@pytest.fixture
def edit(forum):
    def send(client, **changes):
        data = {f"{field}_{code}": "" for field in ("name", "topic") for code in ("en", "it", "el", "hu", "sv")}
        data |= {"name_en": "Your next step", "slug": forum.slug, "close_after_days": ""}
        return client.post(f"/editor/snippets/forums/forum/edit/{forum.pk}/", data | changes)

    return send


def test_a_coordinator_opens_a_forum_and_an_editor_does_not(coordinator, editor_en, sign_in, edit):
    edit(sign_in(editor_en), public="on", close_after_days="90")
    assert (Forum.objects.get().public, Forum.objects.get().close_after_days) == (False, 90)
    edit(sign_in(coordinator), public="on")
    assert Forum.objects.get().public


def test_both_rules_at_once_are_refused_in_words(coordinator, sign_in, edit):
    answer = edit(sign_in(coordinator), public="on", staff_only="on")
    assert "cannot be open to visitors" in answer.text
    assert not Forum.objects.get().public


# Feed ------------------------------------------------------------------------------------------


def entries(client, language="en"):
    feed = ElementTree.fromstring(client.get(f"/{language}/forums/learners-kit/feed/").content)
    return [
        [entry.findtext(f"{ATOM}{name}") for name in ("title", f"author/{ATOM}name")]
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_the_feed_names_the_newest_threads_and_nobody_else(visitor, open_post, write, alias):
    write(alias, "Words of the post", title="A <second> & more")
    answer = visitor.get(f"{FORUM}feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert entries(visitor) == [["A <second> & more", "Heron 27"], ["How did you begin?", "Maple 81"]]
    for personal in ("stranger", "learner<", "Words of the post"):
        assert personal not in answer.text
    greek = visitor.get("/el/forums/learners-kit/feed/").text
    assert 'xml:lang="el"' in greek
    assert f":thread-{open_post.thread_id}</id>" in greek


def test_a_forum_for_members_has_no_feed_for_anybody(visitor, learner_client, forum, post):
    for client in (visitor, learner_client):
        assert client.get(f"{FORUM}feed/").status_code == 404
        assert client.get(f"{HOME}nowhere/feed/").status_code == 404


def test_the_feed_is_kept_and_asked_for_again_cheaply(visitor, open_post, django_assert_num_queries):
    first = visitor.get(f"{FORUM}feed/")
    with django_assert_num_queries(1):  # the forum
        again = visitor.get(f"{FORUM}feed/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"]) == (304, "public, max-age=300")


@pytest.mark.parametrize("act", ["withdraw", "hide", "erase"])
def test_what_is_gone_is_gone_from_the_feed(
    visitor, open_post, stranger, moderator, act, django_capture_on_commit_callbacks
):
    assert "Maple 81" in visitor.get(f"{FORUM}feed/").text
    with django_capture_on_commit_callbacks(execute=True):
        if act == "withdraw":
            actions.withdraw_post(post=open_post)
        elif act == "hide":
            moderation.moderate_thread(thread=open_post.thread, moderator=moderator, alias=None, act=Act.HIDE)
        else:
            erase_person(stranger)
    text = visitor.get(f"{FORUM}feed/").text
    assert "Maple 81" not in text
    assert ("How did you begin?" in text) is (act == "erase")


def test_aliases_and_titles_make_no_odd_feed(visitor, open_post):
    SpaceAlias.objects.update(name="]]></name><x>&\ufffe")
    Thread.objects.update(title="]]></title><script>\x0b")
    assert entries(visitor) == [["]]></title><script>", "]]></name><x>&"]]
