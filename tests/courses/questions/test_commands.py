"""manage.py import_questions and export_questions."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Locale

from courses.models import QuestionBank

FILES = Path(__file__).parent / "files"


@pytest.fixture
def locales(db):
    for code in ("en", "it"):
        Locale.objects.get_or_create(language_code=code)


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def state():
    return [(bank.pk, bank.title, bank.questions.get_prep_value()) for bank in QuestionBank.objects.order_by("pk")]


@pytest.mark.parametrize(("name", "count"), [("every_kind.gift", 11), ("every_kind.xml", 9)])
def test_a_file_becomes_a_bank_named_after_it(locales, name, count):
    out = run("import_questions", FILES / name)
    assert f"imported {count}" in out.splitlines()
    assert set(QuestionBank.objects.values_list("title", "locale__language_code")) == {
        ("every_kind", "en"),
        ("every_kind", "it"),
    }
    english, italian = QuestionBank.objects.order_by("locale__language_code")
    assert [block.id for block in english.questions] == [block.id for block in italian.questions]


@pytest.mark.parametrize("name", ["every_kind.gift", "every_kind.xml"])
def test_a_second_import_changes_nothing(locales, name):
    run("import_questions", FILES / name)
    before, pictures = state(), get_image_model().objects.count()
    assert " 0 new, 0 changed" in run("import_questions", FILES / name)
    assert (state(), get_image_model().objects.count()) == (before, pictures)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(locales):
    out = run("import_questions", FILES / "every_kind.xml", dry_run=True)
    assert "would import 9" in out.splitlines()
    assert (state(), get_image_model().objects.count()) == ([], 0)


def test_what_has_no_form_here_is_named_with_its_line(locales):
    lines = run("import_questions", FILES / "every_kind.xml").splitlines()
    left_out = [line for line in lines if line.startswith("left out: ")]
    assert [line.split(": ")[1:3] for line in left_out] == [
        ["line 92", "cloze"],
        ["line 96", "ddwtos"],
        ["line 100", "calculatedsimple"],
    ]


@pytest.mark.parametrize("format", ["gift", "xml"])
def test_what_was_exported_comes_back_the_same(locales, tmp_path, format):
    run("import_questions", FILES / "every_kind.xml", bank="All about work")
    before, file = state(), tmp_path / f"out.{format}"
    run("export_questions", bank="All about work", format=format, output=file)
    assert " 0 new, 0 changed" in run("import_questions", file, bank="All about work")
    assert state() == before
    run("import_questions", file, bank="A copy")
    again = tmp_path / f"again.{format}"
    run("export_questions", bank="A copy", format=format, output=again)
    assert without_ids(again.read_text()) == without_ids(file.read_text()).replace("All about work", "A copy")


def without_ids(text):
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|question-[0-9a-f]+", "id", text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Q {=a\n\nQ2 {T}", "line 1: a { that is never closed"),
        (b"One {T}\n\n\nTwo {=a =b}\n}", "line 5: a second }"),
        (b"One {T}\n\nTwo {#abc}", "line 3: “abc” is not a number"),
        (b"One {T}\nTw\xff {F}", "line 2: this is not UTF-8"),
        (b"<quiz>\n<question type='essay'>\n</quiz>", "line 3: this is not sound XML"),
    ],
)
def test_a_broken_file_is_refused_with_the_line_and_nothing_is_imported(locales, tmp_path, content, said):
    file = tmp_path / "broken.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run("import_questions", file)
    assert said in str(error.value)
    assert state() == []


def test_a_file_or_bank_or_kit_that_is_not_there_is_named(locales, tmp_path):
    for command, options in [
        ("import_questions", {"args": [tmp_path / "none.gift"]}),
        ("export_questions", {"bank": "None"}),
        ("export_questions", {"kit": "none"}),
    ]:
        with pytest.raises(CommandError, match=r"(?i)none"):
            run(command, *options.pop("args", []), **options)
