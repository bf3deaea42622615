"""Country pages and sheets for paper, from their files and back."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from courses.models import HandoutPage, Resource
from courses.translation.export import export_texts
from courses.translation.hub import drift
from courses.translation.ids import page_key
from courses.translation.load import load_texts
from courses.translation.tree import BrokenFiles, read_texts
from hub.models import CountryIndexPage, CountryPage
from tests.courses.translation.paper import INDEX, ITALY, SHEET, write_paper
from tests.courses.translation.small import contents, edit, translate_all, write_small


@pytest.fixture
def root(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    write_paper(write_small(tmp_path, italian=False))
    translate_all(tmp_path)
    return tmp_path


def load(root):
    return load_texts(read_texts(root))


def page(page_id, language="en"):
    return Page.objects.get(translation_key=page_key(page_id), locale__language_code=language).specific


def faults(root):
    with pytest.raises(BrokenFiles) as broken:
        read_texts(root)
    return [str(error) for error in broken.value.errors]


@pytest.mark.django_db
def test_a_country_page_stands_below_its_list_in_each_language(root):
    load(root)
    english, italian = page("country-italy"), page("country-italy", "it")
    assert (english.url_path, italian.url_path) == ("/home/countries/italy/", "/home-it/countries/italy/")
    assert isinstance(page("countries"), CountryIndexPage)
    assert (italian.country, italian.reviewer, italian.checked_on) == ("it", "", None)
    office, other = italian.body[0].value["items"]
    assert (office["name"], office["url"], office["phone"]) == ("it An office", "https://office.example/", "06 80 20")
    assert office["does"].source == "<p>it It compares <b>degrees</b>.</p>"
    assert (office["verify"], other["verify"], len(italian.body[4].value["items"])) == (False, True, 0)


@pytest.mark.django_db
def test_a_sheet_stands_below_its_kit_one_step_deeper_in_the_address(root):
    load(root)
    sheet = page("handout-agreement", "it")
    assert (sheet.url_path, sheet.get_parent().slug) == ("/home-it/kits/small/print/agreement/", "small")
    assert (sheet.title, sheet.landscape) == ("it Our agreement", True)
    assert [block.block_type for block in sheet.body] == ["boxes", "lines", "cards", "table"]
    assert list(sheet.body[3].value["rows"][0]["cells"]) == ["", ""]
    assert sheet.body[1].value["rows"] == 3


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_an_export_leaves_every_byte(root):
    load(root)
    before = contents(root)
    report = load(root)
    assert (report.changed, report.kept, drift(read_texts(root)), export_texts(read_texts(root))) == ([], [], [], [])
    assert contents(root) == before


@pytest.mark.django_db
def test_a_reviewer_named_in_the_browser_stays_and_comes_out_into_the_file(root):
    load(root)
    italy = page("country-italy")
    italy.reviewer, italy.reviewer_organisation, italy.checked_on = "Anna", "A partner", date(2026, 5, 3)
    italy.save_revision().publish()
    edit(root, ITALY, "Whom to ask.", "Whom you can ask.")
    load(root)
    italy = page("country-italy")
    assert (italy.reviewer, italy.checked_on, italy.lead) == ("Anna", date(2026, 5, 3), "Whom you can ask.")
    assert page("country-italy", "it").reviewer == "Anna"
    assert export_texts(read_texts(root))[0] == ITALY
    assert 'reviewer: Anna\nreviewer_organisation: A partner\nchecked_on: "2026-05-03"\n' in (root / ITALY).read_text()


@pytest.mark.django_db
def test_pages_made_in_the_browser_get_files_of_their_own(root):
    load(root)
    body = [{"type": "lines", "value": {"label": "Here", "help": "", "rows": 2}}]
    page("small").add_child(instance=HandoutPage(title="New", slug="new", aim="To write on.", body=body))
    page("countries").add_child(instance=CountryPage(title="Greece", slug="greece", country="gr"))
    export_texts(read_texts(root))
    made = {path for path in contents(root) if path.endswith(("new.md", "greece.md"))}
    assert made == {"content/kits/small/print/03-new.md", "content/site/countries/greece.md"}


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        (ITALY, "row: employment", "row: professions", "the row “professions” stands here twice"),
        (ITALY, "row: employment", "row: bank", "“row” must be one of recognition"),
        (ITALY, "country: it", "country: fr", "“country” must be one of it, gr"),
        (INDEX, "slug: countries", "slug: where", "the list of countries has the slug “countries”"),
        (SHEET, "slug: agreement", "slug: all", "/print/all/ is the whole kit to print"),
        (SHEET, "rows: 3", "rows: 21", "“rows” must be a number from 1 to 20"),
        (SHEET, "::: boxes before", "::: reflection before", "a handout cannot hold the block “reflection”"),
        ("content/kits/small/01-first/module.md", "slug: first", "slug: print", "/print/ is the way to the sheets"),
        ("content/site/privacy.md", "slug: privacy", "slug: countries", "/countries/ belongs to the hub itself"),
    ],
    ids=lambda value: value.replace("\n", " ")[:30],
)
def test_what_cannot_be_right_is_refused_with_its_place(root, path, old, new, fault):
    edit(root, path, old, new)
    found = faults(root)
    assert any(line.startswith(f"{path}:") and fault in line for line in found), found


LIBRARY = "content/library.yaml"
ENTRY = """\
- id: esco
  title: ESCO
  url: https://esco.example/
  about: Jobs & skills.
  audience: [learner]
  topics: [skills]
  languages: [mul]
  kind: tool
  countries: [eu]
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (ITALY, "row: help", "row: helps", rf"{ITALY}:\d+: “row” must be one of"),
        (SHEET, "- id: first\n", "- id: name\n", rf"{SHEET}:\d+: the id “name” is used twice"),
        (LIBRARY, "topics: [skills]", "topics: [skill]", rf"{LIBRARY}:6: “topics” must be of skills"),
        (LIBRARY, "https://", "httpx://", rf"{LIBRARY}:3: “url” must be an address"),
        (LIBRARY, "kind: tool", "kinds: tool", rf"{LIBRARY}:8: “kinds” is not a field here"),
        (LIBRARY, "  title: ESCO\n", "", rf"{LIBRARY}:1: “title” is missing"),
    ],
    ids=["row", "id-twice", "topic", "address", "field", "title"],
)
def test_a_broken_file_leaves_the_hub_as_it_was(root, settings, path, old, new, place):
    settings.BASE_DIR = root
    (root / LIBRARY).write_text(ENTRY, encoding="utf-8")
    load(root)
    before = held()
    edit(root, INDEX, "title: Where to ask", "title: Elsewhere")
    edit(root, path, old, new)
    with pytest.raises(CommandError, match=f"{place}(.|\\n)*Nothing was loaded"):
        call_command("load_kits")
    assert held() == before


def held():
    pages = Page.objects.order_by("pk").values_list("title", "latest_revision_id")
    return list(pages), list(Resource.objects.values_list("key", "title_en", "updated_at"))


@pytest.mark.django_db
def test_a_title_of_the_library_is_translated_only_when_its_entry_says_so(root):
    named = ENTRY.replace("id: esco", "id: guide").replace("kind: tool", "kind: document\n  licence: CC BY 4.0")
    text = ENTRY + named.replace("title: ESCO", "title: A guide\n  title_translated: true")
    (root / LIBRARY).write_text(text, encoding="utf-8")
    translate_all(root)
    load(root)
    esco, guide = Resource.objects.order_by("key")
    assert (esco.title_en, esco.title_it, esco.about_it) == ("ESCO", None, "it Jobs & skills.")
    assert (guide.title_it, guide.title_translated, guide.licence) == ("it A guide", True, "CC BY 4.0")
    assert (guide.topics, guide.languages, guide.countries) == (["skills"], ["mul"], ["eu"])
    before = contents(root)
    assert (load(root).changed, drift(read_texts(root)), export_texts(read_texts(root))) == ([], [], [])
    assert contents(root) == before


def test_a_sheet_needs_a_kit_above_it(root):
    (root / "content/kits/other/print").mkdir(parents=True)
    (root / SHEET).rename(root / "content/kits/other/print/01-agreement.md")
    assert faults(root) == ["content/kits/other/print/01-agreement.md:2: a handout needs kit.md above it"]
