"""What an editor of one language can do to the pages of another, in every way there is: nothing. And that the same way works in hers."""

import json
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from tests.hub.editor.trees import everything_of, lesson_of, make_trees, po_file, segments


@pytest.fixture
def trees(db, settings):
    settings.WAGTAIL_SITE_NAME = "Meridian"
    return make_trees()


def page(act):
    return lambda tree, lesson: f"/editor/pages/{lesson.pk}/{act}/"


def bulk(act):
    return lambda tree, lesson: f"/editor/bulk/wagtailcore/page/{act}/?id={lesson.pk}&next=/editor/"


def localize(act):
    return lambda tree, lesson: f"/editor/localize/translate/{tree.translation.pk}/{act}/"


def string(tree, lesson):
    return f"/editor/localize/translate/{tree.translation.pk}/strings/{segments()[0].pk}/edit/"


def override(tree, lesson):
    return f"/editor/localize/translate/{tree.translation.pk}/overrides/{segments()[1].pk}/edit/"


def copied(tree, lesson):
    return {"new_title": "Copied", "new_slug": "copied", "new_parent_page": tree.module.pk}


def uploaded(tree, lesson):
    return {"file": po_file(tree)}


# name: (address, what is sent). Each works in her own language, so that a refusal is a refusal of the language.
WAYS = {
    "publishes a translation": (page("edit"), {"action": "publish", "sure": "1"}),
    "stops a translation": (localize("disable"), {}),
    "uploads a PO file": (localize("pofile/upload"), uploaded),
    "turns a page into an alias": (lambda tree, lesson: f"/editor/localize/page/{lesson.pk}/convert_to_alias/", {}),
    "unpublishes": (page("unpublish"), {}),
    "deletes": (page("delete"), {}),
    "copies": (page("copy"), copied),
    "restricts": (page("privacy"), {"restriction_type": "login"}),
    "locks": (page("lock"), {}),
    "adds a page": (
        lambda tree, lesson: f"/editor/pages/add/courses/modulepage/{tree.kit.pk}/",
        {"title": "New", "slug": "new", "aim": "An aim", "emblem": "circle"},
    ),
    "publishes in bulk": (bulk("publish"), {"sure": "1"}),
    "unpublishes in bulk": (bulk("unpublish"), {}),
    "deletes in bulk": (bulk("delete"), {}),
    "moves in bulk": (bulk("move"), lambda tree, lesson: {"chooser": tree.other.pk}),
}
# What no editor needs at all: refused in her own language too.
NOWHERE = {
    "reorders": lambda tree, lesson: f"/editor/pages/{lesson.pk}/set_position/?position=2",
    "moves": lambda tree, lesson: f"/editor/pages/{lesson.pk}/move/{tree.other.pk}/confirm/",
}
API = ["convert_alias", "copy", "delete", "publish", "unpublish", "move", "copy_for_translation", "create_alias"]


def sent(data, tree, lesson):
    return data(tree, lesson) if callable(data) else data


@contextmanager
def undone():
    """One tree serves all the ways: what one of them changes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_greek_editor_changes_nothing_hungarian(trees, make_user, sign_in):
    client, tree, lesson = sign_in(make_user("greek", "editor-el")), trees["hu"], lesson_of("hu")
    before, wrong = everything_of("hu"), []
    for way, (address, data) in WAYS.items():
        with undone():
            response = client.post(address(tree, lesson), sent(data, tree, lesson))
            if not refused(response) or everything_of("hu") != before:
                wrong.append((way, response.status_code, response.headers.get("Location")))
    assert wrong == []


def test_but_each_of_it_works_in_greek(trees, make_user, sign_in, django_capture_on_commit_callbacks):
    client, tree, lesson = sign_in(make_user("greek", "editor-el")), trees["el"], lesson_of("el")
    nothing = []
    for way, (address, data) in WAYS.items():
        with undone():
            if way == "publishes in bulk":
                lesson.unpublish()
            before = everything_of("el")
            with django_capture_on_commit_callbacks(execute=True):
                client.post(address(tree, lesson_of("el")), sent(data, tree, lesson))
            if everything_of("el") == before:
                nothing.append(way)
    assert nothing == ["moves in bulk"], "the place of a translation follows the English page"


def test_a_greek_editor_translates_greek_only(trees, make_user, sign_in):
    client = sign_in(make_user("greek", "editor-el"))
    for code, status in [("hu", 403), ("el", 201)]:
        for address in (string, override):
            before = everything_of(code)
            path, body = address(trees[code], lesson_of(code)), "value=Hello"
            response = client.put(path, body, content_type="application/x-www-form-urlencoded")
            assert (response.status_code, everything_of(code) == before) == (status, code == "hu")


def test_no_editor_of_a_translation_changes_its_place(trees, make_user, sign_in):
    client = sign_in(make_user("greek", "editor-el"))
    for code in ("hu", "el"):
        for way, address in NOWHERE.items():
            before = everything_of(code)
            response = client.post(address(trees[code], lesson_of(code)), follow=True)
            assert everything_of(code) == before
            if (way, code) == ("moves", "el"):
                assert "The place of this page follows the English page" in response.content.decode()


@pytest.mark.parametrize("role", ["editor-el", "editor-hu", "coordinator"])
def test_nobody_writes_through_the_api(trees, role, make_user, sign_in):
    client, lesson, before = sign_in(make_user("person", role)), lesson_of("hu"), everything_of("hu")
    assert client.get(f"/editor/api/main/pages/{lesson.pk}/").status_code == (302 if role == "editor-el" else 200)
    data = {"locale": "el", "destination_page_id": trees["hu"].other.pk, "revision_id": trees["hu"].revision.pk}
    for act in API:
        path = f"/editor/api/main/pages/{lesson.pk}/action/{act}/"
        assert refused(client.post(path, json.dumps(data), content_type="application/json"))
        assert everything_of("hu") == before


@pytest.mark.parametrize("role", ["editor-el", "coordinator"])
def test_nobody_brings_a_page_of_one_language_into_another(trees, role, make_user, sign_in):
    client, module, before = sign_in(make_user("person", role)), trees["hu"].module, everything_of("hu")
    for code in ("en", "el"):
        lesson = lesson_of(code)
        client.post(f"/editor/pages/{lesson.pk}/copy/", copied(trees["hu"], lesson))
        client.post(f"/editor/pages/{lesson.pk}/move/{module.pk}/confirm/")
        assert everything_of("hu") == before


def test_a_greek_editor_brings_back_no_version_and_takes_no_time_away(trees, make_user, sign_in):
    revision = trees["hu"].revision
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    before = everything_of("hu")
    client, path = sign_in(make_user("greek", "editor-el")), f"/editor/pages/{lesson_of('hu').pk}/revisions"
    assert refused(client.post(f"{path}/{revision.pk}/revert/"))
    assert refused(client.post(f"{path}/{revision.pk}/unschedule/"))
    assert refused(client.get(f"{path}/{revision.pk}/view/"))
    assert everything_of("hu") == before


def test_a_greek_editor_acts_in_no_hungarian_review(trees, make_user, sign_in):
    lesson = lesson_of("hu")
    state = lesson.get_workflow().start(lesson, make_user("anna", "translator-hu"))
    task, before = state.current_task_state, everything_of("hu")
    client = sign_in(make_user("greek", "editor-el"))
    for act in ("approve", "reject"):
        assert refused(client.post(f"/editor/pages/workflow/action/{lesson.pk}/{act}/{task.pk}/", {"comment": "x"}))
    assert refused(client.post(f"/editor/pages/{lesson.pk}/edit/", {"action-cancel-workflow": "1"}))
    assert everything_of("hu") == before


def test_a_draft_of_another_language_is_not_shown(trees, make_user, sign_in):
    client = sign_in(make_user("greek", "editor-el"))
    for act in ("preview", "pofile/download"):
        answers = [client.get(localize(act)(trees[code], None)).status_code for code in ("hu", "el")]
        assert answers[0] in {302, 403}
        assert answers[1] == 200


def refused(response):
    """403, no such page, or Wagtail's way back to its home; a bulk action says who may not."""
    if response.status_code == 200:
        return "permission" in response.content.decode()
    # What is not there is looked for once more with a language in front.
    ways_out = {"/editor/", f"/en{response.wsgi_request.path}"}
    return response.status_code in {403, 404} or response.headers.get("Location") in ways_out
