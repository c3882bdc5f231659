"""Latin: Arabic words typed in Latin letters, as names are transcribed and as people chat.

alsafir, daesh, al-jazaer, moscow, and the chat alphabet's digits (ma7kama, 9aroo5). Both scripts
are first reduced to the consonants they agree on, which finds the few words of the index that could
be meant; each is then aligned with what was typed, letter by letter. A word that the language knows
and that fits better than anything in the index wins, and then nothing is offered: qatar is قطر, so
it is not قطار where only that occurs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import chain, product

from index import Vocabulary, analysis
from index.analysis import consonants, without_article, without_repeats
from searcher.corrections.alignment import GRAPHEMES, SILENT, cost_of

# The cost of an alignment above which a word is not what was typed.
_LIMIT = 1.2
# What each tenth of a power of ten in rarity weighs against the alignment.
_RARITY = 0.02

_RAREST = 45
_RARITY_OF_UNKNOWN = 23
# The logarithm of how often the index must have a word for it to be half as likely as any.
_OFTEN = 3
# How sure a listed name is that another comes before.
_OTHER_NAME = 0.3
# How much worse than the best word of the language a word of the index may fit.
_MARGIN = 0.03

_ARTICLE = re.compile("(?:al|el|ul)[- ]?(?=..)|a([dnrstz]|sh)-(?=..)")
_DIFFERENCES = (
    (re.compile("^abd[aeiu]l"), "abdul"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee|ie"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile("(?<=[ae])h$"), ""),
)
_MOST_KEYS = 64
# Words of an index that are aligned with a Latin one, the most frequent.
_MOST_CANDIDATES = 80

_SHORTEST_BARE = 2
_SERVANT = re.compile("^عبد(?=ال)")
_BIN = {"bin": ("بن",), "ben": ("بن",), "ibn": ("ابن", "بن"), "bint": ("بنت",), "al": ("آل",)}
# Beginnings of names, as papers write them onto the next word.
_OPENERS = {
    "abu": "أبو",
    "abou": "أبو",
    "abdel": "عبدال",
    "abdul": "عبدال",
    "abdal": "عبدال",
    "abd": "عبد",
}


def arabic_for(
    typed: str, vocabulary: Vocabulary, *, known_better: bool = False
) -> list[tuple[str, float]]:
    """The words of an index that a Latin word may spell, the likeliest first, each with 0 to 1.

    `known_better`: none that fits worse than a word which the language has and the index lacks.
    """
    word = typed.lower().replace("’", "'").replace("`", "'").replace(" ", "-")
    if not re.fullmatch("[a-z0-9'-]+", word) or not re.search("[a-z]", word):
        return []
    if listed := _listed(word, vocabulary):
        return listed
    best: dict[str, float] = {}
    for bare, article in _without_article(word):
        ceiling = _best_of_language(bare) if known_better else math.inf
        for term in _candidates(bare, vocabulary):
            cost = cost_of(bare, term)
            if cost > _LIMIT or cost + _RARITY * _rarity(term) > ceiling + _MARGIN:
                continue
            chosen, frequency = _written(term, article, vocabulary)
            score = math.exp(-cost) * _weight(frequency)
            best[chosen] = max(best.get(chosen, 0.0), score)
    return sorted(best.items(), key=lambda one: -one[1])


def listed_names(typed: str, held: Callable[[str], int]) -> list[str]:
    """The listed names that a Latin word spells and an index holds.

    What is nothing but a name first (صيدا before سعيدة), then the most frequent.
    """
    word = typed.lower().replace("-", "").replace(" ", "").replace("'", "")
    if word in _BIN:
        return [name for name in _BIN[word] if held(name)]
    names = analysis.names_in_latin()
    article = _ARTICLE.match(typed.lower().replace("-", " "))
    bare = word[2:] if article and len(word) > _SHORTEST_BARE + 1 else ""
    found = list(names.get(word) or ()) + [_definite(name) for name in names.get(bare) or ()]
    found = found or list(_names_spelled_like().get(_worn(word), ()))
    for opener, arabic in _OPENERS.items():
        if word.startswith(opener):
            rest = names.get(word[len(opener) :]) or ()
            if arabic.endswith("ال"):
                rest = tuple(name.removeprefix("ال") for name in rest)
            found += [arabic + name for name in rest] + [f"{arabic} {name}" for name in rest]
    often = {name: held(name) for name in dict.fromkeys(found)}
    if not any(often.values()):
        often = {name: held(name) for name in map(_parted, found)}
    likely = {name: (not _is_name(name), -often[name]) for name in often if often[name]}
    return sorted(likely, key=likely.__getitem__)


@cache
def _names_spelled_like() -> dict[str, tuple[str, ...]]:
    """The listed names by what all Latin spellings of one sound share."""
    found: dict[str, tuple[str, ...]] = {}
    for latin, names in analysis.names_in_latin().items():
        worn = _worn(latin)
        found[worn] = (*found.get(worn, ()), *names)
    return found


def _worn(latin: str) -> str:
    """A Latin spelling without what transcribers differ in.

    >>> _worn("jeddah") == _worn("jedda"), _worn("youssef") == _worn("yusef")
    (True, True)
    """
    for pattern, letters in _DIFFERENCES:
        latin = pattern.sub(letters, latin)
    return latin


def _is_name(name: str) -> bool:
    return all(analysis.is_name(part) for part in name.split())


def _parted(name: str) -> str:
    """A name as those write it who part it: عبد الرحمن."""
    return _SERVANT.sub("عبد ", name)


def _definite(name: str) -> str:
    return name if name.startswith("ال") else "ال" + name


def _listed(word: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """The listed names with how sure they are: surely the commonest, the others as offers."""

    def held(name: str) -> int:
        return min(vocabulary.frequencies("exact", [analysis.fold(part) for part in name.split()]))

    names = listed_names(word, held)
    return [(name, 1.0 if not at else _OTHER_NAME) for at, name in enumerate(names)]


def _without_article(word: str) -> Iterator[tuple[str, bool]]:
    """A word as it stands, and without the article it may begin with."""
    yield word.replace("-", ""), False
    if found := _ARTICLE.match(word):
        yield word[found.end() :].replace("-", ""), True


def _written(bare: str, article: bool, vocabulary: Vocabulary) -> tuple[str, int]:
    """A word as the index has it more often, with or without the article, and how often."""
    both = (bare, "ال" + bare)
    often = dict(zip(both, vocabulary.frequencies("exact", both), strict=True))
    chosen = max(often, key=lambda one: (often[one] > 0, article == (one != bare), often[one]))
    lemma = analysis.forms(bare)[1]
    return chosen, sum(often.values()) or vocabulary.frequencies("lemma", [lemma])[0]


def _weight(frequency: int) -> float:
    return math.log1p(frequency) / (math.log1p(frequency) + _OFTEN)


def _candidates(word: str, vocabulary: Vocabulary) -> list[str]:
    """The words of an index, without article, whose consonants are those of a Latin word."""
    keys = _keys_of_latin(word)
    held = chain.from_iterable(vocabulary.keyed("consonants", list(keys)))
    words = sorted({one for term in held for one in (term, without_article(term))})
    tell = [one for one in words if len(one) > 1 and _tells(one) and consonants(one) in keys]
    often = dict(zip(tell, vocabulary.frequencies("exact", tell), strict=True))
    return sorted(tell, key=lambda one: (-often[one], one))[:_MOST_CANDIDATES]


def _tells(word: str) -> bool:
    return not analysis.is_stopword(word)


@lru_cache(256)
def _keys_of_latin(word: str) -> frozenset[str]:
    """Every key that a Latin word may have."""
    options = []
    at = 0
    while at < len(word):
        size = next((n for n in (3, 2, 1) if word[at : at + n] in GRAPHEMES), 0)
        grapheme = word[at : at + max(size, 1)]
        letters = GRAPHEMES.get(grapheme, ())
        keys = {consonants(one.replace("+", "")) for one in letters}
        if at and grapheme in SILENT:
            keys.add("")
        options.append(sorted(keys))
        at += max(size, 1)
    count = math.prod(map(len, options))
    while count > _MOST_KEYS * 8:  # too many to try: keep the likelier half of the widest choice
        widest = max(range(len(options)), key=lambda i: len(options[i]))
        options[widest] = options[widest][: max(1, len(options[widest]) // 2)]
        count = math.prod(map(len, options))
    return frozenset(without_repeats("".join(one)) for one in product(*options))


def _rarity(word: str) -> int:
    rarity = analysis.rarity(word)
    if rarity is None:
        rarity = analysis.rarity(analysis.forms(word)[1])
    return _RARITY_OF_UNKNOWN if rarity is None else min(rarity, _RAREST)


@lru_cache(256)
def _best_of_language(word: str) -> float:
    """The least cost of any lemma for a Latin word, its rarity included."""
    lemmas = {one for key in _keys_of_latin(word) for one in analysis.words_sounding(key)}
    return min((cost_of(word, one) + _RARITY * _rarity(one) for one in lemmas), default=math.inf)
