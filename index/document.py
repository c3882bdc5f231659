"""Document: what the index holds of an article, and its tokens by field and form.

Two fields are searched, `title` and `body`, each under two forms, `exact` (the folded spelling) and
`lemma`; both forms of a token share its position. `Tokens` is that view of one document: the
definition that `index.query` speaks about.

>>> tokens = Tokens.of(Document(key="k", url="u", title="سفير", body="زار السفير المدينة"))
>>> tokens.length("body")
3
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, NamedTuple

from crawl import Article, key_of
from crawl.text.agencies import agency_of
from index.analysis import Columns, ScannedVocabulary, columns

Field = Literal["title", "body"]
Form = Literal["exact", "lemma"]

FIELDS: tuple[Field, ...] = ("title", "body")
FORMS: tuple[Form, ...] = ("exact", "lemma")


@dataclass(frozen=True, slots=True)
class Document:
    """One article as an engine stores it; `key` names it, `date` is ISO 8601 or empty.

    `agency` is the one that it came from, `story` the key of the earliest of its copies; both may
    be empty.
    """

    key: str
    url: str
    title: str
    body: str
    date: str = ""
    author: str = ""
    source: str = ""
    section: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    agency: str = ""
    story: str = ""

    @classmethod
    def of(cls, article: Article, story: str = "") -> Document:
        """The document of an archived article, and of which story it is one of the copies."""
        told = {name: getattr(article, name) for name in _TOLD}
        agency = agency_of(article.author, article.source, article.body)
        return cls(key=key_of(article.url), agency=agency, story=story, **told)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Document:
        """A document from its fields as JSON gives them back, where a tuple is a list."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stored.items()
        }
        return cls(**values)

    @property
    def day(self) -> str:
        """The publication day, `YYYY-MM-DD`; empty where the date is none.

        >>> Document("k", "u", "", "", "20150801").day, Document("k", "u", "", "", "2015-13-01").day
        ('2015-08-01', '')
        """
        try:
            return datetime.date.fromisoformat(self.date[:10]).isoformat()
        except ValueError:
            return ""

    def text(self, field: Field) -> str:
        """The original text of a field; every offset points into it."""
        return self.title if field == "title" else self.body


_TOLD = tuple(
    field.name for field in fields(Document) if field.name not in ("key", "agency", "story")
)
# For each field and form the places of terms among the field's words, ascending.
Positions = dict[tuple[Field, Form], dict[str, list[int]]]


class Located(NamedTuple):
    """A stored document, and where it holds the terms that were asked for; only these."""

    document: Document
    positions: Positions


class Tokens(NamedTuple):
    """A document's tokens: for each field its columns, for each field and form its positions."""

    document: Document
    columns: dict[Field, Columns]
    positions: Positions

    @classmethod
    def of(cls, document: Document) -> Tokens:
        """Analyse both fields; positions ascend."""
        by_field = {field: columns(document.text(field)) for field in FIELDS}
        places: Positions = {}
        for field, found in by_field.items():
            for form in FORMS:
                table = places[field, form] = {}
                for position, text in enumerate(found.exact if form == "exact" else found.lemma):
                    table.setdefault(text, []).append(position)
        return cls(document, by_field, places)

    def at(self, field: Field, form: Form, text: str) -> list[int]:
        """The positions of a term, ascending; empty when it does not occur."""
        return self.positions[field, form].get(text, [])

    def length(self, field: Field) -> int:
        """Number of tokens of a field."""
        return len(self.columns[field].starts)


def vocabulary_of(documents: Collection[Tokens]) -> ScannedVocabulary:
    """The vocabulary of some documents."""
    counts: dict[Form, Counter[str]] = {form: Counter() for form in FORMS}
    for tokens in documents:
        for form, counter in counts.items():
            counter.update({text for field in FIELDS for text in tokens.positions[field, form]})
    terms: dict[Form, list[str]] = {form: sorted(counter) for form, counter in counts.items()}
    return ScannedVocabulary(
        terms.__getitem__,
        lambda form, text: counts[form][text],
        lambda: (tokens.columns["title"].exact for tokens in documents),
    )
