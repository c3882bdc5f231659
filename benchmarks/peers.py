"""What one would pick instead, each with its own analysis of the same raw text.

A peer is built from documents and answers a question as a page needs it: ten hits, title and
passage highlighted, the number of matches, and how many of them each value of four attributes has.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks.workload import build
from index import Document
from searcher import Searcher
from tests.cluster.nodes import Nodes, free_port

FACETS = ("source", "section", "author", "month")
HITS = 10
# Values of a facet that are given back; all of them are counted.
VALUES = 60

TITLE_WEIGHT = 2
WORDS = re.compile(r"\w+")


class Answer(NamedTuple):
    """What proves equal work: matches, hits given, words marked in them, values of facets."""

    matches: int
    hits: int
    marks: int
    values: int


class Peer(Protocol):
    """One engine."""

    def ask(self, text: str) -> Answer: ...
    def close(self) -> None: ...


def month(document: Document) -> str:
    """The month of a document."""
    return document.date[:7]


class Bahith:
    """This project, two processes that analyse."""

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.searcher = Searcher(build(folder, documents, 2))

    def ask(self, text: str) -> Answer:
        found = self.searcher.search(text, limit=HITS, facets=FACETS)
        marks = sum(len(hit.snippet.marks) + len(hit.title_marks) for hit in found.hits)
        values = sum(min(VALUES, len(counts)) for counts in found.facets.values())
        return Answer(found.total, len(found.hits), marks, values)

    def close(self) -> None:
        self.searcher.close()


class Fts5:
    """SQLite's full-text search: words as they stand, without their marks."""

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._database = sqlite3.connect(folder / "fts5.db")
        run = self._database.execute
        run(
            "CREATE VIRTUAL TABLE news USING fts5(title, body,"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
        run("CREATE TABLE known(id INTEGER PRIMARY KEY, source, section, author, month)")
        numbered = list(enumerate(documents, 1))
        self._database.executemany(
            "INSERT INTO news(rowid, title, body) VALUES (?, ?, ?)",
            ((number, d.title, d.body) for number, d in numbered),
        )
        self._database.executemany(
            "INSERT INTO known VALUES (?, ?, ?, ?, ?)",
            ((number, d.source, d.section, d.author, month(d)) for number, d in numbered),
        )
        run("INSERT INTO news(news) VALUES ('optimize')")
        self._database.commit()

    def ask(self, text: str) -> Answer:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(WORDS.findall(text)))
        run = self._database.execute
        best = run(
            "SELECT rowid FROM news WHERE news MATCH ? AND rank MATCH ? ORDER BY rank LIMIT ?",
            (asked, f"bm25({TITLE_WEIGHT}.0, 1.0)", HITS),
        ).fetchall()
        # Of these alone: what stands beside ORDER BY would be made for every match.
        chosen = ", ".join(str(number) for (number,) in best)
        hits = run(
            "SELECT highlight(news, 0, '\x01', '\x02'), snippet(news, 1, '\x01', '\x02', '…', 40)"
            f" FROM news WHERE news MATCH ? AND rowid IN ({chosen})",
            (asked,),
        ).fetchall()
        run("CREATE TEMP TABLE found AS SELECT rowid AS id FROM news WHERE news MATCH ?", (asked,))
        (matches,) = run("SELECT count(*) FROM found").fetchone()
        values = 0
        for name in FACETS:
            counts = run(
                f"SELECT {name}, count(*) AS many FROM known JOIN found USING (id)"
                f" WHERE {name} != '' GROUP BY {name} ORDER BY many DESC, {name} LIMIT {VALUES}"
            ).fetchall()
            values += len(counts)
        run("DROP TABLE found")
        marks = sum(column.count("\x01") for hit in hits for column in hit)
        return Answer(matches, len(hits), marks, values)

    def close(self) -> None:
        self._database.close()


class Tantivy:
    """tantivy with its Arabic stemmer, one writer thread."""

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        import tantivy

        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._tantivy = tantivy
        schema = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            schema.add_text_field(name, stored=True, tokenizer_name="arabic")
        for name in FACETS:
            schema.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        made = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        made = made.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("arabic"))
        self._index.register_tokenizer("arabic", made.build())
        writer = self._index.writer(heap_size=500_000_000, num_threads=1)
        for d in documents:
            values = {"source": d.source, "section": d.section, "author": d.author}
            writer.add_document(
                tantivy.Document(title=d.title, body=d.body, month=month(d), **values)
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, text: str) -> Answer:
        asked = self._index.parse_query(
            " ".join(WORDS.findall(text)), ["title", "body"], field_boosts={"title": TITLE_WEIGHT}
        )
        found = self._searcher.search(asked, limit=HITS, count=True)
        marks = 0
        for name in ("title", "body"):
            make = self._tantivy.SnippetGenerator.create(self._searcher, asked, self._schema, name)
            make.set_max_num_chars(260)
            for _, address in found.hits:
                snippet = make.snippet_from_doc(self._searcher.doc(address))
                marks += len(snippet.highlighted()) if snippet.fragment() else 0
        wanted = {name: {"terms": {"field": name, "size": VALUES}} for name in FACETS}
        counted = self._searcher.aggregate(asked, wanted)
        values = sum(len(counted[name]["buckets"]) for name in FACETS)
        return Answer(int(found.count or 0), len(found.hits), marks, values)

    def close(self) -> None:
        del self._searcher


class OpenSearch:
    """OpenSearch with its `arabic` analyzer: one node, one shard, on this machine."""

    NAME = "versus"

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        self._nodes = Nodes(folder, 1, free_port(1))
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # root's node runs as another user
        self._nodes.start()
        (self._address,) = self._nodes.addresses
        self.pid = self._nodes.pid(1)
        self.fill(documents)  # the second time its code is compiled
        self.began, self.spent_before = time.perf_counter(), spent_by(self.pid)
        self.fill(documents)
        self.seconds = time.perf_counter() - self.began
        self.spent = spent_by(self.pid) - self.spent_before

    def fill(self, documents: Sequence[Document]) -> None:
        """Make the index anew and put the documents into one sealed segment."""
        self._send("DELETE", f"/{self.NAME}?ignore_unavailable=true")
        text = {"type": "text", "analyzer": "arabic"}
        fields = {"title": text, "body": text} | {name: {"type": "keyword"} for name in FACETS}
        settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1}
        made = {"settings": settings, "mappings": {"properties": fields}}
        self._send("PUT", f"/{self.NAME}", json.dumps(made).encode())
        for body in _bulks(documents):
            told = self._send("POST", f"/{self.NAME}/_bulk", body)
            assert not told["errors"]
        self._send("POST", f"/{self.NAME}/_forcemerge?max_num_segments=1&flush=true")
        self._send("POST", f"/{self.NAME}/_refresh")

    def ask(self, text: str) -> Answer:
        fields = [f"title^{TITLE_WEIGHT}", "body"]
        body: dict[str, Any] = {
            "query": {"multi_match": {"query": text, "fields": fields, "type": "most_fields"}},
            "size": HITS,
            "track_total_hits": True,
            "highlight": {
                "fields": {
                    "title": {"number_of_fragments": 0},
                    "body": {"number_of_fragments": 1, "fragment_size": 260},
                }
            },
            "aggs": {name: {"terms": {"field": name, "size": VALUES}} for name in FACETS},
        }
        path = f"/{self.NAME}/_search?request_cache=false"
        told = self._send("POST", path, json.dumps(body).encode())
        hits = told["hits"]["hits"]
        marks = sum(
            part.count("<em>")
            for hit in hits
            for parts in hit.get("highlight", {}).values()
            for part in parts
        )
        values = sum(len(told["aggregations"][name]["buckets"]) for name in FACETS)
        return Answer(told["hits"]["total"]["value"], len(hits), marks, values)

    def close(self) -> None:
        self._nodes.stop()

    def _send(self, method: str, path: str, body: bytes | None = None) -> Any:
        asked = urllib.request.Request(self._address + path, body, method=method)
        asked.add_header(
            "content-type", "application/x-ndjson" if "_bulk" in path else "application/json"
        )
        with urllib.request.urlopen(asked, timeout=600) as answer:
            return json.load(answer)


def _bulks(documents: Sequence[Document], size: int = 500) -> Iterator[bytes]:
    for start in range(0, len(documents), size):
        lines = []
        for d in documents[start : start + size]:
            told = {"title": d.title, "body": d.body, "month": month(d)}
            told |= {name: value for name in FACETS[:3] if (value := getattr(d, name))}
            lines += ['{"index":{}}', json.dumps(told, ensure_ascii=False)]
        yield ("\n".join(lines) + "\n").encode()


def spent_by(pid: int | None) -> float:
    """Processor seconds of another process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
