"""Any row goes the whole way: import, index, search, page, feed, export, and back in."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from crawl import Archive, import_files
from crawl.formats.exporter import EXPORTS
from tests.newsroom import application, fill

WORD = "قمح"
# What once ended a run for good, beside what Hypothesis thinks of.
URLS = [
    *("http://[", "http://a]b/", "https://[x]/", "http://a／b/", "http://exa℀mple.org/", "//", "?"),
    *("javascript:alert(1)", "http://a:99999999/", "\u202e", "mailto:a@b.example", " ", "\n"),
]
DATES = ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2015-W32-1", "24:00", "1970"]
TEXT = st.text(max_size=12)
ROW = st.fixed_dictionaries(
    {"url": st.sampled_from(URLS) | TEXT, "title": TEXT.map(f"{WORD} {{}}".format)},
    optional={
        "date": st.sampled_from(DATES) | st.datetimes().map(str) | TEXT,
        "tags": st.lists(TEXT, max_size=3) | TEXT,
        "source": TEXT,
        "author": TEXT,
    },
)


@given(st.lists(ROW, min_size=1, max_size=8))
@settings(max_examples=8)
def test_any_row_goes_the_whole_way(rows: list[dict[str, object]]) -> None:
    """What was imported is found, shown, fed and exported, and its export says the same."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        with Archive(folder / "a.db") as archive:
            report = import_files([folder / "rows.jsonl"], archive)
            assert not report.reasons.keys() & {"internal-error", "bad-json"}
            articles = [change.article for change in archive.changes(0) if change.article]
            exported = io.StringIO()
            assert EXPORTS["jsonl"](archive, exported) == len(articles)
            EXPORTS["csv"](archive, io.StringIO())
        fill(folder / "room", *articles)
        client = application(folder / "room").test_client()
        found = client.get("/api/search", query_string={"q": WORD, "limit": 20})
        assert found.status_code == 200
        assert found.json
        assert found.json["total"] == len(articles)
        for path in ("/search", "/feed", "/", "/coverage", "/status"):
            assert client.get(path, query_string={"q": WORD}).status_code == 200
        for hit in found.json["hits"]:
            assert client.get(f"/article/{hit['id']}").status_code == 200
        (folder / "again.jsonl").write_text(exported.getvalue(), encoding="utf-8")
        with Archive(folder / "b.db") as again:
            import_files([folder / "again.jsonl"], again)
            assert [change.article for change in again.changes(0)] == articles
