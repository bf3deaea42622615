"""Short messages to copy into a telephone. Whoever reads them over a shoulder learns nothing."""

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hub.trainer.queries import next_session


def texts_to_copy(cohort):
    """[(code of a language, texts)] in the languages of the circle: one query."""
    coming = next_session([cohort.pk])
    found = []
    for language in cohort.languages:
        with translation.override(language):
            found.append((language, texts(coming)))
    return found


def texts(coming):
    about = [_("Hello, we meet again on %(when)s. See you there.") % {"when": moment(coming)}] if coming else []
    return [
        *about,
        _("Hello, our next meeting is moved. I will write to you the new day."),
        _("Hello, we missed you. You are welcome next time, and you need not explain anything."),
        _("Hello, I have your papers of last time. You get them when we meet."),
        _("Hello, thank you for coming. Until next time."),
    ]


def moment(session):
    return date_format(timezone.localtime(session.starts_at), "DATETIME_FORMAT")
