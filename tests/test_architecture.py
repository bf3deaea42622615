"""The arrows of the design: imports point down, never sideways or up. And a few smells, measured."""

import ast
import re
from pathlib import Path

import pytest

from tests.settings import ROOT

SOURCES = sorted(
    path
    for folder in ("hub", "courses", "forums")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted(
    path for folder in ("hub", "courses", "forums") for path in (ROOT / folder).rglob("templates/**/*.*")
)

# Lowest first. A module may import its own app and every layer below; hub.* that is in no layer is the root and may import all.
LAYERS = [
    {"hub.lib"},
    {"hub.accounts"},
    {"hub.notifications"},
    {"courses"},
    {"forums"},
    {"hub.mentoring", "hub.events", "hub.surveys"},
]
RANK = {app: rank for rank, layer in enumerate(LAYERS) for app in layer}
ROOT_RANK = len(LAYERS)


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def app_of(module):
    """The app in LAYERS that a module belongs to; "hub" for the root; None for what is not ours."""
    for app in RANK:
        if module == app or module.startswith(f"{app}."):
            return app
    return "hub" if module.split(".")[0] == "hub" else None


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                package = module_of(path).split(".")
                base = package[: len(package) - node.level + (path.name == "__init__.py")]
                module = ".".join([*base, module]).rstrip(".")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def allowed(importer, imported):
    if importer == "hub" or imported is None or importer == imported:
        return True
    return RANK[importer] > RANK.get(imported, ROOT_RANK)


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_point_down(path):
    importer = app_of(module_of(path))
    wrong = [name for name in imports(path) if not allowed(importer, app_of(name))]
    assert wrong == [], f"{module_of(path)} is below what it imports"


@pytest.mark.parametrize(
    ("importer", "imported", "right"),
    [
        ("courses", "hub.accounts", True),
        ("forums", "courses", True),
        ("courses", "forums", False),
        ("hub.lib", "hub.accounts", False),
        ("hub.events", "hub.surveys", False),
        ("hub.accounts", "hub", False),
        ("hub", "forums", True),
        ("forums", None, True),
    ],
)
def test_the_arrows_themselves(importer, imported, right):
    assert allowed(importer, imported) is right


def functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module_of(path)}.{node.name}", node.end_lineno - node.lineno + 1


def test_no_function_is_long():
    lengths = [pair for path in SOURCES for pair in functions(path)]
    assert [pair for pair in lengths if pair[1] > 60] == []
    ordered = sorted(length for _, length in lengths)
    assert ordered[len(ordered) // 2] <= 8
    assert ordered[len(ordered) * 95 // 100] <= 35


def test_no_file_is_long():
    assert [(module_of(path), n) for path in SOURCES if (n := len(path.read_text().splitlines())) > 500] == []


def test_no_drawer_for_anything():
    assert [module_of(path) for path in SOURCES if path.stem in {"utils", "common", "core", "helpers", "misc"}] == []


def test_no_signals_and_no_registries_of_our_own():
    wrong = re.compile(r"\bSignal\(\)|^REGISTRY\b|class \w*Registry\b", re.M)
    assert [module_of(path) for path in SOURCES if wrong.search(path.read_text())] == []


def arguments(node):
    return {arg.arg for arg in [*node.args.args, *node.args.kwonlyargs]}


def test_writes_never_see_a_request():
    """`actions.py` is called by views, commands and tests alike."""
    seen = [
        f"{module_of(path)}.{node.name}"
        for path in SOURCES
        if path.name == "actions.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and "request" in arguments(node)
    ]
    assert seen == []


def pages(pattern):
    """Templates in which `pattern` is found, with the place; comments and plain-text templates do not count."""
    for path in TEMPLATES:
        if path.suffix in {".html", ".svg"}:
            text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.S)
            for found in re.finditer(pattern, text, re.I):
                yield f"{path.relative_to(ROOT)}: {found.group()[:60]}"


def test_no_script_or_style_is_inline():
    """The Content-Security-Policy of the public pages has no 'unsafe-inline'."""
    assert list(pages(r"<style\b|\sstyle\s*=|\son\w+\s*=\s*[\"']|javascript:")) == []
    assert [place for place in pages(r"<script\b[^>]*>") if "src=" not in place and "json" not in place] == []


def test_no_page_asks_a_third_party():
    foreign = r"<(?:script|link|img|iframe|video|audio|source)\b[^>]*\b(?:src|href)\s*=\s*[\"'](?:https?:)?//"
    assert list(pages(foreign)) == []
    css = [
        path for path in ROOT.glob("*/static/**/*.css") if re.search(r"url\(\s*['\"]?(?:https?:)?//", path.read_text())
    ]
    assert css == []


def test_tests_mirror_the_tree():
    known = {"hub", "courses", "forums", "browser", "bad_input", "__pycache__"}
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} <= known
    assert Path(__file__).parent == ROOT / "tests"
