"""Takes the pictures of the editor's guide from a running hub: hub/static/guide/<language>/<name>.webp, one set per language.

    make guide-pictures                            all languages and pictures
    GUIDE_LANGUAGES=hu GUIDE_PICTURES=desk,ask make guide-pictures

A hub of its own in var/guide is loaded for this; two English sentences of it are changed, so that something waits for its translators.
Served on a free port of the loopback, driven by Debian's Chromium. Dates are fixed, so that a picture changes only when the page does.
"""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from stamps import ROOT

GUIDE = Path(os.environ.get("HUB_VAR", ROOT / "var")).resolve() / "guide"
os.environ["HUB_VAR"] = str(GUIDE)
os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs beside the database

from measuring import free_port, session_of  # noqa: E402
from prepare import django, prepare  # noqa: E402  (it reads HUB_VAR)

PICTURES = ROOT / "hub" / "static" / "guide"
WIDTH, LARGEST, MARGIN = 900, 60_000, 12
WINDOW = {"width": 1000, "height": 900}
CONTENT = "main .nice-padding"  # all that stands below the head of a page
# How far the page is scrolled, and how far in the content of a piece begins.
SCROLLED = "piece => [scrollY, piece.matches('.nice-padding') ? parseFloat(getComputedStyle(piece).paddingLeft) : 0]"
CHANGED = "2026-11-03T09:00:00+00:00"
PATIENCE = 60_000  # milliseconds: the first page of the editor asks for some sixty files
LESSON, OTHER, THIRD = "your-kit-your-pace", "what-you-bring", "your-career-line"
# A word that stands in the kits of each language, and one that could stand for it.
WORDS = {
    "en": ("phone", "telephone"),
    "it": ("telefono", "cellulare"),
    "el": ("τηλέφωνο", "κινητό"),
    "hu": ("buszon", "villamoson"),
    "sv": ("bussen", "spårvagnen"),
}


def main():
    from playwright.sync_api import sync_playwright

    prepare()
    django()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")  # sessions are made in this process
    languages = (os.environ.get("GUIDE_LANGUAGES") or ",".join(WORDS)).split(",")
    names = (os.environ.get("GUIDE_PICTURES") or ",".join(SCENES)).split(",")
    leave_something_to_do()
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for language in languages:
            for name in names:
                take(Camera(browser, address, language), name)
        browser.close()


def chromium():
    return next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


@contextmanager
def served():
    """The hub as it runs for everybody, on a free port."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws", "--blocking-threads", "4"]
    process = subprocess.Popen([sys.executable, *command, "--log-level", "error", "hub.wsgi:application"], cwd=ROOT)
    try:
        wait_for(f"{address}/health/live")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_for(url):
    for _ in range(300):
        try:
            return urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.2)
    sys.exit("The hub did not start.")


# What there is to see ------------------------------------------------------------------------------


def english(slug):
    from courses.models import LessonPage

    return LessonPage.objects.get(slug=slug, locale__language_code="en")


def steps_of(lesson):
    return next(block.value["items"] for block in lesson.body if block.block_type == "steps")


def leave_something_to_do():
    """In the first lesson a step says something else, and one has come; in the next one such a change waits as a draft."""
    from wagtail.rich_text import RichText

    from courses.models import TranslationState
    from courses.translation import freshness

    first, other = english(LESSON), english(OTHER)
    steps = steps_of(first)
    if not any("of the lesson say" in str(step["text"]) for step in steps):
        steps[-1]["text"] = RichText("<p>The last two lines of the lesson say what is worth keeping.</p>")
        steps.append({"title": "You ask", "text": RichText("<p>When you are stuck, ask in the forum.</p>")})
        first.save_revision().publish()
        freshness.sync_page(first.pk)
    if not other.has_unpublished_changes:
        other.aim = (
            "You write up to twelve strengths from study, work, home and moving, in words that everybody understands."
        )
        other.save_revision()
    if not (third := english(THIRD)).has_unpublished_changes:
        third.body.insert(
            1, ("text", RichText('<p>There is more to read <a href="https://europass.europa.eu/">here</a>.</p>'))
        )
        third.save_revision()
    freshness.recount()
    for state in TranslationState.objects.to_do():
        state.changes = dict.fromkeys(state.changes, CHANGED)
        state.since = state.changed_at = CHANGED
        state.save()


def somebody(role, language):
    """Who holds a role and has the editor in a language."""
    from django.contrib.auth.models import Group

    from hub.accounts.models import User

    user, _made = User.objects.get_or_create(username=f"guide-{role}-{language}", defaults={"language": language})
    user.groups.set(Group.objects.filter(name=role))
    return user.username


def their_language(language):
    """Into which language the translator of a guide translates; that of the English guide translates into Hungarian."""
    return "hu" if language == "en" else language


def desk_of(language):
    from wagtail_localize.models import Translation

    key, locale = english(LESSON).translation_key, their_language(language)
    return Translation.objects.get(source__object_id=key, target_locale__language_code=locale).pk


def returned_file(language):
    """A file as an agency sends it back: one text is new, one is another, one has lost its tags, one is for older English."""
    import polib

    from courses.translation.outgoing import export_file

    file = polib.pofile(export_file(language=language, scope="learner/start").decode())
    entries = [entry for entry in file if entry.msgstr and not entry.fuzzy]
    plain = [entry for entry in entries if "<" not in entry.msgstr]
    for entry in plain[3:6]:
        entry.msgstr = entry.msgstr.rstrip(".") + " (1)."
    next(entry for entry in entries if "<b>" in entry.msgstr).msgstr = plain[0].msgstr
    for entry in file.untranslated_entries():
        entry.msgstr = plain[1].msgstr
    return {"name": f"{language}-learner-start.po", "mimeType": "text/plain", "buffer": str(file).encode()}


def word_document():
    from tests.courses.word.documents import docx, h, p, table, title

    body = [title("Your first month at work"), p("You know whom to ask, and what to ask."), h(1, "The first day")]
    body += [h(2, "Who is who"), p("Aim: You draw who works with whom."), p("Ask for a list of names. " * 30)]
    body += [table(["Who", "What to ask"], ["your team", "how they work"]), h(2, "Words of the house")]
    body += [p("Every house has words of its own. " * 25), h(1, "The first week"), h(2, "Your first question")]
    body += [p("A question in the first week is welcome. " * 25)]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "first-month.docx", "mimeType": kind, "buffer": docx(*body)}


# Taking the pictures -------------------------------------------------------------------------------


class Camera:
    """One language's browser; it signs in as whoever a picture needs."""

    def __init__(self, browser, address, language):
        self.address, self.language = address, language
        self.context = browser.new_context(base_url=address, viewport=WINDOW, locale=language, reduced_motion="reduce")
        self.context.set_default_timeout(PATIENCE)
        self.context.add_cookies([{"name": "wagtail_sidebar_collapsed", "value": "1", "url": address}])
        self.page = self.context.new_page()

    def go(self, path, *, role):
        username = somebody(role, self.language)
        self.context.add_cookies([{"name": "sessionid", "value": session_of(username), "url": self.address}])
        self.page.goto(path)
        self.page.wait_for_load_state("load")

    def as_author(self, path):
        self.go(path, role="editor-en")

    def as_translator(self, path):
        self.go(path, role=f"editor-{their_language(self.language)}")

    def shoot(self, selector=CONTENT, *, height=620):
        """The piece of the page, cut off below `height`, from its first line on."""
        self.page.wait_for_timeout(400)
        place = self.page.locator(selector).first
        place.scroll_into_view_if_needed()
        clip = piece(place.bounding_box(), *place.evaluate(SCROLLED), height)
        return self.page.screenshot(clip=clip, full_page=True, animations="disabled", caret="hide")


def piece(box, scrolled, inset, height):
    """What to cut out of the whole page, with a margin all around but not beyond its edge."""
    left = box["x"] + inset - MARGIN
    width = min(box["width"] - 2 * inset + 2 * MARGIN, WINDOW["width"] - left)
    return {
        "x": left,
        "y": box["y"] + scrolled - MARGIN,
        "width": width,
        "height": min(box["height"], height) + 2 * MARGIN,
    }


def waiting(camera):
    camera.as_translator("/editor/")
    return camera.shoot(".freshness-panel")


def begin(camera):
    camera.as_author(f"/editor/pages/add/courses/lessonpage/{english(LESSON).get_parent().pk}/")
    return camera.shoot()


def stale(camera):
    other = english(OTHER)
    camera.as_author(f"/editor/publish/{other.pk}/{other.latest_revision_id}/")
    return camera.shoot()


def desk(camera):
    camera.as_translator(f"/editor/translate/{desk_of(camera.language)}/")
    return camera.shoot(".translate-card--behind")


def ask(camera):
    camera.as_translator(f"/editor/translate/{desk_of(camera.language)}/")
    camera.page.locator("button[formaction*='/publish/']").click()
    camera.page.locator(".translate-ask").wait_for()
    return camera.shoot()


def word(camera):
    camera.as_author("/editor/kits/import/")
    camera.page.locator("input[type=file]").set_input_files(word_document())
    camera.page.locator("main form[enctype] button.button").click()
    camera.page.locator("input[name=title]").wait_for()
    return camera.shoot(height=470)


def texts(camera):
    camera.as_translator("/editor/texts/")
    camera.page.locator("input[type=file]").set_input_files(returned_file(their_language(camera.language)))
    camera.page.locator("form[enctype] button.button").click()
    camera.page.locator(".texts-counts").wait_for()
    return camera.shoot(".texts-counts")


def replace(camera):
    old, new = WORDS[camera.language]
    path = f"/editor/replace/?language={camera.language}&old={old}&new={new}"
    camera.as_author(path) if camera.language == "en" else camera.as_translator(path)
    return camera.shoot("main .nice-padding form[method=post]", height=420)


def checks(camera):
    camera.as_author(f"/editor/checks/page/{english(THIRD).pk}/")
    return camera.shoot()


SCENES = {scene.__name__: scene for scene in (waiting, begin, stale, desk, ask, word, texts, replace, checks)}


def take(camera, name):
    path = PICTURES / camera.language / f"{name}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_bytes(small(SCENES[name](camera)))
    except Exception:
        camera.page.screenshot(path=GUIDE / "failed.png")
        raise
    finally:
        camera.context.close()
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB", flush=True)


def small(png):
    """WebP, at most WIDTH wide and LARGEST bytes: without loss where that fits."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.thumbnail((WIDTH, 2_000))
    for options in ({"lossless": True}, *({"quality": quality} for quality in (85, 70, 50))):
        out = io.BytesIO()
        image.save(out, "WEBP", method=6, **options)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


if __name__ == "__main__":
    main()
