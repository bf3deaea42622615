"""Reading and writing, as members do it."""

import uuid

import pytest

from forums import views
from forums.models import Post, PostVersion, Report, SpaceAlias, Thread, ThreadRead
from forums.names import name_key

HOME = "/en/forums/"
FORUM = "/en/forums/learners-kit/"


@pytest.fixture
def post(stranger_alias, write):
    return write(stranger_alias)


@pytest.fixture
def at(post):
    return f"{FORUM}{post.thread_id}/"


def words(**changes):
    return {"body": "Good **morning**", "language": "el", "client_id": str(uuid.uuid4())} | changes


# Access ----------------------------------------------------------------------------------------


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


# Writing ---------------------------------------------------------------------------------------


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
    assert answer.context["form"]["body"].value() is None


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
    assert answer.json() == {"html": "<p>&lt;img src=x onerror=alert(1)&gt; <em>so</em></p>\n"}
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
    monkeypatch.setattr(views, "POSTS_PER_TEN_MINUTES", 2)
    for n in range(2):
        assert learner_client.post(f"{at}reply/", words(body=f"Post {n}")).status_code == 302
    answer = learner_client.post(f"{at}reply/", words(body="The third one"))
    assert answer.status_code == 429
    assert "The third one" in answer.text
    assert Post.objects.filter(alias=alias).count() == 2


# Bad input -------------------------------------------------------------------------------------

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


# Editing ---------------------------------------------------------------------------------------


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


# Joining ---------------------------------------------------------------------------------------


def test_joining_asks_for_alias_and_rules(learner_client, learner, forum):
    page = learner_client.get(f"{FORUM}join/")
    assert learner.username not in page.context["suggestions"]
    assert len(set(page.context["suggestions"])) == 4
    answer = learner_client.post(f"{FORUM}join/", {"name": "  Quiet   Heron "})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"rules"})
    assert learner_client.post(f"{FORUM}join/", {"name": "  Quiet   Heron ", "rules": "on"})["Location"] == FORUM
    assert SpaceAlias.objects.get(user=learner).name == "Quiet Heron"


def test_an_idea_is_taken_by_a_plain_link(learner_client, post):
    page = learner_client.get(f"{FORUM}join/?name=Quiet+Heron&thread={post.thread_id}")
    assert 'value="Quiet Heron"' in page.text
    assert f"&amp;thread={post.thread_id}" in page.text


def test_house_rules_are_accepted_once(learner_client, alias, other_forum):
    assert "rules" not in learner_client.get("/en/forums/trainers-kit/join/").context["form"].fields
    assert learner_client.post("/en/forums/trainers-kit/join/", {"name": "Heron 27"}).status_code == 302


def test_joining_leads_back_to_the_thread(learner_client, post, at):
    data = {"name": "Heron 27", "rules": "on"}
    assert learner_client.post(f"{FORUM}join/?thread={post.thread_id}", data)["Location"] == at
    assert learner_client.get(f"{FORUM}join/?thread=99999")["Location"] == FORUM
    assert learner_client.get(f"{FORUM}join/?thread={'9' * 40}")["Location"] == FORUM


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("maple81", "taken"),
        ("MÁPLE-8l", "taken"),
        ("Мaple 81", "taken"),
        ("learner", "user_name"),
        ("Le arner", "user_name"),
        ("Moderator", "role"),
        ("Your ADMIN", "role"),
        ("συντονιστής", "role"),
        ("12 34", "bare"),
        ("--!!--", "bare"),
        ("x" * 41, "too_long"),
        ("", "required"),
        ("\0\u202e", "required"),
    ],
)
def test_unfit_aliases_are_refused(learner_client, stranger_alias, name, code):
    answer = learner_client.post(f"{FORUM}join/", {"name": name, "rules": "on"})
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors.as_data()["name"]] == [code]
    assert SpaceAlias.objects.count() == 1


# Reports ---------------------------------------------------------------------------------------


def test_report_reaches_the_queue_without_the_reporter(learner_client, learner, moderator_client, alias, post):
    answer = learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": "money", "note": "He asks for papers"})
    assert answer.status_code == 302
    assert Report.objects.get().reporter == learner
    queue = moderator_client.get(f"{HOME}moderation/").text
    assert "He asks for papers" in queue
    assert "Maple 81" in queue
    for hidden in ["Heron 27", "learner<", "stranger"]:
        assert hidden not in queue


def test_reporting_twice_changes_the_first_report(learner_client, post):
    for reason in ["spam", "hurtful"]:
        learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": reason})
    assert Report.objects.get().reason == "hurtful"


@pytest.mark.parametrize("data", [{}, {"reason": "x"}, {"reason": "spam", "note": "x" * 1001}])
def test_unfit_report_is_asked_again(learner_client, post, data):
    answer = learner_client.post(f"{HOME}posts/{post.pk}/report/", data)
    assert answer.status_code == 422
    assert data.get("note", "") in answer.text
    assert not Report.objects.exists()


def test_too_many_reports_wait(learner_client, post, monkeypatch):
    monkeypatch.setattr(views, "REPORTS_PER_DAY", 0)
    answer = learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": "spam", "note": "Keep this"})
    assert answer.status_code == 429
    assert "Keep this" in answer.text


# Who she is ------------------------------------------------------------------------------------


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
    assert '<strong dir="auto">Amber 12</strong> <span class="tag tag--role">Moderator</span>' in page
    assert page.count("tag--role") == 1


# Reading state ---------------------------------------------------------------------------------


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


@pytest.mark.parametrize("tail", ["\u3164", "\u200b", "\ufe0f", "\uffa0"])
def test_an_alias_with_an_invisible_letter_is_the_same_alias(alias, tail):
    assert name_key(alias.name + tail) == alias.name_key
