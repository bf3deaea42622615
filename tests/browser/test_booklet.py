"""My booklet and my plan in a real browser: changed in place, with and without a script, printed, emptied on the device too."""

import re

from playwright.sync_api import expect

from courses.models import Answer, Step
from tests.browser.conftest import PHONE
from tests.page_kinds import LESSON

BOOKLET = "/en/my/booklet/learner/"
PLAN = "/en/my/plan/learner/"
WAITING = """async () => {
  const found = (await indexedDB.databases()).map(({ name }) => name);
  if (!found.includes("hub-waiting")) return 0;
  const db = await new Promise((resolve) => { indexedDB.open("hub-waiting").onsuccess = (event) => resolve(event.target.result); });
  const count = await new Promise((resolve) => {
    db.transaction("words").objectStore("words").count().onsuccess = (event) => resolve(event.target.result);
  });
  db.close();
  return count;
}"""


def words_of(learner):
    rows = Answer.objects.filter(user=learner, kind="reflection", state=Answer.State.CURRENT)
    return [row.body["text"] for row in rows]


def test_words_changed_in_place_are_kept_and_stand_on_the_page(settled_hub, learner, open_window):
    window = open_window(viewport=PHONE)
    window.sign_in(learner)
    window.go(BOOKLET)
    page = window.page.locator("[data-page]:has(textarea)").first
    expect(page.locator("textarea")).to_be_hidden()
    page.get_by_text("Change", exact=True).click()
    expect(page.locator("[data-words]")).to_be_hidden()
    page.locator("form[data-watched]").first.wait_for(state="attached")  # the script has come
    with window.page.expect_response("**/answer/**") as kept:
        page.locator("textarea").fill("Thursday, in the library.")
    assert kept.value.ok
    page.get_by_text("Change", exact=True).click()
    expect(page.locator("[data-words]")).to_have_text(re.compile("Thursday, in the library."))
    assert sorted(words_of(learner)) == [
        "My week",
        "Thursday, in the library.",
    ]  # the first is what she shares with her circle


def test_without_a_script_the_form_leads_back_to_the_same_page(settled_hub, learner, open_window):
    window = open_window(java_script_enabled=False)
    window.sign_in(learner)
    window.go(BOOKLET)
    page = window.page.locator("[data-page]:has(textarea)").first
    page.get_by_text("Change", exact=True).click()
    page.locator("textarea").fill("Thursday, in the library.")
    page.get_by_role("button", name="Keep my words").click()
    window.page.wait_for_url(f"**{BOOKLET}#page-*")
    expect(page.locator("[data-words]")).to_have_text(re.compile("Thursday, in the library."))


def test_on_paper_only_her_words_are_printed(settled_hub, learner, window):
    window.sign_in(learner)
    window.go(BOOKLET)
    window.page.emulate_media(media="print")
    for seen in ("My booklet", "Friday, at the library.", "Talk to two laboratories"):
        expect(window.page.get_by_text(seen, exact=True).first).to_be_visible()
    for unseen in (".site-footer", ".bar", "textarea", ".booklet-tools", ".booklet-blank", ".button"):
        expect(window.page.locator(unseen).first).to_be_hidden()


def test_the_print_button_is_there_only_with_a_script(settled_hub, learner, open_window):
    for scripts in (True, False):
        window = open_window(java_script_enabled=scripts)
        window.sign_in(learner)
        window.go(BOOKLET)
        expect(window.page.locator("[data-print]")).to_be_visible(visible=scripts)


def test_emptying_takes_what_waits_on_her_device(settled_hub, learner, window):
    window.sign_in(learner, own_device=True)
    window.context.route("**/answer/**", lambda route: route.abort())
    window.go(f"/en/{LESSON}")
    field = window.page.locator("form[data-autosave] textarea").first
    window.page.locator("form[data-watched]").first.wait_for(state="attached")  # the script has come
    field.fill("Words on their way")
    window.page.wait_for_function(f"({WAITING})().then((count) => count > 0)")
    window.go(f"{BOOKLET}empty/")
    window.page.get_by_role("button", name="Empty it now").click()
    window.page.wait_for_url(f"**{BOOKLET}")
    assert window.page.evaluate(WAITING) == 0
    window.context.unroute("**/answer/**")
    window.go(f"/en/{LESSON}")
    expect(window.page.locator("form[data-autosave] textarea").first).to_have_value("")
    assert words_of(learner) == []


def test_a_plan_is_made_and_ticked_by_keyboard_alone(settled_hub, learner, open_window):
    window = open_window(java_script_enabled=False)
    window.sign_in(learner)
    window.go(PLAN)
    mark = window.page.get_by_role("button", name="Mark as done: Write to Ana")
    mark.focus()
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(f"**{PLAN}#step-*")
    assert Step.objects.get(text="Write to Ana").state == Step.State.DONE
    window.page.locator(".goal summary", has_text="Add a step").first.focus()
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Tab")
    window.page.keyboard.type("Call the office")
    window.page.keyboard.press("Tab")
    window.page.keyboard.type("03312027")
    window.page.locator("button", has_text="Keep this step").first.focus()
    window.page.keyboard.press("Enter")
    expect(window.page.get_by_text("Call the office", exact=True).first).to_be_visible()
    assert str(Step.objects.get(text="Call the office").due_on) == "2027-03-31"
