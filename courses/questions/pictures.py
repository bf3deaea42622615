"""Pictures that came inside a file: looked at before they are kept, and kept once."""

import hashlib
from io import BytesIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from wagtail.images import get_image_model

from courses.questions.items import base

LARGEST = 2_000_000  # bytes
MOST_PIXELS = 25_000_000
FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
SVG = "{http://www.w3.org/2000/svg}"
# What a drawing needs. No scripts, no foreign markup, nothing from elsewhere.
SVG_TAGS = frozenset(
    "a circle clipPath defs desc ellipse g line linearGradient marker mask metadata path pattern polygon polyline radialGradient "
    "rect stop svg symbol text title tspan use".split()
)


class BadPicture(ValueError):
    """Why a picture is not kept."""


def picture_type(data):
    """png, jpg, gif, webp or svg. Raises BadPicture."""
    if len(data) > LARGEST:
        raise BadPicture(_("it is larger than %(limit)d MB") % {"limit": LARGEST // 1_000_000})
    if data.lstrip()[:1] == b"<":
        return _svg(data)
    try:
        with Pillow.open(BytesIO(data), formats=list(FORMATS)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadPicture(_("it has too many pixels"))
            picture.verify()
            return FORMATS[picture.format]
    except BadPicture:
        raise
    except (UnidentifiedImageError, Pillow.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise BadPicture(_("it is no PNG, JPEG, GIF, WebP or plain SVG picture")) from error


def _svg(data):
    wrong = BadPicture(_("it is no PNG, JPEG, GIF, WebP or plain SVG picture"))
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise wrong from None
    if root.tag != f"{SVG}svg" or not all(_is_drawing(element) for element in root.iter()):
        raise wrong
    return "svg"


def _is_drawing(element):
    tag = element.tag if isinstance(element.tag, str) else ""
    names = {name.rpartition("}")[2].lower(): value for name, value in element.attrib.items()}
    calls = any(name.startswith("on") for name in names) or "url(" in names.get("style", "").replace("url(#", "")
    elsewhere = not names.get("href", "#").startswith("#")
    return tag.removeprefix(SVG) in SVG_TAGS and tag.startswith(SVG) and not calls and not elsewhere


def digest(picture):
    return hashlib.sha1(picture.data, usedforsecurity=False).hexdigest()


def find_pictures(digests):
    """{digest: numbers of the images} of those that the hub has already."""
    found = {}
    for sha, number in (
        get_image_model().objects.filter(file_hash__in=digests).order_by("pk").values_list("file_hash", "pk")
    ):
        found.setdefault(sha, []).append(number)
    return found


def save_picture(picture):
    """The number of a new image of `picture`, which was looked at before."""
    sha = digest(picture)
    file = ContentFile(picture.data, name=f"question-{sha[:12]}.{picture_type(picture.data)}")
    title = (base(picture.alt) or picture.name)[:200]
    image = get_image_model()(title=title, file=file, file_hash=sha)
    image.save()
    return image.pk
