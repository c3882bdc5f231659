"""`bahith index`, `bahith analyze` and `bahith stats`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from crawl import Archive, CrawlError, complain, refusal_sentence, shows_bar, tell
from index.analysis import analyze as tokens_of
from index.build import BuildReport, Progress, build, rebuild
from index.command_options import archive_option, index_option, json_option
from index.engine import Checkpoint, reached
from index.errors import NoIndex
from index.opening import open_engine, with_spread


@click.command()
@archive_option
@index_option
@click.option("--rebuild", "anew", is_flag=True, help="Forget the index and make it again.")
@click.option("--also", is_flag=True, help="Let this archive feed the index beside others.")
@click.option("--shards", type=click.IntRange(1, 999), help="Parts of a new index in a cluster.")
@click.option("--replicas", type=click.IntRange(0, 999), help="Copies of each part besides it.")
@json_option
def index(
    archive_path: Path,
    index_url: str,
    anew: bool,
    also: bool,
    shards: int | None,
    replicas: int | None,
    as_json: bool,
) -> None:
    """Bring the index up to date with the archive: what is new, changed or gone.

    With --rebuild the old index serves searches until the new one is complete.

    \b
    Example:
      bahith index
      bahith index --rebuild --index whoosh:/var/lib/bahith/index
      bahith index --shards 3 --replicas 1 --index opensearch:http://127.0.0.1:9200/news
    """
    index_url = with_spread(index_url, shards, replicas)
    with existing(archive_path) as archive, _progress("indexing") as progress:
        engine = open_engine(index_url, create=True, fresh=anew)
        try:
            if anew:
                report = rebuild(archive, engine, progress=progress)
            else:
                report = build(archive, engine, also=also, progress=progress)
        finally:
            engine.close()
        damaged = archive.damaged
    for fault in damaged:
        complain(f"left out, damaged: {fault}")
    _print_report(report, as_json)


@click.command()
@click.argument("text")
@json_option
def analyze(text: str, as_json: bool) -> None:
    """Show how a text is read: each word, where it stands, its forms, and why ("-": from stdin).

    \b
    Example:
      bahith analyze "والمسؤولون في الجزائر"
    """
    if text == "-":
        text = sys.stdin.read()
    tokens = tokens_of(text)
    if as_json:
        listed = [token._asdict() for token in tokens]
        click.echo(json.dumps({"text": text, "tokens": listed}, ensure_ascii=False))
        return
    rows = [("start", "end", "word", "exact", "lemma", "why")]
    rows += [(str(t.start), str(t.end), t.word, t.exact, t.lemma, t.why) for t in tokens]
    # Tabs, not padded columns: Arabic letters have no fixed width in a terminal.
    for row in rows:
        click.echo("\t".join(row))


@click.command()
@archive_option
@index_option
@json_option
def stats(archive_path: Path, index_url: str, as_json: bool) -> None:
    """Count what the archive and the index hold.

    \b
    Example:
      bahith stats
    """
    with existing(archive_path) as archive:
        held = archive.stats()
        mirrored = Checkpoint(archive.name, archive.revision)
    found: dict[str, object] = {
        "archive": {
            "articles": held.articles,
            "bytes": held.bytes,
            "sources": held.sources,
            "first_day": held.first_day,
            "last_day": held.last_day,
            "versions": held.versions,
            "refusals": held.refusals,
            "last_crawl": held.last_crawl,
        },
        "index": _index_stats(index_url, mirrored),
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for part, values in found.items():
        click.echo(f"{part}:")
        if isinstance(values, dict):
            for name, value in values.items():
                if name == "refusals" and value:
                    click.echo("  refusals:")
                    for reason, count in value.items():
                        click.echo(f"    {count} {reason}: {refusal_sentence(reason)}")
                else:
                    click.echo(f"  {name}: {_shown(value)}")


def _index_stats(index_url: str, archive: Checkpoint) -> dict[str, object]:
    """What the index holds and how many changes it is behind; only `missing` when there is none."""
    try:
        engine = open_engine(index_url)
    except NoIndex as error:
        return {"missing": str(error)}
    try:
        documents, size, segments = engine.stats()
        behind = max(0, archive.revision - reached(engine.checkpoints(), archive.archive).revision)
    finally:
        engine.close()
    return {"documents": documents, "bytes": size, "segments": segments, "behind": behind}


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name or '—'} {count}" for name, count in value.items()) or "—"
    return str(value) or "—"


def existing(path: Path) -> Archive:
    """The archive at a path; opening a missing one would make an empty file there."""
    if not path.exists():
        raise CrawlError(
            f"there is no archive at {path}. Fill it first: `bahith crawl URL` or"
            " `bahith import FILE`, or name another with --archive."
        )
    return Archive(path)


def _print_report(report: BuildReport, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report._asdict()))
        return
    click.echo(
        f"added {report.added}, removed {report.removed}; {report.documents} documents in the index"
    )


@contextmanager
def _progress(verb: str) -> Iterator[Progress]:
    """A bar on a terminal; elsewhere a line each ten per cent, on standard error."""
    if not shows_bar():
        yield _lines(verb)
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(verb: str) -> Progress:
    last = 0

    def line(done: int, total: int) -> None:
        nonlocal last
        tenth = done * 10 // max(1, total)
        if tenth > last:
            last = tenth
            tell(f"{verb}: {done} of {total}")

    return line
