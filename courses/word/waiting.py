"""Where a document waits between its preview and the yes: in a private place, under its sender and a key, for a day at most."""

from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

STAYS = timedelta(days=1)
FOLDER = "word"


def storage():
    return storages["waiting"]


def path_of(user, key):
    return f"{FOLDER}/{user.pk}/{UUID(str(key))}"


def keep(*, user, key, data, name):
    """The document and the name of its file."""
    first_line = name.replace("\n", " ").encode(errors="replace") + b"\n"
    storage().save(path_of(user, key), ContentFile(first_line + data))


def take(*, user, key):
    """(bytes, name of the file), or None if there is no such document of hers."""
    try:
        with storage().open(path_of(user, key)) as file:
            return (name := file.readline()) and (file.read(), name.decode().strip())
    except FileNotFoundError:
        return None


def forget(*, user, key):
    storage().delete(path_of(user, key))


def forget_all_of(user_id):
    for name in files_of(user_id):
        storage().delete(name)


def forget_old():
    """Every document that waited too long."""
    limit = timezone.now() - STAYS
    for person in folders():
        for name in files_of(person):
            if storage().get_modified_time(name) < limit:
                storage().delete(name)


def folders():
    try:
        return storage().listdir(FOLDER)[0]
    except FileNotFoundError:
        return []


def files_of(person):
    try:
        return [f"{FOLDER}/{person}/{name}" for name in storage().listdir(f"{FOLDER}/{person}")[1]]
    except FileNotFoundError:
        return []
