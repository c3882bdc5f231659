"""A light stemmer after Larkey, Ballesteros & Connell 2007 (light10)."""

_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")


def stem(word: str) -> str:
    """The word without its article, conjunction and commonest endings.

    >>> stem("والمسؤولون"), stem("بالجزائر")
    ('مسؤول', 'جزائر')
    """
    if word.startswith("و") and len(word) > 3 and not word.startswith("وال"):
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word
