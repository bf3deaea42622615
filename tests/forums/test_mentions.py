"""Speaking to somebody by her alias: told once, marked only where everybody reads her anyway."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums import actions, moderation, safety
from forums.mentions import candidates
from forums.models import Act, Post, SpaceAlias
from forums.quotes import render_post
from forums.reading import follow_thread
from hub.notifications.actions import choose_mail
from hub.notifications.models import Outbox
from tests.forums.conftest import HOME, words
from tests.forums.test_news import told


@pytest.fixture
def thread(stranger_alias, write):
    """A question of Maple 81's."""
    return write(stranger_alias).thread


@pytest.fixture
def quiet(learner, alias):
    """Heron 27, who has never written in the thread."""
    return alias


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("@Heron 27, look", "Heron 27, look", "Heron"),
        ("see @[two words] here", "two words", "two words"),
        ("(@Ήρα)", "Ήρα", "Ήρα"),
        ("@a b c d e f g h", "a b c d e f", "a"),
        ("@one\ntwo", "one", "one"),
    ],
)
def test_the_longest_words_behind_the_sign_are_tried_first(text, first, last):
    (some,) = candidates(text)
    assert (some[0].words, some[-1].words) == (first, last)


@pytest.mark.parametrize("text", ["a@b.example", "@", "@ Heron", "@[]", "@[a\nb]", "@!", "@[" + "x" * 61 + "]"])
def test_what_is_no_mention_is_none(text):
    assert list(candidates(text)) == []


def test_a_writer_of_the_thread_is_marked_and_told_as_that(thread, stranger, alias, write):
    post = write(alias, "Thank you @maple 81, and you?", thread=thread)
    assert post.html == '<p>Thank you <span class="mention">@maple 81</span>, and you?</p>\n'
    assert told(stranger) == [("mention", f"post:{post.pk}")]


@pytest.mark.parametrize("text", ["@[Maple 81]s answer", "@MÁPLE-81!", "**@Maple 81**"])
def test_an_alias_is_found_however_it_is_written(thread, stranger, alias, write, text):
    assert 'class="mention"' in write(alias, text, thread=thread).html
    assert [kind for kind, _ in told(stranger)] == ["mention"]


@pytest.mark.parametrize("text", ["> @Maple 81 said", "`@Maple 81`", "    @Maple 81", "[@Maple 81](https://a.example)"])
def test_quotes_code_and_links_speak_to_nobody(thread, stranger, alias, write, text):
    post = write(alias, f"Look:\n\n{text}", thread=thread)
    assert "mention" not in post.html
    assert told(stranger) == [("reply", f"post:{post.pk}")]


def test_who_has_not_written_here_is_told_and_looks_like_nobody(thread, learner, quiet, moderator_alias, write):
    post = write(moderator_alias, "Perhaps @Heron 27 knows; or @Heron 99", thread=thread)
    assert post.html == "<p>Perhaps @Heron 27 knows; or @Heron 99</p>\n"
    assert told(learner) == [("mention", f"post:{post.pk}")]


def test_an_alias_of_another_forum_is_plain_text(thread, moderator, alias, other_forum, write):
    actions.join_forum(user=moderator, forum=other_forum, name="Comet 5")
    post = write(alias, "@Comet 5", thread=thread)
    assert (post.html, told(moderator)) == ("<p>@Comet 5</p>\n", [])


def test_a_new_thread_speaks_to_somebody_of_the_forum(learner, quiet, stranger_alias, write):
    post = write(stranger_alias, "@Heron 27, how did you begin?")
    assert told(learner) == [("mention", f"post:{post.pk}")]


def test_nobody_is_told_of_herself(thread, learner, alias, write):
    write(alias, "I am here", thread=thread)
    assert "mention" in write(alias, "@Heron 27 is me", thread=thread).html
    assert told(learner) == []


def test_who_does_not_read_the_author_or_stopped_following_is_not_told(thread, learner, quiet, stranger, alias, write):
    follow_thread(user=stranger, thread=thread, on=False)
    write(alias, "@Maple 81", thread=thread)
    assert told(stranger) == []
    safety.block_alias(user=learner, alias=thread.alias)
    write(thread.alias, "@Heron 27", thread=thread)
    assert told(learner) == []


@pytest.mark.parametrize("field", ["banned_until", "hub_banned_until"])
def test_who_is_excluded_is_not_told(thread, stranger, stranger_alias, alias, write, restrict, field):
    restrict(stranger_alias, field)
    assert "mention" in write(alias, "@Maple 81", thread=thread).html
    assert told(stranger) == []


def test_a_former_member_is_plain_text(thread, stranger_alias, alias, write):
    SpaceAlias.objects.filter(pk=stranger_alias.pk).update(user=None, name="")
    assert write(alias, "@Maple 81", thread=thread).html == "<p>@Maple 81</p>\n"


def test_a_waiting_post_tells_once_it_is_let_through(thread, stranger, alias, write, moderator, moderator_alias):
    post = write(alias, "@Maple 81", thread=thread, held="first")
    assert told(stranger) == []
    post = Post.objects.select_related("thread__forum", "alias").get(pk=post.pk)
    moderation.moderate_post(post=post, moderator=moderator, alias=moderator_alias, act=Act.RELEASE)
    assert told(stranger) == [("mention", f"post:{post.pk}")]


def change(post, source):
    post = Post.objects.select_related("thread__forum").get(pk=post.pk)
    actions.edit_post(post=post, source=source, html=str(render_post(source)), language="en")


def test_a_change_tells_whom_it_speaks_to_now_and_nobody_twice(
    thread, stranger, learner, quiet, moderator_alias, write
):
    post = write(moderator_alias, "@Maple 81", thread=thread)
    change(post, "@Maple 81 and @Heron 27")
    change(post, "@Maple 81 and @Heron 27, once more")
    assert told(stranger) == told(learner) == [("mention", f"post:{post.pk}")]


def test_a_change_sends_no_second_mail(thread, stranger, alias, write):
    choose_mail(user=stranger, how="daily")
    post = write(alias, "@Maple 81", thread=thread)
    assert Outbox.objects.filter(user=stranger).count() == 1
    Outbox.objects.all().delete()  # sent long ago, and forgotten
    change(post, "@Maple 81, once more")
    assert not Outbox.objects.exists()


def test_a_change_of_a_waiting_post_tells_nobody(thread, stranger, alias, write):
    change(write(alias, "Hello", thread=thread, held="first"), "@Maple 81")
    assert told(stranger) == []


def test_the_eleventh_mention_is_only_words(thread, stranger, alias, write):
    write(alias, "@nobody " * 10 + "@Maple 81", thread=thread)
    assert [kind for kind, _ in told(stranger)] == ["reply"]
    assert "mention" in write(alias, "@nobody " * 9 + "@Maple 81", thread=thread).html


def test_a_withdrawn_mention_was_never_told(thread, stranger, alias, write):
    actions.withdraw_post(post=write(alias, "@Maple 81", thread=thread))
    assert told(stranger) == []


def test_a_name_runs_no_script(thread, stranger_alias, alias, write):
    SpaceAlias.objects.filter(pk=stranger_alias.pk).update(name="<b>x")
    row = SpaceAlias.objects.get(pk=stranger_alias.pk)
    row.save()
    html = write(alias, "@[<b>x] @<b>x", thread=thread).html
    assert html == '<p><span class="mention">@&lt;b&gt;x</span> @&lt;b&gt;x</p>\n'


def test_a_mention_costs_one_statement_more(learner, alias, thread):
    common = {"thread": thread, "author": learner, "alias": alias, "language": "en"}
    counted = []
    for source in ("Hello Maple 81", "Hello @Maple 81", "@Maple 81 @Heron 27 @nobody at all"):
        with CaptureQueriesContext(connection) as seen:
            actions.reply(source=source, html="<p>x</p>", client_id=uuid.uuid4(), **common)
        counted.append(len(seen))
    assert counted == [counted[0], counted[0] + 1, counted[0] + 1]


def test_a_mention_is_written_by_the_form(learner_client, stranger, alias, thread):
    learner_client.post(f"{HOME}learners-kit/{thread.pk}/reply/", words(body="@Maple 81 yes"))
    assert [kind for kind, _ in told(stranger)] == ["mention"]
    assert '<span class="mention">@Maple 81</span>' in Post.objects.last().html
