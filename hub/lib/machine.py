"""A machine's proposals for texts of pages, from DeepL or LibreTranslate (PAGE_TRANSLATE_URL). Never for what members write.

A proposal is kept in the cache for some days, so that a text is paid for once. It becomes a translation only when an editor saves it.
"""

import hashlib
import json
import time

from django.conf import settings
from django.core.cache import cache

from hub.lib.translator import LARGEST, NoTranslation, one_at_a_time, post

NAMES = {"deepl": "DeepL", "libretranslate": "LibreTranslate"}
AT_ONCE = 25  # texts in one request
SECONDS = 20  # for all requests of one press
KEEP_SECONDS = 7 * 24 * 3600
REFUSED, USED_UP, BUSY = {401, 403}, {456}, {429, 503, "busy"}


def service_name():
    """What the service is called; empty when there is none."""
    return NAMES[settings.PAGE_TRANSLATOR["kind"]] if settings.PAGE_TRANSLATOR else ""


def proposals(texts, language):
    """{text: proposal} of what was asked for before and is still kept. Costs no statement."""
    if not settings.PAGE_TRANSLATOR or not texts:
        return {}
    keys = {cache_key(text, language): text for text in texts}
    return {keys[key]: found for key, found in cache.get_many(keys).items()}


def ask_for(texts, language, *, source="en"):
    """Ask for proposals and keep them: ({text: proposal}, reason) with what came before time was up or the service failed.

    `reason` is None when all came, otherwise what a NoTranslation says: a status, "busy", "slow", the name of an error.
    """
    texts, found, until = list(dict.fromkeys(texts)), {}, time.monotonic() + SECONDS
    if not one_at_a_time.acquire(blocking=False):
        return found, "busy"
    try:
        for start in range(0, len(texts), AT_ONCE):
            left = until - time.monotonic()
            if left < 1:
                return found, "slow"
            some = texts[start : start + AT_ONCE]
            answers = dict(zip(some, ask(some, source, language, left), strict=True))
            cache.set_many({cache_key(text, language): said for text, said in answers.items()}, KEEP_SECONDS)
            found |= answers
    except NoTranslation as wrong:
        return found, wrong.args[0]
    finally:
        one_at_a_time.release()
    return found, None


def ask(texts, source, target, seconds):
    """The translations of `texts`, in their order. Raises NoTranslation."""
    service = settings.PAGE_TRANSLATOR
    if service["kind"] == "deepl":
        body = {"text": texts, "source_lang": source.upper(), "target_lang": target.upper(), "tag_handling": "html"}
        answer = post(
            f"{service['address']}/v2/translate", body, {"Authorization": f"DeepL-Auth-Key {service['key']}"}, seconds
        )
        return read(answer, lambda found: [entry["text"] for entry in found["translations"]], len(texts))
    body = {"q": texts, "source": source, "target": target, "format": "html"}
    body |= {"api_key": service["key"]} if service["key"] else {}
    answer = post(f"{service['address']}/translate", body, seconds=seconds)
    return read(answer, lambda found: found["translatedText"], len(texts))


def read(content, texts_in, count):
    if len(content) > LARGEST:
        raise NoTranslation("too long")
    try:
        texts = texts_in(json.loads(content))
    except (ValueError, KeyError, TypeError) as wrong:
        raise NoTranslation("not understood") from wrong
    if not isinstance(texts, list) or len(texts) != count or not all(isinstance(text, str) for text in texts):
        raise NoTranslation("not understood")
    return [text.strip() for text in texts]


def cache_key(text, language):
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return f"proposal:{settings.PAGE_TRANSLATOR['kind']}:{language}:{digest}"
