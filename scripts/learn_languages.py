"""Make hub/lib/trigrams.json: which three letters stand together in each language, learnt from the hub's own texts.

Every second text is left out, so that tests/hub/lib/test_guess_language.py can measure on texts that were never seen.
"""

import json
import math
import re
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hub.lib.guess_language import FILE, UNSEEN, trigrams  # noqa: E402

KEPT = 1_000  # trigrams a language
POOR = 0.005  # one sentence of 200 is rated lower than the floor
MARKS = re.compile(r"<[^>]*>|%\(\w+\)\w|\{\{?[^}]*\}?\}|https?://\S+|\]\([^)]*\)")
SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")


def texts():
    """{language: {text: whether it is one to learn from}}; English is what the others are translated from."""
    found = {"en": {}}
    for path in sorted((ROOT / "locale").rglob("*.po")):
        language = path.relative_to(ROOT / "locale").parts[0]
        for entry in polib.pofile(str(path)):
            if entry.msgstr and not entry.fuzzy:
                learns = blake2b(entry.msgid.encode()).digest()[0] % 2 == 0
                found["en"][entry.msgid] = found.setdefault(language, {})[entry.msgstr] = learns
    return found


def sentences(text):
    return [part.strip() for part in SENTENCE.split(MARKS.sub(" ", text)) if len(part.strip()) >= 20]


def learn(known):
    """The model of one language, from a list of texts."""
    counted = Counter(three for text in known for three in trigrams(MARKS.sub(" ", text)))
    total = counted.total()
    kept = {three: round(100 * math.log(number / total)) for three, number in counted.most_common(KEPT)}
    return {"floor": floor(kept, known), "trigrams": dict(sorted(kept.items()))}


def floor(kept, known):
    rated = []
    for sentence in (part for text in known for part in sentences(text)):
        threes = list(trigrams(sentence))
        rated.append(sum(kept.get(three, UNSEEN) for three in threes) / max(len(threes), 1))
    return round(sorted(rated)[int(len(rated) * POOR)])


if __name__ == "__main__":
    learnt = {
        language: learn([text for text, learns in known.items() if learns]) for language, known in texts().items()
    }
    FILE.write_text(json.dumps(learnt, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True), "utf-8")
    print(
        ", ".join(f"{language}: {model['floor']}" for language, model in learnt.items()), FILE.stat().st_size, "bytes"
    )
