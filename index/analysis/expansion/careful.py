"""Careful spellings of a word that was typed in a hurry: hamza left off, ه for ة, ى for ي.

The lemma finds the texts anyhow, but only the spelling tells the form that was meant from the
others: whoever types اداره asks for إدارة rather than for إداراتهم. Only spellings that
dictionaries read without a slip, as a word that those letters may well have been.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.analysis.lexicon.cache import lexicon
from index.analysis.morphology.readings import readings

_HURRIED = re.compile("ا|[هى]$").search
_ALEF = re.compile("ا(?!ل)|(?<=ل)ا|^ا(?=ل)")
_SEATED = ("أ", "إ", "آ")
_LAST = {"ه": "ة", "ى": "ي"}
# Bare alefs of one word that are tried; more are no hamza's.
_MOST_ALEFS = 3


@lru_cache(1 << 13)
def careful_spellings(exact: str) -> tuple[str, ...]:
    """The careful spellings of an exact form; none for one that is spelled with care.

    >>> careful_spellings("اداره"), careful_spellings("الرئيسى"), careful_spellings("اجتماع")
    (('إدارة',), ('الرئيسي',), ())
    """
    if not _HURRIED(exact):
        return ()
    found = readings(exact, lexicon().stems)
    # A faithful reading stands first though it be rarer: عمليه is by rule «his practical one».
    slips = {one.lemma for one in found if one.misspelled and one.cost <= found[0].cost}
    if not slips:
        return ()
    return tuple(one for one in dict.fromkeys(_spellings(exact)) if _is_careful(one, slips))


def _spellings(exact: str) -> Iterator[str]:
    places = [found.start() for found in _ALEF.finditer(exact)][:_MOST_ALEFS]
    seated = [exact[:at] + hamza + exact[at + 1 :] for at in places for hamza in _SEATED]
    for one in (exact, *seated):
        yield one
        if one[-1] in _LAST:
            yield one[:-1] + _LAST[one[-1]]


def _is_careful(spelled: str, lemmas: set[str]) -> bool:
    best = next(iter(readings(spelled, lexicon().stems)), None)
    return best is not None and not best.misspelled and best.lemma in lemmas
