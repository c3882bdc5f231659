"""What one line says about the writer: a person, an agency, the paper itself, and how surely.

A line is taken apart at its dashes, places and dates are set aside, and what is left must look like
a person's name. Which line to believe is for `author` to judge.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
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
_PARTS = re.compile(r"\s*[|/\\،,:()\[\]«»\"“”•·–—ـ]+\s*|\s+-+\s*|\s*-+\s+")
LABEL = re.compile(
    rf"(?P<label>{_LABEL_WORDS})(?P<mark>\s{{0,3}}[:：/\-–—ـ،,|])?(?:\s+|$|(?<=\W))", re.I
)
_ACADEMIC = re.compile(r"^(?:[ادم]\s?[./]\s?){1,2}|^(?:الدكتوره?|الاستاذه?|المهندسه?)\s")
_SOURCE = re.compile(r"^\W*(?:المصدر|مصدر|نقلا عن|source)\W+")
_NAME_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3]{2,14}")
_LATIN_NAME = re.compile(r"[A-Z][a-zé'’-]+(?: [A-Z][a-zé'’.-]*){1,3}")
_LONG_DASH = re.compile(r"(?<!\w)ـ+(?!\w)|\sـ+\s")
_HANDLE = re.compile(r"@[A-Za-z0-9_]+")
# «بقلم : … قسم : …»: what stands beside the writer on the same line.
_OTHER_FIELD = re.compile(r"\s(?:ال)?(?:قسم|تصنيف|مشاهدات|تعليقات|عدد)\s*:.*$")
_SINGLE = 4.0  # a label with a colon: then one given name is a writer's
LABELLED = 3.0
# What an unlabelled name has going for it; benchmarks/pages.py chose the values.
_WITH_STRANGE_PLACE = 0.8  # what may be a city: a caption has two names too
_WITH_PLACE = 1.6  # a city, an agency or the paper on the same line
WITH_DATE = 1.2  # the day on the same line or the next
_FAMILIAR = 0.8  # a common given name comes first
_STRANGE = -0.4


class BylineParts(NamedTuple):
    """What one line says about the writer; `weight` is how surely it says it."""

    person: str = ""
    agency: str = ""
    weight: float = 0.0
    organisation: bool = False  # the line credits an agency or the site itself


def read_line(text: str, site: frozenset[str] = frozenset()) -> BylineParts:
    """Return what a line says about the writer.

    >>> read_line("كتب: سامي الخطيب - القاهرة")
    BylineParts(person='سامي الخطيب', agency='', weight=3.0, organisation=False)
    >>> read_line("الرياض – واس")
    BylineParts(person='', agency='واس', weight=0.0, organisation=True)
    """
    spaced = _HANDLE.sub(" ", _LONG_DASH.sub(" - ", _OTHER_FIELD.sub("", text)))
    plain = without_dates(spaced).strip(" -–—|/،,:.")
    dated = len(plain) < len(text.strip()) - 4
    source = _SOURCE.match(bare_letters(plain))
    label = None if source else LABEL.match(bare_letters(plain))
    strength = _strength(label)
    rest = (
        plain[label.end() :] if label and strength else plain[source.end() :] if source else plain
    )
    people: list[str] = []
    agency, organisation, place, guessed = "", False, False, False
    for part in _PARTS.split(rest):
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
    if strength >= _SINGLE and len(people) == 1 and fold(people[0]) in _GIVEN:
        return BylineParts(people[0], agency, strength, organisation or bool(agency))
    named = [person for person in people if is_name(person)]
    known = [person for person in named if _is_familiar(person)]
    if len(people) == 2 and len(known) == 1:  # the other is a place that no list has
        people, named, guessed = known, known, True
    if len(named) != 1 or len(people) > 1 or (source and not strength):
        credited = (not people or source is not None) and (bool(agency) or organisation)
        return BylineParts("", agency if credited else "", 0.0, credited)
    familiar = _is_familiar(named[0])
    weight = strength if familiar or strength >= 3.5 else strength - 1
    if not strength:
        beside = place or organisation or bool(agency)
        weight = (
            max(_WITH_PLACE * beside, _WITH_STRANGE_PLACE * guessed)
            + WITH_DATE * dated
            + (_FAMILIAR if familiar else _STRANGE)
        )
    return BylineParts(named[0], agency, weight, organisation or bool(agency))


def _is_familiar(person: str) -> bool:
    """Tell whether a common given name comes first."""
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
    """Tell whether a text could be one or two persons' names, by the look of its words.

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
    """Tell whether a line begins «بقلم: », «إعداد - » or another sure mark of a byline."""
    return _strength(LABEL.match(bare_letters(text.lstrip("( ")))) >= LABELLED


def is_said_after(text: str) -> bool:
    """Below the text only a labelled line or a source in brackets is about this article."""
    return bool(_SOURCE.match(bare_letters(text)) or text.startswith("(") or is_labelled(text))
