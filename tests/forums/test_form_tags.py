"""The form under a thread is drawn once for all, and is each reader's own all the same."""

import re

import pytest
from django.template.loader import render_to_string

from forums.models import Thread

OWN = re.compile(r'name="(csrfmiddlewaretoken|client_id|opened)"[^>]* value="([^"]*)"')


def form_of(page):
    return page[page.index('<form class="form post-form"') :].partition("</form>")[0] + "</form>"


@pytest.mark.parametrize("language", ["en", "el"])
def test_it_is_the_form_of_the_template(stranger_client, at, language):
    for _first_and_kept in range(2):
        answer = stranger_client.get(at.replace("/en/", f"/{language}/"))
    context = answer.context[0].flatten() | {"csrf_token": dict(OWN.findall(answer.text))["csrfmiddlewaretoken"]}
    drawn = render_to_string(
        "forums/post_form.html", context | {"action": f"{at.replace('/en/', f'/{language}/')}reply/"}
    )
    assert form_of(answer.text) == form_of(drawn)


def test_nothing_of_one_reader_stands_in_the_form_of_another(stranger_client, learner_client, alias, at):
    first, second = (dict(OWN.findall(form_of(client.get(at).text))) for client in (stranger_client, learner_client))
    assert first.keys() == second.keys() == {"csrfmiddlewaretoken", "client_id", "opened"}
    assert not set(first.values()) & set(second.values())


def test_a_form_opened_twice_is_for_two_posts(stranger_client, at):
    first, second = (dict(OWN.findall(form_of(stranger_client.get(at).text))) for _ in range(2))
    assert first["client_id"] != second["client_id"]


def test_a_draft_stands_in_the_form_of_its_author_alone(stranger_client, learner_client, alias, at):
    stranger_client.post(f"{at}reply/", {"draft": "1", "body": "Only mine", "language": "en"})
    assert "Only mine" in form_of(stranger_client.get(at).text)
    assert "Only mine" not in learner_client.get(at).text


def test_an_open_forum_says_so_in_the_form(stranger_client, forum, at):
    before = form_of(stranger_client.get(at).text)
    forum.public = True
    forum.save()
    Thread.objects.update(created_at=forum.public_since)
    assert "This forum is open" in form_of(stranger_client.get(at).text)
    assert "This forum is open" not in before
