"""Signing in and out: what stays on the device, and what a stranger can learn."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from hub.accounts.models import User
from tests.conftest import PASSPHRASE

LOGIN = "/en/accounts/login/"


def sign_in(client, name="learner", passphrase=PASSPHRASE, **more):
    return client.post(LOGIN, {"login": name, "password": passphrase} | more)


def test_sign_in_leads_to_my_learning_or_to_next(client, learner):
    assert sign_in(client).headers["Location"] == "/en/my/"
    client.post("/en/accounts/logout/")
    assert sign_in(client, next="/en/kits/").headers["Location"] == "/en/kits/"
    client.post("/en/accounts/logout/")
    assert sign_in(client, next="https://evil.example/").headers["Location"] == "/en/my/"


@pytest.mark.parametrize("typed", ["LEARNER", " learner ", "ｌｅａｒｎｅｒ"])
def test_case_and_width_of_the_name_do_not_matter(client, learner, typed):
    assert sign_in(client, typed).status_code == 302


def test_device_is_shared_unless_she_says_otherwise(client, learner):
    response = sign_in(client)
    assert client.session["own_device"] is False
    assert response.cookies["sessionid"]["max-age"] == ""
    left = Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()
    assert left.total_seconds() <= 12 * 3600
    page = client.get("/en/accounts/")
    assert "no-store" in page.headers["Cache-Control"]


def test_own_device_keeps_the_session_for_thirty_days(client, learner):
    response = sign_in(client, own_device="yes")
    assert client.session["own_device"] is True
    assert response.cookies["sessionid"]["max-age"] == 30 * 24 * 3600


def test_an_invented_answer_about_the_device_is_refused(client, learner):
    assert sign_in(client, own_device="maybe").status_code == 422


def test_unknown_name_and_wrong_passphrase_are_told_the_same(client, learner):
    wrong = sign_in(client, passphrase="not the right words")
    unknown = sign_in(client, name="nobody-here", passphrase="not the right words")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert unknown.context["form"]["login"].value() == "nobody-here"


def test_closed_account_cannot_sign_in(client, learner):
    User.objects.update(is_active=False)
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_sign_out_needs_a_post_and_wipes_the_device(client, learner):
    sign_in(client)
    key = client.session.session_key
    assert 'method="post"' in client.get("/el/accounts/logout/").content.decode()
    assert Session.objects.filter(pk=key).exists()
    response = client.post("/el/accounts/logout/")
    assert response.headers["Location"] == "/el/"
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.filter(pk=key).exists()


def test_sign_out_as_a_visitor_leads_home(client, db):
    assert client.get("/sv/accounts/logout/").headers["Location"] == "/sv/"
    assert client.post("/sv/accounts/logout/").headers["Location"] == "/sv/"


def test_leaving_signs_out_on_a_shared_device_only(client, learner):
    sign_in(client)
    response = client.get("/en/leave/")
    assert response.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert "_auth_user_id" not in client.session
    sign_in(client, own_device="yes")
    client.get("/en/leave/")
    assert "_auth_user_id" in client.session


def test_sign_in_page_names_nobody(client, learner):
    sign_in(client)
    page = client.get("/en/my/", follow=True).content.decode()
    assert "learner" not in page.split("<title>")[1].split("</title>")[0]


@pytest.mark.parametrize(
    "address", ["login", "logout", "password_reset", "password_reset/confirm/MQ/abc", "account/change_password"]
)
def test_wagtails_own_doors_are_closed(client, address, db):
    response = client.get(f"/editor/{address}/", follow=True)
    assert response.redirect_chain
    assert "/editor/" not in response.redirect_chain[-1][0]


def test_editor_sends_a_visitor_to_the_one_door(client, db):
    response = client.get("/editor/")
    assert response.headers["Location"] == "/en/accounts/login/?next=/editor/"


@pytest.mark.parametrize(
    "path", ["social/connections/", "3rdparty/", "login/phone/", "phone/change/", "signup/passkey/"]
)
def test_flows_we_do_not_use_are_not_there(client, path, db):
    assert client.get(f"/en/accounts/{path}").status_code == 404


def test_no_network_address_is_kept(client, learner):
    sign_in(client)
    client.post("/en/accounts/password/change/", {"oldpassword": PASSPHRASE, "password1": "new words for the door"})
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


def test_her_time_zone_is_used(client, learner):
    User.objects.update(time_zone="Asia/Tokyo")
    sign_in(client)
    client.get("/en/accounts/")
    assert timezone.get_current_timezone_name() == "Asia/Tokyo"
    timezone.deactivate()


def test_wagtails_own_doors_lead_to_ours(make_user, visitor, loaded_hub):
    """They ask for no second factor and count no attempts."""
    make_user("keeper", "moderator")
    for door in ("/en/_util/login/", "/editor/login/"):
        response = visitor.post(door, {"username": "keeper", "password": PASSPHRASE})
        assert response.headers["Location"].endswith("/accounts/login/")
        assert "_auth_user_id" not in visitor.session
