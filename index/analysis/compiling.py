"""From the dictionaries on this machine to one table of stems.

Three sources, none of which is part of this project: arramooz (nouns with their broken plurals,
verbs with their vowels, and the frequencies of lemmas in news), its list of particles, and
simplemma (inflected forms). Each lemma gets its written stems by the rules of `nouns` and `verbs`;
what simplemma knows and the rules do not reach is taken as it is.

A stem's entry is (stem, kinds, lemma, cost, origin). Cost is rarity: ten for every power of ten
that a lemma is rarer than the commonest.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from math import log10
from typing import Any, Final

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from index.analysis import affixes as a
from index.analysis.letters import fold, key
from index.analysis.nouns import defective_stems, is_defective, noun_stems, plurals_by_pattern
from index.analysis.stopwords import STOPWORDS
from index.analysis.verbs import verb_stems

Entry = tuple[str, int, str, int, str]
Table = dict[str, tuple[Entry, ...]]

_COMMONEST: Final = 4e6
_UNCOUNTED: Final = 72  # a lemma of the dictionary that the news never used

_NOUNS = {"noun", "noun_quant", "adj_num"}
_ADJECTIVES = {"adj", "adj_comp"}

# Nouns whose stem is not the lemma with an ending, as any grammar lists them.
_IRREGULAR = {
    "أب": "أبو أبا أبي",
    "أخ": "أخو أخا أخي",
    "حم": "حمو حما حمي",
    "ذو": "ذي ذا ذوي ذوو",
    "ابن": "بن بنو بني بنون بنين أبناء",
    "امرأة": "مرأة",
    "بنت": "ابنة بنات",
    "سنة": "سنوات سنين سنون سنو سني",
    "أم": "أمهات",
    "يد": "أيدي أياد",
    "شيء": "أشياء",
    "مئة": "مائة مئات",
    "اثنان": "اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي",
}


class _Frequencies:
    """How often the news used each lemma, by spelling and part of speech."""

    def __init__(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        self.of: dict[tuple[str, str], int] = defaultdict(int)
        self.vocalized: dict[str, set[str]] = defaultdict(set)
        self.defective: set[str] = set()
        for vocalized, plain, part, count in rows:
            self.of[fold(plain), _part(part)] += count
            if part == "verb":
                self.vocalized[fold(plain)].add(vocalized)
            elif vocalized.endswith("ِي") and is_defective(fold(plain)):
                self.defective.add(fold(plain))

    def cost(self, lemma: str, *parts: str) -> int:
        count = sum(self.of.get((lemma, part), 0) for part in parts)
        return round(10 * log10(_COMMONEST / min(count, _COMMONEST))) if count else _UNCOUNTED


def _part(tag: str) -> str:
    if tag in _NOUNS:
        return "noun"
    if tag in _ADJECTIVES:
        return "adjective"
    return {"noun_prop": "name", "verb": "verb"}.get(tag, "particle")


def compile_table() -> Table:
    """The table of stems, from the packages as installed; takes some seconds."""
    counts = _Frequencies(
        _rows("wordfreq", "select vocalized, unvocalized, word_type, freq from wordfreq")
    )
    table: dict[str, dict[tuple[str, str, str], Entry]] = defaultdict(dict)
    for entry in _entries(counts):
        stem, kinds, lemma, cost, origin = entry
        known = table[key(stem)].get((stem, lemma, origin))
        if known:
            kinds, cost = kinds | known[1], min(cost, known[3])
        table[key(stem)][stem, lemma, origin] = (stem, kinds, lemma, cost, origin)
    return {k: tuple(entries.values()) for k, entries in table.items()}


def _rows(name: str, query: str) -> list[Any]:
    path = files("arramooz").joinpath("data", f"{name}.sqlite")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()


def _entries(counts: _Frequencies) -> Iterator[Entry]:
    singulars, plurals = _dictionary_nouns()
    nominal = {lemma for lemma, part in counts.of if part in ("noun", "adjective")}
    for pair in _inflected(nominal):
        plurals[pair] |= 2
    for pair in _patterned(counts, nominal, plurals):
        plurals[pair] |= 4
    yield from _singulars(counts, singulars)
    yield from _plurals(counts, plurals)
    yield from _verbs(counts)
    yield from _particles(counts)
    yield from _names(counts)


def _dictionary_nouns() -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """arramooz's nouns: the kinds of each singular, and (plural, singular) pairs."""
    singulars: dict[str, int] = defaultdict(int)
    plurals: dict[tuple[str, str], int] = defaultdict(int)
    fields = (
        "unvocalized, number, single, broken_plural,"
        " feminable, dualable, masculin_plural, feminin_plural"
    )
    for plain, number, single, broken, female, dual, men, women in _rows(
        "arabicdictionary", f"select {fields} from nouns"
    ):
        word = fold(plain)
        if not word:
            continue
        if number == "جمع تكسير":
            for one in single.split(";"):
                if fold(one):
                    plurals[word, fold(one)] |= 1
            continue
        singulars[word] |= (
            a.NOUN
            | (a.FEMALE if female else 0)
            | (a.DUAL if dual else 0)
            | (a.MEN if men else 0)
            | (a.WOMEN if women else 0)
        )
        for one in broken.replace("،", ";").split(";"):
            if fold(one) and " " not in one.strip() and "+" not in one:
                plurals[fold(one), word] |= 1
    return singulars, plurals


def _inflected(lemmas: set[str]) -> Iterator[tuple[str, str]]:
    """simplemma's irregular plurals: forms that no ending explains and that are no lemma."""
    keys = set(map(key, lemmas))
    for form, lemma in _forms().items():
        form, lemma = fold(form), fold(lemma)
        if form.startswith("ال") or not form or not lemma:
            continue
        if lemma not in lemmas or key(form) in keys or len(form) < 3:
            continue
        if not key(form).startswith(key(lemma.rstrip("ةىيءا"))):
            yield form, lemma


def _singulars(counts: _Frequencies, dictionary: dict[str, int]) -> Iterator[Entry]:
    lemmas = {lemma for lemma, part in counts.of if part in ("noun", "adjective")}
    for lemma in lemmas | set(dictionary):
        cost = counts.cost(lemma, "noun", "adjective")
        adjective = counts.of.get((lemma, "adjective"), 0)
        noun = counts.of.get((lemma, "noun"), 0)
        kinds = dictionary.get(lemma)
        if kinds is None:
            kinds = a.NOUN | a.DUAL | a.WOMEN
        if lemma[0] == "م" or lemma[-1] == "ي" or lemma[1:2] == "ا":
            kinds |= a.MEN | a.FEMALE  # the shape of participles and relations
        if adjective and adjective * 20 > noun:
            kinds |= a.FEMALE | a.MEN | a.DUAL
        elif counts.of.get((lemma + "ة", "noun"), 0):
            kinds &= ~a.FEMALE
        stems = defective_stems if lemma in counts.defective else noun_stems
        for stem, kind in stems(lemma, kinds):
            if stem and kind:
                yield stem, kind, lemma, cost, "noun"
    for lemma, forms in _IRREGULAR.items():
        cost = min(counts.cost(lemma, "noun", "name"), 20)
        for form in [lemma, *forms.split()]:
            for stem, kind in noun_stems(form, a.PLURAL):
                yield stem, kind, lemma, cost, "noun"


def _plurals(counts: _Frequencies, pairs: dict[tuple[str, str], int]) -> Iterator[Entry]:
    for (plural, singular), sources in pairs.items():
        cost = counts.cost(singular, "noun", "adjective")
        cost += {1: 8, 2: 8, 3: 3, 4: 14}[sources]
        for stem, kind in noun_stems(plural, a.PLURAL):
            yield stem, kind, singular, cost, "plural"


def _patterned(
    counts: _Frequencies, lemmas: set[str], known: dict[tuple[str, str], int]
) -> Iterator[tuple[str, str]]:
    """Plurals by pattern for the singulars that no source gives one: ورشة → ورش."""
    pluralised = {singular for (_, singular) in known}
    for lemma in lemmas - pluralised:
        if counts.of.get((lemma, "noun"), 0):
            yield from ((plural, lemma) for plural in plurals_by_pattern(lemma))


def _verbs(counts: _Frequencies) -> Iterator[Entry]:
    rows = _rows("arabicdictionary", "select vocalized, unvocalized, future_type, 0 from verbs")
    verbs = {(vocalized, fold(plain), vowel) for vocalized, plain, vowel, _ in rows}
    known = {plain for _, plain, _ in verbs}
    for plain, spellings in counts.vocalized.items():
        if plain not in known:
            verbs |= {(v, plain, vowel) for v in spellings for vowel in ("ضمة", "كسرة", "فتحة")}
    for vocalized, plain, vowel in verbs:
        if len(plain) < 2:
            continue
        cost = counts.cost(plain, "verb")
        for kind, stems in zip(
            (a.PAST, a.PAST_SHORT, a.PAST_LEAN, a.PRESENT, a.PRESENT_BARE, a.PRESENT_LEAN),
            verb_stems(vocalized, plain, vowel),
            strict=True,
        ):
            for stem in stems:
                if stem:
                    yield stem, kind, plain, cost, "verb"


def _particles(counts: _Frequencies) -> Iterator[Entry]:
    words = {lemma for lemma, part in counts.of if part == "particle"}
    words |= {fold(row[0]) for row in _rows("stopwords", "select WORD from classedstopwords")}
    for word in words - {""}:
        cost = min(counts.cost(word, "particle"), 8 if word in STOPWORDS else 45)
        yield word, a.PARTICLE, word, cost, "particle"
        if word[-1] == "ى" and len(word) < 5:
            yield word[:-1] + "ي", a.OWNED, word, cost, "particle"


def _names(counts: _Frequencies) -> Iterator[Entry]:
    definite = {form[2:] for form in map(fold, _forms()) if form.startswith("ال")}
    for lemma, part in counts.of:
        if part == "name" and len(lemma) > 1:
            cost = counts.cost(lemma, "name")
            yield lemma, a.PLACE if lemma in definite else a.NAME, lemma, cost, "name"
            if lemma[-1] == "ة":
                yield lemma[:-1], a.FEM, lemma, cost + 5, "name"


def _forms() -> Mapping[str, str]:
    """simplemma's Arabic: inflected form → lemma."""
    return DefaultDictionaryFactory().get_dictionary("ar")
