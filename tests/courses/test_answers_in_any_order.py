"""The same writes, by many clients, in any order and more than once, end in the same record.

The record is everything that is kept of her: each version with its words and the one it follows, and whether it stands in her field,
beside it, or among the older ones. Two texts sent under one id are both shown; which of them came first may keep the id.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from courses import answers
from courses.models import Answer, Enrolment
from courses.versions import new_id

KIT, LESSON = UUID(int=1), UUID(int=2)
BLOCKS = [UUID(int=n) for n in range(10, 15)]
CLIENTS, WRITES = 16, 40  # scripts/prove_answers.py does it with 1,000 through a running server


def save(user, block, client_id, text, base=None):
    place = {"kit_key": KIT, "lesson_key": LESSON, "block_id": block}
    return answers.save_answer(user=user, **place, client_id=client_id, base=base, body={"text": text, "how": ""})


def history(random, number):
    """Writes (block, id, words, base) as two devices make them: each goes on from something it has seen; some words come twice."""
    seen, writes = {block: [None] for block in BLOCKS}, []
    for turn in range(number):
        block = random.choice(BLOCKS)
        base = random.choice(seen[block][-3:])
        words = f"words {turn // 2 if random.random() < 0.1 else turn}"
        client_id = new_id(after=base)
        writes.append((block, client_id, words, base))
        seen[block].append(client_id)
    used = random.sample(writes, number // 20)
    return writes + [(block, client_id, f"{words}, after going back", base) for block, client_id, words, base in used]


def record(user, writes):
    sent = {client_id: Counter(write[1] for write in writes)[client_id] for _block, client_id, *_ in writes}
    rows = Answer.objects.filter(user=user)
    return sorted(
        (
            str(row.block_id),
            row.body["text"],
            str(row.base),
            row.state,
            str(row.client_id) * (sent.get(row.client_id) == 1),
        )
        for row in rows
    )


def replay(user, writes, seed):
    random = Random(seed)
    order = writes + random.sample(writes, len(writes) // 4)
    random.shuffle(order)
    try:
        for block, client_id, words, base in order:
            save(user, block, client_id, words, base)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_sixteen_clients_with_the_same_writes_end_in_the_record_of_one(learner, stranger):
    writes = history(Random(3), WRITES)
    for block, client_id, words, base in writes:
        save(stranger, block, client_id, words, base)
    wanted = without_clashes(record(stranger, writes), writes)
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda seed: replay(learner, writes, seed), range(CLIENTS)))
    assert without_clashes(record(learner, writes), writes) == wanted
    assert Answer.objects.filter(user=learner).count() == len(writes)
    assert Enrolment.objects.filter(user=learner).count() == 1


def without_clashes(rows, writes):
    """The record, but for what depends on which of two texts under one id came first; both are in it."""
    used = {words for _block, client_id, words, _base in writes if Counter(w[1] for w in writes)[client_id] > 1}
    return sorted(
        (block, words, base, "" if words in used else state, name) for block, words, base, state, name in rows
    )


# Saving, replaying, bringing back and deleting, in any order --------------------------------------------------------


class Words(RuleBasedStateMachine):
    """One block, seen from three devices that know of each other's versions late or never."""

    user = None

    @initialize()
    def nothing_yet(self):
        Answer.objects.all().delete()
        self.sent, self.gone = [], set()

    @rule(text=st.sampled_from("abcd"), back=st.integers(0, 3))
    def write(self, text, back):
        base = self.sent[-1 - back][0] if len(self.sent) > back else None
        self.send((new_id(after=base), text, base))

    @rule(number=st.integers(0, 40))
    def repeat(self, number):
        if self.sent:
            self.send(self.sent[number % len(self.sent)])

    def send(self, write):
        client_id, text, base = write
        saved = save(self.user, BLOCKS[0], client_id, text, base)
        assert (saved is None) == (client_id in self.gone)
        if write not in self.sent:
            self.sent.append(write)

    @rule()
    def bring_back(self):
        old = self.rows().filter(state=Answer.State.REPLACED).first()
        if old:
            place = {"lesson_key": LESSON, "block_id": BLOCKS[0]}
            back = answers.restore_version(user=self.user, **place, client_id=old.client_id, new_id=new_id())
            self.sent.append((back.client_id, back.body["text"], back.base))
            assert back.state == Answer.State.CURRENT

    @rule()
    def delete(self):
        self.gone |= set(self.rows().values_list("client_id", flat=True))
        answers.delete_answer(user=self.user, lesson_key=LESSON, block_id=BLOCKS[0])

    def rows(self):
        return Answer.objects.filter(user=self.user)

    @invariant()
    def every_version_is_kept_once_until_it_is_deleted(self):
        kept = sorted(self.rows().values_list("client_id", flat=True))
        assert kept == sorted({client_id for client_id, *_ in self.sent} - self.gone)

    @invariant()
    def one_version_stands_in_the_field_and_no_words_twice(self):
        shown = [(row.state, row.body["text"]) for row in self.rows().shown()]
        assert [state for state, _text in shown].count(Answer.State.CURRENT) == bool(self.rows())
        assert len({text for _state, text in shown}) == len(shown)

    @invariant()
    def words_that_nothing_followed_are_shown(self):
        rows = self.rows().order_by("client_id")
        newest = {row.body["text"]: row for row in rows}
        followed = {base for _id, _text, base in self.sent}
        shown = {row.body["text"] for row in rows if row.state != Answer.State.REPLACED}
        assert {text for text, row in newest.items() if row.client_id not in followed} <= shown


@pytest.mark.django_db
def test_no_history_of_saving_replaying_restoring_and_deleting_loses_words(learner):
    Words.user = learner
    checks = list(HealthCheck)
    run_state_machine_as_test(
        Words, settings=settings(max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=checks)
    )
