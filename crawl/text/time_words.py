"""The other words of time: units, weekdays, seasons, this and last and next, zones.

All as `crawl.text.month_names.plain` spells them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal


def _words(row: str) -> frozenset[str]:
    return frozenset(row.split())


Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]

# unit → one of it or several, then two of it, which Arabic says in one word.
_UNITS: dict[Unit, tuple[str, str]] = {
    "second": ("ثانيه ثوان ثواني second seconds", "ثانيتين"),
    "minute": ("دقيقه دقائق دقايق minute minutes", "دقيقتين"),
    "hour": ("ساعه ساعات hour hours", "ساعتين ساعتان"),
    "day": ("يوم ايام يوما day days", "يومين يومان"),
    "week": ("اسبوع اسابيع اسبوعا week weeks", "اسبوعين اسبوعان"),
    "month": ("شهر اشهر شهور شهرا month months", "شهرين شهران"),
    "year": ("سنه سنوات سنين عام اعوام عاما year years", "سنتين سنتان عامين عامان"),
}
UNITS: dict[str, Unit] = {
    name: unit for unit, (names, _) in _UNITS.items() for name in names.split()
}
TWO: dict[str, Unit] = {name: unit for unit, (_, names) in _UNITS.items() for name in names.split()}
PLURALS = _words("ثوان ثواني دقائق دقايق ساعات ايام اسابيع اشهر شهور سنوات سنين اعوام")
# Units of one length; months and years have several.
SECONDS: dict[Unit, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}

# As `date.weekday()` counts them; the last letters are lost where the hamza is.
_WEEKDAYS = (
    "اثنين monday lundi",
    "ثلاثاء ثلاثا tuesday mardi",
    "اربعاء اربعا wednesday mercredi",
    "خميس thursday jeudi",
    "جمعه friday vendredi",
    "سبت saturday samedi",
    "احد sunday dimanche",
)
WEEKDAYS = {name: number for number, row in enumerate(_WEEKDAYS) for name in row.split()}
# A season → its first month; winter is named by the year in which it ends.
SEASONS = {"شتاء": 12, "شتا": 12, "ربيع": 3, "صيف": 6, "خريف": 9}

THIS = _words("هذا هذه this الجاري الجاريه الحالي الحاليه الراهن الراهنه")
PAST = _words(
    "الماضي الماضيه الماضيين الماضيتين المنصرم المنصرمه المنصرمين المنصرمتين الفائت الفائته"
    " الفايت الفايته السابق السابقه المنقضي المنقضيه الفارط الفارطه last past"
)
LATEST = _words("الاخير الاخيره الاخيرين الاخيرتين")
FUTURE = _words("المقبل المقبله القادم القادمه التالي التاليه الاتي الاتيه next")

# Only zones without summer time are safe to name by a word, and letters that name one offset: «AST»
# is Arabia's or the Atlantic's.
ZONES = {
    "ksa": 3,
    "eet": 2,
    "eest": 3,
    "z": 0,
    "gmt": 0,
    "utc": 0,
    "غرينتش": 0,
    "جرينتش": 0,
    "غرينيتش": 0,
    "غرينتيش": 0,
    "مكه": 3,
    "السعوديه": 3,
    "الرياض": 3,
    "الكويت": 3,
    "الدوحه": 3,
    "ابوظبي": 4,
    "ابو ظبي": 4,
    "دبي": 4,
    "الامارات": 4,
}
