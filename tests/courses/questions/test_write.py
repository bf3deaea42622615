from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.questions.gift import read_gift
from courses.questions.moodle_xml import read_xml
from courses.questions.write import write_gift, write_xml
from tests.courses.questions.made_up import items

slowly = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@slowly
@given(st.lists(items(pictures=False), min_size=1, max_size=3))
def test_questions_survive_gift_in_all_languages(made):
    reading = read_gift(write_gift([("Bank", made)]))
    assert (reading.items, reading.left_out) == (made, [])


@slowly
@given(st.lists(items(), min_size=1, max_size=3))
def test_questions_survive_moodle_xml_in_all_languages_with_their_pictures(made):
    reading = read_xml(write_xml([("Bank", made)]).encode())
    assert (reading.items, reading.left_out) == (made, [])


def test_a_line_to_put_in_order_may_begin_like_a_comment():
    made = read_gift(
        "::Order::Put in order {>2 ALL VERTICAL ABSOLUTE_POSITION SHOW none\nfirst\n[html]// second\n}"
    ).items
    assert [line[""] for line in made[0].lines] == ["first", "// second"]
    assert read_gift(write_gift([("Bank", made)])).items == made
