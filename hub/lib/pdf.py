"""PDF from HTML by WeasyPrint: tagged for screen readers (PDF/UA-1), with Debian's Noto fonts.

Other fonts print wrong letters: those that are cut up by script end in one font under one name (docs/decisions.md).
"""

import subprocess
import threading
from functools import lru_cache

from PIL import ImageFile

FONTS = "Noto Serif"
NEEDED = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"
kept = threading.local()


class NoPdf(Exception):
    """This machine lacks what PDF is made with; the message says what."""


def pdf_of(html, styles):
    """The bytes of a PDF. Nothing is fetched: `html` holds its pictures, `styles` is a text."""
    weasy = weasyprint()
    if not has_fonts():
        raise NoPdf(f"Please install: {NEEDED}")
    sheet = weasy.HTML(string=html, url_fetcher=fetch_nothing)
    return sheet.write_pdf(stylesheets=[parsed(styles)], font_config=known_fonts(), pdf_variant="pdf/ua-1")


@lru_cache
def weasyprint():
    """The module: a second to import; and it needs libraries that a hub without PDF does not."""
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as lacking:
        raise NoPdf(f"Please install: {NEEDED}") from lacking
    # It has Pillow take pictures that are cut off, in the whole process; hub.lib.pictures relies on their being refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


@lru_cache(maxsize=4)
def parsed(styles):
    return weasyprint().CSS(string=styles, url_fetcher=fetch_nothing)


def known_fonts():
    """What this thread has found of the fonts: to find them anew is a third of the work on a page. No two threads may share it."""
    if not hasattr(kept, "fonts"):
        kept.fonts = weasyprint().text.fonts.FontConfiguration()
    return kept.fonts


def fetch_nothing(url, *args, **kwargs):
    raise ValueError("A PDF of the hub fetches nothing.")


@lru_cache
def has_fonts():
    return bool(fonts(f":family={FONTS}"))


def unprintable(text):
    """The characters of `text` that no font of this machine has; none where that cannot be asked."""
    return [letter for letter in dict.fromkeys(text) if ord(letter) > 0x17F and not in_a_font(letter)]


@lru_cache(maxsize=2_000)
def in_a_font(letter):
    found = fonts(f":charset={ord(letter):x}")
    return found is None or bool(found)


def fonts(pattern):
    """The fonts that a pattern of fontconfig finds, as lines; None without fontconfig."""
    try:
        done = subprocess.run(["fc-list", pattern, "family"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.split("\n")[:-1]
