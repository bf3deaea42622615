"""An author begins a lesson, pastes what she wrote in Word, and is told what to look at while she writes."""

from playwright.sync_api import expect

from courses.models import LessonPage, ModulePage
from tests.browser.test_every_page import AXE

# From the clipboard of Word 15, shortened: its head, a styled paragraph, a list that is none, a picture on her own disk.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-unhide:no;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal><span style='font-family:"Calibri",sans-serif;mso-ansi-language:EN-GB'>You meet <b
style='mso-bidi-font-weight:normal'>your team</b>&nbsp; in <st1:City w:st="on">Lund</st1:City>.<span
style='mso-spacerun:yes'>  </span>Click <a href="https://europass.europa.eu/en">here</a>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Bring a pen<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Ask twice<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>An in&shy;ter&shy;view.<img src="file:///C:/x/image001.png"></p>
<!--EndFragment--></body></html>"""
PASTE = """([place, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
RULES = (
    "axe.run(document.querySelector('main'), {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'], resultTypes: ['violations']})"
)


def complaints(page):
    page.evaluate(AXE.read_text())
    return [violation["id"] for violation in page.evaluate(RULES)["violations"]]


def test_an_author_begins_a_lesson_pastes_from_word_and_is_told_what_to_look_at(window, editor_en):
    module = ModulePage.objects.filter(locale__language_code="en").order_by("path").first()
    window.sign_in(editor_en)
    page = window.page
    window.go(f"/editor/pages/{module.pk}/add_subpage/")
    assert complaints(page) == []
    page.get_by_label("Title of the new lesson").fill("A day at work")
    page.get_by_role("button", name="Begin", exact=True).click()
    text = page.locator("[contenteditable=true]").first
    text.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, [text.element_handle(), WORD])
    page.get_by_label("Toggle checks").click()
    listed = page.locator("[data-checks-now]")
    expect(listed).to_contain_text("The link “here” does not say where it leads")
    expect(listed).to_contain_text("was put there for you to write over")
    page.locator("button:has-text('Save draft')").first.click()
    expect(page.locator("[data-checks-now]")).to_be_visible()
    lesson = LessonPage.objects.get(slug="a-day-at-work")
    window.go(f"/editor/checks/page/{lesson.pk}/")
    assert complaints(page) == []
    kept = lesson.get_latest_revision_as_object().body.get_prep_value()[0]["value"]
    assert [part for part in ("mso", "style", "<img", "o:p", "\u00a0", "\u00ad", "  ") if part in kept] == []
    assert kept.count("<li ") == 2
    assert "your team</b> in Lund. Click <a" in kept
