"""From the dictionaries on this machine to one table of stems.

Each lemma gets its written stems by the rules of `nouns`, `broken_plurals` and `verbs`; an entry is
(stem, kinds, lemma, cost, origin). Cost is rarity: ten for every power of ten that a lemma is rarer
than the commonest.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import index.analysis.morphology.prefixes as a
from index.analysis.lexicon.broken_plurals import broken_plurals
from index.analysis.lexicon.careless import careless_keys
from index.analysis.lexicon.dictionaries import (
    NOMINAL,
    Counts,
    Nouns,
    inflections,
    nouns,
    particles,
    verbs,
)
from index.analysis.lexicon.irregular import CONSTRUCTS, IRREGULAR
from index.analysis.lexicon.names import house_style_stems, joined_names, listed_names
from index.analysis.lexicon.nouns import defective_stems, is_defective, noun_stems
from index.analysis.lexicon.verbs import verb_stems
from index.analysis.morphology.readings import Entry
from index.analysis.text.folding import key
from index.analysis.text.stopwords import STOPWORDS

Table = dict[str, tuple[Entry, ...]]

_IRREGULAR_COST = 20
_STOPWORD_COST = 8
_PARTICLE_COST = 45
_ELATIVE_COST = 6
_RAREST_ELATIVE = 35
_ELATIVES = {"adjective": (r"\1\2\3اء", r"\1\2\3"), "elative": (r"\1\2\3ى", r"أ\1ا\2\3")}
_ELATIVE = re.compile("أ([^اويى])([^اى])([^اى])")
_PRONOUN_TAKING = frozenset({"ب", "ل"})


def compile_table() -> Table:
    """The table of stems, from the packages as installed; takes some seconds."""
    counts, dictionary = Counts(), nouns()
    counts.restore_feminines(dictionary.singulars)
    entries = list(_entries(counts, dictionary))
    entries += listed_names(_tabulated(entries))
    entries += joined_names(_tabulated(entries))
    return _tabulated([*entries, *house_style_stems(_tabulated(entries))])


def _tabulated(entries: Iterable[Entry]) -> Table:
    table: dict[str, dict[tuple[str, str, str], Entry]] = defaultdict(dict)
    for stem, kinds, lemma, cost, origin in entries:
        for one in (key(stem), *careless_keys(stem, origin)):
            known = table[one].get((stem, lemma, origin))
            if known:
                kinds, cost = kinds | known[1], min(cost, known[3])
            table[one][stem, lemma, origin] = (stem, kinds, lemma, cost, origin)
    return {k: tuple(some.values()) for k, some in table.items()}


def _entries(counts: Counts, dictionary: Nouns) -> Iterator[Entry]:
    yield from _singulars(counts, dictionary.singulars)
    for plural, singular, cost in broken_plurals(counts, dictionary.plurals):
        for stem, kind in noun_stems(plural, a.PLURAL):
            yield stem, kind, singular, cost, "plural"
    yield from _elatives(counts)
    yield from _irregular(counts)
    yield from _verbs(counts)
    yield from _particles(counts)
    yield from _names(counts)


def _singulars(counts: Counts, dictionary: dict[str, int]) -> Iterator[Entry]:
    for lemma in counts.lemmas(*NOMINAL) | set(dictionary):
        cost = counts.cost(lemma, *NOMINAL)
        defective = any(
            one.endswith("ِي") and is_defective(lemma)
            for part in NOMINAL
            for one in counts.vocalized.get((lemma, part), ())
        )
        stems = defective_stems if defective else noun_stems
        for stem, kind in stems(lemma, _kinds(lemma, counts, dictionary)):
            yield stem, kind, lemma, cost, "noun"


def _kinds(lemma: str, counts: Counts, dictionary: dict[str, int]) -> int:
    """The endings a singular takes: as listed, by its shape, and as an adjective."""
    kinds = dictionary.get(lemma) or a.NOUN | a.DUAL | a.WOMEN
    if len(lemma) >= 4 and (lemma[0] == "م" or lemma[-1] == "ي" or lemma[1] == "ا"):
        kinds |= a.MEN | a.FEMALE  # the shape of participles and relations
    if counts.count(lemma, "adjective", "elative") * 20 > counts.count(lemma, "noun"):
        kinds |= a.FEMALE | a.MEN | a.DUAL
    elif counts.count(lemma + "ة", "noun"):  # محطة is not a female محط
        kinds &= ~a.FEMALE
    return kinds


def _elatives(counts: Counts) -> Iterator[Entry]:
    """أسود → سوداء، سود; أعظم → عظمى، أعاظم."""
    for part, shapes in _ELATIVES.items():
        for lemma in counts.lemmas(part):
            cost = counts.cost(lemma, part) + _ELATIVE_COST
            if (found := _ELATIVE.fullmatch(lemma)) and cost <= _RAREST_ELATIVE:
                for shape in shapes:
                    for stem, kind in noun_stems(found.expand(shape), a.PLURAL):
                        yield stem, kind, lemma, cost, "noun"


def _irregular(counts: Counts) -> Iterator[Entry]:
    for lemma, forms in IRREGULAR.items():
        cost = min(counts.cost(lemma, "noun", "name"), _IRREGULAR_COST)
        for form in (lemma, *forms):
            for stem, kind in noun_stems(form, a.PLURAL):
                yield stem, kind, lemma, cost, "noun"
        for form in CONSTRUCTS.get(lemma, ()):
            yield form, a.INDEFINITE | a.OWNED, lemma, cost, "noun"
    yield "بن", a.PARTICLE, "بن", _IRREGULAR_COST, "particle"  # between names, never «his son»


def _verbs(counts: Counts) -> Iterator[Entry]:
    known = set(verbs())
    listed = {plain for _, plain, _ in known}
    for plain in counts.lemmas("verb") - listed:
        for vocalized in counts.vocalized[plain, "verb"]:
            known |= {(vocalized, plain, vowel) for vowel in ("ضمة", "كسرة", "فتحة")}
    kinds = (
        a.PAST, a.PAST_SHORT, a.PAST_LEAN,
        a.PRESENT | a.PRESENT_MANY, a.PRESENT_BARE, a.PRESENT_LEAN,
    )  # fmt: skip
    for vocalized, plain, vowel in known:
        if len(plain) < 2:
            continue
        cost = counts.cost(plain, "verb")
        stems = verb_stems(vocalized, plain, vowel)
        for kind, some in zip(kinds, stems, strict=True):
            for stem in filter(None, some):
                yield stem, kind, plain, cost, "verb"
        for stem in stems.past_short:
            if stem[-1] == "ن":  # كن + نا is written كنا
                yield stem + "ا", a.WHOLE, plain, cost, "verb"


def _particles(counts: Counts) -> Iterator[Entry]:
    listed = particles()
    for word in (counts.lemmas("particle") | set(listed)) - {""}:
        usual = _STOPWORD_COST if word in STOPWORDS else _PARTICLE_COST
        cost = min(counts.cost(word, "particle"), usual)
        takes_pronoun = word in _PRONOUN_TAKING if len(word) == 1 else listed.get(word, False)
        yield word, a.PARTICLE | (a.OWNED if takes_pronoun else 0), word, cost, "particle"
        if word[-1] == "ى" and len(word) < 5:  # عليه، إليهم
            yield word[:-1] + "ي", a.OWNED, word, cost, "particle"


def _names(counts: Counts) -> Iterator[Entry]:
    definite = {form[2:] for form in inflections() if form.startswith("ال")}
    irregular = {form for forms in CONSTRUCTS.values() for form in forms}
    for lemma in counts.lemmas("name") - irregular:
        if len(lemma) > 1:
            cost = counts.cost(lemma, "name")
            yield lemma, a.PLACE if lemma in definite else a.NAME, lemma, cost, "name"
            if lemma[-1] == "ة":
                yield lemma[:-1], a.FEM, lemma, cost + 5, "name"
