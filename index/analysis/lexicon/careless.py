"""Careless spellings that change a stem's key: hamza lost with its seat, or seated elsewhere.

A stem is looked up by its key, which forgives hamza on alef, ة and ى. Where a writer drops the seat
of a hamza as well, or Cairo writes ج for غ, the key is another one, and the stem stands under that
too; the letters that differ are paid for when a word is read (`morphology.misspelling`).
"""

import re
from collections.abc import Iterator

from index.analysis.text.folding import key

_UNSEATED = str.maketrans("ؤئ", "وي")
_NATIVE = re.compile("[حعضظذصطق]")  # no sounds of a name that Cairo would write with ج
_SHORTEST = 3


def careless_keys(stem: str, origin: str) -> Iterator[str]:
    """The other keys under which a stem is looked for.

    >>> list(careless_keys("مؤتمر", "noun")), list(careless_keys("رؤساء", "plural"))
    (['موتمر'], ['روساء', 'رءسا', 'روسا'])
    >>> list(careless_keys("مليء", "noun")), list(careless_keys("كندا", "name"))
    (['ملء'], ['كنده', 'كندي'])
    """
    if len(stem) < _SHORTEST:
        return
    if origin == "name" and "غ" in stem and not _NATIVE.search(stem):
        yield key(stem.replace("غ", "ج"))
    unseated = stem.translate(_UNSEATED)
    if unseated != stem:  # شوون، نتايج، لاجيون
        yield key(unseated)
    if stem.endswith("اء"):  # الوزرا
        yield key(stem[:-1])
        if unseated != stem:
            yield key(unseated[:-1])
    elif stem.endswith("يء"):  # ملئ
        yield key(stem[:-2]) + "ء"
    elif stem.endswith("ئ"):  # لاجيء
        yield key(stem[:-1]) + "يء"
    elif origin == "name" and stem.endswith("ا") and not stem.endswith("يا"):  # كنده، مهى
        yield key(stem[:-1]) + "ه"
        yield key(stem[:-1]) + "ي"
