"""Slips for a list: letters and separators of many countries, each row looked at, all or nothing."""

import csv
import html
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import CohortSlip, Membership
from hub.notifications.models import Notification
from hub.trainer.tables import NotATable, read_table
from tests.circles import let_join

NAMES = {
    "hu": "név;felhasználónév\nŐrsi Ágnes;\nFűzfa Márta;\n",
    "el": "όνομα;όνομα χρήστη\nΕλένη;\nΦωτεινή Άννα;\n",
    "sv": "namn;användarnamn\nÅsa Öberg;\nMärta;\n",
    "it": "nome;nome utente\nNiccolò;\nPerù;\n",
}


def text(response):
    return response.content.decode()


def sent(client, page, content, letters="", name="list.csv"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content, "text/csv")
    return client.post(f"{page}slips/", {"table": file, "letters": letters})


def hidden(response, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', text(response))[1])


def make(client, page, preview, **changes):
    data = {"rows": hidden(preview, "rows"), "once": hidden(preview, "once"), "days": "30"} | changes
    return client.post(f"{page}slips/make/", data)


# Files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *[(language, encoding) for language in NAMES for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")],
        ("hu", "cp1250"),
        ("el", "cp1253"),
        ("sv", "cp1252"),
        ("it", "cp1252"),
    ],
)
def test_letters_of_our_languages_are_found_out(language, encoding):
    table = read_table(NAMES[language].encode(encoding), most_rows=10)
    assert [";".join(row) for row in table.rows] == NAMES[language].splitlines()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separators_are_found_out_and_quotes_understood(separator):
    table = read_table(f'name{separator}user name\n"Ana{separator} B"{separator}ana\n'.encode(), most_rows=10)
    assert table.rows == [["name", "user name"], [f"Ana{separator} B", "ana"]]


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"\x89PNG\r\n\x1a\n\0\0\0\0IHDR\xff\xfe", b"a\0b"])
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(NotATable):
        read_table(content, most_rows=10)


# The preview ------------------------------------------------------------------------------------------------------


def test_the_rows_are_shown_with_what_is_wrong_and_nothing_is_made(page, room, circle, learner):
    let_join(circle, learner, "Taken")
    rows = "name;user name\nAna;\nana;\n;x1\n=1+1;\n@x;\nTaken;\nBea;who\nCee;WHO\n" + "n" * 41 + ";\n"
    shown = sent(room, page, rows)
    assert shown.status_code == 200
    wrong = re.findall(r'class="field-error">([^<]*)<', text(shown))
    assert len(wrong) == 7
    assert "line 2" in wrong[0]
    assert ">3</td>" in text(sent(room, page, "name\n\nAna\n"))  # empty lines count
    assert "Make" not in text(shown)
    assert not CohortSlip.objects.exists()


def test_the_errors_can_be_taken_along_without_formulas(page, room):
    preview = sent(room, page, "name\nAna\n=1+1\n")
    answer = room.post(f"{page}slips/errors/", {"rows": hidden(preview, "rows"), "days": "30"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["3", "'=1+1"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("who;what\nAna;x\n", "There is no column"),
        ("name\n", "nobody in this list"),
        ("", "empty"),
        ("name\n" + "Ana\n" * 201, "longer than 200 rows"),
        ("name\n" + "\n".join(f"Name {n}" for n in range(100_000)), "longer than 200 rows"),
        ("name\n" + "x" * 9_000_000, "longer than 200 rows"),
        (b"PK\x03\x04...", "save it as CSV"),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused_in_words(page, room, content, words):
    answer = sent(room, page, content)
    assert (answer.status_code, words in text(answer)) == (422, True)


# Making -------------------------------------------------------------------------------------------------------------


def test_each_row_gives_a_slip_with_which_she_joins(page, room, circle, learner, learner_client):
    made = make(room, page, sent(room, page, "name\nAna\nBea\n"))
    codes = re.findall(r'class="secret"><code>([^<]+)<', text(made))
    assert (len(codes), CohortSlip.objects.count()) == (2, 2)
    to = learner_client.post("/en/kits/join/", {"kit_code": codes[0].upper()}).headers["Location"]
    shown = text(learner_client.get(to))
    assert 'value="Ana"' in shown
    assert "This is all your trainer sees" in shown
    learner_client.post(to, {"display_name": "Anna", "shows_progress": "0"})
    assert Membership.objects.get(user=learner).display_name == "Anna"
    assert learner_client.get(to).headers["Location"] == f"/en/my/circles/{circle.pk}/"


def test_a_second_press_makes_no_second_set(page, room):
    preview = sent(room, page, "name\nAna\n")
    assert make(room, page, preview).status_code == 200
    again = make(room, page, preview)
    assert (again.status_code, CohortSlip.objects.count()) == (422, 1)


def test_a_list_with_one_wrong_row_makes_nothing(page, room):
    preview = sent(room, page, "name\nAna\nBea\n")
    rows = [*json.loads(hidden(preview, "rows")), [4, "ana", ""]]
    assert make(room, page, preview, rows=json.dumps(rows)).status_code == 422
    assert not CohortSlip.objects.exists()


@pytest.mark.parametrize("rows", ["", "x", "[]", "{}", "[[1]]", '[["a","b","c"]]', "[[1,2,3]]", "null", "[" * 5000])
def test_rows_that_no_preview_sent_are_refused(page, room, rows):
    preview = sent(room, page, "name\nAna\n")
    assert make(room, page, preview, rows=rows).status_code == 422
    assert room.post(f"{page}slips/errors/", {"rows": rows}).status_code == 422


def test_a_user_name_invites_in_the_hub_and_tells_the_trainer_nothing(page, room, circle, learner, learner_client):
    preview = sent(room, page, "name;user name\nAna;LEARNER\nBea;nobody-called-so\n")
    made = text(make(room, page, preview))
    assert made.count('class="signin-card"') == 2
    assert "learner" not in made.split("signin-cards")[1].lower()
    assert Notification.objects.get().user == learner
    address = f"/en/my/circles/{circle.pk}/"
    assert 'value="Ana"' in text(learner_client.get(address))
    learner_client.post(address, {"display_name": "Ana", "shows_progress": "1"})
    assert Membership.objects.get(user=learner).shows_progress is True
