"""Files that go out and come back, for tests."""

import polib

from courses.models import TextImport
from courses.translation.applying import apply_import
from courses.translation.incoming import language_in, plan_import, read_po
from courses.translation.outgoing import export_file


def taken_out(language="it", scope="small", **options):
    """A download, read by polib: its entries can be changed."""
    return polib.pofile(export_file(language=language, scope=scope, **options).decode())


def entry(po, address, english=None):
    return next(e for e in po if e.msgctxt == address and english in (None, e.msgid))


def bytes_of(po):
    return f"{po}\n".encode()


def look(po, **options):
    """The plan for a file."""
    po = read_po(po if isinstance(po, bytes) else bytes_of(po))
    return plan_import(po, language_in(po), **options)


def verdicts(plan):
    """{msgctxt: (verdict, reason)} of the entries that are shown."""
    return {f"{item['page']}#{item['address']}": (item["verdict"], item["reason"]) for item in plan.items}


def bring_in(plan, *, user=None, publish=True, choice=None):
    """Applies a plan as its page would; the TextImport afterwards."""
    for item in plan.items:
        if item["verdict"] == "conflict" and choice:
            item["choice"] = choice
    row = TextImport.objects.create(
        user=user,
        language=plan.language,
        file_name="small.po",
        file_hash="0" * 64,
        state=TextImport.State.APPLYING,
        publish=publish,
        items=plan.items,
        counts=plan.counts,
    )
    apply_import.func(row.pk)
    row.refresh_from_db()
    return row
