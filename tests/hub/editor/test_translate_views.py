import re
import time
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation

from courses.models import GlossaryTerm
from courses.translation.parts import parts_of
from courses.translation.rows import sync_source
from hub.accounts.roles import ensure_roles
from hub.lib import machine
from hub.lib.translator import NoTranslation
from hub.settings import page_translator
from tests.hub.editor.translating import BEHIND, NEW, make_lessons, page, part, sent, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # nobody searches here
    Locale.objects.create(language_code="it")
    make_lessons()
    ensure_roles()


@pytest.fixture
def editor(lessons, make_user):
    """Translates into Greek, and publishes there."""
    return make_user("editor-el", "editor-el")


@pytest.fixture
def client(editor, sign_in):
    return sign_in(editor)


def desk(address="editor_translate", name="one"):
    return reverse(address, args=[translation_of(name).pk])


def saved(english):
    return part(english).text


def card(text, english):
    """The part of the page that is about one text."""
    return text.partition(f'id="segment-{part(english).id}"')[2].partition('role="group"')[0]


# Reading -----------------------------------------------------------------------------------------------


def test_only_what_is_open_is_shown_at_first(client):
    text = client.get(desk()).text
    assert re.findall(r'id="segment-(\d+)"', text) == [str(part(BEHIND).id), str(part(NEW).id)]
    assert [re.sub(r"\s+", " ", f) for f in re.findall(r'data-count="(\w+)">\d+', text)] == [
        "todo",
        "behind",
        "missing",
        "all",
    ]
    assert re.findall(r'data-count="\w+">(\d+)', text)[:3] == ["2", "1", "1"]


@pytest.mark.parametrize(("show", "there"), [("behind", [BEHIND]), ("missing", [NEW]), ("nonsense", [BEHIND, NEW])])
def test_a_filter_shows_what_it_says(client, show, there):
    found = re.findall(r'id="segment-(\d+)"', client.get(f"{desk()}?show={show}").text)
    assert found == [str(part(english).id) for english in there]


def test_all_shows_every_text_once(client):
    found = re.findall(r'id="segment-(\d+)"', client.get(f"{desk()}?show=all").text)
    assert len(found) == len(set(found)) == len(parts_of(translation_of()))


def test_a_link_to_one_part_shows_it_whatever_the_filter_says(client):
    wanted = part("My steps")
    text = client.get(f"{desk()}?segment={wanted.id}").text
    assert re.search(r"autofocus>\s*el My steps</textarea>", card(text, "My steps"))


def test_a_changed_text_stands_with_its_difference_and_its_older_translation(client):
    shown = card(client.get(desk()).text, BEHIND)
    assert "Steps › steps › text" in shown
    assert '<del><span class="w-sr-only">[taken out: </span>one<span class="w-sr-only">] </span></del>' in shown
    assert '<ins><span class="w-sr-only">[put in: </span>two<span class="w-sr-only">] </span></ins>' in shown
    assert "el With <code>&lt;b&gt;</code>one<code>&lt;/b&gt;</code> word." in shown
    assert 'data-use="el With &lt;b&gt;one&lt;/b&gt; word."' in shown
    assert re.search(r"<textarea[^>]*>\s*</textarea>", shown)  # nothing is taken over unseen


def test_what_was_translated_elsewhere_is_offered_with_its_page(client):
    other = page("other")
    other.aim = NEW
    other.save_revision().publish()
    sync_source(other)
    client.post(desk(name="other"), sent(part(NEW, "other"), "Poi riposa, {name}."))
    shown = card(client.get(desk()).text, NEW)
    assert "100 %" in shown
    assert "el Lesson other" in shown
    assert 'data-use="Poi riposa, {name}."' in shown


def test_terms_of_the_glossary_stand_beside_a_text(client):
    GlossaryTerm.objects.create(key="rest", term_en="rest", term_el="riposo", definition_el="Quando ti fermi.", see=[])
    shown = card(client.get(desk()).text, NEW)
    assert re.search(r"<dt lang=\"en\">rest</dt><dd lang=\"el\"><b>riposo</b><br>Quando ti fermi.</dd>", shown)


# Saving ------------------------------------------------------------------------------------------------


def test_a_text_is_saved_and_readers_see_nothing_of_it_yet(client, editor):
    before = page("one", "el").latest_revision_id
    response = client.post(desk(), sent(part(NEW), " Poi riposa, {name}. "), follow=True)
    assert saved(NEW) == "Poi riposa, {name}."
    assert part(NEW).row.last_translated_by == editor
    assert "1 part saved." in response.text
    assert page("one", "el").latest_revision_id == before


@pytest.mark.parametrize(
    ("english", "text", "words"),
    [
        (NEW, "Poi riposa.", "Keep the words in curly brackets as they are in the English text. Missing: {name}"),
        (
            BEHIND,
            "Con due parole.",
            "Keep the marks in pointed brackets as they are in the English text. Missing: &lt;b&gt; &lt;/b&gt;",
        ),
        (BEHIND, "Con <b>due</b> <script>x</script>", "Too many: &lt;script&gt; &lt;/script&gt;"),
        (NEW, "Poi < riposa, {name}", "A mark is not closed, or a &lt; stands alone."),
        (NEW, "{name}" + "a" * 100_000, "This text is longer than 20000 characters."),
    ],
)
def test_what_would_spoil_the_page_is_refused_at_its_field_and_stays_there(client, english, text, words):
    response = client.post(desk(), sent(part(english), text))
    assert response.status_code == 422
    shown = card(response.text, english)
    assert words in shown
    assert 'aria-invalid="true"' in shown
    assert text[:60].replace("<", "&lt;").replace(">", "&gt;") in shown
    assert saved(english) == ""


def test_one_bad_text_does_not_hold_up_the_others(client):
    response = client.post(desk(), sent(part(NEW), "Poi riposa, {name}.") | sent(part(BEHIND), "Con due parole."))
    assert response.status_code == 422
    assert saved(NEW) == "Poi riposa, {name}."
    assert saved(BEHIND) == ""


def test_a_null_character_is_left_out(client):
    client.post(desk(), sent(part(NEW), "Poi\0 riposa, {name}."))
    assert saved(NEW) == "Poi riposa, {name}."


def test_a_translation_is_not_emptied_by_accident(client):
    there = part("My steps")
    response = client.post(f"{desk()}?show=all", sent(there, ""))
    assert "There was a translation here." in card(response.text, "My steps")
    assert saved("My steps") == "el My steps"


def test_what_looks_odd_is_saved_and_named(client):
    response = client.post(desk(), sent(part(BEHIND), "With <b>two</b> words!"), follow=True)
    assert "This is the English text." in card(response.text, BEHIND)
    assert saved(BEHIND) == "With <b>two</b> words!"


def test_what_another_saved_meanwhile_stands_beside_hers_and_is_not_overwritten(client, make_user, sign_in):
    opened = part(NEW)
    sign_in(make_user("second", "editor-el")).post(desk(), sent(opened, "Di altri, {name}."))
    response = client.post(desk(), sent(opened, "Mio, {name}."))
    shown = card(response.text, NEW)
    assert (response.status_code, saved(NEW)) == (422, "Di altri, {name}.")
    assert "Meanwhile somebody else saved this text (second)." in shown
    assert re.search(r"<textarea[^>]*>\s*Mio, \{name\}.</textarea>", shown)
    base = re.search(r'-base" value="(\w+)"', shown)[1]
    client.post(desk(), sent(opened, "Mio, {name}.", base))  # now she knows
    assert saved(NEW) == "Mio, {name}."


def test_a_field_she_left_alone_never_undoes_what_another_saved(client, make_user, sign_in):
    opened, other = part("My steps"), part(NEW)
    sign_in(make_user("second", "editor-el")).post(desk(), sent(opened, "Le mie parole"))
    response = client.post(desk(), sent(opened, "el My steps") | sent(other, "Poi riposa, {name}."))
    assert (response.status_code, saved("My steps")) == (302, "Le mie parole")


def test_words_for_a_part_that_is_gone_are_given_back(client):
    opened = part(NEW)
    lesson = page()
    lesson.body[1].value["items"][1]["text"] = RichText("")
    lesson.save_revision().publish()
    sync_source(lesson)
    response = client.post(desk(), sent(opened, "Poi riposa, {name}."))
    assert response.status_code == 422
    assert "belong to parts that are gone" in response.text
    assert "Poi riposa, {name}." in response.text


def test_the_script_gets_the_one_part_anew(client):
    body = sent(part(NEW), "Poi riposa, {name}.") | {"part": part(NEW).id}
    answer = client.post(desk(), body, headers={"Accept": "application/json"}).json()
    assert (answer["saved"], answer["refused"], answer["counts"]["todo"]) == (True, False, 1)
    assert "translate-card--done" in answer["html"]


def test_a_part_of_another_page_is_none_of_this_one(client):
    foreign = part("You read.", "other")
    headers = {"Accept": "application/json"}
    body = sent(foreign, "Prova.") | {"part": foreign.id}
    assert client.post(desk(), body, headers=headers, follow=True).status_code == 404
    assert part("You read.", "other").text == "el You read."


# Who ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "status"),
    [("editor-el", 200), ("editor-it", 404), ("editor-en", 404), ("coordinator", 200), ("administrator", 200)],
)
def test_a_desk_is_there_for_her_language_only(lessons, make_user, sign_in, group, status):
    hers = sign_in(make_user("somebody", group))
    assert hers.get(desk(), follow=True).status_code == status
    assert hers.post(desk(), sent(part(NEW), "Poi riposa, {name}."), follow=True).status_code == status
    for act in ("publish", "submit", "suggest", "review"):
        assert (hers.post(desk(f"editor_translate_{act}"), follow=True).status_code == 404) == (
            status == 404 or act == "suggest"
        )
    assert saved(NEW) == ("Poi riposa, {name}." if status == 200 else "")


def test_there_is_no_desk_for_what_does_not_exist(client):
    assert client.get("/editor/translate/999999999999999999999/", follow=True).status_code == 404
    assert client.get("/editor/translate/page/999999999999/", follow=True).status_code == 404
    gone = desk()
    page("one", "el").delete()
    assert client.get(gone, follow=True).status_code == 404


def test_a_page_leads_to_its_desk(client):
    assert client.get(f"/editor/translate/page/{page('one', 'el').pk}/").url == desk()
    assert client.get(f"/editor/translate/page/{page('one', 'el').pk}/?show=all").url == f"{desk()}?show=all"
    assert client.get(f"/editor/translate/page/{page('one').pk}/", follow=True).status_code == 404


def test_a_translation_that_was_stopped_leads_to_the_page_editor(client):
    Translation.objects.update(enabled=False)
    assert client.get(desk()).url == reverse("wagtailadmin_pages:edit", args=[page("one", "el").pk])


def test_a_locked_page_takes_nothing_and_says_why(client, coordinator):
    Page.objects.filter(pk=page("one", "el").pk).update(locked=True, locked_by=coordinator)
    response = client.post(desk(), sent(part(NEW), "Poi riposa, {name}."))
    assert response.status_code == 422
    assert "locked" in card(response.text, NEW)
    assert saved(NEW) == ""


# Publishing --------------------------------------------------------------------------------------------


def test_publishing_with_open_parts_asks_and_then_does_it(client):
    publish = desk("editor_translate_publish")
    asked = client.post(publish, sent(part(NEW), "Poi riposa, {name}."))
    assert "1 part was translated before the English text changed" in re.sub(r"\s+", " ", asked.text)
    assert "not translated into" not in asked.text
    assert saved(NEW) == "Poi riposa, {name}."
    assert "riposa" not in str(page("one", "el").body)
    client.post(publish, {"sure": "1"})
    lesson = page("one", "el")
    assert lesson.body[1].value["items"][1]["text"].source == "<p>Poi riposa, {name}.</p>"
    assert lesson.body[1].value["items"][0]["text"].source == "<p>el With <b>one</b> word.</p>"  # the older one stays
    assert lesson.live


def test_publishing_what_is_whole_does_not_ask(client):
    body = sent(part(NEW), "Poi riposa, {name}.") | sent(part(BEHIND), "Con <b>due</b> parole.")
    assert client.post(desk("editor_translate_publish"), body).status_code == 302
    assert page("one", "el").body[1].value["items"][0]["text"].source == "<p>Con <b>due</b> parole.</p>"


def test_a_bad_text_is_not_published_around(client):
    assert client.post(desk("editor_translate_publish"), sent(part(NEW), "Poi") | {"sure": "1"}).status_code == 422
    assert not page("one", "el").has_unpublished_changes


def test_the_editor_of_wagtail_localize_asks_too(client, django_capture_on_commit_callbacks):
    edit = reverse("wagtailadmin_pages:edit", args=[page("one", "el").pk])
    before = page("one", "el").live_revision_id
    asked = client.post(edit, {"action": "publish"})
    assert "1 part is not translated into" in re.sub(r"\s+", " ", asked.text)
    assert page("one", "el").live_revision_id == before
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, {"action": "publish", "sure": "1"})
    assert page("one", "el").live_revision_id != before


def test_the_editor_of_wagtail_localize_leads_to_the_desk_once(client):
    text = client.get(reverse("wagtailadmin_pages:edit", args=[page("one", "el").pk])).text
    assert text.count(f'href="{desk()}"') == 1


def test_publishing_several_pages_at_once_asks_too(client):
    pk = page("one", "el").pk
    page("one", "el").save_revision()
    address = f"/editor/bulk/wagtailcore/page/publish/?id={pk}&next=/editor/"
    asked = client.post(address, {})
    assert "1 part is not translated into" in re.sub(r"\s+", " ", asked.text)
    assert client.post(address, {"sure": "1"}).status_code == 302


def test_a_draft_never_reaches_readers(client, coordinator):
    task = GroupApprovalTask.objects.create(name="Someone else looks")
    task.groups.add(coordinator.groups.get(name="coordinator"))
    own = Workflow.objects.create(name="Only for this page")
    WorkflowTask.objects.create(workflow=own, task=task)
    WorkflowPage.objects.create(workflow=own, page=page("one", "el"))
    asked = client.post(desk("editor_translate_submit"), sent(part(NEW), "Poi riposa, {name}."))
    assert "Submit with open parts?" in asked.text
    response = client.post(desk("editor_translate_submit"), {"sure": "1"}, follow=True)
    assert "Submitted for review." in response.text
    lesson = page("one", "el")
    assert "riposa" not in str(lesson.body)
    assert "riposa" in str(lesson.get_latest_revision_as_object().body)
    assert lesson.workflow_in_progress
    refused = client.post(desk("editor_translate_review"), {"action": "approve", "sure": "1"}, follow=True)
    assert "you do not have permission" in refused.text
    assert page("one", "el").workflow_in_progress


@pytest.fixture
def waiting(client, coordinator, sign_in):
    """A page that the coordinator is asked to look at."""
    test_a_draft_never_reaches_readers(client, coordinator)
    return sign_in(coordinator)


def test_a_reviewer_approves_after_she_has_read_what_is_open(waiting):
    review = desk("editor_translate_review")
    assert "This page waits for review" in waiting.get(desk()).text
    assert "translated before the English text changed" in waiting.post(review, {"action": "approve"}).text
    waiting.post(review, {"action": "approve", "sure": "1"})
    assert "riposa" in str(page("one", "el").body)


def test_a_reviewer_asks_for_changes(waiting):
    waiting.post(desk("editor_translate_review"), {"action": "reject", "comment": "Look at the steps again."})
    lesson = page("one", "el")
    assert lesson.current_workflow_state.status == "needs_changes"
    assert "riposa" not in str(lesson.body)


# Machine suggestions ----------------------------------------------------------------------------------


@pytest.fixture
def service(settings, monkeypatch):
    """DeepL, which answers everything with the same words; its `fails` says why it does not."""
    settings.PAGE_TRANSLATOR = page_translator("deepl://a-secret-key@127.0.0.1:9")
    known = SimpleNamespace(asked=[], fails=None)

    def answer(texts, source, target, seconds):
        known.asked += texts
        if known.fails:
            raise NoTranslation(known.fails)
        return [f"macchina {text}" for text in texts]

    monkeypatch.setattr(machine, "ask", answer)
    return known


def test_without_a_service_nothing_is_offered(client):
    assert "Suggestion by" not in client.get(desk()).text
    assert client.post(desk("editor_translate_suggest"), follow=True).status_code == 404


def test_a_suggestion_is_marked_and_is_no_translation(client, service):
    response = client.post(desk("editor_translate_suggest"), sent(part(NEW), "Poi") | {"part": part(NEW).id})
    shown = card(response.text, NEW)
    assert "Machine suggestion by DeepL, not checked" in shown
    assert f'data-use="macchina {NEW}"' in shown
    assert re.search(r"<textarea[^>]*>\s*Poi</textarea>", shown)  # what she had typed
    assert (service.asked, saved(NEW), part(NEW).state) == ([NEW], "", "missing")
    assert "macchina" in card(client.get(desk()).text, NEW)  # it is still there later
    assert "a-secret-key" not in response.text


def test_all_open_parts_are_asked_for_at_once(client, service):
    text = client.post(desk("editor_translate_suggest")).text
    assert service.asked == [BEHIND, NEW]
    assert text.count("Machine suggestion by DeepL, not checked") == 2


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (403, "does not know this hub"),
        (456, "no more characters left for this month"),
        (429, "is busy"),
        ("TimeoutError", "did not answer in time"),
    ],
)
def test_what_stops_the_service_is_said_in_words(client, service, reason, words):
    service.fails = reason
    assert words in client.post(desk("editor_translate_suggest"), sent(part(NEW), "Poi")).text
    headers = {"Accept": "application/json"}
    body = sent(part(NEW), "Poi") | {"part": part(NEW).id}
    assert words in client.post(desk("editor_translate_suggest"), body, headers=headers).json()["said"]


# Figures -----------------------------------------------------------------------------------------------


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_statements_do_not_grow_with_the_parts(client):
    assert statements(client, f"{desk()}?show=missing") == statements(client, f"{desk()}?show=all")


def test_the_longest_lesson_opens_at_once(loaded_hub, make_user, sign_in):
    """175 parts, all of them open: 400 ms on two free cores."""
    long = Translation.objects.get(
        source__object_repr="Supervision, little money, alumnae, training others", target_locale__language_code="hu"
    )
    StringTranslation.objects.filter(context__object_id=long.source.object_id, locale=long.target_locale).delete()
    hers = sign_in(make_user("editor-hu", "editor-hu"))
    address = reverse("editor_translate", args=[long.pk])
    count = statements(hers, address)
    began = time.process_time()
    text = hers.get(address).text
    assert time.process_time() - began < 0.8
    assert text.count("<textarea") == 175
    assert count <= 45
