"""Results as files: every hit, every filter, cells that compute nothing, references that parse."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from searcher import EXPORT_FORMATS, Record, Searcher, SearchOptions, records
from tests.newsroom import ARTICLES, HOSTILE, VISIT, VISIT_ID, application, served
from tests.warm_command import bahith
from web.views import exports

ATOM = "{http://www.w3.org/2005/Atom}"
openpyxl = pytest.importorskip("openpyxl")

texts = st.text(max_size=20) | st.sampled_from(["=1+1", "\t=x", "+2", "@a", "}{\\", "%", "\ud800"])
any_record = st.builds(
    Record,
    *[texts] * 8,
    st.lists(texts, max_size=3).map(tuple),
    texts,
)


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    """A reader of it."""
    return application(folder).test_client()


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[Searcher]:
    """A searcher of it."""
    opened = Searcher.open(f"whoosh:{folder / 'index'}")
    yield opened
    opened.close()


def written(name: str, found: list[Record]) -> bytes:
    """Records as a file."""
    return b"".join(EXPORT_FORMATS[name].write(iter(found)))


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(data: bytes) -> list[tuple[Any, ...]]:
    """The rows of a spreadsheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_a_file_holds_every_hit_in_their_order(searcher: Searcher) -> None:
    """No limit of a page; the order is that of the hits."""
    hits = searcher.search("السوق", limit=100, sort="newest").hits
    found = list(records(searcher, "السوق", SearchOptions(sort="newest")))
    assert [record.id for record in found] == [hit.id for hit in hits]
    assert len(found) == 35
    assert len(list(records(searcher, "السوق", SearchOptions(), 7))) == 7


def test_a_file_honours_every_filter(client: FlaskClient) -> None:
    """The address of the page with another ending: the same articles."""
    asked = urlencode(
        {"q": "السوق", "source": "الساحل", "since": "2015-02", "until": "2015-04", "sort": "oldest"}
    )
    shown = client.get(f"/api/search?{asked}&limit=100").get_json()["hits"]
    assert 0 < len(shown) < 35
    rows = rows_of(client.get(f"/search.csv?{asked}").data)
    assert [row["id"] for row in rows] == [hit["id"] for hit in shown]
    assert json.loads(client.get(f"/search.json?{asked}").data)[0]["id"] == shown[0]["id"]
    everything = rows_of(client.get("/search.csv").data)
    assert len(everything) == len(ARTICLES)


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_the_command_writes_what_the_web_sends(
    client: FlaskClient, folder: Path, name: str
) -> None:
    """One table of formats for both; the web tells their type and a file name."""
    sent = client.get(f"/search.{name}?q=السوق&source=الساحل")
    assert sent.content_type == EXPORT_FORMATS[name].content_type
    assert f'filename="bahith.{name}"' in sent.headers["Content-Disposition"]
    options = ["--format", name, "--source", "الساحل", "--index", f"whoosh:{folder / 'index'}"]
    done = bahith("search", "السوق", *options)
    if name == "xlsx":
        assert sheet_of(done.stdout) == sheet_of(sent.data)
    else:
        assert done.stdout == sent.data


def test_nothing_found_is_an_empty_file(client: FlaskClient, folder: Path) -> None:
    """Columns without rows, an empty array, no references; exit code 1 for scripts."""
    assert rows_of(client.get("/search.csv?q=زرافة").data) == []
    assert json.loads(client.get("/search.json?q=زرافة").data) == []
    assert client.get("/search.bib?q=زرافة").data == b""
    index_url = f"whoosh:{folder / 'index'}"
    done = bahith("search", "زرافة", "--format", "csv", environment={"BAHITH_INDEX": index_url})
    assert (done.returncode, rows_of(done.stdout)) == (1, [])


@given(st.lists(any_record, max_size=4))
def test_no_cell_is_a_formula(found: list[Record]) -> None:
    """Whatever a headline begins with, a spreadsheet shows it and computes nothing."""
    for row in rows_of(written("csv", found)):
        for cell in row.values():
            assert not re.match(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]", cell or "")


@given(st.lists(any_record, min_size=1, max_size=2))
def test_a_spreadsheet_holds_whatever_a_record_holds(found: list[Record]) -> None:
    """Control characters are dropped, nothing is a formula, nothing ends the file."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", found)))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert len(cells) == len(found) * len(Record._fields)
    assert not [cell for cell in cells if cell.data_type == "f"]


@given(any_record)
def test_references_keep_their_shape(record: Record) -> None:
    """Braces balance, each RIS line is a tag, one reference a record."""
    bib = written("bib", [record]).decode()
    assert bib.count("{") == bib.count("}")
    assert bib.endswith("}\n\n")
    for line in written("ris", [record]).decode().strip("\r\n").split("\r\n"):
        assert re.match(r"[A-Z][A-Z0-9]  - ", line), line


def test_a_reference_says_who_where_and_when(client: FlaskClient) -> None:
    """In the fields that reference managers read."""
    bib = client.get("/search.bib?q=السفير الروسي").get_data(as_text=True)
    assert f"title = {{{VISIT.title}}}" in bib
    assert f"url = {{{VISIT.url}}}" in bib
    assert "year = {2015}" in bib
    ris = client.get("/search.ris?q=السفير الروسي").get_data(as_text=True)
    assert "TY  - NEWS\r\n" in ris
    assert f"TI  - {VISIT.title}\r\n" in ris
    assert "DA  - 2015/08/01/\r\n" in ris


def test_a_page_of_results_offers_its_references(client: FlaskClient) -> None:
    """As unAPI says: the page names a server and its articles, the server its formats."""
    page = client.get("/search?q=السفير الروسي").text
    assert '<link rel="unapi-server" type="application/xml" title="unAPI" href="/unapi">' in page
    assert f'<abbr class="unapi-id" title="{VISIT_ID}"></abbr>' in page
    formats = ElementTree.fromstring(client.get("/unapi").data)
    names = [one.get("name") for one in formats]
    assert {"ris", "bibtex"} <= set(names)
    listed = client.get(f"/unapi?id={VISIT_ID}")
    assert listed.status_code == 300
    assert ElementTree.fromstring(listed.data).get("id") == VISIT_ID
    for name in names:
        assert VISIT.title in client.get(f"/unapi?id={VISIT_ID}&format={name}").text
    assert client.get("/unapi?id=none&format=ris").status_code == 404
    unknown = client.get(f"/unapi?id={VISIT_ID}&format=word")
    assert unknown.status_code == 406
    assert "صيغة لا نعرفها" in unknown.text


def test_an_article_can_be_cited(client: FlaskClient) -> None:
    """A sentence for a list of sources, and what reference managers read."""
    page = client.get(f"/article/{VISIT_ID}").text
    assert f"سليم الحداد، «{VISIT.title}»، بريد المرسى، ١ آب/أغسطس ٢٠١٥، " in page
    (item,) = client.get(f"/unapi?id={VISIT_ID}&format=csl-json").get_json(force=True)
    assert item["issued"] == {"date-parts": [[2015, 8, 1]]}
    assert (item["container-title"], item["URL"]) == (VISIT.source, VISIT.url)
    assert "@article{" in page
    assert "TY  - NEWS" in page


def test_a_hostile_article_is_data_in_every_format(client: FlaskClient) -> None:
    """Its title is in the file, letter for letter or escaped, and the file is whole."""
    for name in EXPORT_FORMATS:
        assert client.get(f"/search.{name}?q=زلزال").data
    (row,) = json.loads(client.get("/search.json?q=زلزال").data)
    assert row["title"] == HOSTILE.title


def test_few_files_are_written_at_once(client: FlaskClient) -> None:
    """Who comes third is told when to come again; whoever leaves makes room."""
    open_files = [client.get("/search.csv") for _ in range(exports.AT_ONCE)]
    refused = client.get("/search.csv")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    for answer in open_files:
        answer.close()
    for _ in range(exports.AT_ONCE + 1):
        with client.head("/search.csv") as head:
            assert head.status_code == 200
    assert client.get("/search.csv").data


def test_a_reader_who_goes_away_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that is cut off ends quietly, at the next piece, and makes room for the next."""
    ended = threading.Event()

    def endless(*_: object) -> Iterator[Record]:
        try:
            while True:
                yield Record("k", "خبر " * 1_000, "u", "", "", "", "", "", (), "")
        finally:
            ended.set()

    monkeypatch.setattr(exports, "records", endless)
    with served(application(folder)) as base, caplog.at_level("INFO"):
        host, port = base.removeprefix("http://").split(":")
        for _ in range(exports.AT_ONCE + 1):
            ended.clear()
            with socket.create_connection((host, int(port)), timeout=60) as line:
                line.sendall(f"GET /search.csv HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                assert b"200 OK" in line.recv(1_000)
            assert ended.wait(60)
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []
    assert "Traceback" not in caplog.text


@given(st.lists(any_record, max_size=4))
def test_a_feed_holds_whatever_a_record_holds(found: list[Record]) -> None:
    """Well-formed, an entry each, every one with what the formats ask for."""
    feed = ElementTree.fromstring(written("atom", found))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(found)
    for entry in (feed, *entries):
        assert all(entry.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
    items = json.loads(written("jsonfeed", found))["items"]
    assert len(items) == len(found)
    assert all("content_text" in item for item in items)


def test_a_file_of_a_missing_index_is_503_and_takes_no_room(tmp_path: Path) -> None:
    """It may be asked for as often as one likes."""
    reader = application(tmp_path).test_client()
    for _ in range(exports.AT_ONCE + 1):
        answer = reader.get("/search.csv?q=س")
        assert answer.status_code == 503
        assert "Retry-After" not in answer.headers


def test_a_question_is_a_json_feed(client: FlaskClient) -> None:
    """The same articles and ids as the Atom feed; pages follow each other."""
    feed = client.get("/feed.json?q=السوق").get_json(force=True)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    ids = [item["id"] for item in feed["items"]]
    again = client.get(feed["next_url"]).get_json(force=True)
    ids += [item["id"] for item in again["items"]]
    assert len(set(ids)) == 35
    assert "next_url" not in again
    atom = client.get("/feed?q=السوق").get_data(as_text=True)
    assert all(f"<id>{name}</id>" in atom for name in ids[:30])
