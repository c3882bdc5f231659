"""Reasons: why a word of a text matched a word of a query, when an index only knows that it did."""

from collections.abc import Iterable, Sequence
from typing import Literal

from index.analysis.expansion.names import bared, may_vary, same_name
from index.analysis.lemmatizer import Analysis, may_hide_name, remembered
from index.analysis.text.folding import fold
from index.analysis.text.word_file import user_words

Why = Literal[
    "exact",
    "inflected",
    "broken-plural",
    "name-variant",
    "synonym",
    "keyboard",
    "latin",
    "spelling",
    "prefix",
]


def reason(query_word: str, text_word: str) -> Why:
    """Why a written word matched a word of a query."""
    asked, read = fold(query_word), fold(text_word)
    if asked == read:
        return "exact"
    mine, yours = remembered(asked), remembered(read)
    if _share(mine, yours):
        plural = "plural" in (mine.origin, yours.origin) and mine.origin != yours.origin
        return "broken-plural" if plural else "inflected"
    if _is_name_variant(_as_name(asked, mine), _as_name(read, yours)):
        return "name-variant"
    if (read,) in user_words().synonyms.get(asked, ()):
        return "synonym"
    return "inflected"


def reason_joined(word: str, spelled: Sequence[str]) -> Why | None:
    """Why some words stand for one of a query, None where they are its letters parted otherwise.

    >>> reason_joined("عبدالله", ["عبد", "الله"]), reason_joined("عشرون", ["20"])
    (None, 'synonym')
    """
    mine, theirs = fold(word), list(map(fold, spelled))
    if any(mine in phrase for phrase in user_words().synonyms.get(" ".join(theirs), ())):
        return "synonym"
    return None if mine in "".join(theirs) or "".join(theirs) in mine else "synonym"


def _share(mine: Analysis, yours: Analysis) -> bool:
    return mine.lemma == yours.lemma or not _lemmas(mine).isdisjoint(_lemmas(yours))


def _lemmas(found: Analysis) -> set[str]:
    return {found.lemma, *(other.lemma for other in found.others)}


def _as_name(exact: str, found: Analysis) -> str:
    return exact if may_hide_name(exact) else found.lemma


def _is_name_variant(mine: str, yours: str) -> bool:
    spelled: Iterable[str] = bared(yours) if may_vary(yours) else (yours,)
    return any(same_name(mine, one) for one in spelled)
