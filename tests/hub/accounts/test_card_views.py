"""Sign-in cards, and the passphrase of her own that the first sign-in asks for."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from hub.accounts.cards import make_cards, new_name
from hub.accounts.models import AccountEvent, Organisation, RecoveryCode, User
from hub.accounts.names import validate_user_name
from hub.accounts.passphrase import PassphraseValidator
from tests.conftest import PASSPHRASE

NEW = "three green hills away"
OWN = "/en/accounts/own-passphrase/"


@pytest.fixture
def maker(make_user):
    return make_user("maker", "trainer", organisation=Organisation.objects.create(name="Partner"))


@pytest.fixture
def desk(maker, sign_in):
    return sign_in(maker)


@pytest.fixture
def card(maker):
    return make_cards(number=1, language="el", actor=maker)[0]


@pytest.fixture
def newcomer(card):
    """Somebody who has signed in with her card."""
    client = Client()
    client.post("/en/accounts/login/", {"login": card.username, "password": card.passphrase})
    return client


def order(client, **words):
    once = re.search(r'name="once" value="([^"]+)"', client.get("/en/staff/cards/").content.decode()).group(1)
    return client.post("/en/staff/cards/", {"number": "3", "language": "el", "once": once} | words)


def test_cards_are_shown_once_in_her_language_with_the_address_drawn(desk, maker):
    page = order(desk)
    text = page.content.decode()
    cards = page.context["cards"]
    assert len(cards) == 3
    assert all(card.username in text and card.passphrase in text for card in cards)
    assert "http://testserver/el/accounts/login/" in text
    assert text.count("<svg aria-hidden") >= 3
    assert "no-store" in page.headers["Cache-Control"]
    again = desk.get("/en/staff/cards/").content.decode()
    assert not any(card.passphrase in again for card in cards)


def test_each_card_is_an_account_that_must_be_made_her_own(desk, maker):
    cards = order(desk).context["cards"]
    people = User.objects.filter(username__in=[card.username for card in cards])
    assert {(p.language, p.time_zone, p.must_change_passphrase) for p in people} == {("el", "Europe/Athens", True)}
    assert all(
        person.check_password(next(c.passphrase for c in cards if c.username == person.username)) for person in people
    )
    assert not any(c.passphrase in str(User.objects.values()) + str(AccountEvent.objects.values()) for c in cards)
    assert set(AccountEvent.objects.filter(user__in=people).values_list("kind", "actor_role")) == {
        ("card_made", "trainer")
    }
    assert AccountEvent.objects.get(user=None).detail == "3"


def test_the_same_page_twice_makes_no_second_set(desk):
    once = re.search(r'name="once" value="([^"]+)"', desk.get("/en/staff/cards/").content.decode()).group(1)
    words = {"number": "2", "language": "en", "once": once}
    assert [desk.post("/en/staff/cards/", words).status_code for _ in range(2)] == [200, 422]
    assert User.objects.filter(must_change_passphrase=True).count() == 2


@pytest.mark.parametrize("number", ["0", "31", "200", "-1", "", "x", "9" * 5_000, "\0", "1.5"])
def test_other_numbers_of_cards_are_refused_in_words(desk, number):
    page = order(desk, number=number)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["number"]
    assert User.objects.count() == 1


def test_many_sheets_in_a_day_are_slowed_down(desk, monkeypatch):
    monkeypatch.setattr("hub.accounts.card_views.SHEETS_PER_DAY", 1)
    assert [order(desk, number="1").status_code for _ in range(2)] == [200, 429]


def test_a_trainer_without_an_open_organisation_makes_none(trainer, maker, desk, sign_in):
    assert sign_in(trainer).get("/en/staff/cards/").status_code == 404
    Organisation.objects.update(closed_at="2026-01-01T00:00Z")
    assert desk.get("/en/staff/cards/").status_code == 404


@pytest.mark.parametrize("language", ["en", "it", "el", "hu", "sv", "ar"])
def test_names_are_neutral_and_allowed_and_passphrases_are_strong_enough(maker, language):
    names = {new_name(language) for _ in range(50)}
    for name in names:
        validate_user_name(name)
        assert re.fullmatch(r"\w+-\w+-\d\d", name)
    assert len(names) > 40
    (card,) = make_cards(number=1, language=language, actor=maker)
    PassphraseValidator().validate(card.passphrase, User(username=card.username))


def test_taken_names_are_not_given_again(maker, monkeypatch):
    drawn = iter([f"river-{n:02d}" for n in range(10) for _ in range(2)])
    monkeypatch.setattr("hub.accounts.cards.new_name", lambda language: next(drawn))
    User.objects.create_user("RIVER-00", password=PASSPHRASE)
    names = [card.username for card in make_cards(number=2, language="en", actor=maker)]
    assert len(set(names)) == 2
    assert "river-00" not in names


# The first sign-in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/el/",
        "/en/my/",
        "/en/my/data/",
        "/en/my/data/file/",
        "/en/forums/",
        "/en/kits/",
        "/en/kits/record/kit/x/enrol/",
        "/en/accounts/",
        "/en/accounts/password/change/",
        "/en/accounts/recovery-card/",
        "/en/accounts/sessions/",
        "/en/accounts/events/",
        "/en/accounts/helped/allow/",
        "/en/accounts/own-passphrase/more/",
        "/en/staff/",
        "/en/search/",
        "/en/helpx/",
        "/editor/",
        "/editor/own-passphrase/",
        "/editor/api/main/pages/",
        "/documents/1/a.pdf",
        "/media/x.png",
    ],
)
def test_she_sees_nothing_else_before_the_passphrase_is_hers(newcomer, path):
    assert newcomer.get(path).headers["Location"].endswith("/accounts/own-passphrase/")
    assert newcomer.post(path).headers["Location"].endswith("/accounts/own-passphrase/")
    answer = newcomer.get(path, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (403, {"error": "passphrase_due"})


def every_path(patterns=None, prefix="/"):
    """A path for each address pattern of the hub, with 1 for every argument; near enough for a guard that reads no argument."""
    for pattern in patterns or get_resolver().url_patterns:
        path = prefix + re.sub(r"<[^>]*>|\(.*", "1", str(pattern.pattern).lstrip("^").rstrip("$"))
        if isinstance(pattern, URLResolver):
            yield from every_path(pattern.url_patterns, path)
        else:
            yield path


def test_every_address_of_the_hub_is_behind_it(newcomer):
    """Whatever is added later. What stays open signs out, leaves or asks for the passphrase, and has its own test."""
    open_ones = {"accounts/own-passphrase/", "accounts/passphrases/", "accounts/logout/", "leave/"}
    paths = set(every_path()) - {f"/en/{path}" for path in open_ones}
    missed = []
    for path in sorted(paths):
        answer = newcomer.get(path)
        if not path.startswith("/health/") and not answer.headers.get("Location", "").endswith("/own-passphrase/"):
            missed.append(path)
    assert missed == []
    assert len(paths) > 300  # the editor's too


def test_help_leaving_and_signing_out_stay_open(loaded_hub, newcomer):
    assert newcomer.get("/el/help/").status_code == 200
    assert newcomer.get("/el/accounts/logout/").status_code == 200
    assert newcomer.get("/el/accounts/passphrases/").status_code == 200
    assert newcomer.get("/en/leave/").headers["Location"].startswith("http")


def test_she_chooses_her_own_and_is_shown_her_card(newcomer, card):
    assert newcomer.get(OWN).status_code == 200
    assert newcomer.post(OWN, {"password1": NEW}).headers["Location"] == "/en/accounts/recovery-card/"
    person = User.objects.get(username=card.username)
    assert (person.check_password(NEW), person.must_change_passphrase) == (True, False)
    page = newcomer.get("/en/accounts/recovery-card/")
    assert len(page.context["codes"]) == 10
    assert RecoveryCode.objects.filter(user=person).count() == 10
    assert person.events.latest("pk").kind == "passphrase"
    assert newcomer.get(OWN).status_code == 302


@pytest.mark.parametrize("words", ["", "short", "the card's"])
def test_a_poor_passphrase_or_the_one_of_the_card_is_refused(newcomer, card, words):
    page = newcomer.post(OWN, {"password1": card.passphrase if words == "the card's" else words})
    assert page.status_code == 422
    assert User.objects.get(username=card.username).must_change_passphrase


def test_others_who_had_the_card_are_signed_out(newcomer, card):
    trainer_too = Client()
    trainer_too.post("/en/accounts/login/", {"login": card.username, "password": card.passphrase})
    newcomer.post(OWN, {"password1": NEW})
    assert trainer_too.get("/en/my/").headers["Location"].startswith("/en/accounts/login/")


def test_members_and_visitors_are_not_asked(learner_client, visitor):
    assert learner_client.get("/en/accounts/").status_code == 200
    assert visitor.get("/en/accounts/login/").status_code == 200
