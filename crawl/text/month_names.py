"""Month names from Rabat to Muscat: the one table of them, for reading and for writing.

Five systems in two calendars. `WRITTEN` spells them as papers print them; readers look words up in
their bare letters (أ إ آ → ا, ى → ي, ة → ه) and without the article of a second word, which many
writers leave off («كانون ثاني»).

>>> month_named("جمادى الأولى"), month_named("مايس"), month_named("سفير")
((True, 5), (False, 5), None)
"""

from __future__ import annotations

import re
from typing import Literal

from crawl.text.letters import bare_letters, without_marks

# A system of month names, by a land whose papers use it.
System = Literal["levant", "egypt", "algeria", "morocco", "hijri"]

_ROWS: dict[System, str] = {
    "levant": "كانون الثاني، شباط، آذار، نيسان، أيار، حزيران، "
    "تموز، آب، أيلول، تشرين الأول، تشرين الثاني، كانون الأول",
    "egypt": "يناير، فبراير، مارس، أبريل، مايو، يونيو، "
    "يوليو، أغسطس، سبتمبر، أكتوبر، نوفمبر، ديسمبر",
    "algeria": "جانفي، فيفري، مارس، أفريل، ماي، جوان، جويلية، أوت، سبتمبر، أكتوبر، نوفمبر، ديسمبر",
    "morocco": "يناير، فبراير، مارس، أبريل، ماي، يونيو، يوليوز، غشت، شتنبر، أكتوبر، نونبر، دجنبر",
    "hijri": "محرم، صفر، ربيع الأول، ربيع الآخر، جمادى الأولى، جمادى الآخرة، "
    "رجب، شعبان، رمضان، شوال، ذو القعدة، ذو الحجة",
}
# For each system its twelve names in the order of the year, as papers print them.
WRITTEN: dict[System, tuple[str, ...]] = {
    system: tuple(row.split("، ")) for system, row in _ROWS.items()
}

# What else is written for a month, in bare letters, `_` for a space: numbered and shortened names,
# Iraq's and old spellings; then English and French, which page templates leave untranslated.
_ALSO = {
    1: "كانون_2 ك2 ك_2 كانون_ثان january jan janvier",
    2: "فبرايير february feb fevrier",
    3: "march mar mars",
    4: "april apr avril",
    5: "مايس may mai",
    6: "يونيه june jun juin",
    7: "يوليه july jul juillet",
    8: "اغسطوس august aug aout",
    9: "سبتنبر september sept sep septembre",
    10: "تشرين_1 ت1 ت_1 october oct octobre",
    11: "تشرين_2 ت2 ت_2 تشرين_ثان november nov novembre",
    12: "كانون_1 ك1 ك_1 december dec decembre",
}
_ALSO_HIJRI = {
    1: "المحرم محرم_الحرام",
    2: "صفر_الخير",
    3: "ربيع_1 ربيع_الاولي",
    4: "ربيع_الثاني ربيع_ثان ربيع_2 ربيع_الاخره",
    5: "جمادي_الاول جمادي_1 جماد_الاول جماد_الاولي",
    6: "جمادي_الاخر جمادي_الثانيه جمادي_الثاني جمادي_2 "
    "جماد_الاخر جماد_الاخره جماد_الثاني جماد_الثانيه",
    9: "رمضان_المبارك",
    11: "ذي_القعده ذوالقعده ذيالقعده ذا_القعده",
    12: "ذي_الحجه ذوالحجه ذيالحجه ذا_الحجه",
}
_FRENCH = str.maketrans("éèûôà", "eeuoa")  # février, août
_ARTICLE = re.compile(r"(?<=_)ال")
# No month's name has more words.
MOST_WORDS = 2


def plain(text: str) -> str:
    """Text as the tables of times are spelled: bare letters, no marks, ASCII digits, lower case.

    >>> plain("١ شوّال ١٤٣٦هـ")
    '1 شوال 1436ه'
    """
    return plain_letters(without_marks(text)).lower()


def plain_letters(text: str) -> str:
    """Text of the same length, letter for letter as the tables are spelled, but for capitals."""
    return bare_letters(text).translate(_FRENCH)


def month_named(name: str) -> tuple[bool, int] | None:
    """Whether a month is one of the Hijra, and its number; None for what names no month."""
    key = _key(plain(name))
    if key in _HIJRI:
        return True, _HIJRI[key]
    return (False, _GREGORIAN[key]) if key in _GREGORIAN else None


def _key(name: str) -> str:
    return _ARTICLE.sub("", "_".join(name.split()))


def _table(systems: tuple[System, ...], also: dict[int, str]) -> dict[str, int]:
    written = {
        _key(plain(name)): month
        for system in systems
        for month, name in enumerate(WRITTEN[system], start=1)
    }
    return written | {_key(name): month for month, row in also.items() for name in row.split()}


def _pattern(table: dict[str, int]) -> str:
    """An alternation of names, longest first, with any space inside a name."""
    ordered = sorted(table, key=len, reverse=True)
    return "|".join(name.replace("_", r"\s{1,3}(?:ال)?") for name in ordered)


_GREGORIAN = _table(("levant", "egypt", "algeria", "morocco"), _ALSO)
_HIJRI = _table(("hijri",), _ALSO_HIJRI)
GREGORIAN_PATTERN = _pattern(_GREGORIAN)
# The names of each calendar as they stand in plain text, for a regular expression.
HIJRI_PATTERN = _pattern(_HIJRI)
