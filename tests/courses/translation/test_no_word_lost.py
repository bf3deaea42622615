"""Whatever hub and file do to their texts, in any order: no word of either side is gone without somebody having decided it."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringTranslation

from courses.models import TextConflict
from courses.translation.entries import merge_texts
from courses.translation.load import load_texts
from courses.translation.settle import Verdict, mark, settle
from courses.translation.tree import read_texts
from tests.courses.translation.exchanged import bring_in, look, taken_out
from tests.courses.translation.small import write_small

TEXTS = st.sampled_from(["one", "two", "three"])
SOME = st.one_of(st.none(), TEXTS)
QUICK = settings(max_examples=200, deadline=None)


@QUICK
@given(SOME, SOME, st.lists(SOME, min_size=1, max_size=2))
def test_a_side_gives_way_only_where_it_says_what_both_have_shared(ours, theirs, bases):
    verdict = settle(ours, theirs, bases)
    lost = {Verdict.SAME: [], Verdict.TAKEN: [ours], Verdict.KEPT: [theirs], Verdict.CONFLICT: []}[verdict]
    assert all(text in bases for text in lost)
    assert (verdict is Verdict.SAME) == (ours == theirs)


@QUICK
@given(
    st.dictionaries(st.sampled_from("abc"), TEXTS),
    st.dictionaries(st.sampled_from("abc"), TEXTS),
    st.dictionaries(st.sampled_from("abc"), TEXTS),
)
def test_merging_a_file_loses_no_text_of_the_hub_and_names_each_of_the_file_that_waits(base, theirs, ours):
    marks = {address: mark(text) for address, text in base.items()}
    merged = merge_texts(marks, theirs, ours)
    for address, text in ours.items():
        assert merged.flat.get(address) == text or base.get(address) == text
    for address, text in theirs.items():
        assert merged.flat.get(address) == text or address in merged.conflicts or base.get(address) == text
    assert merge_texts({a: mark(t) for a, t in merged.flat.items()}, merged.flat, merged.flat).flat == merged.flat


# What becomes of each entry: left alone, changed in the hub, in the file, by both, or by both alike; emptied or fuzzy in the file.
FATES = st.lists(st.sampled_from(["same", "hub", "file", "both", "alike", "empty", "fuzzy"]), min_size=21, max_size=21)


class Rollback(Exception):
    pass


@pytest.fixture
def loaded(db, tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    load_texts(read_texts(write_small(tmp_path)))


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(FATES)
def test_a_file_comes_back_and_every_word_of_both_sides_is_still_there(loaded, fates):
    try:
        with transaction.atomic():
            go_and_come_back(fates)
            raise Rollback
    except Rollback:
        pass


def go_and_come_back(fates):
    po = taken_out()
    wanted, waiting = {}, {}
    for entry, fate in zip(po, fates, strict=False):
        place, before = (entry.msgctxt, entry.msgid), entry.msgstr
        hub, file = change(entry, fate)
        wanted[place] = hub if fate in {"hub", "both"} else file if fate in {"file", "alike"} else before
        waiting |= {place: file} if fate == "both" else {}
    bring_in(look(po), publish=False)
    now = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in taken_out()}
    assert {place: now[place] for place in wanted} == wanted
    rows = TextConflict.objects.values_list("page_id", "address", "english", "theirs")
    assert {(f"{page}#{address}", english): text for page, address, english, text in rows} == waiting
    assert look(taken_out()).items == []


def change(entry, fate):
    """Let an entry meet its fate; (the hub's new text, the file's)."""
    hub, file = f"hub {entry.msgstr}", f"hub {entry.msgstr}" if fate == "alike" else f"file {entry.msgstr}"
    if fate in {"hub", "both", "alike"}:
        path = {"data": entry.msgstr, "translation_of__data": entry.msgid}
        StringTranslation.objects.filter(**path).update(data=hub)
    if fate in {"file", "both", "alike"}:
        entry.msgstr = file
    if fate == "empty":
        entry.msgstr = ""
    if fate == "fuzzy":
        entry.msgstr, entry.flags = file, ["fuzzy"]
    return hub, file
