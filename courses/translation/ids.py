"""Short ids of the text files and the UUIDs they stand for, the same in every database."""

import re
import secrets
import uuid

NAMESPACE = uuid.UUID("6d1c0f5e-7b0a-5d6e-9a53-2f9d0e1b7c48")
SHORT_ID = re.compile(r"[a-z][a-z0-9-]{1,39}$")


def is_full(short_id):
    """Whether the id is a UUID written out, as for what an editor made in the browser."""
    try:
        return str(uuid.UUID(short_id)) == short_id
    except ValueError:
        return False


def is_id(text):
    return bool(SHORT_ID.match(text)) or is_full(text)


def page_key(page_id):
    return uuid.UUID(page_id) if is_full(page_id) else uuid.uuid5(NAMESPACE, page_id)


def block_uuid(page_id, *path):
    """The UUID of a block, or of an item in it: `path` is (block id,), (block id, item id) or (block id, row id, cell id)."""
    if is_full(path[-1]):
        return path[-1]
    return str(uuid.uuid5(NAMESPACE, f"{page_id}#{'.'.join(path)}"))


def new_id(taken):
    """An id that is not in `taken`, made from nothing, so that no change of text or place can make it wrong."""
    while (made := "x" + secrets.token_hex(3)) in taken:
        pass
    return made
