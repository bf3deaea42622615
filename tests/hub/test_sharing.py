"""Answers that a woman shows to the trainers of her circle: one by one, until she takes them back."""

from uuid import uuid4

import pytest

from courses import cohorts, sharing
from courses.answers import delete_answer, save_answer
from courses.booklet import empty_booklet
from courses.enrolment_words import NotAllowed
from courses.models import Answer, CohortTrainer, ShareComment, SharedAnswer
from courses.queries import kit_outline
from hub.notifications.models import Notification
from hub.privacy import erase_person, export_person
from tests.circles import employ, let_join, let_share, make_circle_of


@pytest.fixture
def kit(small_hub):
    return kit_outline("en", "small")


@pytest.fixture
def circle(trainer, kit):
    return make_circle_of(employ(trainer), kit.key)


@pytest.fixture
def hers(circle, learner):
    return let_join(circle, learner, "Ana")


@pytest.fixture
def room(trainer, sign_in):
    return sign_in(trainer)


@pytest.fixture
def page(circle):
    return f"/en/my/circles/{circle.pk}/shared/"


@pytest.fixture
def seen(circle):
    return f"/en/trainer/{circle.pk}/shared/"


@pytest.fixture
def write(learner, kit):
    """`write("words")`: her answer in a lesson; `base` as when she writes it anew."""
    place = {"lesson_key": kit.lessons[0].key, "block_id": uuid4()}

    def make(text, *, base=None, kind="reflection", body=None, user=learner, **other):
        body = body or {"text": text, "how": "screen"}
        where = {"kit_key": kit.key, **place, **other}
        return save_answer(user=user, client_id=uuid4(), base=base, kind=kind, body=body, **where)

    return make


def post(client, page, answer, shown="1"):
    return client.post(page, {"version": answer.client_id} | ({"shown": shown} if shown else {}))


# What is seen ------------------------------------------------------------------------------------


def test_nothing_is_seen_that_she_has_not_shared(
    hers, learner, learner_client, room, write, page, seen, stranger, circle
):
    shown = write("Words to be seen")
    write("Secret of another part", block_id=uuid4())
    write("", block_id=uuid4(), kind="checklist", body={"ticked": ["secret-tick"]})
    let_join(circle, stranger, "Bea")
    write("Secret of another woman", user=stranger)
    assert "Words to be seen" not in room.get(seen).text
    post(learner_client, page, shown)
    everything = room.get(seen).text + room.get(f"{seen}{SharedAnswer.objects.get().pk}/").text
    assert "Words to be seen" in everything
    assert "Ana" in everything
    assert "ecret" not in everything
    assert learner.username not in everything


def test_the_words_seen_are_the_version_she_shared(hers, learner_client, room, write, page, seen):
    first = write("First words")
    post(learner_client, page, first)
    second = write("Later words", base=first.client_id)
    assert "First words" in room.get(seen).text
    assert "Later words" not in room.get(seen).text
    assert "You have written anew" in learner_client.get(page).text
    post(learner_client, page, second)
    assert "First words" not in room.get(seen).text
    assert "Later words" in room.get(seen).text


def test_taken_back_it_is_gone_at_once_with_what_was_written(hers, trainer, learner_client, room, write, page, seen):
    answer = write("My week")
    post(learner_client, page, answer)
    row = SharedAnswer.objects.get()
    room.post(f"{seen}{row.pk}/", {"text": "A good plan"})
    post(learner_client, page, answer, shown="")
    assert "My week" not in room.get(seen).text
    assert room.get(f"{seen}{row.pk}/").status_code == 404
    assert room.post(f"{seen}{row.pk}/", {"text": "Too late"}).status_code == 404
    assert not ShareComment.objects.exists()


@pytest.mark.parametrize(
    "end",
    [
        lambda circle, user, answer: cohorts.close_cohort(cohort=circle),
        lambda circle, user, answer: cohorts.leave(user=user, cohort=circle),
        lambda circle, user, answer: delete_answer(user=user, lesson_key=answer.lesson_key, block_id=answer.block_id),
        lambda circle, user, answer: empty_booklet(user=user, kit_key=answer.kit_key),
        lambda circle, user, answer: erase_person(user=user),
    ],
    ids=["the circle closes", "she leaves", "she deletes it", "she empties her booklet", "she erases her account"],
)
def test_with_the_circle_the_answer_or_her_the_sharing_ends(hers, circle, learner, write, end):
    answer = write("My week")
    sharing.share(membership=hers, client_id=answer.client_id)
    end(circle, learner, answer)
    assert not SharedAnswer.objects.exists()


def test_who_no_longer_holds_the_circle_sees_nothing(hers, circle, colleague_client, seen):
    client, colleague = colleague_client
    let_share(hers)
    assert client.get(seen).status_code == 404
    cohorts.add_trainer(cohort=circle, user=colleague, part=CohortTrainer.Part.CO)
    assert "My week" in client.get(seen).text
    cohorts.remove_trainer(cohort=circle, user=colleague)
    assert client.get(seen).status_code == 404


@pytest.fixture
def colleague_client(make_user, sign_in):
    colleague = employ(make_user("colleague", "trainer"))
    return sign_in(colleague), colleague


def test_coordinators_see_none(hers, coordinator, sign_in, seen):
    row = let_share(hers)
    client = sign_in(coordinator)
    assert [client.get(address).status_code for address in (seen, f"{seen}{row.pk}/")] == [404, 404]


def test_an_answer_of_one_circle_is_not_there_in_another(hers, trainer, kit, room):
    row = let_share(hers)
    other = make_circle_of(trainer, kit.key, title="Thursday")
    assert room.get(f"/en/trainer/{other.pk}/shared/{row.pk}/").status_code == 404
    assert "My week" not in room.get(f"/en/trainer/{other.pk}/shared/").text


# What can be shared ------------------------------------------------------------------------------


def test_words_of_another_an_older_version_ticks_and_another_kit_cannot_be_shared(
    hers, learner_client, stranger, write, page, kit
):
    first = write("First words")
    write("Later words", base=first.client_id)
    other_kit = Answer.objects.create(
        user=hers.user,
        kit_key=uuid4(),
        lesson_key=uuid4(),
        block_id=uuid4(),
        client_id=uuid4(),
        kind="reflection",
        body={"text": "x"},
    )
    foreign = Answer.objects.create(
        user=stranger,
        kit_key=kit.key,
        lesson_key=uuid4(),
        block_id=uuid4(),
        client_id=uuid4(),
        kind="reflection",
        body={"text": "x"},
    )
    ticks = write("", block_id=uuid4(), kind="checklist", body={"ticked": ["a"]})
    assert [post(learner_client, page, row).status_code for row in (first, other_kit, foreign, ticks)] == [422] * 4
    assert not SharedAnswer.objects.exists()


def test_what_is_not_a_version_is_refused_in_words(hers, learner_client, page):
    for wrong in ({}, {"version": "x"}, {"version": str(uuid4()), "shown": "1"}):
        response = learner_client.post(page, wrong)
        assert response.status_code == 422
        assert "data-error-summary" in response.text


def test_who_waits_in_line_shares_nothing(circle, learner, learner_client, stranger, page):
    circle.capacity = 1
    circle.save()
    let_join(circle, stranger, "Bea")
    let_join(circle, learner, "Ana")
    assert learner_client.get(page).status_code == 404


def test_sharing_twice_is_sharing_once(hers, write):
    answer = write("My week")
    first = sharing.share(membership=hers, client_id=answer.client_id)
    assert sharing.share(membership=hers, client_id=answer.client_id) == first


def test_nothing_is_shared_in_a_circle_that_was_closed_meanwhile(hers, circle, write):
    answer = write("My week")
    cohorts.close_cohort(cohort=circle)
    with pytest.raises(NotAllowed):
        sharing.share(membership=hers, client_id=answer.client_id)


# What is written about it ------------------------------------------------------------------------


def test_she_reads_what_a_trainer_wrote_and_is_told(hers, learner, learner_client, room, page, seen):
    row = let_share(hers)
    answer = room.post(f"{seen}{row.pk}/", {"text": "مرحبا <b>Ana</b>"})
    assert answer.status_code == 303
    told = Notification.objects.get(user=learner)
    assert (told.context["act"], told.path) == ("circle_comment", f"my/circles/{hers.cohort_id}/shared/")
    shown = learner_client.get(page).text
    assert '<div dir="auto"><p>مرحبا &lt;b&gt;Ana&lt;/b&gt;</p></div>' in shown
    assert "trainer" not in shown.partition("مرحبا")[0].rpartition("<h3>")[2]  # no user name of hers


def test_a_comment_sent_twice_is_one(hers, learner, room, seen):
    row = let_share(hers)
    for _press in range(2):
        assert room.post(f"{seen}{row.pk}/", {"text": "Thank you"}).status_code == 303
    assert (ShareComment.objects.count(), Notification.objects.filter(user=learner).count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "   ", "w" * 2_001])
def test_an_empty_or_endless_comment_is_refused_and_stays_in_the_field(hers, room, seen, text):
    row = let_share(hers)
    response = room.post(f"{seen}{row.pk}/", {"text": text})
    assert response.status_code == 422
    assert text.strip() in response.text
    assert not ShareComment.objects.exists()


def test_she_takes_all_of_it_along(hers, learner, trainer):
    let_share(hers, by=trainer)
    [row] = export_person(learner)["shared"]
    assert (row["circle"], row["text"], row["comments"]) == ("Tuesday evening", "My week", ["Thank you"])


# Cost --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_trainers_list_costs_the_same_with_one_and_three(
    hers, trainer, room, seen, count, django_assert_num_queries
):
    for _number in range(count):
        let_share(hers, by=trainer)
    room.get(seen)
    # session, user, her groups, circle, shared answers, comments
    with django_assert_num_queries(6):
        room.get(seen)


@pytest.mark.parametrize("count", [1, 3])
def test_her_page_costs_the_same_with_one_and_three(
    hers, trainer, learner_client, page, count, django_assert_num_queries
):
    for _number in range(count):
        let_share(hers, by=trainer)
    learner_client.get(page)
    # session, user, membership, answers, shared answers, comments
    with django_assert_num_queries(6):
        learner_client.get(page)


def test_the_list_is_paged_by_key(hers, room, seen):
    for _number in range(21):
        let_share(hers)
    first = room.get(seen).context["page"]
    rest = room.get(f"{seen}?after={first.next}").context["page"]
    assert (len(first), len(rest), rest.next) == (20, 1, None)
