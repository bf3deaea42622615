"""Word documents for tests, written as Word writes them: a zip of a few XML parts."""

import io
import zipfile
from html import escape

from PIL import Image

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NUMBERS = "".join(
    f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl>'
    f'<w:lvl w:ilvl="1"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
    for n, kind in [(1, "bullet"), (2, "decimal")]
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in [
        ("Title", "Title"),
        ("Subtitle", "Subtitle"),
        ("Heading1", "heading 1"),
        ("Heading2", "heading 2"),
        ("Heading3", "heading 3"),
        ("Heading4", "heading 4"),
        ("Caption", "caption"),
        ("TOC1", "toc 1"),
    ]
)
STYLES += (
    '<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="Heading2"/></w:style>'
)


def run(text, *marks):
    """Words with marks, such as `b`, `i` or `vertAlign w:val="superscript"`."""
    marked = "".join(f"<w:{mark}/>" for mark in marks)
    return f'<w:r><w:rPr>{marked}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content="", style="", numbering="", level=0):
    """A paragraph of words, or of runs (markup)."""
    inner = content if content.startswith("<") else run(content)
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        marks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return f"<w:p><w:pPr>{marks}</w:pPr>{inner}</w:p>"


def title(text):
    return p(text, "Title")


def h(level, text):
    return p(text, f"Heading{level}")


def bullet(text, level=0):
    return p(text, numbering="1", level=level)


def link(rid, text):
    return f'<w:hyperlink r:id="{rid}">{run(text)}</w:hyperlink>'


def footnote(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def cell(content, across=1, merge=""):
    inner = content if content.startswith("<w:") else p(content)
    down = {"": "", "begin": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{down}</w:tcPr>{inner}</w:tc>'


def table(*rows):
    """Rows of texts, or of `cell`s."""
    made = ["".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in made) + "</w:tbl>"


def picture(rid, alt="", how="embed"):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{escape(alt)}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:{how}="{rid}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def png(size=(40, 30), colour="teal"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def relation(rid, kind, target, outside=False):
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{rid}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'


def parts(body, *, relations="", notes=(), media=None, main="document.main", **others):
    """{name: content} of a package; `others` are parts under word/, with `__` for a dot."""
    words = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.{main}+xml"/></Types>',
        "_rels/.rels": f"<Relationships {RELATIONS}>{relation('r1', 'officeDocument', 'word/document.xml')}</Relationships>",
        "word/document.xml": words,
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERS}</w:numbering>",
    }
    standing = [relation(f"s{n}", name, f"{name}.xml") for n, name in enumerate(["styles", "numbering", "footnotes"])]
    made["word/_rels/document.xml.rels"] = (
        f"<Relationships {RELATIONS}>{''.join(standing[: 3 if notes else 2])}{relations}</Relationships>"
    )
    if notes:
        inner = "".join(f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in enumerate(notes, start=2))
        made["word/footnotes.xml"] = f"<w:footnotes {NAMESPACES}>{inner}</w:footnotes>"
    made |= {f"word/media/{name}": content for name, content in (media or {}).items()}
    return made | {f"word/{name.replace('__', '.')}": content for name, content in others.items()}


def pack(made):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in made.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(*body, **arguments):
    """The bytes of a document; see `parts`."""
    return pack(parts("".join(body), **arguments))
