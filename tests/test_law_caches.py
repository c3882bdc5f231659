"""Law: what a process remembers for as long as it lives has a bound (docs/security.md)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
