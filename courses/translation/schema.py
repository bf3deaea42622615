"""What a text file may hold: the pages and blocks of content/README.md, in the order of its tables.

The names are those of the Wagtail fields; a block kind is written with - in a file and with _ in Wagtail.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field of a page, block or item.

    kind: line (one line), lines (several), rich (Markdown), prose (Markdown with headings), flag, number, choice, image,
    file, url, list. A list holds items with an id and `fields`; `bare` says that Wagtail keeps an item as its one value.
    """

    name: str
    kind: str
    required: bool = False
    default: object = None
    choices: tuple = ()
    low: int = 0
    high: int = 0
    fields: tuple = ()
    bare: bool = False
    always: bool = False  # written even when it is the default
    translated: bool = True

    @property
    def is_text(self):
        return self.kind in {"line", "lines", "rich", "prose"}


@dataclass(frozen=True)
class Kind:
    """A page type or a block kind. `parent` is the type of the page above; `blocks` are allowed in its body."""

    name: str
    fields: tuple
    model: str = ""
    parent: str = ""
    blocks: tuple = ()
    bare: bool = False  # a block whose body is Markdown

    def field(self, name):
        return next((f for f in self.fields if f.name == name), None)


def line(name, **kwargs):
    return Field(name, "line", **kwargs)


def lines(name, **kwargs):
    return Field(name, "lines", **kwargs)


def rich(name, **kwargs):
    return Field(name, "rich", **kwargs)


def items(name, *fields, required=True, bare=False):
    return Field(name, "list", required=required, fields=fields, bare=bare)


TEXT = line("text", required=True)
TITLE = line("title", required=True)
SLUG = line("slug", required=True, translated=False)
AIM = lines("aim", required=True)
SEARCH = lines("search_description")
BOOKLET = line("booklet", translated=False)
EMBLEMS = ("path", "circle", "compass", "many", "rounds", "bridge", "voice", "shield", "seed", "door")
EMBLEM = Field("emblem", "choice", default="circle", choices=EMBLEMS, always=True)
HUE = Field("hue", "choice", default="teal", choices=("teal", "plum", "ochre", "moss", "slate"), always=True)
SIMPLE = ("text", "key_idea", "steps", "accordion")
MIDDLE = (*SIMPLE, "image", "example", "table", "download", "resource", "media")
ALL = (*MIDDLE, "reflection", "checklist", "question", "session")

PAGES = {
    page.name: page
    for page in [
        Kind("home", (TITLE, lines("lead", required=True), SEARCH), "hub.HomePage", "", SIMPLE),
        Kind("info", (SLUG, TITLE, lines("lead"), SEARCH), "hub.InfoPage", "home", MIDDLE),
        Kind("kits", (SLUG, TITLE, SEARCH), "courses.KitIndexPage", "home"),
        Kind(
            "kit",
            (
                SLUG,
                TITLE,
                Field("audience", "choice", default="learner", choices=("learner", "trainer"), always=True),
                AIM,
                Field("hours", "number", required=True, low=1, high=500),
                EMBLEM,
                HUE,
                SEARCH,
                items("outcomes", TEXT, required=False, bare=True),
            ),
            "courses.KitPage",
            "kits",
            SIMPLE,
        ),
        Kind("module", (SLUG, TITLE, AIM, EMBLEM, SEARCH), "courses.ModulePage", "kit"),
        Kind(
            "lesson",
            (SLUG, TITLE, AIM, Field("minutes", "number", default=12, low=1, high=240, always=True), SEARCH),
            "courses.LessonPage",
            "module",
            ALL,
        ),
    ]
}

OPTION = (
    TEXT,
    Field("correct", "flag", default=False, always=True),
    lines("feedback", required=True),
)
STEP = (
    Field("minutes", "number", required=True, low=1, high=240),
    TITLE,
    rich("text"),
    lines("say"),
)
LANGUAGES = ("mul", "en", "it", "el", "hu", "sv")
RESOURCE_KINDS = ("website", "article", "video", "course", "tool", "document")

BLOCKS = {
    block.name: block
    for block in [
        Kind("text", (Field("text", "prose", required=True),), bare=True),
        Kind("key_idea", (rich("text", required=True),), bare=True),
        Kind(
            "image",
            (Field("image", "image", required=True), line("alt", required=True), line("caption"), line("credit")),
        ),
        Kind("example", (TITLE, rich("text", required=True))),
        Kind("steps", (line("title"), items("items", TITLE, rich("text")))),
        Kind(
            "table",
            (
                line("caption", required=True),
                items("header", line("text"), bare=True),
                items("rows", items("cells", line("text"), bare=True)),
            ),
        ),
        Kind("accordion", (line("title"), items("items", TITLE, rich("text", required=True)))),
        Kind(
            "reflection",
            (
                TITLE,
                lines("prompt", required=True),
                lines("help"),
                BOOKLET,
                Field("rows", "number", default=5, low=3, high=12),
                Field("paper_first", "flag", default=False),
            ),
        ),
        Kind("checklist", (TITLE, BOOKLET, items("items", TEXT, bare=True))),
        Kind(
            "question",
            (
                lines("prompt", required=True),
                Field("several", "flag", default=False),
                items("options", *OPTION),
                rich("explanation"),
            ),
        ),
        Kind("download", (Field("file", "file", required=True), TITLE, line("about"))),
        Kind(
            "resource",
            (
                TITLE,
                Field("url", "url", required=True),
                Field("language", "choice", required=True, choices=LANGUAGES),
                Field("kind", "choice", required=True, choices=RESOURCE_KINDS),
                line("licence", translated=False),
                line("about"),
            ),
        ),
        Kind(
            "media",
            (
                Field("file", "file", required=True),
                TITLE,
                lines("captions"),
                rich("transcript", required=True),
                line("credit"),
                Field("poster", "image"),
            ),
        ),
        Kind(
            "session",
            (
                TITLE,
                lines("aim", required=True),
                Field("minutes", "number", required=True, low=10, high=480),
                items("materials", TEXT, required=False, bare=True),
                items("steps", *STEP),
                rich("short_of_time"),
                rich("variants"),
            ),
        ),
    ]
}
