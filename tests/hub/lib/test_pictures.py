"""Whatever a file holds, a picture without anything else comes out of it, or words that say why not."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image

from hub.lib import pictures
from hub.lib.pictures import PictureRefused, read_picture


def drawn(kind="JPEG", size=(400, 300), mode="RGB", **options):
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def read(content):
    return read_picture(io.BytesIO(content))


def opened(content):
    return Image.open(io.BytesIO(content))


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width, height, body=b""):
    """A PNG that says it is so large, with hardly anything in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def placed():
    """A photo lying on its side, with a place, a camera and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x0110] = "SECRETCAMERA"
    exif.get_ifd(0x8825)[2] = (37.0, 58.0, 0.0)
    return drawn(size=(400, 200), exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" * 20)


MODES = ["JPEG RGB", "JPEG L", "JPEG CMYK", "PNG RGB", "PNG RGBA", "PNG P", "PNG 1", "WEBP RGB"]


@pytest.mark.parametrize(("kind", "mode"), [mode.split() for mode in MODES], ids=MODES)
def test_photos_and_drawings_become_webp(kind, mode):
    made = read(drawn(kind, (2000, 1500), mode))
    large, small = opened(made.large), opened(made.small)
    assert (large.format, large.size, made.size) == ("WEBP", (1600, 1200), (1600, 1200))
    assert (small.format, small.size, made.small_size) == ("WEBP", (480, 360), (480, 360))


def test_a_small_picture_stays_as_small_as_it_is():
    assert read(drawn("PNG", (120, 80))).size == (120, 80)


def test_a_name_that_lies_about_the_kind_does_not_matter():
    file = io.BytesIO(drawn("PNG"))
    file.name = "photo.jpg"
    assert read_picture(file).size == (400, 300)


def test_place_camera_and_comment_are_gone_and_the_photo_stands_upright():
    made = read(placed())
    assert made.size == (200, 400)
    for content in (made.large, made.small):
        image = opened(content)
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
        assert b"SECRET" not in content
        assert b"EXIF" not in content


def test_what_hides_behind_or_inside_a_picture_does_not_come_through():
    """Polyglots: a page behind the end, an archive behind the end, a script in a comment, a text chunk."""
    script = b"<script>alert(1)</script>"
    png = drawn("PNG")
    marked = png[:33] + chunk(b"tEXt", b"Comment\0" + script) + png[33:]
    for content in (drawn() + script, drawn() + b"PK\x03\x04" + script, drawn(comment=script), marked):
        made = read(content)
        assert b"script" not in made.large + made.small


REFUSED = {
    "nothing": (b"", "empty"),
    "text": (b"not a picture at all, only words", "JPEG, PNG and WebP"),
    "SVG": (b'<?xml version="1.0"?><svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "SVG behind blanks": (b"\xef\xbb\xbf\n  <svg onload='alert(1)'/>", "SVG"),
    "page": (b"<!doctype html><script>alert(1)</script>", "SVG"),
    "GIF": (drawn("GIF"), "GIF"),
    "GIF that is a script": (b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)", "GIF"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 90, "HEIC"),
    "AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\0" * 90, "HEIC"),
    "PDF before a photo": (b"%PDF-1.4\n" + drawn(), "JPEG, PNG and WebP"),
    "TIFF": (drawn("TIFF"), "JPEG, PNG and WebP"),
    "BMP": (drawn("BMP"), "JPEG, PNG and WebP"),
    "cut photo": (drawn(size=(1200, 900))[:3000], "damaged"),
    "cut drawing": (drawn("PNG", (1200, 900))[:900], "damaged"),
    "cut head": (drawn()[:20], "JPEG, PNG and WebP"),
    "broken checksum": (drawn("PNG")[:-60] + b"x" * 60, "damaged"),
    "stripe": (drawn("PNG", (10_000, 20)), "long and narrow"),
    "upright stripe": (drawn("PNG", (20, 10_000)), "long and narrow"),
    "dot": (drawn("PNG", (1, 1)), "too small"),
    "bomb": (png_of(30_000, 30_000), "40 megapixels"),
    "bomb beyond what Pillow opens": (png_of(2_000_000, 2_000_000), ""),
    "text bomb": (
        drawn("PNG")[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 80_000_000)) + drawn("PNG")[33:],
        "",
    ),
    "heavy": (drawn() + b"\0" * 8_000_001, "8 MB"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_other_files_are_refused_in_words(content, said):
    begun = time.thread_time()
    with pytest.raises(PictureRefused) as refused:
        read(content)
    assert said in str(refused.value)
    assert time.thread_time() - begun < 0.5


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind):
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    with pytest.raises(PictureRefused, match="Moving"):
        read(out.getvalue())


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(pictures, "upright", lambda image: pytest.fail("was decoded"))
    for content in (png_of(30_000, 30_000), drawn("PNG", (10_000, 20))):
        with pytest.raises(PictureRefused):
            read(content)


def test_a_photo_of_forty_megapixels_is_taken():
    assert read(drawn(size=(7300, 5400), quality=30)).size == (1600, 1184)
