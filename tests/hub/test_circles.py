"""A woman's side of a circle: joining it, what she is told, her choices, its forum, leaving."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from courses import cohorts
from courses.cohort_work import announce
from courses.models import Membership
from courses.queries import kit_outline
from forums.actions import join_forum, start_thread
from forums.circles import forum_of
from forums.models import Forum, Thread
from forums.moving import homes_for
from hub.notifications.models import Notification
from tests.circles import employ, let_join, make_circle_of
from tests.courses import small_kit


def text(response):
    return response.content.decode()


@pytest.fixture
def circle(small_hub, trainer):
    return make_circle_of(employ(trainer), kit_outline("en", "small").key)


@pytest.fixture
def hers(circle, learner):
    return let_join(circle, learner, "Ana")


def join_page(circle):
    return f"/en/my/circles/join/{cohorts.readable_code(circle.code)}/"


def test_a_code_on_paper_leads_to_the_circle(circle, learner_client):
    answer = learner_client.post("/en/kits/join/", {"kit_code": circle.code.upper()})
    assert answer.headers["Location"] == join_page(circle)


def test_before_she_joins_she_reads_what_is_seen_and_what_is_chosen_if_she_changes_nothing(circle, learner_client):
    shown = text(learner_client.get(join_page(circle)))
    assert "This is all your trainer sees" in shown
    assert "this is chosen if you change nothing" in shown
    assert re.findall(r'<input[^>]*value="(.)"[^>]*checked', shown) == ["0"]


def test_she_joins_changes_her_mind_and_leaves(circle, learner, learner_client):
    page = f"/en/my/circles/{circle.pk}/"
    assert (
        learner_client.post(join_page(circle), {"display_name": "Ana", "shows_progress": "0"}).headers["Location"]
        == page
    )
    learner_client.post(page, {"display_name": "Bea", "shows_progress": "1"})
    row = Membership.objects.get(user=learner)
    assert (row.display_name, row.shows_progress) == ("Bea", True)
    assert learner_client.post(f"{page}leave/", {}).status_code == 422
    assert learner_client.post(f"{page}leave/", {"sure": "on"}).headers["Location"] == "/en/my/"
    assert learner_client.get(page).status_code == 404


def test_a_name_that_is_taken_is_said_and_kept_in_the_field(circle, hers, stranger, sign_in):
    answer = sign_in(stranger).post(join_page(circle), {"display_name": "ANA", "shows_progress": "0"})
    assert answer.status_code == 422
    assert "called so already" in text(answer)
    assert 'value="ANA"' in text(answer)


def test_codes_are_not_guessed_ten_times_an_hour(circle, learner_client):
    answers = [learner_client.get(f"/en/my/circles/join/guess-{n}/").status_code for n in range(11)]
    assert answers == [404] * 10 + [429]
    assert learner_client.get(join_page(circle)).status_code == 429


def test_a_right_code_counts_as_no_attempt(circle, learner_client):
    assert {learner_client.get(join_page(circle)).status_code for _time in range(12)} == {200}


def test_messages_stand_under_my_learning_and_the_news_hold_no_word_of_them(circle, hers, learner_client, trainer):
    announce(cohort=circle, by=trainer, text="We meet in room 3")
    assert "We meet in room 3" in text(learner_client.get("/en/my/"))
    news = text(learner_client.get("/en/my/news/"))
    assert "Your trainer wrote to your circle." in news
    assert "room 3" not in news


@pytest.mark.parametrize("number", [1, 3])
def test_my_learning_costs_the_same_with_one_circle_and_three(
    learner, learner_client, trainer, circle, number, django_assert_num_queries
):
    for n in range(number):
        other = make_circle_of(trainer, circle.kit_key, title=f"Circle {n}")
        let_join(other, learner)
        announce(cohort=other, by=trainer, text="Hello")
    Notification.objects.all().delete()
    learner_client.get("/en/my/")
    # session, user, enrolments, lessons done, next steps; circles, their sessions and messages
    with django_assert_num_queries(8):
        learner_client.get("/en/my/")


# The forum -----------------------------------------------------------------------------------------------------------


def write(forum, user):
    alias = join_forum(user=user, forum=forum, name=f"Heron {user.pk}")
    words = {"source": "Words", "html": "<p>Words</p>", "language": "en", "client_id": small_kit.key("post")}
    return start_thread(forum=forum, author=user, alias=alias, title="Among us", **words)


def test_the_forum_of_a_circle_is_read_by_its_members_and_those_who_hold_it(
    circle, hers, learner_client, trainer, stranger, make_user, sign_in, moderator_client
):
    forum = forum_of(circle)
    other_trainer = employ(make_user("other", "trainer"))
    address = f"/en/forums/{forum.slug}/"
    seen = [client.get(address).status_code for client in (learner_client, sign_in(trainer), moderator_client)]
    assert seen == [200, 200, 200]
    assert [sign_in(user).get(address).status_code for user in (stranger, other_trainer)] == [404, 404]
    assert forum in Forum.objects.readable_by(hers.user)
    assert [forum in Forum.objects.readable_by(user) for user in (stranger, other_trainer)] == [False, False]


def test_who_leaves_the_circle_no_longer_reads_its_forum_nor_hears_of_it(
    circle, hers, learner, learner_client, trainer
):
    forum = forum_of(circle)
    join_forum(user=learner, forum=forum, name="Heron 27")
    cohorts.leave(user=learner, cohort=circle)
    assert learner_client.get(f"/en/forums/{forum.slug}/").status_code == 404
    thread = write(forum, trainer)
    assert not Notification.objects.filter(user=learner, topic=f"thread:{thread.pk}").exists()


def test_the_forum_closes_with_the_circle_and_can_still_be_read(circle, hers, learner, learner_client):
    forum = forum_of(circle)
    write(forum, learner)
    cohorts.close_cohort(cohort=circle)
    assert "Among us" in text(learner_client.get(f"/en/forums/{forum.slug}/"))
    words = {"title": "More", "body": "Words", "language": "en", "client_id": str(small_kit.key("late"))}
    learner_client.post(f"/en/forums/{forum.slug}/new/", words)
    assert Thread.objects.count() == 1


def test_what_is_said_in_a_circle_is_moved_to_no_other_forum(circle, hers, learner, moderator):
    Forum.objects.create(slug="other", name_en="Other")
    assert list(homes_for(write(forum_of(circle), learner), moderator)) == []


def test_who_joined_by_the_code_finds_her_circle_though_a_list_invited_her_too(circle, hers, learner, learner_client):
    circle.slips.create(user=learner, digest="d", expires_at=timezone.now() + timedelta(days=1))
    assert learner_client.get(f"/en/my/circles/{circle.pk}/").status_code == 200
