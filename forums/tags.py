"""The short list of tags of each forum. Moderators and editors keep it; members choose from it and add nothing."""

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import get_language

from courses.models import KitPage
from forums.models import TAG_LENGTH, Forum, ForumTag, Thread
from hub.lib.stamp import kept, touch_content_stamp

MOST_IN_A_FORUM = 12

# What the forum of a kit starts with, by whom the kit is for; moderators and editors may change all of it.
FIRST_TAGS = {
    "learner": [
        {
            "en": "Degrees and papers",
            "it": "Titoli e documenti",
            "el": "Πτυχία και έγγραφα",
            "hu": "Diplomák és papírok",
            "sv": "Examina och papper",
        },
        {
            "en": "Looking for work",
            "it": "Cercare lavoro",
            "el": "Αναζήτηση εργασίας",
            "hu": "Álláskeresés",
            "sv": "Söka jobb",
        },
        {
            "en": "CV and interview",
            "it": "CV e colloquio",
            "el": "Βιογραφικό και συνέντευξη",
            "hu": "Önéletrajz és interjú",
            "sv": "CV och intervju",
        },
        {"en": "Language", "it": "Lingua", "el": "Γλώσσα", "hu": "Nyelv", "sv": "Språk"},
        {
            "en": "Time and strength",
            "it": "Tempo ed energie",
            "el": "Χρόνος και δυνάμεις",
            "hu": "Idő és erő",
            "sv": "Tid och ork",
        },
        {
            "en": "Rights and money",
            "it": "Diritti e soldi",
            "el": "Δικαιώματα και χρήματα",
            "hu": "Jogok és pénz",
            "sv": "Rättigheter och pengar",
        },
    ],
    "trainer": [
        {
            "en": "Preparing a circle",
            "it": "Preparare un circolo",
            "el": "Προετοιμασία κύκλου",
            "hu": "Egy kör előkészítése",
            "sv": "Förbereda en cirkel",
        },
        {"en": "Sessions", "it": "Incontri", "el": "Συναντήσεις", "hu": "Alkalmak", "sv": "Träffar"},
        {
            "en": "Hard moments",
            "it": "Momenti difficili",
            "el": "Δύσκολες στιγμές",
            "hu": "Nehéz pillanatok",
            "sv": "Svåra stunder",
        },
        {
            "en": "Inviting and welcoming",
            "it": "Invitare e accogliere",
            "el": "Πρόσκληση και υποδοχή",
            "hu": "Meghívás és fogadás",
            "sv": "Bjuda in och välkomna",
        },
        {
            "en": "Employers and mentors",
            "it": "Aziende e mentori",
            "el": "Εργοδότες και μέντορες",
            "hu": "Munkaadók és mentorok",
            "sv": "Arbetsgivare och mentorer",
        },
    ],
}


def tags_of(forum_id):
    """{slug: name in the language of the page} of a forum, in the order in which they were made. From the memory of the process."""
    return _all_tags(get_language()).get(forum_id, {})


def _all_tags(language):
    return kept(f"forum-tags:{language}", _read_tags)


def _read_tags():
    found = {}
    for tag in ForumTag.objects.order_by("pk"):
        found.setdefault(tag.forum_id, {})[tag.slug] = tag.name
    return found


def tag_names(thread):
    """The names of the tags of a thread, without those that are not in its forum's list any more."""
    if not thread.tags:
        return ()
    names = tags_of(thread.forum_id)
    return tuple(names[slug] for slug in thread.tag_slugs if slug in names)


def packed(slugs):
    """As Thread.tags keeps them."""
    return f",{','.join(slugs)}," if slugs else ""


def tag_thread(*, thread, slugs):
    Thread.objects.filter(pk=thread.pk).update(tags=packed(slugs))


@transaction.atomic
def save_tag(*, tag, **names):
    """A tag with these names (name_en=…). A new one gets its slug from the English, and keeps it when it is renamed."""
    for field, name in names.items():
        setattr(tag, field, name)
    if not tag.slug:
        tag.slug = _free_slug(tag)
    tag.save()
    touch_content_stamp()
    return tag


def _free_slug(tag):
    slug = slugify(tag.name_en)[: TAG_LENGTH - 4].strip("-") or "tag"
    taken = set(ForumTag.objects.filter(forum=tag.forum_id).values_list("slug", flat=True))
    return next(name for name in [slug, *(f"{slug}-{n}" for n in range(2, MOST_IN_A_FORUM + 3))] if name not in taken)


@transaction.atomic
def delete_tag(*, tag):
    """Threads that had it show it no longer; made again under the same name, it would be on them again."""
    tag.delete()
    touch_content_stamp()


@transaction.atomic
def ensure_tags():
    """The first tags of each kit's forum that has none. Returns the new ones."""
    audiences = dict(KitPage.objects.live().values_list("translation_key", "audience"))
    forums = Forum.objects.filter(kit_key__in=audiences, tags=None).order_by("pk")
    rows = [_first_tag(forum, names) for forum in forums for names in FIRST_TAGS.get(audiences[forum.kit_key], [])]
    if rows:
        ForumTag.objects.bulk_create(rows)
        touch_content_stamp()
    return rows


def _first_tag(forum, names):
    named = {f"name_{code}": names[code] for code in settings.MODELTRANSLATION_LANGUAGES if code in names}
    return ForumTag(forum=forum, slug=slugify(names["en"])[:TAG_LENGTH], **named)
