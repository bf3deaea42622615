"""Certificates for tests: what a woman has who completed a kit."""

from datetime import date

from courses.certificates.actions import ask
from courses.models import Completion, Enrolment

WORDS = {
    "en": {"title": "Career development in STEM", "topics": ["Career planning"]},
    "hu": {"title": "Pályafejlesztés", "topics": ["Önéletrajz, erősségek"]},
}


def complete(user, kit_key):
    """She is enrolled in a kit and has completed it."""
    Enrolment.objects.get_or_create(user=user, kit_key=kit_key)
    return Completion.objects.create(user=user, kit_key=kit_key, key=kit_key)


def certificate_of(user, kit_key, **fields):
    """A certificate in force, whose file nobody has made yet."""
    facts = {"name": "Zora Kovács", "language": "en", "hours": 20, "words": WORDS, "completed_on": date(2026, 11, 3)}
    return ask(user=user, kit_key=kit_key, **(facts | {"shown": ["name", "kit", "date"]} | fields))
