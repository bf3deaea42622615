"""Every name that the interface of the editor may show: the messages of the hub and of Wagtail."""

from functools import lru_cache
from pathlib import Path

import polib
import wagtail
from django.conf import settings


@lru_cache(maxsize=1)
def known_names():
    files = [settings.BASE_DIR / "locale" / "sv" / "LC_MESSAGES" / "django.po"]
    for app in ("", "admin", "users"):
        files.append(Path(wagtail.__file__).parent / app / "locale" / "en" / "LC_MESSAGES" / "django.po")
    return {entry.msgid for file in files for entry in polib.pofile(str(file)) if not entry.obsolete}
