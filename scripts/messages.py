"""Collect the interface's strings into locale/<lang>/LC_MESSAGES/django.po (needs Debian's gettext).

Translations stay, strings that are gone leave, and nothing is guessed: a changed string comes out empty, never fuzzy.
"""

import subprocess
import sys
from pathlib import Path

import django
import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = sorted(path.parts[-3] for path in ROOT.glob("locale/*/LC_MESSAGES/django.po"))
DJANGO = Path(django.__file__).parent / "conf" / "locale"
MAKE = "makemessages --no-location --no-wrap --no-obsolete --ignore=.venv --ignore=var --ignore=node_modules --ignore=tests"


def header(language):
    return {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(language),
    }


def plural_forms(language):
    """Arabic has six; the five languages of the hub have two, and we write them alike."""
    own = polib.pofile(str(DJANGO / language / "LC_MESSAGES" / "django.po")).metadata["Plural-Forms"]
    return "nplurals=2; plural=(n != 1);" if own.startswith("nplurals=2") else own


def tidy(path, language):
    messages = polib.pofile(str(path), wrapwidth=0)
    messages.header = "The interface of the hub, BSD-3-Clause. Terms: locale/glossary.csv."
    messages.metadata = header(language)
    messages.metadata_is_fuzzy = False
    for entry in messages.fuzzy_entries():
        entry.flags.remove("fuzzy")
        entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    messages.save()
    missing = len(messages.untranslated_entries())
    print(f"{path.relative_to(ROOT)}: {len(messages)} strings, {missing} to translate")


def main():
    locales = [option for language in LANGUAGES for option in ("-l", language)]
    subprocess.run([sys.executable, "manage.py", *MAKE.split(), *locales], cwd=ROOT, check=True)
    for language in LANGUAGES:
        tidy(ROOT / "locale" / language / "LC_MESSAGES" / "django.po", language)


if __name__ == "__main__":
    main()
