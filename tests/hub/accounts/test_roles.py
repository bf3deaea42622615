"""Who may do what in the editor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser, Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, Locale, Page

from hub.accounts.models import Organisation, User
from hub.accounts.roles import (
    Role,
    can_moderate,
    edited_languages,
    ensure_roles,
    has_role,
    leading_role,
    may_edit_language,
    may_publish_language,
    published_languages,
    role_words,
)
from hub.models import HomePage
from tests.conftest import PASSPHRASE


@pytest.fixture
def homes(db):
    """A home page in English and one in Greek."""
    root = Page.get_first_root_node()
    made = {}
    for code in ("en", "el"):
        locale, _ = Locale.objects.get_or_create(language_code=code)
        home = HomePage(title=code, slug=f"home-{code}", lead="x", locale=locale)
        made[code] = root.add_child(instance=home)
    ensure_roles()
    return made


def test_ensure_roles_twice_changes_nothing(homes, django_assert_num_queries):
    def state():
        return [
            (
                group.name,
                group.permissions.count(),
                group.page_permissions.count(),
                group.collection_permissions.count(),
            )
            for group in Group.objects.order_by("name")
        ]

    before = state()
    ensure_roles()
    assert state() == before
    assert {name for name, *_ in before} >= {
        "trainer",
        "moderator",
        "coordinator",
        "administrator",
        "editor-en",
        "editor-el",
    }


def test_editor_changes_and_publishes_her_language_only(homes, make_user, sign_in):
    editor = make_user("editor", "editor-el")
    greek, english = (homes[code].permissions_for_user(editor) for code in ("el", "en"))
    assert (greek.can_edit(), greek.can_publish(), greek.can_add_subpage()) == (True, True, True)
    assert (english.can_edit(), english.can_publish(), english.can_add_subpage()) == (False, False, False)
    client = sign_in(editor)
    assert client.get(f"/editor/pages/{homes['el'].pk}/edit/").status_code == 200
    assert client.get(f"/editor/pages/{homes['en'].pk}/edit/").status_code == 302
    assert client.get("/editor/users/").status_code == 302


def test_translator_changes_her_language_and_publishes_nothing(homes, make_user):
    translator = make_user("translator", "translator-el")
    greek, english = (homes[code].permissions_for_user(translator) for code in ("el", "en"))
    assert (greek.can_edit(), greek.can_add_subpage(), greek.can_publish(), greek.can_unpublish()) == (
        True,
        True,
        False,
        False,
    )
    assert (english.can_edit(), english.can_add_subpage()) == (False, False)
    assert not translator.has_perm("courses.change_glossaryterm"), "what has no drafts is read at once"


@pytest.mark.parametrize(
    ("groups", "edits", "publishes"),
    [
        (["translator-el"], ["el"], []),
        (["editor-el", "translator-sv"], ["el", "sv"], ["el"]),
        (["coordinator"], ["en", "it", "el", "hu", "sv"], ["en", "it", "el", "hu", "sv"]),
        (["trainer", "moderator"], [], []),
    ],
)
def test_languages_she_may_change_and_publish_cost_one_query(
    make_user, groups, edits, publishes, django_assert_num_queries
):
    user = User.objects.get(pk=make_user("person", *groups).pk)
    with django_assert_num_queries(1):  # her groups
        assert (edited_languages(user), published_languages(user)) == (edits, publishes)
        assert may_edit_language(user, "el") == ("el" in edits)
        assert may_publish_language(user, "el") == ("el" in publishes)


def test_files_of_others_are_changed_by_the_authors_of_english_only(homes):
    def rights(name):
        held = Group.objects.get(name=name).collection_permissions.values_list("permission__codename", flat=True)
        return sorted(held)

    own = ["add_document", "add_image", "choose_document", "choose_image"]
    assert rights("editor-el") == rights("translator-en") == own
    assert rights("editor-en") == sorted([*own, "change_document", "change_image"])


def test_ensure_roles_takes_the_files_of_others_from_editors_who_once_had_them(homes):
    group = Group.objects.get(name="editor-el")
    right = Permission.objects.get(codename="change_image")
    GroupCollectionPermission.objects.create(group=group, collection=Collection.get_first_root_node(), permission=right)
    ensure_roles()
    assert not group.collection_permissions.filter(permission=right).exists()


@pytest.mark.parametrize("role", ["trainer", "moderator", None])
def test_others_do_not_enter_the_editor(homes, make_user, sign_in, role):
    client = sign_in(make_user("person", *([role] if role else [])))
    response = client.get("/editor/")
    assert response.status_code in {302, 403}
    assert client.get(f"/editor/pages/{homes['en'].pk}/edit/").status_code in {302, 403}


def test_roles_cost_one_query_per_person(make_user, django_assert_num_queries):
    user = User.objects.get(pk=make_user("person", "trainer", "editor-sv").pk)
    with django_assert_num_queries(1):  # her groups
        roles = [role for role in Role if has_role(user, role)]
        assert not can_moderate(user)
    assert roles == [Role.TRAINER, Role.EDITOR]


def test_visitors_and_closed_accounts_hold_no_role(admin, make_user):
    admin.is_active = False
    assert not has_role(admin, Role.ADMINISTRATOR)
    assert not can_moderate(AnonymousUser())
    assert not has_role(make_user("person", "moderators"), Role.MODERATOR)


# Users in the editor ---------------------------------------------------------------------------


def test_administrator_adds_and_edits_a_user(homes, admin, sign_in):
    client = sign_in(admin)
    page = client.get("/editor/users/new/").content.decode()
    assert "first_name" not in page
    group = Group.objects.get(name="editor-el")
    words = {"username": "new-editor", "password1": PASSPHRASE, "password2": PASSPHRASE, "groups": [group.pk]}
    assert client.post("/editor/users/new/", words).status_code == 302
    made = User.objects.get(username="new-editor")
    assert made.check_password(PASSPHRASE)
    assert list(made.groups.values_list("name", flat=True)) == ["editor-el"]
    page = client.get(f"/editor/users/edit/{made.pk}/").content.decode()
    assert "password1" not in page
    assert client.post(f"/editor/users/edit/{made.pk}/", {"username": "new-editor", "groups": []}).status_code == 302
    made.refresh_from_db()
    assert (made.is_active, made.groups.count()) == (False, 0)


def test_a_name_that_folds_to_another_is_refused_in_the_editor(homes, admin, learner, sign_in):
    words = {"username": "LEARNER", "password1": PASSPHRASE, "password2": PASSPHRASE}
    response = sign_in(admin).post("/editor/users/new/", words)
    assert list(response.context["form"].errors) == ["username"]


def test_coordinator_grants_trainer_and_keeps_other_roles(homes, make_user, sign_in):
    coordinator = make_user("coordinator", "coordinator")
    person = make_user("person", "extra")
    client = sign_in(coordinator)
    groups = Group.objects.filter(name__in=["trainer", "administrator"])
    refused = client.post(
        f"/editor/users/edit/{person.pk}/", {"username": "person", "is_active": "on", "groups": [g.pk for g in groups]}
    )
    assert list(refused.context["form"].errors) == ["groups"]
    trainer = Group.objects.get(name="trainer")
    client.post(
        f"/editor/users/edit/{person.pk}/",
        {"username": "person", "is_active": "on", "groups": [trainer.pk], "is_superuser": "on", "password1": "x" * 12},
    )
    person.refresh_from_db()
    assert set(person.groups.values_list("name", flat=True)) == {"trainer", "extra"}
    assert not person.is_superuser
    assert person.check_password(PASSPHRASE)


def test_coordinator_cannot_touch_those_above_her(homes, admin, make_user, sign_in):
    client = sign_in(make_user("coordinator", "coordinator"))
    other = make_user("other", "administrator")
    for person in (admin, other):
        response = client.post(f"/editor/users/edit/{person.pk}/", {"username": "taken-over"})
        assert response.status_code in {302, 403}
        person.refresh_from_db()
        assert person.username != "taken-over"


def test_nobody_leafs_through_the_learners(homes, admin, learner, moderator, sign_in):
    client = sign_in(admin)
    page = client.get("/editor/users/").content.decode()
    assert "moderator" in page
    assert "learner" not in page
    assert ">learner<" not in client.get("/editor/users/?q=lear").content.decode().replace(" ", "").replace("\n", "")
    assert f"/editor/users/edit/{learner.pk}/" in client.get("/editor/users/?q=LEARNER").content.decode()


def test_bulk_actions_on_users_are_closed(homes, admin, learner, sign_in):
    address = f"/editor/bulk/accounts/user/delete/?id={learner.pk}&next=/editor/users/"
    sign_in(admin).post(address)
    assert User.objects.filter(pk=learner.pk).exists()


# Second factor ---------------------------------------------------------------------------------


def enter(client, name):
    return client.post("/en/accounts/login/", {"login": name, "password": PASSPHRASE})


@pytest.mark.parametrize("role", ["moderator", "coordinator", "administrator"])
def test_those_who_see_others_words_must_set_up_a_second_factor(client, make_user, role):
    user = make_user("staff", role)
    enter(client, "staff")
    assert client.get("/en/").headers["Location"] == "/en/accounts/2fa/totp/activate/"
    assert client.get("/editor/").headers["Location"] == "/en/accounts/2fa/totp/activate/"
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/editor/").headers.get("Location") != "/en/accounts/2fa/totp/activate/"


def test_with_a_second_factor_the_passphrase_alone_does_not_sign_in(client, moderator):
    TOTP.activate(moderator, generate_totp_secret())
    assert enter(client, "moderator").headers["Location"] == "/en/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/en/accounts/2fa/authenticate/").status_code == 200
    assert client.post("/en/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_second_factor_is_set_up_with_a_code(client, moderator):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    enter(client, "moderator")
    page = client.get("/en/accounts/2fa/totp/activate/", follow=True)
    if "reauthenticate" in page.request["PATH_INFO"]:
        page = client.post(
            page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"password": PASSPHRASE}, follow=True
        )
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/en/accounts/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=moderator, type="totp").exists()
    assert client.get("/en/accounts/").status_code == 200


@pytest.mark.parametrize("by_group", [True, False])
def test_a_role_granted_later_asks_at_the_next_page(client, learner, by_group):
    enter(client, "learner")
    group = Group.objects.create(name="moderator")
    group.user_set.add(learner) if by_group else learner.groups.add(group)
    assert client.get("/en/forums/").headers["Location"] == "/en/accounts/2fa/totp/activate/"


def test_a_role_that_reads_no_others_words_asks_nothing(client, learner):
    enter(client, "learner")
    learner.groups.add(Group.objects.create(name="trainer"))
    assert client.get("/en/accounts/").status_code == 200
    assert client.session["second_factor_due"] is False


def test_second_step_switched_off_is_asked_for_at_the_next_post(client, moderator):
    enter(client, "moderator")
    TOTP.activate(moderator, generate_totp_secret())
    assert client.get("/en/accounts/sessions/").status_code == 200
    assert client.post("/en/forums/", {}).status_code != 302
    Authenticator.objects.all().delete()
    assert client.post("/en/forums/", {}).headers["Location"] == "/en/accounts/2fa/totp/activate/"


def test_learners_and_force_login_need_no_second_factor(client, learner, moderator, sign_in):
    enter(client, "learner")
    assert client.get("/en/accounts/").status_code == 200
    assert sign_in(moderator).get("/en/accounts/").status_code == 200


# What is changed in the editor is kept ---------------------------------------------------------


def edit(client, person, *names, **more):
    groups = [group.pk for group in Group.objects.filter(name__in=names)]
    return client.post(
        f"/editor/users/edit/{person.pk}/",
        {"username": person.username, "is_active": "on", "groups": groups} | more,
    )


def test_roles_and_organisation_changed_in_the_editor_are_events(homes, admin, make_user, sign_in):
    partner = Organisation.objects.create(name="Partner")
    person = make_user("person", "moderator")
    edit(sign_in(admin), person, "trainer", "editor-el", organisation=partner.pk)
    person.refresh_from_db()
    assert person.organisation == partner
    assert set(person.events.values_list("kind", "detail", "actor_role", "organisation")) == {
        ("role_given", "trainer", "administrator", partner.pk),
        ("role_given", "editor-el", "administrator", partner.pk),
        ("role_taken", "moderator", "administrator", partner.pk),
        ("organisation", "", "administrator", partner.pk),
    }
    edit(sign_in(admin), person, "trainer", "editor-el", organisation=partner.pk)
    assert person.events.count() == 4


def test_a_new_superuser_is_an_event(homes, admin, make_user, sign_in):
    person = make_user("person")
    edit(sign_in(admin), person, is_superuser="on")
    assert person.events.get().detail == "superuser"


def test_a_role_given_with_a_new_account_is_an_event(homes, admin, sign_in):
    group = Group.objects.get(name="trainer")
    words = {"username": "new-trainer", "password1": PASSPHRASE, "password2": PASSPHRASE, "groups": [group.pk]}
    sign_in(admin).post("/editor/users/new/", words)
    assert User.objects.get(username="new-trainer").events.get().kind == "role_given"


def test_nobody_gives_herself_a_role_nor_moves_herself(homes, make_user, sign_in):
    partner = Organisation.objects.create(name="Partner")
    coordinator = make_user("coordinator", "coordinator")
    edit(sign_in(coordinator), coordinator, "coordinator", "trainer", "moderator", organisation=partner.pk)
    coordinator.refresh_from_db()
    assert list(coordinator.groups.values_list("name", flat=True)) == ["coordinator"]
    assert coordinator.organisation is None
    assert not coordinator.events.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trainer", "Trainer"),
        ("editor-en", "Author (English)"),
        ("editor-el", "Translator and reviewer: Ελληνικά"),
        ("translator-el", "Translator, does not publish: Ελληνικά"),
        ("something else", "something else"),
    ],
)
def test_roles_in_words(name, words):
    assert str(role_words(name)) == words


@pytest.mark.parametrize(
    ("groups", "role"), [([], ""), (["editor-el"], "editor"), (["trainer", "coordinator"], "coordinator")]
)
def test_the_role_under_which_she_acts_is_the_highest(make_user, groups, role):
    assert leading_role(make_user("person", *groups)) == role
