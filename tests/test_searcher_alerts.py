"""Alerts: told once for a story, again when it changes in substance, and never lost."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Collector
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bahith import bahith
from crawl import Archive, Article
from searcher.monitoring.alert_file import AlertError, read_alerts
from searcher.monitoring.alert_state import Item, Message, state_path
from searcher.monitoring.alerting import explore, run_alerts
from searcher.monitoring.feed_files import ATOM, MOST_ENTRIES, as_atom, as_json_feed
from searcher.monitoring.substance import is_changed, substance_of

BODY = (
    "أعلنت الوزارة أمس أن توسيع الميناء يبدأ في الشهر المقبل وأن 300 عامل يعملون فيه، وقال الوزير"
    " إن المشروع يكلف كثيرا ويستغرق عامين على الأقل، ثم زار موقع العمل مع رئيس البلدية وعدد من"
    " التجار الذين رحبوا بالخطوة وطالبوا بطريق جديد يصل السوق بالمرفأ."
)
HARBOUR = Article(
    url="https://a.example/1", title="توسيع الميناء", body=BODY, date="2015-08-01", source="الساحل"
)


class Mailbox(Collector):
    """A mail server's letters."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Any] = []

    def handle_message(self, message: Any) -> None:
        """Keep one."""
        self.letters.append(message)


@pytest.fixture
def mail() -> Iterator[tuple[int, list[Any]]]:
    """A real mail server on loopback: its port and its letters."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port, box.letters
    controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def written(folder: Path, port: int, *to: str, more: str = "") -> Path:
    """A file of one alert."""
    path = folder / "alerts.toml"
    path.write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\n\n[[alert]]\nname = "الميناء"\n'
        f'question = "توسيع الميناء"\nto = {json.dumps(to)}\n{more}',
        encoding="utf-8",
    )
    return path


def test_a_story_is_told_once_and_again_when_it_changes_in_substance(
    tmp_path: Path, archive: Archive, mail: tuple[int, list[Any]]
) -> None:
    """Copies elsewhere and new commas are no news; another number is."""
    port, letters = mail
    path = written(tmp_path, port, "mailto:desk@example.org")
    archive.put(replace(HARBOUR, url="https://a.example/old"))
    assert run_alerts(path, archive).sent == 0  # what was there before is not told
    archive.remove(next(iter(archive.changes(0))).key)
    archive.put(HARBOUR)
    assert run_alerts(path, archive).sent == 1
    archive.put(replace(HARBOUR, url="https://b.example/copy", source="البريد", date="2015-08-02"))
    archive.put(replace(HARBOUR, body=BODY.replace("،", "")))
    assert run_alerts(path, archive).sent == 0
    archive.put(replace(HARBOUR, body=BODY.replace("300", "500")))
    assert run_alerts(path, archive).sent == 1
    assert run_alerts(path, archive).sent == 0
    assert len(letters) == 2
    assert "توسيع الميناء" in letters[0].get_payload(decode=True).decode()
    assert letters[0]["Message-ID"] != letters[1]["Message-ID"]


def test_a_mail_server_that_is_down_keeps_the_message_and_says_so(
    tmp_path: Path, archive: Archive
) -> None:
    """And it goes out, once, when the server is back."""
    port = free_port()
    path = written(tmp_path, port, "mailto:desk@example.org")
    run_alerts(path, archive)
    archive.put(HARBOUR)
    report = run_alerts(path, archive)
    assert (report.sent, report.waiting) == (0, 1)
    assert f"127.0.0.1:{port} cannot be reached" in report.failures[0]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert [run_alerts(path, archive).sent for _ in range(2)] == [1, 0]
    finally:
        controller.stop()
    assert len(box.letters) == 1


def test_in_quiet_hours_nothing_is_sent_and_nothing_is_lost(
    tmp_path: Path, archive: Archive
) -> None:
    """Over midnight too."""
    feed = tmp_path / "out" / "harbour.json"
    path = written(tmp_path, 25, f"feed:{feed}", more='quiet = "22:00-07:00"\n')
    run_alerts(path, archive)
    archive.put(HARBOUR)
    assert run_alerts(path, archive, now=datetime(2015, 8, 1, 23)).waiting == 1
    assert not feed.exists()
    assert run_alerts(path, archive, now=datetime(2015, 8, 2, 8)).sent == 1
    (entry,) = json.loads(feed.read_text(encoding="utf-8"))["items"]
    assert (entry["url"], entry["title"]) == (HARBOUR.url, HARBOUR.title)


@pytest.mark.parametrize("ending", ["atom", "xml"])
def test_a_feed_may_be_atom(tmp_path: Path, archive: Archive, ending: str) -> None:
    """Well-formed whatever an article holds; the newest first, each once, a broken file anew."""
    feed = tmp_path / f"harbour.{ending}"
    path = written(tmp_path, 25, f"feed:{feed}")
    run_alerts(path, archive)
    feed.write_bytes(b"<feed")
    archive.put(replace(HARBOUR, title="توسيع <الميناء>\x0b & سواه"))
    run_alerts(path, archive)
    archive.put(replace(HARBOUR, body=BODY.replace("300", "500")))
    run_alerts(path, archive)
    entries = list(ElementTree.parse(feed).getroot().iterfind(f"{{{ATOM}}}entry"))
    titles = [entry.findtext(f"{{{ATOM}}}title") for entry in entries]
    assert titles == [HARBOUR.title, "توسيع <الميناء> & سواه"]
    assert len({entry.findtext(f"{{{ATOM}}}id") for entry in entries}) == 2
    assert all(entry.findtext(f"{{{ATOM}}}updated") for entry in entries)


def test_a_feed_keeps_its_newest_entries() -> None:
    """In either format; the same message twice stands once."""
    items = tuple(Item(f"k{n}", f"u{n}", f"خبر {n}", "", "", "") for n in range(MOST_ENTRIES - 1))
    message = Message("m", "الميناء", "", "feed:x", items)
    later = replace(message, id="n", items=items[:3])
    for write, entry in ((as_atom, b"<entry>"), (as_json_feed, b'"url"')):
        once = write(message, b"")
        assert write(message, once).count(entry) == MOST_ENTRIES - 1
        both = write(later, once)
        assert both.count(entry) == MOST_ENTRIES
        assert both.index(b"n-k0") < both.index(b"m-k0")


def test_a_webhook_gets_the_articles_as_json(tmp_path: Path, archive: Archive) -> None:
    """With a key by which it knows a message that comes twice."""
    got: list[tuple[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        """What a portal would run."""

        def do_POST(self) -> None:
            """Take a message."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.headers["Idempotency-Key"], json.loads(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.handle_request)
    thread.start()
    path = written(tmp_path, 25, f"http://127.0.0.1:{server.server_port}/hook")
    run_alerts(path, archive)
    archive.put(HARBOUR)
    assert run_alerts(path, archive).sent == 1
    thread.join()
    server.server_close()
    assert got[0][0] == got[0][1]["id"]
    assert got[0][1]["items"][0]["url"] == HARBOUR.url


def test_a_kill_between_noting_and_sending_loses_nothing(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was noted before the kill is sent after it, once."""
    feed = tmp_path / "harbour.json"
    path = written(tmp_path, 25, f"feed:{feed}")
    run_alerts(path, archive)
    archive.put(HARBOUR)

    def killed(*_: Any) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("searcher.monitoring.alerting.deliver", killed)
        with pytest.raises(KeyboardInterrupt):
            run_alerts(path, archive)
    assert [run_alerts(path, archive).sent for _ in range(2)] == [1, 0]


def test_an_exploration_tells_what_would_be_sent_and_does_nothing(
    tmp_path: Path, archive: Archive
) -> None:
    """Also of what is there already; the state is not touched."""
    path = written(tmp_path, 25, "mailto:desk@example.org")
    archive.put(HARBOUR)
    for _ in range(2):
        assert [item.url for one in explore(path, archive).found for item in one.items] == [
            HARBOUR.url
        ]
    assert not state_path(path).exists()
    told = CliRunner().invoke(
        bahith,
        ["alerts", "run", "--explore", "--alerts", str(path), "--archive", str(archive.path)],
    )
    assert told.exit_code == 0
    assert HARBOUR.url in told.output


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ('to = ["desk@example.org"]', 8),
        ('to = ["mailto:a@b.example"]\nquiet = "late"', 9),
        ('to = ["mailto:a@b.example"]\nsauce = ["x"]', 9),
        ('to = ["mailto:a@b.example"]\nsince = "someday"', 9),
        ('to = ["mailto:a@b.example"]\nname = 3', 9),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(tmp_path: Path, entry: str, line: int) -> None:
    """Counted as editors do."""
    path = tmp_path / "alerts.toml"
    path.write_text(
        '[[alert]]\nname = "a"\nquestion = "b"\nto = ["mailto:a@b.example"]\n'
        f'[[alert]]\nname = "d"\nquestion = "c"\n{entry}\n',
        encoding="utf-8",
    )
    with pytest.raises(AlertError, match=f"line {line}"):
        read_alerts(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_file_of_alerts_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """With a sentence."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    with pytest.raises(AlertError):
        read_alerts(path)


@given(st.text(), st.text(), st.text())
def test_a_version_has_the_substance_of_itself(title: str, body: str, other: str) -> None:
    """And comparing any two never fails."""
    assert not is_changed(substance_of(title, body), substance_of(title, body))
    is_changed(substance_of(title, body), substance_of(title, other))
