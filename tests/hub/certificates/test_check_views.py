"""What an employer sees: good, withdrawn, replaced, switched off or not there, and only what the holder shows."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Site

from courses.certificates import actions
from courses.certificates.codes import LETTERS, new_code, readable
from courses.queries import kit_outline
from hub.certificates import check_views
from hub.certificates.badge import credential_of
from hub.certificates.making import tell_her
from hub.certificates.words import PARTS, words_of_kit
from hub.models import SiteSettings
from hub.notifications.actions import choose_mail
from hub.notifications.mail import send_due
from hub.notifications.models import Outbox
from tests.certificates import certificate_of

WHOM = (
    "women|woman|female|migrant|migration|refugee|asylum|mentorstem"
    "|donn[ae]|rifugiat|γυνα[ιί]κ|μετανάστ|μεταναστ|πρόσφυγ|προσφύγ"
    "|\\bnők|női|migráns|bevándorl|menekült|kvinn|invandra|flykting"
)


def text(response):
    return response.content.decode()


def page_of(certificate, language="en"):
    return f"/{language}/certificates/{readable(certificate.code)}/"


def typo_in(code):
    return code[:-1] + LETTERS[LETTERS.index(code[-1]) - 1]


def test_a_good_one_says_so_with_what_she_shows_and_nothing_else(visitor, certificate):
    response = visitor.get(page_of(certificate))
    page = text(response)
    assert "This certificate is good" in page
    assert all(part in page for part in ("Zora Kovács", "Career development in STEM", "3 November 2026"))
    assert "20 hours" not in page
    assert "Career planning" not in page
    assert certificate.user.username not in page


def test_nothing_of_it_is_kept_or_found(visitor, certificate):
    response = visitor.get(page_of(certificate))
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex, nofollow"' in text(response)
    assert "Zora" not in text(response).split("</title>")[0]


def all_answers(client, code, language):
    """Every page that somebody with a code or a badge can come to."""
    check = f"/{language}/certificates/check/"
    yield from (client.get(path) for path in (check, f"{check}?code=abc", f"{check}file/"))
    yield from (
        client.get(f"/{language}/certificates/{readable(typed)}/") for typed in (code, new_code(), typo_in(code))
    )


@pytest.mark.parametrize("slug", ["learner", "trainer"])
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_nothing_in_page_or_head_says_whom_the_kit_is_for(loaded_hub, learner, visitor, slug, language):
    kit = kit_outline("en", slug)
    shown = [name for name, _label in PARTS]
    code = certificate_of(learner, kit.key, words=words_of_kit(kit), shown=shown).code
    for response in all_answers(visitor, code, language):
        assert re.findall(WHOM, text(response), re.IGNORECASE) == []


@pytest.mark.parametrize("who", ["visitor", "learner_client"])
def test_no_link_leads_into_the_hub_and_the_other_languages_are_there(request, certificate, who):
    client = request.getfixturevalue(who)
    for response in all_answers(client, certificate.code, "en"):
        page = text(response)
        found = re.findall(r'(?:href|src|action)="([^"]*)"', page)
        assert [to for to in found if not re.match(r"#|/static/|/[a-z]{2}/certificates/", to)] == []
        assert f'href="/hu{response.request["PATH_INFO"][3:]}' in page
        assert '<meta name="description"' not in page


def test_who_runs_the_hub_stands_at_the_foot(visitor, certificate):
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(),
        defaults={"hub_name": "A & B", "operator_name": "Verein", "operator_email": "us@example.org"},
    )
    page = text(visitor.get(page_of(certificate)))
    assert "This hub is run by Verein." in page
    assert 'href="mailto:us@example.org"' in page
    assert '<p class="check-name">A &amp; B</p>' in page


@pytest.mark.parametrize("slug", ["learner", "trainer"])
def test_neither_badge_nor_mail_says_whom_the_kit_is_for(loaded_hub, learner, slug):
    kit = kit_outline("en", slug)
    certificate = certificate_of(learner, kit.key, words=words_of_kit(kit))
    assert re.findall(WHOM, credential_of(certificate, kit.audience), re.IGNORECASE) == []
    EmailAddress.objects.create(user=learner, email="her@example.org", verified=True, primary=True)
    choose_mail(user=learner, how="now", words=True)
    tell_her(certificate, "ready")
    Outbox.objects.update(due_at=timezone.now())
    send_due()
    letter = mail.outbox[0]
    words = " ".join([letter.subject, letter.body, *(part.content for part in letter.alternatives)])
    assert re.findall(WHOM, words, re.IGNORECASE) == []


def test_it_takes_one_statement(django_assert_num_queries, visitor, certificate):
    visitor.get(page_of(certificate))
    with django_assert_num_queries(1):  # the certificate
        visitor.get(page_of(certificate))


def test_it_is_there_in_every_language_with_the_words_of_that_day(visitor, certificate):
    assert "Pályafejlesztés" in text(visitor.get(page_of(certificate, "hu")))
    assert "Career development in STEM" in text(visitor.get(page_of(certificate, "sv")))


def test_a_replaced_one_says_so_without_the_old_name(learner, visitor, certificate):
    certificate_of(learner, certificate.kit_key, instead_of=certificate.pk, name="Zora Nagy")
    page = text(visitor.get(page_of(certificate)))
    assert "This certificate was replaced" in page
    assert "Zora" not in page


def test_switching_the_page_off_hides_no_withdrawal(visitor, certificate):
    actions.choose_shown(certificate=certificate, shown=[], page_on=False)
    assert "This page is switched off" in text(visitor.get(page_of(certificate)))
    actions.withdraw(code=certificate.code, reason="mistake")
    assert "This certificate was withdrawn" in text(visitor.get(page_of(certificate)))


def test_a_typing_error_is_told_apart_from_a_code_of_nobody(visitor, certificate):
    wrong = visitor.get(f"/en/certificates/{typo_in(certificate.code)}/")
    assert (wrong.status_code, "There is a typing error in this code" in text(wrong)) == (404, True)
    nobodys = visitor.get(f"/en/certificates/{new_code()}/")
    assert (nobodys.status_code, "No certificate has this code" in text(nobodys)) == (404, True)


def test_a_typed_code_leads_to_its_page_and_needs_no_cookie(visitor, certificate):
    response = visitor.get("/en/certificates/check/", {"code": readable(certificate.code).lower().replace("-", " ")})
    assert response["Location"] == page_of(certificate)
    assert not response.cookies


def test_the_printed_address_without_the_code_asks_for_it(visitor, certificate):
    assert 'name="code"' in text(visitor.get("/el/certificates/"))
    response = visitor.get("/el/certificates/", {"code": certificate.code})
    assert response["Location"] == page_of(certificate, "el")


@pytest.mark.parametrize("code", ["", "abc", "é" * 20, "9" * 5_000, "\0", "<script>alert(1)</script>"])
def test_a_code_that_cannot_be_one_is_refused_in_words(visitor, db, code):
    response = visitor.get("/en/certificates/check/", {"code": code})
    assert response.status_code == 422
    assert "data-error-summary" in text(response)
    assert "<script>alert" not in text(response)


def test_who_guesses_is_stopped_and_who_has_right_codes_is_not(monkeypatch, visitor, certificate):
    monkeypatch.setattr(check_views, "TRIES_PER_HOUR", 3)
    for _ in range(5):
        assert visitor.get(page_of(certificate)).status_code == 200
    codes = [visitor.get(f"/en/certificates/{new_code()}/").status_code for _ in range(4)]
    assert codes == [404, 404, 404, 429]


def sent(client, content, name="document.json"):
    return client.post("/en/certificates/check/file/", {"badge": SimpleUploadedFile(name, content)})


def test_a_badge_of_ours_is_good_and_leads_to_its_page(visitor, certificate):
    page = text(sent(visitor, credential_of(certificate, "learner").encode()))
    assert "This badge is good" in page
    assert page_of(certificate) in page


def test_a_bad_badge_is_refused_with_the_reason(visitor, certificate):
    document = json.loads(credential_of(certificate, "learner"))
    changed = json.dumps(document | {"name": "Doctor"}).encode()
    assert "It was changed after it was signed." in text(sent(visitor, changed))
    foreign = json.dumps(document | {"issuer": "did:web:other.example.org"}).encode()
    assert "We did not sign it." in text(sent(visitor, foreign))
    assert "There is no badge in this file" in text(sent(visitor, b"hello"))
    actions.withdraw(code=certificate.code, reason="mistake")
    assert "It was withdrawn, replaced or deleted." in text(sent(visitor, json.dumps(document).encode()))


def test_no_file_or_one_that_is_too_large_is_refused_in_words(visitor, db):
    assert visitor.post("/en/certificates/check/file/", {}).status_code == 422
    response = sent(visitor, b"x" * 500_000)
    assert response.status_code == 422
    assert "too large" in text(response)


def test_machines_find_the_keys_and_the_list(visitor, certificate):
    keys = visitor.get("/.well-known/did.json")
    assert keys["Content-Type"] == "application/did+json"
    assert keys.json()["id"] == "did:web:localhost%3A8000"
    assert visitor.get("/badges/status/0.jwt")["Content-Type"] == "application/vc+jwt"
    assert visitor.get("/badges/status/99999999999.jwt").status_code == 404
