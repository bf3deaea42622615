"""A quote knows its post: it leads there, and goes when the post goes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums import actions
from forums.models import Post, PostVersion, Quote, Report
from forums.moderation import Act, moderate_post
from forums.privacy import erase_person
from forums.quotes import posts_quoted_in, quote_of, render_post, without_quotes
from tests.forums.conftest import HOME, words


@pytest.fixture
def post(alias, write):
    return write(alias, "My town is Foldvar\n\n- and so on")


@pytest.fixture
def answer(post, stranger_alias, write):
    return write(stranger_alias, f"{quote_of(post)}\n\nI know it", thread=post.thread)


def test_quote_names_the_post_and_leads_there(post, answer):
    assert answer.source == f"> #{post.pk}\n> My town is Foldvar\n>\n> - and so on\n\nI know it"
    html = render_post(answer.source)
    assert html.startswith(f'<blockquote>\n<p><a href="?at={post.pk}#post-{post.pk}" rel=')
    assert f">#{post.pk}</a><br>\nMy town is Foldvar</p>" in html
    assert Quote.objects.values_list("post", "quoted").get() == (answer.pk, post.pk)


@pytest.mark.parametrize("source", ["#12", "> #12 and more", "> # 12", "> say #12", ">\n#12", "> #x", "    > #12"])
def test_other_words_are_no_mark(source):
    assert posts_quoted_in(source) == set()
    assert "href" not in render_post(source)


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("> #7\n> a\n>\n> > b\n\nmine", "> (withdrawn)\n\nmine"),
        (">#7\n>a\nmine, right below", ">(withdrawn)\nmine, right below"),
        ("> #8\n> > #7\n> > a\n> b\n\nmine", "> #8\n> > (withdrawn)\n> b\n\nmine"),
        ("> #7\n> a\n> #8\n> which stood in it\n\n> #8\n> b", "> (withdrawn)\n\n> #8\n> b"),
        ("> #8\n> b", "> #8\n> b"),
    ],
)
def test_emptied_quote_leaves_the_words_around_it(source, left):
    assert without_quotes(source, {7}, "en") == left


def test_withdrawn_post_goes_from_quotes_and_their_older_versions(learner_client, post, answer, stranger_client):
    changed = f"{answer.source}, too"
    actions.edit_post(post=answer, source=changed, html=str(render_post(changed)), language="en")
    assert "Foldvar" in stranger_client.get(post.thread.get_absolute_url()).text
    learner_client.post(f"{HOME}posts/{post.pk}/withdraw/")
    for row in (Post.objects.get(pk=answer.pk), PostVersion.objects.get()):
        assert row.source.startswith("> (withdrawn)\n\nI know it")
        assert row.html.startswith("<blockquote>\n<p>(withdrawn)</p>\n</blockquote>\n<p>I know it")
    assert "Foldvar" not in stranger_client.get(post.thread.get_absolute_url()).text
    assert not Quote.objects.exists()


def test_quote_taken_out_by_a_change_goes_from_the_older_version(post, answer):
    actions.edit_post(post=answer, source="I know it", html="<p>I know it</p>", language="en")
    actions.withdraw_post(post=post)
    assert "Foldvar" not in PostVersion.objects.get().source


def test_quote_of_a_quote_goes_too(post, answer, alias, write):
    third = write(alias, f"{quote_of(answer)}\n\nSo do I", thread=post.thread)
    actions.withdraw_post(post=post)
    third.refresh_from_db()
    assert third.source == f"> #{answer.pk}\n> > (withdrawn)\n>\n> I know it\n\nSo do I"


def test_words_withdrawn_while_she_quoted_them_are_not_stored(stranger_client, post, stranger_alias, write):
    write(stranger_alias, "Another answer", thread=post.thread)
    form = words(body=f"{quote_of(post)}\n\nMine", language="en")
    actions.withdraw_post(post=post)
    for _twice in range(2):
        stranger_client.post(f"{post.thread.get_absolute_url()}reply/", form)
    stored = Post.objects.exclude(pk=post.pk).get(client_id=form["client_id"])
    assert stored.source == "> (withdrawn)\n\nMine"
    assert "Foldvar" not in stored.html
    assert Post.objects.filter(source__contains="Mine").count() == 1


@pytest.mark.parametrize("itself", [False, True])
def test_post_hidden_by_a_moderator_goes_from_quotes(post, answer, moderator, itself):
    if itself:
        Post.objects.filter(pk=post.pk).update(hidden=True)
        post.refresh_from_db()
        Report.objects.create(post=post, reporter=answer.author, reason="spam")
    moderate_post(post=post, moderator=moderator, alias=None, act=Act.DISMISS if itself else Act.HIDE)
    assert "Foldvar" not in Post.objects.get(pk=answer.pk).source


def test_post_left_as_it_is_stays_in_quotes(post, answer, moderator):
    moderate_post(post=post, moderator=moderator, alias=None, act=Act.DISMISS)
    assert "Foldvar" in Post.objects.get(pk=answer.pk).source


def test_quotes_stay_with_the_posts_of_a_former_member_but_not_of_what_she_withdrew(
    learner, post, answer, alias, write
):
    other = write(alias, "Elsewhere", thread=post.thread)
    quoting = write(answer.alias, quote_of(other), thread=post.thread)
    Post.objects.filter(pk=other.pk).update(source="", html="")
    erase_person(learner)
    assert "Foldvar" in Post.objects.get(pk=answer.pk).source
    assert Post.objects.get(pk=quoting.pk).source == "> (withdrawn)"


def test_post_of_another_thread_is_no_quote(post, alias, write):
    elsewhere = write(alias, "Elsewhere")
    write(alias, quote_of(post), thread=elsewhere.thread)
    assert not Quote.objects.exists()


def test_waiting_post_is_quoted_by_nobody(stranger_client, post):
    Post.objects.filter(pk=post.pk).update(held="first")
    for way in ("quote", "to"):
        page = stranger_client.get(f"{post.thread.get_absolute_url()}reply/?{way}={post.pk}")
        assert "Foldvar" not in page.text
        assert not page.context["form"]["in_reply_to"].value()


@pytest.mark.parametrize("count", [1, 3])
def test_withdrawing_costs_the_same_with_more_quotes(post, stranger_alias, write, count):
    for n in range(count):
        write(stranger_alias, f"{quote_of(post)}\n\nAnswer {n}", thread=post.thread)
    with CaptureQueriesContext(connection) as queries:
        actions.withdraw_post(post=post)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 17


def test_reply_with_a_quote_costs_at_most_18_statements(learner_client, alias, answer):
    data = words(body=f"{quote_of(answer)}\n\nYes", in_reply_to=answer.pk)
    with CaptureQueriesContext(connection) as queries:
        assert learner_client.post(f"{answer.thread.get_absolute_url()}reply/", data).status_code == 302
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 18, "\n\n".join(statements)
