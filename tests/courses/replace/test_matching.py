import pytest

from courses.replace.matching import Wanted, digest, replaced, spots


def after(text, old, new, markup=False, **how):
    return replaced(text, spots(text, Wanted(old, new, **how), markup=markup))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A mentor. Mentor, MENTOR!", "A guide. Guide, GUIDE!"),
        ("mentors, a tormentor, mentor-like", "mentors, a tormentor, guide-like"),
        ("nothing here", "nothing here"),
    ],
)
def test_a_word_is_replaced_whole_with_its_capitals(text, said):
    assert after(text, "mentor", "guide") == said


def test_what_a_word_goes_on_with_stays_when_asked():
    assert after("mentors, mentorkör, tormentor", "mentor", "guide", endings=True) == "guides, guidekör, tormentor"


def test_capital_letters_may_matter():
    assert after("Us and us", "us", "them", exact_case=True) == "Us and them"
    assert after("the MC", "the MC", "the circle", exact_case=True) == "the circle"


@pytest.mark.parametrize(
    ("old", "new", "text", "said"), [("ΚΎΚΛΟΣ", "ομάδα", "ο κύκλος", "ο ομάδα"), ("città", "paese", "Città", "Paese")]
)
def test_letters_of_every_language_are_known(old, new, text, said):
    assert after(text, old, new) == said


def test_several_words_stand_over_a_line_break():
    assert after("job\n  counsellor", "job counsellor", "adviser") == "adviser"


def test_tags_and_addresses_are_left_alone_and_signs_are_written_as_markup():
    text = '<a id="help" href="/help/">help</a> &amp; more'
    assert after(text, "help", "a < b", markup=True) == '<a id="help" href="/help/">a &lt; b</a> &amp; more'
    assert after("R&amp;D", "R&D", "research", markup=True) == "Research"
    assert after("<b>", "b", "c", markup=True) == "<b>"


def test_each_spot_shows_what_stands_around_it_without_markup():
    (spot,) = spots("<p>One <b>red</b> pump stands.</p>", Wanted("pump", "fan"), markup=True)
    assert (spot.before.strip(), spot.found, spot.written, spot.after.strip()) == (
        "One  red".replace("  ", " "),
        "pump",
        "fan",
        "stands.",
    )


def test_only_chosen_spots_are_written():
    text = "a pump, a pump, a pump"
    assert replaced(text, spots(text, Wanted("pump", "fan"), markup=False)[1:2]) == "a pump, a fan, a pump"


def test_a_changed_text_has_another_digest():
    assert digest("one") != digest("one ")
