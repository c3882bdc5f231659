"""`bahith eval`: measures of judged questions, and pools to judge."""

from __future__ import annotations

import errno
import json
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bahith import bahith
from searcher import SearchError
from searcher.evaluation.comparison import p_value, read_run
from searcher.evaluation.judgements import (
    Judgement,
    append_judgement,
    read_judgements,
    read_pool,
    read_questions,
)
from tests.newsroom import ARTICLES, VISIT, VISIT_ID, WHEAT, fill


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom and two questions about it."""
    place = tmp_path_factory.mktemp("newsroom")
    fill(place, *ARTICLES)
    (place / "questions.tsv").write_text("1\tالسفير الروسي\n2\tاستيراد القمح\n", encoding="utf-8")
    return place


def typed(folder: Path, *words: str) -> Result:
    """`bahith eval …` over the newsroom's index."""
    whole = ["eval", *words, "--queries", str(folder / "questions.tsv")]
    return CliRunner(env={"BAHITH_INDEX": f"whoosh:{folder / 'index'}"}).invoke(bahith, whole)


def test_the_measures_of_right_and_wrong_answers(folder: Path, tmp_path: Path) -> None:
    """One question whose right article is first, one whose is not there; a run to compare."""
    pytest.importorskip("ir_measures")
    (tmp_path / "qrels").write_text(f"1 0 {VISIT.url} 2\n2 0 nowhere 1\n", encoding="utf-8")
    done = typed(folder, str(tmp_path / "qrels"), "--json", "--run", str(tmp_path / "run"))
    assert done.exit_code == 0, done.output
    one, other, means = map(json.loads, done.stdout.splitlines())
    assert one == {"id": "1", "nDCG@10": 1.0, "RR@10": 1.0, "R@100": 1.0}
    assert other["nDCG@10"] == 0.0
    assert means == {"id": "all", "nDCG@10": 0.5, "RR@10": 0.5, "R@100": 0.5}
    first = (tmp_path / "run").read_text(encoding="utf-8").splitlines()[0].split()
    assert first[:4] == ["1", "Q0", VISIT_ID, "1"]


def test_a_graded_pool_is_a_file_of_judgements(folder: Path, tmp_path: Path) -> None:
    """What is not graded yet counts for nothing."""
    pytest.importorskip("ir_measures")
    done = typed(folder, "pool", "--depth", "2")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["grade"] for row in rows} == {None}
    assert any(row["url"] == WHEAT.url for row in rows if row["id"] == "2")
    for row in rows[:1]:
        row["grade"] = 2
    pool = tmp_path / "pool.jsonl"
    pool.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    assert typed(folder, str(pool)).stdout.splitlines()[-1] == "all\t1.0\t1.0\t1.0"


def test_what_cannot_be_measured_is_said(folder: Path, tmp_path: Path) -> None:
    """With exit code 2."""
    (tmp_path / "qrels").write_text("7 0 a 1\n", encoding="utf-8")
    assert "ids of both files" in typed(folder, str(tmp_path / "qrels")).stderr
    (tmp_path / "qrels").write_text("7 a\n", encoding="utf-8")
    done = typed(folder, str(tmp_path / "qrels"))
    assert (done.exit_code, "line 1" in done.stderr) == (2, True)


def test_what_readers_asked_makes_a_pool() -> None:
    """The lines of `bahith queries --json` are questions, each with the same id wherever it is."""
    asked = '{"query": "استيراد القمح", "times": 7, "total": 3, "corrected": ""}\n'
    (one,), (other,) = (list(read_questions(lines)) for lines in ([asked], ["\n", asked]))
    assert one == other
    assert (one.query, one.id[:2]) == ("استيراد القمح", "q-")


@given(st.lists(st.text(max_size=20), max_size=3))
def test_any_lines_are_read_or_refused_with_their_number(lines: list[str]) -> None:
    """No other error comes of a file."""
    for read in (read_questions, read_judgements, read_pool, read_run):
        with suppress(SearchError):
            list(read(lines))


def test_two_ways_are_compared_question_by_question(folder: Path, tmp_path: Path) -> None:
    """With a TREC run, with other weights and with another index: gains, their means, their p."""
    pytest.importorskip("ir_measures")
    (tmp_path / "qrels").write_text(f"1 0 {VISIT.url} 2\n2 0 {WHEAT.url} 1\n", encoding="utf-8")
    run, weights = tmp_path / "their.run", tmp_path / "weights.toml"
    run.write_text(f"1 Q0 other 1 2 theirs\n1 Q0 {VISIT.url} 2 1 theirs\n", encoding="utf-8")
    weights.write_text("[ranking]\ntitle = 0\n", encoding="utf-8")
    done = typed(folder, str(tmp_path / "qrels"), "--json", "--compare", str(run))
    assert done.exit_code == 0, done.output
    gains = [row for row in map(json.loads, done.stdout.splitlines()) if row.get("about")]
    assert [row["id"] for row in gains] == ["1", "2", "all", "p"]
    assert [row["RR@10"] for row in gains[:3]] == [0.5, 1.0, 0.75]
    assert 0 < gains[3]["RR@10"] <= 1
    for same in (str(weights), f"whoosh:{folder / 'index'}"):
        rows = typed(folder, str(tmp_path / "qrels"), "--compare", same).stdout.splitlines()
        assert rows[-1].split("\t")[:2] == ["gain", "p"]
    assert rows[-2:] == ["gain\tall\t0.0\t0.0\t0.0", "gain\tp\t1.0\t1.0\t1.0"]
    for wrong in ("none.run", str(tmp_path / "qrels")):
        assert typed(folder, str(tmp_path / "qrels"), "--compare", wrong).exit_code == 2


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=9))
def test_a_p_is_a_chance_and_the_same_from_either_side(pairs: list[tuple[int, int]]) -> None:
    """Of few pairs it cannot be small: the smallest is one of all their swaps, and its mirror."""
    ours, theirs = [float(one) for one, _ in pairs], [float(other) for _, other in pairs]
    p = p_value(ours, theirs, swaps=500)
    assert p == p_value(theirs, ours, swaps=500)
    assert 0 < p <= 1
    unlike = sum(one != other for one, other in pairs)
    assert p > 0.25 * 2.0 ** (1 - unlike)


@pytest.mark.parametrize("before", ["", "9 0 k 1\n", "9 0 k 1"])
def test_a_judgement_is_a_line_of_its_own(tmp_path: Path, before: str) -> None:
    """Also where an editor left the last line open."""
    qrels = tmp_path / "qrels"
    qrels.write_text(before, encoding="utf-8")
    append_judgement(qrels, Judgement("س", "k7", 2))
    lines = qrels.read_text(encoding="utf-8").splitlines()
    assert lines == [*before.splitlines(), "س 0 k7 2"]


def test_a_judgement_that_does_not_reach_the_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No torn line stands in the way of the next start."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    qrels = tmp_path / "qrels"
    qrels.write_text("9 0 k 1\n", encoding="utf-8")
    monkeypatch.setattr("searcher.evaluation.judgements.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        append_judgement(qrels, Judgement("1", "k7", 2))
    assert qrels.read_text(encoding="utf-8") == "9 0 k 1\n"


def test_of_two_judgements_of_a_pair_the_later_counts(folder: Path, tmp_path: Path) -> None:
    """Who goes back thinks better of it."""
    pytest.importorskip("ir_measures")
    lines = f"1 0 {VISIT.url} 0\n1 0 {VISIT_ID} 2\n"
    (tmp_path / "qrels").write_text(lines, encoding="utf-8")
    assert typed(folder, str(tmp_path / "qrels")).stdout.splitlines()[-1] == "all\t1.0\t1.0\t1.0"


@given(st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9))
def test_what_a_pool_holds_can_be_written_and_read_as_a_judgement(id_: str, article: str) -> None:
    """Or its line is refused: an id with a blank would be two words of the file."""
    row = json.dumps({"id": id_, "query": "سؤال", "article": article})
    with suppress(SearchError):
        for entry in read_pool([row]):
            line = f"{entry.question} 0 {entry.article} 1\n".encode().decode()
            assert list(read_judgements([line])) == [Judgement(entry.question, entry.article, 1)]
