"""Abbreviations that papers print and what they stand for; either finds the other."""

# A short form and its long ones, as one would type them.
ABBREVIATIONS = {
    short: tuple(long.split())
    for short, long in {
        "د": "دكتور",
        "كم": "كيلومتر كلم",
        "كلم": "كيلومتر",
        "سم": "سنتيمتر",
        "كغ": "كيلوغرام",
        "كجم": "كيلوغرام كيلوجرام",
    }.items()
}

# «Son of» and «house of» between names: as spelled, since بن is no «sons».
LINKS_OF_NAMES = {"بن": "ابن", "ابن": "بن", "آل": "ال", "ال": "آل"}


def in_full(exact: str) -> tuple[str, ...]:
    """What an exact form is short for."""
    return ABBREVIATIONS.get(exact, ())


def in_short(lemma: str) -> tuple[str, ...]:
    """The short forms of a lemma."""
    return tuple(short for short, long in ABBREVIATIONS.items() if lemma in long)
