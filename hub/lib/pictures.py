"""A picture from a stranger made into one that is safe to show: read by its content, measured before it is decoded, drawn anew.

Nothing of the file itself is kept. What comes out is a WebP of plain pixels, turned upright, without place, time or camera.
"""

import io
import threading
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
LEAST_SIDE = 16
# A stripe of 10,000 × 20 pixels is no picture; a panorama is.
LONGEST_SHAPE = 8
FORMATS = ("JPEG", "PNG", "WEBP")  # MPO, which phones make, comes as JPEG
LARGE, SMALL = 1600, 480  # pixels of the longer side
QUALITY = 80
# 40 megapixels take 60 (JPEG), 360 (PNG) or 600 MB (WebP) while they are decoded: one at a time in each process.
one_at_a_time = threading.Lock()


class PictureRefused(ValueError):
    """Why, in words for her."""


@dataclass(frozen=True, slots=True)
class Picture:
    """WebP files, and their sizes in pixels."""

    large: bytes
    small: bytes
    size: tuple
    small_size: tuple


def read_picture(file):
    """The Picture in an open file. Raises PictureRefused."""
    file.seek(0)
    head = file.read(64)
    if not head:
        raise PictureRefused(_("This file is empty. Please choose another one."))
    refuse_by_name(head)
    size = file.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise PictureRefused(too_heavy())
    file.seek(0)
    with one_at_a_time:
        return draw(file)


def too_heavy():
    return _("This picture is larger than 8 MB. Please choose a smaller one, or send a screenshot of it.")


def too_large():
    return _("This picture has more than 40 megapixels. Please send a smaller one.")


def refuse_by_name(head):
    """Kinds of pictures that people often have, and what they can do."""
    if head[4:8] == b"ftyp":
        raise PictureRefused(
            _(
                "This kind of picture (HEIC or AVIF) cannot be shown here. Please send it as JPEG, or a screenshot of it."
            )
        )
    if head.startswith(b"GIF8"):
        raise PictureRefused(_("Moving pictures (GIF) cannot be shown here. Please send a still picture."))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise PictureRefused(_("This is a drawing in a file of text (SVG) or a page. Please send a screenshot of it."))


def draw(file):
    try:
        with Image.open(file, formats=FORMATS) as image:
            check(image)
            image.draft("RGB", (LARGE, LARGE))  # a large JPEG is decoded at a fraction of its size
            return redraw(upright(image))
    except PictureRefused:
        raise
    except Image.DecompressionBombError as bomb:  # so large that Pillow does not even look
        raise PictureRefused(too_large()) from bomb
    except UnidentifiedImageError as wrong:
        raise PictureRefused(_("This is no picture that can be shown here. JPEG, PNG and WebP can.")) from wrong
    # Pillow tells of broken files by whatever went wrong inside; none of it is of use to her.
    except Exception as broken:
        raise PictureRefused(_("This picture is damaged. Please send it again, or a screenshot of it.")) from broken


def check(image):
    """By its head alone, before anything is decoded."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PictureRefused(too_large())
    if min(width, height) < LEAST_SIDE:
        raise PictureRefused(_("This picture is too small to be seen."))
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        raise PictureRefused(_("This picture is too long and narrow. Please cut it into parts."))
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise PictureRefused(_("Moving pictures cannot be shown here. Please send a still picture."))


def upright(image):
    """As the camera held it; at most LARGE, on white where it lets through."""
    image.thumbnail((LARGE, LARGE))  # first: whatever follows would copy it at its full size
    image = ImageOps.exif_transpose(image)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image.convert("RGBA"))
    return image.convert("RGB")


def redraw(image):
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    return Picture(encode(image), encode(small), image.size, small.size)


def encode(image):
    """Only the pixels: a fresh image knows no metadata that could be written."""
    plain = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    plain.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
