"""The small words of our templates."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone, translation

from courses.models.pages import Emblem
from hub.bundle import BUNDLES, BundleFinder, squeeze
from hub.languages import alternates
from hub.templatetags import hub_tags

TEMPLATES = Path(hub_tags.__file__).resolve().parents[2]


@pytest.mark.parametrize("name", Emblem.values)
def test_every_emblem_is_drawn(name):
    assert re.match(
        r'<svg class="emblem" aria-hidden="true" focusable="false" viewBox="0 0 64 64"', hub_tags.emblem(name)
    )


@pytest.mark.parametrize("name", ["", "no-such-drawing", "../pictures/mark", "a b", None])
def test_a_drawing_that_is_not_there_is_left_out(name):
    assert hub_tags.emblem(name) == ""


def test_every_icon_named_in_a_template_exists():
    templates = [p for p in TEMPLATES.rglob("templates/**/*.html") if ".venv" not in p.parts]
    named = {
        (kind, name) for p in templates for kind, name in re.findall(r'{% (icon|picture) "([^"]+)"', p.read_text())
    }

    assert ("icon", "leave") in named
    assert {(kind, name) for kind, name in named if not getattr(hub_tags, kind)(name)} == set()


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1, seconds=10), "1 minute ago"),
        (timedelta(days=3, hours=5), "3 days ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_time_is_told_in_one_unit(ago, words):
    assert hub_tags.time_in_words(timezone.now() - ago) == words


def test_no_time_is_no_words():
    assert hub_tags.time_in_words(None) == ""


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(0, 0, 0), (0, 7, 0), (1, 3, 33), (199, 200, 99), (7, 7, 100), (9, 7, 100)]
)
def test_percent_reaches_a_hundred_only_when_all_is_done(part, whole, shown):
    assert hub_tags.percent(part, whole) == shown


class TestAlternates:
    def test_the_same_page_in_every_language(self):
        with translation.override("el"):
            found = alternates("/el/kits/learner/", "page=2")

        assert [each["url"] for each in found] == [
            f"/{code}/kits/learner/?page=2" for code in ("en", "it", "el", "hu", "sv")
        ]
        assert found[0]["path"] == "/en/kits/learner/"
        assert [each["code"] for each in found if each["current"]] == ["el"]
        assert found[2]["name"] == "Ελληνικά"

    @pytest.mark.parametrize("path", ["/", "/xx/kits/", "/editor/pages/", "/elsewhere/"])
    def test_elsewhere_each_language_leads_to_its_home(self, path):
        assert alternates(path, "a=1")[0]["url"] == "/en/"

    def test_a_hidden_language_is_left_out_unless_the_page_is_in_it(self):
        assert [each["code"] for each in alternates("/en/kits/", hidden=("sv",))] == ["en", "it", "el", "hu"]
        with translation.override("sv"):
            assert [each["code"] for each in alternates("/sv/kits/", hidden=("sv",))] == ["en", "it", "el", "hu", "sv"]

    def test_arrows_are_marked_so_that_they_turn_where_one_reads_from_the_right(self):
        assert 'class="icon icon--pointing"' in hub_tags.icon("next")
        assert 'class="icon"' in hub_tags.icon("bell")

    def test_arabic_is_written_from_the_right(self):
        assert hub_tags.text_direction("ar") == "rtl"
        assert 'lang="ar" dir="rtl">العربية<' in hub_tags.lang_mark("ar")


class Letter(forms.Form):
    name = forms.CharField(label="Your alias", help_text="Not your real name.")
    agree = forms.BooleanField(label="I agree")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


class TestForms:
    def test_the_summary_leads_to_each_wrong_field(self):
        html = render_to_string("forms/errors.html", {"form": Letter({"note": "kept"})})

        assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html) == [
            ("id_name", "Your alias"),
            ("id_agree", "I agree"),
            ("id_kind_0", "Kind"),
        ]

    def test_a_right_form_has_no_summary(self):
        assert render_to_string("forms/errors.html", {"form": Letter()}).strip() == ""

    def test_help_and_error_are_named_by_the_control(self):
        html = render_to_string("forms/field.html", {"field": Letter({})["name"]})

        assert 'aria-describedby="id_name_helptext id_name_error"' in html
        assert 'aria-invalid="true"' in html
        assert html.index('id="id_name_helptext"') < html.index('id="id_name_error"') < html.index("<input")

    def test_what_may_stay_empty_says_so(self):
        assert "(your choice)" in render_to_string("forms/field.html", {"field": Letter()["note"]})

    @pytest.mark.parametrize("name", ["name", "agree", "kind", "note"])
    def test_no_id_is_used_twice(self, name):
        ids = re.findall(r'\bid="([^"]+)"', render_to_string("forms/field.html", {"field": Letter({})[name]}))

        assert len(ids) == len(set(ids))

    def test_what_she_typed_stays_and_is_escaped(self):
        html = render_to_string("forms/field.html", {"field": Letter({"note": '"><b>hi'})["note"]})

        assert "&quot;&gt;&lt;b&gt;hi" in html


class TestStyleSheets:
    def test_squeezing_keeps_selectors_apart(self):
        assert (
            squeeze("/* why */\n.a :is(b, i) {\n  color: red;\n  margin: 0 1px;\n}\n")
            == ".a :is(b,i){color:red;margin:0 1px}"
        )

    def test_the_bundle_holds_every_part_in_order(self):
        with open(BundleFinder().find("css/hub.css"), encoding="utf-8") as sheet:
            css = sheet.read()

        assert css.startswith("@layer tokens,base,layout,components,reader,forum,print;")
        assert re.findall(r"@layer (\w+){", css)[:4] == ["tokens", "base", "layout", "components"]

    def test_other_files_are_left_to_other_finders(self):
        assert BundleFinder().find("img/favicon.svg") == []
        assert {name for name, _ in BundleFinder().list([])} == set(BUNDLES)
