"""/<lang>/staff/cards/: sign-in cards for women without e-mail, shown once, for printing."""

from secrets import token_urlsafe

import qrcode
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from hub.accounts.access import posted, staff_page
from hub.accounts.cards import make_cards
from hub.accounts.roles import can_make_cards
from hub.accounts.staff_forms import MOST_CARDS, CardsForm
from hub.lib.limits import allow

SHEETS_PER_DAY = 8
DAY = 86_400
ONCE = "cards_once"


@require_http_methods(["GET", "POST"])
@staff_page(can_make_cards)
def cards(request):
    form = CardsForm(posted(request))
    if not form.is_valid():
        return show_form(request, form, status=422 if form.errors else 200)
    # The page of cards may be loaded again, or the button pressed twice: neither makes a second set.
    if request.session.pop(ONCE, None) != request.POST.get("once", ""):
        form.add_error(None, _("These cards were shown already and cannot be shown again. You can make new ones."))
        return show_form(request, form, status=422)
    if not allow(f"cards:{request.user.pk}", limit=SHEETS_PER_DAY, seconds=DAY):
        form.add_error(None, _("You have made many cards today. Please make the next ones tomorrow."))
        return show_form(request, form, status=429)
    return show_cards(request, **form.cleaned_data)


def show_form(request, form, *, status):
    once = request.session[ONCE] = token_urlsafe(12)
    return render(request, "staff/cards.html", {"form": form, "once": once, "most": MOST_CARDS}, status=status)


def show_cards(request, number, language):
    """The cards are in her language, what surrounds them in the trainer's."""
    made = make_cards(number=number, language=language, actor=request.user)
    with translation.override(language):
        address = request.build_absolute_uri(reverse("account_login"))
    context = {"cards": made, "language": language, "address": address, "drawn": drawn_address(address)}
    return render(request, "staff/cards_made.html", context)


def drawn_address(address):
    """The sign-in address as a QR code in SVG; no name and no passphrase is in it."""
    image = qrcode.make(address, image_factory=SvgPathImage, border=1, box_size=10)
    svg = image.to_string(encoding="unicode")
    return mark_safe(svg[svg.index("<svg") :].replace("<svg ", '<svg aria-hidden="true" class="qr" ', 1))
