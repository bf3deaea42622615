"""/editor/users/: who holds which role.

Only people with a role are listed, and whoever gave her exact user name: nobody leafs through the learners.
A passphrase or e-mail address of someone else is never set here, because it would open her learning record.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms
from wagtail.users.views import users

from hub.accounts.events import Kind, note
from hub.accounts.names import fold_name
from hub.accounts.organisations import note_groups, open_organisations
from hub.accounts.roles import SUPERUSER, grantable_groups, may_change_roles_of
from hub.lib.text import clean_text
from hub.privacy import erase_person

User = get_user_model()


class RoleFormMixin:
    """Takes `granter`, and offers only the groups she may give; other groups of the person stay as they are.

    Nobody gives herself a role. What is changed is kept as events, read by the person and by coordinators.
    """

    first_name = last_name = email = None

    def __init__(self, *args, granter, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _("Letters, digits and . _ - @ + without spaces.")
        self.granter, self.before = granter, groups_of(self.instance)
        own = granter == self.instance
        self.offered = Group.objects.none() if own else grantable_groups(granter)
        self.fields["groups"].queryset = self.offered
        self.fields["organisation"].queryset = open_organisations()
        if own and not granter.is_superuser:
            self.fields.pop("organisation")
        if not granter.is_superuser:
            self.fields.pop("is_superuser", None)

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.filter(folded_name=fold_name(name)).exclude(pk=self.instance.pk).exists():
            self.add_error("username", User._meta.get_field("username").error_messages["unique"])
        return name

    def _save_m2m(self):
        kept = Group.objects.none()
        if self.instance.pk:
            kept = self.instance.groups.exclude(pk__in=self.offered.values("pk"))
        self.cleaned_data["groups"] = Group.objects.filter(
            pk__in=[group.pk for group in [*kept, *self.cleaned_data["groups"]]]
        )
        super()._save_m2m()
        self.note_changes()

    def note_changes(self):
        person = self.instance
        about = {"person": person, "actor": self.granter, "organisation": person.organisation}
        note_groups(before=self.before, after=groups_of(person), **about)
        if "organisation" in self.changed_data and person.organisation:
            note(user=person, kind=Kind.ORGANISATION, actor=self.granter, organisation=person.organisation)


def groups_of(person):
    """Names of her groups, and `superuser` when she is one."""
    names = set(person.groups.values_list("name", flat=True)) if person.pk else set()
    return names | ({SUPERUSER} if person.pk and is_superuser_now(person) else set())


def is_superuser_now(person):
    return User.objects.filter(pk=person.pk, is_superuser=True).exists()


class UserCreationForm(RoleFormMixin, forms.UserCreationForm):
    class Meta(forms.UserCreationForm.Meta):
        fields = {"username", "is_superuser", "groups", "organisation"}


class UserEditForm(RoleFormMixin, forms.UserEditForm):
    password_enabled = False

    class Meta(forms.UserEditForm.Meta):
        fields = {"username", "is_active", "is_superuser", "groups", "organisation"}


class GranterMixin:
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"granter": self.request.user}


class IndexView(users.IndexView):
    def get_base_queryset(self):
        roles = User.groups.through.objects.filter(user_id=OuterRef("pk"))
        named = Q(folded_name=fold_name(clean_text(self.request.GET.get("q", ""))))
        return User.objects.filter(Q(is_superuser=True) | Exists(roles) | named)


class CreateView(GranterMixin, users.CreateView):
    pass


class EditView(GranterMixin, users.EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not may_change_roles_of(request.user, self.object):
            raise PermissionDenied


class DeleteView(users.DeleteView):
    def delete_action(self):
        """As if she had erased everything herself; no log entry, which would keep her name."""
        erase_person(user=self.object)


class UserViewSet(users.UserViewSet):
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm
