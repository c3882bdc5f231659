"""Law: the tree is a table of contents, and a word means one thing."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.structure import PACKAGES, Structure, read_structure

# Files that a reader takes in at one look.
FULLEST = 15
# Characters of a comment behind a constant that are read in passing.
GLOSS = 60

# Why nothing imports it to test it → modules; what is pure stands in none of these rows.
TESTED_THROUGH = {
    "is typed: tests run the command": """
        crawl.cli.archive crawl.cli.commands crawl.cli.progress index.backup index.command_options
        index.commands searcher.commands searcher.evaluation.commands
        searcher.monitoring.commands web.commands web.rights.commands web.serving.demo""",
    "works inside a crawl: tests run one against servers on loopback": """
        crawl.fetch.document_handler crawl.fetch.network.guarded_resolver
        crawl.fetch.network.scrapy_settings crawl.fetch.network.spider
        crawl.fetch.progress_reporter crawl.fetch.visit_recorder crawl.fetch.warc_writer
        crawl.fetch.worker""",
    "answers a request: tests ask the application for its page": """
        web.caching web.compression web.description.openapi web.description.operations
        web.description.schemas web.description.strict web.responses web.rights.authorize web.route
        web.views.api web.views.article web.views.atom web.views.coverage web.views.health
        web.views.json_feed web.views.opensearch web.views.pages web.views.sheet
        web.views.site_files web.views.status web.views.widget""",
    "works on a whole segment: tests hold the engine against the one in memory": """
        index.engines.whoosh.counting.held_terms index.engines.whoosh.searching.clause_cache
        index.engines.whoosh.searching.segment_search index.engines.whoosh.searching.segment_terms
        index.engines.whoosh.searching.vocabulary index.engines.whoosh.storage.merge_postings""",
    "is called by Whoosh: tests let Whoosh search our segments": """
        index.engines.whoosh.interop.codec index.engines.whoosh.interop.posting_matcher
        index.engines.whoosh.interop.readers""",
    "writes files that others must survive: tests kill it, cut it off and flip bits": """
        crawl.archive.backup index.engines.whoosh.snapshot
        index.engines.whoosh.storage.commit_file index.engines.whoosh.writing.index_writer
        index.engines.whoosh.writing.upkeep""",
    "works on a whole archive or query: tests ask `Searcher`, `import_files`, `extract`": """
        crawl.formats.warc searcher.monitoring.delivery
        searcher.relaxation searcher.scoped searcher.score_parts""",
}


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


def test_every_module_is_tested_by_itself_or_says_through_what(structure: Structure) -> None:
    """A new one has a test that imports it; one that has is in no row any more."""
    listed = [name for names in TESTED_THROUGH.values() for name in names.split()]
    assert sorted(structure.untested) == sorted(listed)


def test_the_glossary_has_each_word_once_with_its_arabic(root: Path) -> None:
    """In the order of the alphabet, in one line."""
    lines = (root / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:1] == "|"]
    terms = [row[0].lower() for row in rows[2:]]
    assert terms == sorted(set(terms))
    assert [row for row in rows if len(row) != 3 or not all(row)] == []


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


def test_comments_on_constants_have_one_form(root: Path) -> None:
    """The reason in sentences above; behind it a unit or an example; below it nothing."""
    wrong = []
    for package in (*PACKAGES, "benchmarks", "tests"):
        for path in sorted((root / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found = misplaced_comments(text)
            wrong += [f"{path.relative_to(root)}:{line}: {said}" for line, said in found]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("# Seconds: a page is slow at night.\nWAIT = 5\n", []),
        ("WAIT = 5  # seconds\n", []),
        ('WAIT = "#"\n', []),
        ('WAIT = 5\n"""Seconds."""\n', [2]),
        ("# what one waits for\nWAIT = 5\n", [1]),
        ("WAIT = (\n    5,\n)  # Seconds, as long as a page needs.\n", [3]),
        ("WAIT = 5  # " + "seconds " * 8 + "\n", [1]),
    ],
)
def test_a_comment_of_another_form_is_found(code: str, places: list[int]) -> None:
    """With its line."""
    assert [line for line, _ in misplaced_comments(code)] == places


def misplaced_comments(text: str) -> Iterator[tuple[int, str]]:
    """What stands on a module's constants in another form than CONTRIBUTING.md says."""
    lines = text.splitlines()
    body = ast.parse(text).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield after.lineno, "a string below"
        above = lines[node.lineno - 2] if node.lineno > 1 else ""
        if above.startswith("# ") and above[-1] not in ".:…" and "://" not in above:
            yield node.lineno - 1, "no sentence above"
        end = node.end_lineno or node.lineno
        behind = lines[end - 1].encode()[node.end_col_offset :].decode().strip()
        if len(behind) > GLOSS or behind.endswith("."):
            yield end, "more than a gloss behind"


def test_tests_fill_archives_as_their_users_do(root: Path) -> None:
    """A test that writes SQL into one is true of tables, not of what is done with them."""
    writes = re.compile(r"sqlite3[.]connect|[.]executescript\(|database[.]run(?:_many)?\(")
    found = [
        path.name
        for path in sorted((root / "tests").rglob("*.py"))
        if writes.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["other_archives.py"]


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
