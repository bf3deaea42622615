"""Pictures in posts: kept before she sends, tied to the post, drawn, and taken away again with their files."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from forums.models import Post, PostPicture

PICTURES_PER_DAY = 20
UNSENT_STAYS = timedelta(days=1)


def store():
    return storages["pictures"]


def keep_picture(*, owner, picture):
    """Store what hub.lib.pictures made, for a post she has not sent yet."""
    (width, height), (small_width, small_height) = picture.size, picture.small_size
    sizes = {"width": width, "height": height, "small_width": small_width, "small_height": small_height}
    row = PostPicture(owner=owner, **sizes)
    for name, content in zip(row.files, (picture.large, picture.small), strict=True):
        store().save(name, ContentFile(content))
    row.save()
    return row


def pictures_for(*, owner, post, keys):
    """{key: row} of those among `keys` that she has not sent yet, or that stand in her `post`."""
    keys = [key for key in map(as_uuid, keys) if key]
    mine = Q(post=None) | Q(post=post) if post else Q(post=None)
    return {row.key: row for row in PostPicture.objects.filter(mine, owner=owner, key__in=keys)} if keys else {}


def as_uuid(text):
    try:
        return UUID(str(text))
    except ValueError:
        return None


def too_many_today(owner, number):
    """Whether `number` more would be too many for a day."""
    since = timezone.now() - timedelta(days=1)
    sent = PostPicture.objects.filter(owner=owner, post__isnull=False, added_at__gt=since).count()
    return sent + number > PICTURES_PER_DAY


@transaction.atomic
def settle_pictures(*, post, pictures):
    """The pictures of `post`, [(row, alt)] in order; those it had besides are taken away."""
    mine = PostPicture.objects.select_for_update().filter(Q(post=None) | Q(post=post), owner=post.author_id)
    rows = {row.pk: row for row in mine.filter(pk__in=[row.pk for row, _alt in pictures])}
    kept = []
    for place, (row, alt) in enumerate(pictures):
        if found := rows.get(row.pk):
            found.post, found.place, found.alt = post, place, alt
            kept.append(found)
    PostPicture.objects.bulk_update(kept, ["post", "place", "alt"])
    remove(PostPicture.objects.filter(post=post).exclude(pk__in=[row.pk for row in kept]))
    post.pictures = draw(kept)
    Post.objects.filter(pk=post.pk).update(pictures=post.pictures)


def draw(rows):
    """The HTML that stands below the words of a post."""
    if not rows:
        return ""
    images = [(row.get_absolute_url(), row.small_url, row.alt, row.small_width, row.small_height) for row in rows]
    figure = '<a class="post-picture" href="{}"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async"></a>'
    return format_html('<p class="post-pictures">{}</p>', format_html_join(" ", figure, images))


@transaction.atomic
def take_pictures_of(*, posts):
    """`posts`: a queryset. Nobody sees their pictures any more, and the files are gone."""
    if remove(PostPicture.objects.filter(post__in=posts)):
        Post.objects.filter(pk__in=posts.values("pk")).exclude(pictures="").update(pictures="")


@transaction.atomic
def remove(rows):
    """Rows at once, files once that is certain. Returns how many."""
    gone = list(rows.select_for_update(of=("self",)))
    if not gone:
        return 0
    PostPicture.objects.filter(pk__in=[row.pk for row in gone]).delete()
    names = [name for row in gone for name in row.files]
    transaction.on_commit(lambda: delete_files(names), robust=True)
    return len(gone)


def delete_files(names):
    for name in names:
        store().delete(name)


def forget_unsent():
    """What was chosen and never sent."""
    return remove(PostPicture.objects.filter(post=None, added_at__lt=timezone.now() - UNSENT_STAYS))


def delete_orphans():
    """Files that no row knows: a machine stopped between the two. Returns how many."""
    names = list_files()
    known = {key.hex for key in PostPicture.objects.values_list("key", flat=True).iterator()}
    late = timezone.now() - UNSENT_STAYS
    orphans = [name for name in names if name[:32] not in known and store().get_modified_time(name) < late]
    delete_files(orphans)
    return len(orphans)


def list_files():
    try:
        return store().listdir("")[1]
    except FileNotFoundError:  # nobody has sent a picture yet
        return []


# My data ---------------------------------------------------------------------------------------


def pictures_of(user):
    return PostPicture.objects.filter(owner=user).order_by("pk")


def files_of(user):
    """(name in the file she takes along, bytes) of each picture that is there."""
    for row in pictures_of(user):
        with suppress(FileNotFoundError), store().open(row.files[0]) as file:
            yield name_of(row), file.read()


def name_of(row):
    return f"picture-{row.pk}.webp"
