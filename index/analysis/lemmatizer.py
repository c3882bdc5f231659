"""Lemmas: the exact form and the dictionary word of every written word, remembered.

Where the order of evidence is decided: the user's own file, numbers, foreign letters, the lexicon,
and for what none of them knows a light touch (article off, the endings of relations levelled).
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pyarabic import araby

from index.analysis.lexicon.cache import lexicon
from index.analysis.morphology.prefixes import PROCLITICS
from index.analysis.morphology.readings import Reading, alternatives, readings
from index.analysis.text.folding import fold, loose
from index.analysis.text.numbers import number_in
from index.analysis.text.word_file import user_words

# Twice the words of a thousand articles, 20 MB, and as much for the last generation: what is asked
# for again is mostly among them.
_REMEMBERED = 100_000

# What is written around a stem, and that with its rarity, from which on a name is as likely.
_HIDING_AFFIXES, _HIDING_COST = 14, 38
# Neither begins with what Arabic often writes before a word, nor ends in a pronoun, nor holds a
# hamza or a sound that no European name has.
HIDEABLE = re.compile("[^حعضظذأإآءئؤولبا][^حعضظذأإآءئؤة]{3,}[^حعضظذأإآءئؤةه](?<!ها|هم)").fullmatch

# What is written around a stem, and that with its rarity, up to which a reading is no guess.
_PLAIN_AFFIXES, _PLAIN_COST = 14, 45
# What a hamza left off costs, which most leave off.
_CARELESS = 6

# By how much rarer the word with a superscript alef written out may be.
_ALEF_MEANT = 20
# How far-fetched a word may be that is read by writing its doubled letters once.
_DOUBLED_COST = 40

_TWICE = re.compile(r"(.)\1")
_ARABIC = re.compile("[ء-غف-ي]+").fullmatch
_MIXED = re.compile("([وفبلكا]{1,4})([a-z0-9].*)").fullmatch  # وF16, الBBC
_RELATION = re.compile("(.{3,})(?:يين|ية|يه|يات|يا)").fullmatch
_RELATIONS = re.compile("(.{3,})(?:يين|يون|ية|يه|يات)").fullmatch
_ARTICLES = ("وال", "بال", "ولل", "فلل", "لل", "ال")  # كالديرون and فالكاو are names


class Analysis(NamedTuple):
    """An exact form's lemma, how it was found, and the lemmas of its other possible readings."""

    lemma: str
    origin: str
    others: tuple[Reading, ...]


_Forms = tuple[str, str, str, tuple[str, ...]]


class _Remembered(dict[str, _Forms]):
    """Exact form, lemma, origin and `other_lemmas` by written word, found when first asked.

    When full, what it holds becomes the last generation, from which words in use come back: bounded
    at two generations, and nothing to keep up on the hot path.
    """

    def __init__(self) -> None:
        self._last: dict[str, _Forms] = {}

    def __missing__(self, word: str) -> _Forms:
        if len(self) >= _REMEMBERED:
            self._last = dict(self)
            self.clear()
        found = self._last.get(word)
        if found is None:
            exact = fold(word)
            analysis = analyse(with_alef(word)) if exact else _NOTHING
            others = tuple(dict.fromkeys(one.lemma for one in analysis.others))
            found = exact, analysis.lemma, analysis.origin, others
        self[word] = found
        return found

    def forget(self) -> None:
        """Start anew."""
        self._last = {}
        self.clear()


_NOTHING = Analysis("", "", ())
FORMS = _Remembered()


def other_lemmas(exact: str) -> tuple[str, ...]:
    """The lemmas that an exact form of a text may be read as besides its own.

    >>> other_lemmas("كتب")
    ('كتاب',)
    """
    return FORMS[exact][3]


def analyse(exact: str) -> Analysis:
    """What a non-empty exact form is a form of.

    >>> analyse("الوزراء").lemma, analyse("ال20").lemma
    ('وزير', '20')
    """
    if exact in user_words().protected:
        return Analysis(exact, "protected", ())
    found = _analyse(exact)
    joined = _joined_lemmas().get(found.lemma)
    return found if joined is None else found._replace(lemma=joined)


def with_alef(word: str) -> str:
    """The exact form of a word, its superscript alef as the letter that papers write for it.

    The spelling that dictionaries have wins, the fuller one first.

    >>> with_alef("أَمْوَٰت"), with_alef("هٰذَا")
    ('أموات', 'هذا')
    """
    plain = fold(word)
    if araby.MINI_ALEF not in word:
        return plain
    full = fold(word.replace(araby.MINI_ALEF, araby.ALEF))
    fuller, barer = (readings(one, lexicon().stems) for one in (full, plain))
    if fuller and (not barer or fuller[0].cost <= barer[0].cost + _ALEF_MEANT):
        return full
    return plain


@lru_cache(1 << 14)
def remembered(exact: str) -> Analysis:
    """The same for the words of queries, which come again: 10 MB."""
    return analyse(exact)


@cache
def _joined_lemmas() -> dict[str, str]:
    """The user's joined words, lemma by lemma."""
    pairs = user_words().joined.items()
    return {_analyse(one).lemma: _analyse(other).lemma for one, other in pairs}


def _analyse(exact: str) -> Analysis:
    if number := number_in(exact):
        return Analysis(number, "number", ())
    if not _ARABIC(exact):
        mixed = _MIXED(exact)
        rest = mixed[2] if mixed and mixed[1] in PROCLITICS else exact
        return Analysis(rest, "foreign", ())
    found = readings(exact, lexicon().stems) or _doubled(exact)
    if found:
        return Analysis(found[0].lemma, found[0].origin, tuple(alternatives(found)))
    return Analysis(_unknown(exact), "unknown", ())


def _doubled(exact: str) -> list[Reading]:
    """The readings of an unknown word with its doubled letters written once: راائعة, مبرووك."""
    once = _TWICE.sub(r"\1", exact)
    found = readings(once, lexicon().stems) if once != exact else []
    return found if found and found[0].cost <= _DOUBLED_COST else []


@lru_cache(1 << 14)
def may_hide_name(exact: str) -> bool:
    """Whether a word's best reading is so far-fetched that it may be a foreign name instead.

    >>> may_hide_name("كيفين"), may_hide_name("سيكتب")
    (True, False)
    """
    if not HIDEABLE(exact):
        return False
    found = readings(exact, lexicon().stems)
    return (
        bool(found)
        and found[0].origin != "particle"
        and found[0].affixes >= _HIDING_AFFIXES
        and found[0].cost >= _HIDING_COST
    )


def is_name(word: str) -> bool:
    """Whether a word is first of all a name, or none that dictionaries have.

    >>> is_name("صيدا"), is_name("سعيدة")
    (True, False)
    """
    return FORMS[word][2] in ("name", "unknown")


def is_plain(exact: str) -> bool:
    """Whether dictionaries have a word as it is spelled, a hamza apart, and little written onto it.

    >>> is_plain("العروش"), is_plain("السفيرر"), is_plain("قاءد")
    (True, False, False)
    """
    best = next(iter(readings(exact, lexicon().stems)), None)
    if best is None or best.misspelled > _CARELESS:
        return False
    return best.affixes <= _PLAIN_AFFIXES and best.cost <= _PLAIN_COST


def _unknown(exact: str) -> str:
    """The lemma of a word that no dictionary knows, mostly a name: little is taken off.

    >>> _unknown("والحوثيين"), _unknown("للكونغرس")
    ('حوثي', 'كونغرس')
    """
    relation = _RELATION
    for article in _ARTICLES:
        if exact.startswith(article) and len(exact) - len(article) >= 3:
            exact, relation = exact[len(article) :], _RELATIONS
            break
    if found := relation(exact):
        exact = found[1] + "ي"
    elif exact.endswith("ات") and len(exact) > 5:  # تغريدات → تغريدة
        exact = exact[:-2] + "ة"
    return loose(exact) or exact
