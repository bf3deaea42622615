"""Texts that hub and files have both changed, as load_kits finds them: listed until somebody decides."""

from django.db import transaction

from courses.models import TextConflict
from courses.translation.segments import escaped
from courses.translation.settle import mark

LOAD = TextConflict.Origin.LOAD


class Clashes:
    """Collected while loading. What is listed of a page and language that was looked at again is replaced."""

    def __init__(self, memory):
        self.memory, self.seen, self.found = memory, set(), []

    def look(self, page_id, language):
        self.seen.add((page_id, language))

    def add(self, *, key, page_id, language, address, english, name, theirs):
        base = self.memory.base_text(key, language, name)
        self.found.append(
            TextConflict(
                language=language,
                page_id=page_id,
                address=address,
                english=english,
                mark=mark(english),
                base=base,
                theirs=theirs,
                origin=LOAD,
            )
        )

    def add_merged(self, *, key, document, language, merged, theirs, english=None):
        """The conflicts of a merge that are texts; `english(address)` gives what they translate."""
        self.look(document.id, language)
        for address in merged.conflicts:
            text = theirs.get(address)
            if isinstance(text, str):
                place = {"page_id": document.id, "language": language, "address": address, "name": address}
                english_text = english(address) if english else ""
                self.add(key=key, english=english_text, theirs=escaped(text) if english else text, **place)

    @transaction.atomic
    def save(self):
        """Bring the list up to date, and give its length; a conflict that was listed before keeps its day."""
        found = {one_of(row): row for row in self.found}
        for row in TextConflict.objects.filter(origin=LOAD):
            if (row.page_id, row.language) not in self.seen:
                continue
            new = found.pop(one_of(row), None)
            if new is None:
                row.delete()
            elif (row.theirs, row.base) != (new.theirs, new.base):
                row.theirs, row.base = new.theirs, new.base
                row.save(update_fields=["theirs", "base"])
        TextConflict.objects.bulk_create(found.values())
        return len(self.found)


def one_of(row):
    return row.language, row.page_id, row.address, row.mark
