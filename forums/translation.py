from modeltranslation.translator import TranslationOptions, register

from forums.models import Forum, ForumTag


@register(Forum)
class ForumTranslation(TranslationOptions):
    fields = ("name", "topic")
    required_languages = ("en",)


@register(ForumTag)
class ForumTagTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en",)
