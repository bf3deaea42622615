"""Threads, replies and changes, as members write them."""

import pytest

from forums import writing_views
from forums.models import Post, PostVersion, Thread
from tests.forums.conftest import FORUM, HOME, words


def test_thread_is_started_and_read(learner_client, alias):
    answer = learner_client.post(f"{FORUM}new/", words(title="  Where to\tbegin "))
    thread = Thread.objects.get()
    assert answer["Location"] == thread.get_absolute_url()
    assert (thread.title, thread.alias, thread.language, thread.post_count) == ("Where to begin", alias, "el", 1)
    page = learner_client.get(answer["Location"]).text
    assert '<div class="post-body prose" lang="el" dir="auto"><p>Good <strong>morning</strong></p>' in page


def test_reply_is_stored_once_however_often_it_is_sent(learner_client, alias, post, at):
    same = words()
    first = learner_client.post(f"{at}reply/", same)
    second = learner_client.post(f"{at}reply/", same)
    assert first["Location"] == second["Location"]
    assert Post.objects.filter(alias=alias).count() == 1
    assert Thread.objects.get().post_count == 2


def test_double_click_starts_one_thread(learner_client, alias):
    same = words(title="Where to begin")
    assert (
        learner_client.post(f"{FORUM}new/", same)["Location"] == learner_client.post(f"{FORUM}new/", same)["Location"]
    )
    assert Thread.objects.count() == 1


def test_other_words_under_the_same_id_are_kept_too(learner_client, alias, post, at):
    same = words()
    learner_client.post(f"{at}reply/", same)
    learner_client.post(f"{at}reply/", same | {"body": "Another thought"})
    assert set(Post.objects.filter(alias=alias).values_list("source", flat=True)) == {
        "Good **morning**",
        "Another thought",
    }


def test_another_members_id_never_hides_a_post(learner_client, stranger_client, alias, post, at):
    same = words()
    stranger_client.post(f"{at}reply/", same)
    learner_client.post(f"{at}reply/", same)
    assert Thread.objects.get().post_count == 3


def test_quote_starts_with_the_quoted_words(learner_client, alias, post, at):
    page = learner_client.get(f"{at}reply/?quote={post.pk}").text
    assert "&gt; A first question\n" in page
    assert f'name="in_reply_to" value="{post.pk}"' in page
    learner_client.post(f"{at}reply/", words(in_reply_to=post.pk))
    assert Post.objects.get(alias=alias).in_reply_to == post
    assert "In reply to Maple 81" in learner_client.get(at).text


@pytest.mark.parametrize("wanted", ["x", "9" * 30, "²", "-1", ""])
def test_quote_of_nothing_is_an_empty_form(learner_client, alias, post, at, wanted):
    answer = learner_client.get(f"{at}reply/", {"quote": wanted})
    assert answer.status_code == 200
    assert not answer.context["form"]["body"].value()


def test_post_of_another_thread_cannot_be_answered_or_quoted(learner_client, alias, post, at, write, stranger_alias):
    elsewhere = write(stranger_alias, "Something else")
    assert "Something else" not in learner_client.get(f"{at}reply/?quote={elsewhere.pk}").text
    learner_client.post(f"{at}reply/", words(in_reply_to=elsewhere.pk))
    assert Post.objects.get(alias=alias).in_reply_to is None


def test_preview_stores_nothing(learner_client, alias, post, at):
    answer = learner_client.post(f"{at}reply/", words(preview="1"))
    assert "<p>Good <strong>morning</strong></p>" in answer.text
    assert "Good **morning**" in answer.text
    assert not Post.objects.filter(alias=alias).exists()


def test_preview_for_scripts_is_the_same_html(learner_client, forum):
    answer = learner_client.post(f"{HOME}preview/", words(body="<img src=x onerror=alert(1)> *so*"))
    assert answer.json() == {"html": "<p>&lt;img src=x onerror=alert(1)&gt; <em>so</em></p>\n", "ask": ""}
    assert learner_client.post(f"{HOME}preview/", {"body": ""}).json() == {"errors": ["Please write something here."]}


def test_reply_to_locked_thread_is_refused_and_the_text_is_kept(learner_client, alias, post, at):
    Thread.objects.update(locked=True)
    answer = learner_client.post(f"{at}reply/", words(body="My long answer"))
    assert answer.status_code == 403
    assert "My long answer" in answer.text
    assert "This thread is closed to new posts" in answer.text
    assert Thread.objects.get().post_count == 1


def test_no_form_opens_for_a_closed_thread(learner_client, alias, post):
    Thread.objects.update(locked=True)
    page = learner_client.get(f"{post.thread.get_absolute_url()}reply/?to={post.pk}", follow=True)
    assert page.redirect_chain == [(post.thread.get_absolute_url(), 302)]
    assert "This thread is closed to new posts." in page.content.decode()
    assert "Your text is still here" not in page.content.decode()


def test_moderator_may_answer_in_a_locked_thread(moderator_client, moderator_alias, post, at):
    Thread.objects.update(locked=True)
    assert moderator_client.post(f"{at}reply/", words()).status_code == 302


def test_paused_alias_reads_but_does_not_write(learner_client, alias, restrict, post, at):
    restrict(alias, "muted_until")
    assert learner_client.get(at).status_code == 200
    answer = learner_client.post(f"{at}reply/", words(body="My long answer"))
    assert answer.status_code == 403
    assert "My long answer" in answer.text
    assert learner_client.post(f"{FORUM}new/", words(title="Another way in")).status_code == 403
    assert Post.objects.count() == 1


def test_without_an_alias_the_text_is_kept(learner_client, post, at):
    answer = learner_client.post(f"{at}reply/", words(body="My long answer"))
    assert answer.status_code == 403
    assert "My long answer" in answer.text
    assert f'href="{FORUM}join/?thread={post.thread_id}"' in answer.text


def test_many_posts_in_a_short_time_wait_and_are_kept(learner_client, alias, post, at, monkeypatch):
    monkeypatch.setattr(writing_views, "POSTS_PER_TEN_MINUTES", 2)
    for n in range(2):
        assert learner_client.post(f"{at}reply/", words(body=f"Post {n}")).status_code == 302
    answer = learner_client.post(f"{at}reply/", words(body="The third one"))
    assert answer.status_code == 429
    assert "The third one" in answer.text
    assert Post.objects.filter(alias=alias).count() == 2


LONG = "Ő" * 100_000


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", ""),
        ("body", "\0\0"),
        ("body", "\u202e\u2066"),
        ("body", "  \n\t "),
        ("body", "[x]: https://example.org"),
        ("body", LONG),
        ("title", ""),
        ("title", "ab"),
        ("title", LONG),
        ("title", "\u202e\0"),
        ("language", "xx"),
    ],
)
def test_unfit_input_is_answered_and_the_rest_is_kept(learner_client, alias, field, value):
    answer = learner_client.post(f"{FORUM}new/", words(title="A title to keep", body="A body to keep") | {field: value})
    assert answer.status_code == 422
    kept = {"title": "A title to keep", "body": "A body to keep"} | {field: value}
    assert kept["title"].replace("\0", "") in answer.text.replace("\0", "")
    assert kept["body"].replace("\0", "") in answer.text.replace("\0", "")
    assert not Thread.objects.exists()


def test_controls_and_overrides_are_taken_out_of_a_post(learner_client, alias):
    learner_client.post(f"{FORUM}new/", words(title="Ti\0tle\u202e", body="One\0 two\u202e\r\nthree"))
    post = Post.objects.select_related("thread").get()
    assert (post.thread.title, post.source) == ("Title", "One two\nthree")


@pytest.mark.parametrize("value", ["", "x", "0" * 500, "\0", "-1", "²"])
@pytest.mark.parametrize("field", ["client_id", "in_reply_to"])
def test_what_she_cannot_see_never_stops_her(learner_client, alias, post, at, field, value):
    assert learner_client.post(f"{at}reply/", words() | {field: value}).status_code == 302
    assert Post.objects.get(alias=alias).in_reply_to is None


@pytest.mark.parametrize("query", ["after=x", "before=-1", f"at={2**70}", "after=&before=", "last=x&after=%00"])
def test_odd_page_addresses_show_a_page(learner_client, post, at, query):
    assert "A first question" in learner_client.get(f"{at}?{query}").text


def test_edit_keeps_the_older_version_for_moderators_only(
    learner_client, moderator_client, stranger_client, alias, write
):
    post = write(alias, "My old words")
    edit = f"{HOME}posts/{post.pk}/edit/"
    assert "My old words" in learner_client.get(edit).text
    assert learner_client.post(edit, words(body="My new words")).status_code == 302
    post.refresh_from_db()
    assert (post.source, post.html, post.edited_at is None) == ("My new words", "<p>My new words</p>\n", False)
    for client in [learner_client, stranger_client]:
        assert "My old words" not in client.get(post.get_absolute_url()).text
    assert "My old words" in moderator_client.get(f"{HOME}posts/{post.pk}/moderate/").text
    assert stranger_client.get(f"{HOME}posts/{post.pk}/moderate/").status_code == 403


def test_author_deletes_older_versions(learner_client, alias, write):
    post = write(alias, "My old words")
    learner_client.post(f"{HOME}posts/{post.pk}/edit/", words(body="My new words"))
    learner_client.post(f"{HOME}posts/{post.pk}/older/")
    assert not PostVersion.objects.exists()


def test_unchanged_text_makes_no_version(learner_client, alias, write):
    post = write(alias, "The same words", language="el")
    learner_client.post(f"{HOME}posts/{post.pk}/edit/", words(body="The same words"))
    assert not PostVersion.objects.exists()
    assert Post.objects.get().edited_at is None


@pytest.mark.parametrize("act", ["edit", "older"])
def test_nobody_changes_the_post_of_another(learner_client, moderator_client, alias, post, act):
    for client in [learner_client, moderator_client]:
        assert client.post(f"{HOME}posts/{post.pk}/{act}/", words()).status_code == 404
    assert Post.objects.get().source == "A first question"


# Drafts ----------------------------------------------------------------------------------------


def body_of(client, address):
    return client.get(address).context["form"]["body"].value() or ""


def test_an_unsent_reply_waits_in_the_thread_for_her_alone(learner_client, stranger_client, alias, post, at):
    assert learner_client.post(f"{at}reply/", words(draft="1", body="Half a tho")).status_code == 302
    assert body_of(learner_client, at) == body_of(learner_client, f"{at}reply/") == "Half a tho"
    assert body_of(stranger_client, at) == ""
    assert Post.objects.count() == 1


def test_an_unsent_thread_needs_no_title_yet(learner_client, alias):
    learner_client.post(f"{FORUM}new/", words(draft="1", title="", body="Half a tho"))
    assert body_of(learner_client, f"{FORUM}new/") == "Half a tho"
    assert "Go on writing" in learner_client.get(FORUM).text
    assert not Thread.objects.exists()


def test_sending_ends_the_draft(learner_client, alias, post, at):
    learner_client.post(f"{at}reply/", words(draft="1"))
    learner_client.post(f"{at}reply/", words())
    learner_client.post(f"{FORUM}new/", words(draft="1", title="Half"))
    learner_client.post(f"{FORUM}new/", words(title="Whole"))
    assert body_of(learner_client, at) == body_of(learner_client, f"{FORUM}new/") == ""
    assert "Go on writing" not in learner_client.get(FORUM).text


def test_a_draft_is_discarded(learner_client, alias, post, at):
    learner_client.post(f"{at}reply/", words(draft="1"))
    learner_client.post(f"{at}reply/", words(draft="0"))
    assert body_of(learner_client, at) == ""


def test_a_quote_goes_before_a_draft(learner_client, alias, post, at):
    learner_client.post(f"{at}reply/", words(draft="1", body="Half a tho"))
    assert body_of(learner_client, f"{at}reply/?quote={post.pk}").startswith(f"> #{post.pk}\n> A first question")


def test_script_is_told_that_the_draft_is_kept(learner_client, alias, post, at):
    headers = {"accept": "application/json"}
    kept = learner_client.post(f"{at}reply/", words(draft="1"), headers=headers)
    assert kept.json() == {"message": "Your draft is kept. Only you can see it."}
    long = learner_client.post(f"{at}reply/", words(draft="1", body="x" * 30_000), headers=headers)
    assert long.status_code == 422


def test_a_draft_that_is_too_long_is_refused_with_the_text(learner_client, alias, post, at):
    answer = learner_client.post(f"{at}reply/", words(draft="1", body="x" * 30_000))
    assert answer.status_code == 422
    assert "x" * 30_000 in answer.text
