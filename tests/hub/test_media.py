import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction


@pytest.fixture
def film(db):
    document = Document(title="A circle")
    document.file.save("circle.mp4", ContentFile(bytes(range(100))))
    document.save()
    yield document
    document.file.delete(save=False)


@pytest.fixture
def picture(settings):
    folder = settings.MEDIA_ROOT / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    return "/media/images/a.svg"


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=90-", 90, 99),
        ("bytes=-10", 90, 99),
        ("bytes=50-500", 50, 99),
        ("bytes=-500", 0, 99),
    ],
)
def test_a_film_is_sent_in_the_range_asked_for(client, film, asked, first, last):
    response = client.get(film.url, headers={"range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == bytes(range(first, last + 1))


@pytest.mark.parametrize("asked", [f"bytes=0-{'9' * 5_000}", "", "bytes=-", "lines=1-2", "bytes=1-2,4-5"])
def test_a_film_without_a_range_we_know_is_sent_whole(client, film, asked):
    response = client.get(film.url, headers={"range": asked})
    assert (response.status_code, len(body(response)), response["Accept-Ranges"]) == (200, 100, "bytes")


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=9-3"])
def test_a_range_outside_the_film_is_refused(client, film, asked):
    response = client.get(film.url, headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_a_private_collection_stays_private(client, film):
    collection = Collection.get_first_root_node().add_child(name="private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    film.collection = collection
    film.save()
    assert client.get(film.url).status_code == 302
    assert client.get(f"/media/{film.file.name}").status_code == 404
    assert client.get(f"/media/./{film.file.name}").status_code == 404
    assert client.get(f"/media//{film.file.name}").status_code == 404


def test_an_uploaded_picture_cannot_run_scripts(client, picture):
    response = client.get(picture)
    assert body(response).startswith(b"<svg")
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["../hub.sqlite3", "images/../../secret.key", "nothing.svg", f"{'a' * 300}.svg", "%00"]
)
def test_only_uploaded_files_are_served(client, picture, path):
    assert client.get(f"/media/{path}").status_code == 404
