"""Sign-in cards: accounts that a trainer makes for women without e-mail, each with a name and a passphrase on paper.

A passphrase is on the page once, and nowhere else: the database keeps its hash, and she must choose another one at the first sign-in.
"""

import secrets
from dataclasses import dataclass

from django.db import transaction

from hub.accounts.actions import make_recovery_codes
from hub.accounts.events import Kind, event, note
from hub.accounts.forms import ZONE_OF_LANGUAGE
from hub.accounts.models import AccountEvent, User
from hub.accounts.names import fold_name
from hub.accounts.suggestions import suggest_passphrase

# Two of them and a number make a user name that says nothing about anybody, is easily copied by hand, and has no accents.
NAME_WORDS = {
    "en": "amber apple bridge candle cedar cloud clover coral door ember fern field garden granite harbour honey island ivy "
    "kettle lamp leaf lemon maple meadow mint moon olive orange paper pebble pine river saffron shell silver sky spring "
    "stone sun thyme velvet window",
    "it": "albero ancora arancia bosco brezza calma campo cedro chiave collina corallo fiume foglia fonte giardino isola lago "
    "lampada lanterna limone luna mare menta miele neve nido nuvola oliva onda pane perla pietra pino ponte porta prato "
    "salvia seta sole stella tenda vela",
    "el": "αγρος αερας αμμος ανθος αστρο βαρκα βραχος βροχη γεφυρα γλαρος δασος δεντρο ελατο ελια ηλιος θυμαρι καραβι κεδρος "
    "κηπος κλαδι κοχυλι κρινος κυμα λαμπα λεμονι λιμνη λιμανι λοφος μελι μηλο μοναχο νερο νησι ουρανος πετρα πευκο "
    "πηγη πορτα ρυακι σταχυ φαρος φυλλο",
    "hu": "alma ablak barka bodza borostyan csillag csillam cseresznye domb dunyha erdo fahej feny fenyo folyo forras haz "
    "hajnal hold hullam kavics kert kikoto korte kulcs lampa levendula liget lomb mandula mentol mohos nap nyar pipacs "
    "patak rozmaring rozsa sziget szikla tavasz viola",
    "sv": "alm bandy berg bjork blad bok bris bro dagg dal dimma druva ek fjord fyr glimt gran gren hamn hav hassel kulle "
    "lampa lilja linne lund lyra moln mossa nyckel park rosmarin sand segel sjo skog sol sten stig strand timjan vik",
}
NUMBERS = range(10, 100)


@dataclass(frozen=True)
class Card:
    username: str
    passphrase: str


def make_cards(*, number, language, actor):
    """New accounts: list of Card, whose passphrases are never to be had again."""
    cards = [Card(name, suggest_passphrase(language)) for name in free_names(number, language)]
    # Hashed before the transaction: thirty hashes take seconds, in which nobody else could write.
    people = [new_person(card, language) for card in cards]
    keep_people(people=people, actor=actor)
    return cards


def new_person(card, language):
    zone = ZONE_OF_LANGUAGE.get(language, "UTC")
    person = User(username=card.username, language=language, time_zone=zone, must_change_passphrase=True)
    person.set_password(card.passphrase)
    return person


@transaction.atomic
def keep_people(*, people, actor):
    """One event for each of them, and one for the log of coordinators, which names none of them."""
    made = User.objects.bulk_create(people)
    about = {"kind": Kind.CARD_MADE, "actor": actor, "organisation": actor.organisation}
    AccountEvent.objects.bulk_create([event(user=person, **about) for person in made])
    note(user=None, **about, detail=len(made))


@transaction.atomic
def take_over(*, user, passphrase, seed):
    """Her own passphrase in place of the card's, and her first recovery codes. Every other session of the account ends."""
    user.set_password(passphrase)
    user.must_change_passphrase = False
    user.save(update_fields=["password", "must_change_passphrase"])
    make_recovery_codes(user=user, seed=seed)
    note(user=user, kind=Kind.PASSPHRASE)


# Names and passphrases -------------------------------------------------------------------------


def free_names(number, language):
    """As many names as asked for, none of them taken."""
    found = []
    while len(found) < number:
        drawn = {new_name(language) for _ in range(2 * number)}
        taken = User.objects.filter(folded_name__in=map(fold_name, drawn)).values_list("folded_name", flat=True)
        found += sorted(drawn - set(taken) - set(found), key=lambda _: secrets.randbits(32))
    return found[:number]


def new_name(language):
    words = NAME_WORDS.get(language, NAME_WORDS["en"]).split()
    first = secrets.choice(words)
    second = secrets.choice([word for word in words if word != first])
    return f"{first}-{second}-{secrets.choice(NUMBERS)}"
