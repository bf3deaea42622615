"""The translator's desk: an editor on a phone, with the keyboard, and without scripts."""

import pytest
from wagtail_localize.models import StringTranslation, Translation

from courses.translation.parts import parts_of
from tests.browser.conftest import PHONE
from tests.browser.test_every_page import AXE

RUN_AXE = "axe.run(document.querySelector('main'), {resultTypes: ['violations']})"


@pytest.fixture
def desk(loaded_hub, make_user):
    """The desk of a Hungarian lesson in which the first two texts of the body are open; (editor, its address, the parts)."""
    translation = Translation.objects.get(source__object_repr="Sessions 1 and 2", target_locale__language_code="hu")
    opened = [part for part in parts_of(translation) if part.block_id][:2]
    StringTranslation.objects.filter(pk__in=[part.row.pk for part in opened]).delete()
    return make_user("editor-hu", "editor-hu"), f"/editor/translate/{translation.pk}/", opened


def kept(part):
    return StringTranslation.objects.filter(
        context=part.context_id, translation_of=part.string_id, locale__language_code="hu"
    )


def test_she_writes_saves_and_goes_on_without_leaving_the_keyboard(open_window, desk):
    editor, address, (first, second) = desk
    window = open_window(viewport=PHONE)
    window.context.set_default_navigation_timeout(45_000)  # the first page of the admin asks for some sixty files
    window.sign_in(editor)
    window.go(address)
    page = window.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.evaluate(AXE.read_text())
    assert [found["id"] for found in page.evaluate(RUN_AXE)["violations"]] == []
    page.locator(f"#segment-{first.id} textarea").fill("Egy szöveg, amely elég hosszú.")
    page.keyboard.press("Control+Enter")
    page.locator(f"#segment-{second.id} textarea:focus").wait_for()
    assert page.locator("[data-translate-status]").inner_text() == "Saved."
    assert page.locator("[data-count=todo]").inner_text() == "1"
    assert kept(first).get().data == "Egy szöveg, amely elég hosszú."
    page.locator(f"#segment-{second.id} textarea").fill("Rossz <script>")
    page.locator(f"#segment-{second.id} [data-save]").click()
    page.locator(f"#segment-{second.id} .error-message").wait_for()
    assert page.locator(f"#segment-{second.id} textarea").input_value() == "Rossz <script>"
    assert not kept(second).exists()
    page.locator("[data-translate-preview] summary").click()
    preview = page.frame_locator("[data-translate-preview] iframe")
    assert preview.get_by_text("Egy szöveg, amely elég hosszú.").first.inner_text() == "Egy szöveg, amely elég hosszú."


def test_without_scripts_one_press_saves_all_that_was_typed(open_window, desk):
    editor, address, opened = desk
    window = open_window(viewport=PHONE, java_script_enabled=False)
    window.sign_in(editor)
    window.go(address)
    for part in opened:
        window.page.locator(f"#segment-{part.id} textarea").fill("Egy szöveg, amely elég hosszú.")
    window.page.get_by_role("button", name="Save all").click()
    assert "2 parts saved." in window.page.locator(".messages").inner_text()
    assert all(kept(part).exists() for part in opened)
