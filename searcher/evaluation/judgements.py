"""Files of an evaluation: questions, pools to judge, judgements.

    questions   JSON Lines {id, query}, lines of id and query parted by a tab, or a log's questions
    pool        JSON Lines {id, query, article}, as `bahith eval pool` prints them
    judgements  TREC qrels (`id 0 article grade`), or a pool's lines with their grades

An article is named by its address or by its id. A line that is none of these is refused with its
number.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from crawl import is_web, key_of
from searcher.errors import SearchError


class Question(NamedTuple):
    """A question by its id."""

    id: str
    query: str


class Judgement(NamedTuple):
    """How right an article is for a question: 0 is wrong."""

    question: str
    article: str
    grade: int


class PoolEntry(NamedTuple):
    """An article to be judged for a question."""

    question: str
    query: str
    article: str


def read_questions(lines: Iterable[str]) -> Iterator[Question]:
    """The questions of a file. Raises `SearchError` for a line that is none.

    What `bahith queries --json` prints has no ids: such a question's is made from its words.

    >>> list(read_questions(["1\\tالسفير الروسي\\n", '{"query": "القمح", "times": 7}']))
    [Question(id='1', query='السفير الروسي'), Question(id='q-524f3e41', query='القمح')]
    """
    for number, line in numbered(lines):
        told = _object(line) or dict(
            zip(("id", "query"), line.strip().split("\t", 1), strict=False)
        )
        if "query" not in told:
            raise SearchError(f"line {number} of the questions has no id and query.")
        query = str(told["query"])
        yield Question(str(told.get("id") or _id_of(query)), query)


def _id_of(query: str) -> str:
    """An id that the same question has in every file."""
    return "q-" + hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def read_judgements(lines: Iterable[str]) -> Iterator[Judgement]:
    """The judgements of a file; lines of a pool without a grade are passed over.

    >>> list(read_judgements(["1 0 k7 2\\n", '{"id": "1", "article": "k8", "grade": null}']))
    [Judgement(question='1', article='k7', grade=2)]
    """
    for number, line in numbered(lines):
        told = _object(line)
        words = line.split()
        try:
            if told is not None:
                question, article, grade = told["id"], told["article"], told["grade"]
            else:
                question, _, article, grade = words
            if grade is not None:
                yield Judgement(str(question), article_key(str(article)), int(grade))
        except (KeyError, ValueError, TypeError) as error:
            raise SearchError(
                f"line {number} of the judgements is no `id 0 article grade`."
            ) from error


def read_pool(lines: Iterable[str]) -> list[PoolEntry]:
    """The different pairs of a pool. Raises `SearchError` for a line that no judgement can name.

    >>> read_pool(['{"id": "1", "query": "السفير", "article": "k7", "grade": null}'])
    [PoolEntry(question='1', query='السفير', article='k7')]
    """
    entries: dict[tuple[str, str], PoolEntry] = {}
    for number, line in numbered(lines):
        told = _object(line) or {}
        id_, query, article = (str(told.get(name, "")) for name in ("id", "query", "article"))
        article = article_key(article)
        if not (query.strip() and _is_word(id_) and _is_word(article)):
            raise SearchError(f"line {number} of the pool is no {{id, query, article}}.")
        entries.setdefault((id_, article), PoolEntry(id_, query, article))
    return list(entries.values())


def append_judgement(path: Path, one: Judgement) -> None:
    """Write a judgement behind those of a file; it is on the disk, or not in the file at all."""
    with path.open("a+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        parted = b"" if file.read(1) in (b"", b"\n") else b"\n"
        line = f"{one.question} 0 {one.article} {one.grade}\n".encode()
        try:
            file.write(parted + line)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.truncate(path, size)
            raise


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _is_word(text: str) -> bool:
    """Whether a text can stand in a line that blanks part, in UTF-8."""
    return text.split() == [text] and text.isprintable()


def _object(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def article_key(article: str) -> str:
    """The id of an article that is named by its address or by its id."""
    return key_of(article) if is_web(article) else article
