"""The rules of completion in the page editor."""

import pytest

from courses.models import KitPage, ModulePage

FIELDS = ["needs_lessons", "needs_checks", "needs_reflections", "needs_checklists"]


def editor(client, model, language):
    page = model.objects.get(locale__language_code=language)
    return client.get(f"/editor/pages/{page.pk}/edit/").content.decode()


@pytest.mark.parametrize(("model", "fields"), [(ModulePage, FIELDS), (KitPage, ["needs_modules", *FIELDS])])
def test_an_editor_sets_what_completes_a_page(model, fields, kit, admin, sign_in):
    page = editor(sign_in(admin), model, "en")
    assert "Complete when…" in page
    assert [name for name in fields if f'name="{name}"' not in page] == []


@pytest.mark.parametrize("model", [ModulePage, KitPage])
def test_in_another_language_she_is_shown_where_the_rules_stand(model, kit, admin, sign_in):
    page = editor(sign_in(admin), model, "el")
    source = model.objects.get(locale__language_code="en")
    assert f'href="/editor/pages/{source.pk}/edit/"' in page
    assert "They are changed on the page in English." in page
    assert 'name="needs_lessons"' not in page
