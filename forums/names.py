"""Aliases: which two names count as the same, which are refused, and what to offer."""

import hashlib
import random
import re
import unicodedata

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Letters of two scripts that look alike fold to one, so that nobody can pass for somebody else.
LOOKALIKES = str.maketrans(
    dict(zip("αаеєεοорсνухχкκмтτнηвβіιјlρυѕԁ", "aaeeeoopcvyxxkkmttnnvviijipysd", strict=True))
    | {"1": "i", "|": "i", "0": "o"}
)

# Letters by their class that show nothing: with one behind it, a taken name would look the same and be another.
INVISIBLE = dict.fromkeys([0x115F, 0x1160, 0x3164, 0xFFA0])

# An alias must not claim a role; roles are shown by the hub itself.
CLAIMS = [
    "admin", "administrator", "moderator", "coordinator", "trainer", "editor", "staff", "support", "meridian",
    "amministratore", "amministratrice", "moderatore", "moderatrice", "coordinatore", "coordinatrice", "formatore",
    "formatrice", "διαχειριστής", "διαχειρίστρια", "υπεύθυνος",
    "υπεύθυνη", "συντονιστής", "συντονίστρια", "εκπαιδευτής", "εκπαιδεύτρια", "moderátor",
    "koordinátor", "tréner", "adminisztrátor", "szerkesztő", "samordnare", "kursledare", "utbildare", "administratör", "redaktör",
]  # fmt: skip

# Translators: the words below are offered as aliases in the forum, followed by a number ("Heron 27").
WORDS = [
    _("Heron"),
    _("Maple"),
    _("Pebble"),
    _("Lantern"),
    _("Cedar"),
    _("Harbour"),
    _("Swallow"),
    _("Meadow"),
    _("Comet"),
    _("Willow"),
    _("Island"),
    _("Saffron"),
    _("Breeze"),
    _("Amber"),
    _("Bridge"),
    _("Orchard"),
    _("Cloud"),
    _("Sparrow"),
    _("River"),
    _("Olive"),
    _("Lighthouse"),
    _("Fern"),
    _("Granite"),
    _("Sunrise"),
]


def fold_name(name):
    """The bare shape of a name: no case, accents, spaces or punctuation; look-alike letters made one."""
    letters = unicodedata.normalize("NFKD", name).casefold().translate(INVISIBLE).translate(LOOKALIKES)
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if c.isalnum())


def name_key(name):
    """What is kept of a name for ever, so that it is never given again: a digest, from which erasing leaves no name."""
    return hashlib.sha256(fold_name(name).encode()).hexdigest()


CLAIM_FOLDS = frozenset(map(fold_name, CLAIMS))


def claims_role(name):
    return not CLAIM_FOLDS.isdisjoint(map(fold_name, [name, *name.split()]))


SHORTEST_HINT = 4  # letters; a shorter piece of an address stands in many words by chance


def hints_at(name, *, username, addresses):
    """What of hers stands in an alias: "user_name", "address" or "". Nothing else is guessed: who could say what a real name looks like?"""
    folded, hers = fold_name(name), fold_name(username)
    if folded == hers or (len(hers) >= SHORTEST_HINT and hers in folded):
        return "user_name"
    firsts = [address.partition("@")[0] for address in addresses]
    pieces = {fold_name(piece) for first in firsts for piece in [first, *re.split(r"[^\w]|[_\d]", first)]}
    found = any(piece == folded or (len(piece) >= SHORTEST_HINT and piece in folded) for piece in pieces - {""})
    return "address" if found else ""


def suggest_names(taken=lambda keys: (), count=4):
    """Neutral names in the reader's language, drawn by chance and from nothing she has told us.

    `taken` tells which of some keys are in use.
    """
    # Translators: an offered alias, such as "Heron 27".
    pattern = gettext("%(word)s %(number)d")
    drawn = [pattern % {"word": word, "number": random.randint(11, 98)} for word in random.sample(WORDS, count * 2)]
    used = set(taken([name_key(name) for name in drawn]))
    return [name for name in drawn if name_key(name) not in used][:count]
