from modeltranslation.translator import TranslationOptions, register

from forums.models import Forum


@register(Forum)
class ForumTranslation(TranslationOptions):
    fields = ("name", "topic")
    required_languages = ("en",)
