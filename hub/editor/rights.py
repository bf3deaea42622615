"""Rights that neither Wagtail nor wagtail-localize asks for by itself. Put in place once, by rights_hooks.

wagtail-localize knows who may submit, but not in which language; Wagtail knows who may move a page, but not that its place is the
same in every language. Where they offer no hook, their own function is replaced: each one stands here, with the reason.
"""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet, get_users_for_filter
from wagtail.models import Page, PagePermissionTester
from wagtail.snippets.models import get_snippet_models
from wagtail_localize import operations
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object
from wagtail_localize.views import convert, edit_translation, submit_translations, update_translations

from courses.translation.sound import translate_subtree
from courses.translation.step import is_source, source_of
from hub.accounts.roles import edited_languages, may_publish_language, published_languages

# The views of wagtail-localize that write; preview and download only read.
WRITING = ["edit_string_translation", "edit_override", "upload_pofile", "machine_translate", "stop_translation"]


def apply():
    guard_places()
    edit_translation.user_can_edit_instance = may_change
    for name in WRITING:
        setattr(edit_translation, name, unless_locked(getattr(edit_translation, name)))
    submit_translations.SubmitPageTranslationView = SubmitPage
    submit_translations.SubmitSnippetTranslationView = SubmitSnippet
    update_translations.UpdateTranslationsView = UpdateTranslations
    convert.convert_to_alias = asking_to_publish(convert.convert_to_alias)
    # Inside one transaction it breaks the tree: courses/translation/sound.py.
    operations.translate_page_subtree = submit_translations.translate_page_subtree = translate_subtree
    # It means to name the people of her pages only, but the method it has for that is never called.
    SiteHistoryReportFilterSet.get_users_queryset = lambda found: get_users_for_filter(found.request.user)
    # Wagtail's own editor only reads this API. Writing through it would pass by every question that we ask.
    PagesAdminAPIViewSet.actions = {}


# Translations --------------------------------------------------------------------------------------------------


def may_change(user, instance):
    """For every address of wagtail-localize that shows or changes a translation: of a row, it asked for the right to the model only."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    if type(instance) not in get_snippet_models():
        return False
    policy = type(instance).snippet_viewset.permission_policy
    return policy.user_has_permission_for_instance(user, "change", instance)


def unless_locked(view):
    """Its views look at no lock. A page in review is only read by others than its reviewers."""

    @wraps(view)
    def ask(request, translation_id, *args, **kwargs):
        try:
            instance = get_object_or_404(Translation, pk=translation_id).get_target_instance()
        except ObjectDoesNotExist as gone:
            raise Http404 from gone
        if isinstance(instance, Page) and instance.permissions_for_user(request.user).page_locked():
            return HttpResponseForbidden()
        return view(request, translation_id, *args, **kwargs)

    return ask


def target_languages(user, instance):
    """The codes she may have a page or row translated into: hers; all of them for whoever publishes the English source."""
    if instance.locale.language_code == settings.LANGUAGE_CODE and may_publish_language(user, settings.LANGUAGE_CODE):
        return [code for code, _name in settings.LANGUAGES]
    return edited_languages(user)


class OwnTargets:
    def get_form(self):
        form = super().get_form()
        targets = target_languages(self.request.user, self.object)
        form.fields["locales"].queryset = form.fields["locales"].queryset.filter(language_code__in=targets)
        return form


class SubmitPage(OwnTargets, submit_translations.SubmitPageTranslationView):
    def form_valid(self, form):
        """The page now, what is below it as a task: never everything in one transaction."""
        from courses.translation.tasks import translate_below  # its module needs the settings of the task queue

        locales, user = form.cleaned_data["locales"], self.request.user
        translate_object(self.object, locales, self.components, user)
        if form.cleaned_data["include_subtree"]:
            translate_below.enqueue(self.object.pk, [locale.language_code for locale in locales], user.pk)
            messages.info(self.request, _("The pages below it follow within a few minutes."))
        names = ", ".join(locale.get_display_name() for locale in locales)
        messages.success(self.request, self.get_success_message(names))
        made = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(made))


class SubmitSnippet(OwnTargets, submit_translations.SubmitSnippetTranslationView):
    pass


class UpdateTranslations(update_translations.UpdateTranslationsView):
    """Taking over the changed English harms nobody; to publish or fill every language at once, she must hold them all."""

    def get_form(self):
        form, codes = super().get_form(), self.target_codes()
        if not codes <= set(published_languages(self.request.user)):
            del form.fields["publish_translations"]
        if not codes <= set(edited_languages(self.request.user)):
            form.fields.pop("use_machine_translation", None)
        return form

    def target_codes(self):
        enabled = self.object.translations.filter(enabled=True)
        return set(enabled.values_list("target_locale__language_code", flat=True))

    def form_valid(self, form):
        form.cleaned_data.setdefault("publish_translations", False)
        return super().form_valid(form)


def asking_to_publish(view):
    """An alias shows the English page at once, so it is for whoever may publish."""

    def ask(request, page_id):
        rights = get_object_or_404(Page, pk=page_id).permissions_for_user(request.user)
        if not rights.can_publish() or rights.page_locked():
            raise PermissionDenied
        return view(request, page_id)

    return ask


# Places --------------------------------------------------------------------------------------------------------


def guard_places():
    """A page stays in its language; that of a translation follows the English page. Superusers too: the tree is at stake."""
    stock_move, stock_copy = PagePermissionTester.can_move_to, PagePermissionTester.can_copy_to
    stock_order = PagePermissionTester.can_reorder_children
    PagePermissionTester.can_move_to = lambda tester, destination: (
        same_language(tester.page, destination) and not place_is_given(tester.page) and stock_move(tester, destination)
    )
    PagePermissionTester.can_copy_to = lambda tester, destination, recursive=False: (
        same_language(tester.page, destination) and stock_copy(tester, destination, recursive)
    )
    PagePermissionTester.can_reorder_children = lambda tester: not place_is_given(tester.page) and stock_order(tester)


def same_language(page, destination):
    return destination.is_root() or page.locale_id == destination.locale_id


def place_is_given(page):
    """Whether its place, and that of the pages below it, follows an English page. One query for each page object."""
    if page.is_root() or is_source(page):
        return False
    if not hasattr(page, "_place_is_given"):
        page._place_is_given = source_of(page) is not None
    return page._place_is_given
