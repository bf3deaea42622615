"""Which questions of a quiz are hers, in every language and after an editor's change; and when it is passed."""

from uuid import uuid4

import pytest

from courses.models import Answer, Enrolment
from courses.pieces import find_part, lesson_pieces
from courses.questions.actions import draw_again, save_try
from courses.questions.quiz import draw_other, draw_size, drawn_ids, needed
from tests.courses.questions import asked
from tests.courses.small_kit import block, key


def pool_of(size, draw=0, pass_mark=0):
    return {"id": "quiz", "pool": [{"id": str(n)} for n in range(size)], "draw": draw, "pass_mark": pass_mark}


def test_a_visitor_gets_the_first_questions_and_a_member_hers():
    quiz = pool_of(20, draw=3)
    assert drawn_ids(quiz, {}, "") == ["0", "1", "2"]
    assert drawn_ids(quiz, {}, "7") == drawn_ids(quiz, {}, "7")
    assert len({tuple(drawn_ids(quiz, {}, str(reader))) for reader in range(20)}) > 10


def test_all_are_drawn_in_their_order_when_no_number_is_given():
    assert drawn_ids(pool_of(4), {}, "7") == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("size", "draw", "pass_mark", "wanted"),
    [(4, 3, 2, (3, 2)), (4, 0, 0, (4, 4)), (2, 5, 4, (2, 2)), (0, 3, 2, (0, 0))],
)
def test_a_quiz_asks_for_no_more_than_there_is(size, draw, pass_mark, wanted):
    quiz = pool_of(size, draw, pass_mark)
    assert (draw_size(quiz), needed(quiz)) == wanted


def test_a_question_that_an_editor_took_out_is_replaced_and_the_others_stay():
    assert drawn_ids(pool_of(5, draw=3), {"drawn": ["4", "gone", "1"]}, "7")[:2] == ["4", "1"]
    assert len(set(drawn_ids(pool_of(5, draw=3), {"drawn": ["4", "gone", "1"]}, "7"))) == 3


def test_another_draw_takes_what_was_not_drawn_first():
    assert sorted(draw_other(pool_of(6, draw=3), ["0", "1", "2"])) == ["3", "4", "5"]
    assert {"3"} < set(draw_other(pool_of(4, draw=3), ["0", "1", "2"]))


# In her record ----------------------------------------------------------------------------------------------


@pytest.fixture
def send(learner, asking, kit, part):
    def send(name, answer="right"):
        body = {"chosen": [str(key(f"option-{name} {answer}"))]}
        return save_try(
            user=learner,
            quiz=part("quiz"),
            lesson_key=asking.key,
            kit_key=kit.key,
            block_id=key(name),
            client_id=uuid4(),
            body=body,
            kind="question",
            counts=False,
        )

    return send


def kept(learner):
    return Answer.objects.get(user=learner, block_id=key("quiz"), state=Answer.State.CURRENT)


def hers(learner, part):
    return [name for name in ("one", "two", "three") if str(key(name)) in drawn_ids(part("quiz"), {}, str(learner.pk))]


def test_the_first_try_keeps_her_draw(learner, part, send):
    mine = hers(learner, part)
    send(mine[0], "wrong")
    assert {key(name) for name in mine} == set(map(type(key("a")), kept(learner).body["drawn"]))
    assert kept(learner).body["passed"] is kept(learner).counts is False


def test_a_passed_quiz_is_one_check_and_stays_passed(learner, part, send):
    mine = hers(learner, part)
    send(mine[0])
    assert kept(learner).counts is True
    assert Enrolment.objects.get(user=learner).checks_passed == 1
    send(mine[0], "wrong")
    assert kept(learner).counts is True
    send(mine[1])
    assert Enrolment.objects.get(user=learner).checks_passed == 1


def test_a_question_that_was_not_drawn_does_not_pass_it(learner, part, send):
    other = ({"one", "two", "three"} - set(hers(learner, part))).pop()
    send(other)
    assert kept(learner).counts is False


def test_beginning_again_draws_others_and_forgets_the_tries_but_not_that_it_was_passed(
    learner, part, send, asking, kit
):
    mine = hers(learner, part)
    other = ({"one", "two", "three"} - set(mine)).pop()
    send(mine[0])
    draw_again(user=learner, quiz=part("quiz"), lesson_key=asking.key, kit_key=kit.key)
    assert str(key(other)) in kept(learner).body["drawn"]
    assert kept(learner).counts is True
    assert not Answer.objects.filter(user=learner).exclude(block_id=key("quiz")).exists()


def test_a_draw_is_the_same_in_every_language(learner, learner_client, asking, part):
    def shown(language):
        page = learner_client.get(asking.url.replace("/en/", f"/{language}/")).content.decode()
        return [name for name in ("one", "two", "three") if f'id="b-{key(name)}"' in page]

    assert shown("en") == shown("el") == hers(learner, part)


def test_a_quiz_without_questions_says_nothing_wrong(asking, learner_client):
    asked.ask_everything(blocks=[asked.quiz(), block("text", key("only"), "<p>Only this.</p>")])
    page = learner_client.get(asking.url).content.decode()
    assert "Three to look back" in page
    assert "Begin again" not in page


def test_only_questions_straight_after_a_quiz_are_its_own(part, asking):
    assert part("one")["quiz"] == part("quiz")["id"]
    assert "quiz" not in part("outside")
    assert find_part(lesson_pieces(asking.pk), key("outside")) is not None
