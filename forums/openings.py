"""First questions for a forum in which nobody has written yet, by whom it is for."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from courses.queries import kit_by_key

MEMBERS = [
    _("What helped you in your first weeks of looking for work here?"),
    _("Which lesson should I begin with, and how long did it take you?"),
    _("Who works in my field and can tell me how it is here?"),
]
TRAINERS = [
    _("How do you open the first session of a circle?"),
    _("What do you do when one woman speaks all the time?"),
    _("How do you invite women who have never heard of a circle?"),
]
# By the address of a forum of forums.spaces.
SPACES = {
    "lounge": [
        _("What made you smile this week?"),
        _("Which book or song helped you with the language?"),
    ],
    "trainers": TRAINERS,
    "jobs": [
        _("Our company looks for an engineer: what we offer and whom to ask"),
        _("An internship for women who begin again: place, pay and dates"),
    ],
}
KITS = {"learner": MEMBERS, "trainer": TRAINERS}


def openings_for(forum):
    """Titles to take up, in the language of the page. No statement: outlines are cached."""
    kit = kit_by_key(get_language(), forum.kit_key) if forum.kit_key else None
    titles = KITS.get(kit.audience if kit else "", SPACES.get(forum.slug, MEMBERS))
    return [gettext(title) for title in titles]
