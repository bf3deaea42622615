"""Who sees which figures. Coordinators and administrators see all; staff of an organisation what is its own; learners no such page."""

from dataclasses import dataclass
from functools import wraps

from django.db.models import Q

from hub.accounts.access import staff_page
from hub.accounts.models import Organisation
from hub.accounts.roles import can_manage_people, leading_role, works_somewhere
from hub.reports.figures import FIGURES, Scope


def can_see_reports(user):
    return user.is_authenticated and (can_manage_people(user) or (bool(leading_role(user)) and works_somewhere(user)))


def can_count_slips(user):
    return can_see_reports(user) and works_somewhere(user)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose figures somebody reads: all of the hub, or of one organisation."""

    organisation: Organisation | None = None

    @property
    def sees_all(self):
        return self.organisation is None

    @property
    def figures(self):
        """{key: Figure} of those she may see."""
        return {key: figure for key, figure in FIGURES.items() if self.sees_all or figure.scope != Scope.HUB}

    @property
    def rows(self):
        """Which rows of DailyFigure are counted together for her."""
        keys = [figure.key for figure in self.figures.values()]
        if self.sees_all:
            return Q(figure__in=keys)
        own = [key for key in keys if FIGURES[key].scope == Scope.ORGANISATION]
        return Q(figure__in=set(keys) - set(own)) | Q(figure__in=own, organisation=self.organisation.pk)


def viewer_of(user):
    return Viewer() if can_manage_people(user) else Viewer(user.organisation)


def reports_page(view):
    """The view gets `viewer` beside the request."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        return view(request, *args, viewer=viewer_of(request.user), **kwargs)

    return staff_page(can_see_reports)(answered)
