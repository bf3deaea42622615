import pytest
from django.utils import translation

from hub.lib.ago import ago


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3_599, "59 minutes ago"),
        (86_399, "23 hours ago"),
        (86_400 * 29, "29 days ago"),
        (86_400 * 75, "2 months ago"),
        (86_400 * 800, "2 years ago"),
    ],
)
def test_ago_uses_the_largest_unit_that_fits(seconds, words):
    with translation.override("en"):
        assert ago(seconds) == words
