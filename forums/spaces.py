"""The forums that belong to no kit: a lounge, a room for trainers, a board with offers of work."""

from django.conf import settings
from django.db import transaction

from forums.models import Forum

# Names and topics as a new hub starts with; editors may change them.
SPACES = {
    "lounge": {
        "name": {
            "en": "Lounge",
            "it": "Salotto",
            "el": "Σαλόνι",
            "hu": "Társalgó",
            "sv": "Fikarummet",
        },
        "topic": {
            "en": "For everything that belongs to no lesson: good news, hard days, books, bread.",
            "it": "Per tutto ciò che non riguarda una lezione: belle notizie, giornate difficili, libri, pane.",
            "el": "Για όλα όσα δεν ανήκουν σε κάποιο μάθημα: καλά νέα, δύσκολες μέρες, βιβλία, ψωμί.",
            "hu": "Mindarra, ami egyik leckéhez sem tartozik: jó hírek, nehéz napok, könyvek, kenyér.",
            "sv": "För allt som inte hör till någon lektion: goda nyheter, tunga dagar, böcker, bröd.",
        },
    },
    "trainers": {
        "staff_only": True,
        "name": {
            "en": "Trainers’ room",
            "it": "Sala delle formatrici e dei formatori",
            "el": "Αίθουσα των εκπαιδευτριών και των εκπαιδευτών",
            "hu": "A trénerek szobája",
            "sv": "Handledarnas rum",
        },
        "topic": {
            "en": "For those who hold circles. Speak about your work here, never about a woman who could be recognised.",
            "it": "Per chi conduce i circoli. Qui si parla del proprio lavoro, mai di una donna che potrebbe essere riconosciuta.",
            "el": "Για όσες και όσους συντονίζουν κύκλους. Εδώ μιλάμε για τη δουλειά μας, ποτέ για μια γυναίκα που θα μπορούσε να "
            "αναγνωριστεί.",
            "hu": "Azoknak, akik köröket vezetnek. Itt a munkánkról beszélünk, soha nem olyan nőről, akit fel lehetne ismerni.",
            "sv": "För dig som leder cirklar. Här talar vi om vårt arbete, aldrig om en kvinna som någon kan känna igen.",
        },
    },
    "jobs": {
        "moderated": True,
        "name": {
            "en": "Offers of work",
            "it": "Offerte di lavoro",
            "el": "Προσφορές εργασίας",
            "hu": "Állásajánlatok",
            "sv": "Jobberbjudanden",
        },
        "topic": {
            "en": "A moderator reads each offer first. Nobody should ask you for money, a passport or photos for a job.",
            "it": "Ogni offerta viene letta prima da chi modera. Per un lavoro nessuno dovrebbe chiederti denaro, il passaporto o foto.",
            "el": "Κάθε προσφορά τη διαβάζει πρώτα η ομάδα συντονισμού. Για μια δουλειά κανείς δεν πρέπει να σου ζητά χρήματα, "
            "διαβατήριο ή φωτογραφίες.",
            "hu": "Minden ajánlatot előbb egy moderátor olvas el. Állásért senki ne kérjen tőled pénzt, útlevelet vagy fényképet.",
            "sv": "En moderator läser varje erbjudande först. Ingen ska be dig om pengar, pass eller foton för ett jobb.",
        },
    },
}


@transaction.atomic
def ensure_spaces():
    """Make the spaces that are missing. What editors changed stays. Returns the new ones."""
    there = set(Forum.objects.filter(slug__in=SPACES).values_list("slug", flat=True))
    return [make_space(slug, **space) for slug, space in SPACES.items() if slug not in there]


def make_space(slug, *, name, topic, **flags):
    texts = {"name": name, "topic": topic}
    values = {
        f"{field}_{code}": words[code]
        for field, words in texts.items()
        for code in settings.MODELTRANSLATION_LANGUAGES
        if code in words
    }
    return Forum.objects.create(slug=slug, **flags, **values)
