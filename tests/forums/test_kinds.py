"""Questions with the answer that helped, conversations, announcements, and threads about a lesson."""

import uuid

import pytest

from courses.queries import kit_outline
from forums import actions
from forums.models import Forum, Thread
from tests.forums.conftest import FORUM, HOME, words


@pytest.fixture
def question(alias, write):
    return write(alias, "Which papers?").thread


@pytest.fixture
def answer(question, stranger_alias, write):
    return write(stranger_alias, "The degree and a letter", thread=question)


def accept(client, post, on="1"):
    return client.post(f"{HOME}posts/{post.pk}/accept/", {"on": on})


def test_she_who_asked_says_which_answer_helped_and_takes_it_back(learner_client, question, answer):
    assert accept(learner_client, answer).status_code == 302
    page = learner_client.get(question.get_absolute_url())
    assert page.context["accepted"] == answer
    assert page.text.index("The answer that helped") < page.text.index(f'id="post-{answer.pk}"')
    assert "Answered" in learner_client.get(FORUM).text
    accept(learner_client, answer, on="0")
    assert "The answer that helped" not in learner_client.get(question.get_absolute_url()).text


def test_a_moderator_may_too_others_may_not(stranger_client, moderator_client, sign_in, make_user, question, answer):
    assert accept(sign_in(make_user("third")), answer).status_code == 403
    assert accept(stranger_client, answer).status_code == 403
    assert accept(moderator_client, answer).status_code == 302
    question.refresh_from_db()
    assert question.accepted == answer


def test_her_own_post_is_no_answer_to_herself(learner_client, question):
    assert accept(learner_client, question.posts.get()).status_code == 403


def test_conversations_have_no_right_answer(learner_client, question, answer):
    Thread.objects.update(kind="discussion")
    assert accept(learner_client, answer).status_code == 403


def test_a_withdrawn_or_hidden_answer_is_no_longer_shown_first(learner_client, question, answer):
    accept(learner_client, answer)
    type(answer).objects.filter(pk=answer.pk).update(hidden=True)
    assert learner_client.get(question.get_absolute_url()).context["accepted"] is None
    actions.withdraw_post(post=answer)
    question.refresh_from_db()
    assert question.accepted is None


def test_the_answer_on_a_later_page_costs_no_statement_more(
    learner_client, question, stranger_alias, write, many_posts, django_assert_num_queries
):
    many_posts(question, stranger_alias, 40)
    accept(learner_client, write(stranger_alias, "This one", thread=question))
    learner_client.get(question.get_absolute_url())
    # session, user, thread with forum, answer and reading mark, alias, groups, posts, roles, her marks on posts
    with django_assert_num_queries(8):
        page = learner_client.get(question.get_absolute_url())
    assert "This one" in page.text


@pytest.mark.parametrize(("who", "kept"), [("learner", False), ("moderator", True)])
def test_only_moderators_announce(request, sign_in, alias, moderator_alias, who, kept):
    client = sign_in(request.getfixturevalue(who))
    answer = client.post(f"{FORUM}new/", words(title="News", kind="announcement"))
    assert answer.status_code == (302 if kept else 422)
    assert Thread.objects.filter(kind="announcement").exists() is kept


def test_a_thread_without_a_kind_is_a_question(learner_client, alias):
    learner_client.post(f"{FORUM}new/", words(title="How?"))
    assert Thread.objects.get().kind == "question"


# About a lesson --------------------------------------------------------------------------------


@pytest.fixture
def kit(loaded_hub):
    return kit_outline("en", "learner")


@pytest.fixture
def of_kit(kit, learner):
    forum = Forum.objects.get(kit_key=kit.key)
    actions.join_forum(user=learner, forum=forum, name="Heron 27")
    return forum


def test_a_thread_begun_at_a_lesson_leads_back_to_it(learner_client, kit, of_kit):
    lesson = kit.lessons[0]
    begin = f"/en/forums/{of_kit.slug}/new/?about={lesson.key}"
    assert begin in learner_client.get(lesson.url).text
    assert lesson.title in learner_client.get(begin).text
    learner_client.post(f"/en/forums/{of_kit.slug}/new/", words(title="My week?", about=str(lesson.key)))
    thread = Thread.objects.get(about_key=lesson.key)
    assert f'href="{lesson.url}"' in learner_client.get(thread.get_absolute_url()).text
    for page in (lesson.url, kit.modules[0].url):
        text = learner_client.get(page).text
        assert "My week?" in text
        assert "1 thread about this" in text


def test_the_lesson_is_named_in_the_language_of_the_page(learner_client, kit, of_kit):
    learner_client.post(f"/en/forums/{of_kit.slug}/new/", words(title="My week?", about=str(kit.lessons[0].key)))
    thread = Thread.objects.get(about_key=kit.lessons[0].key)
    greek = kit_outline("el", "learner").lessons[0]
    assert greek.title in learner_client.get(f"/el/forums/{of_kit.slug}/{thread.pk}/").text


@pytest.mark.parametrize("about", ["", "x", str(uuid.UUID(int=3)), "\0", "9" * 5000])
def test_what_it_is_about_is_left_out_when_there_is_no_such_lesson(learner_client, of_kit, about):
    answer = learner_client.post(f"/en/forums/{of_kit.slug}/new/", words(title="My week?", about=about))
    assert answer.status_code == 302
    assert Thread.objects.get(title="My week?").about_key is None
    assert learner_client.get(f"/en/forums/{of_kit.slug}/new/", {"about": about, "title": about}).status_code == 200


def test_hidden_threads_are_not_counted_at_the_lesson(learner_client, kit, of_kit):
    learner_client.post(f"/en/forums/{of_kit.slug}/new/", words(title="My week?", about=str(kit.lessons[0].key)))
    Thread.objects.update(hidden=True)
    assert "thread about this" not in learner_client.get(kit.lessons[0].url).text


def test_an_empty_forum_offers_first_questions(learner_client, alias):
    page = learner_client.get(FORUM).text
    assert f"{FORUM}new/?title=What%20helped%20you" in page
    assert 'value="What helped you"' in learner_client.get(f"{FORUM}new/?title=What%20helped%20you").text
