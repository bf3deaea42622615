"""What is counted, in words: each figure with its definition and its source, as they stand beside the number."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Who sees a figure besides those who see all."""

    HUB = "hub"  # nobody else
    STAFF = "staff"  # everybody with a role in an organisation: it says nothing of women
    ORGANISATION = "organisation"  # staff see that of their own organisation


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    name: str
    definition: str
    source: str
    scope: Scope = Scope.HUB
    per: int = 1  # what is kept, for one that is shown: minutes of an hour


RECORD = _("enrolments")
CIRCLES = _("circles and their sessions")
FORUMS = _("forums, without those of circles")
VISITS = _("counted page by page, without cookies")

SLIPS = _("paper slips, counted by hand")
TICKS = _(
    "Of the sentences on these slips: how often this was ticked. It is no mark for anybody: "
    "“less” may mean that she knows more about the question now."
)

FIGURES = {
    figure.key: figure
    for figure in [
        Figure(
            "visits",
            # Translators: how often somebody came to the hub. Never "visitors": nobody is recognised.
            _("Daily visits"),
            _(
                "How often somebody came from elsewhere and opened a page. Nobody is recognised: "
                "a woman who comes three times counts three times. Programs that say what they are do not count."
            ),
            VISITS,
            Scope.STAFF,
        ),
        Figure(
            "pages",
            _("Pages opened"),
            _("Pages that were opened, in all languages, without the pages of staff."),
            VISITS,
            Scope.STAFF,
        ),
        Figure(
            "downloads",
            _("Sheets and files taken"),
            _("Sheets opened to print, and files that were opened or saved."),
            VISITS,
            Scope.STAFF,
        ),
        Figure(
            "accounts",
            _("Accounts made"),
            _("Accounts that were made in this time and still exist. A woman may have two."),
            _("accounts"),
        ),
        Figure(
            "enrolled",
            _("Enrolments"),
            _(
                "One person and one kit, by the day on which she began or asked to take part. "
                "Who still waits, and who was not let in, does not count."
            ),
            RECORD,
        ),
        Figure(
            "started",
            _("Started"),
            _("Of the enrolments of this time: those in which a lesson was opened, then or later."),
            RECORD,
        ),
        Figure(
            "completed",
            _("Completed"),
            _("Enrolments that met the rules of their kit in this time, whenever they began."),
            RECORD,
        ),
        Figure(
            "circles",
            _("Circles"),
            _("Circles that were made in this time, closed ones too."),
            CIRCLES,
            Scope.ORGANISATION,
        ),
        Figure(
            "members",
            _("Members of circles"),
            _("Women who joined a circle in this time and did not leave it. A woman in two circles counts twice."),
            CIRCLES,
            Scope.ORGANISATION,
        ),
        Figure(
            "sessions",
            _("Sessions of circles"),
            _("Sessions that were planned for this time and have begun."),
            CIRCLES,
            Scope.ORGANISATION,
        ),
        Figure(
            "minutes",
            _("Hours of sessions"),
            _("How long these sessions were planned to last, in hours."),
            CIRCLES,
            Scope.ORGANISATION,
            per=60,
        ),
        Figure(
            "slips",
            _("Slips about what has changed"),
            _(
                "Slips without a name, filled in after the last session by groups of five or more, as trainers counted them."
            ),
            SLIPS,
            Scope.ORGANISATION,
        ),
        *(
            Figure(key, name, TICKS, SLIPS, Scope.ORGANISATION)
            for key, name in [
                # Translators: how often women ticked that a sentence about work is true for them more than before.
                ("more", _("Ticks at “more”")),
                ("same", _("Ticks at “as before”")),
                ("less", _("Ticks at “less”")),
            ]
        ),
        Figure(
            "threads",
            _("Threads in forums"),
            _("Threads that were begun in this time and can be read."),
            FORUMS,
        ),
        Figure(
            "posts",
            _("Posts in forums"),
            _("Posts of this time that can be read, the first of a thread too."),
            FORUMS,
        ),
        Figure(
            "thanks",
            _("Thanks in forums"),
            _("How often somebody said thank you for a post in this time."),
            FORUMS,
        ),
    ]
}
