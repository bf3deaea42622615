"""The paper: one template for the preview on her screen and for the PDF."""

import re
from functools import lru_cache

import qrcode
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

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
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('certificate_start')}"


def drawn(address):
    """The square as one path of its dark runs. A path of single points, as qrcode draws it, is a fifth of the work on a certificate."""
    square = qrcode.QRCode(border=0)
    square.add_data(address)
    rows = ["".join("01"[dark] for dark in row) for row in square.get_matrix()]
    runs = ((found.span(), y) for y, row in enumerate(rows) for found in re.finditer("1+", row))
    path = "".join(f"M{start},{y}H{end}V{y + 1}H{start}z" for (start, end), y in runs)
    size = 'width="{0}mm" height="{0}mm" viewBox="0 0 {0} {0}"'  # a millimetre a point on the paper
    return format_html(f'<svg aria-hidden="true" class="paper-qr" {size}><path d="{{1}}"/></svg>', len(rows), path)


def make_pdf(certificate, audience):
    with translation.override(certificate.language):
        html = render_to_string("certificates/paper_page.html", paper_context(certificate, audience))
    return pdf_of(html, styles())


@lru_cache
def styles():
    with open(finders.find("css/paper.css"), encoding="utf-8") as file:
        return file.read()
