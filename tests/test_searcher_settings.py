"""What an installation sets of ranking and snippets is read, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Checkpoint, Document, open_engine
from searcher import Searcher, SearchError, SnippetOptions, Weights
from searcher.settings import Settings, read_settings, settings_of

NEWS = [
    Document("title", "https://example.org/1", "السفير", "وصل أمس إلى المدينة مع وفد كبير."),
    Document(
        "body",
        "https://example.org/2",
        "زيارة",
        "قال مصدر في المدينة إن الوفد الكبير يلتقي السفير مساء اليوم.",
    ),
]


def searcher(**how: Any) -> Searcher:
    """Two articles: one has the word in its title, one in its body."""
    engine = open_engine("memory:")
    engine.update(NEWS, [], Checkpoint("doc", 1))
    return Searcher(engine, **how)


def test_weights_change_what_comes_first() -> None:
    """A headline counts more, or nothing."""
    usual = searcher().search("السفير").hits
    turned = searcher(weights=Weights(title=0.0)).search("السفير").hits
    assert usual[0].id == "title"
    assert turned[0].id == "body"


def test_snippets_are_as_long_as_was_set() -> None:
    """In hits and in what is browsed."""
    short = searcher(snippets=SnippetOptions(length=12, half=6, window=6))
    assert len(short.search("السفير").hits[0].excerpt) < 30
    assert all(len(hit.excerpt) < 20 for hit in short.browse().hits)


def test_a_file_is_read_where_the_environment_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other tables say nothing of ranking; without a file everything is as usual."""
    file = tmp_path / "ours.toml"
    file.write_text(
        "[ranking]\ntitle = 3\nleads = [[10, 0.5]]\n[snippets]\nlength = 99\n[serve]\nname = 'x'\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAHITH_CONFIG", raising=False)
    assert read_settings() == Settings()
    monkeypatch.setenv("BAHITH_CONFIG", str(file))
    found = read_settings()
    assert found.weights == Weights(title=3.0, leads=((10, 0.5),))
    assert found.snippets == SnippetOptions(length=99)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[ranking]\ntitel = 3\n", "did you mean title"),
        ("[ranking]\ntitle = 'x'\n", "ranking.title is"),
        ("[ranking]\ntitle = -1\n", "ranking.title is"),
        ("[snippets]\nlength = true\n", "snippets.length is"),
        ("ranking = 1\n", "is a table"),
        ("[ranking\n", "cannot be read as TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, sentence: str
) -> None:
    """Its key, and the nearest that there is."""
    file = tmp_path / "bahith.toml"
    file.write_text(text)
    monkeypatch.setenv("BAHITH_CONFIG", str(file))
    with pytest.raises(SearchError, match=sentence):
        Searcher.open("memory:")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda some: st.lists(some, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["title", "leads", "coordination", "x"]), ANYTHING))
def test_any_values_are_settings_or_an_error(table: dict[str, object]) -> None:
    """Nothing else comes of a file."""
    try:
        settings_of({"ranking": table})
    except SearchError:
        return
    assert "x" not in table
