from modeltranslation.translator import TranslationOptions, register

from hub.reports.models import Result


@register(Result)
class ResultTranslation(TranslationOptions):
    fields = ("title", "about")
    required_languages = ("en",)
