import pytest

from tests.bad_input.forms import Form, TakesBadInput


class TestForms(TakesBadInput):
    forms = [
        Form(
            "erase my data",
            "my/data/erase/",
            {"password": "wrong", "sure": "on"},
            hidden=frozenset({"sure"}),
            refused=True,
        ),
        Form("mark all news as read", "my/news/read/"),
        Form(
            "what is new, by e-mail",
            "my/news/settings/",
            {"how": "daily", "words": "on", "quiet_from": "22", "quiet_until": "7"},
            hidden=frozenset({"how", "words", "quiet_from", "quiet_until"}),
        ),
        Form("reminder", "my/reminder/", {"when": "away"}, hidden=frozenset({"when"}), refused=True),
        Form(
            "as everywhere", "my/news/settings/clear/", {"choice": "1"}, hidden=frozenset({"choice"}), empty_counts=True
        ),
    ]


@pytest.mark.parametrize("value", ["%00", "%FF", "9" * 3_000, "%3Cscript%3Ealert", "%E2%80%AE", "%27)%20OR%201--"])
@pytest.mark.parametrize("name", ["q", "tab", "page"])
def test_an_odd_search_is_answered(loaded_hub, visitor, name, value):
    query = f"{name}={value}" if name == "q" else f"q=interview&{name}={value}"
    assert visitor.get(f"/en/search/?{query}").status_code == (422 if name == "q" and len(value) > 200 else 200)
    assert visitor.get(f"/en/search/suggest/?{query}").status_code == 200


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30, "9" * 5_000], ids=["0", "18", "30", "5000"])
@pytest.mark.parametrize(
    "path",
    [
        "/en/forums/learner/{}/",
        "/en/forums/learner/{}/reply/",
        "/en/forums/learner/{}/moderate/",
        "/en/forums/posts/{}/edit/",
        "/en/forums/posts/{}/withdraw/",
        "/en/forums/posts/{}/report/",
        "/en/forums/posts/{}/moderate/",
        "/documents/{}/a.pdf",
        "/documents/{}/a/b.pdf",
    ],
)
def test_a_number_of_nothing_is_not_found(loaded_hub, moderator_client, path, number):
    assert moderator_client.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("query", ["at=%00", "after=x", "before=" + "9" * 400, "unread=%FF", "last=%F0%9F", "at=0"])
def test_an_odd_query_still_shows_the_page(world, learner_client, query):
    for path in ("forums/learner/", f"forums/learner/{world['thread']}/", "my/", "forums/learner/join/"):
        assert learner_client.get(f"/en/{path}?{query}&name=%00&thread={'9' * 400}").status_code in {200, 302}
