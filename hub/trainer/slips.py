"""A list of women for a circle: read, looked at row by row, and made into slips all at once or not at all.

The list may name user names. Whether there is such an account is never told: each row gives a slip, and whoever has an account by
that name finds the invitation in the hub as well.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.cohorts import fold, lock, tell_circle
from courses.models import CohortSlip
from courses.models.cohorts import FOLDED_LENGTH, NAME_LENGTH
from courses.terms import digest_of, new_code
from hub.accounts.models import User
from hub.accounts.names import MAX_LENGTH, fold_name
from hub.lib.text import clean_text
from hub.trainer.lists import RISKY
from hub.trainer.tables import NotATable, is_empty

MOST_ROWS = 200
# How the columns may be called, in any of our languages, folded.
NAMES = {"name", "display name", "nome", "όνομα", "ονομα", "név", "namn"}
USER_NAMES = {"user name", "username", "nome utente", "όνομα χρήστη", "ονομα χρηστη", "felhasználónév", "användarnamn"}
WRONG_COLUMNS = gettext_lazy(
    "The first line has to name the columns: “name”, and if you like “user name”. There is no column “name”."
)
TOO_MANY = gettext_lazy("This list is longer than %(most)d rows. Please part it.")


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # of the line, as a spreadsheet counts them
    name: str
    user_name: str
    error: str = ""


def rows_in(table):
    """Rows without errors yet, of a Table. Raises NotATable."""
    numbered = [(number, row) for number, row in enumerate(table.rows, start=1) if not is_empty(row)]
    if len(numbered) < 2:
        raise NotATable(_("There is nobody in this list."))
    if len(numbered) - 1 > MOST_ROWS:
        raise NotATable(TOO_MANY % {"most": MOST_ROWS})
    (_first, titles), *rows = numbered
    heads = [clean_text(cell).casefold() for cell in titles]
    name = next((index for index, head in enumerate(heads) if head in NAMES), None)
    user_name = next((index for index, head in enumerate(heads) if head in USER_NAMES), None)
    if name is None:
        raise NotATable(WRONG_COLUMNS)
    return [Row(number, cell(row, name), cell(row, user_name)) for number, row in rows]


def cell(row, index):
    """Long enough for its error to be seen, and no longer."""
    text = clean_text(row[index]) if index is not None and index < len(row) else ""
    return " ".join(text.split())[:100]


def checked(rows, cohort):
    """The rows, each with what is wrong with it. Two queries."""
    taken = set(cohort.memberships.exclude(folded_name="").values_list("folded_name", flat=True))
    open_slips = cohort.slips.filter(used_at=None, expires_at__gt=timezone.now()).exclude(display_name="")
    taken |= {fold(name) for name in open_slips.values_list("display_name", flat=True)}
    seen, users, found = {}, {}, []
    for row in rows:
        error = error_in(row, taken, seen, users)
        seen.setdefault(fold(row.name), row.number)
        users.setdefault(fold_name(row.user_name), row.number)
        found.append(Row(row.number, row.name, row.user_name, str(error)))
    return found


def error_in(row, taken, seen, users):
    folded, user = fold(row.name), fold_name(row.user_name)
    if not row.name:
        return _("There is no name.")
    if len(row.name) > NAME_LENGTH or len(folded) > FOLDED_LENGTH:
        return _("The name is longer than %(most)d characters.") % {"most": NAME_LENGTH}
    if row.name.startswith(RISKY) or row.user_name.startswith(RISKY):
        return _("It begins with = + - or @, which a spreadsheet takes for a formula.")
    if len(row.user_name) > MAX_LENGTH:
        return _("This cannot be a user name.")
    if folded in seen:
        return _("The same name stands in line %(number)d.") % {"number": seen[folded]}
    if user and user in users:
        return _("The same user name stands in line %(number)d.") % {"number": users[user]}
    return _("Somebody in the circle, or a slip, has this name already.") if folded in taken else ""


# On the way from the preview to the slips -------------------------------------------------------------------


def packed(rows):
    return json.dumps([[row.number, row.name, row.user_name] for row in rows], ensure_ascii=False)


def unpacked(text):
    """Rows of what `packed` gave and a browser sent back; ValueError for anything else."""
    values = json.loads(text)
    if not isinstance(values, list) or not 0 < len(values) <= MOST_ROWS:
        raise ValueError("not a list of rows")
    return [row_of(value) for value in values]


def row_of(value):
    if not (isinstance(value, list) and len(value) == 3 and isinstance(value[0], int)):
        raise ValueError("not a row")
    if not (0 < value[0] < 10**6 and all(isinstance(text, str) for text in value[1:])):
        raise ValueError("not a row")
    return Row(value[0], cell(value, 1), cell(value, 2))


# Making ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_slips(*, cohort, by, rows, days):
    """[(Row, code)] of new slips; or None, and nothing is written, when a row has become wrong."""
    found = lock(cohort)
    rows = checked(rows, found)
    if any(row.error for row in rows):
        return None
    wanted = {fold_name(row.user_name) for row in rows} - {""}
    users = {user.folded_name: user for user in User.objects.filter(folded_name__in=wanted, is_active=True)}
    made = [(row, new_code()) for row in rows]
    until = timezone.now() + timedelta(days=days)
    slips = [
        CohortSlip(
            cohort=found,
            digest=digest_of(code),
            display_name=row.name,
            user=users.get(fold_name(row.user_name)),
            made_by=by,
            expires_at=until,
        )
        for row, code in made
    ]
    CohortSlip.objects.bulk_create(slips)
    told = [slip.user_id for slip in slips if slip.user_id]
    tell_circle(found, told, "circle_slip", f"circle-slips:{found.pk}:{slips[0].digest[:16]}")
    return made
