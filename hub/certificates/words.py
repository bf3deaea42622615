"""What a certificate says, in every language, and what of it she can show.

Its words are neutral: whoever reads it learns nothing of whom a kit is for (docs/decisions.md).
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.queries import kit_by_key
from hub.languages import is_right_to_left

# What the page behind the code can tell: (name, words in the form).
PARTS = [
    ("name", _("The name")),
    ("kit", _("The course")),
    ("date", _("The day it was completed")),
    ("hours", _("About how many hours it takes")),
    ("topics", _("The topics")),
]
PRESET = ["name", "kit", "date"]

# Translators: the subject of a course, on a certificate that an employer reads.
CAREER = _("Career development in STEM")
# Translators: the subject of the course for trainers, on a certificate.
CIRCLES = _("Preparing and holding mentoring circles")
# By the slug of a kit, which is the same in every language: subject and topics. Another kit has its own title and no topics.
SUBJECTS = {
    "learner": (
        CAREER,
        # Translators: these are topics of a course, listed on a certificate that an employer reads.
        [
            _("Describing skills and giving proof of them"),
            _("Career planning"),
            _("Managing time and strain"),
            _("Job adverts and rules of professions"),
            _("CV, portfolio and job interview"),
            _("Professional networks and technical language"),
            _("Work contracts, rights and pay"),
            _("Planning further steps"),
        ],
    ),
    "trainer": (
        CIRCLES,
        [
            _("Confidentiality and its limits"),
            _("Preparing and inviting a group"),
            _("Listening, open questions, goals"),
            _("Leading six group sessions"),
            _("Referring to other services"),
            _("Reviewing one's own work"),
        ],
    ),
}


def words_of_kit(kit):
    """{language: {"title", "topics"}} of a KitOutline, as they are today."""
    return {code: words_in(code, kit) for code, _name in settings.LANGUAGES}


def words_in(code, kit):
    title, topics = SUBJECTS.get(kit.slug, (None, []))
    with translation.override(code):
        own = kit_by_key(code, kit.key) or kit
        return {"title": str(title or own.title), "topics": [str(topic) for topic in topics]}


@dataclass(frozen=True, slots=True)
class Side:
    """One language of the paper."""

    language: str
    direction: str
    heading: str
    done: str
    course: str
    date: str
    covered: str
    topics: list
    notes: list
    check: str


def sides(certificate, audience):
    """The languages side by side, or one."""
    codes = [certificate.language, certificate.second_language]
    return [side(certificate, audience, code) for code in codes if code]


def side(certificate, audience, code):
    words = certificate.words.get(code) or certificate.words["en"]
    with translation.override(code):
        return Side(
            language=code,
            direction="rtl" if is_right_to_left(code) else "ltr",
            heading=translation.gettext("Certificate of completion"),
            done=done_words(audience),
            course=course_words(words["title"], certificate.hours),
            date=date_words(certificate.completed_on),
            covered=translation.gettext("Topics covered"),
            topics=words["topics"],
            notes=[
                translation.gettext("Name as entered by the holder; identity not checked."),
                translation.gettext("Not a professional qualification."),
            ],
            check=translation.gettext("Is this certificate good? Look here:"),
        )


def done_words(audience):
    """The trainers' kit makes nobody a qualified facilitator."""
    if audience == "trainer":
        # Translators: on a certificate, between the name of the holder and the course.
        return translation.gettext("has completed the online kit")
    # Translators: on a certificate, between the name of the holder and the course.
    return translation.gettext("has completed")


def course_words(title, hours):
    words = ngettext(
        # Translators: on a certificate. %(title)s is such as “Career development in STEM”.
        "%(title)s: self-paced course, about %(hours)s hour.",
        "%(title)s: self-paced course, about %(hours)s hours.",
        hours,
    )
    return words % {"title": title, "hours": hours}


def date_words(day):
    return translation.gettext("Completed on %(date)s") % {"date": date_format(day, "DATE_FORMAT")}


def shown_of(certificate, code):
    """What she shows to who has the code, in a language: [(words of the part, text or list of texts)]."""
    words = certificate.words.get(code) or certificate.words["en"]
    hours = ngettext("about %(hours)s hour", "about %(hours)s hours", certificate.hours) % {"hours": certificate.hours}
    values = {
        "name": certificate.name,
        "kit": words["title"],
        "date": date_format(certificate.completed_on, "DATE_FORMAT"),
        "hours": hours,
        "topics": words["topics"],
    }
    return [(name, label, values[name]) for name, label in PARTS if name in certificate.shown and values[name]]
