"""What the report of an upload says: each verdict and each outcome in words, with what it means."""

from django.utils.translation import gettext_lazy as _

from courses.translation.incoming import WORDS

MEANINGS = {
    "conflict": _(
        "Somebody changed this text in the hub after the file was taken out, and the file changes it too. Choose."
    ),
    "refused": _(
        "This entry would spoil a page, or belongs nowhere. The reason stands beside it; the rest is not held up."
    ),
    "changed": _("The file has another translation, and nobody changed it in the hub since. It is taken."),
    "new": _("The hub has no translation here yet. It is taken."),
    "behind": _("The English has changed since. The translation is kept as the older one, to start from."),
    "fuzzy": _(
        "The mark says that nobody has checked it. It is passed over: check it, take the mark away, send it again."
    ),
    "kept": _("The file says what it was given; the hub has a newer translation. That stays."),
    "same": _("File and hub agree."),
    "empty": _("The file has no translation here. Nothing is taken away."),
}
VERDICTS = {name: (words, MEANINGS[name]) for name, words in WORDS.items()}

# Translators: each stands before a number, for example “Texts written: 12”.
OUTCOMES = {
    "written": _("Texts written"),
    "already": _("Texts that stood there already"),
    "older": _("Kept as an older translation"),
    "open": _("Left to decide"),
    "published": _("Pages published"),
    "draft": _("Pages saved as a draft"),
    "left": _("Pages with a draft of somebody: the texts are saved, and appear when that page is published"),
    "waiting": _("Pages whose page above is not there yet in this language: the texts are saved"),
}
