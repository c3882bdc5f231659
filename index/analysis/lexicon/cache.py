"""The lexicon: the table of stems, compiled once for this machine and then mapped.

The dictionaries are installed packages; what `compile` makes of them is kept as one file in the
user's cache directory, named after what it was made from, and is never part of the project.
Writing is atomic (a temporary file renamed), so two processes may compile at once; where the cache
folder cannot be written, a private folder among the temporary files takes its place.
"""

import gc
import hashlib
import math
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from sys import intern
from typing import NamedTuple, TypeVar

from index.analysis.lexicon.mapped import FORMAT, LexiconFile, MappedTable, lines, packed
from index.analysis.morphology.readings import Entry
from index.analysis.text.consonants import consonants, without_article
from index.analysis.text.stopwords import is_stopword

PACKAGES = ("arramooz-pysqlite", "simplemma")
# Raised with every change of rules that compiles another table from the same packages.
#
# A test holds the digest of the table beside this number.
LEXICON_VERSION = 5

# A lemma that is a word of the language.
COMMON = 1
# A lemma that names a person or a place.
NAME = 2
# A lemma that is a preposition, a pronoun or the like.
PARTICLE = 4

_KIND_BITS = 3
_HARDLY = 15
_KINDS = {"name": NAME, "particle": PARTICLE}


Tables = TypeVar("Tables")


class Lexicon(NamedTuple):
    """Entries by the key of their stem; rarity and kind by lemma; words by their consonants."""

    stems: MappedTable[tuple[Entry, ...]]
    lemmas: MappedTable[int]
    consonants: MappedTable[tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """The lexicon, compiled on the very first use on a machine (seconds), else mapped (1 ms)."""
    return kept(f"lexicon-{fingerprint()}.mapped", _opened, _compiled)


def kept(name: str, opened: Callable[[LexiconFile], Tables], made: Callable[[], bytes]) -> Tables:
    """The tables of a file in the cache; one that is not there yet, or damaged, is made."""
    for folder in (cache_folder, _private_folder):
        with suppress(OSError, ValueError, KeyError, TypeError):
            return opened(LexiconFile.open(folder() / name))
    data = made()
    if not _keep(cache_folder() / name, data):
        _keep(_private_folder() / name, data)
    return opened(LexiconFile(data))


def load_whole() -> None:
    """Hold stems and lemmas in memory, for who analyses many words: 0.2 s and 50 MB, once."""
    with no_collection():
        lexicon().stems.load()
        lexicon().lemmas.load()


def _compiled() -> bytes:
    """The lexicon's file: seconds, so the reader is told."""
    from crawl import tell
    from index.analysis.lexicon.compile import compile_table  # sqlite and simplemma, once a machine

    tell("bahith: preparing the Arabic lexicon, once…")
    with no_collection():
        tables = _tables(compile_table())
        data = packed(tables)
    tell(f"bahith: {len(tables['lemmas']):,} words.")
    return data


def _opened(file: LexiconFile) -> Lexicon:
    return Lexicon(
        MappedTable(file, "stems", _entries),
        MappedTable(file, "lemmas", _number),
        MappedTable(file, "consonants", tuple),
    )


def _entries(rows: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of a stem's key, from their lines."""
    return tuple(
        (stem, int(kinds), intern(lemma), int(cost), intern(origin))
        for stem, kinds, lemma, cost, origin in (row.split("\t") for row in rows)
    )


def _number(rows: Sequence[str]) -> int:
    return int(rows[0])


def _tables(stems: Mapping[str, Sequence[Entry]]) -> dict[str, Mapping[str, list[str]]]:
    """The lines of the lexicon's file."""
    lemmas = _lemmas(stems)
    sounding: dict[str, list[str]] = defaultdict(list)
    for lemma, number in lemmas.items():
        if not number & PARTICLE and not is_stopword(lemma):
            for one in sorted({lemma, without_article(lemma)}):
                if len(one) > 1:
                    sounding[consonants(one)].append(one)
    return {
        "stems": {key: lines(entries) for key, entries in stems.items()},
        "lemmas": {lemma: [str(number)] for lemma, number in lemmas.items()},
        "consonants": sounding,
    }


@cache
def fingerprint() -> str:
    """A hash of the rules' number, the packages' versions and the file format."""
    packages = [package_version(package) for package in PACKAGES]
    made_from = (LEXICON_VERSION, packages, FORMAT)
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]


def package_version(package: str) -> str:
    """The installed version of a package, read off the name of its metadata's folder.

    `importlib.metadata` does the same, but takes longer to import than a search takes.
    """
    beginning = package.replace("-", "_") + "-"
    for place in sys.path:
        with suppress(OSError):
            for name in os.listdir(place or "."):
                if name.startswith(beginning) and name.endswith(".dist-info"):
                    return name.removeprefix(beginning).removesuffix(".dist-info")
    from importlib.metadata import version  # installed in some other way

    return version(package)


def cache_folder() -> Path:
    """Where this platform keeps what can be made again, such as ~/.cache."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "bahith"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _temporary()) / "bahith" / "Cache"
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home, such as a container's number
        return _temporary() / f"bahith-{os.getuid()}"
    return (home / "Library/Caches" if sys.platform == "darwin" else home / ".cache") / "bahith"


def _temporary() -> Path:
    import tempfile  # nine modules that a process which only searches does without

    return Path(tempfile.gettempdir())


@contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection while hundreds of thousands of tuples are made that all stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lemmas(stems: Mapping[str, Sequence[Entry]]) -> dict[str, int]:
    """The rarity and kind of each lemma; a name that is hardly ever a word is a name only."""
    least: dict[str, dict[int, int]] = defaultdict(dict)
    for entries in stems.values():
        for _, _, lemma, rarity, origin in entries:
            kind = _KINDS.get(origin, COMMON)
            least[lemma][kind] = min(rarity, least[lemma].get(kind, rarity))
    return {lemma: _packed(rarities) for lemma, rarities in least.items()}


def _packed(rarities: dict[int, int]) -> int:
    rarest = min(rarities.values())
    if rarities.get(COMMON, 0) > rarities.get(NAME, math.inf) + _HARDLY:
        del rarities[COMMON]
    return rarest << _KIND_BITS | sum(rarities)


def kind_of(lemma: str) -> int:
    """What a lemma is: `COMMON`, `NAME`, `PARTICLE` or several; 0 when unknown."""
    return (lexicon().lemmas.get(lemma) or 0) & (1 << _KIND_BITS) - 1


def rarity(lemma: str) -> int | None:
    """Ten times the powers of ten by which a lemma is rarer than the commonest; None: unknown."""
    found = lexicon().lemmas.get(lemma)
    return None if found is None else found >> _KIND_BITS


def words_sounding(key: str) -> tuple[str, ...]:
    """The words of the language, without article, that have a key of consonants."""
    return lexicon().consonants.get(key) or ()


def _private_folder() -> Path:
    """A folder among the temporary files that is this user's alone: what it holds is believed."""
    user = getattr(os, "getuid", int)()
    folder = _temporary() / f"bahith-{user}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid == user and not folder.is_symlink():
            return folder
    return cache_folder()


def _keep(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; whether it could be written."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(data)
        os.replace(draft.name, path)
    except OSError:
        return False
    return True
