"""Every message file can be compiled and leaves nothing untranslated; every kit and page can be read."""

import os
import sys

import polib
from stamps import ROOT

LANGUAGES = ["it", "el", "hu", "sv"]


def complaints():
    for language in LANGUAGES:
        found = sorted((ROOT / "locale" / language).rglob("*.po"))
        if not found:
            yield f"locale/{language}: there is no message file."
        for path in found:
            yield from check(path)


def check(path):
    name = path.relative_to(ROOT)
    try:
        entries = polib.pofile(str(path), check_for_duplicates=True)
    except (OSError, ValueError) as failure:
        yield f"{name}: {failure}"
        return
    for entry in entries:
        if not entry.obsolete and (entry.fuzzy or not entry.translated()):
            yield f"{name}:{entry.linenum}: “{entry.msgid[:60]}” has no {'sure ' if entry.fuzzy else ''}translation."


def broken_texts():
    """What is wrong in content/ and in its translations, with file and line; nothing is loaded."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    import django

    django.setup()
    from courses.translation.tree import BrokenFiles, read_texts

    try:
        read_texts(ROOT)
    except BrokenFiles as broken:
        return list(map(str, broken.errors))
    return []


def main():
    found = [*broken_texts(), *complaints()]
    print("\n".join(found[:50]) or "Texts and messages: nothing is broken, nothing is missing.")
    if len(found) > 50:
        print(f"… and {len(found) - 50} more.")
    return bool(found)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
