"""Who may read what, and what a page says of her."""

import pytest

from forums.models import Report, SpaceAlias, Thread, ThreadRead
from tests.forums.conftest import FORUM, HOME, words


@pytest.mark.parametrize("path", ["", "rules/", "learners-kit/", "learners-kit/new/", "learners-kit/join/"])
def test_visitor_is_sent_to_sign_in(visitor, forum, path):
    answer = visitor.get(HOME + path)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={HOME}{path}")


def test_visitor_reads_no_post(visitor, at, post):
    assert visitor.get(at).status_code == 302
    assert visitor.get(f"/en/forums/posts/{post.pk}/report/").status_code == 302


@pytest.mark.parametrize("path", ["nowhere/", "learners-kit/999/", f"learners-kit/{2**64}/", "nowhere/new/"])
def test_missing_ids_are_not_found(learner_client, forum, path):
    assert learner_client.get(HOME + path).status_code == 404


@pytest.mark.parametrize("act", ["edit", "report", "moderate", "older"])
def test_missing_posts_are_not_found(learner_client, forum, act):
    assert learner_client.post(f"{HOME}posts/999/{act}/").status_code == 404


def test_thread_under_another_forum_leads_to_its_own_address(learner_client, other_forum, post, at):
    answer = learner_client.get(f"/en/forums/trainers-kit/{post.thread_id}/")
    assert (answer.status_code, answer["Location"]) == (302, at)


def test_hidden_thread_exists_for_moderators_only(learner_client, moderator_client, post, at):
    Thread.objects.update(hidden=True)
    assert learner_client.get(at).status_code == 404
    assert learner_client.post(f"{at}reply/", words()).status_code == 404
    assert moderator_client.get(at).status_code == 200
    assert "How did you begin" not in learner_client.get(FORUM).text
    assert "How did you begin" in moderator_client.get(FORUM).text


def test_excluded_alias_reads_nothing_here(learner_client, alias, restrict, post, at):
    restrict(alias, "banned_until")
    assert learner_client.get(FORUM).status_code == 403
    assert learner_client.get(at).status_code == 403
    assert learner_client.get(HOME).status_code == 200


def test_pages_are_not_indexed_and_have_neutral_titles(learner_client, post, at):
    for path in [HOME, FORUM, at, f"{FORUM}new/", f"{HOME}rules/"]:
        page = learner_client.get(path).text
        assert '<meta name="robots" content="noindex' in page
        assert "How did you begin" not in page.partition("</title>")[0]


def test_no_forum_page_shows_a_user_name(alias, write, sign_in, make_user):
    """The author's user name and e-mail are odd enough to be found anywhere."""
    author = make_user("zyxauthor", "moderator", email="zyxauthor@example.org")
    hers = SpaceAlias.objects.create(user=author, forum=alias.forum, name="Cedar 44")
    post = write(hers, "Hello")
    answer = write(alias, "Thanks", thread=post.thread, in_reply_to=post)
    Report.objects.create(post=post, reporter=author, reason="spam")
    reader = sign_in(make_user("plain-reader", "moderator"))
    for path in [
        HOME,
        FORUM,
        post.thread.get_absolute_url(),
        f"{post.thread.get_absolute_url()}reply/?quote={post.pk}",
        f"{post.thread.get_absolute_url()}moderate/",
        f"{HOME}posts/{post.pk}/moderate/",
        f"{HOME}posts/{answer.pk}/report/",
        f"{HOME}moderation/",
        f"{HOME}moderation/log/",
    ]:
        page = reader.get(path)
        assert page.status_code == 200
        assert "zyxauthor" not in page.text


def test_role_is_shown_beside_the_alias(learner_client, moderator_alias, alias, write):
    first = write(alias)
    write(moderator_alias, "Välkommen", thread=first.thread, language="sv")
    page = learner_client.get(first.thread.get_absolute_url()).text
    assert '<strong dir="auto" data-alias>Amber 12</strong> <span class="tag tag--role">Moderator</span>' in page
    assert page.count("tag--role") == 1


def test_new_marks_follow_her_reading(learner_client, learner, alias, stranger_alias, write, post, at):
    assert "thread-line--new" in learner_client.get(FORUM).text
    learner_client.get(at)
    assert "thread-line--new" not in learner_client.get(FORUM).text
    newer = write(stranger_alias, "A second question", thread=post.thread)
    assert f'href="{post.thread_id}/?unread=1#new"' in learner_client.get(FORUM).text
    page = learner_client.get(f"{at}?unread=1")
    assert [row.pk for row in page.context["page"]] == [newer.pk]
    assert page.text.count('id="new"') == 1
    assert ThreadRead.objects.get(user=learner).last_post_id == newer.pk
