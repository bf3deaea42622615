"""On Monday morning who translates a language is told what waits in it; on her list, and by mail unless she wants none.

It is part of the work, so it needs no asking first: the choice for it begins as “once a week”. With nothing to do nothing is told.
"""

from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext

from courses.translation.freshness import SOURCE
from hub.accounts.models import User
from hub.accounts.roles import OF_A_LANGUAGE, edited_languages
from hub.editor.freshness import Table, sums_of
from hub.notifications.actions import tell, told_of
from hub.notifications.models import How, Kind, Preference
from hub.notifications.schedule import MONDAY, MORNING

SCOPE = "texts"


def tell_translators(now=None):
    """Tell those for whom it is Monday morning and who have not been told this week. Returns how many."""
    now = now or timezone.now()
    people = [person for person in translators() if is_monday_morning(person, now)]
    if not people:
        return 0
    key = "texts:{}-{}".format(*now.isocalendar())
    told = told_of(key, [person.pk for person in people])
    waiting = languages_with_work({code for person in people for code in hers(person)})
    new = [person.pk for person in people if person.pk not in told and waiting.keys() & hers(person)]
    Preference.objects.bulk_create(
        [Preference(user_id=pk, scope=SCOPE, how=How.WEEKLY) for pk in new], ignore_conflicts=True
    )
    tell(
        kind=Kind.TEXTS,
        recipients=new,
        context={SCOPE: True},
        path=reverse("editor_freshness"),
        key=key,
        scopes=[SCOPE],
        now=True,
    )
    return len(new)


def translators():
    """Active people in the group of a language other than English; coordinators look at the table when they wish."""
    held = Q()
    for role in OF_A_LANGUAGE:
        held |= Q(name__startswith=f"{role}-")
    groups = Group.objects.filter(held).exclude(name__endswith=f"-{SOURCE}")
    return list(User.objects.filter(groups__in=groups, is_active=True).distinct().order_by("pk"))


def hers(person):
    return set(edited_languages(person)) - {SOURCE}


def is_monday_morning(person, now):
    here = now.astimezone(ZoneInfo(person.time_zone))
    return here.weekday() == MONDAY and here.hour >= MORNING


def languages_with_work(codes):
    """{language: how many pages there are to do}, without those where everything is up to date."""
    codes = sorted(codes)
    return {total.language: total.to_do for total in sums_of(Table(codes).rows, codes) if total.to_do}


def words_for(person):
    """What waits for her now, as a list in her language: “5 pages in Greek, 2 pages in Italian”; empty if nothing does."""
    said = [
        ngettext("%(count)d page in %(language)s", "%(count)d pages in %(language)s", count)
        % {"count": count, "language": get_language_info(code)["name_translated"]}
        for code, count in languages_with_work(hers(person)).items()
    ]
    return ", ".join(said)


# Her choice ------------------------------------------------------------------------------------------


def gets_mail(person):
    row = Preference.objects.filter(user=person, scope=SCOPE).first()
    return row is None or row.how != How.NONE
