"""/<lang>/staff/people/: organisations, who works in them, invitations and the log. For coordinators and administrators."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.accounts import invitations, organisations
from hub.accounts.access import posted, staff_page
from hub.accounts.events import ABOUT_ROLES, event_log
from hub.accounts.models import Organisation
from hub.accounts.organisations import staff_with_roles
from hub.accounts.roles import (
    can_change_roles_of,
    can_help_back,
    can_make_cards,
    can_manage_people,
    can_see_staff_pages,
    grantable_groups,
    invitable_groups,
)
from hub.accounts.staff_forms import InviteForm, MoveForm, OrganisationForm
from hub.lib.limits import allow
from hub.lib.paging import key_page, page_request

INVITATIONS_PER_DAY = 50


@require_GET
@staff_page(can_see_staff_pages)
def home(request):
    user = request.user
    context = {
        "manages": can_manage_people(user),
        "helps": can_help_back(user),
        "makes_cards": can_make_cards(user),
        "organisation": user.organisation,
    }
    return render(request, "staff/home.html", context)


# Organisations ---------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@staff_page(can_manage_people)
def people(request):
    """All organisations, and a form for one more."""
    form = OrganisationForm(posted(request))
    if form.is_valid() and (made := save_new(form, request.user)):
        messages.success(request, _("The organisation is added."))
        return redirect("staff_organisation", made.pk)
    context = {
        "form": form,
        "organisations": organisations.organisations(),
        "alone": staff_with_roles().filter(organisation=None),
    }
    return render(request, "staff/people.html", context, status=422 if form.errors else 200)


def save_new(form, actor):
    try:
        return organisations.make_organisation(**form.cleaned_data, actor=actor)
    except IntegrityError:  # the same name from another coordinator, a moment earlier
        form.add_error("name", _("There is an organisation of this name already."))


@require_http_methods(["GET", "POST"])
@staff_page(can_manage_people)
def organisation(request, organisation_id):
    """One organisation; the form renames it."""
    found = get_organisation(organisation_id)
    form = OrganisationForm(posted(request), instance=get_organisation(organisation_id))
    if form.is_valid() and rename(found, form, request.user):
        messages.success(request, _("The change is kept."))
        return redirect("staff_organisation", found.pk)
    context = {
        "organisation": found,
        "form": form,
        "people": staff_with_roles().filter(organisation=found),
        "invitations": invitations.open_invitations().filter(organisation=found).order_by("-pk"),
    }
    return render(request, "staff/organisation.html", context, status=422 if form.errors else 200)


def rename(organisation, form, actor):
    try:
        organisations.rename_organisation(organisation=organisation, **form.cleaned_data, actor=actor)
    except IntegrityError:
        form.add_error("name", _("There is an organisation of this name already."))
        return False
    return True


@require_POST
@staff_page(can_manage_people)
def close(request, organisation_id):
    found = get_organisation(organisation_id)
    if organisations.close_organisation(organisation=found, actor=request.user):
        messages.success(request, _("The organisation is closed. Its open invitations have ended."))
    else:
        messages.warning(request, _("Somebody still belongs to it. Move these people or take their roles away first."))
    return redirect("staff_organisation", found.pk)


@require_POST
@staff_page(can_manage_people)
def open_again(request, organisation_id):
    found = get_organisation(organisation_id)
    organisations.open_organisation(organisation=found, actor=request.user)
    messages.success(request, _("The organisation is open again."))
    return redirect("staff_organisation", found.pk)


def get_organisation(number):
    return get_object_or_404(Organisation, pk=number)


# Invitations -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@staff_page(can_manage_people)
def invite(request, organisation_id):
    """Choose a role; the answer to the POST shows the link, once."""
    found = get_object_or_404(organisations.open_organisations(), pk=organisation_id)
    form = InviteForm(posted(request), groups=invitable_groups(request.user))
    if not form.is_valid():
        return show_invite(request, found, form, status=422 if form.errors else 200)
    if not allow(f"invite:{request.user.pk}", limit=INVITATIONS_PER_DAY, seconds=86_400):
        form.add_error(None, _("You have made many invitations today. Please make the next ones tomorrow."))
        return show_invite(request, found, form, status=429)
    group = form.cleaned_data["group"]
    token = invitations.make_invitation(organisation=found, group=group, actor=request.user)
    return render(request, "staff/invited.html", {"organisation": found, "group": group, "token": token})


def show_invite(request, found, form, *, status):
    return render(request, "staff/invite.html", {"organisation": found, "form": form}, status=status)


@require_POST
@staff_page(can_manage_people)
def withdraw(request, invitation_id):
    """She may withdraw what she may give."""
    rows = invitations.open_invitations().filter(group__in=grantable_groups(request.user))
    found = get_object_or_404(rows, pk=invitation_id)
    if invitations.withdraw_invitation(invitation=found, actor=request.user):
        messages.success(request, _("The invitation is withdrawn. Its link does not work any more."))
    return redirect("staff_organisation", found.organisation_id)


# A person of the staff -------------------------------------------------------------------------


def get_person(request, person_id):
    """Somebody with a role, 404 for everybody else; and whether the one who asks may change her roles."""
    found = get_object_or_404(staff_with_roles(), pk=person_id)
    return found, can_change_roles_of(request.user, found)


@require_GET
@staff_page(can_manage_people)
def person(request, person_id):
    found, changeable = get_person(request, person_id)
    return show_person(request, found, changeable, MoveForm(initial={"organisation": found.organisation_id}))


def show_person(request, found, changeable, form, status=200):
    mine = set(grantable_groups(request.user).values_list("pk", flat=True)) if changeable else set()
    roles = [{"group": group, "takeable": group.pk in mine} for group in found.groups.all()]
    context = {"person": found, "roles": roles, "changeable": changeable, "form": form}
    return render(request, "staff/person.html", context, status=status)


@require_POST
@staff_page(can_manage_people)
def move(request, person_id):
    found, changeable = get_person(request, person_id)
    form = MoveForm(request.POST)
    if not changeable or not form.is_valid():
        return show_person(request, found, changeable, form, status=422 if changeable else 403)
    organisations.move_person(person=found, **form.cleaned_data, actor=request.user)
    messages.success(request, _("The change is kept."))
    return redirect("staff_person", found.pk)


@require_POST
@staff_page(can_manage_people)
def take_role(request, person_id, group_id):
    found, changeable = get_person(request, person_id)
    if not changeable:
        return show_person(request, found, changeable, MoveForm(), status=403)
    group = get_object_or_404(grantable_groups(request.user), pk=group_id)
    if organisations.take_role(person=found, group=group, actor=request.user):
        messages.success(request, _("The role is taken away."))
    there = organisations.staff().filter(pk=found.pk).exists()
    return redirect("staff_person", found.pk) if there else redirect("staff_people")


@require_GET
@staff_page(can_manage_people)
def log(request):
    where = page_request(request.GET)
    page = key_page(event_log(), key="pk", after=where.get("after"), before=where.get("before"), descending=True)
    return render(request, "staff/log.html", {"page": page, "about_roles": ABOUT_ROLES})
