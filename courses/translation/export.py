"""From Wagtail, and from the English files, back to text files."""

from courses.translation.po import build_catalog, po_path, write_catalog
from courses.translation.tree import languages


def write_catalogs(texts, translation=None):
    """Bring every PO file in line with the English text; the paths that changed.

    What a translator wrote stays; what is new has an empty msgstr; what is no longer used stays at the end, marked #~.
    `translation(language, document, segment)` may know a newer text than the file, or give "".
    """
    changed = []
    for unit, documents in texts.units().items():
        for language in languages():
            path = po_path(texts.root, language, unit)
            known = texts.catalogs.get((language, unit))

            def text(document, segment, language=language, known=known):
                newer = translation(language, document, segment) if translation else ""
                return newer or (known.found.get((document.id, *segment), "") if known else "")

            if write_catalog(path, build_catalog(language, documents, text)):
                changed.append(path.relative_to(texts.root).as_posix())
    return changed
