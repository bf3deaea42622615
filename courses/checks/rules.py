"""The limits and words of content/style.yaml and the hosts of content/links.yaml, read once."""

import re
from functools import lru_cache

import yaml
from django.conf import settings

from courses.translation.style import pattern, read_rules


@lru_cache(maxsize=1)
def rules():
    return read_rules(settings.BASE_DIR)


@lru_cache
def avoided_words(language, audience):
    """[(pattern, what to write instead)] for what is not written in a language."""
    listed = rules()["avoid"] if language == "en" else rules().get("avoid_in", {}).get(language, ())
    return [(pattern(rule["word"]), rule["instead"]) for rule in listed if rule["where"] in ("all", audience)]


@lru_cache
def any_avoided(language, audience):
    """One pattern for all of them, so that a text without any is looked through once."""
    return re.compile(
        "|".join(wanted.pattern for wanted, _instead in avoided_words(language, audience)) or r"(?!)", re.I
    )


@lru_cache
def empty_links(language):
    return frozenset(rules().get("empty_links", {}).get(language, ()))


@lru_cache(maxsize=1)
def listed_hosts():
    text = (settings.BASE_DIR / "content" / "links.yaml").read_text(encoding="utf-8")
    return frozenset(entry["host"] for entry in yaml.safe_load(text) or ())
