"""What the editor's block picker shows of each block before it is chosen. Values in the form blocks keep them in."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

FILM_OR_SOUND = r"\.(mp4|webm|mp3|ogg)$"


def paragraph(text):
    return str(format_html("<p>{}</p>", text))


def text():
    return paragraph(_("A paragraph of two or three short sentences. Headings, lists and links are possible."))


def key_idea():
    return paragraph(_("The one thing to keep from this lesson."))


def image():
    return {
        # Our drawings get their colours from the page they stand in; alone they would be black.
        "image": get_image_model().objects.exclude(file__iendswith=".svg").order_by("pk").first(),
        "alt": _("What the picture shows"),
        "caption": _("One line below the picture"),
    }


def diagram():
    return {
        "picture": get_image_model().objects.filter(file__iendswith=".svg").order_by("pk").first(),
        "alt": _("What the picture shows"),
        "description": paragraph(_("What is where, and what leads to what.")),
        "caption": _("One line below the picture"),
        "labels": [],
    }


def example():
    return {"title": _("A first week at work"), "text": paragraph(_("What happened, and what followed from it."))}


def steps():
    return {
        "title": _("How to begin"),
        "items": [
            {"title": _("Choose a place"), "text": paragraph(_("Where nobody disturbs you."))},
            {"title": _("Take ten minutes"), "text": ""},
        ],
    }


def table():
    return {
        "caption": _("Two ways to ask"),
        "header": [_("Instead of"), _("Ask")],
        "rows": [{"cells": [_("Why did you stop?"), _("What would help now?")]}],
    }


def accordion():
    return {
        "title": _("Questions you may have"),
        "items": [{"title": _("Is it free?"), "text": paragraph(_("Yes."))}],
    }


def reflection():
    return {
        "title": _("My words"),
        "prompt": _("What do you want to try this week?"),
        "help": "",
        "booklet": "B1",
        "pulls": "",
        "rows": 4,
        "paper_first": False,
    }


def checklist():
    return {"title": _("Before you begin"), "booklet": "", "items": [_("A quiet place"), _("Paper and a pen")]}


def question():
    return {
        "prompt": _("Which of these can be checked?"),
        "several": False,
        "options": [
            {"text": _("A fact"), "correct": True, "feedback": _("Yes: a fact has a source.")},
            {"text": _("A feeling"), "correct": False, "feedback": _("A feeling is yours; nobody can check it.")},
        ],
        "explanation": "",
    }


def true_false():
    return {
        "prompt": _("A fact has a source."),
        "correct": True,
        "feedback_true": _("Yes: a fact has a source."),
        "feedback_false": _("Look again: what can be checked?"),
    }


def match():
    return {
        "prompt": _("What belongs together?"),
        "pairs": [{"left": _("metre"), "right": _("length")}, {"left": _("second"), "right": _("time")}],
        "extras": [_("temperature")],
        "feedback": _("Think of what you measure with it."),
    }


def order():
    return {
        "prompt": _("What comes first?"),
        "items": [_("Ask the question"), _("Listen"), _("Ask again")],
        "feedback": _("One thing is already in its place."),
    }


def short_answer():
    return {
        "prompt": _("What is the unit of length called?"),
        "accepted": [_("metre")],
        "feedback": _("It is the same word in many languages."),
    }


def numeric():
    return {
        "prompt": _("A round takes 30 minutes. How many hours do three rounds take?"),
        "answer": "1.5",
        "tolerance": "0",
        "unit": "h",
        "feedback": _("First add the minutes."),
    }


def quiz():
    return {
        "title": _("What do you remember?"),
        "intro": _("Three short questions."),
        "draw": 3,
        "pass_mark": 2,
        "bank": "",
    }


def assessment():
    return {
        "topic": "steps",
        "moment": "before",
        "title": _("How is it for you today?"),
        "intro": "",
        "statements": [_("I know what I do well.")],
        "scale": [_("not yet"), _("a little"), _("yes")],
    }


def download():
    return {
        "file": get_document_model().objects.exclude(file__iregex=FILM_OR_SOUND).order_by("pk").first(),
        "title": _("A page to print"),
        "about": _("One page"),
    }


def resource():
    return {
        "title": "Europass",
        "url": "https://europass.europa.eu/",
        "language": "mul",
        "kind": "website",
        "licence": "",
        "about": _("What you find there, in one line"),
    }


def media():
    return {
        "file": get_document_model().objects.filter(file__iendswith=".mp4").order_by("pk").first(),
        "title": _("A short film"),
        "captions": "",
        "transcript": paragraph(_("Everything that is said and shown, in words.")),
        "credit": "",
        "poster": None,
    }


def session():
    return {
        "title": _("The first session"),
        "aim": _("Everyone knows how the circle works."),
        "minutes": 30,
        "materials": [_("Chairs in a circle")],
        "steps": [
            {"minutes": 10, "title": _("Arrive"), "text": "", "say": _("Welcome. Please sit where you like.")},
            {"minutes": 20, "title": _("First round"), "text": "", "say": ""},
        ],
        "short_of_time": "",
        "variants": "",
    }


def boxes():
    return {"title": _("Before you begin"), "items": [_("A quiet place"), _("Paper and a pen")]}


def lines():
    return {"label": _("My words"), "help": "", "rows": 3}


def cards():
    return {
        "title": "",
        "items": [
            {"title": _("Ask"), "text": paragraph(_("What would help now?"))},
            {"title": _("Listen"), "text": paragraph(_("Wait until she has finished."))},
        ],
    }


def bodies():
    office = {"url": "https://example.org/", "phone": "", "verify": True, "for_whom": "", "bring": ""}
    texts = {"does": paragraph(_("It compares degrees.")), "ask": paragraph(_("Which papers do you need?"))}
    return {"row": "recognition", "intro": "", "items": [{"name": _("An office"), **office, **texts}]}
