"""In a thread with a script: a reply without leaving the page, its errors, switches, and the names offered after @."""

import pytest
from playwright.sync_api import expect

from forums.models import Post, Report, Thread, ThreadRead
from tests.browser.conftest import PHONE


@pytest.fixture
def thread(settled_hub):
    """The learner asked under Heron 27, a moderator answered under Maple 31."""
    return Thread.objects.select_related("forum").get(pk=settled_hub["thread"])


@pytest.fixture
def page(open_window, thread, learner):
    window = open_window(viewport=PHONE)
    window.sign_in(learner)
    window.go(thread.get_absolute_url())
    window.page.evaluate("window.stayed = true")
    return window.page


def send(page, text, language="en"):
    page.fill("textarea[name=body]", text)
    page.select_option("select[name=language]", language)
    page.locator(".post-form button.button--primary").click()


def test_a_reply_comes_at_its_place_and_takes_the_focus(page, thread):
    send(page, "I counted my hours, and they were more than I had thought before this week began.")
    post = page.locator("article.post", has_text="I counted my hours")
    expect(post).to_be_focused()
    expect(page.locator("[data-said]")).to_have_text("Your post is sent.")
    expect(page.locator("textarea[name=body]")).to_have_value("")
    assert page.evaluate("window.stayed")
    first_id = page.locator("input[name=client_id]").get_attribute("value")
    page.locator("[data-toolbar] button").first.click()  # the toolbar of the new form works
    expect(page.locator("textarea[name=body]")).to_have_value("****")
    send(page, "And a second thought, which came to me on the way home from the course today.")
    expect(page.locator("article.post", has_text="And a second thought")).to_be_focused()
    assert Post.objects.filter(thread=thread).count() == 4
    assert page.locator("input[name=client_id]").get_attribute("value") != first_id


def test_what_is_wrong_stands_above_the_form_and_her_words_stay(page, thread):
    page.evaluate("document.querySelector('.post-form').noValidate = true")
    send(page, "   ")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    Thread.objects.update(locked=True)
    send(page, "My long answer, which I do not want to write once more when something goes wrong.")
    expect(page.locator("[data-refused]")).to_be_focused()
    assert page.input_value("textarea[name=body]").startswith("My long answer")
    assert page.evaluate("window.stayed")


def test_without_a_line_her_words_stay_and_it_says_so(page, thread):
    page.context.set_offline(True)
    send(page, "On the bus, in the tunnel, where there is no line at all for some long minutes.")
    expect(page.locator("[data-write-notes] [role=alert]")).to_contain_text("There is no connection")
    page.context.set_offline(False)
    page.locator(".post-form button.button--primary").click()
    expect(page.locator("article.post", has_text="On the bus")).to_be_focused()


def test_a_form_that_counts_no_longer_is_sent_the_plain_way(page, thread):
    page.context.clear_cookies()
    page.fill("textarea[name=body]", "Signed out in another tab")
    with page.expect_navigation():
        page.locator(".post-form button.button--primary").click()
    expect(page.locator("main")).to_contain_text("Signed out in another tab")


def test_following_and_the_answer_that_helped_change_in_place(page, thread, learner):
    button = page.locator("form.follow button")
    expect(button).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/follow/"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_be_focused()
    assert ThreadRead.objects.get(user=learner, thread=thread).following is False
    answer = page.locator("article.post").nth(1)
    answer.locator("summary").click()
    answer.get_by_role("button", name="This answer helped").click()
    expect(answer.locator(".tag--good")).to_have_text("This answer helped")
    expect(page.locator("section.accepted")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_a_report_is_written_and_sent_below_the_post(page, thread):
    Report.objects.all().delete()
    post = page.locator("article.post").nth(1)
    post.locator("summary").click()
    post.get_by_role("link", name="Report or tell the moderators").click()
    place = page.locator("[data-report-place]")
    expect(place.locator("input[type=radio]").first).to_be_focused()
    place.locator("form").evaluate("form => { form.noValidate = true }")
    place.get_by_role("button", name="Send my report").click()
    expect(place.locator("[data-error-summary]")).to_be_focused()
    place.locator("input[value=hurtful]").check()
    place.locator("textarea").fill("Look at the second line")
    place.get_by_role("button", name="Send my report").click()
    expect(post.locator(".notice--good")).to_contain_text("A moderator will look at this post.")
    assert Report.objects.get().note == "Look at the second line"
    assert page.evaluate("window.stayed")
    post.get_by_role("link", name="Report or tell the moderators").click()
    place.get_by_role("link", name="Back without sending").click()
    expect(place).to_have_count(0)


def test_names_of_the_thread_are_offered_by_keyboard_and_by_touch(page, thread):
    field = page.locator("textarea[name=body]")
    names = page.locator("[data-mentions] [role=option]")
    field.press_sequentially("Thank you @m")
    expect(names).to_have_text(["Maple 31"])
    expect(field).to_have_attribute("aria-activedescendant", "mention-0")
    field.press("Enter")
    expect(field).to_have_value("Thank you @Maple 31 ")
    field.press_sequentially("and @")
    expect(names).to_have_text(["Maple 31"])  # not her own
    field.press("Escape")
    expect(page.locator("[data-mentions]")).to_be_hidden()
    field.press_sequentially("ma")
    names.first.click()
    expect(field).to_have_value("Thank you @Maple 31 and @Maple 31 ")
    field.press_sequentially("you all helped me so much this week, more than I can say.")
    page.locator(".post-form button.button--primary").click()
    expect(page.locator("article.post").last.locator(".mention").first).to_have_text("@Maple 31")


def test_a_mail_address_offers_nobody(page, thread):
    page.locator("textarea[name=body]").press_sequentially("office@ma")
    expect(page.locator("[data-mentions]")).to_be_hidden()


def test_without_a_script_it_is_sent_as_ever(open_window, thread, learner):
    window = open_window(java_script_enabled=False)
    window.sign_in(learner)
    window.go(thread.get_absolute_url())
    window.page.fill(
        "textarea[name=body]", "Plain, and sent all the same, with the words @Maple 31 in it as I typed them."
    )
    with window.page.expect_navigation():
        window.page.locator(".post-form button.button--primary").click()
    expect(window.page.locator(".mention")).to_have_text("@Maple 31")


WORDS = "I wrote this on the bus, and then the window closed before I could send it to anybody."


KEPT = "Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"


def wait_for_kept(page, count):
    page.wait_for_function(f"count => {KEPT} === count", arg=count)


def test_unsent_words_wait_on_her_own_device_and_go_when_they_are_sent(page, thread):
    page.context.set_offline(True)
    page.fill("textarea[name=body]", WORDS)
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(thread.get_absolute_url())
    expect(page.locator("textarea[name=body]")).to_have_value(WORDS)
    expect(page.locator("[data-draft-status]")).to_contain_text("kept on this device")
    send(page, WORDS)
    expect(page.locator("article.post", has_text="I wrote this on the bus")).to_be_focused()
    wait_for_kept(page, 0)


def test_a_new_thread_that_was_sent_leaves_nothing_on_the_device(page, thread):
    page.goto(f"/en/forums/{thread.forum.slug}/new/")
    page.fill("input[name=title]", "What did you ask first?")
    page.fill("textarea[name=body]", WORDS)
    wait_for_kept(page, 1)
    page.locator(".post-form button.button--primary").click()
    expect(page.locator("article.post", has_text="I wrote this on the bus")).to_be_visible()
    wait_for_kept(page, 0)


def test_on_a_shared_phone_no_draft_is_kept_there(open_window, thread, learner):
    window = open_window(viewport=PHONE)
    window.sign_in(learner, own_device=False)
    window.go(thread.get_absolute_url())
    window.page.fill("textarea[name=body]", WORDS)
    window.page.wait_for_timeout(500)
    assert window.page.evaluate(KEPT) == 0
