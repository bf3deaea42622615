import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from hub.lib.stamp import touch
from tests.courses.small_kit import FILM, key

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:06.000\nSix women take their seats."


@pytest.fixture
def film(lesson, lesson_page):
    """The first lesson with a film; gives the address of its captions."""
    document = Document.objects.create(title="Circle", file=ContentFile(b"film", "circle.mp4"))
    value = {"file": document.pk, "title": "A circle", "captions": CAPTIONS, "transcript": "<p>Six women.</p>"}
    lesson_page.body = [{"type": "media", "id": str(FILM), "value": value}]
    lesson_page.save()
    touch()
    return f"/en/kits/record/captions/{lesson.key}/{FILM}.vtt"


def test_a_film_has_its_captions_and_its_words(film, lesson, visitor):
    page = visitor.get(lesson.url).content.decode()
    assert f'<track kind="captions" src="{film}" srclang="en"' in page
    assert "Six women." in page
    response = visitor.get(film)
    assert (response["Content-Type"], response.content.decode()) == ("text/vtt; charset=utf-8", CAPTIONS)


def test_captions_of_nothing_are_not_found(film, lesson, visitor):
    for address in (film.replace(str(FILM), str(key("other"))), film.replace(str(lesson.key), str(key("other")))):
        assert visitor.get(address).status_code == 404


def test_captions_of_a_restricted_page_stay_with_it(film, lesson_page, visitor, learner_client):
    PageViewRestriction.objects.create(page=lesson_page, restriction_type=PageViewRestriction.LOGIN)
    touch()
    assert visitor.get(film).status_code == 404
    assert learner_client.get(film).status_code == 200
