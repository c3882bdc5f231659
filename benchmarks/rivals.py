"""tantivy and stock Whoosh, fed exactly the terms, fields and forms that bahith indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from index import FIELDS, Document, columns
from index.engines.whoosh.interop.codec import schema
from index.engines.whoosh.interop.readers import STREAM_OF
from index.query import And, Or, Phrase, Query, Term

TOKENIZER = "parted by spaces"


def fed(document: Document) -> dict[str, str]:
    """The document's terms by field and form, parted by spaces."""
    found = {field: columns(document.text(field)) for field in FIELDS}
    return {
        name: " ".join(getattr(found[field], form)) for name, (field, form) in STREAM_OF.items()
    }


class Tantivy:
    """A tantivy index in memory-mapped files, one writer thread, one segment at the end."""

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        import tantivy

        self._tantivy = tantivy
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        for name in STREAM_OF:
            builder.add_text_field(
                name, stored=False, tokenizer_name=TOKENIZER, index_option="position"
            )
        for name in ("key",):
            builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(TOKENIZER, tokenizer)
        writer = self._index.writer(heap_size=1_000_000_000, num_threads=1)
        for document in documents:
            writer.add_document(tantivy.Document(key=document.key, **fed(document)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def translate(self, query: Query) -> Any:
        """A query as tantivy's."""
        make = self._tantivy.Query
        match query:
            case Term(field, form, text):
                return make.term_query(self._schema, f"{field}_{form}", text)
            case Phrase(field, form, slots):
                words: list[Any] = [text for (text,) in slots]
                return make.phrase_query(self._schema, f"{field}_{form}", words)
            case And(parts):
                return self._joined(self._tantivy.Occur.Must, parts)
            case Or(parts):
                return self._joined(self._tantivy.Occur.Should, parts)
        raise AssertionError(query)

    def _joined(self, occur: Any, parts: Sequence[Query]) -> Any:
        return self._tantivy.Query.boolean_query([(occur, self.translate(p)) for p in parts])

    def search(self, translated: Any) -> int:
        """The top ten and the number of matches; returns the number."""
        return int(self._searcher.search(translated, limit=10, count=True).count or 0)

    def top(self, translated: Any) -> int:
        """The top ten alone, where tantivy may skip what cannot reach them."""
        return len(self._searcher.search(translated, limit=10, count=False).hits)


class StockWhoosh:
    """Whoosh with its own codec and writer."""

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir()
        created = whoosh_index.create_in(str(folder), schema())
        writer = created.writer(limitmb=512)
        for document in documents:
            writer.add_document(
                key=document.key, title=document.title, body=document.body, **fed(document)
            )
        writer.commit()
        self._searcher = created.searcher()

    def translate(self, query: Query) -> Any:
        """A query as Whoosh's."""
        match query:
            case Term(field, form, text):
                return whoosh_query.Term(f"{field}_{form}", text)
            case Phrase(field, form, slots):
                return whoosh_query.Phrase(f"{field}_{form}", [text for (text,) in slots])
            case And(parts):
                return whoosh_query.And([self.translate(part) for part in parts])
            case Or(parts):
                return whoosh_query.Or([self.translate(part) for part in parts])
        raise AssertionError(query)

    def search(self, translated: Any) -> int:
        """The top ten and the number of matches; returns the number."""
        return len(self._searcher.search(translated, limit=10))
