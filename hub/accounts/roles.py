"""Who may do what. A role is a group; that of a translator or an editor also names the language: `editor-el`."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from hub.accounts.workflows import ensure_workflow
from hub.lib.prepared import Prepared


class Role(models.TextChoices):
    TRAINER = "trainer"
    TRANSLATOR = "translator"
    EDITOR = "editor"
    MODERATOR = "moderator"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


ROLE_WORDS = {
    Role.TRAINER: _("Trainer"),
    Role.TRANSLATOR: _("Translator"),
    Role.EDITOR: _("Editor"),
    Role.MODERATOR: _("Moderator"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ADMINISTRATOR: _("Administrator"),
    # Translators: the role of whoever writes the English texts from which the other languages are translated.
    "editor-en": _("Author (English)"),
    # Translators: the role of somebody who writes English texts, which an author then reads and publishes.
    "translator-en": _("Writer (English), does not publish"),
    "superuser": _("Administrator with all rights"),
}
SUPERUSER = "superuser"  # in the log: made with createsuperuser, or by another one in the editor
# From the most to the least: under which she acts.
BY_RANK = [Role.ADMINISTRATOR, Role.COORDINATOR, Role.MODERATOR, Role.TRAINER, Role.EDITOR, Role.TRANSLATOR]
OF_A_LANGUAGE = {
    # Translators: a role; after the colon comes the name of the language she translates into.
    Role.EDITOR: _("Translator and reviewer: {}"),
    # Translators: a role; after the colon comes the name of the language. Somebody else publishes what she writes.
    Role.TRANSLATOR: _("Translator, does not publish: {}"),
}
STAFF_ROLES = [role.value for role in (Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR)]  # who has staff pages
MODERATING = frozenset({Role.MODERATOR, Role.COORDINATOR, Role.ADMINISTRATOR})
WRITING = ["add_page", "change_page"]
PUBLISHING = [*WRITING, "publish_page", "lock_page", "unlock_page"]
OWN_FILES = ["add_image", "choose_image", "add_document", "choose_document"]  # add: she changes what she added
ALL_FILES = [*OWN_FILES, "change_image", "change_document"]
TRANSLATOR_RIGHTS = ["access_admin", "submit_translation"]
# What has no drafts is read at once, so it is for whoever publishes.
EDITOR_RIGHTS = [*TRANSLATOR_RIGHTS, "change_forum"]
EDITOR_RIGHTS += ["add_questionbank", "change_questionbank", "delete_questionbank", "view_questionbank"]
EDITOR_RIGHTS += ["add_glossaryterm", "change_glossaryterm", "delete_glossaryterm", "view_glossaryterm"]
EDITOR_RIGHTS += ["add_resource", "change_resource", "delete_resource", "view_resource"]
EDITOR_RIGHTS += ["add_result", "change_result", "delete_result", "view_result"]
PEOPLE_RIGHTS = ["add_user", "change_user"]
FORUM_RIGHTS = ["open_forum"]  # let visitors read
ADMINISTRATOR_RIGHTS = ["delete_user", "change_sitesettings"]


GROUPS = Prepared(lambda user_id: Group.objects.filter(user=user_id).values_list("name"))


def group_names(user):
    """The names of a person's groups: one query, kept on the user object."""
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(name for (name,) in GROUPS(user_id=user.pk))
    return user._group_names


def has_role(user, role):
    """Whether a person holds `role`; for Role.EDITOR in any language. A superuser holds every role."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return any(name == role or name.startswith(f"{role}-") for name in group_names(user))


def leading_role(user):
    """The highest role a person holds; empty for a learner."""
    return next((role.value for role in BY_RANK if has_role(user, role)), "")


def role_words(group_name):
    """A role or a group in words: `editor-el` is the translator and reviewer of Greek, `translator-el` does not publish."""
    role, _dash, language = group_name.partition("-")
    if role in OF_A_LANGUAGE and language and group_name not in ROLE_WORDS:
        return format_lazy(OF_A_LANGUAGE[role], settings.LANGUAGE_NAMES.get(language, language))
    return ROLE_WORDS.get(group_name, group_name)


def can_moderate(user):
    return any(has_role(user, role) for role in MODERATING)


needs_second_factor = (
    can_moderate  # whoever can hide another woman's words, or see the accounts, signs in with two factors
)


def grantable_groups(granter):
    """Administrators give every role; a coordinator those below her own."""
    if granter.is_superuser or has_role(granter, Role.ADMINISTRATOR):
        return Group.objects.all()
    below = models.Q(name__in=[Role.TRAINER, Role.MODERATOR])
    for role in OF_A_LANGUAGE:
        below |= models.Q(name__startswith=f"{role}-")
    return Group.objects.filter(below)


def may_change_roles_of(granter, person):
    """Nobody changes the roles of someone above her."""
    if granter.is_superuser or granter == person:
        return True
    if has_role(granter, Role.ADMINISTRATOR):
        return not person.is_superuser
    return not has_role(person, Role.ADMINISTRATOR) and not has_role(person, Role.COORDINATOR)


@transaction.atomic
def ensure_roles():
    """Make the groups, their rights and the workflows. Safe to run again; no right to a page that was granted by hand goes."""
    for role in Role:
        if role not in OF_A_LANGUAGE:
            Group.objects.get_or_create(name=role.value)
    for locale in Locale.objects.all():
        grant_language(locale)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        grant_everything(Group.objects.get(name=role.value))
    for locale in Locale.objects.all():
        ensure_workflow(locale, [f"{Role.EDITOR}-{locale.language_code}", Role.COORDINATOR, Role.ADMINISTRATOR])
    administrators = Group.objects.get(name=Role.ADMINISTRATOR.value)
    administrators.permissions.add(*Permission.objects.filter(codename__in=ADMINISTRATOR_RIGHTS))


def grant_language(locale):
    """The groups of one language. Pictures and files are shared by all of them: only the English authors change all."""
    homes, source = Page.objects.filter(depth=2, locale=locale), locale.language_code == settings.LANGUAGE_CODE
    for role, rights, page_rights in (
        (Role.TRANSLATOR, TRANSLATOR_RIGHTS, WRITING),
        (Role.EDITOR, EDITOR_RIGHTS, PUBLISHING),
    ):
        group = language_group(role, locale)
        group.permissions.add(*Permission.objects.filter(codename__in=rights))
        grant_pages(group, homes, page_rights)
        grant_files(group, ALL_FILES if source and role == Role.EDITOR else OWN_FILES)


def language_group(role, locale):
    return Group.objects.get_or_create(name=f"{role}-{locale.language_code}")[0]


def grant_everything(group):
    group.permissions.add(*Permission.objects.filter(codename__in=EDITOR_RIGHTS))
    grant_pages(group, Page.objects.filter(depth=2), PUBLISHING)
    grant_files(group, ALL_FILES)
    group.permissions.add(*Permission.objects.filter(codename__in=PEOPLE_RIGHTS, content_type__app_label="accounts"))
    group.permissions.add(*Permission.objects.filter(codename__in=FORUM_RIGHTS, content_type__app_label="forums"))


def grant_pages(group, homes, rights):
    held = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights)
    rows = [GroupPagePermission(group=group, page=page, permission=right) for page in homes for right in held]
    GroupPagePermission.objects.bulk_create(rows, ignore_conflicts=True)


def grant_files(group, rights):
    apps, root = ["wagtailimages", "wagtaildocs"], Collection.get_first_root_node()
    held = Permission.objects.filter(content_type__app_label__in=apps, codename__in=rights)
    rows = [GroupCollectionPermission(group=group, collection=root, permission=right) for right in held]
    GroupCollectionPermission.objects.bulk_create(rows, ignore_conflicts=True)
    # Hubs made before there were translators let every editor change everybody's files.
    beyond = Permission.objects.filter(content_type__app_label__in=apps, codename__in=set(ALL_FILES) - set(rights))
    GroupCollectionPermission.objects.filter(group=group, collection=root, permission__in=beyond).delete()


# What the editor asks about a language. ------------------------------------------------------------------------


def writes_everywhere(user):
    return has_role(user, Role.COORDINATOR) or has_role(user, Role.ADMINISTRATOR)


def edited_languages(user):
    """The codes of the languages whose texts she may change, in the order of the settings."""
    return languages_held(user, OF_A_LANGUAGE)


def published_languages(user):
    """The codes of the languages in which she may also publish."""
    return languages_held(user, [Role.EDITOR])


def languages_held(user, roles):
    codes = [code for code, _name in settings.LANGUAGES]
    if writes_everywhere(user):
        return codes
    if not user.is_authenticated or not user.is_active:
        return []
    return [code for code in codes if any(f"{role}-{code}" in group_names(user) for role in roles)]


def may_edit_language(user, code):
    return code in edited_languages(user)


def may_publish_language(user, code):
    return code in published_languages(user)


# What the staff pages ask. Each names the act; a page that she may not use does not exist for her. --------------


def can_manage_people(user):
    """Organisations, invitations, roles and their log."""
    return has_role(user, Role.COORDINATOR) or has_role(user, Role.ADMINISTRATOR)


def can_unmask(user):
    """Ask with a second one to learn who an alias is."""
    return has_role(user, Role.ADMINISTRATOR)


def administrators():
    """Active accounts that `can_unmask`."""
    held = models.Q(is_superuser=True) | models.Q(groups__name=Role.ADMINISTRATOR)
    return get_user_model().objects.filter(held, is_active=True).distinct()


def works_somewhere(user):
    """Whether she belongs to an organisation that is open."""
    return user.organisation is not None and user.organisation.closed_at is None


def can_help_back(user):
    """Ask for a code for somebody who lost everything, or agree to it: two people of one organisation."""
    holds = has_role(user, Role.TRAINER) or has_role(user, Role.COORDINATOR)
    return holds and works_somewhere(user)


def can_make_cards(user):
    return can_help_back(user)


def can_see_staff_pages(user):
    return can_manage_people(user) or has_role(user, Role.TRAINER)


def can_be_helped_back(user):
    """Never staff, whose accounts open other people's: they have recovery codes, or an administrator."""
    return user.is_active and user.helped_recovery and not user.is_superuser and not group_names(user)


def invitable_groups(granter):
    """The roles she may invite to, without groups that were made by hand."""
    if not can_manage_people(granter):
        return Group.objects.none()
    names = [role.value for role in Role if role not in OF_A_LANGUAGE]
    names += [f"{role}-{code}" for role in OF_A_LANGUAGE for code, _name in settings.LANGUAGES]
    return grantable_groups(granter).filter(name__in=names).order_by("pk")  # as ensure_roles makes them


def can_change_roles_of(granter, person):
    """Nobody changes her own roles, nor those of someone above her."""
    return granter != person and can_manage_people(granter) and may_change_roles_of(granter, person)
