import os
import subprocess
import sys

from tests.settings import ROOT

ASKED = """
import gc, sys
import hub.wsgi
print("hub.search.views" in sys.modules, gc.get_freeze_count() > 100_000)
"""


def test_what_every_page_needs_is_there_before_the_first_and_left_out_of_later_collections(tmp_path):
    environ = dict(os.environ, HUB_VAR=str(tmp_path), DJANGO_SETTINGS_MODULE="hub.settings")
    command = [sys.executable, "-c", ASKED]
    answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "True"]
