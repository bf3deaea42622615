"""The paper: one template for the preview on her screen and for the PDF."""

from functools import lru_cache

import qrcode
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from qrcode.image.svg import SvgPathImage

from courses.certificates.codes import readable
from hub.certificates.words import sides
from hub.context import site_settings
from hub.lib.pdf import pdf_of


def paper_context(certificate, audience):
    address = check_address(certificate)
    return {
        "certificate": certificate,
        "sides": sides(certificate, audience),
        "code": readable(certificate.code),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "drawn": drawn(f"{address}{readable(certificate.code)}/" if certificate.code else address),
        "hub_name": site_settings()["hub_name"],
    }


def check_address(certificate):
    """Of the certificates of the hub, in the language an employer reads, to which a code is added."""
    with translation.override(certificate.second_language or certificate.language):
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('certificate_check').removesuffix('check/')}"


def drawn(address):
    svg = qrcode.make(address, image_factory=SvgPathImage, border=0, box_size=10).to_string(encoding="unicode")
    return mark_safe(svg[svg.index("<svg") :].replace("<svg ", '<svg aria-hidden="true" class="paper-qr" ', 1))


def make_pdf(certificate, audience):
    with translation.override(certificate.language):
        html = render_to_string("certificates/paper_page.html", paper_context(certificate, audience))
    return pdf_of(html, styles())


@lru_cache
def styles():
    with open(finders.find("css/paper.css"), encoding="utf-8") as file:
        return file.read()
