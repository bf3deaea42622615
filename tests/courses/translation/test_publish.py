from types import SimpleNamespace

import pytest
import wagtail.signal_handlers
from wagtail.models import Page

import courses.translation.publish
from courses.translation.load import load_texts
from courses.translation.tree import read_texts
from hub.models import InfoPage
from tests.courses.translation.small import write_small


@pytest.mark.django_db
def test_what_a_page_refers_to_is_indexed_once_for_each_page(tmp_path, monkeypatch):
    told = []
    task = SimpleNamespace(enqueue=lambda app, model, pk: told.append((app, model, pk)))
    monkeypatch.setattr(courses.translation.publish, "update_reference_index_task", task)
    monkeypatch.setattr(wagtail.signal_handlers, "update_reference_index_task", task)
    load_texts(read_texts(write_small(tmp_path)))
    pages = [entry for entry in told if entry[1].endswith("page")]
    assert sorted(int(pk) for _app, _model, pk in pages) == sorted(
        Page.objects.filter(depth__gt=1).values_list("pk", flat=True)
    )
    told.clear()
    InfoPage.objects.first().save()  # an editor's change is told by Wagtail itself
    assert told[0][:2] == ("hub", "infopage")
