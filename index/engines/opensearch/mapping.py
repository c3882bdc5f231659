"""What lies in a cluster of an article: its terms for matching, its values for filters and facets.

    title.exact … body.lemma     our terms joined by spaces; the cluster only cuts at the spaces
    length.title, length.body    exact numbers of words, for the scores
    source, author, …            values as written, for filters and facets
    words.source, …              the loosened words of an attribute, for `source:` in a query
    day, month, year, ordinal    when it was published, as text and as a number; or missing
    held.exact, held.lemma       its different terms, for questions about the vocabulary
    pairs                        neighbouring words of the title, for the same
    since, gone                  the generations from which and until which this version counts
    article                      what is stored and shown, and not searched

What was analysed is left out of the stored source: it can be made again, and is as large as the
text.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from index.attribute_words import loose_words
from index.attributes import ATTRIBUTE_NAMES, attribute_values
from index.document import FIELDS, FORMS, Document, Tokens
from index.engine import TIME_FACETS
from index.engines.opensearch.vocabulary import TERM_FIELDS, pairs_of

KEYWORDS = (*ATTRIBUTE_NAMES, *TIME_FACETS)

# The generation in which a version goes that counts until further notice.
LIVE = 2**31 - 1
# Bytes and more of any term of ours (64 characters): the tokenizer never cuts one.
LONGEST_TERM = 256
# Characters of an attribute that are told apart; a cluster refuses more than 32,766 bytes.
LONGEST_VALUE = 8_000
# The key of the document that says which generation counts; it is no article.
CHECKPOINT = "checkpoint"

_SETTINGS = {
    "refresh_interval": "-1",  # what is new is shown by a commit, not by the clock
    "max_result_window": 10_000,
    "similarity": {
        "frequency": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}
    },
    "analysis": {
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": LONGEST_TERM}},
        "analyzer": {"terms": {"type": "custom", "tokenizer": "spaces"}},
    },
}


def index_of(shards: int, replicas: int) -> dict[str, Any]:
    """The settings and the mapping of an index of articles."""
    terms = {"type": "text", "analyzer": "terms", "similarity": "frequency", "norms": False}
    number = {"type": "integer"}
    keyword = {"type": "keyword"}
    searched = {field: {"properties": dict.fromkeys(FORMS, terms)} for field in FIELDS}
    words = {"type": "text", "analyzer": "terms", "norms": False}
    properties = searched | {
        "length": {"properties": dict.fromkeys(FIELDS, number)},
        "words": {"properties": dict.fromkeys(ATTRIBUTE_NAMES, words)},
        "held": {"properties": dict.fromkeys(FORMS, keyword)},
        "pairs": keyword,
        "key": keyword,
        "ordinal": number,
        "since": number,
        "gone": number,
        "article": {"type": "object", "enabled": False},
        CHECKPOINT: {"type": "object", "enabled": False},
    }
    properties |= dict.fromkeys((*KEYWORDS, *TERM_FIELDS), keyword)
    counts = {"number_of_shards": shards, "number_of_replicas": replicas}
    return {
        "settings": {"index": _SETTINGS | counts},
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["key", "since", "gone", "article", CHECKPOINT]},
            "properties": properties,
        },
    }


def source_of(document: Document, since: int, gone: int = LIVE) -> dict[str, Any]:
    """What is sent of a document: a version of it that counts between two generations."""
    tokens = Tokens.of(document)
    source: dict[str, Any] = {
        "key": document.key,
        "since": since,
        "gone": gone,
        "article": asdict(document),
        "length": {field: tokens.length(field) for field in FIELDS},
        "words": {},
    }
    for field, columns in tokens.columns.items():
        source[field] = {"exact": " ".join(columns.exact), "lemma": " ".join(columns.lemma)}
    source["held"] = {
        form: sorted({text for field in FIELDS for text in tokens.positions[field, form]})
        for form in FORMS
    }
    source["pairs"] = pairs_of(tokens.columns["title"].exact)
    for name in ATTRIBUTE_NAMES:
        if values := attribute_values(document, name):
            source[name] = list(map(keyword, values))
            source["words"][name] = [" ".join(loose_words(value)) for value in values]
    return source | _times(document.day)


def document_of(source: dict[str, Any]) -> Document:
    """The document as it was put."""
    return Document.read(source["article"])


def keyword(value: str) -> str:
    """A value as it is kept for filters and facets."""
    return value[:LONGEST_VALUE]


def _times(day: str) -> dict[str, Any]:
    if not day:
        return {}
    ordinal = date.fromisoformat(day).toordinal()
    return {"day": day, "month": day[:7], "year": day[:4], "ordinal": ordinal}
