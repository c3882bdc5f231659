"""`bahith eval`: how well an index answers questions whose right answers are known.

The measures are those of `ir_measures`; what is not judged counts as wrong, so a pool should hold
what each way of searching finds first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from statistics import mean
from typing import Any, TextIO

import click

from index.command_options import index_option
from searcher.errors import MissingLibrary, SearchError
from searcher.evaluation.comparison import compared, found_by, other_way
from searcher.evaluation.judgements import Judgement, read_judgements, read_questions
from searcher.search import Searcher

MEASURES = ("nDCG@10", "RR@10", "R@100")
# Hits of a question that are measured.
DEPTH = 100


class _Evaluation(click.Group):
    """`bahith eval FILE` is `bahith eval judged FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command that was meant where none is named."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args.insert(0, "judged")
        return super().parse_args(ctx, args)


queries_option = click.option(
    "--queries",
    "queries_file",
    type=click.File("r", encoding="utf-8"),
    required=True,
    help="The questions: JSON Lines {id, query}, or id and query parted by a tab.",
)


@click.group("eval", cls=_Evaluation)
def evaluate() -> None:
    """Measure an index against judged questions (`pip install 'bahith[eval]'`).

    \b
    Example:
      bahith eval pool --queries questions.jsonl > pool.jsonl     then grade each line
      bahith eval pool.jsonl --queries questions.jsonl
    """


@evaluate.command()
@click.argument("qrels", type=click.File("r", encoding="utf-8"))
@queries_option
@index_option
@click.option("--run", "run_file", type=click.File("w", encoding="utf-8"), help="Write a TREC run.")
@click.option(
    "--compare",
    "other",
    metavar="INDEX|WEIGHTS|RUN",
    help="Tell the gain over another index, a file of weights (.toml), or a TREC run.",
)
@click.option("--json", "as_json", is_flag=True, help="Print an object a question, the means last.")
def judged(
    qrels: TextIO,
    queries_file: TextIO,
    index_url: str,
    run_file: TextIO | None,
    other: str | None,
    as_json: bool,
) -> None:
    """Print the measures of each question, and their means.

    With --compare also what each question gains over the other way, and for each measure the
    chance p that two equal ways differ so much.

    \b
    Example:
      bahith eval qrels.txt --queries questions.tsv --run ours.run
      bahith eval qrels.txt --queries questions.tsv --compare weights.toml
    """
    judgements = list(read_judgements(qrels))
    with closing(Searcher.open(index_url)) as searcher:
        found = {one: found_by(searcher, one.query, DEPTH) for one in read_questions(queries_file)}
    if run_file:
        for question, hits in found.items():
            for rank, (key, score) in enumerate(hits, 1):
                run_file.write(f"{question.id} Q0 {key} {rank} {score:.6f} bahith\n")
    rows = list(measured({one.id: hits for one, hits in found.items()}, judgements))
    tell([*rows, means_of(rows)], as_json)
    if other:
        answered = other_way(other, index_url, DEPTH)
        theirs = {one.id: answered(one.id, one.query) for one in found}
        gains, ps = compared(rows, list(measured(theirs, judgements)), MEASURES)
        tell([*gains, means_of(gains), {"id": "p", **ps}], as_json, "gain")


def means_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The means of all questions, as a row."""
    return {"id": "all", **{name: mean(row[name] for row in rows) for name in MEASURES}}


def tell(rows: Iterable[Mapping[str, Any]], as_json: bool, about: str = "") -> None:
    """Print rows; `about` says what their values are, where they are no measures."""
    for row in rows:
        shown: dict[str, Any] = {"about": about} if about else {}
        shown |= {name: round(v, 4) if isinstance(v, float) else v for name, v in row.items()}
        line = json.dumps(shown, ensure_ascii=False)
        click.echo(line if as_json else "\t".join(map(str, shown.values())))


@evaluate.command()
@queries_option
@index_option
@click.option("--depth", type=click.IntRange(1, DEPTH), default=10, show_default=True)
def pool(queries_file: TextIO, index_url: str, depth: int) -> None:
    """Print the first hits of each question as lines to be graded: 0 wrong, 1 near, 2 right.

    \b
    Example:
      bahith eval pool --queries questions.jsonl --depth 20 > pool.jsonl
    """
    with closing(Searcher.open(index_url)) as searcher:
        for question in read_questions(queries_file):
            for key, _ in found_by(searcher, question.query, depth):
                document = searcher.document(key)
                if document:
                    told = {"article": key, "url": document.url, "title": document.title}
                    row = {**question._asdict(), **told, "grade": None}
                    click.echo(json.dumps(row, ensure_ascii=False))


def measured(
    found: dict[str, list[tuple[str, float]]], judgements: Iterable[Judgement]
) -> Iterator[dict[str, Any]]:
    """For each judged question its id and measures, in the order of the questions."""
    try:
        import ir_measures
    except ImportError as error:
        raise MissingLibrary("measuring needs more: pip install 'bahith[eval]'") from error
    # Who judges a pair again means the later grade.
    graded = {(one.question, one.article): one.grade for one in judgements}
    qrels = [ir_measures.Qrel(*pair, grade) for pair, grade in graded.items() if pair[0] in found]
    run = [ir_measures.ScoredDoc(name, *hit) for name, hits in found.items() for hit in hits]
    measures = {ir_measures.parse_measure(name): name for name in MEASURES}
    rows: dict[str, dict[str, float]] = {}
    for one in ir_measures.iter_calc(list(measures), qrels, run):
        rows.setdefault(one.query_id, {})[measures[one.measure]] = float(one.value)
    if not rows:
        raise SearchError("no question is judged: do the ids of both files agree?")
    for name in found:
        if name in rows:
            yield {"id": name, **{measure: rows[name].get(measure, 0.0) for measure in MEASURES}}
