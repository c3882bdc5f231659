"""Law: imports go only to the left, through package roots, and heavy ones stay out of the way."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import crawl

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["crawl", "index", "searcher", "web"]
# Public besides the roots: whole vocabularies, and what a light root leaves out.
PUBLIC = {
    *(
        "crawl.cli.pause",
        "crawl.extract",
        "crawl.sample.server",
        "crawl.settings_file",
        "crawl.text.agencies",
        "crawl.text.calendars",
        "crawl.text.month_names",
    ),
    *("crawl.text.letters", "crawl.text.times", "index.analysis", "index.query"),
    "index.command_options",
    "searcher.evaluation.judgements",
}
# Inside a folder its subfolders form one order too: each may import those before it.
FOLDERS = {
    "crawl": [
        *("text", "extract", "discovery", "archive", "frontier", "formats", "fetch", "cli"),
        "sample",
    ],
    "crawl/fetch": ["network"],
    "crawl/extract": ["tree", "metadata", "content"],
    "index": ["analysis", "engines"],
    "index/analysis": ["text", "morphology", "lexicon", "expansion"],
    "index/engines": ["whoosh", "opensearch"],
    "index/engines/whoosh": ["storage", "interop", "writing", "searching", "counting"],
    "searcher": [
        "syntax",
        "expansion",
        "corrections",
        "hits",
        "exports",
        "coverage",
        "monitoring",
        "evaluation",
    ],
    "web": ["locale", "html", "results", "description", "rights", "views", "serving"],
}
TOP_LEVEL = {
    *ORDER,
    *("tests", "docs", "benchmarks", "bahith.py", "pyproject.toml"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"),
    *(".ci", ".gitignore", "Dockerfile", ".dockerignore"),
}


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, with its line; `from a import b` is `a.b` where that is one."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if _is_module(full) else node.module or ""), node.lineno


@cache
def exported(package: str) -> frozenset[str]:
    """What a package's root gives under its own name, such as `index.build` the function."""
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    lists = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return frozenset(name for one in lists for name in ast.literal_eval(one))


def _is_module(name: str) -> bool:
    package, _, rest = name.partition(".")
    path = ROOT.joinpath(*name.split("."))
    is_one = path.is_dir() or path.with_suffix(".py").is_file()
    return package in ORDER and is_one and rest not in exported(package)


def files(root: Path, package: str) -> list[Path]:
    """The package's Python files."""
    return sorted((root / package).rglob("*.py"))


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_packages_on_its_left_and_through_their_roots(
    root: Path, package: str
) -> None:
    """Each stage knows the ones before it, by their public names only."""
    wrong = []
    for file in files(root, package):
        for name, line in imports(file):
            target = name.split(".")[0]
            if target not in ORDER or target == package:
                continue
            leftwards = ORDER.index(target) < ORDER.index(package)
            if not leftwards or (name != target and name not in PUBLIC):
                wrong.append(f"{file.relative_to(root)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", FOLDERS)
def test_subfolders_form_one_order(root: Path, folder: str) -> None:
    """Whoever reads a folder's rooms in their order meets nothing before it is explained."""
    order = FOLDERS[folder]
    present = {one.parent.name for one in (root / folder).glob("*/__init__.py")}
    assert present == set(order), "name the new room, and its place in the order, above"
    wrong = []
    prefix = folder.replace("/", ".") + "."
    for place, room in enumerate(order):
        for file in files(root / folder, room):
            for name, line in imports(file):
                target = name.removeprefix(prefix).split(".")[0]
                if name.startswith(prefix) and target in order[place + 1 :]:
                    wrong.append(f"{file.relative_to(root)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_there_is_no_import_cycle_between_files(root: Path) -> None:
    """Inside a package too, files can be read in one order."""
    names = {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for package in ORDER
        for file in files(root, package)
    }
    graph = {
        name: {
            target
            for target, _ in imports(file)
            # A package's root re-exports its files: they import each other directly.
            if target in names and target != name and target.split(".")[0] == name.split(".")[0]
        }
        for name, file in names.items()
    }
    while leaves := [name for name, targets in graph.items() if not targets & graph.keys()]:
        for name in leaves:
            del graph[name]
    assert not graph, f"these files import each other: {sorted(graph)}"


@pytest.mark.parametrize("package", ["crawl", "index", "searcher"])
def test_importing_a_package_loads_no_heavy_library(root: Path, package: str) -> None:
    """A script that only searches never waits for the crawler's or the page's libraries."""
    heavy = {"bs4", "lxml", "scrapy", "twisted", "flask", "urllib3", "simplemma", "tantivy"}
    heavy |= {"rich", "rapidfuzz", "sqlite3", "subprocess", "importlib.metadata", "pyarabic.number"}
    if package == "crawl":
        heavy |= {"numpy", "whoosh", "click", "pyarabic", "dataclasses"}
    code = f"import sys, {package}; print(*sorted(set(sys.modules) & {heavy!r}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert loaded == []


def test_a_root_that_loads_late_says_to_readers_and_to_python_the_same() -> None:
    """What type checkers see of `crawl` is what its names turn out to be."""
    tree = ast.parse((ROOT / "crawl" / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name: f"{node.module}:{alias.name}"
        for condition in tree.body
        if isinstance(condition, ast.If)
        for node in condition.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == crawl._HOMES
    assert sorted(crawl.__all__) == sorted(seen)
    for name, home in seen.items():
        module, _, attribute = home.partition(":")
        assert getattr(crawl, name) is getattr(importlib.import_module(module), attribute)
    with pytest.raises(AttributeError, match="has no attribute 'Paper'"):
        _ = crawl.Paper


def test_the_top_level_holds_exactly_the_house(root: Path) -> None:
    """A new room at the top level is a decision about the house, not an accident."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    assert {line.strip('"').split("/")[0] for line in tracked.stdout.splitlines()} <= TOP_LEVEL
