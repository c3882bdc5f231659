"""Several processes that write one index of a cluster: one at a time, and nothing mixes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Checkpoint, Document, EngineError, open_engine
from index.engines.opensearch.bulk import Bulk, writing
from index.query import Term

WORD = Term("body", "exact", "السفير")


def articles(count: int, start: int = 0) -> list[Document]:
    """Articles that all hold the word."""
    return [
        Document(f"k{n}", f"https://a.example/{n}", f"خبر {n}", f"زار السفير المدينة {n}")
        for n in range(start, start + count)
    ]


class KilledError(Exception):
    """Ends an update in its middle."""


@pytest.mark.parametrize("dies", [True, False])
def test_whoever_began_later_goes_on_alone(
    opensearch_url: str, monkeypatch: pytest.MonkeyPatch, dies: bool
) -> None:
    """Also when it dies before its commit: the first never commits what the second took back."""
    monkeypatch.setattr("index.engines.opensearch.commit.AT_ONCE", 4)
    monkeypatch.setattr("index.engines.opensearch.bulk.BYTES", 1)
    first, second = (open_engine(opensearch_url, create=True) for _ in range(2))
    first.update(articles(5), (), Checkpoint("a", 1))

    def killed() -> Iterator[Document]:
        yield from articles(3, 200)
        if dies:
            raise KilledError

    def overtaken() -> Iterator[Document]:
        yield from articles(8, 100)
        try:
            second.update(killed(), (), Checkpoint("a", 3))
        except KilledError:
            assert dies
        yield from articles(8, 108)

    with pytest.raises(EngineError, match="another process"):
        first.update(overtaken(), (), Checkpoint("a", 2))
    assert first.checkpoint() == Checkpoint("a", 1 if dies else 3)
    assert first.search(WORD).total == (5 if dies else 8)
    first.update(articles(2, 300), (), Checkpoint("a", 4))
    assert second.search(WORD).total == (7 if dies else 10)
    assert second.documents(["k100", "k108"]) == [None, None]


def test_a_rebuilding_that_fails_leaves_nothing(opensearch_url: str) -> None:
    """Its index is removed at once; the one in force stays."""
    engine = open_engine(opensearch_url, create=True)
    engine.update(articles(5), (), Checkpoint("a", 1))

    def killed() -> Iterator[Document]:
        yield from articles(3)
        raise KilledError

    with pytest.raises(KilledError):
        open_engine(opensearch_url, fresh=True).update(killed(), (), Checkpoint("a", 2))
    name = opensearch_url.rpartition("/")[2].partition("?")[0]
    assert len(engine._client.ask("GET", f"/{name}-*")) == 1  # type: ignore[attr-defined]
    assert engine.search(WORD).total == 5


def test_terms_get_the_keys_of_new_rules_without_a_rebuilding(
    opensearch_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`bahith index` makes them anew, as it does for `whoosh:`, and only once."""
    engine = open_engine(opensearch_url, create=True)
    document = Document("k", "https://a.example/k", "خبر", "زار عبدالرحمن المدينة")
    engine.update([document], (), Checkpoint("a", 1))
    client, behind = engine._client, engine._now().behind  # type: ignore[attr-defined]
    keys = engine.vocabulary().keyed("consonants", ["مدنة", "مدن"])
    bulk = Bulk(client, behind, writing(behind))
    bulk.put("exact المدينة", {"form": "exact", "text": "المدينة"})  # as older rules had it
    bulk.finish()
    client.ask("POST", f"/{behind}/_refresh")
    assert engine.vocabulary().keyed("consonants", ["مدنة", "مدن"]) != keys
    for module in ("commit", "engine"):
        monkeypatch.setattr(f"index.engines.opensearch.{module}.TABLES_VERSION", 99)
    engine.tidy()
    assert engine.vocabulary().keyed("consonants", ["مدنة", "مدن"]) == keys
    generation, place = engine.generation(), engine._now(look=True).place  # type: ignore[attr-defined]
    engine.tidy()
    assert (engine.generation(), engine._now(look=True).place) == (generation, place)  # type: ignore[attr-defined]
    assert engine.search(Term("body", "exact", "المدينة")).total == 1
