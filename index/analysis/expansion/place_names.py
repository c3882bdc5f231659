"""Places whose letters are also a common word's: جنين is Jenin and an embryo.

The index has one lemma for both. A place takes no ending, so whoever asks for it is answered by its
spelling alone, with what Arabic writes before a name.
"""

from functools import lru_cache

from index.analysis.lemmatizer import remembered
from index.analysis.lexicon.cache import lexicon
from index.analysis.lexicon.name_tables import is_arab_place
from index.analysis.text.folding import key

# Not ك: كسلا is another town.
_JOINED = tuple(
    conjunction + particle for conjunction in ("", "و", "ف") for particle in ("", "ب", "ل")
)
# By how much rarer than the place a word is of which there is no fear: a power of ten.
_RIVAL = 10


@lru_cache(1 << 10)
def place_spellings(exact: str) -> tuple[str, ...]:
    """How papers write a place that shares its lemma with a word, itself first; else nothing.

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
    return tuple((joined + exact).replace("لال", "لل") for joined in _JOINED)
