"""Glossary and library in the editor: one form with a tab for each language; each person changes the languages that are hers."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets

from courses.models import GlossaryTerm, Resource
from courses.questions.rights import editable_languages


class EntryPolicy(ModelPermissionPolicy):
    """Who writes the English texts makes and deletes entries; every editor changes the texts of her language."""

    def user_has_permission(self, user, action):
        source_only = action in {"add", "delete"} and "en" not in editable_languages(user)
        return not source_only and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_any_permission(user, actions)


class OwnPanel(FieldPanel):
    """A field, or its text alone where the form does not hold it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.form is not None and self.bound_field is None:
                self.read_only, self.heading, self.help_text = True, self.panel.heading, ""


def tabs(model, shared, translated, form=WagtailAdminModelForm):
    """A tab for English with the fields that are the same everywhere, and one for each other language."""

    def panel(name, code=""):
        label = model._meta.get_field(name).verbose_name
        return OwnPanel(f"{name}_{code}" if code else name, heading=capfirst(label))

    english = [panel("key"), *(panel(name, "en") for name in translated), *map(panel, shared)]
    others = [
        ObjectList([panel(name, code) for name in translated], heading=name_of_language)
        for code, name_of_language in settings.LANGUAGES
        if code != "en"
    ]
    return TabbedInterface([ObjectList(english, heading="English"), *others], base_form_class=form)


def not_hers(form, user):
    """Names of the fields that she may not change: other languages, what belongs to English, the key once it is given."""
    hers = editable_languages(user)
    return [name for name in form.fields if (name == "key" and form.instance.pk) or language_of(name) not in hers]


def language_of(name):
    """The language of a field; what is the same everywhere belongs to English."""
    code = name.rpartition("_")[2]
    return code if code in dict(settings.LANGUAGES) else "en"


class OwnLanguages:
    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        for name in not_hers(form, self.request.user):
            del form.fields[name]
        return form


class CreateView(OwnLanguages, snippets.CreateView):
    pass


class EditView(OwnLanguages, snippets.EditView):
    pass


class EntryViewSet(snippets.SnippetViewSet):
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = CreateView
    edit_view_class = EditView

    @property
    def permission_policy(self):
        return EntryPolicy(self.model)


# Glossary --------------------------------------------------------------------------------------------------


class KeysField(forms.CharField):
    """A list of keys, written with commas."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return list(dict.fromkeys(key.strip() for key in (value or "").split(",") if key.strip()))


class GlossaryForm(WagtailAdminModelForm):
    see = KeysField(label=_("related terms"), required=False, help_text=_("Their ids, with commas between them."))

    def clean_see(self):
        keys = self.cleaned_data["see"]
        known = set(GlossaryTerm.objects.exclude(pk=self.instance.pk).values_list("key", flat=True))
        if missing := [key for key in keys if key not in known]:
            raise ValidationError(_("There is no other term with the id “%(key)s”."), params={"key": missing[0]})
        return keys


class GlossaryViewSet(EntryViewSet):
    model = GlossaryTerm
    icon = "list-ul"
    menu_label = _("Glossary")
    list_display = ["term_en", "key", "updated_at"]
    search_fields = ["key", "term_en", *(f"term_{code}" for code, _name in settings.LANGUAGES if code != "en")]
    edit_handler = tabs(GlossaryTerm, ["see"], ["term", "also", "definition"], GlossaryForm)


# Library ---------------------------------------------------------------------------------------------------


class LibraryViewSet(EntryViewSet):
    model = Resource
    icon = "link-external"
    menu_label = _("Library")
    list_display = ["title_en", "key", "kind", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["key", "title_en", "about_en", "url"]
    edit_handler = tabs(
        Resource,
        ["title_translated", "url", "audience", "topics", "languages", "kind", "licence", "countries"],
        ["title", "about"],
    )
