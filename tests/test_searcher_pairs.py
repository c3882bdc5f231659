"""Pairs: what readers type and what papers write, as they must meet and must not."""

from __future__ import annotations

import pytest

from searcher import explain

# A hyphen stands for a blank.
EITHER_WAY = """
شوون شؤون · نتايج نتائج · وسايل وسائل · الاربعا الأربعاء · الأخرين الآخرين · أدارة إدارة
أجراءات إجراءات · شئ شيء · ملئ مليء · بطئ بطيء · جامعه جامعة · عمليه عملية · هاله هالة · مروه مروة
يحيي يحيى · مهى مها · علی على · هذة هذه · الى إلى · فى في · ان أن · انه أنه · التى التي · الذى الذي
اذا إذا · ايضا أيضا · سورية سوريا · صحافي صحفي · أربعمائة أربعمئة · الرحمان الرحمن
اسمعيل إسماعيل · اسحق إسحاق · بوتن بوتين · سيرغي سيرجي · كوسوفا كوسوفو · انواكشوط نواكشوط
عاااجل عاجل · مبروووك مبروك · أربعمئة 400 · الثالث 3 · كلم كم
ٱلْقِيَٰمَة القيامة · أَمْوَٰتًا أموات · ءامنوا آمنوا
عبدالله عبد-الله · رؤية2030 رؤية-2030 · كوفيد19 كوفيد-19 · 1500طن 1500-طن · BBCعربي BBC-عربي
لاشيء لا-شيء · يارب يا-رب · آل-ثاني ال-ثاني · القاهرة-و-بيروت القاهرة-وبيروت · 20-ألفا 20-ألف
12.345 12345 · 12-345 12345 · U.S. US · د.-محمد الدكتور-محمد
"""

ONE_WAY = [
    ("رئيس الوزرا", "رئيس الوزراء"),
    ("G20", "G-20"),
    ("COVID19", "COVID-19"),
    ("covid 19", "COVID-19"),
    ('"القاهرة و بيروت"', "بين القاهرة وبيروت"),
    ('"20 ألف"', "20 ألفا"),
    ('"محمد بن عبدالله"', "محمد بن عبد الله"),
    ("ثلاثة عشر", "13"),
    ("عِلْم", "علم"),
    ("علم", "عَلَم"),
]

NAMES = [
    ("jeddah", "جدة"),
    ("mosul", "الموصل"),
    ("sanaa", "صنعاء"),
    ("khamenei", "خامنئي"),
    ("al houthi", "الحوثي"),
    ("bashar al assad", "بشار الأسد"),
    ("abdel rahman", "عبدالرحمن"),
    ("abdel rahman", "عبد الرحمن"),
    ("abd-al-rahman", "عبد الرحمن"),
    ("abd al rahman", "عبد الرحمن"),
    ("bin salman", "بن سلمان"),
    ("ali", "علي"),
    ("fahd", "فهد"),
    ("doha", "الدوحة"),
    ("جوجل", "Google"),
    ("google", "غوغل"),
]

PLACES_WITH_PARTICLES = [
    ("جدة", "بجدة"),
    ("تعز", "وتعز"),
    ("عدن", "وعدن"),
    ("مأرب", "ومارب"),
    ("ينبع", "وينبع"),
    ("أوكرانيا", "وبأوكرانيا"),
    ("سوريا", "وسورية"),
    ("بوتين", "ولبوتين"),
]

# What is spelled alike and is another word.
APART = """
المنصور من-صور · المنامة من-أمة · أبها أبو · أبها أبي · سرت سير · سرت يسير · بنها بن · تعز عز
صعدة صاعد · بن للبنين · السيسي فيس · زيد يزيد · إعلام أعلام · الحج لحج · أوتا بيوتا · وجوبا جوبا
قطار قطر · غات لغات · حوث وبحوث · ليون بليون
"""


def _pairs(written: str) -> list[str]:
    return written.strip().replace("\n", " · ").split(" · ")


def _pair(written: str) -> tuple[str, str]:
    one, other = written.split()
    return one.replace("-", " "), other.replace("-", " ")


@pytest.mark.parametrize("written", _pairs(EITHER_WAY))
def test_the_spellings_of_one_word_meet_both_ways(written: str) -> None:
    """Whoever types one finds the other."""
    one, other = _pair(written)
    assert explain(one, other).match
    assert explain(other, one).match


@pytest.mark.parametrize(("typed", "text"), ONE_WAY + NAMES + PLACES_WITH_PARTICLES)
def test_what_is_typed_finds_what_is_written(typed: str, text: str) -> None:
    """Runs of letters and digits, phrases, names in Latin letters, particles before a place."""
    assert explain(typed, text).match


@pytest.mark.parametrize("written", _pairs(APART))
def test_words_that_look_alike_stay_apart(written: str) -> None:
    """Names are no inflections, a contradicted hamza is another word."""
    one, other = _pair(written)
    assert not explain(one, other).match
    assert not explain(other, one).match


def test_a_name_is_not_conjugated() -> None:
    """Whoever asks for Hasan means no verb; who asks for the verb may mean the adjective."""
    assert not explain("حسن", "تحسن").match
