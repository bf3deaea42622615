"""Pictures of a document: measured by their head, decoded once to see whether they are sound, drawn anew before they are kept."""

import io

from PIL import Image, UnidentifiedImageError

from hub.lib.pictures import LEAST_SIDE, MOST_PIXELS, one_at_a_time, upright

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
QUALITY = 88


def fault_of(content):
    """Why a picture (bytes) cannot be taken, as a kind of words.py; empty when it can."""
    try:
        with one_at_a_time, Image.open(io.BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return "picture_large"
            if min(width, height) < LEAST_SIDE:
                return "picture_small"
            image.load()
    except Image.DecompressionBombError:
        return "picture_large"
    except UnidentifiedImageError:
        return "picture_kind"
    except Exception:  # Pillow tells of broken files by whatever went wrong inside
        return "picture_damaged"
    return ""


def redraw(content):
    """(bytes, suffix) of a picture without place, time or camera, no larger than a page shows it."""
    out = io.BytesIO()
    with one_at_a_time, Image.open(io.BytesIO(content), formats=FORMATS) as image:
        photo = image.format == "JPEG"
        drawn = upright(image.convert("RGBA") if image.mode == "P" else image)
        plain = Image.frombytes("RGB", drawn.size, drawn.tobytes())  # knows no metadata that could be written
    if photo:
        plain.save(out, "JPEG", quality=QUALITY, optimize=True)
        return out.getvalue(), "jpg"
    plain.save(out, "PNG", optimize=True)
    return out.getvalue(), "png"
