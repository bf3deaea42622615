"""What becomes of a sound document."""

from courses.word.outline import Piece
from courses.word.reading import read_document
from courses.word.words import in_words, to_do
from tests.courses.word.documents import (
    NAMESPACES,
    bullet,
    cell,
    docx,
    footnote,
    h,
    link,
    p,
    picture,
    png,
    relation,
    run,
    table,
    title,
)


def pieces_of(*body, **arguments):
    outline = read_document(docx(h(1, "Module"), h(2, "Lesson"), *body, **arguments), "x.docx")
    return [(piece.kind, piece.value) for piece in outline.lessons[0].pieces]


def told(*body, **arguments):
    return in_words(read_document(docx(p("Some words."), *body, **arguments), "x.docx"))


def test_heading_1_begins_a_module_and_heading_2_a_lesson():
    body = [title("A kit"), p("For whom."), h(1, "One"), p("Its aim."), h(2, "First"), p("Aim: to see"), p("Text.")]
    outline = read_document(docx(*body, h(2, "Second"), p("More."), h(1, "Two"), h(2, "Third"), p("End.")), "x.docx")
    assert (outline.title, outline.aim) == ("A kit", "For whom.")
    assert [(module.title, module.aim) for module in outline.modules] == [("One", "Its aim."), ("Two", "")]
    assert [[lesson.title for lesson in module.lessons] for module in outline.modules] == [
        ["First", "Second"],
        ["Third"],
    ]
    assert outline.lessons[0].aim == "To see"
    assert outline.lessons[0].pieces == [Piece("text", "<p>Text.</p>", 1)]


def test_text_before_the_first_lesson_of_a_module_becomes_a_lesson():
    outline = read_document(docx(h(1, "One"), p("Its aim."), p("More."), h(2, "First"), p("Text.")), "x.docx")
    assert outline.modules[0].aim == "Its aim."
    assert [lesson.title for lesson in outline.lessons] == ["Introduction", "First"]


def test_a_module_without_lessons_is_one_lesson():
    outline = read_document(docx(h(1, "One"), p("Text."), h(3, "Part"), p("More.")), "x.docx")
    assert [lesson.title for lesson in outline.lessons] == ["One"]
    assert [piece.value for piece in outline.lessons[0].pieces] == ["<p>Text.</p>", "<h3>Part</h3><p>More.</p>"]


def test_a_document_without_headings_is_one_lesson_and_says_so():
    outline = read_document(docx(p("Only text.")), "My_first kit.docx")
    assert (outline.title, len(outline.modules), len(outline.lessons)) == ("My first kit", 1, 1)
    assert outline.lessons[0].pieces == [Piece("text", "<p>Only text.</p>", 2)]
    assert "The document has no headings" in to_do(outline)[0]


def test_a_style_made_from_a_heading_is_one():
    assert [lesson.title for lesson in read_document(docx(p("Own", "Chapter"), p("Text.")), "x").lessons] == ["Own"]


def test_bold_italic_lists_links_and_raised_figures_stay():
    links = relation("l1", "hyperlink", "https://example.org/?a=1&b", outside=True)
    links += relation("l2", "hyperlink", "mailto:office@example.org", outside=True)
    marked = run("bold", "b") + run(" and ") + run("slanted", "i")
    raised = run("m") + run("2", 'vertAlign w:val="superscript"')
    found = pieces_of(
        p(marked), bullet("a"), bullet("b", 1), p(link("l1", "site") + link("l2", "mail")), p(raised), relations=links
    )
    assert found == [
        (
            "text",
            "<p><b>bold</b> and <i>slanted</i></p><ul><li>a<ul><li>b</li></ul></li></ul>"
            '<p><a href="https://example.org/?a=1&amp;b">site</a><a href="mailto:office@example.org">mail</a></p><p>m²</p>',
        )
    ]


def test_links_to_anything_else_are_words_only():
    bad = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "java\nscript:x", "//host/x"]
    links = "".join(relation(f"l{n}", "hyperlink", address, outside=True) for n, address in enumerate(bad))
    body = "".join(link(f"l{n}", "word ") for n in range(len(bad)))
    assert pieces_of(p(body), relations=links) == [("text", f"<p>{('word ' * len(bad)).strip()}</p>")]
    assert told(p(body), relations=links)[1][0].startswith("6 links to something")


def test_a_table_takes_its_caption_and_merged_cells_are_repeated():
    rows = [
        ["Office", "Does", "Where"],
        [cell("Both", 2), "Rome"],
        [cell("A", merge="begin"), "b", "c"],
        [cell("", merge="go on"), "d", "e"],
    ]
    found = pieces_of(p("Who does what", "Caption"), table(*rows))
    expected = [["Both", "Both", "Rome"], ["A", "b", "c"], ["A", "d", "e"]]
    assert found == [("table", {"caption": "Who does what", "header": rows[0], "rows": expected})]


def test_a_table_of_one_cell_is_a_key_idea_and_one_of_one_column_is_text():
    assert pieces_of(table(["Keep this."])) == [("key_idea", "<p>Keep this.</p>")]
    assert pieces_of(table(["One"], ["Two"])) == [("text", "<p>One</p><p>Two</p>")]


def test_a_table_too_wide_for_a_page_is_text():
    assert pieces_of(table([cell("x", 1_000_000)], ["y"])) == [("text", "<p>x</p><p>y</p>")]


def test_pictures_keep_their_words_and_captions():
    pictures = relation("p1", "image", "media/a.png") + relation("p2", "image", "media/b.png")
    body = [p(picture("p1", "A tree")), p("Three branches", "Caption"), p(run("Words ") + picture("p2", "Picture 2"))]
    found = pieces_of(*body, relations=pictures, media={"a.png": png(), "b.png": png(colour="plum")})
    assert [(kind, value if kind == "text" else (value["alt"], value["caption"])) for kind, value in found] == [
        ("image", ("A tree", "Three branches")),
        ("text", "<p>Words</p>"),
        ("image", ("", "")),
    ]


def test_footnotes_stand_at_the_end_of_their_lesson_and_count_anew():
    body = [h(1, "M"), h(2, "A"), p(run("One") + footnote(2)), h(2, "B"), p(run("Two") + footnote(3) + footnote(4))]
    lessons = read_document(docx(*body, notes=["First.", "Second.", "Third."]), "x").lessons
    assert [[piece.value for piece in lesson.pieces] for lesson in lessons] == [
        ["<p>One [1]</p>", "<h3>Notes</h3><ol><li>First.</li></ol>"],
        ["<p>Two [1] [2]</p>", "<h3>Notes</h3><ol><li>Second.</li><li>Third.</li></ol>"],
    ]


def test_what_cannot_be_taken_is_named():
    others = {
        "header1__xml": f"<w:hdr {NAMESPACES}>{p('Confidential')}</w:hdr>",
        "comments__xml": f'<w:comments {NAMESPACES}><w:comment w:id="0">{p("Really?")}</w:comment></w:comments>',
        "embeddings/sheet__xlsx": b"PK",
    }
    formula = p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    chart = p('<w:r><w:drawing><c:chart r:id="c1"/></w:drawing></w:r>')
    changed = p(
        '<w:ins w:id="1"><w:r><w:t>New.</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>Old.</w:delText></w:r></w:del>'
    )
    left_out, otherwise = told(formula, chart, changed, p("3", "TOC1"), **others)
    assert left_out == [
        "1 equation: write it as text, or put it in as a picture.",
        "1 chart: save it as a picture and put it in.",
        "1 file inside the document, such as a spreadsheet.",
        "1 comment.",
        "Headers and footers of the pages.",
    ]
    assert otherwise == ["Tracked changes were taken as if all of them were accepted."]


def test_inserted_words_are_taken_and_deleted_ones_are_not():
    changed = '<w:ins w:id="1"><w:r><w:t>New.</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>Old.</w:delText></w:r></w:del>'
    assert pieces_of(p(changed)) == [("text", "<p>New.</p>")]


def test_markup_in_words_stays_words():
    found = pieces_of(p(run("<script>alert(1)</script>")))
    assert found == [("text", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]


def test_words_minutes_and_hours_are_counted():
    outline = read_document(docx(h(1, "M"), h(2, "L"), p("word " * 250)), "x")
    assert (outline.words, outline.lessons[0].minutes, outline.hours) == (250, 3, 1)
