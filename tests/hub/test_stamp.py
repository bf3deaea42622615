import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction
from wagtail.models import Page, PageViewRestriction, Site

from hub.lib.stamp import AT_HAND, content_stamp, kept, memory, touch, touch_content_stamp
from tests.settings import ROOT


def test_what_is_kept_is_made_once_per_stamp():
    made = iter(["first", "second"])
    assert [kept("a-text", lambda: next(made)) for _ in range(2)] == ["first", "first"]
    memory.clear()  # as in another process
    assert kept("a-text", lambda: next(made)) == "first"
    touch()
    assert kept("a-text", lambda: next(made)) == "second"


def test_the_memory_of_a_process_is_bounded():
    for number in range(AT_HAND + 1):
        kept(f"text-{number}", lambda number=number: number)
    assert len(memory) == 1
    assert kept("text-0", lambda: "made again") == 0


def test_two_touches_at_once_give_two_stamps():
    stamps = [content_stamp()]
    for _ in range(3):
        touch()
        stamps.append(content_stamp())
    assert len(set(stamps)) == 4


@pytest.mark.django_db
def test_the_stamp_moves_only_when_the_change_is_committed(django_capture_on_commit_callbacks):
    before = content_stamp()
    with django_capture_on_commit_callbacks(execute=True):
        touch_content_stamp()
        assert content_stamp() == before
    assert content_stamp() != before


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_the_stamp():
    before = content_stamp()
    with transaction.atomic():
        touch_content_stamp()
        transaction.set_rollback(True)
    assert content_stamp() == before


def publish(page):
    page.save_revision().publish()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def rename_site(page):
    Site.objects.update_or_create(hostname="localhost", defaults={"root_page": page, "port": 8000})


@pytest.mark.parametrize("change", [publish, Page.unpublish, Page.delete, restrict, rename_site])
@pytest.mark.django_db
def test_what_visitors_may_read_moves_the_stamp(change, django_capture_on_commit_callbacks):
    page = Page.get_first_root_node().add_child(instance=Page(title="A page"))
    before = content_stamp()
    with django_capture_on_commit_callbacks(execute=True):
        change(page)
    assert content_stamp() != before


@pytest.mark.django_db(transaction=True)
def test_a_publish_in_another_process_moves_the_stamp_here():
    page = Page.get_first_root_node().add_child(instance=Page(title="A page"))
    before = content_stamp()
    url = f"sqlite:///{connection.settings_dict['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    program = (
        "import django; django.setup(); from wagtail.models import Page;"
        f"Page.objects.get(pk={page.pk}).save_revision().publish()"
    )
    environment = {**os.environ, "DATABASE_URL": url, "HUB_VAR": str(settings.VAR)}
    environment["DJANGO_SETTINGS_MODULE"] = "hub.settings"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True)
    assert content_stamp() != before
