"""Law: imports go only to the left, through package roots, and heavy ones stay out of the way."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ORDER = ["crawl", "index", "searcher", "web"]
# Public modules kept out of their package's root so that importing the root stays light.
PUBLIC = {"crawl.extract", "crawl.sample_site", "crawl.spider"}
TOP_LEVEL = {
    *ORDER,
    *("tests", "docs", "benchmarks", "bahith.py", "pyproject.toml"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"),
    *(".ci", ".gitignore"),
}


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if full in PUBLIC else node.module or ""), node.lineno


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
    heavy = {"bs4", "lxml", "scrapy", "twisted", "flask", "opensearchpy", "simplemma", "tantivy"}
    if package == "crawl":
        heavy |= {"numpy", "whoosh", "click"}
    code = f"import sys, {package}; print(*sorted(set(sys.modules) & {heavy!r}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert loaded == []


def test_the_top_level_holds_exactly_the_house(root: Path) -> None:
    """A new room at the top level is a decision about the house, not an accident."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    assert {line.strip('"').split("/")[0] for line in tracked.stdout.splitlines()} <= TOP_LEVEL
