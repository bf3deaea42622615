import pytest
from django.urls import reverse
from wagtail.models import Locale

from courses.models import GlossaryTerm, Resource
from hub.accounts.roles import ensure_roles

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"wagtailsnippets_courses_glossaryterm:{name}", args=args)


@pytest.fixture
def ensured_roles(db):
    Locale.objects.get_or_create(language_code="el")
    ensure_roles()


@pytest.fixture
def peer(db):
    GlossaryTerm.objects.create(key="network", term_en="network", definition_en="People you can ask.")
    return GlossaryTerm.objects.create(
        key="peer", term_en="peer", definition_en="An equal.", term_el="ομότιμη", see=["network"]
    )


FORM = {"term_en": "equal", "definition_en": "One like you.", "see": "network", "key": "equal"}
GREEK = {"term_el": "ίση", "definition_el": "Σαν εσένα."}


def test_an_author_changes_english_and_never_the_key(peer, editor_en, sign_in):
    client = sign_in(editor_en)
    page = client.get(url("edit", peer.pk)).content.decode()
    assert [name for name in ("key", "term_en", "term_el") if f'name="{name}"' in page] == ["term_en"]
    assert "ομότιμη" in page  # to read
    client.post(url("edit", peer.pk), FORM | GREEK | {"see": " network, network "})
    peer.refresh_from_db()
    assert (peer.key, peer.term_en, peer.definition_en, peer.see) == ("peer", "equal", "One like you.", ["network"])
    assert (peer.term_el, peer.definition_el) == ("ομότιμη", None)


def test_a_translator_changes_her_language_alone(peer, editor_el, sign_in):
    client = sign_in(editor_el)
    client.post(url("edit", peer.pk), FORM | GREEK | {"term_it": "pari"})
    peer.refresh_from_db()
    assert (peer.term_en, peer.definition_en, peer.see, peer.term_it) == ("peer", "An equal.", ["network"], None)
    assert (peer.term_el, peer.definition_el) == ("ίση", "Σαν εσένα.")


def test_a_related_term_must_be_there(peer, editor_en, sign_in):
    response = sign_in(editor_en).post(url("edit", peer.pk), FORM | {"see": "network, peer"})
    assert "There is no other term with the id “peer”." in response.content.decode()


def test_an_author_makes_and_deletes_terms(peer, editor_en, sign_in):
    client = sign_in(editor_en)
    client.post(url("add"), FORM)
    made = GlossaryTerm.objects.get(key="equal")
    assert (made.term_en, made.see) == ("equal", ["network"])
    assert client.post(url("add"), FORM | {"key": "Not an id"}).status_code == 200
    client.post(url("delete", made.pk))
    assert sorted(GlossaryTerm.objects.values_list("key", flat=True)) == ["network", "peer"]


@pytest.mark.parametrize("address", ["add", "delete", "bulk"])
def test_a_translator_makes_and_deletes_none(peer, editor_el, sign_in, address):
    bulk = reverse("wagtail_bulk_action", args=["courses", "glossaryterm", "delete"]) + f"?id={peer.pk}"
    where = {"add": url("add"), "delete": url("delete", peer.pk), "bulk": bulk}[address]
    client = sign_in(editor_el)
    assert client.get(url("edit", peer.pk)).status_code == 200
    assert client.post(where, FORM).status_code in {302, 403}
    assert GlossaryTerm.objects.count() == 2


def test_a_learner_finds_no_way_in(peer, learner, sign_in):
    assert sign_in(learner).get(url("edit", peer.pk)).status_code in {302, 403}


# Library ---------------------------------------------------------------------------------------------------

RESOURCE = {
    "key": "esco",
    "title_en": "ESCO",
    "about_en": "Jobs and skills.",
    "url": "https://esco.example/",
    "audience": ["learner"],
    "topics": ["skills", "jobs"],
    "languages": ["mul"],
    "kind": "tool",
    "countries": ["eu"],
}


def shelf(name, *args):
    return reverse(f"wagtailsnippets_courses_resource:{name}", args=args)


def test_an_author_makes_an_entry_of_the_library_by_ticking(editor_en, sign_in):
    client = sign_in(editor_en)
    assert client.post(shelf("add"), RESOURCE | {"topics": ["nonsense"]}).status_code == 200
    assert client.post(shelf("add"), RESOURCE | {"countries": []}).status_code == 200
    client.post(shelf("add"), RESOURCE)
    made = Resource.objects.get()
    assert (made.key, made.topics, made.countries, made.kind) == ("esco", ["skills", "jobs"], ["eu"], "tool")
    page = client.get(shelf("edit", made.pk)).content.decode()
    assert page.count("checked") == 5


def test_a_translator_says_what_an_entry_is_in_her_language(editor_en, editor_el, sign_in):
    sign_in(editor_en).post(shelf("add"), RESOURCE)
    made = Resource.objects.get()
    sign_in(editor_el).post(shelf("edit", made.pk), RESOURCE | {"about_el": "Επαγγέλματα.", "about_en": "Mine."})
    made.refresh_from_db()
    assert (made.about_el, made.about_en, made.topics) == ("Επαγγέλματα.", "Jobs and skills.", ["skills", "jobs"])
