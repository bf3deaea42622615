"""/editor/texts/: texts out as files and in again, each language for those who translate it."""

import io
import re
import zipfile
from datetime import timedelta

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from courses.models import TextConflict, TextExport, TextImport
from courses.translation.applying import forget_old_files
from courses.translation.ids import page_key
from courses.translation.load import load_texts
from courses.translation.tree import read_texts
from hub.accounts.roles import ensure_roles
from tests.courses.translation.exchanged import entry
from tests.courses.translation.small import write_small

pytestmark = pytest.mark.django_db
TEXTS, DOWNLOAD, UPLOAD, CONFLICTS = (f"/editor/texts/{name}" for name in ("", "download/", "upload/", "conflicts/"))
BEGIN = "one#path.begin.title"


@pytest.fixture
def root(tmp_path):
    write_small(tmp_path)
    load_texts(read_texts(tmp_path))
    ensure_roles()
    return tmp_path


@pytest.fixture
def italian(root, make_user, sign_in):
    return sign_in(make_user("italian", "editor-it"))


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """`press(client, address, data)`: a POST with the task that it starts; the page that follows."""

    def make(client, address, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address, data)
        return client.get(address)

    return make


def taken(client, **query):
    answer = client.get(DOWNLOAD, {"what": "small", "languages": ["it"], **query})
    return polib.pofile(answer.content.decode())


def send(client, po, **data):
    data = {"file": SimpleUploadedFile("small.po", po if isinstance(po, bytes) else f"{po}\n".encode()), **data}
    return client.post(UPLOAD, data)


def changed(client, text="Comincia"):
    po = taken(client)
    entry(po, BEGIN).msgstr = text
    return po


def title(language="it"):
    page = Page.objects.get(translation_key=page_key("one"), locale__language_code=language).specific
    return page.body[1].value["items"][0]["title"]


def shown(answer):
    """The text of a page of the editor."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]))


def test_from_download_to_published_text(italian, press):
    looked_at = send(italian, changed(italian))
    page = italian.get(looked_at.url)
    assert "Changed: 1" in shown(page)
    assert "it Begin In the file Comincia" in shown(page)
    assert title() == "it Begin"  # nothing is written by looking
    applied = press(italian, looked_at.url, {"publish": "on"})
    assert "Texts written: 1 Pages published: 1" in shown(applied)
    assert title() == "Comincia"
    assert "small.po Italiano italian" in shown(italian.get(TEXTS))


def test_a_translator_leaves_a_draft(root, make_user, sign_in, press):
    client = sign_in(make_user("translator", "translator-it"))
    looked_at = send(client, changed(client))
    assert "publish" not in re.findall(r'name="(\w+)"', client.get(looked_at.url).content.decode())
    applied = press(client, looked_at.url, {"publish": "on"})
    assert "Pages saved as a draft: 1" in shown(applied)
    assert title() == "it Begin"


def test_sending_twice_brings_in_once(italian, press):
    looked_at = send(italian, changed(italian))
    press(italian, looked_at.url, {"publish": "on"})
    first = TextImport.objects.get()
    press(italian, looked_at.url)
    assert TextImport.objects.values("results", "publish", "applied_at").get() == {
        "results": first.results,
        "publish": True,
        "applied_at": first.applied_at,
    }


def test_a_run_that_was_lost_can_go_on(italian, press):
    looked_at = send(italian, changed(italian))
    TextImport.objects.update(state="applying", publish=True, beat_at=timezone.now())
    assert "being brought in" in shown(italian.get(looked_at.url))
    press(italian, looked_at.url)
    assert title() == "it Begin"  # the task is alive: no second one beside it
    TextImport.objects.update(beat_at=timezone.now() - timedelta(minutes=3))
    assert "Go on" in shown(italian.get(looked_at.url))
    press(italian, looked_at.url)
    assert title() == "Comincia"


def test_a_choice_at_each_conflict_and_what_is_left_is_decided_later(italian, press):
    po = changed(italian, "Inizia")
    entry(po, "one#path.go-on.title").msgstr = "Vai avanti"
    for old, new in [("it Begin", "Comincia"), ("it Go on", "Continua")]:
        StringTranslation.objects.filter(data=old).update(data=new)
    looked_at = send(italian, po)
    assert "Before both changes it Begin In the hub Comincia In the file Inizia" in shown(italian.get(looked_at.url))
    applied = press(italian, looked_at.url, {"choice-0": "theirs", "choice-1": "later", "publish": "on"})
    assert "Texts written: 1 Left to decide: 1" in shown(applied)
    assert title() == "Inizia"
    conflict = TextConflict.objects.get()
    assert "In the hub Continua In the file Vai avanti" in shown(italian.get(CONFLICTS))
    assert italian.post(CONFLICTS, {f"choice-{conflict.pk}": "later"}, follow=True).status_code == 200
    assert TextConflict.objects.exists()
    italian.post(CONFLICTS, {f"choice-{conflict.pk}": "ours"})
    assert not TextConflict.objects.exists()
    assert StringTranslation.objects.filter(data="Continua").exists()


def test_several_files_come_packed_and_twice_the_same(root, make_user, sign_in):
    coordinator = sign_in(make_user("coordinator", "coordinator"))
    query = {"what": "", "languages": ["it", "el"]}
    answer = coordinator.get(DOWNLOAD, query)
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == ["it/kits/small.po", "it/site.po", "el/kits/small.po", "el/site.po"]
    assert coordinator.get(DOWNLOAD, query).content == answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="texts.zip"'


def test_nothing_to_do_is_said(italian):
    answer = italian.get(DOWNLOAD, {"what": "small", "languages": ["it"], "todo": "on"}, follow=True)
    assert "Nothing is to do there" in answer.content.decode()


@pytest.mark.parametrize("query", [{}, {"languages": "xx"}, {"languages": "it", "what": "no-kit"}, {"languages": "el"}])
def test_a_download_of_what_is_not_there_or_not_hers_is_refused_on_the_page(italian, query):
    answer = italian.get(DOWNLOAD, query)
    assert (answer.status_code, "Take texts out" in shown(answer)) == (422, True)
    assert not TextExport.objects.exists()


# Who may -----------------------------------------------------------------------------------------


def test_a_file_of_another_language_is_refused(italian, make_user, sign_in):
    greek = sign_in(make_user("greek", "editor-el"))
    po = changed(italian)
    answer = send(greek, po)
    assert (answer.status_code, "not yours" in shown(answer)) == (422, True)
    token = send(italian, po).url
    assert [greek.get(token, follow=True).status_code, greek.post(token, follow=True).status_code] == [404, 404]
    assert TextImport.objects.get().state == "shown"
    TextConflict.objects.create(
        language="it", page_id="one", address="path.begin.title", english="Begin", mark="x", theirs="y", origin="load"
    )
    assert "Nothing waits for a decision" in shown(greek.get(CONFLICTS))
    greek.post(CONFLICTS, {f"choice-{TextConflict.objects.get().pk}": "theirs"})
    assert TextConflict.objects.exists()


@pytest.mark.parametrize("groups", [["editor-en"], ["moderator"], ["trainer"], []])
def test_whoever_translates_nothing_has_no_texts_here(root, make_user, sign_in, groups):
    client = sign_in(make_user("other", *groups))
    answers = [client.get(address) for address in (TEXTS, DOWNLOAD, CONFLICTS)]
    refused = [answer.status_code in {302, 403} for answer in answers]
    assert refused == [True, True, groups != ["editor-en"]]


def test_an_author_decides_what_both_sides_changed_in_english(root, make_user, sign_in):
    place = {"page_id": "one", "address": "path.begin.title", "mark": "", "origin": "load"}
    TextConflict.objects.create(language="en", base="Begun", theirs="Start", **place)
    TextConflict.objects.create(language="it", english="Begin", theirs="Inizia", **place)
    author = sign_in(make_user("author", "editor-en"))
    page = shown(author.get(CONFLICTS))
    assert "Before both changes Begun In the hub Begin In the file Start" in page
    assert "Inizia" not in page
    author.post(CONFLICTS, {f"choice-{row.pk}": "theirs" for row in TextConflict.objects.all()})
    assert (title("en"), [row.language for row in TextConflict.objects.all()]) == ("Start", ["it"])


def test_the_menu_leads_there_for_translators_only(italian, make_user, sign_in):
    assert TEXTS in italian.get("/editor/").content.decode()
    assert TEXTS not in sign_in(make_user("author", "editor-en")).get("/editor/").content.decode()


# What is refused ---------------------------------------------------------------------------------


def test_a_file_of_fifty_megabytes_is_refused_unread(italian):
    class Unread(io.BytesIO):
        def read(self, *arguments):
            raise AssertionError("somebody read it")

    kind = "multipart/form-data; boundary=x"
    answer = italian.generic(
        "POST", UPLOAD, b"", content_type=kind, CONTENT_LENGTH="50000000", **{"wsgi.input": Unread()}
    )
    assert (answer.status_code, "larger than 5 MB" in answer.content.decode()) == (413, True)


def test_an_upload_needs_the_token_of_its_form(italian, make_user):
    po = changed(italian)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("other-italian", "editor-it"))
    assert send(strict, po).status_code == 403
    assert not TextImport.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfeabc", b"PK\x03\x04", b"Dear all", b'msgid "a"\nmsgstr "b"\n'])
def test_what_is_no_file_of_ours_is_refused_in_words(italian, data):
    answer = send(italian, data)
    assert answer.status_code == 422
    assert "error-message" in answer.content.decode()
    assert not TextImport.objects.exists()


def test_odd_names_choices_and_queries_do_no_harm(italian, press):
    file = SimpleUploadedFile('"><b>' + "x" * 180 + ".po", f"{changed(italian)}\n".encode())
    looked_at = italian.post(UPLOAD, {"file": file, "language": ""})
    page = italian.get(looked_at.url, {"show": "nonsense", "p": "-1"})
    assert (page.status_code, b'"><b>' in page.content) == (200, False)
    press(italian, looked_at.url, {"choice-0": "both", "choice-999": "theirs", "choice-x": "ours"})
    assert TextImport.objects.get().state == "applied"


# Lists and tidying -------------------------------------------------------------------------------


def test_the_lists_take_the_same_statements_for_one_and_for_three(italian):
    def statements(address):
        with CaptureQueriesContext(connection) as found:
            assert italian.get(address).status_code == 200
        return len(found)

    def grow(count):
        TextConflict.objects.all().delete()
        for n in range(count):
            place = {"address": f"path.{n}.title", "english": "Begin", "mark": str(n), "theirs": "y", "origin": "load"}
            TextConflict.objects.create(language="it", page_id="one", **place)
            TextImport.objects.create(language="it", file_name=f"{n}.po", file_hash=str(n))

    italian.get(TEXTS)
    grow(1)
    one = [statements(TEXTS), statements(CONFLICTS)]
    grow(3)
    assert [statements(TEXTS), statements(CONFLICTS)] == one


def test_old_files_are_forgotten(italian):
    send(italian, changed(italian))
    looked_at = TextImport.objects.get()
    done = TextImport.objects.create(
        language="it", file_name="x", file_hash="x", state="applied", items=[{"page": "x"}]
    )
    forget_old_files()
    assert (TextImport.objects.count(), TextExport.objects.count()) == (2, 1)
    long_ago = timezone.now() - timedelta(days=800)
    TextImport.objects.update(made_at=long_ago)
    TextImport.objects.filter(pk=done.pk).update(applied_at=long_ago)
    TextExport.objects.update(made_at=long_ago)
    forget_old_files()
    assert not TextImport.objects.filter(pk=looked_at.pk).exists()
    assert (TextImport.objects.get().items, TextExport.objects.count()) == ([], 0)
