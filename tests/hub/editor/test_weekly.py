from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import translation
from wagtail.models import Page

from courses.translation import freshness
from hub.accounts.roles import ensure_roles
from hub.editor.weekly import tell_translators, words_for
from hub.notifications.actions import stop_mail
from hub.notifications.mail import send_due
from hub.notifications.models import Notification, Outbox, Preference
from hub.notifications.queries import news_page
from tests.hub.editor.translating import make_lessons

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def lessons(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # nobody searches here
    make_lessons()
    Page.objects.get(depth=2, slug="home").delete()  # Wagtail's own welcome
    freshness.recount()
    ensure_roles()


@pytest.fixture
def greek(lessons, make_user):
    """Translates into Greek, lives in Athens, reads mail."""
    person = make_user("editor-el", "editor-el", language="el", time_zone="Europe/Athens")
    EmailAddress.objects.create(user=person, email="el@example.org", primary=True, verified=True)
    return person


def told():
    return list(Notification.objects.values_list("user__username", flat=True))


def test_on_monday_morning_a_translator_is_told_once_what_waits(greek):
    assert tell_translators(MONDAY) == 1
    assert tell_translators(MONDAY.replace(hour=15)) == 0
    assert tell_translators(MONDAY.replace(day=30)) == 1
    assert told() == ["editor-el", "editor-el"]


@pytest.mark.parametrize("moment", [MONDAY.replace(hour=5), MONDAY.replace(day=22), MONDAY.replace(day=24)])
def test_at_no_other_time(greek, moment):
    assert tell_translators(moment) == 0


def test_it_is_monday_morning_where_she_lives(greek, make_user):
    make_user("translator-it", "translator-it", time_zone="America/New_York")
    assert tell_translators(MONDAY.replace(hour=6)) == 1  # eight o'clock in Athens
    assert told() == ["editor-el"]


def test_who_has_nothing_to_do_is_not_told(lessons, make_user):
    make_user("author", "editor-en")
    make_user("nobody", "editor-xx")
    assert tell_translators(MONDAY) == 0


def test_the_list_says_how_many_pages_wait(greek):
    tell_translators(MONDAY)
    greek.unread_news = 1
    line = news_page(greek)[1][0]
    assert str(line.words) == "Waiting for a translation or a review: 1 page in Greek"
    assert words_for(greek) == "1 page in Greek"


def test_the_mail_is_discreet_and_in_her_language(greek, settings):
    settings.SENDS_MAIL = True
    tell_translators(MONDAY)
    assert send_due() == 1  # it is due at once
    [letter] = mail.outbox
    with translation.override("el"):
        assert letter.subject == translation.gettext("New for you")
    assert "Lesson one" not in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


def test_who_stopped_all_mail_or_this_one_gets_none_but_finds_it_in_her_list(greek, sign_in):
    tell_translators(MONDAY)
    stop_mail(user_id=greek.pk)
    assert tell_translators(MONDAY.replace(day=30)) == 1
    assert Outbox.objects.count() == 0


def test_she_switches_it_off_and_on_at_the_table(greek, sign_in):
    client = sign_in(greek)
    assert client.get("/editor/freshness/").context["mail"] == {"is_on": True}
    client.post("/editor/freshness/mail/")
    assert Preference.objects.get(user=greek, scope="texts").how == "none"
    assert client.get("/editor/freshness/").context["mail"] == {"is_on": False}
    client.post("/editor/freshness/mail/", {"wanted": "on"})
    assert Preference.objects.get(user=greek, scope="texts").how == "weekly"


def test_her_choice_is_hers_alone(greek, learner, sign_in):
    assert sign_in(learner).post("/editor/freshness/mail/").status_code in {302, 403}
    assert Preference.objects.filter(scope="texts").count() == 0


def test_a_line_of_the_list_leads_to_the_table(greek, sign_in):
    tell_translators(MONDAY)
    response = sign_in(greek).get(f"/el/my/news/{Notification.objects.get().pk}/")
    assert response["Location"] == "/editor/freshness/"
