"""Every message file can be compiled and leaves nothing untranslated; every kit and page can be read."""

import os
import sys

import polib
from stamps import ROOT

sys.path.insert(0, str(ROOT))

from hub.lib.wording import faults, read_terms, uses

LANGUAGES = ["it", "el", "hu", "sv"]
NAMES = ".also"  # other names of a term: each language has its own, whatever the English ones are
CONSISTENT = 0.98  # of the uses of a checked term of locale/glossary.csv


def complaints():
    allowed = set((ROOT / "locale" / "allowed.txt").read_text("utf-8").splitlines())
    for language in LANGUAGES:
        found = sorted((ROOT / "locale" / language).rglob("*.po"))
        if not found:
            yield f"locale/{language}: there is no message file."
        terms, used = read_terms(ROOT / "locale" / "glossary.csv", language), []
        for path in found:
            yield from check(path, language, terms, used, allowed)
        yield from inconsistent(language, used)


def check(path, language, terms, used, allowed):
    """What is wrong in one file. Uses of checked terms are added to `used`: (term, place, whether the translation has it)."""
    name = path.relative_to(ROOT)
    try:
        entries = polib.pofile(str(path), check_for_duplicates=True)
    except (OSError, ValueError) as failure:
        yield f"{name}: {failure}"
        return
    for entry in entries:
        if entry.obsolete:
            continue
        place = f"{name}:{entry.linenum}: “{entry.msgid[:60]}”"
        if entry.fuzzy or not entry.translated():
            yield f"{place} has no {'sure ' if entry.fuzzy else ''}translation."
            continue
        for english, text in pairs(entry) if not (entry.msgctxt or "").endswith(NAMES) else ():
            if text not in allowed:
                yield from (f"{place} {fault}." for fault in faults(english, text, language))
            for term in terms:
                if (there := uses(term, english, text)) is not None:
                    used.append((term.name, place, there))


def pairs(entry):
    """(English, translation) of an entry, each form of a plural with the English one it answers."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid if form == 0 else entry.msgid_plural, text) for form, text in entry.msgstr_plural.items()]


def inconsistent(language, used):
    missed = [(term, place) for term, place, there in used if not there]
    if len(missed) > (1 - CONSISTENT) * len(used):
        yield f"locale/{language}: {len(missed)} of {len(used)} uses of checked terms are not as in locale/glossary.csv:"
        yield from (f"    {place}: {term}" for term, place in missed)


def broken_texts():
    """What is wrong in content/ and in its translations, or not as content/style.yaml asks, with file and line; nothing is loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    import django

    django.setup()
    from courses.translation.style import style_faults
    from courses.translation.tree import BrokenFiles, read_texts

    try:
        texts = read_texts(ROOT)
    except BrokenFiles as broken:
        return list(map(str, broken.errors))
    return list(map(str, style_faults(ROOT, texts)))


def main():
    found = [*broken_texts(), *complaints()]
    print("\n".join(found[:50]) or "Texts and messages: nothing is broken, nothing is missing.")
    if len(found) > 50:
        print(f"… and {len(found) - 50} more.")
    return bool(found)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
