"""Keeps the index in line with what there is. Each of these may run again at any time: it does what is left to do."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Max, Min

from forums.models import Post, Thread
from hub.search.index import made
from hub.search.models import Entry, PostWords, StoredIndex, ThreadWords
from hub.search.sources import sources, stamp
from hub.search.text import packed, plain, weighed

AT_ONCE = 1000


def sync_entries(*, progress=iter):
    """Bring the entries in line with pages, terms and resources. Returns (written, deleted)."""
    found = {source.name: source for source in sources()}
    kept = {(kind, key, code): (pk, made) for pk, kind, key, code, made in entry_stamps()}
    changed = [source for name, source in found.items() if kept.get(name, ("", ""))[1] != source.made_from]
    gone = [pk for name, (pk, _made) in kept.items() if name not in found]
    for source in progress(changed):
        write_entry(source=source)
    Entry.objects.filter(pk__in=gone).delete()
    sync_indexes()
    return len(changed), len(gone)


def sync_indexes():
    """Make the index of each language anew in which an entry has changed. Two statements if there is none."""
    states, stored = index_states(), dict(StoredIndex.objects.values_list("language", "made_from"))
    StoredIndex.objects.filter(language__in=stored.keys() - states.keys()).delete()
    for language in (code for code, made_from in states.items() if stored.get(code) != made_from):
        write_index(language=language)


def index_states():
    """{language: what its index has to be made from}. One statement."""
    states = defaultdict(list)
    for language, *entry in Entry.objects.order_by("pk").values_list("language", "kind", "key", "made_from"):
        states[language].append(entry)
    return {language: stamp(entries) for language, entries in states.items()}


@transaction.atomic
def write_index(*, language):
    """Two at once wait for each other, so that the last one has read what both wrote."""
    stored, _new = StoredIndex.objects.select_for_update().get_or_create(language=language)
    stored.made_from, stored.content = index_states().get(language, ""), made(language)
    stored.save()


def entry_stamps():
    return Entry.objects.values_list("pk", "kind", "key", "language", "made_from")


def write_entry(*, source):
    title, headings, text, names = source.read()
    kind, key, language = source.name
    values = {
        "title": title[:255],
        "text": text,
        "names": names,
        "words": weighed(language, title=title, headings=f"{headings} {' '.join(names)}", text=text),
        "made_from": source.made_from,
    }
    Entry.objects.update_or_create(kind=kind, key=key, language=language, defaults=values)


# Threads and posts -------------------------------------------------------------------------------------


def index_posts(*, pks):
    """Write the words of these posts anew, and of the threads they begin. What was withdrawn is taken out."""
    posts = list(Post.objects.filter(pk__in=pks).select_related("thread"))
    write_words(PostWords, "post_id", [(post.pk, post.language, plain(post.html)) for post in posts])
    index_threads(pks={post.thread_id for post in posts})


def index_threads(*, pks):
    threads = Thread.objects.filter(pk__in=pks).annotate(first=Min("posts__pk"))
    firsts = dict(Post.objects.filter(pk__in=threads.values("first")).values_list("thread_id", "html"))
    rows = [(row.pk, row.language, f"{row.title} {plain(firsts.get(row.pk, ''))}") for row in threads if row.title]
    ThreadWords.objects.filter(thread__in=pks).exclude(thread__in=[pk for pk, *_rest in rows]).delete()
    write_words(ThreadWords, "thread_id", rows)


@transaction.atomic
def write_words(model, key, rows):
    """`rows` are (id, language, text)."""
    made = [model(**{key: pk}, words=packed(language, text)) for pk, language, text in rows]
    model.objects.bulk_create(made, update_conflicts=True, unique_fields=[key], update_fields=["words"])


def catch_up(*, progress=iter):
    """Index what has come since; forget what was withdrawn. For a lost task, and after a bulk of posts."""
    PostWords.objects.filter(post__source="").exclude(words="").update(words="")
    ThreadWords.objects.filter(thread__title="").delete()
    missing = list(Post.objects.filter(found_by=None).order_by("pk").values_list("pk", flat=True))
    for pks in progress(batches(missing)):
        posts = Post.objects.filter(pk__in=pks).values_list("pk", "language", "html")
        write_words(PostWords, "post_id", [(pk, language, plain(html)) for pk, language, html in posts])
    missing = list(Thread.objects.filter(found_by=None).exclude(title="").values_list("pk", flat=True))
    for pks in progress(batches(missing)):
        index_threads(pks=pks)


def batches(pks):
    return [pks[n : n + AT_ONCE] for n in range(0, len(pks), AT_ONCE)]


def rebuild(*, progress=iter):
    """All of it anew. Returns (entries, posts, threads)."""
    for model in (Entry, PostWords, ThreadWords):
        model.objects.all().delete()
    sync_entries(progress=progress)
    catch_up(progress=progress)
    return tuple(model.objects.count() for model in (Entry, PostWords, ThreadWords))


def behind():
    """How many posts are newer than the newest that can be found: an operator sees a dead worker by it."""
    last = PostWords.objects.aggregate(last=Max("pk"))["last"] or 0
    return Post.objects.filter(pk__gt=last).count()
