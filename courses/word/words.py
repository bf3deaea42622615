"""What of a document was not taken, or was taken in another way, in words for its author."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def equation(n):
    return ngettext(
        "%(n)d equation: write it as text, or put it in as a picture.",
        "%(n)d equations: write them as text, or put them in as pictures.",
        n,
    )


def chart(n):
    return ngettext(
        "%(n)d chart: save it as a picture and put it in.", "%(n)d charts: save them as pictures and put them in.", n
    )


def diagram(n):
    return ngettext(
        "%(n)d SmartArt drawing: save it as a picture and put it in.",
        "%(n)d SmartArt drawings: save them as pictures and put them in.",
        n,
    )


def embedded(n):
    return ngettext(
        "%(n)d file inside the document, such as a spreadsheet.",
        "%(n)d files inside the document, such as spreadsheets.",
        n,
    )


def video(n):
    return ngettext("%(n)d video: add it as a film with captions.", "%(n)d videos: add them as films with captions.", n)


def chunk(n):
    return ngettext("%(n)d document inside the document.", "%(n)d documents inside the document.", n)


def comment(n):
    return ngettext("%(n)d comment.", "%(n)d comments.", n)


def margin(n):
    return _("Headers and footers of the pages.")


def field(n):
    return ngettext(
        "%(n)d field, such as a date or a page number. What it showed last was taken as text.",
        "%(n)d fields, such as dates or page numbers. What they showed last was taken as text.",
        n,
    )


def link(n):
    return ngettext(
        "%(n)d link to something that is no page of the web and no e-mail address. Its words were taken.",
        "%(n)d links to something that is no page of the web and no e-mail address. Their words were taken.",
        n,
    )


def link_inside(n):
    return ngettext(
        "%(n)d link to another place in the document. Its words were taken.",
        "%(n)d links to other places in the document. Their words were taken.",
        n,
    )


def picture_kind(n):
    return ngettext(
        "%(n)d picture of a kind that a browser cannot show, such as EMF or TIFF: save it as PNG or JPEG.",
        "%(n)d pictures of a kind that a browser cannot show, such as EMF or TIFF: save them as PNG or JPEG.",
        n,
    )


def picture_large(n):
    return ngettext("%(n)d picture with more than 40 megapixels.", "%(n)d pictures with more than 40 megapixels.", n)


def picture_small(n):
    return ngettext("%(n)d picture too small to be seen.", "%(n)d pictures too small to be seen.", n)


def picture_damaged(n):
    return ngettext("%(n)d damaged picture.", "%(n)d damaged pictures.", n)


def picture_linked(n):
    return ngettext(
        "%(n)d picture that is not in the document but somewhere else. Put it into the document in Word.",
        "%(n)d pictures that are not in the document but somewhere else. Put them into the document in Word.",
        n,
    )


def before(n):
    return ngettext(
        "%(n)d picture or table before the first heading.", "%(n)d pictures or tables before the first heading.", n
    )


def box(n):
    return ngettext(
        "%(n)d text box: its words stand after the paragraph that it was fixed to.",
        "%(n)d text boxes: their words stand after the paragraphs that they were fixed to.",
        n,
    )


def changes(n):
    return _("Tracked changes were taken as if all of them were accepted.")


def shifted(n):
    return ngettext(
        "%(n)d raised or lowered text is an ordinary one now.",
        "%(n)d raised or lowered texts are ordinary ones now.",
        n,
    )


def merged(n):
    return ngettext(
        "%(n)d table has merged cells: their words are repeated in each cell.",
        "%(n)d tables have merged cells: their words are repeated in each cell.",
        n,
    )


def nested(n):
    return ngettext(
        "%(n)d table has a table in it, which is now the text of one cell.",
        "%(n)d tables have tables in them, which are now the texts of single cells.",
        n,
    )


def table(n):
    return ngettext(
        "%(n)d table was taken as paragraphs: it has one row, more than 12 columns or more than 200 rows.",
        "%(n)d tables were taken as paragraphs: they have one row, more than 12 columns or more than 200 rows.",
        n,
    )


LEFT_OUT = {
    "picture_kind": picture_kind,
    "picture_large": picture_large,
    "picture_small": picture_small,
    "picture_damaged": picture_damaged,
    "picture_linked": picture_linked,
    "before": before,
    "equation": equation,
    "chart": chart,
    "diagram": diagram,
    "object": embedded,
    "chunk": chunk,
    "video": video,
    "comment": comment,
    "margin": margin,
}
CHANGED = {
    "changes": changes,
    "box": box,
    "field": field,
    "link": link,
    "link_inside": link_inside,
    "shifted": shifted,
    "merged": merged,
    "nested": nested,
    "table": table,
}


def in_words(outline):
    """Two lists of sentences: what was not taken, and what was taken in another way."""
    counts = outline.left_out
    counts["changes"] = counts["inserted"] + counts["deleted"]
    return [
        [sentence(n) % {"n": n} for kind, sentence in sentences.items() if (n := counts[kind])]
        for sentences in (LEFT_OUT, CHANGED)
    ]


def to_do(outline):
    """What is still to be written before everything can be published, as sentences."""
    missing, headings = outline.missing(), outline.headings
    hints = []
    if not headings["h1"] and not headings["h2"]:
        hints.append(
            _(
                "The document has no headings, so all of it became one lesson. "
                "In Word, give the titles of modules the style Heading 1 and those of lessons Heading 2."
            )
        )
    elif not headings["h1"]:
        hints.append(_("The document has no heading 1, so all lessons are in one module."))
    elif headings["h1"] == 1 and headings["h2"] and not headings["title"]:
        hints.append(
            _(
                "There is only one heading 1. If it is the title of the kit, give it the style Title in Word, "
                "make the other headings one level higher, and choose the file again."
            )
        )
    for kind, sentence in MISSING.items():
        if n := missing[kind]:
            hints.append(sentence(n) % {"n": n})
    return hints


def missing_aim(n):
    return ngettext("%(n)d page needs its aim, in one sentence.", "%(n)d pages need their aim, in one sentence.", n)


def missing_alt(n):
    return ngettext(
        "%(n)d picture says nothing to those who cannot see it.",
        "%(n)d pictures say nothing to those who cannot see them.",
        n,
    )


def missing_caption(n):
    return ngettext("%(n)d table needs a caption.", "%(n)d tables need a caption.", n)


def missing_column(n):
    return ngettext("%(n)d table has a column without a title.", "%(n)d tables have columns without titles.", n)


MISSING = {"aim": missing_aim, "alt": missing_alt, "caption": missing_caption, "column": missing_column}
