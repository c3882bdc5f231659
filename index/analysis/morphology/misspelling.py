"""Misspelling: what it costs that a written stem has other letters than the dictionary's.

Each pair of letters has a price, in tenths of a power of ten as everything that readings cost: the
oftener writers confuse two letters, the less. A letter left out is dear, one contradicted (إعلام
for أعلام) dearer still; `benchmarks.matching` and the pairs of `benchmarks.readers` chose the
prices.
"""

# A letter of the text in the place of a letter of the dictionary, and what the difference costs.
_PRICES = {
    ("ا", "أ"): 6,
    ("ا", "إ"): 6,
    ("ا", "آ"): 9,
    ("ى", "ي"): 15,
    ("ي", "ى"): 10,
    ("ه", "ة"): 10,
    ("أ", "ا"): 16,
    ("إ", "ا"): 12,
    ("ئ", "ؤ"): 6,
    ("ؤ", "ئ"): 8,
    ("أ", "ؤ"): 10,
    ("و", "ؤ"): 12,  # موتمر
    ("ي", "ئ"): 12,  # نتايج
    ("ج", "غ"): 8,  # of names alone: الجابون
    ("أ", "آ"): 16,  # الأخرين
    ("أ", "إ"): 30,  # أدارة
    ("إ", "أ"): 30,
    ("إ", "آ"): 30,
    ("آ", "أ"): 60,
    ("آ", "إ"): 60,
    ("ه", "ا"): 14,  # كنده
    ("ى", "ا"): 12,  # مهى
}
_OTHER_LETTER = 20
# A final hamza left out or put beside its seat: الوزرا, ملئ, لاجيء.
_OTHER_LENGTH = 13


def misspelling(written: str, spelled: str) -> int:
    """The cost of a written stem for one that a dictionary spells otherwise.

    >>> misspelling("موتمر", "مؤتمر"), misspelling("اعلام", "إعلام")
    (12, 6)
    """
    if written == spelled:
        return 0
    if len(written) != len(spelled):
        return _OTHER_LENGTH
    return sum(
        _PRICES.get((w, s), _OTHER_LETTER) for w, s in zip(written, spelled, strict=True) if w != s
    )
