"""The recipes of docs/architecture.md, followed in a copy of the house: what they say is enough."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_law_imports import ORDER

# Recipe → file → what is written behind which words of it; a new file is written whole.
RECIPES: dict[str, dict[str, tuple[str, str]]] = {
    "an engine": {
        "index/engines/echo.py": ("", "from index.engines.memory import open_engine\n"),
        "index/opening.py": ("SCHEMES = {\n", '    "echo": "index.engines.echo",\n'),
    },
    "an attribute": {
        "index/attributes.py": (
            "ATTRIBUTES = (\n",
            '    AttributeSpec("edition", ("edition", "طبعة"), "الطبعة"),\n',
        ),
        "index/document.py": ("    tags: tuple[str, ...] = ()\n", '    edition: str = ""\n'),
        "index/engine.py": (
            "    tags: tuple[str, ...] = ()\n",
            "    edition: tuple[str, ...] = ()\n",
        ),
        "searcher/hits/results.py": (
            "    tags: tuple[str, ...] = ()\n",
            '    edition: str = ""\n',
        ),
        "crawl/article.py": ("    tags: tuple[str, ...] = ()\n", '    edition: str = ""\n'),
        "crawl/archive/schema.py": ("tags text not null, ", "edition text not null, "),
    },
    "a month name": {"crawl/text/month_names.py": ('    8: "', "زغنبوت ")},
    "a wording of a time": {"crawl/text/named_days.py": ("_THIRDS = {\n", '    "عتبه": 1,\n')},
    "a route": {
        "web/blueprint.py": ("ROUTES = (\n", '    Route("/about", "about", site_files.robots),\n'),
        "web/description/operations.py": ("OPERATIONS = {\n", '    "about": Operation("Us."),\n'),
    },
    "a weight": {
        "searcher/expansion/weights.py": ("    body: float = 1.0\n", "    flair: float = 0.5\n")
    },
    "a reason of refusal": {
        "crawl/reasons.py": (
            "REASONS = {\n",
            '    "on-strike": ReasonText("its makers are on strike", "أصحابه مضربون"),\n',
        )
    },
    "a rule for one site": {
        "crawl/extract/site_rules.toml": (
            '# author = ".writer a"\n',
            '["barid.example"]\nauthor = ".signed"\n',
        )
    },
    "a word": {"words.txt": ("", "synonym سيارة, عربة\n")},
}
# Recipe → an expression that is this value in the copy.
SEEN: dict[str, tuple[str, Any]] = {
    "an engine": ("found(open_engine('echo:', create=True), 'سفير')", 1),
    "an attribute": (
        "found(open_engine('memory:'), 'سفير طبعة:الأولى'), counted(open_engine('memory:'))",
        (1, [("الأولى", 1)]),
    ),
    "a month name": (
        "read_dates('15 زغنبوت 2015', date(2026, 11, 1))",
        ("2015-08-15", "2015-08-15"),
    ),
    "a wording of a time": (
        "read_dates('عتبة 2015', date(2026, 11, 1))",
        ("2015-01-01", "2015-04-30"),
    ),
    "a route": (
        "[create_app().test_client().get('/about').status_code,"
        " create_app().test_client().get('/openapi.json').json"
        "['paths']['/about']['get']['summary']]",
        [200, "Us."],
    ),
    "a weight": ("settings_of({'ranking': {'flair': 2}}).weights.flair", 2.0),
    "a reason of refusal": ("sentence('on-strike', 'ar')", "أصحابه مضربون"),
    "a rule for one site": (
        "extract(PAGE.encode(), 'https://barid.example/7').author",
        "سلمى الراعي",
    ),
    "a word": ("explain('سيارة', 'وصلت العربات').words[0].why", "synonym"),
}
SCRIPT = """
import tempfile
from datetime import date
from pathlib import Path
from crawl import Archive, Article
from crawl.extract import extract
from crawl.reasons import sentence
from index import build, open_engine
from searcher import Searcher
from searcher.explain import explain
from searcher.settings import settings_of
from web import create_app
read_dates = Searcher.read_dates
PAGE = ("<html><title>خبر من الميناء القديم</title><h1>خبر من الميناء القديم</h1>"
        "<i class=signed>سلمى الراعي</i><p>2015-08-01</p><p>" + "قال السفير إن الميناء كبير. " * 20)

def filled(engine):
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db") as archive:
        told = {"edition": "الأولى"} if "edition" in Article.__slots__ else {}
        archive.put(Article(url="https://a.example/1", title="السفير", body="نص", **told))
        build(archive, engine)
    return Searcher(engine)

def found(engine, query):
    return filled(engine).search(query).total

def counted(engine):
    return filled(engine).search("سفير", facets=("edition",)).facets["edition"]

for line in EXPRESSIONS:
    try:
        value = eval(line)
    except Exception as error:
        value = repr(error)
    print(repr(value))
"""


@pytest.fixture(scope="module")
def seen(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each recipe's expression is in a copy in which all recipes were followed."""
    copy = tmp_path_factory.mktemp("house")
    for package in ORDER:
        shutil.copytree(root / package, copy / package)
    for changes in RECIPES.values():
        for name, (behind, written) in changes.items():
            path = copy / name
            text = path.read_text("utf-8") if behind else ""
            assert behind in text, f"the recipe is of another {name}"
            path.write_text(text.replace(behind, behind + written, 1), "utf-8")
    script = f"EXPRESSIONS = {[expression for expression, _ in SEEN.values()]!r}\n{SCRIPT}"
    words = {"BAHITH_WORDS": str(copy / "words.txt"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=copy,
        env=os.environ | words | {"PYTHONPATH": str(copy)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.returncode, done.stderr
    return dict(zip(SEEN, map(ast.literal_eval, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("recipe", SEEN)
def test_a_recipe_is_all_that_it_takes(seen: dict[str, Any], recipe: str) -> None:
    """Only what it names was changed, and what was added works."""
    assert seen[recipe] == SEEN[recipe][1]


def test_every_recipe_is_tried_and_names_the_files_it_takes(root: Path) -> None:
    """The table of docs/architecture.md, row by row; tests and the user's own files aside."""
    text = (root / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text.partition("## Recipes")[2], re.M)[1:]
    told = dict(rows)
    assert told.keys() == RECIPES.keys()
    for recipe, changes in RECIPES.items():
        for name in changes:
            if name.split("/")[0] in ORDER and name != "index/engines/echo.py":
                assert f"`{name}`" in told[recipe], (recipe, name)
