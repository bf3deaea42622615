"""The zip archive that a .docx is, opened with suspicion: everything is measured before anything is unpacked."""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from courses.word.refusal import WordRefused

MOST_BYTES = 30_000_000  # of the file
MOST_UNPACKED = 200_000_000
MOST_XML = 40_000_000  # unpacked; 80,000 words with much formatting take half of it
MOST_PARTS = 2_000
TYPES = "[Content_Types].xml"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What other files begin with.
OLD_WORD = b"\xd0\xcf\x11\xe0"


def open_package(data):
    """`data` (bytes) as a zipfile.ZipFile. Raises WordRefused."""
    refuse_by_first_bytes(data)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        refuse_by_size(package.infolist())
        refuse_by_kind(package)
    except WordRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError) as broken:
        raise WordRefused(damaged()) from broken
    return package


def damaged():
    return _("This file is damaged. Please open it in Word, save it once more as .docx, and choose it again.")


def no_word_file():
    return _("This is no Word document. Please choose a file that was saved as .docx.")


def too_large():
    return _(
        "This document is too large to be read here. Please take out large pictures or part it into two documents."
    )


def with_password():
    return _("This document is protected with a password. Please take the password away in Word and save it again.")


def refuse_by_first_bytes(data):
    if len(data) > MOST_BYTES:
        raise WordRefused(too_large())
    if data.startswith(OLD_WORD):
        if ENCRYPTED in data:
            raise WordRefused(with_password())
        raise WordRefused(_("This is an old Word file (.doc). Please open it in Word and save it as .docx."))
    if not data.startswith(b"PK"):
        raise WordRefused(no_word_file())


def refuse_by_size(parts):
    """By what the archive says of itself: zipfile reads no byte more of a part than is said there."""
    if any(part.flag_bits & 1 for part in parts):
        raise WordRefused(with_password())
    if len({part.filename for part in parts}) < len(parts):
        raise WordRefused(damaged())
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS or xml > MOST_XML or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WordRefused(too_large())


def refuse_by_kind(package):
    names = {name.lower() for name in package.namelist()}
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        raise WordRefused(_("This is an OpenDocument text (.odt). Please save it as .docx and choose it again."))
    types = package.read(TYPES).lower() if TYPES in package.namelist() else b""
    if b"macroenabled" in types or any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise WordRefused(
            _("This document has macros (programs). Please save it as .docx without macros and choose it again.")
        )
    if b"wordprocessingml.document.main" not in types and b"wordprocessingml.template.main" not in types:
        raise WordRefused(no_word_file())
