"""The languages in which something outside the hub may be."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

SEVERAL = ("mul", _("several languages"))


def languages_elsewhere():
    """[(code, its own name)]: the hub's own, and those whose texts come with it."""
    ours = dict(settings.LANGUAGES).keys() | settings.COMPLETE_LANGUAGES
    return [(code, name) for code, name in settings.LANGUAGE_NAMES.items() if code in ours]
