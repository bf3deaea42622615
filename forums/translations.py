"""Posts in another language, by the operator's own server, if there is one. A translation goes with the words it was made from."""

import re
from hashlib import sha256

from django.db import transaction

from forums.models import Post, PostTranslation
from hub.lib.sanitise import MARK, sanitise
from hub.lib.translator import LONGEST, NoTranslation, translate_html

MENTION = re.compile(rf'<span class="{MARK}">(.*?)</span>', re.S)


def digest_of(html):
    return sha256(html.encode()).hexdigest()


def kept_translation(post, language):
    """The HTML, or None when these very words have not been translated yet."""
    found = PostTranslation.objects.filter(post=post.pk, language=language, digest=digest_of(post.html))
    return found.values_list("html", flat=True).first()


def make_translation(*, post, language):
    """Ask the server, and keep what it says. Raises NoTranslation. The transaction begins after the waiting."""
    if len(post.html) > LONGEST:
        raise NoTranslation("too long")
    html, names = without_names(post.html)
    html = with_names(sanitise(translate_html(html, source=post.language, target=language)), names)
    keep_translation(post=post, language=language, html=html)
    return html


@transaction.atomic
def keep_translation(*, post, language, html):
    """Unless the post has changed or gone while the server was asked."""
    now = Post.objects.select_for_update().filter(pk=post.pk, hidden=False).values_list("html", flat=True).first()
    if now == post.html:
        values = {"digest": digest_of(now), "html": html}
        PostTranslation.objects.update_or_create(post=post, language=language, defaults=values)


def forget_translations(*, posts):
    """`posts`: a queryset or list. What they said is gone, in every language."""
    return PostTranslation.objects.filter(post__in=posts).delete()[0]


def without_names(html):
    """`html` with a number in the place of each alias it mentions, and the aliases."""
    names = MENTION.findall(html)
    numbers = iter(range(len(names)))
    return MENTION.sub(lambda found: f'<span class="{MARK}">@{next(numbers)}</span>', html), names


def with_names(html, names):
    def name(found):
        number = found[1].strip().removeprefix("@").strip()
        known = number.isdecimal() and len(number) < 6 and int(number) < len(names)
        return f'<span class="{MARK}">{names[int(number)]}</span>' if known else found[1]

    return MENTION.sub(name, html)
