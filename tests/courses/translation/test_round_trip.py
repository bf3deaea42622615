"""Pages of any shape: flat -> file -> flat, and flat -> StreamField data -> flat."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.translation.data import parse_data
from courses.translation.documents import Document, parse_document
from courses.translation.entries import write_data
from courses.translation.flat import uuid_names
from courses.translation.schema import BLOCKS, DATA, PAGES
from courses.translation.segments import segments
from courses.translation.stream import Reader, Writer
from courses.translation.writing import write_document
from hub.lib.text import clean_text
from tests.courses.translation.test_markdown import bodies, write_markdown

WORDS = (
    st.text(st.sampled_from("aőΩ7 :-#'\"!{}[]&*|%@`,?>\u2028\u00a0\\"), min_size=1, max_size=15)
    .map(clean_text)
    .filter(bool)
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
IDS = st.from_regex(r"[a-z][a-z0-9]{2,6}", fullmatch=True)
MARKDOWN = bodies().map(write_markdown).filter(bool)


def without_headings(text):
    return not any(line.startswith("#") for line in text.split("\n"))


def values(field):
    return {
        "line": WORDS,
        "lines": LINES,
        "prose": MARKDOWN,
        "rich": MARKDOWN.filter(without_headings),
        "flag": st.booleans(),
        "number": st.integers(field.low, field.high),
        "needs": st.one_of(st.just("all"), st.integers(field.low, field.high)),
        "date": st.dates().map(str),
        "choice": st.sampled_from(field.choices or ("x",)),
        "image": st.just("picture.svg"),
        "file": st.just("file.pdf"),
        "url": st.just("https://example.org/"),
        "names": st.lists(
            st.sampled_from(field.choices) if field.choices else IDS, min_size=1, unique=True, max_size=3
        ),
    }[field.kind]


def fill(draw, flat, fields, prefix, taken):
    for field in fields:
        if field.kind == "list":
            fill_list(draw, flat, field, prefix, taken)
        elif field.required or field.default is not None or draw(st.booleans()):
            flat[prefix + field.name] = draw(values(field))


def fill_list(draw, flat, field, prefix, taken):
    names = draw(st.lists(IDS.filter(lambda i: i not in taken), min_size=int(field.required), max_size=2, unique=True))
    taken |= set(names)
    if names:
        flat[f"{prefix}{field.name}#"] = names
    for name in names:
        fill(draw, flat, field.fields, f"{prefix}{name}.", taken)


@st.composite
def pages(draw):
    kind = draw(st.sampled_from([kind for kind in PAGES.values() if kind.blocks]))
    flat, taken = {}, set()
    fill(draw, flat, kind.fields, "", taken)
    flat["#"] = []
    for name in draw(st.lists(st.sampled_from(kind.blocks), max_size=3)):
        block_id = draw(IDS.filter(lambda i: i not in taken))
        taken.add(block_id)
        flat["#"].append([name, block_id])
        fill(draw, flat, BLOCKS[name].fields, f"{block_id}.", taken)
    return kind, flat


class Numbers:
    """Numbers that are their names."""

    def page(self, page_id):
        return page_id

    page_id = page

    def asset(self, kind, name):
        return name

    asset_name = asset


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(pages())
def test_every_page_survives_as_a_file(page):
    kind, flat = page
    text = write_document("some-page", kind, flat)
    document = parse_document(text, "x.md")
    assert document.flat == flat
    assert write_document("some-page", kind, document.flat) == text
    assert write_document("some-page", kind, flat, document) == text


@QUICK
@given(pages())
def test_every_body_survives_as_stream_data(page):
    _kind, flat = page
    writer = Writer("some-page", flat, Numbers())
    reader = Reader(uuid_names("some-page", flat), Numbers())
    reader.read_body([writer.block(name, block_id) for name, block_id in flat["#"]])
    blocks = {block_id for _name, block_id in flat["#"]}
    assert reader.flat == {a: v for a, v in flat.items() if a == "#" or a.partition(".")[0] in blocks}


@QUICK
@given(pages())
def test_every_text_is_cut_into_segments_once(page):
    kind, flat = page
    found = segments(Document("x.md", "some-page", kind.name, flat))
    assert len(found) == len(set(found))
    assert all(text.strip() for _address, text in found)


@st.composite
def data_files(draw):
    kind = draw(st.sampled_from(list(DATA.values())))
    flat = {}
    fill_list(draw, flat, kind.fields[0], "", set())
    ids = f"{kind.fields[0].name}#"
    return kind.name, {**flat, ids: sorted(flat.get(ids, []))}


@QUICK
@given(data_files())
def test_a_data_file_says_again_what_was_written(made):
    name, flat = made
    empty = Document("", name, name, {f"{DATA[name].fields[0].name}#": []})
    text = write_data(name, flat, empty)
    document = parse_data(text, name)
    assert document.flat == flat
    assert write_data(name, flat, document) == text


@QUICK
@given(data_files(), WORDS)
def test_a_change_of_one_entry_leaves_the_bytes_of_all_others(made, word):
    name, flat = made
    spec = DATA[name].fields[0]
    ids = flat[f"{spec.name}#"]
    text = "# By hand.\n\n" + write_data(name, flat, Document("", name, name, {})).replace("\n- id", "\n\n- id")
    document = parse_data(text, name)
    assert document.flat == flat
    assert write_data(name, flat, document) == text or not ids
    if ids:
        changed = flat | {f"{ids[0]}.{spec.fields[0].name}": word}
        after = write_data(name, changed, document)
        assert parse_data(after, name).flat == changed
        assert after.partition("\n\n- id: ")[0] == "# By hand."
        assert after.split("\n- id: ")[2:] == text.split("\n- id: ")[2:]
