"""The `opensearch:` engine on a real cluster: commits, rebuilding, and machines that fail.

What it finds is held to `memory:` by the laws of engines and of the vocabulary. One cluster of
three serves the whole run; see `tests/conftest.py`.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from index import (
    Checkpoint,
    Document,
    EngineError,
    ForeignIndex,
    NoIndex,
    OutdatedAnalysis,
    open_engine,
)
from index.engines.opensearch.bulk import Bulk
from index.engines.opensearch.engine import OpenSearchEngine
from index.query import Everything, Term
from tests.cluster.nodes import Nodes

WORD = Term("body", "exact", "السفير")


def articles(count: int, start: int = 0) -> list[Document]:
    """Articles that all hold the word."""
    return [
        Document(f"k{n}", f"https://a.example/{n}", f"خبر {n}", f"زار السفير المدينة {n}")
        for n in range(start, start + count)
    ]


def opened(url: str, *, create: bool = True, fresh: bool = False) -> OpenSearchEngine:
    """The engine at a URL."""
    engine = open_engine(url, create=create, fresh=fresh)
    assert isinstance(engine, OpenSearchEngine)
    return engine


def name_of(url: str) -> str:
    """What the names of an index's parts begin with."""
    return url.rpartition("/")[2].partition("?")[0]


class PowerCutError(Exception):
    """Ends an update in its middle."""


def cut_off(documents: list[Document]) -> Iterator[Document]:
    """Documents, and then no more power."""
    yield from documents
    raise PowerCutError


def test_an_update_that_never_came_to_its_commit_is_not_seen_and_taken_back(
    opensearch_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its additions nor its replacements nor its removals, also after a refresh."""
    engine = opened(opensearch_url)
    engine.update(articles(30), (), Checkpoint("a", 1))
    monkeypatch.setattr("index.engines.opensearch.commit.AT_ONCE", 7)
    monkeypatch.setattr("index.engines.opensearch.bulk.BYTES", 1)
    changed = [Document(f"k{n}", "https://a.example/x", "آخر", "بلا") for n in range(10)]
    with pytest.raises(PowerCutError):
        engine.update(cut_off([*changed, *articles(20, 100)]), ["k20"], Checkpoint("a", 2))
    for other in (engine, opened(opensearch_url)):
        assert other.search(WORD).total == 30
        assert other.checkpoint() == Checkpoint("a", 1)
        assert other.vocabulary().frequencies("exact", ["السفير"]) == [30]
    engine.update(articles(1, 500), ["k1"], Checkpoint("a", 3))
    assert engine.search(WORD).total == 30
    assert [one is None for one in engine.documents(["k0", "k1", "k500", "k101"])] == [
        *(False, True, False, True)
    ]


def test_another_process_sees_whole_commits_only(opensearch_url: str) -> None:
    """Whoever searches while documents are put counts the old ones or the new ones, all of them."""
    writer, reader = opened(opensearch_url), opened(opensearch_url)
    writer.update(articles(50), (), Checkpoint("a", 1))
    seen: set[int] = set()
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            seen.add(reader.search(WORD, limit=0).total)

    thread = threading.Thread(target=count)
    thread.start()
    for step in range(2, 5):
        writer.update(articles(50, 50 * (step - 1)), (), Checkpoint("a", step))
    time.sleep(1)
    done.set()
    thread.join()
    assert seen <= {0, 50, 100, 150, 200}
    assert reader.search(WORD, limit=0).total == 200


def test_two_writers_do_not_mix(opensearch_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one's commit is refused, with a sentence."""
    engine, other = opened(opensearch_url), opened(opensearch_url)
    engine.update(articles(3), (), Checkpoint("a", 1))
    finish = Bulk.finish

    def overtaken(bulk: Bulk) -> None:
        monkeypatch.setattr(Bulk, "finish", finish)
        finish(bulk)
        other.update(articles(3, 10), (), Checkpoint("a", 2))

    other.generation()
    monkeypatch.setattr(Bulk, "finish", overtaken)
    with pytest.raises(EngineError, match="another process"):
        engine.update(articles(3, 20), (), Checkpoint("a", 2))


def test_a_rebuilt_index_takes_the_place_in_one_step(opensearch_url: str) -> None:
    """Readers have the old one until then, and the old one's remains are removed later."""
    engine = opened(opensearch_url)
    engine.update(articles(20), (), Checkpoint("a", 1))
    fresh = opened(opensearch_url, fresh=True)
    assert fresh.search(WORD).total == 0
    with pytest.raises(PowerCutError):
        fresh.update(cut_off(articles(5)), (), Checkpoint("b", 1))
    assert opened(opensearch_url).search(WORD).total == 20
    fresh = opened(opensearch_url, fresh=True)
    fresh.update(articles(7), (), Checkpoint("b", 1))
    assert opened(opensearch_url).search(WORD).total == 7
    opened(opensearch_url, fresh=True).update(articles(8), (), Checkpoint("b", 1))
    left = engine._client.ask("GET", f"/{name_of(opensearch_url)}-*")
    assert len(left) == 2  # the one in force and the one before, whose readers may not have ended


def test_what_is_no_index_of_ours_is_refused(opensearch_url: str) -> None:
    """A missing one, a foreign one, one of another analysis: each with what to do."""
    with pytest.raises(NoIndex, match="bahith index"):
        opened(opensearch_url, create=False)
    engine = opened(opensearch_url)
    engine.update((), (), Checkpoint("a", 0))
    assert opened(opensearch_url, create=False).search(Everything()).total == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.engines.opensearch.commit.version", lambda: "other")
        with pytest.raises(OutdatedAnalysis, match="--rebuild"):
            opened(opensearch_url, create=False)
    foreign = opensearch_url.partition("?")[0] + "foreign"
    engine._client.ask("PUT", f"/{foreign.rpartition('/')[2]}", {})
    with pytest.raises(ForeignIndex, match="another name"):
        opened(foreign)


def test_pages_beyond_the_window_are_read(
    opensearch_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster gives ten thousand places at once; an export wants all."""
    engine = opened(opensearch_url)
    engine.update(articles(60), (), Checkpoint("a", 1))
    whole = engine.search(WORD, limit=60).found
    monkeypatch.setattr("index.engines.opensearch.searching.WINDOW", 20)
    monkeypatch.setattr("index.engines.opensearch.searching.PIECE", 7)
    assert engine.search(WORD, limit=40, offset=15).found == whole[15:55]


def test_a_query_of_too_many_clauses_is_cut_and_told(opensearch_url: str) -> None:
    """Clusters refuse more than 1,024 clauses in a whole tree: said, and never an error."""
    from index.query import And, AtLeast, Or

    engine = opened(opensearch_url)
    engine.update(articles(5), (), Checkpoint("a", 1))
    many = Or((WORD, *(Term("body", "exact", f"كلمة{n}", 0.1) for n in range(1500))))
    found = engine.search(And((many, AtLeast(0, many.parts))))
    assert found.total == 5
    assert found.partial


def killing(documents: list[Document], nodes: Nodes, victim: int) -> Iterator[Document]:
    """Documents, in whose middle a machine loses its power."""
    for number, document in enumerate(documents):
        if number == len(documents) // 2:
            nodes.signal(victim, signal.SIGKILL)
        yield document


def ask(engine: OpenSearchEngine, times: int, total: int, timeout: float) -> Counter[str]:
    """How many answers were whole, with the right total, and how many were told as partial."""
    answers: Counter[str] = Counter()
    for _ in range(times):
        found = engine.search(WORD, limit=3, timeout=timeout)
        assert found.partial or (found.total == total and found.total_exact)
        assert not (found.partial and found.total_exact)
        answers["partial" if found.partial else "whole"] += 1
    return answers


def counts(answers: Counter[str], articles_held: int) -> str:
    """The line of a run's report."""
    return f"{dict(answers)} answers, {articles_held} of {articles_held} articles afterwards"


@pytest.mark.parametrize("which", ["manager", "other"])
def test_a_machine_killed_while_articles_come_costs_no_answer(
    nodes: Nodes, opensearch_url: str, tell: Callable[[str], None], which: str
) -> None:
    """One of three ends in the middle of an update: every answer stays whole, nothing is lost."""
    engine = opened(opensearch_url)
    engine.update(articles(300), (), Checkpoint("a", 1))
    nodes.wait(1, copies_of=name_of(opensearch_url))
    victim = nodes.manager() if which == "manager" else nodes.manager() % 3 + 1
    answers: Counter[str] = Counter()
    try:
        for step in range(2, 4):
            coming = articles(100, 100 * (step + 1))
            engine.update(killing(coming, nodes, victim), (), Checkpoint("a", step))
            answers += ask(engine, 250, 100 * (step + 2), timeout=60)
    finally:
        nodes.start(victim)
    assert answers == {"whole": 500}
    assert engine.search(WORD, limit=0).total == 500
    tell(counts(answers, 500))


def test_a_hung_node_makes_answers_late_but_not_wrong(
    nodes: Nodes, opensearch_url: str, tell: Callable[[str], None]
) -> None:
    """A machine that neither answers nor ends: whole, or told as partial, within the time."""
    engine = opened(opensearch_url)
    engine.update(articles(90), (), Checkpoint("a", 1))
    nodes.wait(1, copies_of=name_of(opensearch_url))
    nodes.signal(3, signal.SIGSTOP)
    try:
        answers = ask(engine, 100, 90, timeout=2)
    finally:
        nodes.signal(3, signal.SIGCONT)
    nodes.wait(3)
    assert engine.search(WORD, limit=0).total == 90
    tell(counts(answers, 90))


def test_without_most_machines_answers_are_told_as_partial(
    nodes: Nodes,
    opensearch_url: str,
    tell: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And all of it is there again when they are."""
    engine = opened(opensearch_url)
    engine.update(articles(120), (), Checkpoint("a", 1))
    nodes.wait(1, copies_of=name_of(opensearch_url))
    for number in (2, 3):
        nodes.signal(number, signal.SIGKILL)
    try:
        answers = ask(engine, 5, 120, timeout=3)
        with monkeypatch.context() as patch:
            patch.setattr("index.engines.opensearch.client.PATIENCE", 3.0)
            with pytest.raises(EngineError):
                engine.update(articles(5, 900), (), Checkpoint("a", 2))
    finally:
        nodes.start(2, 3)
    assert engine.search(WORD, limit=0).total == 120
    assert opened(opensearch_url).checkpoint() == Checkpoint("a", 1)
    tell(counts(answers, 120))


def test_all_machines_killed_and_started_again_hold_all(
    nodes: Nodes, opensearch_url: str, tell: Callable[[str], None]
) -> None:
    """A power cut of the whole room loses nothing that was committed."""
    engine = opened(opensearch_url)
    engine.update(articles(80), (), Checkpoint("a", 1))
    for number in (1, 2, 3):
        nodes.signal(number, signal.SIGKILL)
    nodes.start()
    again = opened(opensearch_url)
    assert again.search(WORD, limit=0).total == 80
    assert again.checkpoint() == Checkpoint("a", 1)
    tell(counts(ask(again, 100, 80, timeout=30), 80))
