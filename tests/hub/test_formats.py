import re
from datetime import UTC, datetime

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

MOMENT = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "2 November 2026", "2 November 2026, 14:30"),
        # Django writes Italian months with a capital.
        ("it", "2 Novembre 2026", "2 Novembre 2026, 14:30"),
        ("el", "2 Νοεμβρίου 2026", "2 Νοεμβρίου 2026, 14:30"),
        ("hu", "2026. november 2.", "2026. november 2., 14:30"),
        ("sv", "2 november 2026", "2 november 2026 14:30"),
        ("ar", "2 نوفمبر 2026", "2 نوفمبر 2026، 14:30"),
    ],
)
def test_dates_are_written_as_each_language_writes_them(language, day, moment):
    with translation.override(language):
        assert date_format(MOMENT, "DATE_FORMAT") == day
        assert date_format(MOMENT, "DATETIME_FORMAT") == moment


def test_no_italian_article_stands_before_a_date_for_it_would_be_another_one_before_8_and_11():
    entries = polib.pofile(settings.BASE_DIR / "locale" / "it" / "LC_MESSAGES" / "django.po")
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if re.search(r"\b(il|al|dal|del|nel|sul)\s+%\(", text, re.IGNORECASE)] == []
