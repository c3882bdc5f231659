"""What one line says about the writer: persons, an agency, the paper itself, and how surely.

A line is taken apart at its dashes and commas, places, dates and photographers are set aside, and
what is left must look like persons' names. Which line to believe is for `author` to judge.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from crawl.extract.tree.boilerplate import fold
from crawl.text.dates import without_dates
from crawl.text.letters import bare_letters

_DATA = tomllib.loads((files("crawl.extract.metadata") / "bylines.toml").read_text("utf-8"))
_WAYS: dict[str, list[str]] = _DATA["agencies"]
_AGENCIES = {way: name for name, ways in _WAYS.items() for way in ways}
_WORDS = _DATA["words"]
_PLACES = frozenset(_WORDS["places"])
_NOT_NAMES = frozenset(_WORDS["not_names"])
_GIVEN = frozenset(_WORDS["given_names"])
WEAK_LABELS = frozenset(_WORDS["weak_labels"])
_LABEL_WORDS = "|".join(sorted(_WORDS["labels"], key=len, reverse=True))
_PARTS = re.compile(r"\s*[|/\\،,:()\[\]«»\"“”•·–—ـ]+\s*|\s+-+\s*|\s*-+\s+|\s+و\s+")
_LISTED = re.compile(r"[،,]|\sو\s")
LABEL = re.compile(
    rf"(?P<label>{_LABEL_WORDS})(?P<mark>\s{{0,3}}[:：/\-–—ـ،,|])?(?:\s+|$|(?<=\W))", re.I
)
_ACADEMIC = re.compile(r"^(?:[ادم]\s?[./]\s?){1,2}|^(?:الدكتوره?|الاستاذه?|المهندسه?)\s")
_SOURCE = re.compile(r"^\W*(?:المصدر|مصدر|نقلا عن|source)\W+")
_NAME_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3]{2,14}")
_LATIN_NAME = re.compile(
    r"[A-Z][a-zà-ÿ'’]+(?:-[A-Z]?[a-zà-ÿ'’]+)*(?: [A-Z][a-zà-ÿ'’.]*(?:-[A-Z]?[a-zà-ÿ'’]+)*){1,3}"
)
# «تصوير: …», «عدسة …»: what follows is no writer.
_PICTURED = re.compile(
    rf"(?:^|[\s(|/\-–—،,])(?:{'|'.join(_WORDS['pictures'])})(?:\s?[:：/\-–—]|\s).*$"
)
_LONG_DASH = re.compile(r"(?<!\w)ـ+(?!\w)|\sـ+\s")
_AROUND = " -–—|/،,:.()"  # what stands around a byline
_HANDLE = re.compile(r"@[A-Za-z0-9_]+")
# «بقلم : … قسم : …»: what stands beside the writer on the same line.
_OTHER_FIELD = re.compile(r"\s(?:ال)?(?:قسم|تصنيف|مشاهدات|تعليقات|عدد|تاريخ)\s*:.*$|\sللنشرة\s.*$")
_SINGLE = 4.0  # a label with a colon: then one given name is a writer's
LABELLED = 3.0
# What an unlabelled name has going for it; benchmarks/pages.py chose the values.
_WITH_STRANGE_PLACE = 0.8  # what may be a city: a caption has two names too
_WITH_PLACE = 1.6  # a city, an agency or the paper on the same line
WITH_DATE = 1.2  # the day on the same line or the next
_FAMILIAR = 0.8  # a common given name comes first
_STRANGE = -0.4
_SEVERAL = -0.4  # two names without a label are seldom the writers'
MOST_WRITERS = 4  # more are a newsroom


class BylineParts(NamedTuple):
    """What one line says about the writers; `weight` is how surely it says it."""

    person: str = ""
    agency: str = ""
    weight: float = 0.0
    organisation: bool = False  # the line credits an agency or the site itself


class _Sorted(NamedTuple):
    """The parts of a line: who may be persons, and what else stands there."""

    people: list[str]
    agency: str
    organisation: bool
    place: bool


def read_line(
    text: str, site: frozenset[str] = frozenset(), *, vouched: bool = False
) -> BylineParts:
    """What a line says about the writers; a single word is one where markup has `vouched`.

    >>> read_line("كتب: سامي الخطيب - القاهرة")
    BylineParts(person='سامي الخطيب', agency='', weight=3.0, organisation=False)
    >>> read_line("إعداد: سامي الخطيب، منى السعدي").person
    'سامي الخطيب، منى السعدي'
    >>> read_line("الرياض – واس")
    BylineParts(person='', agency='واس', weight=0.0, organisation=True)
    """
    spaced = _HANDLE.sub(" ", _LONG_DASH.sub(" - ", _OTHER_FIELD.sub("", text)))
    plain = without_dates(spaced).strip(_AROUND)
    dated = len(plain) < len(text.strip(_AROUND)) - 4
    if pictured := _PICTURED.search(bare_letters(plain)):
        plain = plain[: pictured.start()]
    source = _SOURCE.match(bare_letters(plain))
    label = None if source else LABEL.match(bare_letters(plain))
    strength = _strength(label)
    rest = (
        plain[label.end() :] if label and strength else plain[source.end() :] if source else plain
    )
    parts = _sorted(rest, site)
    vouching = site if vouched else None
    people, guessed = _writers(parts.people, rest, strength, vouching)
    if not people or (source and not strength):
        credited = (not parts.people or source is not None) and parts.organisation
        return BylineParts("", parts.agency if credited else "", 0.0, credited)
    familiar = all(map(_is_familiar, people))
    weight = strength if familiar or strength >= 3.5 else strength - 1
    if not strength:
        beside = parts.place or parts.organisation
        weight = (
            max(_WITH_PLACE * beside, _WITH_STRANGE_PLACE * guessed)
            + WITH_DATE * dated
            + (_FAMILIAR if familiar else _STRANGE)
            + _SEVERAL * (len(people) > 1)
        )
    return BylineParts("، ".join(people), parts.agency, weight, parts.organisation)


def _sorted(text: str, site: frozenset[str]) -> _Sorted:
    people: list[str] = []
    agency, organisation, place = "", False, False
    for part in chain.from_iterable(map(_apart, _PARTS.split(text))):
        key = fold(part)
        if key in _AGENCIES:
            organisation = True
            own = any(_is_site(way, site) for way in _WAYS[_AGENCIES[key]])
            agency = agency or ("" if own else _AGENCIES[key])
        elif key in _PLACES:
            place = True
        elif key and _is_site(key, site):
            organisation = True
        elif key:
            people.append(_without_title(part))
    return _Sorted(people, agency, organisation, place)


def _apart(part: str) -> list[str]:
    """Two names that «و» joins without a blank: «سامي الخطيب ومنى السعدي»."""
    words = part.split()
    for place in range(2, len(words) - 1):
        key = fold(words[place])
        if key[:1] == "و" and key not in _GIVEN and key[1:] in _GIVEN:
            return [" ".join(words[:place]), " ".join([words[place][1:], *words[place + 1 :]])]
    return [part]


def _writers(
    people: list[str], text: str, strength: float, site: frozenset[str] | None
) -> tuple[list[str], bool]:
    """The persons among the parts of a line, and whether the other is guessed a place.

    `site` is given where the markup vouches for a writer.
    """
    named = [person for person in people if is_name(person)]
    known = [person for person in named if _is_familiar(person)]
    if len(people) == 1:
        given = strength >= _SINGLE and fold(people[0]) in _GIVEN
        one = site is not None and _is_one_name(people[0], site)
        return (people if named or given or one else []), False
    listed = (strength > 0 or site is not None) and _LISTED.search(text) is not None
    several = 1 < len(people) <= MOST_WRITERS and len(named) == len(people)
    if several and (len(known) == len(people) or (listed and known)):
        return [_without_and(person) for person in people], False
    if len(people) == 2 and len(known) == 1:  # the other is a place that no list has
        return known, True
    return [], False


def _without_and(person: str) -> str:
    """A name without the «و» that joins it to the one before."""
    first = fold(person).split()[0]
    joined = first not in _GIVEN and first.removeprefix("و") in _GIVEN
    return person.removeprefix("و") if joined else person


def _is_one_name(word: str, site: frozenset[str]) -> bool:
    """Whether one word may be a writer's: no section, no word of the paper's name."""
    key = fold(word)
    return (
        len(word) > 2
        and not word.startswith("ال")
        and _NAME_WORD.fullmatch(word) is not None
        and key not in _NOT_NAMES
        and all(key not in name.split() for name in site)
    )


def _is_familiar(person: str) -> bool:
    """Whether a common given name comes first."""
    return fold(person).split()[0].removeprefix("و") in _GIVEN


def _strength(label: re.Match[str] | None) -> float:
    if label is None:
        return 0.0
    weak = label["label"] in WEAK_LABELS
    return (3.0 if weak else 4.0) if label["mark"] else (2.2 if weak else 3.0)


def _without_title(part: str) -> str:
    found = _ACADEMIC.match(bare_letters(part))
    return part[found.end() :].strip() if found else part.strip(" .")


def _is_site(key: str, site: frozenset[str]) -> bool:
    joined = key.replace(" ", "")
    return any(
        joined == name.replace(" ", "")
        or (len(key) > 3 and f" {key} " in f" {name} ")
        or (len(name) > 4 and f" {name} " in f" {key} ")
        for name in site
    )


def is_name(text: str) -> bool:
    """Whether a text could be one or two persons' names, by the look of its words.

    >>> is_name("منى عبد الله السعدي"), is_name("أخبار العالم اليوم")
    (True, False)
    """
    words = [word.strip(".") for word in text.split()]
    if words[:1] == ["على"]:  # the preposition; «علي», or «على» as Egypt prints it, is a name
        return False
    if not 2 <= len(words) <= 7 or any(fold(word) in _NOT_NAMES for word in words):
        return False
    return _LATIN_NAME.fullmatch(text) is not None or all(map(_NAME_WORD.fullmatch, words))


def is_labelled(text: str) -> bool:
    """Whether a line begins «بقلم: », «إعداد - » or another sure mark of a byline."""
    return _strength(LABEL.match(bare_letters(text.lstrip("( ")))) >= LABELLED


def is_said_after(text: str) -> bool:
    """Below the text only a labelled line or a source in brackets is about this article."""
    return bool(_SOURCE.match(bare_letters(text)) or text.startswith("(") or is_labelled(text))
