"""The moderators' lists show all that is needed to decide, and each post once."""

import pytest

from forums.models import Act, Report
from forums.moderation import moderate_post
from forums.review import cases_of
from tests.forums.conftest import HOME

QUEUE, WAITING = f"{HOME}moderation/", f"{HOME}moderation/waiting/"


@pytest.fixture
def talk(write, alias, stranger_alias):
    """[a question, an answer to it, a post that answers nobody]"""
    first = write(alias, "May I ask something?")
    second = write(stranger_alias, "Yes, ask.", thread=first.thread, in_reply_to=first)
    return [first, second, write(alias, "Thank you.", thread=first.thread)]


def test_a_post_reported_twice_is_one_case_with_both_reasons(talk, learner, stranger, moderator_client):
    Report.objects.create(post=talk[2], reporter=learner, reason="spam")
    Report.objects.create(post=talk[2], reporter=stranger, reason="hurtful", note="Look at the end")
    [case] = moderator_client.get(QUEUE).context["cases"]
    assert [report.reason for report in case.reports] == ["spam", "hurtful"]
    assert moderator_client.get(QUEUE).text.count('class="card"') == 1


def test_a_case_shows_what_was_answered_else_what_stood_before(talk):
    first, second, _third = talk
    assert [case.before for case in cases_of(talk)] == [None, first, second]


def test_withdrawn_words_are_no_context(talk):
    talk[0].source = talk[0].html = ""
    talk[0].save()
    assert cases_of(talk[1:2])[0].before is None


def test_what_waits_itself_is_no_context_for_the_next_post(talk):
    talk[1].held = "first"
    talk[1].save()
    assert cases_of(talk[2:])[0].before == talk[0]


def test_earlier_acts_on_an_alias_are_counted(talk, moderator, moderator_client, learner):
    moderate_post(post=talk[0], moderator=moderator, alias=None, act=Act.WARN, reason="Please stay friendly.")
    moderate_post(post=talk[2], moderator=moderator, alias=None, act=Act.HIDE)
    assert [case.acts for case in cases_of(talk)] == [1, 0, 1]
    Report.objects.create(post=talk[2], reporter=learner, reason="spam")
    assert "1 earlier line about this alias in the log" in moderator_client.get(QUEUE).text


@pytest.mark.parametrize(
    ("changes", "buttons"),
    [
        ({}, ["dismiss", "hide"]),
        ({"hidden": True}, ["restore", "dismiss"]),
        ({"held": "first"}, ["release", "refuse"]),
    ],
    ids=["shown", "hidden", "waiting"],
)
def test_two_acts_stand_on_the_card_and_work(talk, learner, moderator_client, changes, buttons):
    post = talk[2]
    type(post).objects.filter(pk=post.pk).update(**changes)
    Report.objects.create(post=post, reporter=learner, reason="spam")
    page = moderator_client.get(QUEUE).text
    assert [act for act in Act.values if f'name="act" value="{act}"' in page] == sorted(
        buttons, key=list(Act.values).index
    )
    for act in buttons:
        answer = moderator_client.post(f"{HOME}posts/{post.pk}/moderate/?queue=1", {"act": act})
        assert (answer.status_code, answer["Location"]) == (302, f"{QUEUE}#review")
        type(post).objects.filter(pk=post.pk).update(hidden=False, held="")
        type(post).objects.filter(pk=post.pk).update(**changes)


@pytest.mark.parametrize(("path", "other"), [(QUEUE, WAITING), (WAITING, QUEUE)], ids=["reports", "waiting"])
def test_an_empty_list_leads_to_the_other(moderator_client, path, other):
    assert 'class="empty" id="review"' in moderator_client.get(path).text
    assert f'href="{other}"' in moderator_client.get(path).text
