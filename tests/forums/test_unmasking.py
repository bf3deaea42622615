"""Who an alias is: learned by two administrators together or by nobody, and the member reads of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums import unmasking
from forums.models import SpaceAlias, Unmasking, UnmaskingLook
from forums.privacy import export_person
from hub.accounts.models import User
from hub.notifications.models import Notification
from hub.privacy import erase_person
from tests.conftest import PASSPHRASE
from tests.forums.conftest import HOME
from tests.forums.test_at_once import at_once

REASON = "A threat against a named person, with a date."
NAME = "zarathustra-vega"
LIST = f"{HOME}moderation/names/"


@pytest.fixture
def post(make_user, forum, write):
    """Written by somebody whose user name stands nowhere else."""
    member = make_user(NAME)
    return write(SpaceAlias.objects.create(user=member, forum=forum, name="Maple 81"))


@pytest.fixture
def first(make_user):
    return make_user("first-one", "administrator")


@pytest.fixture
def second(make_user):
    return make_user("second-one", "administrator")


@pytest.fixture
def request_(post, first):
    return unmasking.ask(post=post, actor=first, reason=REASON)


@pytest.fixture
def agreed(request_, second):
    assert unmasking.agree(request=request_, actor=second)
    return request_


def ask_at(post):
    return f"{HOME}posts/{post.pk}/name/"


def page_of(request):
    return f"{LIST}{request.pk}/"


def test_two_administrators_together_see_the_user_name_and_the_member_reads_of_it(sign_in, first, second, post):
    one, other, member = sign_in(first), sign_in(second), sign_in(post.author)
    assert one.post(ask_at(post), {"reason": REASON, "password": PASSPHRASE}).url == LIST
    row = Unmasking.objects.get()
    assert REASON in other.get(LIST).content.decode()
    assert other.post(f"{page_of(row)}agree/", {"password": PASSPHRASE}).url == page_of(row)
    for client in (one, other):
        assert NAME not in client.get(page_of(row)).content.decode()
        page = client.post(page_of(row), {"password": PASSPHRASE})
        assert NAME in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
    assert list(row.looks.order_by("pk").values_list("by_asker", flat=True)) == [True, False]
    hers = member.get(f"{HOME}asked/").content.decode()
    assert [words in hers for words in (REASON, "first-one", "second-one", "Administrator")] == [True] * 4
    assert hers.count("looked at your user name") == 2
    told = Notification.objects.get(user=post.author)
    assert (told.path, told.context["act"]) == ("forums/asked/", "unmask")
    assert "Two administrators asked who your alias is" in member.get("/en/my/news/").content.decode()


def test_one_administrator_alone_sees_nothing(sign_in, first, request_):
    client = sign_in(first)
    assert client.post(f"{page_of(request_)}agree/", {"password": PASSPHRASE}).status_code == 404
    assert client.post(page_of(request_), {"password": PASSPHRASE}).status_code == 404
    assert not unmasking.agree(request=request_, actor=first)
    assert unmasking.look(request=request_, actor=first) is None
    assert not UnmaskingLook.objects.exists()


def test_the_database_refuses_the_same_person_twice(request_, first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unmasking.objects.filter(pk=request_.pk).update(agreed_by=first, agreed_at=timezone.now())


@pytest.mark.parametrize("role", ["moderator", "coordinator", "trainer", "editor-el", None])
def test_for_others_there_is_no_such_page(sign_in, make_user, post, request_, second, role):
    client = sign_in(make_user("another", *([role] if role else [])))
    words = {"password": PASSPHRASE, "reason": REASON}
    paths = [ask_at(post), f"{page_of(request_)}agree/", f"{page_of(request_)}end/"]
    assert [client.post(path, words).status_code for path in paths] == [404] * 3
    assert client.get(LIST).status_code == 404
    unmasking.agree(request=request_, actor=second)
    assert client.post(page_of(request_), words).status_code == 404


def test_a_third_administrator_does_not_see_what_two_agreed_on(sign_in, make_user, agreed):
    third = make_user("third-one", "administrator")
    assert sign_in(third).post(page_of(agreed), {"password": PASSPHRASE}).status_code == 404
    assert unmasking.look(request=agreed, actor=third) is None


@pytest.mark.parametrize("words", [{}, {"password": "wrong words here"}])
def test_each_step_asks_for_her_passphrase(sign_in, first, second, post, request_, words):
    one, other = sign_in(first), sign_in(second)
    assert one.post(ask_at(post), {"reason": REASON} | words).status_code == 422
    assert other.post(f"{page_of(request_)}agree/", words).status_code == 422
    assert unmasking.agree(request=request_, actor=second)
    answer = other.post(page_of(request_), words)
    assert (answer.status_code, NAME in answer.content.decode()) == (422, False)
    assert not UnmaskingLook.objects.exists()


def test_passphrases_cannot_be_tried_without_end(sign_in, second, request_):
    client = sign_in(second)
    for _attempt in range(10):
        client.post(f"{page_of(request_)}agree/", {"password": "wrong words here"})
    assert client.post(f"{page_of(request_)}agree/", {"password": PASSPHRASE}).status_code == 429
    assert Unmasking.objects.get().agreed_at is None


def test_without_her_second_factor_she_gets_nowhere(sign_in, second, request_):
    client = sign_in(second)
    session = client.session
    session["second_factor_due"] = True
    session.save()
    assert "/accounts/2fa/" in client.post(f"{page_of(request_)}agree/", {"password": PASSPHRASE}).url
    assert Unmasking.objects.get().agreed_at is None


def test_a_reason_is_needed_and_kept_when_something_else_is_wrong(sign_in, first, post):
    client = sign_in(first)
    assert client.post(ask_at(post), {"reason": "So", "password": PASSPHRASE}).status_code == 422
    assert REASON in client.post(ask_at(post), {"reason": REASON, "password": "wrong"}).content.decode()
    assert not Unmasking.objects.exists()


def test_a_request_expires(request_, second):
    Unmasking.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not unmasking.agree(request=request_, actor=second)
    assert not unmasking.waiting_for(second).exists()


def test_the_name_is_shown_for_a_day_only(sign_in, agreed, first):
    agreed.refresh_from_db()
    assert agreed.expires_at - agreed.agreed_at == timedelta(days=1)
    Unmasking.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert sign_in(first).post(page_of(agreed), {"password": PASSPHRASE}).status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, "role"])
def test_nobody_agrees_with_one_who_is_no_administrator_any_more(request_, first, second, change):
    first.groups.clear() if change == "role" else User.objects.filter(pk=first.pk).update(**change)
    row = Unmasking.objects.get()
    assert not unmasking.agree(request=row, actor=second)


def test_she_who_is_asked_about_sees_no_request_as_administrator(sign_in, make_user, forum, write, first):
    member = make_user("vega", "administrator")
    post = write(SpaceAlias.objects.create(user=member, forum=forum, name="Maple 82"))
    row = unmasking.ask(post=post, actor=first, reason=REASON)
    client = sign_in(member)
    assert REASON not in client.get(LIST).content.decode()
    assert client.post(f"{page_of(row)}agree/", {"password": PASSPHRASE}).status_code == 404
    assert client.get(ask_at(post)).status_code == 404
    assert not unmasking.agree(request=row, actor=member)


def test_what_was_not_agreed_to_is_told_as_such(sign_in, request_, second, post):
    assert not unmasking.about(post.author)
    sign_in(second).post(f"{page_of(request_)}end/")
    assert not unmasking.agree(request=request_, actor=second)
    page = sign_in(post.author).get(f"{HOME}asked/").content.decode()
    assert "Nobody agreed. Your user name was not shown." in page
    assert not Notification.objects.filter(user=post.author).exists()


def test_another_member_reads_nothing_of_it(learner_client, learner, agreed):
    assert REASON not in learner_client.get(f"{HOME}asked/").content.decode()
    assert export_person(learner)["asked"] == []


def test_no_other_page_shows_the_name(sign_in, first, agreed, post):
    client = sign_in(first)
    thread = post.thread.get_absolute_url()
    paths = [LIST, page_of(agreed), f"{HOME}posts/{post.pk}/moderate/", f"{thread}moderate/", thread, HOME]
    paths += [f"{HOME}moderation/", f"{HOME}moderation/log/", f"{HOME}moderation/waiting/", "/en/my/data/"]
    assert [path for path in paths if NAME in client.get(path).content.decode()] == []


def test_the_row_holds_no_key_to_the_member_and_not_her_name(agreed, post):
    row = Unmasking.objects.values().get()
    assert NAME not in str(row)
    assert post.author_id not in {row["asked_by_id"], row["agreed_by_id"]}


def test_of_a_former_member_there_is_nothing_to_see(sign_in, agreed, first, post):
    erase_person(user=post.author)
    assert sign_in(first).post(page_of(agreed), {"password": PASSPHRASE}).status_code == 404
    assert sign_in(first).get(ask_at(post)).status_code == 404
    assert Unmasking.objects.get().reason == ""


def test_a_request_ends_when_the_member_goes(request_, second, post):
    erase_person(user=post.author)
    assert Unmasking.objects.get().ended_at
    assert not unmasking.agree(request=request_, actor=second)


def test_the_log_outlives_the_accounts_of_the_two(sign_in, agreed, first, second, post):
    unmasking.look(request=agreed, actor=first)
    erase_person(user=first)
    erase_person(user=second)
    page = sign_in(post.author).get(f"{HOME}asked/").content.decode()
    assert [words in page for words in ("first-one", "second-one", REASON, "looked at")] == [True] * 4
    (row,) = export_person(post.author)["asked"]
    assert (row["asked_by"], row["agreed_by"], len(row["looks"])) == ("first-one", "second-one", 1)


def test_asking_twice_is_one_request_and_an_expired_one_makes_room(post, first, second, request_):
    assert unmasking.ask(post=post, actor=second, reason="Another reason, long enough") == request_
    Unmasking.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert unmasking.ask(post=post, actor=second, reason=REASON) != request_


@pytest.mark.parametrize("number", [1, 3])
def test_her_page_costs_the_same_with_one_request_and_three(
    sign_in, post, first, second, number, django_assert_num_queries
):
    for _row in range(number):
        row = unmasking.ask(post=post, actor=first, reason=REASON)
        unmasking.agree(request=row, actor=second)
        unmasking.look(request=row, actor=second)
    client = sign_in(post.author)
    client.get(f"{HOME}asked/")
    with django_assert_num_queries(4):  # session, user; requests, looks
        client.get(f"{HOME}asked/")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_agree_at_once_one_is_the_second(make_user, request_):
    others = [make_user(f"more-{n}", "administrator") for n in range(4)]
    answers = at_once([lambda user=user: unmasking.agree(request=request_, actor=user) for user in others])
    assert sorted(answers) == [False, False, False, True]
    assert Notification.objects.filter(key=f"unmasked:{request_.pk}").count() == 1
    assert Unmasking.objects.get().agreed_by == others[answers.index(True)]


def test_the_other_administrators_are_told_once_that_a_request_waits(post, first, second, make_user):
    make_user("third-one", "administrator")
    make_user("no-administrator", "coordinator")
    asked = unmasking.ask(post=post, actor=first, reason=REASON)
    told = Notification.objects.filter(key=f"unmask-asked:{asked.pk}")
    assert set(told.values_list("user__username", flat=True)) == {"second-one", "third-one"}
    unmasking.ask(post=post, actor=second, reason=REASON)
    assert told.count() == 2


def test_an_administrator_is_not_told_of_a_request_about_herself(make_user, forum, write, first, second):
    post = write(SpaceAlias.objects.create(user=second, forum=forum, name="Maple 82"))
    unmasking.ask(post=post, actor=first, reason=REASON)
    assert not Notification.objects.filter(user=second).exists()
