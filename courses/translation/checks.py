"""What a single file cannot know to be wrong, and what a block must hold to be of use."""

import re
from collections import defaultdict
from pathlib import Path

from courses.blocks import page_codes
from courses.captions import caption_faults
from courses.diagrams import fault_in
from courses.translation import question_checks
from courses.translation.data import check_data, entry_ids
from courses.translation.documents import TextError
from courses.translation.schema import BLOCKS, PAGES

TERM_LINK = re.compile(r"\]\(term:([a-z0-9-]+)\)")
PAGE_LINK = re.compile(r"\]\(page:([a-z0-9-]+)\)")
FILM = (".mp4", ".webm")
FOLDERS = {"image": "content/images", "file": "content/files"}
# First parts of an address that belong to the hub's own views; an information page may not take one.
RESERVED_SLUGS = frozenset(
    (
        "kits forums search trainer reports results my accounts staff leave library glossary countries media static health editor "
        "documents language certificates"
    ).split()
)
PRINT = "print"  # between a kit or module and what is made for paper
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")


def check_all(root, documents, data, *, assets):
    """TextErrors for everything that is wrong between or inside otherwise readable files."""
    errors, slugs, terms = list(check_data(data)), {}, frozenset(entry_ids(data, "glossary"))
    for document in documents.values():
        errors += check_place(document, slugs)
        errors += check_links(document, documents, terms)
        errors += check_blocks(document)
        errors += check_rows(document)
        if assets:
            errors += check_assets(root, document)
            errors += check_diagrams(root, document)
    return [*errors, *check_pulls(documents), *check_topics(documents)]


def fault(document, address, message):
    return TextError(document.path, document.lines.get(address, 2), message)


def check_place(document, slugs):
    slug = document.flat.get("slug")
    if document.kind.parent and not document.parent:
        head = {"kit": "kit.md", "module": "module.md"}.get(
            document.kind.parent, f"a page of type {document.kind.parent}"
        )
        yield fault(document, "", f"a {document.type} needs {head} above it")
    if document.type == "home" or slug is None:
        return
    if not SLUG.match(slug):
        yield fault(document, "slug", f"“{slug}” is no slug: use a-z, 0-9 and -")
    if document.type == "info" and slug in RESERVED_SLUGS:
        yield fault(document, "slug", f"/{slug}/ belongs to the hub itself: choose another slug")
    if document.type == "countries" and slug != "countries":
        yield fault(document, "slug", "the list of countries has the slug “countries”: write that")
    if document.type in {"module", "lesson"} and slug == PRINT:
        yield fault(document, "slug", f"/{PRINT}/ is the way to the sheets for paper: choose another slug")
    if document.type == "handout" and slug == "all":
        yield fault(document, "slug", "/print/all/ is the whole kit to print: choose another slug")
    if (other := slugs.setdefault((document.parent, slug), document.path)) != document.path:
        yield fault(document, "slug", f"{other} has the slug “{slug}” beside it: choose another")


def check_links(document, documents, terms):
    for address, value in document.flat.items():
        if not isinstance(value, str):
            continue
        for page_id in PAGE_LINK.findall(value):
            if page_id not in documents:
                yield fault(document, address, f"page:{page_id} leads to no page: use the id of a page")
        for match in TERM_LINK.finditer(value):
            if match[1] not in terms:
                fault_line = document.lines.get(address, 2) + value.count("\n", 0, match.start())
                message = f"term:{match[1]} leads to no term: use the id of one in content/glossary.yaml"
                yield TextError(document.path, fault_line, message)


def check_assets(root, document):
    for name, block_id in document.flat.get("#", ()):
        for spec in BLOCKS[name].fields:
            address = f"{block_id}.{spec.name}"
            if spec.kind not in FOLDERS or address not in document.flat:
                continue
            path = Path(root) / FOLDERS[spec.kind] / document.flat[address]
            if not path.is_file():
                yield fault(
                    document, address, f"there is no {FOLDERS[spec.kind]}/{document.flat[address]}: add the file"
                )


def check_diagrams(root, document):
    """The drawing of a diagram is one of ours, and has a place for each label and a label for each place."""
    for name, block_id in document.flat.get("#", ()):
        address = f"{block_id}.picture"
        if name != "diagram" or address not in document.flat:
            continue
        shown = f"{FOLDERS['image']}/{document.flat[address]}"
        path = Path(root) / shown
        if path.is_file():
            names = [document.flat[f"{block_id}.{i}.name"] for i in document.flat.get(f"{block_id}.labels#", ())]
            if message := drawing_fault(path, names):
                yield fault(document, address, f"{shown}: {message}")


def drawing_fault(path, names):
    if path.suffix != ".svg":
        return "a diagram is an SVG file"
    try:
        return fault_in(path.read_text(encoding="utf-8"), names)
    except UnicodeDecodeError:
        return "this file is not UTF-8: save it as UTF-8"


def check_pulls(documents):
    """What a reflection pulls must be written before it: in reading order, in the same kit."""
    pages = defaultdict(set)
    for document in documents.values():
        kit = Path(document.path).parts[:3]
        for _name, block_id in document.flat.get("#", ()):
            address = f"{block_id}.pulls"
            for code in page_codes(document.flat.get(address)):
                if code not in pages[kit]:
                    yield fault(document, address, f"“{code}” is no earlier page of this kit's booklet")
            pages[kit].add(document.flat.get(f"{block_id}.booklet"))


def check_topics(documents):
    """An assessment afterwards needs one before with the same topic, in the same kit."""
    before, after = set(), []
    for document in documents.values():
        kit = Path(document.path).parts[:3]
        for name, block_id in document.flat.get("#", ()):
            if name == "assessment":
                topic = (kit, document.flat[f"{block_id}.topic"])
                if document.flat[f"{block_id}.moment"] == "before":
                    before.add(topic)
                else:
                    after.append((topic, document, block_id))
    for topic, document, block_id in after:
        if topic not in before:
            yield fault(document, block_id, f"no assessment before has the topic “{topic[1]}”: write one in this kit")


def check_blocks(document):
    for name, block_id in document.flat.get("#", ()):
        check = CHECKS.get(name)
        if check and (message := check(document.flat, block_id)):
            yield fault(document, block_id, message)


def check_rows(document):
    """A country page has each of its rows once at most; those that are not there show as still to be verified."""
    seen = set()
    for name, block_id in document.flat.get("#", ()):
        row = document.flat.get(f"{block_id}.row")
        if name == "bodies" and row in seen:
            yield fault(document, f"{block_id}.row", f"the row “{row}” stands here twice: put its offices into one")
        seen.add(row)


def check_session(flat, block_id):
    total = sum(flat[f"{block_id}.{step}.minutes"] for step in flat[f"{block_id}.steps#"])
    if total != flat[f"{block_id}.minutes"]:
        return f"the steps take {total} minutes, the session says {flat[f'{block_id}.minutes']}: make them agree"
    return None


def check_media(flat, block_id):
    film = flat[f"{block_id}.file"].endswith(FILM)
    captions = flat.get(f"{block_id}.captions", "")
    if film and not captions.startswith("WEBVTT"):
        return "a film needs captions that begin with WEBVTT"
    faults = caption_faults(captions) if captions else ()
    return faults[0] if faults else None


def check_table(flat, block_id):
    width = len(flat[f"{block_id}.header#"])
    for row in flat[f"{block_id}.rows#"]:
        if len(flat[f"{block_id}.{row}.cells#"]) != width:
            return f"the row “{row}” has not {width} cells as the header has"
    return None


CHECKS = {**question_checks.CHECKS, "session": check_session, "media": check_media, "table": check_table}

__all__ = ["CHECKS", "PAGES", "RESERVED_SLUGS", "check_all"]
