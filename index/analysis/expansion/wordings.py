"""Wordings: other ways to write neighbouring words of a query, as far as an index holds them."""

from collections.abc import Iterator, Sequence

from index.analysis.expansion.compounds import Rewriting, rewritings
from index.analysis.expansion.number_words import added_up, spelled_out
from index.analysis.expansion.variants import variants_of
from index.analysis.expansion.vocabulary import Vocabulary
from index.analysis.text.folding import fold
from index.analysis.text.word_file import user_words


def joined_variants(words: Sequence[str], vocabulary: Vocabulary) -> list[Rewriting]:
    """The other ways to write neighbouring words of a query: two as one, one as two, synonyms.

    Only what the index holds. Read `spelled` as a phrase in the place of `words[start:end]`, each
    of its words with its own `variants`.
    """
    exact = list(map(fold, words))
    possible = list(rewritings(words, exact))
    possible += [Rewriting(start, end, (one,)) for start, end, one in added_up(exact)]
    possible += [
        Rewriting(i, i + 1, parts) for i, word in enumerate(exact) if (parts := spelled_out(word))
    ]
    halves = list({part for one in possible if one.halves for part in one.spelled})
    counts = vocabulary.frequencies("exact", halves) if halves else []
    held = {part for part, count in zip(halves, counts, strict=True) if count}
    others = list({part for one in possible if not one.halves for part in one.spelled})
    found = variants_of(others, vocabulary) if others else []
    known = {part for part, some in zip(others, found, strict=True) if some}
    return [
        one for one in possible if (held if one.halves else known).issuperset(one.spelled)
    ] + list(_phrases(exact))


def _phrases(exact: Sequence[str]) -> Iterator[Rewriting]:
    """The user's synonyms of more than one word, on either side."""
    synonyms = user_words().synonyms
    longest = max((len(one.split()) for one in synonyms), default=0)
    for start in range(len(exact)):
        for end in range(start + 1, min(start + longest, len(exact)) + 1):
            for phrase in synonyms.get(" ".join(exact[start:end]), ()):
                if end - start > 1 or len(phrase) > 1:
                    yield Rewriting(start, end, phrase)
