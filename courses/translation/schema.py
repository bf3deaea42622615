"""What a text file may hold: the pages and blocks of content/README.md, in the order of its tables.

The names are those of the Wagtail fields; a block kind is written with - in a file and with _ in Wagtail.
"""

from dataclasses import dataclass

from courses.elsewhere import SEVERAL, languages_elsewhere


@dataclass(frozen=True)
class Field:
    """One field of a page, block or item.

    kind: line (one line), lines (several), rich (Markdown), prose (Markdown with headings), flag, number, needs (a number
    or the word all), date, choice, names (ids or choices, `[one, two]`), image, file, url, list. A list holds items with
    an id and `fields`; `bare` says that Wagtail keeps an item as its one value.
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
    translated_if: str = ""  # the flag beside it without which it stays as it is in every language
    from_id: bool = False  # is the id of its item where the file does not say it

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


def needs(**rules):
    """What has to be done before a page is complete; the value of each is its default."""
    return tuple(Field(name, "needs", default=default, high=999) for name, default in rules.items())


def items(name, *fields, required=True, bare=False):
    return Field(name, "list", required=required, fields=fields, bare=bare)


TEXT = line("text", required=True)
TITLE = line("title", required=True)
SLUG = line("slug", required=True, translated=False)
AIM = lines("aim", required=True)
SEARCH = lines("search_description")
BOOKLET = line("booklet", translated=False)
RULES = {"needs_lessons": "all", "needs_checks": 0, "needs_reflections": 0, "needs_checklists": 0}
PULLS = line("pulls", translated=False)  # pages of the booklet, with commas
EMBLEMS = ("path", "circle", "compass", "many", "rounds", "bridge", "voice", "shield", "seed", "door")
EMBLEM = Field("emblem", "choice", default="circle", choices=EMBLEMS, always=True)
HUE = Field("hue", "choice", default="teal", choices=("teal", "plum", "ochre", "moss", "slate"), always=True)
SIMPLE = ("text", "key_idea", "steps", "accordion")
MIDDLE = (*SIMPLE, "image", "diagram", "example", "table", "download", "resource", "media")
QUESTIONS = ("question", "true_false", "match", "order", "short_answer", "numeric")
ON_PAPER = (*SIMPLE, "image", "diagram", "table", "boxes", "lines", "cards", "session")
COUNTRIES = ("it", "gr", "hu", "se", "gb")
# The rows of a country page, in their order (each page has all of them).
ROWS = ("recognition", "professions", "employment", "language", "networks", "equality", "labour", "help")
ALL = (*MIDDLE, "reflection", "checklist", *QUESTIONS, "quiz", "assessment", "session")

PAGES = {
    page.name: page
    for page in [
        Kind("home", (TITLE, lines("lead", required=True), SEARCH), "hub.HomePage", "", SIMPLE),
        Kind("info", (SLUG, TITLE, lines("lead"), SEARCH), "hub.InfoPage", "home", MIDDLE),
        Kind("countries", (SLUG, TITLE, lines("lead"), SEARCH), "hub.CountryIndexPage", "home", SIMPLE),
        Kind(
            "country",
            (
                SLUG,
                TITLE,
                Field("country", "choice", required=True, choices=COUNTRIES),
                line("reviewer", translated=False),
                line("reviewer_organisation", translated=False),
                Field("checked_on", "date"),
                lines("lead"),
                SEARCH,
            ),
            "hub.CountryPage",
            "countries",
            ("text", "bodies"),
        ),
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
                *needs(needs_modules="all", **RULES | {"needs_lessons": 0}),
                SEARCH,
                items("outcomes", TEXT, required=False, bare=True),
            ),
            "courses.KitPage",
            "kits",
            SIMPLE,
        ),
        Kind("module", (SLUG, TITLE, AIM, EMBLEM, *needs(**RULES), SEARCH), "courses.ModulePage", "kit"),
        Kind(
            "lesson",
            (
                SLUG,
                TITLE,
                AIM,
                Field("minutes", "number", default=12, low=1, high=240, always=True),
                Field("renewed_on", "date"),
                SEARCH,
            ),
            "courses.LessonPage",
            "module",
            ALL,
        ),
        Kind(
            "handout",
            (SLUG, TITLE, AIM, Field("landscape", "flag", default=False), SEARCH),
            "courses.HandoutPage",
            "kit",
            ON_PAPER,
        ),
    ]
}

OPTION = (
    TEXT,
    Field("correct", "flag", default=False, always=True),
    lines("feedback", required=True),
)
FEEDBACK = lines("feedback", required=True)


def asking(name, *fields):
    """A kind of question: its own fields stand between what is asked and what explains it."""
    picture = Field("picture", "image"), line("picture_alt")
    around = lines("situation"), *picture, lines("prompt", required=True)
    return Kind(name, (*around, *fields, lines("hint"), rich("explanation")))


STEP = (
    Field("minutes", "number", required=True, low=1, high=240),
    TITLE,
    rich("text"),
    lines("say"),
)
BODY = (
    line("name", required=True),
    Field("url", "url"),
    line("phone", translated=False),
    Field("verify", "flag", default=False),
    *map(rich, ("does", "for_whom", "ask", "bring")),
)
LANGUAGES = tuple(code for code, _name in [SEVERAL, *languages_elsewhere()])
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
        Kind(
            "diagram",
            (
                Field("picture", "image", required=True),
                line("alt", required=True),
                rich("description"),
                line("caption"),
                items("labels", line("name", required=True, translated=False, from_id=True), TEXT, required=False),
            ),
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
                PULLS,
                Field("rows", "number", default=5, low=3, high=12),
                Field("paper_first", "flag", default=False),
            ),
        ),
        Kind("checklist", (TITLE, BOOKLET, items("items", TEXT, bare=True))),
        asking("question", Field("several", "flag", default=False), items("options", *OPTION)),
        asking(
            "true_false",
            Field("correct", "flag", default=False, always=True),
            lines("feedback_true", required=True),
            lines("feedback_false", required=True),
        ),
        asking(
            "match",
            items("pairs", line("left", required=True), line("right", required=True)),
            items("extras", TEXT, required=False, bare=True),
            FEEDBACK,
        ),
        asking("order", items("items", TEXT, bare=True), FEEDBACK),
        asking("short_answer", items("accepted", TEXT, bare=True), FEEDBACK),
        asking(
            "numeric",
            line("answer", required=True, translated=False),
            line("tolerance", default="0", translated=False),
            line("unit", translated=False),
            FEEDBACK,
        ),
        Kind(
            "quiz",
            (
                TITLE,
                lines("intro"),
                Field("draw", "number", default=0, low=0, high=50),
                Field("pass_mark", "number", default=0, low=0, high=50),
                line("bank", translated=False),
            ),
        ),
        Kind(
            "assessment",
            (
                line("topic", required=True, translated=False),
                Field("moment", "choice", default="before", choices=("before", "after"), always=True),
                TITLE,
                lines("intro"),
                items("statements", TEXT, required=False, bare=True),
                items("scale", TEXT, required=False, bare=True),
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
        Kind(
            "bodies",
            (
                Field("row", "choice", required=True, choices=ROWS),
                rich("intro"),
                items("items", *BODY, required=False),
            ),
        ),
        Kind("boxes", (line("title"), items("items", TEXT, bare=True))),
        Kind("lines", (line("label"), lines("help"), Field("rows", "number", default=5, low=1, high=20))),
        Kind("cards", (line("title"), items("items", TITLE, rich("text")))),
    ]
}

TOPICS = (
    *("skills", "recognition", "jobs", "cv", "language", "networks", "rights", "safety", "money", "business", "study"),
    *("digital", "green", "circle", "wellbeing"),
)


def names(name, *choices):
    return Field(name, "names", required=True, choices=choices)


# Data files: content/<name>.yaml is a list of entries, sorted by id, each one row of the model; locale/<lang>/<name>.po.
DATA = {
    kind.name: kind
    for kind in [
        Kind(
            "glossary",
            (
                items(
                    "terms",
                    line("term", required=True),
                    line("also"),
                    lines("definition", required=True),
                    Field("see", "names"),
                    required=False,
                ),
            ),
            "courses.GlossaryTerm",
        ),
        Kind(
            "library",
            (
                items(
                    "resources",
                    line("title", required=True, translated_if="title_translated"),
                    Field("title_translated", "flag", default=False),
                    Field("url", "url", required=True),
                    lines("about", required=True),
                    names("audience", "learner", "trainer"),
                    names("topics", *TOPICS),
                    names("languages", *LANGUAGES),
                    Field("kind", "choice", required=True, choices=RESOURCE_KINDS),
                    line("licence", translated=False),
                    names("countries", *COUNTRIES, "eu", "any"),
                    required=False,
                ),
            ),
            "courses.Resource",
        ),
    ]
}
