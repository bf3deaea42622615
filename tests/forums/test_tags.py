from datetime import timedelta

import pytest
from django.utils import timezone, translation

from forums.templatetags.forum_tags import alias_mark, when


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1, seconds=30), "1 minute ago"),
        (timedelta(minutes=59, seconds=30), "59 minutes ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (timedelta(days=2, hours=3), "2 days ago"),
        (timedelta(days=15), "15 days ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_time_is_told_in_one_unit(age, words):
    moment = timezone.now() - age
    assert when(moment) == f'<time datetime="{moment.isoformat(timespec="seconds")}">{words}</time>'


def test_time_is_told_in_the_language_of_the_page():
    moment = timezone.now() - timedelta(days=2)
    assert ">2 days ago<" in when(moment)
    with translation.override("it"):
        assert ">2 giorni fa<" in when(moment)


def test_circle_of_an_alias_is_always_the_same_and_differs_from_its_neighbours():
    assert alias_mark(7) == alias_mark(7)
    assert len({alias_mark(number) for number in range(60)}) == 60
