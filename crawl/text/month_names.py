"""The words that dates are made of: five systems of month names, two calendars, zones, spans.

All in folded spelling (أ إ آ → ا, ى → ي, ة → ه), with `_` for a space inside a name. Tables in the
order of the year, so that a missing name is seen at a glance.
"""

from __future__ import annotations

from datetime import timedelta

# month → its names: Egypt and the Gulf, the Levant and Iraq, Algeria and Tunisia, Morocco; then
# English and French, which page templates leave untranslated.
GREGORIAN = {
    1: "يناير كانون_الثاني كانون_ثاني كانون_2 ك2 جانفي january jan janvier",
    2: "فبراير شباط فيفري february feb fevrier",
    3: "مارس اذار march mar mars",
    4: "ابريل نيسان افريل april apr avril",
    5: "مايو مايس ايار ماي may mai",
    6: "يونيو يونيه حزيران جوان june jun juin",
    7: "يوليو يوليه تموز جويليه يوليوز july jul juillet",
    8: "اغسطس اب اوت غشت august aug aout",
    9: "سبتمبر ايلول شتنبر september sept sep septembre",
    10: "اكتوبر تشرين_الاول تشرين_اول تشرين_1 ت1 october oct octobre",
    11: "نوفمبر تشرين_الثاني تشرين_ثاني تشرين_2 ت2 نونبر november nov novembre",
    12: "ديسمبر كانون_الاول كانون_اول كانون_1 ك1 دجنبر december dec decembre",
}
HIJRI = {
    1: "محرم المحرم",
    2: "صفر",
    3: "ربيع_الاول ربيع_اول ربيع_1",
    4: "ربيع_الاخر ربيع_الثاني ربيع_ثاني ربيع_2",
    5: "جمادي_الاولي جمادي_الاول جمادي_1",
    6: "جمادي_الاخره جمادي_الاخر جمادي_الثانيه جمادي_الثاني جمادي_2",
    7: "رجب",
    8: "شعبان",
    9: "رمضان",
    10: "شوال",
    11: "ذو_القعده ذي_القعده ذوالقعده ذيالقعده",
    12: "ذو_الحجه ذي_الحجه ذوالحجه ذيالحجه",
}
# «منذ …»: how long one of each is; Arabic has its own word for two.
SPANS = {
    "ثانيه ثوان ثواني": timedelta(seconds=1),
    "دقيقه دقائق دقايق": timedelta(minutes=1),
    "ساعه ساعات": timedelta(hours=1),
    "يوم ايام يوما": timedelta(days=1),
    "اسبوع اسابيع اسبوعا": timedelta(days=7),
}
TWO = {
    "دقيقتين": timedelta(minutes=2),
    "ساعتين": timedelta(hours=2),
    "يومين": timedelta(days=2),
    "اسبوعين": timedelta(days=14),
}
# Only zones without summer time are safe to name by a word.
ZONES = {
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
MONTHS = {name: month for month, row in GREGORIAN.items() for name in row.split()}
HIJRI_MONTHS = {name: month for month, row in HIJRI.items() for name in row.split()}
UNITS = {name: span for row, span in SPANS.items() for name in row.split()}


def alternation(table: dict[str, int]) -> str:
    """Return an alternation of the names, longest first, with any space inside a name."""
    ordered = sorted(table, key=len, reverse=True)
    return "|".join(name.replace("_", r"\s{1,3}") for name in ordered)
