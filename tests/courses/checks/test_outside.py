"""Which addresses are asked, how slowly, and which never."""

import pytest
from django.core.management import CommandError, call_command

from courses.checks import outside
from courses.checks.outside import ask_all, outside_links
from courses.models import LessonPage, Resource

LINK = '<p><a href="https://europass.europa.eu/en#top">Europass</a> and <a href="/en/help/">help</a></p>'


@pytest.fixture
def knocked(monkeypatch):
    """What was asked; every second page is gone."""
    asked = []

    def knock(url):
        asked.append(url)
        return ("gone", "404") if len(asked) % 2 == 0 else ("there", "200")

    monkeypatch.setattr(outside, "knock", knock)
    return asked


def test_addresses_are_asked_once_and_never_the_same_server_in_a_hurry(knocked):
    slept = []
    links = {"https://a.org/1": [], "https://a.org/2": [], "https://b.org/": [], "https://secret.local/": []}
    told = list(ask_all(links, limit=10, pause=5, hosts={"a.org", "b.org"}, sleep=slept.append))
    assert knocked == ["https://a.org/1", "https://a.org/2", "https://b.org/"]
    assert [state for _url, state, _told in told] == ["there", "gone", "there", "unlisted"]
    assert [round(seconds) for seconds in slept] == [5]


def test_live_pages_and_the_library_are_asked_about(small_hub, knocked, capsys):
    lesson = LessonPage.objects.get(slug="small-one", locale__language_code="en")
    lesson.body = [*lesson.body.get_prep_value(), {"type": "text", "id": "x", "value": LINK}]
    lesson.save()
    Resource.objects.create(key="doaj", title_en="DOAJ", url="https://doaj.org/", about_en="Journals", kind="website")
    assert outside_links() == {
        "https://europass.europa.eu/en": [lesson.url_path],
        "https://doaj.org/": ["library: doaj"],
    }
    call_command("check_links", "--dry-run")
    assert knocked == []
    with pytest.raises(CommandError):
        call_command("check_links", "--pause", "0")
    assert "https://europass.europa.eu/en: not there any more 404" in capsys.readouterr().out
