"""Versions of an answer: their ids, and which of them are shown. Nothing here reads or writes the database.

Which version is shown follows from the versions alone, never from the order in which they arrived. So a queue of writes that is
sent twice, late or by several devices at once ends in the same record.
"""

import json
import time
from hashlib import blake2b
from secrets import token_bytes
from uuid import UUID

from courses.models import Answer

State = Answer.State
# Kept side by side until she decides. Of every other kind (the tries at a question) only the newest is shown.
WORDS = frozenset({"reflection", "checklist", "assessment"})
LATEST = 2**48 - 1


def new_id(after=None):
    """A UUID of version 7 (RFC 9562): it begins with the time, so that what was written later has the greater id.

    It is greater than `after`, the id of the version it will follow, even when that one came from a device with a fast clock.
    """
    moment = max(time.time_ns() // 1_000_000, (after.int >> 80) + 1 if after else 0)
    raw = bytearray(min(moment, LATEST).to_bytes(6, "big") + token_bytes(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return UUID(bytes=bytes(raw))


def second_id(client_id, place, body):
    """The id under which other words sent with a used id are kept: the same for the same words, so that a replay is found.

    It stands after the used id and before any that was made a moment later.
    """
    words = blake2b(as_text([str(key) for key in place.values()], body), digest_size=8).digest()
    return UUID(bytes=client_id.bytes[:8] + bytes([0xC0 | words[0]]) + words[1:])


def digest_of(body):
    return blake2b(as_text(body), digest_size=16).hexdigest()


def as_text(*parts):
    return json.dumps(parts, sort_keys=True).encode()


def settle(versions, *, side_by_side):
    """{id: state} of the versions of one block; `versions` have `client_id`, `base`, `digest` and `state`.

    A version is older when another one follows it, or when the same words were written again later. Of the rest the newest
    stands in her field, and the others beside it. What is older stays older, whatever is deleted after it.
    """
    states = {version.client_id: State.REPLACED for version in versions}
    open_ones = [version for version in newest_of_each(versions) if version.state != State.REPLACED]
    followed = {(version.base, version.digest) for version in versions if version.base}
    shown = [v.client_id for v in open_ones if not is_followed(v, followed)] or [v.client_id for v in open_ones]
    if not shown:
        return states
    states |= dict.fromkeys(shown, State.BESIDE if side_by_side else State.REPLACED)
    return states | {max(shown): State.CURRENT}


def newest_of_each(versions):
    """One version for each text. Rows from before digests were kept count as texts of their own."""
    newest = {version.digest or version.client_id: version for version in sorted(versions, key=lambda v: v.client_id)}
    return newest.values()


def is_followed(version, followed):
    """Whether other words follow it; the same words sent once more are no others."""
    return any(base == version.client_id and digest != version.digest for base, digest in followed)
