"""The flat form of a page, and the one merge of what the file says, what the hub holds and what was loaded last.

Loading writes the merged page to the hub, exporting writes it to the file, checking compares it with both.
"""

from typing import NamedTuple

from courses.translation.ids import block_uuid
from courses.translation.schema import BLOCKS
from courses.translation.settle import Verdict, mark, settle_at


def walk(flat, page_kind):
    """(field, address) of everything a page can hold and everything its lists do hold, in reading order."""
    yield from _walk(flat, page_kind.fields, "")
    for name, block_id in flat.get("#", ()):
        yield from _walk(flat, BLOCKS[name].fields, f"{block_id}.")


def _walk(flat, fields, prefix):
    for field in fields:
        if field.kind != "list":
            yield field, prefix + field.name
            continue
        yield field, f"{prefix}{field.name}#"
        for item_id in flat.get(f"{prefix}{field.name}#", ()):
            yield from _walk(flat, field.fields, f"{prefix}{item_id}.")


def prune(flat, page_kind):
    """`flat` without what no list leads to any more."""
    kept = {address: flat[address] for _field, address in walk(flat, page_kind) if address in flat}
    return {**kept, "#": flat["#"]} if "#" in flat else kept


def marks(flat):
    return {address: mark(value) for address, value in flat.items()}


class Merged(NamedTuple):
    """`flat`: the page as it should be. `kept`: addresses where an editor's change stands against the file.

    `conflicts`: those of them where the file changed too, in another way.
    """

    flat: dict
    kept: list
    conflicts: list


def merge(base, theirs, ours, page_kind, known=None):
    """Merge the file (`theirs`) into the hub (`ours`); `base` holds the marks of what was loaded last, `known` more of them.

    What nobody changed in the hub follows the file; what an editor changed, added or removed stays.
    """
    flat, kept, conflicts = {}, [], []
    for address in dict.fromkeys([*theirs, *ours]):
        new, old = theirs.get(address), ours.get(address)
        if new == old:
            value = new
        elif address.endswith("#"):
            value = merge_list(base, new or [], old or [], address, ours, kept)
        else:
            verdict = settle_at(address, old, new, base, known or {})
            value = new if verdict is Verdict.TAKEN else old
            kept += [address] if verdict is not Verdict.TAKEN else []
            conflicts += [address] if verdict is Verdict.CONFLICT else []
        if value is not None:
            flat[address] = value
    flat = prune(flat, page_kind)
    reachable = set(flat) | set(ours)
    return Merged(flat, [a for a in kept if a in reachable], [a for a in conflicts if a in reachable])


def merge_list(base, new, old, address, ours, kept):
    before = base.get(address) or []
    prefix = address[:-1].rpartition(".")[0]

    def touched(item):
        own = f"{prefix}.{_name(item)}." if prefix else f"{_name(item)}."
        return any(base.get(a) != mark(v) for a, v in ours.items() if a.startswith(own))

    removed = [item for item in old if item in before and item not in new and not touched(item)]
    stays = [item for item in old if item in before and item not in new and touched(item)]
    if stays or old != before:
        kept.append(address)
    if old == before and not stays:
        return list(new)
    result = [item for item in old if item not in removed]
    for index, item in enumerate(new):
        if item not in before and item not in result:
            earlier = [result.index(other) for other in new[:index] if other in result]
            result.insert(max(earlier) + 1 if earlier else 0, item)
    return result


def _name(item):
    return item[1] if isinstance(item, list) else item


def remember(base, merged):
    """The marks to keep after `merged` was loaded: an editor's change goes on being seen as one."""
    marked = marks(merged.flat)
    for address in merged.kept:
        marked.pop(address, None)
        if address in base:
            marked[address] = base[address]
    return marked


def id_paths(flat):
    """Every path of ids in a flat page or its marks: (block,), (block, item), (block, row, cell)."""
    for address, value in flat.items():
        if address.endswith("#"):
            above = tuple(address[:-1].split(".")[:-1])
            for item in value or ():
                yield (*above, _name(item))


def uuid_names(page_id, *flats):
    """{uuid: short id} of everything named in `flats`."""
    return {block_uuid(page_id, *path): path[-1] for flat in flats for path in id_paths(flat)}
