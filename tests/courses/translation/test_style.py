"""Each rule of content/style.yaml, broken once."""

import pytest

from courses.translation.style import style_faults
from courses.translation.tree import read_texts
from tests.courses.translation.small import edit, write_small

LESSON = "content/kits/small/01-first/01-one.md"
RULES = """words: {least: 30, most: 45}
reading_level: {learner: 20, trainer: 40}
avoid:
- {word: 'empower*', where: all, instead: say what she can do}
- {word: despite, where: learner, instead: two sentences}
- {word: of course, where: learner, instead: leave it out}
repeated: []
"""
LINKS = """- host: example.org
  what: an example
  listed_on: 2026-11-22
"""
GOOD = """::: text opening
The bus leaves at ten. You sit down and read. See [the kit](page:small) or [a page](https://example.org/).
:::

::: example one
title: A pump
text: She looks at a pump and writes down what she sees.
:::

::: image week
image: week.svg
alt: Seven arcs
:::

::: question check
prompt: Which is right?
options:
- id: this
  text: This
  correct: true
  feedback: Yes, this one.
- id: that
  text: That
  correct: false
  feedback: Look again.
:::

::: true-false again
prompt: It is right.
correct: true
feedback_true: Yes.
feedback_false: Look again.
:::

::: true-false more
prompt: It is wrong.
correct: false
feedback_true: Look again.
feedback_false: Yes.
:::

::: reflection words
title: My words
prompt: What do you think?
booklet: B1
:::

::: key-idea keep
One thing is enough.
:::
"""


@pytest.fixture
def root(tmp_path):
    """A small site in which nothing is to be said against the lesson."""
    write_small(tmp_path, italian=False)
    path = tmp_path / LESSON
    head = path.read_text(encoding="utf-8").split("::: text", 1)[0]
    path.write_text(head + GOOD, encoding="utf-8")
    (tmp_path / "content/style.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "content/links.yaml").write_text(LINKS, encoding="utf-8")
    return tmp_path


def faults(root):
    return [str(f) for f in style_faults(root, read_texts(root, catalogs=False, assets=False))]


def test_a_good_lesson_has_no_fault(root):
    assert faults(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: A pump", "title: Despite all", "“Despite” is not written here: two sentences"),
        ("title: A pump", "title: Empowering", "“Empowering” is not written here"),
        ("example.org", "unknown.example", "unknown.example is not in content/links.yaml"),
        ("You sit down and read.", "", "words to read: a lesson has 30 to 45"),
        ("You sit down and read.", "word " * 30, "words to read: a lesson has 30 to 45"),
        (
            "You sit down and read.",
            "Recognition procedures presuppose comprehensive documentation throughout.",
            "shorter sentences and words, down to 20",
        ),
        ("::: text opening", "::: key-idea opening", "begin with a text block"),
        ("::: key-idea keep", "::: text keep", "put a key-idea last"),
        ("::: reflection words\ntitle: My words\nprompt: What do you think?\nbooklet: B1\n:::\n", "", "an activity"),
        ("::: example one\ntitle: A pump\ntext:", "::: text one\n", "a module needs an example"),
        ("::: image week\nimage: week.svg\nalt: Seven arcs\n:::\n", "", "a module needs a picture"),
    ],
    ids=[
        "word",
        "stem",
        "link",
        "short",
        "long",
        "hard",
        "opening",
        "end",
        "activity",
        "example",
        "picture",
    ],
)
def test_each_rule_is_asked(root, old, new, said):
    edit(root, LESSON, old, new)
    assert [said in fault for fault in faults(root)] == [True]


def test_a_word_within_a_word_is_another_word(root):
    edit(root, LESSON, "You sit down and read.", "The list of courses is there.")
    assert faults(root) == []


def test_what_is_only_for_learners_may_stand_in_the_other_kit(root):
    edit(root, LESSON, "title: A pump", "title: Despite all")
    edit(root, "content/kits/small/kit.md", "audience: learner", "audience: trainer")
    assert faults(root) == []


def test_a_module_has_three_questions(root):
    edit(root, LESSON, GOOD[GOOD.index("::: true-false more") : GOOD.index("::: reflection")], "")
    assert ["three questions" in fault for fault in faults(root)] == [True]


def test_the_same_sentence_stands_once(root):
    second = (root / LESSON).read_text(encoding="utf-8").replace("id: one", "id: two").replace("slug: one", "slug: two")
    second = second.replace(
        "The bus leaves at ten. You sit down and read.", "Another day and another place for you here."
    )
    twin = "Write down what you can do and read it aloud to a friend."
    near = "Now write down what you can do and read it aloud to a friend."
    second = second.replace("One thing is enough.", near)
    edit(root, LESSON, "One thing is enough.", twin)
    (root / LESSON.replace("01-one", "02-two")).write_text(second, encoding="utf-8")
    found = [fault for fault in faults(root) if "stands in" in fault]
    assert [near in found[0], "01-one.md too" in found[0], len(found)] == [True, True, 1]
    rules = RULES.replace("repeated: []", f"repeated:\n- {near}")
    (root / "content/style.yaml").write_text(rules, encoding="utf-8")
    assert [fault for fault in faults(root) if "stands in" in fault] == []


def test_links_are_listed_once_in_order_with_their_date(root):
    extra = "- host: a.example\n  what: before its place\n- host: b.example\n  listed_on: 2026-11-22\n"
    (root / "content/links.yaml").write_text(LINKS + extra, encoding="utf-8")
    assert [fault.split(": ", 1)[1] for fault in faults(root)] == [
        "a.example stands after example.org: sort by host, each once",
        "a.example: say what it is and listed_on",
        "b.example: say what it is and listed_on",
    ]
