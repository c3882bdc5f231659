"""Law: what a process remembers for as long as it lives has a bound (docs/security.md)."""

from __future__ import annotations

import ast
import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import Element as new_element

from crawl import canonical_url
from crawl.archive.near_duplicates import fingerprint
from crawl.extract.tree.boilerplate import box_kind, fold
from crawl.extract.tree.dom import Element, names
from crawl.text_cache import LONGEST, remembered
from crawl.urls import split_web
from index import Checkpoint, Document, analysis, open_engine, query
from index.analysis import lemmatizer
from index.analysis.lexicon import mapped
from index.analysis.lexicon.cache import lexicon
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.searching.cache import ByteCache
from index.engines.whoosh.storage import segment
from searcher.expansion import lookup

ROOT = Path(__file__).resolve().parent.parent
# Functions that remember an answer for each argument: here a file of our own, by its name.
BY_ARGUMENT = {("web/responses.py", "_digest")}
# Those of `crawl` that remember by a file of settings, its selectors, or a robots.txt as kept.
OF_OUR_OWN = {
    ("crawl/configuration.py", "_read"),
    ("crawl/extract/site_rules.py", "_rules"),
    ("crawl/extract/site_rules.py", "_compiled"),
    ("crawl/frontier/host_state.py", "_rules"),
}
# How to ask for a word, and how many are remembered then.
Filled = tuple[Callable[[str], object], Callable[[str], int]]
SMALL = 500
WORDS = [f"كلمة{number}" for number in range(3_000)]


def test_what_is_remembered_without_a_bound_is_one_value() -> None:
    """`cache` is for functions without arguments, `lru_cache` never for any number of answers."""
    seen = 0
    for file in (one for part in ("crawl", "index", "searcher", "web") for one in walk(part)):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for told in map(ast.unparse, node.decorator_list):
                    if told.rpartition(".")[2] == "cache":
                        named = (file.relative_to(ROOT).as_posix(), node.name)
                        assert not node.args.args or named in BY_ARGUMENT, named
                        seen += 1
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("lru_cache"):
                assert "None" not in ast.unparse(node), (file, node.lineno)
                seen += 1
    assert seen > 30


TEXTS = {
    "an address": lambda number: split_web(f"https://a.example/{number}" + "x" * 100_000),
    "a link": lambda number: canonical_url(f"https://a.example/{number}" + "x" * 3_000 * number),
    "a line": lambda number: fold(f"{number}" + "س" * 100_000),
    "an element's names": lambda number: box_kind(
        "div", names(element(f"{number}" + "x" * 99_999))
    ),
    "words of a text": lambda number: fingerprint(
        f"كلمة{number} " * 30 + f"{number}" + "س" * 99_999
    ),
}


def element(name: str) -> Element:
    """An element of a class."""
    made = new_element("div")
    made.set("class", name)
    return made


@pytest.mark.parametrize("kind", TEXTS)
def test_long_texts_of_strangers_are_not_remembered(kind: str) -> None:
    """A cache that counts its answers has no bound where each may be a hundred thousand letters."""
    TEXTS[kind](0)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(1, 41):
            TEXTS[kind](number)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 500_000


@pytest.mark.parametrize(("length", "made"), [(0, 1), (LONGEST, 1), (LONGEST + 1, 2)])
def test_short_texts_are_remembered_and_long_ones_are_not(length: int, made: int) -> None:
    """By each of several texts, and no more of them than it was told to remember."""
    seen: list[str] = []

    @remembered(3)
    def note(one: str, other: str) -> str:
        seen.append(one + other)
        return one + other

    for _ in range(2):
        assert note("", "خ" * length) == "خ" * length
    assert len(seen) == made
    assert [note(str(number), "") for number in (1, 2, 3, 1)] == ["1", "2", "3", "1"]
    assert len(seen) == made + 3


def test_what_strangers_write_is_remembered_by_the_one_cache_for_it() -> None:
    """In the package that reads their pages; the rest is of files of our own."""
    found = {
        (file.relative_to(ROOT).as_posix(), node.name)
        for file in walk("crawl")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any("lru_cache" in ast.unparse(one) for one in node.decorator_list)
    }
    assert found == OF_OUR_OWN


def walk(part: str) -> list[Path]:
    """The modules of a package."""
    return sorted((ROOT / part).rglob("*.py"))


@given(
    st.integers(1, 1_000),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3_000)), max_size=60),
)
def test_a_cache_of_bytes_never_holds_more_than_its_limit(
    limit: int, puts: list[tuple[int, int]]
) -> None:
    """Also where one thing is larger than all the rest; after each thing that is put."""
    cache, sizes = ByteCache[int](limit), dict[int, int]()
    for name, size in puts:
        if cache.get(name) is None:
            sizes[name] = size
        cache.put(name, size, size)
        assert sum(sizes[one] for one in sizes if cache.get(one) is not None) <= limit


def of_a_lexicon(patch: pytest.MonkeyPatch, _folder: Path) -> Filled:
    """Rows of the lexicon, found or not."""
    patch.setattr(mapped, "_REMEMBERED", SMALL)
    table = lexicon().stems
    patch.setattr(table, "_known", {})
    return table.get, lambda _: len(table._known)


def of_forms(patch: pytest.MonkeyPatch, _folder: Path) -> Filled:
    """Forms of words, in two generations."""
    patch.setattr(lemmatizer, "_REMEMBERED", SMALL // 2)
    forms = lemmatizer._Remembered()
    return forms.__getitem__, lambda _: len(forms) + len(forms._last)


def of_an_index(patch: pytest.MonkeyPatch, folder: Path) -> Filled:
    """Numbers of terms in a segment."""
    patch.setattr(segment, "_REMEMBERED", SMALL)
    engine = open_engine(f"whoosh:{folder / 'index'}", create=True)
    engine.update([Document("1", "https://a.example/", "خبر", "")], [], Checkpoint("test", 1))
    assert isinstance(engine, WhooshEngine)
    (reader,) = engine._now().readers
    return lambda word: reader.file.term("exact", word), lambda _: len(reader.file._numbers)


def of_questions(patch: pytest.MonkeyPatch, _folder: Path) -> Filled:
    """What words mean in one index: their trees, variants and lemmas."""
    patch.setattr(lookup, "MOST_REMEMBERED", SMALL)
    patch.setattr(analysis, "variants", lambda _word, _vocabulary: [])
    known = lookup.Lookup(open_engine("memory:").vocabulary())

    def ask(word: str) -> None:
        known.lemmas(word)
        known.once(word, lambda: query.Or(()))

    def held(_: str) -> int:
        return max(len(known._variants), len(known._lemmas), len(known._trees))

    return ask, held


@pytest.mark.parametrize("of", [of_a_lexicon, of_forms, of_an_index, of_questions])
def test_three_thousand_words_fill_a_cache_no_further_than_its_bound(
    of: Callable[[pytest.MonkeyPatch, Path], Filled],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The bounds made small; counted after each word, and something is remembered at the end."""
    ask, held = of(monkeypatch, tmp_path)
    most = 0
    for word in WORDS:
        ask(word)
        most = max(most, held(word))
        assert most <= SMALL
    assert most == SMALL
