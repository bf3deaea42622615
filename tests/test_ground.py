"""The ground the hub stands on: pins, licences, commands."""

import json
import re
import subprocess
import sys

import pytest

from tests.settings import ROOT


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_dependency_has_a_reason(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line[:1].isalpha()]
    assert [line for line in lines if not re.search(r"\S\s+# \S", line)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pins_are_exact_and_name_no_host(name):
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"\s*#.*|[\w.\[\],-]+==[\w.]+", line)] == []
    assert [line for line in lines if "://" in line or "index" in line] == []


def test_what_comes_by_npm_is_pinned_without_a_host():
    package, lock = json.loads((ROOT / "package.json").read_text()), (ROOT / "package-lock.json").read_text()
    assert [version for version in package["dependencies"].values() if not version[0].isdigit()] == []
    assert "://" not in lock


def test_the_two_commands_of_the_readme_exist():
    text, targets = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    for command in re.findall(r"make (\w+)", text):
        assert re.search(rf"^{command}:", targets, re.M), command


def test_a_public_hub_refuses_unsafe_settings():
    def start(**environment):
        command = [sys.executable, "-c", "import hub.settings"]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert "SECRET_KEY is not set" in start(ALLOWED_HOSTS="hub.example.org").stderr
    assert "Unset DEBUG" in start(ALLOWED_HOSTS="hub.example.org", SECRET_KEY="x" * 50, DEBUG="1").stderr
    assert "use 1 or 0" in start(DEBUG="yes").stderr
    assert "redis://" in start(CACHE_URL="memcached://x").stderr


def test_no_traces_of_a_workplace():
    """Paths and hosts of the machine on which a file was made do not belong into it."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    wrong = re.compile("/work/" + "main|/tmp/" + "w/|/roo" + "t/")
    texts = [
        ROOT / name for name in names if name.endswith((".py", ".md", ".txt", ".in", ".toml", ".json", ".po", ".html"))
    ]
    assert [path.name for path in texts if path.exists() and wrong.search(path.read_text())] == []
