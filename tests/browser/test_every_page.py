"""What must hold on every page kind: in five languages, light and dark, wide and at 320 px."""

import re

import pytest
from django.conf import settings

from tests.page_kinds import PAGE_KINDS
from tests.settings import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = f"axe.run(document, {{runOnly: {{type: 'tag', values: {TAGS}}}, resultTypes: ['violations']}})"
RUN_AXE_ON_COLOURS = (
    "axe.run(document, {runOnly: ['color-contrast', 'link-in-text-block'], resultTypes: ['violations']})"
)
# Colours do not change with the language, and looking at them takes most of axe's time: they are looked at in English.
RUN_AXE_ON_THE_REST = RUN_AXE.replace("resultTypes", "rules: {'color-contrast': {enabled: false}}, resultTypes")
LANGUAGES = [code for code, _ in settings.LANGUAGES]
OTHERS = [code for code in LANGUAGES if code != "en"]
# How far something sticks out to the side, and what.
SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return null;
  const out = [...document.querySelectorAll("body *")].find(e => e.getBoundingClientRect().right > innerWidth + 1);
  return `${wide}px: ${out ? out.outerHTML.slice(0, 120) : "?"}`;
}"""


@pytest.fixture
def everybody(request, open_window, settled_hub):
    """A function giving a page for a person of the cast, one browser window each, in the given look and with a script before each page."""
    windows = {}

    def page_for(who, script=None, **look):
        key = (who, *sorted(map(str, look.items())))
        if key not in windows:
            windows[key] = open_window(**look)
            if script:
                windows[key].context.add_init_script(path=script)
            if who != "visitor":
                windows[key].sign_in(request.getfixturevalue(who))
        return windows[key]

    return page_for


def violations(page, run=RUN_AXE):
    """axe's findings, one line per rule and first place. Comes and runs by the debugger: the page's own policy lets no other in."""
    found = page.evaluate(run)["violations"]
    return [f"{item['id']}: {item['nodes'][0]['target']} {item['nodes'][0]['html'][:160]}" for item in found]


def look_at(page, language):
    """Everything axe says in the light; in the dark only colours can differ."""
    if language != "en":
        return violations(page, RUN_AXE_ON_THE_REST)
    light = violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = [f"dark: {line}" for line in violations(page, RUN_AXE_ON_COLOURS)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return light + dark


def share_of(language):
    """The kinds that axe looks at in a language. Their templates are the same in all: English has every kind, the others take turns."""
    return PAGE_KINDS if language == "en" else PAGE_KINDS[OTHERS.index(language) :: len(OTHERS)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_accessible(everybody, settled_hub, language):
    wrong = {}
    for kind in share_of(language):
        window = everybody(kind.who, AXE, color_scheme="light", reduced_motion="reduce")
        response = window.go(kind.path(language, **settled_hub))
        if found := [*status(response, kind), *look_at(window.page, language), *policy(window.page)]:
            wrong[kind.name] = found
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_opens_in_each_language_with_one_heading(request, settled_hub, sign_in, visitor, language):
    clients, wrong = {"visitor": visitor}, []
    for kind in PAGE_KINDS:
        if kind.who not in clients:
            clients[kind.who] = sign_in(request.getfixturevalue(kind.who))
        response = clients[kind.who].get(kind.path(language, **settled_hub), follow=True)
        page = response.content.decode()
        heads = [len(re.findall(mark, page)) for mark in (rf'<html lang="{language}"', "<h1[ >]", r"<title>\s*\S")]
        if (response.status_code, heads) != (kind.status, [1, 1, 1]):
            wrong.append(f"{kind.name}: {response.status_code} {heads}")
    assert wrong == []


@pytest.mark.parametrize("language", ["el", "hu"])
def test_nothing_sticks_out_at_320_pixels(everybody, settled_hub, language):
    wrong = {}
    for kind in PAGE_KINDS:
        window = everybody(kind.who, viewport={"width": 320, "height": 640})
        window.go(kind.path(language, **settled_hub))
        if found := window.page.evaluate(SIDEWAYS):
            wrong[kind.name] = found
    assert wrong == {}


def status(response, kind):
    return [] if response.status == kind.status else [f"status {response.status}"]


def policy(page):
    return page.evaluate("window.policyViolations")
