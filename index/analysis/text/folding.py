"""Letters: one spelling for every way the same Arabic word can be encoded or decorated.

The first step of analysis, on single words that `tokenizer.pieces` has found. `fold` removes what a
reader does not see or does not type (vowel marks, tatweel, invisible marks) and brings foreign
code points for Arabic letters home. It keeps what tells words apart (hamza, ة, ى), because
«إعداد» is not «أعداد». `key` drops those too and is what stems are looked up by.
"""

import re
import unicodedata
from functools import lru_cache

from crawl.text.letters import ALEF_FORMS, ENDINGS, FOREIGN_LETTERS, SEATED_HAMZA, without_marks
from index.analysis.text.numbers import plain_marks

# Characters of a form; the rest of a longer word is dropped.
LONGEST = 64

_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a0-9]+").fullmatch

_UNUSUAL = re.compile(r"ىء$|^.?ء[اأ]|(.)\1\1").search
# Three of a letter and more: a long vowel once (عاااجل), another twice, which may be meant (ممميز).
_ELONGATED = re.compile(r"(?P<long>[اويىه])(?P=long){2,}|(?P<other>[ء-ي])(?P=other){2,}")
_EARLY_MADDA = re.compile("^([وفبلك]?)ءا")  # ءامنوا, as the Quran spells it
_EARLY_HAMZA = re.compile("^([وفبلك]?)ءأ")  # ءأنت
_STRAY_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")

_HOMEWARDS = str.maketrans(FOREIGN_LETTERS)
_KEY = str.maketrans(ALEF_FORMS | SEATED_HAMZA | ENDINGS)


def fold(word: str) -> str:
    """The one spelling under which a written word is indexed; may be empty if nothing is left.

    Idempotent; never longer than `LONGEST`.

    >>> fold("مُحَمَّـــد"), fold("ﻭﺯﻳﺮ"), fold("٢٠١٥"), fold("Café")
    ('محمد', 'وزير', '2015', 'cafe')
    """
    if _PLAIN(word) and len(word) <= LONGEST and not _UNUSUAL(word):
        return word
    folded = _fold_once(word)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def key(word: str) -> str:
    """A folded word, letter for letter, as the most careless writer would spell it.

    >>> key("إسلامية"), key("مصطفى"), key("مسؤول")
    ('اسلاميه', 'مصطفي', 'مسءول')
    """
    return word.translate(_KEY)


def loose(word: str) -> str:
    """The key of a word without free-standing hamza, by which unknown words are compared.

    >>> loose("سيناء"), loose("أردوغان"), loose("سيئول")
    ('سينا', 'اردوغان', 'سيول')
    """
    return key(word).replace("ء", "")


def _fold_once(word: str) -> str:
    word = plain_marks(unicodedata.normalize("NFKC", word))
    if word.endswith("ی"):  # stands for ى as often as for ي; ى is the spelling that leaves it open
        word = word[:-1] + "ى"
    word = without_marks(word.translate(_HOMEWARDS))
    kept = "".join(map(_plain_letter, word.casefold()))
    kept = unicodedata.normalize("NFKC", _STRAY_POINT.sub("", kept))[:LONGEST]
    kept = _EARLY_HAMZA.sub(r"\1أأ", _EARLY_MADDA.sub(r"\1آ", kept))
    kept = _ELONGATED.sub(r"\g<long>\g<other>\g<other>", kept)
    return kept[:-2] + "ئ" if kept.endswith("ىء") else kept


@lru_cache(4096)
def _plain_letter(letter: str) -> str:
    """A letter or digit without its accent (é → e, ٣ → 3); nothing for every other character."""
    if _PLAIN(letter):  # decomposition would take the hamza off its seat
        return letter
    if letter == ".":  # a word holds one between digits only
        return letter
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if unicodedata.category(part)[0] in "LN")
