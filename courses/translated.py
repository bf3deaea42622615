"""Texts that stand on no page and are kept in every language of the hub beside each other."""

from modeltranslation.translator import TranslationOptions, register

from courses.models import GlossaryTerm, Resource


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("title", "about")
    required_languages = ("en",)


@register(GlossaryTerm)
class GlossaryTranslation(TranslationOptions):
    fields = ("term", "definition", "also")
    required_languages = ("en",)
