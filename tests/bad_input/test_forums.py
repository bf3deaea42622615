from datetime import date, timedelta
from uuid import UUID

from django.test import Client

from tests.bad_input.forms import Form, TakesBadInput
from tests.conftest import PASSPHRASE


class TestForms(TakesBadInput):
    forms = [
        Form(
            "e-mail about a forum", "forums/learner/mail/", {"how": "now"}, hidden=frozenset({"how"}), empty_counts=True
        ),
        Form(
            "e-mail about a thread",
            "forums/learner/{thread}/mail/",
            {"how": "none"},
            hidden=frozenset({"how"}),
            empty_counts=True,
        ),
        Form(
            "join",
            "forums/learner/join/",
            {"name": "Maple 81", "rules": "on"},
            who="stranger",
            hidden=frozenset({"rules"}),
        ),
        Form(
            "new thread",
            "forums/learner/new/",
            {"title": "How did you begin?", "body": "I wonder", "language": "en", "client_id": str(UUID(int=8))}
            | {"tags": "language"},
            hidden=frozenset({"language", "client_id", "tags"}),
        ),
        Form(
            "reply",
            "forums/learner/{thread}/reply/",
            {"body": "I think", "language": "en", "client_id": str(UUID(int=9)), "in_reply_to": "{post}"}
            | {"alt_1": "A bridge", "kept_1": str(UUID(int=1)), "language_sure": "en"},
            hidden=frozenset({"language", "client_id", "in_reply_to", "kept_1", "language_sure"}),
        ),
        Form(
            "edit",
            "forums/posts/{post}/edit/",
            {"body": "I think otherwise", "language": "en"},
            hidden=frozenset({"language"}),
        ),
        Form(
            "languages in the forums",
            "forums/languages/",
            {"show": "fold", "languages": "el"},
            hidden=frozenset({"show", "languages"}),
        ),
        Form(
            "preview", "forums/preview/", {"body": "I think", "language": "en"}, hidden=frozenset({"body", "language"})
        ),
        Form(
            "report",
            "forums/posts/{post}/report/",
            {"reason": "rules", "note": "Look"},
            who="stranger",
            hidden=frozenset({"reason"}),
        ),
        Form(
            "moderate a post",
            "forums/posts/{post}/moderate/",
            {"act": "mute", "until": f"{date.today() + timedelta(days=30)}", "reason": "Why"},
            who="moderator",
            hidden=frozenset({"act"}),
        ),
        Form(
            "ask who an alias is",
            "forums/posts/{post}/name/",
            {"reason": "A threat with a day and a name", "password": PASSPHRASE},
            who="admin",
        ),
        Form(
            "moderate a thread",
            "forums/learner/{thread}/moderate/",
            {"act": "lock", "reason": "Why"},
            who="moderator",
            hidden=frozenset({"act"}),
        ),
        Form(
            "close a thread on a day",
            "forums/learner/{thread}/moderate/",
            {"act": "close_on", "until": f"{date.today() + timedelta(days=30)}"},
            who="moderator",
            hidden=frozenset({"act"}),
        ),
        Form(
            "move a thread",
            "forums/learner/{thread}/moderate/",
            {"act": "move", "to": "{lounge}"},
            who="moderator",
            hidden=frozenset({"act", "to"}),
        ),
        Form(
            "tags of a thread",
            "forums/learner/{thread}/tags/",
            {"tags": "language"},
            hidden=frozenset({"tags"}),
            empty_counts=True,
        ),
        Form("add a tag", "forums/learner/tags/", {"name_en": "Mathematics", "name_el": "Μαθηματικά"}, who="moderator"),
        Form("change a tag", "forums/learner/tags/{tag}/", {"name_en": "Languages", "name_el": ""}, who="moderator"),
    ]


def test_words_from_another_site_are_shown_without_a_token(learner_client):
    """Pressing Enter in one of the fields would send what the other site wrote."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = learner_client.cookies
    page = strict.post("/en/forums/learner/new/", {"title": "Not mine"}, headers={"origin": "https://evil.example"})
    assert "Not mine" in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_previews_on_the_page_are_counted_like_those_of_the_script(world, send):
    form = next(form for form in TestForms.forms if form.name == "reply")
    statuses = [send(form, preview="").status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
