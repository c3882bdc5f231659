"""Listed names as stems: which of them win over what the dictionaries make of their letters.

A name wins over a reading that needs an ending or a particle (أبها is not first of all «her
father») and over a rare word (الأحساء is no soups), but not over a common word: whoever writes
باسم means «in the name of». So each name is held against the best reading that the dictionaries'
stems give it.
"""

from collections.abc import Iterator, Mapping

from index.analysis.lexicon.proper_names import (
    BEFORE,
    ProperName,
    first_names,
    house_styles,
    proper_names,
    written_onto,
)
from index.analysis.morphology.prefixes import ARTICLED, NAME, NOUN, PLACE, WHOLE
from index.analysis.morphology.readings import Entry, Reading, readings
from index.analysis.text.folding import fold, key

# The cost of a listed name that no dictionary counts: a word of one article in a thousand.
_LISTED = 30
# By how much a name that wins is cheaper than the reading it wins over.
_LEAD = 8
# The cost from which on a reading of the same letters gives way; `benchmarks.matching` and the
# towns of `benchmarks.readers` chose them. Many names are feminine adjectives (الرطبة, «wet»).
_INFLECTED = {"places": 25, "given_names": 30, "family_names": 30}
_FEMININE = 35
_RARE = 40
_OTHER_STYLE = 4
# How much commoner a word without the article is, for the name to keep its article: الخرج.
_RIVAL = 5
# What a particle before a listed name costs, two of them twice.
_JOINED = 22
# The cost from which on a word gives way to a particle and a place: بجدة is no long coat. Many
# words end as some places do (بيوتا is «houses»), and a second particle says little.
_UNLIKELY, _ENDED, _SECOND = 31, 45, 10
_SHORTEST_JOINED = 3


def listed_names(stems: Mapping[str, tuple[Entry, ...]]) -> Iterator[Entry]:
    """The stems of the listed names of one word that are to be read as names."""
    for name in proper_names():
        written = fold(name.arabic)
        if " " in name.arabic:
            continue
        found = readings(written, stems)
        best = found[0] if found else None
        bare = written.removeprefix("ال")
        definite = bare != written
        if best is None or (best.origin != "name" and _gives_way(best, name)):
            cost = min(_LISTED, best.cost - _LEAD) if best else _LISTED
            yield bare, PLACE if definite else NAME, bare, cost, "name"
        elif definite and name.of == "places" and _has_rival(best, bare, stems):
            yield bare, ARTICLED, written, best.cost - _LEAD, "name"


def joined_names(stems: Mapping[str, tuple[Entry, ...]]) -> Iterator[Entry]:
    """Listed names with the particles written onto them, where their letters are read otherwise.

    وتعز would be «and she honours», وبأوكرانيا nothing: what is a name without its particles is
    one with them too, places before far-fetched words, persons where there is no other reading.
    """
    for name in proper_names():
        written = fold(name.arabic)
        mine = next(iter(readings(written, stems)), None)
        if " " in name.arabic or len(written) < _SHORTEST_JOINED or not mine:
            continue
        for before in BEFORE[1:] if mine.origin == "name" else ():
            word = written_onto(before, written)
            best = next(iter(readings(word, stems)), None)
            cost = min(_LISTED, mine.cost) + _JOINED * len(before)
            if best is None:
                yield word, WHOLE, mine.lemma, cost, "name"
            elif best.lemma != mine.lemma and _is_unlikely(best, name, before):
                yield word, WHOLE, mine.lemma, min(cost, best.cost - _LEAD), "name"


def house_style_stems(stems: Mapping[str, tuple[Entry, ...]]) -> Iterator[Entry]:
    """The stems of other spellings, as forms of the usual one."""
    for usual, other in house_styles():
        for best in readings(fold(usual), stems)[:1]:
            kinds = NAME if best.origin == "name" else NOUN
            yield fold(other), kinds, best.lemma, best.cost + _OTHER_STYLE, best.origin


def _gives_way(best: Reading, name: ProperName) -> bool:
    """Whether a name wins over the best reading of its letters."""
    if name.arabic in first_names() or best.misspelled:
        return True
    if best.affixes:
        from_name = name.of == "places" and name.arabic.endswith("ية")  # السليمانية
        feminine = name.arabic.endswith("ة") and not from_name
        return best.cost >= (_FEMININE if feminine else _INFLECTED[name.of])
    return best.cost >= _RARE


def _is_unlikely(best: Reading, name: ProperName, before: str) -> bool:
    """Whether the best reading of a name with particles gives way to the name: to places alone."""
    if best.misspelled or name.of != "places":
        return False
    limit = _ENDED if best.affixes and name.arabic[-1] in "اةه" else _UNLIKELY
    return best.cost >= limit + _SECOND * (len(before) - 1)


def _has_rival(best: Reading, bare: str, stems: Mapping[str, tuple[Entry, ...]]) -> bool:
    """Whether a commoner word of another kind shares the name's letters: خرج, «he went out»."""
    return (best.lemma, best.origin) == (bare, "noun") and any(
        lemma == bare and cost + _RIVAL <= best.cost and origin != "name"
        for _, _, lemma, cost, origin in stems.get(key(bare), ())
    )
