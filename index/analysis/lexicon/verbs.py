"""Verbs: the written stems of an Arabic verb, from its dictionary form.

A verb is looked up by stem: what is left of يقولون without its person prefix and ending. Vowels
are not written, so a verb has few stems; the weak ones have more. The classes are those of any
grammar (Wright, A Grammar of the Arabic Language, I §§ 35–180); nothing here is a list of verbs.
"""

from typing import NamedTuple

SHADDA = "ّ"
SUKUN = "ْ"
FATHA = "َ"


class VerbStems(NamedTuple):
    """The unvocalised stems of one verb, by what may follow them.

    `past` takes no ending or one that begins with a vowel (قالَ، قالت، قالوا); `past_short` the
    endings that begin with a consonant (قلت، قلنا); `past_lean` only ت and وا, for verbs that lose
    their last letter (رمت، رموا). `present` follows ي ت ن أ and takes no ending or ون ين ان;
    `present_bare` takes no ending (jussive: لم يقل); `present_lean` takes ون ين (يرمون).
    """

    past: tuple[str, ...]
    past_short: tuple[str, ...]
    past_lean: tuple[str, ...]
    present: tuple[str, ...]
    present_bare: tuple[str, ...]
    present_lean: tuple[str, ...]


def verb_stems(vocalized: str, plain: str, present_vowel: str) -> VerbStems:
    """The stems of a verb given vocalised, bare, and with its middle vowel in the present.

    >>> verb_stems("قَالَ", "قال", "ضمة").present
    ('قول', 'قال')
    >>> verb_stems("اِسْتَقَالَ", "استقال", "فتحة").past_short
    ('استقل',)
    """
    doubled = vocalized.rstrip(FATHA).endswith(SHADDA)
    past, past_short, past_lean = _past(plain, doubled)
    present = _present(vocalized, plain, present_vowel, doubled)
    bare: list[str] = []
    lean: list[str] = []
    for stem in present:
        if stem[-1] in "ويى" and plain[-1] in "اىي":
            bare.append(stem[:-1])
            lean.append(stem[:-1])
        elif len(stem) > 1 and stem[-2] in "ويا" and plain[-2] == "ا" and not doubled:
            bare.append(stem[:-2] + stem[-1])
    if doubled:
        bare += [stem + stem[-1] for stem in present]
    return VerbStems(past, past_short, past_lean, present, tuple(bare), tuple(lean))


def _past(plain: str, doubled: bool) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    body, last = plain[:-1], plain[-1]
    if last == "ى":  # رمى: رماه، رميت، رمت، رموا
        return (plain, body + "ا"), (body + "ي",), (body,)
    if last == "ا":  # دعا: دعوت، دعت
        return (plain,), (body + "و",), (body,)
    if last == "ي":  # رضي: رضيت، رضوا
        return (plain,), (plain,), (body,)
    if doubled:  # مدّ: مددت
        return (plain,), (plain + last,), ()
    if len(plain) > 2 and plain[-2] == "ا" and plain[-3] not in "اآ":  # قال: قلت؛ استقال: استقلت
        short = plain[:-2] + last.replace("ء", "ئ")  # جاء: جئت
        passive = plain[:-2] + "ي" + last
        return (*_hamza_seats(plain), passive), (short,), ()
    stems = _hamza_seats(plain)
    if len(plain) == 3 and plain[1] == "أ":  # سأل: سئل
        stems += (plain[0] + "ئ" + plain[2],)
    if len(plain) == 4 and plain[1] == "ا":  # لاحظ: لوحظ
        stems += (plain[0] + "و" + plain[2:],)
    return stems, stems, ()


def _hamza_seats(stem: str) -> tuple[str, ...]:
    """A stem that ends in hamza under each seat that endings give it: قرأ، قرؤ(وا)، قرئ."""
    if stem[-1] not in "أءئؤ":
        return (stem,)
    return tuple(dict.fromkeys((stem, stem[:-1] + "ؤ", stem[:-1] + "ئ", stem[:-1] + "ء")))


def _present(vocalized: str, plain: str, vowel: str, doubled: bool) -> tuple[str, ...]:
    second_is_still = SUKUN in vocalized[2:4]
    if len(plain) <= 3 and not (SHADDA in vocalized and not doubled):
        if plain[0] == "أ" and doubled and len(plain) == 3:
            return (plain[1:],)  # form IV: أعدّ يعدّ
        return _present_of_three(plain, vowel, doubled)
    if plain[0] == "أ" and (second_is_still or len(plain) >= 4):
        return _ends(_open(plain[1:]), plain)  # form IV: أعلن يعلن
    if plain[0] == "آ":  # آمن يؤمن؛ آخذ يؤاخذ
        return ("ؤ" + plain[1:], "ؤا" + plain[1:])
    if plain[0] == "ا":  # VII–X: انطلق ينطلق
        stem = plain[1:]
        return _ends(_open(stem) if stem.startswith("ست") else stem.replace("أ", "ئ"), plain)
    if plain[0] == "أ":  # form II: أكّد يؤكّد
        return _ends("ؤ" + plain[1:], plain)
    if plain[0] == "ت":  # V, VI: تولّى يتولّى
        return _hamza_seats(plain) if plain[-1] != "ى" else (plain, plain[:-1] + "ا")
    return _ends(plain, plain)


def _present_of_three(plain: str, vowel: str, doubled: bool) -> tuple[str, ...]:
    if len(plain) == 2 or doubled:
        return (plain,)
    first, middle, last = plain[0], plain[1], plain[2]
    if middle == "ا":  # hollow: يقول، يبيع، يخاف, and the passive يقال
        long = {"ضمة": "و", "كسرة": "ي"}.get(vowel, "ا")
        active = (first + long + seat for seat in _seats(last))
        return tuple(dict.fromkeys([*active, plain]))
    if last in "اىي":  # defective: يدعو، يرمي، يسعى, and the passive يدعى
        end = {"ضمة": "و", "كسرة": "ي"}.get(vowel, "ى")
        stems = [first + middle + end, first + middle + "ى", first + middle + "ا"]
        if middle == "أ":  # رأى يرى
            stems += [first + "ى", first + "ا"]
        if first == "و":  # وعى يعي
            stems += [stem[1:] for stem in stems]
        return tuple(dict.fromkeys(stems))
    if first == "و":  # وعد يعد؛ وضع يضع; the passive يوعد keeps it
        return (plain[1:], plain)
    return tuple(dict.fromkeys([*_hamza_seats(plain), *_middle_seats(plain)]))


def _seats(last: str) -> tuple[str, ...]:
    return ("ء", "ئ", "ؤ") if last == "ء" else (last,)


def _middle_seats(plain: str) -> tuple[str, ...]:
    """سأل يسأل يُسأل، سئم يسأم: the middle hamza moves."""
    if plain[1] not in "أئؤ":
        return (plain,)
    return tuple(plain[0] + seat + plain[2] for seat in "أئؤ")


def _open(stem: str) -> str:
    """The long vowel of forms IV and X in the present: ستقال → ستقيل."""
    return stem[:-2] + "ي" + stem[-1] if len(stem) > 2 and stem[-2] == "ا" else stem


def _ends(stem: str, plain: str) -> tuple[str, ...]:
    """A derived present stem with the ending of active and passive: يعطي، يعطى، يعطاه."""
    if stem[-1] in "ىا" and plain[-1] in "ىا":
        return (stem[:-1] + "ي", stem[:-1] + "ى", stem[:-1] + "ا")
    if len(stem) > 2 and stem[-2] == "ي" and plain[-2] == "ا":
        return (*_hamza_seats(stem), stem[:-2] + "ا" + stem[-1])
    return _hamza_seats(stem)
