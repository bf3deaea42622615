"""Two people of one organisation help a woman back in."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import connection
from django.utils import timezone

from hub.accounts import helped
from hub.accounts.actions import make_recovery_codes
from hub.accounts.models import AccountEvent, HelpedRecovery, Organisation, RecoveryCode, User
from tests.conftest import PASSPHRASE

NEW = "three green hills away"
STAFF, HERS = "/en/staff/help/", "/en/accounts/helped/"


@pytest.fixture
def partner(db):
    return Organisation.objects.create(name="Partner")


@pytest.fixture
def first(make_user, partner):
    return make_user("first", "trainer", organisation=partner)


@pytest.fixture
def second(make_user, partner):
    return make_user("second", "coordinator", organisation=partner)


@pytest.fixture
def asked(first, learner):
    """The request of the first person."""

    def ask(name="learner"):
        helped.start_help(username=name, actor=first)
        return HelpedRecovery.objects.latest("pk")

    return ask


@pytest.fixture
def code(asked, second):
    return helped.agree(request=asked(), actor=second)


def come_back(client, **changed):
    return client.post(HERS, {"username": "learner", "password1": NEW} | changed)


def events(user=None):
    return list(AccountEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_the_whole_way(client, learner, first, second, sign_in, partner):
    one, two = sign_in(first), sign_in(second)
    assert one.post(STAFF, {"username": "LEARNER"}).status_code == 302
    number = HelpedRecovery.objects.get().pk
    assert "Waiting for a second person" in one.get(STAFF).content.decode()
    assert "Waiting for your yes" in two.get(STAFF).content.decode()
    page = two.post(f"{STAFF}{number}/", {"username": "learner", "known": "on"})
    code = page.context["code"]
    assert code in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    answer = come_back(client, code=code.upper().replace("-", " "))
    assert answer.headers["Location"] == "/en/accounts/recovery-card/"
    card = client.get("/en/accounts/recovery-card/")
    assert len(card.context["codes"]) == 10
    assert "Two people of Partner helped you back in" in card.content.decode()
    learner.refresh_from_db()
    assert learner.check_password(NEW)
    assert events(learner) == ["help_started", "help_approved", "help_used"]
    assert set(learner.events.values_list("organisation", flat=True)) == {partner.pk}


def test_her_sessions_end_and_the_code_is_spent(client, learner, learner_client, code):
    come_back(client, code=code)
    assert learner_client.get("/en/my/").status_code == 302
    client.logout()
    assert come_back(client, code=code, password1="four other words here").status_code == 422
    learner.refresh_from_db()
    assert learner.check_password(NEW)


def test_the_codes_of_her_old_card_stay_good(client, learner, code):
    make_recovery_codes(user=learner, seed="old")
    old = set(RecoveryCode.objects.values_list("digest", flat=True))
    come_back(client, code=code)
    assert old < set(RecoveryCode.objects.values_list("digest", flat=True))
    assert RecoveryCode.objects.count() == 20


def test_nothing_tells_the_helpers_whether_there_is_an_account(first, second, learner, make_user, sign_in):
    make_user("other-trainer", "trainer")
    User.objects.filter(pk=make_user("shy").pk).update(helped_recovery=False)
    one, two = sign_in(first), sign_in(second)
    pages = set()
    for name in ("learner", "nobody", "other-trainer", "shy", "first"):
        answer = one.post(STAFF, {"username": name})
        found = HelpedRecovery.objects.latest("pk")
        code = two.post(f"{STAFF}{found.pk}/", {"username": name, "known": "on"})
        text = code.content.decode().replace(code.context["code"], "")
        pages.add((answer.status_code, answer.headers["Location"], code.status_code, text.count("<p")))
        assert bool(found.user) is (name == "learner")
    assert len(pages) == 1


@pytest.mark.parametrize("who", ["nobody", "staff", "switched off", "closed", "superuser"])
def test_a_code_for_an_account_that_may_not_be_helped_opens_nothing(client, asked, second, who, learner, make_user):
    if who == "staff":
        make_user("other", "moderator")
    elif who in {"switched off", "closed", "superuser"}:
        column = {"switched off": "helped_recovery", "closed": "is_active", "superuser": "is_superuser"}[who]
        User.objects.filter(pk=make_user("other").pk).update(**{column: who == "superuser"})
    code = helped.agree(request=asked("other"), actor=second)
    assert come_back(client, username="other", code=code).status_code == 422
    assert not User.objects.filter(username="other", password__startswith="x").exists()
    assert all(user.check_password(PASSPHRASE) for user in User.objects.filter(username="other"))


def test_an_account_that_became_staff_in_between_stays_closed(client, learner, code):
    from django.contrib.auth.models import Group

    learner.groups.add(Group.objects.create(name="moderator"))
    assert come_back(client, code=code).status_code == 422


@pytest.mark.parametrize("words", [{}, {"username": "learner"}, {"username": "someone", "known": "on"}])
def test_the_second_must_know_the_name_and_say_that_she_spoke_with_her(asked, second, sign_in, words):
    number = asked().pk
    assert sign_in(second).post(f"{STAFF}{number}/", words).status_code == 422
    assert HelpedRecovery.objects.get().approved_at is None


def test_guessing_the_name_is_stopped(asked, second, sign_in):
    number, client = asked().pk, sign_in(second)
    statuses = [client.post(f"{STAFF}{number}/", {"username": f"n{n}", "known": "on"}).status_code for n in range(6)]
    assert statuses == [422] * 5 + [429]


def test_one_person_alone_cannot_agree(asked, first, sign_in):
    number, client = asked().pk, sign_in(first)
    assert client.post(f"{STAFF}{number}/", {"username": "learner", "known": "on"}).status_code == 404
    assert helped.agree(request=HelpedRecovery.objects.get(), actor=first) is None


@pytest.mark.parametrize("who", ["another organisation", "no organisation", "moderator", "closed organisation"])
def test_only_a_helper_of_the_same_open_organisation_agrees(asked, partner, make_user, sign_in, who):
    other = Organisation.objects.create(name="Other")
    place = {"another organisation": other, "no organisation": None}.get(who, partner)
    person = make_user("third", "moderator" if who == "moderator" else "trainer", organisation=place)
    number = asked().pk
    if who == "closed organisation":
        Organisation.objects.update(closed_at=timezone.now())
    assert sign_in(person).get(f"{STAFF}{number}/").status_code == 404


@pytest.mark.parametrize("how", ["role", "move", "account"])
def test_the_first_must_still_be_a_helper(asked, first, second, how):
    request = asked()
    if how == "role":
        first.groups.clear()
    elif how == "move":
        User.objects.filter(pk=first.pk).update(organisation=Organisation.objects.create(name="Other"))
    else:
        first.delete()
    assert helped.agree(request=helped.waiting().get(pk=request.pk), actor=second) is None


def test_both_may_stop_it(asked, first, second, sign_in, learner):
    for person in (first, second):
        number = asked().pk
        assert sign_in(person).post(f"{STAFF}{number}/end/").status_code == 302
    assert not HelpedRecovery.objects.exists()
    assert events(learner) == ["help_started", "help_ended"] * 2


def test_a_request_and_a_code_live_a_day(client, asked, second, sign_in, learner):
    number = asked().pk
    late = timezone.now() - timedelta(seconds=1)
    HelpedRecovery.objects.update(expires_at=late)
    assert sign_in(second).get(f"{STAFF}{number}/").status_code == 404
    code = helped.agree(request=asked(), actor=second)
    HelpedRecovery.objects.update(expires_at=late)
    assert come_back(client, code=code).status_code == 422


def test_starting_is_slowed_down_for_a_helper_and_for_a_name(first, second, sign_in, learner, monkeypatch):
    client = sign_in(first)
    assert [client.post(STAFF, {"username": "learner"}).status_code for _ in range(4)] == [302] * 3 + [429]
    assert sign_in(second).post(STAFF, {"username": "Learner"}).status_code == 429
    statuses = [client.post(STAFF, {"username": f"n{n}"}).status_code for n in range(8)]
    assert statuses[-1] == 429


def test_codes_are_kept_as_digests_and_hold_eighty_bits(code):
    kept = HelpedRecovery.objects.get()
    assert code not in (kept.digest, kept.name_digest)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]  # no lonely letter at the end
    assert "learner" not in kept.name_digest


def test_her_new_passphrase_must_be_another_one_and_the_code_stays(client, code):
    page = come_back(client, code=code, password1=PASSPHRASE)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["password1"])
    assert come_back(client, code=code).status_code == 302


def test_her_second_step_stays(client, learner, code):
    TOTP.activate(learner, generate_totp_secret())
    assert come_back(client, code=code).headers["Location"].startswith("/en/accounts/2fa/authenticate/")
    assert client.get("/en/accounts/recovery-card/").status_code == 302


def test_she_is_told_by_mail_in_her_language_with_a_subject_that_says_nothing(
    client, learner, code, django_capture_on_commit_callbacks
):
    EmailAddress.objects.create(user=learner, email="e@example.org", verified=True, primary=True)
    with django_capture_on_commit_callbacks(execute=True):
        come_back(client, code=code)
    (sent,) = mail.outbox
    assert sent.to == ["e@example.org"]
    assert "Partner" in sent.body
    assert "Meridian" not in sent.subject
    assert "learner" not in sent.subject + sent.body


def test_an_address_that_is_not_confirmed_gets_nothing(client, learner, code, django_capture_on_commit_callbacks):
    EmailAddress.objects.create(user=learner, email="e@example.org", verified=False, primary=True)
    with django_capture_on_commit_callbacks(execute=True):
        come_back(client, code=code)
    assert mail.outbox == []


def test_she_is_told_at_each_sign_in_for_two_weeks(client, code):
    come_back(client, code=code)
    for days, told in ((1, True), (13, True), (15, False)):
        client.logout()
        HelpedRecovery.objects.update(used_at=timezone.now() - timedelta(days=days))
        client.post("/en/accounts/login/", {"login": "learner", "password": NEW})
        assert ("Two people of Partner helped you" in client.get("/en/accounts/").content.decode()) is told


def test_she_sees_that_somebody_asked_and_stops_it(client, asked, second):
    request = asked()
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    assert "Somebody asked for a code" in client.get("/en/accounts/").content.decode()
    assert "/en/accounts/helped/stop/" in client.get("/en/accounts/events/").content.decode()
    client.post("/en/accounts/helped/stop/")
    assert helped.waiting().filter(pk=request.pk).first() is None
    assert "/en/accounts/helped/stop/" not in client.get("/en/accounts/events/").content.decode()


def test_switching_it_off_ends_codes_too(client, learner, learner_client, code):
    assert "checked" in learner_client.get("/en/accounts/helped/allow/").content.decode()
    learner_client.post("/en/accounts/helped/allow/", {})
    learner.refresh_from_db()
    assert not learner.helped_recovery
    assert come_back(client, code=code).status_code == 422
    learner_client.post("/en/accounts/helped/allow/", {"allowed": "on"})
    assert events(learner)[-3:] == ["help_setting", "help_ended", "help_setting"]


@pytest.mark.parametrize("code", ["", "\0", "x" * 10_000, "ﷺ" * 40, "aaaa-bbbb-cccc-d", "'; --"])
def test_odd_codes_are_refused_in_words(client, learner, code):
    page = come_back(client, code=code)
    assert page.status_code == 422
    assert page.context["form"].errors


def test_many_attempts_from_one_place_are_slowed_down(client, learner):
    statuses = [come_back(client, code=f"aaaa-bbbb-{n}").status_code for n in range(31)]
    assert statuses == [422] * 30 + [429]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_request_and_three(asked, second, sign_in, number, django_assert_num_queries):
    for n in range(number):
        asked(f"name{n}")
        helped.start_help(username=f"other{n}", actor=second)
    client = sign_in(second)
    client.get(STAFF)
    # session, user, her groups, her organisation; what waits for her, what she began
    with django_assert_num_queries(6):
        client.get(STAFF)


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_agree_at_once_one_is_shown_a_code(asked, make_user, partner):
    request = asked()
    people = [make_user(f"second{n}", "trainer", organisation=partner) for n in range(8)]
    start, codes = threading.Barrier(8), []

    def agree(person):
        try:
            start.wait()
            codes.append(helped.agree(request=request, actor=person))
        finally:
            connection.close()

    threads = [threading.Thread(target=agree, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([code for code in codes if code]) == 1
