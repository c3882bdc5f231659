"""Places whose letters are also a common word's: جنين is Jenin and an embryo.

The index has one lemma for both. A place takes no ending, so whoever asks for it is answered by its
spelling alone, with what Arabic writes before a name.
"""

from functools import lru_cache

from crawl.text.letters import ALEF_FORMS
from index.analysis.lemmatizer import remembered
from index.analysis.lexicon.cache import lexicon
from index.analysis.lexicon.name_tables import is_arab_place
from index.analysis.lexicon.proper_names import BEFORE, house_styles, written_onto
from index.analysis.text.folding import key, loose

_BARE = str.maketrans(ALEF_FORMS)
# By how much rarer than the place a word is of which there is no fear: a power of ten.
_RIVAL = 10


@lru_cache(1 << 10)
def place_spellings(exact: str) -> tuple[str, ...]:
    """How papers write a place that shares its lemma with a word, itself first; else nothing.

    Its hamza may be left off and its ة be a ه, as writers in a hurry do: مارب.

    >>> place_spellings("جنين")[:3], place_spellings("دمشق")
    (('جنين', 'بجنين', 'لجنين'), ())
    """
    found = remembered(exact)
    if found.origin != "name" or not is_arab_place(exact):
        return ()
    entries = [one for one in lexicon().stems.get(key(found.lemma)) or () if one[2] == found.lemma]
    names = [cost for _, _, _, cost, origin in entries if origin == "name"]
    words = [cost for _, _, _, cost, origin in entries if origin != "name"]
    if not names or not words or min(words) >= min(names) + _RIVAL:
        return ()
    written = dict.fromkeys(
        spelled
        for bare in (exact, exact.translate(_BARE))
        for spelled in (bare, _without_dots(bare))
    )
    return tuple(written_onto(before, one) for one in written for before in BEFORE)


def spells_place(text: str, place: str) -> bool:
    """Whether an exact form is a place in its own spelling or another paper's.

    >>> spells_place("وسورية", "سوريا"), spells_place("صيده", "صيدا")
    (True, False)
    """
    return loose(text) in _looks_of(place)


@lru_cache(1 << 10)
def _looks_of(place: str) -> frozenset[str]:
    styles = [place, *(other for usual, other in house_styles() if usual == place)]
    return frozenset(loose(before + one) for before in BEFORE for one in styles)


def _without_dots(place: str) -> str:
    return place[:-1] + "ه" if place.endswith("ة") else place
