import pytest
from django.test import Client

from tests.bad_input.forms import Form, TakesBadInput
from tests.conftest import PASSPHRASE


class TestForms(TakesBadInput):
    forms = [
        Form(
            "sign-up",
            "accounts/signup/",
            {
                "username": "zora",
                "password1": PASSPHRASE,
                "language": "en",
                "own_device": "no",
                "time_zone": "Europe/Rome",
            },
            who="visitor",
            hidden=frozenset({"time_zone", "language", "own_device"}),
        ),
        Form(
            "sign-in",
            "accounts/login/",
            {"login": "learner", "password": "not hers at all", "own_device": "no", "next": "/en/my/"},
            who="visitor",
            hidden=frozenset({"own_device", "next"}),
            refused=True,
        ),
        Form(
            "recover",
            "accounts/recover/",
            {"username": "learner", "code": "aaaa-bbbb-cccc-dddd", "password1": "three green hills away"},
            who="visitor",
            refused=True,
        ),
        Form(
            "a code of two people",
            "accounts/helped/",
            {"username": "learner", "code": "aaaa-bbbb-cccc-d", "password1": "three green hills away"},
            who="visitor",
            refused=True,
        ),
        Form("own passphrase", "accounts/own-passphrase/", {"password1": "three green hills away"}, who="newcomer"),
        Form(
            "whether two people may help",
            "accounts/helped/allow/",
            {"allowed": "on"},
            hidden=frozenset({"allowed"}),
            empty_counts=True,
        ),
        Form("add an organisation", "staff/people/", {"name": "Casa aperta", "country": "IT"}, who="coordinator"),
        Form(
            "rename an organisation",
            "staff/organisations/{organisation}/",
            {"name": "Casa aperta", "country": "IT"},
            who="coordinator",
        ),
        Form(
            "invite",
            "staff/organisations/{organisation}/invite/",
            {"group": "{role}"},
            who="coordinator",
            hidden=frozenset({"group"}),
        ),
        Form(
            "move somebody",
            "staff/people/{person}/move/",
            {"organisation": "{organisation}"},
            who="coordinator",
            hidden=frozenset({"organisation"}),
        ),
        Form("ask for help", "staff/help/", {"username": "learner"}, who="trainer"),
        Form(
            "agree to help",
            "staff/help/{request}/",
            {"username": "learner", "known": "on"},
            who="trainer",
            hidden=frozenset({"known"}),
        ),
        Form(
            "sign-in cards",
            "staff/cards/",
            {"number": "2", "language": "el", "once": "of another page"},
            who="trainer",
            hidden=frozenset({"language", "once"}),
            refused=True,
        ),
        Form("link by e-mail", "accounts/password/reset/", {"email": "nobody@example.org"}, who="visitor"),
        Form("code by e-mail", "accounts/login/code/", {"email": "nobody@example.org"}, who="visitor"),
        Form(
            "passkey",
            "accounts/login/passkey/",
            {"credential": "{{}}", "own_device": "no"},
            who="visitor",
            hidden=frozenset({"credential", "own_device"}),
            empty_counts=True,
        ),
        Form(
            "end other sessions",
            "accounts/sessions/",
            {"session": ""},
            hidden=frozenset({"session"}),
            empty_counts=True,
        ),
        Form(
            "settings",
            "accounts/",
            {"language": "el", "time_zone": "Europe/Athens"},
            hidden=frozenset({"language", "time_zone"}),
        ),
        Form(
            "change passphrase",
            "accounts/password/change/",
            {"oldpassword": "wrong", "password1": "new words for me"},
            refused=True,
        ),
        Form(
            "e-mail",
            "accounts/email/",
            {"email": "her@example.org", "action_add": ""},
            hidden=frozenset({"action_add"}),
            empty_counts=True,
        ),
        Form("reauthenticate", "accounts/reauthenticate/", {"password": "wrong"}, refused=True),
    ]


@pytest.mark.parametrize("query", ["%00a", "\ufdfa" * 200, "%FF"])
def test_an_odd_search_for_a_person_finds_nobody(admin, sign_in, query):
    assert sign_in(admin).get(f"/editor/users/?q={query}").status_code == 200


@pytest.mark.parametrize(
    "following", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "\0"]
)
def test_sign_in_never_leads_to_another_site(learner, following):
    data = {"login": "learner", "password": PASSPHRASE, "next": following}
    response = Client().post("/en/accounts/login/", data)
    assert response.headers["Location"] == "/en/my/"
    card = Client()
    card.force_login(learner)
    assert card.post("/en/accounts/recovery-card/kept/", {"next": following}).headers["Location"] == "/en/my/"
