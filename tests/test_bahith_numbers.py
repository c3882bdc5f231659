"""Any number in any option of any command ends in a result or a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bahith import bahith
from crawl.cli.pause import seconds_of_pause
from index import Checkpoint, Document, open_engine
from tests import warm_command

NUMBERS = ("-1", "0", "1000000000", "nan", "inf", "-inf", "1e400", f"1{'0' * 30}", "9" * 5000, "")
UNITS = ("s", "d")
NUMERIC = (click.types.IntParamType, click.types.FloatParamType)
# What is typed before the option. Commands that would go on for ever stop at a file that is not
# there, or at a folder in place of a file, once their options are read.
BEFORE = {
    "crawl": ("crawl", "http://a.example/", "--archive", "."),
    "demo": ("demo", "--no-serve"),
    "eval pool": ("eval", "pool", "--queries", "questions.tsv", "--index", "whoosh:held"),
    "eval judge": ("eval", "judge", "questions.tsv", "--index", "whoosh:none"),
    "index": ("index", "--archive", "none.db"),
    "queries": ("queries", "--log", "asked.jsonl"),
    "run": ("run", "none.toml"),
    "search": ("search", "السفير", "--index", "whoosh:held"),
    "serve": ("serve", "--keys", "none.toml"),
}


def options(
    command: click.Command = bahith, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Option]]:
    """Every option that takes a number, with its command."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner
            yield from options(inner, (*path, name))
    for one in command.params:
        number = isinstance(one.type, NUMERIC) or one.callback is seconds_of_pause
        if isinstance(one, click.Option) and number and not (one.is_flag or one.count):
            yield " ".join(path), one


def values(option: click.Option) -> Iterator[str]:
    """Extreme values, and the ends of the option's own range, which are accepted."""
    yield from NUMBERS
    if option.callback is seconds_of_pause:
        yield from (number + unit for number in NUMBERS for unit in UNITS)
    if isinstance(option.type, click.IntRange):
        for end, beyond in ((option.type.min, -1), (option.type.max, 1)):
            yield from [str(end), str(end + beyond)] if end is not None else []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands find what they ask for."""
    place = tmp_path_factory.mktemp("numbers")
    engine = open_engine(f"whoosh:{place / 'held'}", create=True)
    one = Document("1", "https://example.org/1", "السفير", "زار السفير المدينة.", "2015-08-01")
    engine.update([one], [], Checkpoint("test", 1))
    engine.close()
    (place / "questions.tsv").write_text("1\tالسفير\n", encoding="utf-8")
    (place / "asked.jsonl").write_text("", encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("name", "option"), [pytest.param(*one, id=f"{one[0]}{one[1].opts[0]}") for one in options()]
)
def test_any_number_ends_in_a_result_or_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, option: click.Option
) -> None:
    """Exit code 0 or 1 with a result, 2 with one sentence at the end; never a traceback."""
    monkeypatch.chdir(folder)
    for value in values(option):
        if name == "demo" and value in ("0", "65535"):
            continue  # a crawl of the sample each; `test_web_server.py` has one
        code, said = ended([*BEFORE[name], option.opts[0], value], folder)
        assert code in (0, 1, 2), value
        if code == 2:
            last = said.rstrip().rsplit("\n", 1)[-1]
            assert last.startswith(("Error: ", "bahith: ")), (value, said)


def ended(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit code of a command, and what it said on standard error."""
    if arguments[0] == "serve":  # several workers count in files, which no later test may do
        done = warm_command.bahith(*arguments, folder=folder)
        return done.returncode, done.stderr.decode()
    tried = CliRunner().invoke(bahith, arguments)
    assert tried.exception is None or isinstance(tried.exception, SystemExit), (arguments, tried)
    return tried.exit_code, tried.stderr


def test_hits_are_passed_over_or_the_number_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number too large to be an offset is never taken for none."""
    monkeypatch.chdir(folder)
    codes = {
        offset: CliRunner().invoke(bahith, [*BEFORE["search"], "--offset", offset]).exit_code
        for offset in ("0", "1", str(10**9 - 1), str(10**9), str(10**30))
    }
    assert list(codes.values()) == [0, 1, 1, 2, 2]


@pytest.mark.parametrize("most", ["-1", "nan", str(-(10**30))])
def test_a_number_of_rounds_below_nothing_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    """It ended at once with exit code 0, as if it had crawled."""
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(bahith, ["run", "none.toml", "--rounds", most])
    assert done.exit_code == 2
    assert "--rounds" in done.stderr


@pytest.mark.parametrize("pause", ["0s", "367d", f"{'9' * 400}d", "999999999d"])
@pytest.mark.parametrize("command", ["crawl", "run"])
def test_a_pause_is_longer_than_nothing_and_at_most_a_year(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, pause: str
) -> None:
    """Told before anything is fetched, not by an error after the first round."""
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(bahith, [*BEFORE[command], "--every", pause])
    assert done.exit_code == 2
    assert "--every" in done.stderr
