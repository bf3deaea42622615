import io
from datetime import date

import pytest
from openpyxl import load_workbook

from hub.accounts.models import AccountEvent, Organisation
from hub.reports.counting import UNTIL
from hub.reports.models import DailyFigure, Target
from tests.circles import employ

pytestmark = pytest.mark.django_db
NOW = {"period": "own", "first": "2026-01", "last": "2026-06"}


@pytest.fixture(autouse=True)
def _counted(db, monkeypatch):
    for module in ("periods", "forms", "views"):
        monkeypatch.setattr(f"hub.reports.{module}.today", lambda: date(2026, 11, 22))
    rows = [("enrolled", 41, "en"), ("enrolled", 3, "el"), ("visits", 998, "en"), (UNTIL, 1, "")]
    for figure, number, language in rows:
        DailyFigure.objects.create(figure=figure, day=date(2026, 3, 4), language=language, number=number)


@pytest.fixture
def sees_all(coordinator, sign_in):
    return sign_in(coordinator)


def test_the_page_shows_rounded_numbers_their_definitions_and_up_to_when(sees_all):
    html = sees_all.get("/en/reports/", NOW).content.decode()
    assert "January 2026 – June 2026" in html
    assert '<p class="figure-number">45</p>' in html
    assert '<p class="figure-number">1,000</p>' in html
    assert "Counted up to 4 March 2026." in html
    assert "41" not in html.split("<main")[1].split("</main>")[0]
    assert "One person and one kit" in html


def test_the_annex_and_the_files_hold_the_same_numbers(sees_all):
    annex = sees_all.get("/en/reports/annex/", NOW).content.decode()
    text = b"".join(sees_all.post("/en/reports/file/", NOW | {"kind": "csv"})).decode()
    book = load_workbook(io.BytesIO(b"".join(sees_all.post("/en/reports/file/", NOW | {"kind": "xlsx"}))))
    rows = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True) if row[0] and len(row) > 1}
    assert '<p class="figure-number">45</p>' in annex
    assert "Enrolments;45;;" in text
    assert (rows["Enrolments"], rows["Completed"]) == (45, "fewer than 5")
    assert text.startswith("\ufeff")
    assert "English;40" in text
    assert "Others, each fewer than 5;fewer than 5" in text


def test_each_file_is_logged_with_who_took_it(sees_all, coordinator):
    sees_all.post("/en/reports/file/", NOW | {"kind": "csv"})
    entry = AccountEvent.objects.get(kind="figures_taken")
    assert (entry.actor, entry.user, entry.detail) == (coordinator, None, "2026-01_2026-06 csv")
    assert "Figures of the hub taken out" in sees_all.get("/en/staff/people/log/").content.decode()


def test_cells_that_look_like_formulas_stay_text(sees_all):
    partner = Organisation.objects.create(name="=cmd|' /C calc'!A0")
    DailyFigure.objects.create(figure="members", day=date(2026, 3, 4), organisation=partner.pk, number=9)
    text = b"".join(sees_all.post("/en/reports/file/", NOW | {"kind": "csv"})).decode()
    book = load_workbook(io.BytesIO(b"".join(sees_all.post("/en/reports/file/", NOW | {"kind": "xlsx"}))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "'=cmd|' /C calc'!A0" in text
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_a_file_comes_in_pieces(sees_all):
    answer = sees_all.post("/en/reports/file/", NOW | {"kind": "csv"})
    assert answer.streaming
    assert sum(1 for _piece in answer) > 20


@pytest.mark.parametrize(
    "wrong", [{"period": "2026-H9"}, {"period": "own", "first": "2026-05", "last": "2026-01"}, {"kind": "exe"}]
)
def test_what_cannot_be_is_refused_and_nothing_is_logged(sees_all, wrong):
    answer = sees_all.post("/en/reports/file/", {"kind": "csv", **NOW, **wrong})
    assert answer.status_code == 422
    assert not AccountEvent.objects.filter(kind="figures_taken").exists()


def test_an_odd_time_keeps_what_was_typed_and_shows_no_number(sees_all):
    answer = sees_all.get("/en/reports/", {"period": "own", "first": "2026-05", "last": "2026-01"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This month is before the first one." in html
    assert 'value="2026-05"' in html
    assert "figure-number" not in html


def test_a_learner_and_staff_without_an_organisation_find_no_such_page(learner_client, trainer, sign_in):
    assert learner_client.get("/en/reports/").status_code == 404
    assert sign_in(trainer).get("/en/reports/").status_code == 404


def test_a_trainer_sees_her_organisation_only(trainer, sign_in):
    partner = employ(trainer).organisation
    DailyFigure.objects.create(figure="members", day=date(2026, 3, 4), organisation=partner.pk, number=20)
    DailyFigure.objects.create(figure="members", day=date(2026, 3, 4), organisation=partner.pk + 1, number=700)
    client = sign_in(trainer)
    html = client.get("/en/reports/", NOW).content.decode()
    assert '<p class="figure-number">20</p>' in html
    assert "720" not in html
    assert "Enrolments" not in html
    assert client.get("/en/reports/targets/").status_code == 404


def test_a_coordinator_sets_targets_and_sees_them_beside_the_figure(sees_all):
    answer = sees_all.post("/en/reports/targets/?half=2026-H1", {"enrolled": "120", "completed": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/reports/?period=2026-H1")
    assert "Target: 120" in sees_all.get("/en/reports/?period=2026-H1").content.decode()
    sees_all.post("/en/reports/targets/?half=2026-H1", {"enrolled": ""})
    assert not Target.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "0", "many", "9" * 40])
def test_an_odd_target_is_refused_and_stays_in_its_field(sees_all, typed):
    answer = sees_all.post("/en/reports/targets/?half=2026-H1", {"enrolled": typed, "completed": "5"})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert not Target.objects.exists()


def test_a_half_year_far_away_has_no_targets(sees_all):
    assert sees_all.get("/en/reports/targets/?half=9999-H1").status_code == 404
