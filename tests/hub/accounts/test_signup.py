"""Making an account: a user name and a passphrase are enough."""

from collections import Counter

import pytest
from django.urls import reverse

from hub.accounts import recovery
from hub.accounts.forms import SignupForm
from hub.accounts.models import User

GOOD = {"username": "Ελένη", "password1": "violet ladder seven seas", "language": "el", "own_device": "no"}


def sign_up(client, **changes):
    return client.post("/el/accounts/signup/", GOOD | changes)


@pytest.mark.django_db
def test_a_user_name_and_a_passphrase_make_an_account(client):
    response = sign_up(client)
    assert response.headers["Location"] == "/el/accounts/recovery-card/"
    user = User.objects.get()
    assert (user.username, user.language, user.time_zone, user.email) == ("Ελένη", "el", "Europe/Athens", "")
    assert user.check_password("violet ladder seven seas")
    assert client.session["own_device"] is False


@pytest.mark.django_db
def test_language_is_preset_to_that_of_the_page(client):
    page = client.get("/hu/accounts/signup/").content.decode()
    assert '<option value="hu" selected>' in page


@pytest.mark.django_db
def test_time_zone_of_the_browser_wins_and_an_invented_one_is_ignored(client):
    sign_up(client, time_zone="Africa/Nairobi")
    client.cookies.clear()
    sign_up(client, username="other", time_zone="Mars/Olympus")
    zones = User.objects.order_by("pk").values_list("time_zone", flat=True)
    assert list(zones) == ["Africa/Nairobi", "Europe/Athens"]


@pytest.mark.django_db
def test_after_the_card_she_goes_on_to_where_she_was_going(client):
    response = sign_up(client, next="/el/kits/")
    card = response.headers["Location"]
    page = client.get(card).content.decode()
    assert '<input type="hidden" name="next" value="/el/kits/">' in page
    response = client.post("/el/accounts/recovery-card/kept/", {"next": "/el/kits/"})
    assert response.headers["Location"] == "/el/kits/"


@pytest.mark.django_db
def test_next_never_leads_to_another_site(client):
    card = sign_up(client, next="https://evil.example/").headers["Location"]
    assert "evil" not in card
    response = client.post("/el/accounts/recovery-card/kept/", {"next": "//evil.example/"})
    assert response.headers["Location"] == reverse("my_learning").replace("/en/", "/el/")


@pytest.mark.django_db
@pytest.mark.parametrize("same", ["ΕΛΈΝΗ", " Ελένη ", "Ε\u202eλένη"])
def test_a_name_that_reads_the_same_is_taken(client, same):
    sign_up(client)
    client.cookies.clear()
    response = sign_up(client, username=same)
    assert response.status_code == 422
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_full_width_and_capital_letters_are_the_same_name(client):
    sign_up(client, username="anna")
    client.cookies.clear()
    assert sign_up(client, username="ＡＮＮＡ").status_code == 422
    assert sign_up(client, username="Anna").status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["", "   ", "a b", "zero\u200bwidth", "x" * 41, "<b>", "\u202e", "💜", "a" * 100_000])
def test_odd_names_are_refused_and_stay_in_the_field(client, odd):
    response = sign_up(client, username=odd)
    assert response.status_code == 422
    assert "username" in response.context["form"].errors
    assert response.context["form"]["username"].value() == odd
    assert not User.objects.exists()


@pytest.mark.django_db
def test_nul_and_bidi_controls_are_taken_out_of_a_name(client):
    sign_up(client, username="an\x00na\u202e")
    assert User.objects.get().username == "anna"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "weak", ["short one", "password123456", "aaaaaaaaaaaaaa", "Ελένη1234567"[:9], "x" * 201, "Ελένη12345"]
)
def test_a_weak_passphrase_is_refused(client, weak):
    response = sign_up(client, password1=weak)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password1"]
    assert weak not in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_one_passphrase_typed_on_two_keyboards_is_the_same(client):
    sign_up(client, password1="cafe\u0301 ladder seven seas")
    assert User.objects.get().check_password("caf\u00e9 ladder seven seas")


@pytest.mark.django_db
def test_names_are_unique_in_the_database_too():
    from django.db import IntegrityError, transaction

    User.objects.bulk_create([User(username="Anna")])
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="ANNA")])
    assert User.objects.get_by_natural_key("aNNa").username == "Anna"


@pytest.mark.django_db
def test_a_double_click_makes_one_account_and_no_error_page(client, monkeypatch):
    sign_up(client)
    client.cookies.clear()
    # Both requests found the name free; the database decides.
    monkeypatch.setattr(SignupForm, "clean_username", lambda form: form.cleaned_data["username"])
    response = sign_up(client)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["username"]
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_ten_codes_are_shown_until_she_says_she_has_them(client):
    sign_up(client)
    codes = recovery.codes_of(client.session["recovery_seed"])
    assert len(set(codes)) == 10
    page = client.get("/el/accounts/recovery-card/").content.decode()
    assert all(code in page for code in codes)
    text = client.get("/el/accounts/recovery-card/text/")
    assert text.content.decode().split() == codes
    assert text.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    client.post("/el/accounts/recovery-card/kept/")
    page = client.get("/el/accounts/recovery-card/").content.decode()
    assert not any(code in page for code in codes)
    assert client.get("/el/accounts/recovery-card/text/").headers["Location"] == "/el/accounts/recovery-card/"


@pytest.mark.django_db
def test_no_code_is_kept_readable(client):
    from django.contrib.sessions.models import Session

    sign_up(client)
    codes = recovery.codes_of(client.session["recovery_seed"])
    kept = str(list(User.objects.get().recovery_codes.values())) + str(
        [row.get_decoded() for row in Session.objects.all()]
    )
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


@pytest.mark.django_db
def test_a_class_behind_one_line_can_sign_up_and_a_flood_is_stopped(client):
    answers = Counter()
    for number in range(90):
        client.cookies.clear()
        answers[sign_up(client, username=f"name{number % 60}").status_code] += 1
    assert answers == {302: 60, 422: 20, 429: 10}  # 60 accounts, 20 times "taken", then nothing is told
    assert User.objects.count() == 60


@pytest.mark.django_db
def test_a_flood_from_one_line_keeps_nobody_else_out(client):
    for _ in range(85):
        sign_up(client, username="")
    assert sign_up(client).status_code == 429
    client.cookies.clear()
    assert client.post("/en/accounts/signup/", GOOD, REMOTE_ADDR="198.51.100.7").status_code == 302


@pytest.mark.django_db
def test_passphrases_reach_no_log(client, caplog):
    caplog.set_level("DEBUG")
    sign_up(client)
    client.post("/el/accounts/logout/")
    client.post("/el/accounts/login/", {"login": "Ελένη", "password": "violet ladder wrong"})
    client.post("/el/accounts/login/", {"login": "Ελένη", "password": "violet ladder seven seas"})
    assert "violet ladder" not in caplog.text
