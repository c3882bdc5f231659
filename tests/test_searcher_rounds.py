"""`bahith run`: rounds in one process tree, under a lock, until it is told to stop."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawl import Archive, CrawlError, CrawlOptions, Site
from searcher import Searcher
from searcher.monitoring.rounds import Rounds, keep_alive
from tests.hostile_server import HostileServer


def command(folder: Path, *more: str) -> list[str]:
    """The command line of a run in a folder."""
    return [
        *(sys.executable, "-m", "bahith", "run", "outlets.toml", "--delay", "0"),
        *("--allow-private", "--archive", str(folder / "a.db")),
        *("--index", f"whoosh:{folder / 'held'}", *more),
    ]


def test_a_run_crawls_indexes_and_alerts_until_it_is_told_to_stop(
    tmp_path: Path, server: HostileServer
) -> None:
    """One line a round; a second run is refused; SIGTERM ends it in order, its work searchable."""
    server.articles(2)
    outlets = f'[[site]]\nurls = ["{server.url}/"]\ntitle = "المرسى"\ncountry = "LB"\n'
    (tmp_path / "outlets.toml").write_text(outlets, encoding="utf-8")
    (tmp_path / "alerts.toml").write_text(
        '[[alert]]\nname = "a"\nquestion = "المدينة"\nto = ["feed:out.json"]\n', encoding="utf-8"
    )
    running = subprocess.Popen(
        command(tmp_path, "--every", "1h", "--alerts", "alerts.toml"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert running.stdout
        line = running.stdout.readline()
        assert "round 1: 2 new, 0 changed" in line
        assert "2 in the index" in line
        assert "0 alerts sent, 0 waiting" in line
        second = subprocess.run(
            command(tmp_path), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert second.returncode == 2
        assert "another run" in second.stderr
    finally:
        running.send_signal(signal.SIGTERM)
        rest, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "stopped in round 1" in rest
    with Archive(tmp_path / "a.db") as archive:
        assert len(archive) == 2
    assert Searcher.open(f"whoosh:{tmp_path / 'held'}").browse().total == 2


def test_a_round_that_fails_is_told_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No crawl is possible, the alerts are broken: both stand in the line of each round."""

    def failing(*_: object, **__: object) -> None:
        raise CrawlError("the crawling process died")

    monkeypatch.setattr("searcher.monitoring.rounds.crawl_sites", failing)
    alerts = tmp_path / "alerts.toml"
    alerts.write_text("[[alert]]\n")
    sites = (Site(("https://a.example/",)),)
    place = tmp_path / "a.db"
    url = f"whoosh:{tmp_path / 'held'}"
    lines: list[str] = []
    pauses: list[float] = []
    kept = Rounds(sites, place, url, alerts, CrawlOptions(), 900.0)
    keep_alive(kept, lines.append, most=2, sleep=pauses.append)
    assert [line[:8] for line in lines] == ["round 1:", "round 2:"]
    assert pauses == [900.0]
    for line in lines:
        assert "crawl failed: the crawling process died" in line
        assert "alerts failed" in line
        assert "line 1" in line
