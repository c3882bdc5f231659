"""Stories: articles that are copies of one another, under the earliest of them.

Articles are gone through in the order of time. Each joins the earliest article of a story within
three days before it, the most alike if there are several, or may begin a story itself. Nobody joins
a copy of a copy, so that no chain leads from one event to another.

What became of an article depends on those of the three days before it alone. So an update looks at
what changed and at what follows, until three days have passed in which nobody became the first of a
story or ceased to be it: the stories are those that going through everything would give.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import Any, NamedTuple

import numpy as np

from crawl.archive.archive import Archive
from crawl.archive.changes import read_changes
from crawl.archive.database import Database
from crawl.archive.near_duplicates import Fingerprint, Numbers, fingerprint, likeness, sketch

# Days within which a copy follows the first of its story: later, the same words are another event,
# or an anniversary.
DAYS = 3
# Numbers of two sketches that are the same where comparing the texts is worth it.
SHARED = 10
# Beginnings of stories that an article is compared with, those of most shared numbers.
COMPARED = 4
# Articles that are remembered for one run of words: what stands in more is a formula.
SAME_RUN = 30
# Articles that others may join at a time: three days of a hundred large papers.
MOST_OPEN = 20_000

_PORTION = 1_000
# Keys named in one question to the database.
_AT_ONCE = 500
_UNDATED = "~"  # sorts behind every instant of its day


class _Row(NamedTuple):
    """An article as the table `stories` has it."""

    moment: str
    first: int
    key: str
    sketch: bytes
    head: str

    @property
    def day(self) -> int:
        return _day(self.moment)

    @property
    def is_first(self) -> bool:
        """Whether it follows nobody."""
        return self.head in ("", self.key)


class _Open:
    """The articles of the last days that others may join."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._rows: deque[tuple[int, str, list[int]]] = deque()
        self._holding: defaultdict[int, list[str]] = defaultdict(list)
        self._read: dict[str, Fingerprint | None] = {}

    def add(self, row: _Row) -> None:
        """Let others join an article."""
        numbers = _unpacked(row.sketch).tolist()
        self._rows.append((row.day, row.key, numbers))
        for number in numbers:
            held = self._holding[number]
            held.append(row.key)
            if len(held) > SAME_RUN:
                del held[0]
        if len(self._rows) > MOST_OPEN:
            self._close()

    def joined(self, row: _Row) -> str:
        """The article that one joins: the most alike; empty when it is like none."""
        while self._rows and self._rows[0][0] < row.day - DAYS:
            self._close()
        held = map(self._holding.get, _unpacked(row.sketch).tolist())
        counts = Counter(chain.from_iterable(filter(None, held)))
        near = [key for key, count in counts.most_common(COMPARED) if count >= SHARED]
        best = max(((self._likeness(row.key, key), key) for key in near), default=(0.0, ""))
        return best[1] if best[0] else ""

    def _likeness(self, one: str, other: str) -> float:
        first, second = self._fingerprint(one), self._fingerprint(other)
        return likeness(first, second) if first and second else 0.0

    def _fingerprint(self, key: str) -> Fingerprint | None:
        if key not in self._read:
            if len(self._read) > MOST_OPEN:
                self._read.clear()
            article = self._archive.peek(key)
            self._read[key] = fingerprint(article.body) if article else None
        return self._read[key]

    def _close(self) -> None:
        _, key, numbers = self._rows.popleft()
        self._read.pop(key, None)
        for number in numbers:
            held = self._holding.get(number, [])
            if key in held:
                held.remove(key)
            if not held:
                self._holding.pop(number, None)


def update_stories(archive: Archive) -> None:
    """Find the copies of what is new, changed or gone; without a change nothing is read or written.

    An archive that cannot be written to keeps the stories that it has.
    """
    if archive.database.read_only or _signed(archive) == archive.revision:
        return
    with archive.batch():
        moments, left = _sign_changes(archive)
        pending = deque(sorted(moments))
        joined: dict[str, str] = {}
        while pending:
            left |= _relink(archive, pending, joined)
        _keep(archive, joined, left)
        archive.database.run(
            "insert or replace into meta values ('signed', ?)", (str(archive.revision),)
        )


def _signed(archive: Archive) -> int:
    return int(archive.database.value("select value from meta where name = 'signed'") or 0)


def _sign_changes(archive: Archive) -> tuple[set[str], set[str]]:
    """Keep the sketches of what changed; the moments where something did, and whom it followed."""
    database = archive.database
    seen = f"{datetime.now(UTC).date().isoformat()}{_UNDATED}"
    moments: set[str] = set()
    followed: set[str] = set()
    changes = read_changes(database, _signed(archive), lambda _damaged: None)
    while portion := {change.key: change for change in islice(changes, _AT_ONCE)}:
        found = _of_keys(database, "select key, moment, first, head from stories", portion)
        held = {key: (moment, first, head) for key, moment, first, head in found}
        moments.update(moment for moment, _, _ in held.values())
        signed: list[tuple[str, str, int, bytes]] = []
        for key, change in portion.items():
            drawn = sketch(change.article.body) if change.article else None
            moment, first, head = held.get(key, (seen, change.revision, ""))
            if change.article is None or drawn is None:
                followed.add(head)
                database.run("delete from stories where key = ?", (key,))
                continue
            moment = change.article.date if _is_dated(change.article.date) else moment
            signed.append((key, moment, first, drawn.tobytes()))
            moments.add(moment)
        database.run_many(
            "insert into stories (key, moment, first, sketch) values (?, ?, ?, ?) on conflict (key)"
            " do update set moment = excluded.moment, sketch = excluded.sketch",
            signed,
        )
    return moments, followed


def _relink(archive: Archive, pending: deque[str], joined: dict[str, str]) -> set[str]:
    """Join articles from the first pending moment on, until nothing differs any more.

    `joined` gets for each whom it joins, itself if nobody; returned is whom they followed before.
    """
    start = pending.popleft()
    restless = _day(start)
    followed: set[str] = set()
    open_ = _Open(archive)
    since = date.fromordinal(max(1, restless - DAYS)).isoformat()
    for row in _rows(archive, since, start):
        if row.is_first:
            open_.add(row)
    for row in _rows(archive, start, ""):
        while pending and pending[0] <= row.moment:
            restless = max(restless, _day(pending.popleft()))
        if row.day > restless + DAYS:
            return followed
        joined[row.key] = head = open_.joined(row) or row.key
        followed.add(row.head)
        if head == row.key:
            open_.add(row)
        if row.is_first != (head == row.key):
            restless = row.day
    pending.clear()
    return followed


def _rows(archive: Archive, since: str, until: str) -> Iterator[_Row]:
    """The rows of some time in its order; an empty end is open."""
    after: tuple[str, int] = (since, -1)
    while True:
        found = archive.database.rows(
            "select moment, first, key, sketch, head from stories"
            " where (moment, first) > (?, ?) and (? = '' or moment < ?)"
            " order by moment, first limit ?",
            (*after, until, until, _PORTION),
        )
        yield from (_Row(*row) for row in found)
        if len(found) < _PORTION:
            return
        after = (found[-1][0], found[-1][1])


def _keep(archive: Archive, joined: dict[str, str], left: set[str]) -> None:
    """Write who follows whom; each article whose story is another one now takes a revision."""
    database = archive.database
    followers = {key: head for key, head in joined.items() if head != key}
    _put(archive, followers)
    others = sorted((joined.keys() | set(followers.values()) | left) - followers.keys() - {""})
    # Said twice that it is not empty: the index of heads holds no others, and needs to hear it.
    heads = _of_keys(
        database, "select head from stories", others, where="head != '' and head != key and head"
    )
    followed = {head for (head,) in heads}
    _put(archive, {key: key if key in followed else "" for key in others})


def _put(archive: Archive, heads: Mapping[str, str]) -> None:
    """Write the heads that differ from those that stand there."""
    for key, head in _of_keys(archive.database, "select key, head from stories", heads):
        if heads[key] != head:
            archive.database.run(
                "update stories set head = ?, revision = ? where key = ?",
                (heads[key], archive.revision + 1, key),
            )


def _of_keys(
    database: Database, query: str, keys: Iterable[str], *, where: str = "key"
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that have one of some keys; hundreds asked for at once."""
    remaining = iter(keys)
    while portion := list(islice(remaining, _AT_ONCE)):
        places = ", ".join("?" * len(portion))
        yield from database.rows(f"{query} where {where} in ({places})", portion)


def _unpacked(packed: bytes) -> Numbers:
    return np.frombuffer(packed, dtype=np.uint32)


def _day(moment: str) -> int:
    """The number of a moment's day."""
    return date.fromisoformat(moment[:10]).toordinal()


def _is_dated(moment: str) -> bool:
    try:
        return _day(moment) > 0
    except ValueError:
        return False
