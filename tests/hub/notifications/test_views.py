"""The list of what is new, the bell, the settings, and the address that stops mail."""

import pytest
from django.core.signing import Signer
from django.test import Client

from hub.notifications.backends import MOST_COUNTED, NewsBackend
from hub.notifications.letter import stop_token
from hub.notifications.models import Notification, Outbox, Preference

NEWS = "/en/my/news/"


def bell(client, address="/en/forums/rules/"):
    page = client.get(address).text
    return page.partition('bell-count">')[2].partition("<")[0]


def test_a_visitor_is_sent_to_sign_in(visitor, db):
    for address in ("", "settings/", "1/"):
        assert visitor.get(f"{NEWS}{address}").status_code == 302


def test_the_bell_counts_what_is_unread(learner_client, tell_her):
    assert bell(learner_client) == ""
    tell_her("post:1")
    tell_her("post:2")
    assert bell(learner_client) == "2"
    learner_client.post(f"{NEWS}read/")
    assert bell(learner_client) == ""


def test_the_bell_says_99_and_more(learner_client, tell_her):
    for number in range(100):
        tell_her(f"post:{number}")
    assert bell(learner_client) == "99+"


def test_no_page_counts_all_that_is_unread(learner, tell_her):
    for n in range(MOST_COUNTED + 5):
        tell_her(f"post:{n}")
    assert NewsBackend().get_user(learner.pk).unread_news == MOST_COUNTED


def test_the_bell_costs_no_statement(learner_client, tell_her, django_assert_num_queries):
    tell_her("post:1")
    learner_client.get("/en/forums/rules/")
    with django_assert_num_queries(2):  # session, user
        learner_client.get("/en/forums/rules/")


def test_nobody_hears_the_bell_of_another(sign_in, stranger, tell_her):
    tell_her("post:1")
    client = sign_in(stranger)
    assert bell(client) == ""
    assert "posts in" not in client.get(NEWS).text


def test_posts_in_one_thread_stand_in_one_line_with_the_right_plural(learner_client, tell_her):
    tell_her("post:1")
    assert "1 new post in a thread you follow" in learner_client.get(NEWS).text
    tell_her("post:2")
    tell_her("post:3", topic="thread:2")
    page = learner_client.get(NEWS)
    assert [line.words for line in page.context["lines"]] == [
        "1 new post in a thread you follow",
        "2 new posts in threads you follow",
    ]


def test_opening_a_line_reads_it_and_leads_there_in_the_language_of_the_page(learner_client, tell_her):
    tell_her("post:1")
    tell_her("post:2")
    tell_her("post:3", topic="thread:2")
    pk = Notification.objects.first().pk
    assert learner_client.get(f"/el/my/news/{pk}/").headers["Location"] == "/el/forums/rules/"
    assert bell(learner_client) == "1"


def test_nobody_opens_what_is_told_to_another(sign_in, stranger, tell_her):
    tell_her("post:1")
    assert sign_in(stranger).get(f"{NEWS}{Notification.objects.get().pk}/").status_code == 404
    assert Notification.objects.unread().exists()


def test_what_is_withheld_is_neither_listed_nor_counted_nor_opened(learner_client, tell_her):
    tell_her("post:1")
    Notification.objects.update(withheld=True)
    assert bell(learner_client) == ""
    assert learner_client.get(NEWS).context["lines"] == []
    assert learner_client.get(f"{NEWS}{Notification.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_line_and_three(learner_client, tell_her, count, django_assert_num_queries):
    for number in range(count):
        tell_her(f"post:{number}", topic=f"thread:{number}")
    learner_client.get("/en/forums/rules/")
    # session, user, notifications, threads, her groups, forums, help that is open, help that was used
    with django_assert_num_queries(8):
        learner_client.get(NEWS)


def test_the_list_pages_by_key(learner_client, tell_her):
    for number in range(25):
        tell_her(f"post:{number}", topic=f"thread:{number}")
    page = learner_client.get(NEWS)
    assert len(page.context["lines"]) == 20
    rest = learner_client.get(f"{NEWS}?after={page.context['page'].next}")
    assert len(rest.context["lines"]) == 5


def test_without_a_choice_nobody_gets_mail(tell_her):
    tell_her("post:1")
    assert not Outbox.objects.exists()


def test_she_chooses_how_she_gets_mail(learner_client, learner):
    data = {"how": "daily", "quiet_from": "22", "quiet_until": "7", "words": "on"}
    assert learner_client.post(f"{NEWS}settings/", data).status_code == 302
    row = Preference.objects.get(user=learner)
    assert (row.scope, row.how, row.quiet_from, row.quiet_until, row.words) == ("", "daily", 22, 7, True)


@pytest.mark.parametrize(
    "wrong",
    [{}, {"how": "hourly"}, {"how": "now", "quiet_from": "22"}, {"how": "now", "quiet_from": "24", "quiet_until": "7"}],
)
def test_what_cannot_be_chosen_is_refused_in_words(learner_client, wrong):
    response = learner_client.post(f"{NEWS}settings/", wrong)
    assert response.status_code == 422
    assert "data-error-summary" in response.text
    assert not Preference.objects.exists()


def test_one_click_stops_all_mail_without_signing_in(learner, tell_her, wants_mail):
    wants_mail(learner)
    tell_her("post:1")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/en/my/news/stop/{stop_token(learner.pk)}/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Preference.objects.get().how == "none"
    assert not Outbox.objects.exists()
    tell_her("post:2")
    assert not Outbox.objects.exists()
    assert Notification.objects.count() == 2


def test_looking_at_the_address_stops_nothing(learner, wants_mail, visitor):
    wants_mail(learner)
    assert visitor.get(f"/en/my/news/stop/{stop_token(learner.pk)}/").status_code == 200
    assert Preference.objects.get().how == "now"


# The names of the cases are written out: a signature is another one in each process.
@pytest.mark.parametrize(
    "token",
    ["x", "1:x", Signer(salt="other").sign_object(1), "%00", "a" * 5000],
    ids=["short", "unsigned", "signed for something else", "NUL", "long"],
)
def test_an_address_that_is_not_ours_stops_nothing(learner, wants_mail, visitor, token):
    wants_mail(learner)
    assert visitor.post(f"/en/my/news/stop/{token}/").status_code == 404
    assert Preference.objects.get().how == "now"


def test_a_choice_for_a_thread_is_taken_back_by_her_alone(learner, learner_client, stranger, sign_in):
    row = Preference.objects.create(user=learner, scope="thread:1", how="now")
    sign_in(stranger).post(f"{NEWS}settings/clear/", {"choice": row.pk})
    assert Preference.objects.exists()
    learner_client.post(f"{NEWS}settings/clear/", {"choice": row.pk})
    assert not Preference.objects.exists()
