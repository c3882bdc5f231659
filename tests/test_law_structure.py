"""Law: the tree is a table of contents, and a word means one thing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks.structure import PACKAGES, Structure, read_structure

FULLEST = 15
"""Files that a reader takes in at one look."""


@pytest.fixture(scope="module")
def structure(root: Path) -> Structure:
    """What was counted of this checkout."""
    return read_structure(root)


def test_a_class_name_means_one_thing(structure: Structure) -> None:
    """Whoever reads `Answer` need not ask whose."""
    assert structure.homonyms == {}


def test_no_folder_holds_more_than_one_looks_through(structure: Structure) -> None:
    """A folder that fills wants rooms."""
    assert {one: n for one, n in structure.folders.items() if n > FULLEST} == {}


def test_every_module_is_named_in_the_docs(structure: Structure) -> None:
    """A stranger finds it from the door."""
    assert structure.unnamed == []


def test_every_function_is_typed(structure: Structure) -> None:
    """What goes in and what comes out."""
    assert structure.untyped == []


def test_docstrings_name_what_is_given_back(root: Path) -> None:
    """«The words of…», «Whether…», in one form; a verb is for what does something."""
    wrong = re.compile(r'^ +"""(?:Returns?|Tells?|Yields?) .*', re.M)
    found = {
        str(path.relative_to(root)): told
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        if (told := wrong.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_folder_of_code_is_in_the_wheel(root: Path) -> None:
    """A package that pyproject.toml does not list works in a checkout and nowhere else."""
    listed = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {
        ".".join(path.parent.relative_to(root).parts)
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
    }
    assert sorted(listed["packages"]) == sorted(folders)


@pytest.mark.parametrize("page", ["api", "modules"])
def test_the_pages_made_from_docstrings_are_as_the_code_is(root: Path, page: str) -> None:
    """Type `make docs` after changing a docstring."""
    made = subprocess.run(  # a process of its own: what tests have imported shows in signatures
        [sys.executable, "docs/make_reference.py", page],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=True,
    ).stdout
    assert (root / "docs" / f"{page}.md").read_text(encoding="utf-8") == made
