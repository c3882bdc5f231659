"""Who wrote it: the person, or else the agency, that a page names beside its headline.

Two thirds of the writers are named only to the reader: «كتب: …», «… - القاهرة», a name before the
date. Machines are told the site's own name, or the account of whoever pasted the text in. So a line
is taken apart at its dashes, places and dates are set aside, and what is left must look like a
person's name; a name that only machines were told must not be the site's or an agency's. When no
person is named, an agency is; the site itself is never its own author.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from crawl.extract.metadata.structured_data import Metadata, strings
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, names, text_of
from crawl.extract.tree.layout import Layout
from crawl.extract.tree.pictures import is_caption
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.dates import without_dates
from crawl.text.letters import bare_letters

_DATA = tomllib.loads((files("crawl.extract.metadata") / "bylines.toml").read_text("utf-8"))
_WAYS: dict[str, list[str]] = _DATA["agencies"]
_AGENCIES = {way: name for name, ways in _WAYS.items() for way in ways}
_WORDS = _DATA["words"]
_PLACES = frozenset(_WORDS["places"])
_NOT_NAMES = frozenset(_WORDS["not_names"])
_GIVEN = frozenset(_WORDS["given_names"])
_WEAK = frozenset(_WORDS["weak_labels"])
_LABEL_WORDS = "|".join(sorted(_WORDS["labels"], key=len, reverse=True))

# A byline is a line of its own, this long at most, this near to the headline or the body's start.
_LINE = 90
_NEAR = 420
_AFTER = 500
_PARTS = re.compile(r"\s*[|/\\،,:()\[\]«»\"“”•·–—ـ]+\s*|\s+-+\s*|\s*-+\s+")
_LABEL = re.compile(
    rf"(?P<label>{_LABEL_WORDS})(?P<mark>\s{{0,3}}[:：/\-–—ـ،,|])?(?:\s+|$|(?<=\W))", re.I
)
_ACADEMIC = re.compile(r"^(?:[ادم]\s?[./]\s?){1,2}|^(?:الدكتوره?|الاستاذه?|المهندسه?)\s")
_AUTHOR_BOX = re.compile(r"-(?:author|authors|writer|byline|aut|editor|kateb|columnist|reporter)-")
_AUTHOR_MARK = re.compile(
    r"-(?:author|authors|articleauthor|writer|byline|reporter|kateb|columnist)-| author(?: |$)"
    r"|/(?:authors?|writers?|experts?|columnists?|كاتب)/"
)
_SOURCE = re.compile(r"^\W*(?:المصدر|مصدر|نقلا عن|source)\W+")
_NAME_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3]{2,14}")
_LATIN_NAME = re.compile(r"[A-Z][a-zé'’-]+(?: [A-Z][a-zé'’.-]*){1,3}")

_LONG_DASH = re.compile(r"(?<!\w)ـ+(?!\w)|\sـ+\s")
_HANDLE = re.compile(r"@[A-Za-z0-9_]+")
# «بقلم : … قسم : …»: what stands beside the writer on the same line.
_OTHER_FIELD = re.compile(r"\s(?:ال)?(?:قسم|تصنيف|مشاهدات|تعليقات|عدد)\s*:.*$")
# Who made the template, not the text.
_MAKER = re.compile(
    r"develop|design|powered|solutions|software|theme|wordpress|joomla|blogger", re.I
)
_SINGLE = 4.0  # a label with a colon: then one given name is a writer's

_SURE = 2.0
_LABELLED = 3.0
# What an unlabelled name has going for it; benchmarks/pages.py chose the values.
_WITH_STRANGE_PLACE = 0.8  # what may be a city: a caption has two names too
_WITH_PLACE = 1.6  # a city, an agency or the paper on the same line
_WITH_DATE = 1.2  # the day on the same line or the next
_BOXED = 1.6  # developers call the box `author`
_FAMILIAR = 0.8  # a common given name comes first
_STRANGE = -0.4
# A name that only machines were told, and what it loses where readers see an agency credited.
_STATED = 2.5
_MARKED = 2.4  # what the markup of a block calls the author's
_WRITERS = 3  # more are a newsroom
_MARKS = 60  # marks looked at in one block
_OVERRULED = 1.5


class Byline(NamedTuple):
    """The author, empty when unknown, and what told."""

    author: str
    why: str


class BylineParts(NamedTuple):
    """What one line says about the writer; `weight` is how surely it says it."""

    person: str = ""
    agency: str = ""
    weight: float = 0.0
    organisation: bool = False  # the line credits an agency or the site itself


def choose_byline(metadata: Metadata, layout: Layout, site: frozenset[str], title: str) -> Byline:
    """Return who is named as the writer of `title`; `site` is what the site is called, folded."""
    shown = list(_shown(layout, site, frozenset(fold(title).split())))
    credited = any(reading.organisation and not reading.person for reading, _ in shown)
    claims = [*shown, *_stated(metadata, site, discount=_OVERRULED if credited else 0.0)]
    people = [(reading.weight, reading.person, why) for reading, why in claims if reading.person]
    totals: dict[str, float] = {}
    for weight, person, _ in people:
        totals[fold(person)] = totals.get(fold(person), 0.0) + weight
    best = max(people, key=lambda claim: totals[fold(claim[1])], default=None)
    if best and totals[fold(best[1])] >= _SURE:
        return Byline(best[1], best[2])
    if any(reading.organisation and not reading.agency for reading, _ in claims):
        return Byline("", "the site itself")
    return next((Byline(r.agency, why) for r, why in claims if r.agency), Byline("", "nobody"))


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
    label = None if source else _LABEL.match(bare_letters(plain))
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
            + _WITH_DATE * dated
            + (_FAMILIAR if familiar else _STRANGE)
        )
    return BylineParts(named[0], agency, weight, organisation or bool(agency))


def _is_familiar(person: str) -> bool:
    """Tell whether a common given name comes first."""
    return fold(person).split()[0].removeprefix("و") in _GIVEN


def _strength(label: re.Match[str] | None) -> float:
    if label is None:
        return 0.0
    weak = label["label"] in _WEAK
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


def _shown(
    layout: Layout, site: frozenset[str], title: frozenset[str]
) -> Iterator[tuple[BylineParts, str]]:
    """Yield what the lines near the headline and the body's ends say."""
    blocks = layout.blocks
    for place, block in enumerate(blocks):
        if len(block.text) > _LINE:
            continue
        if next(block.element.iterancestors("figure"), None) is not None or is_caption(block):
            continue
        text = block.text
        before = blocks[place - 1].text if place else ""
        if len(before) < 20 and (label := _LABEL.fullmatch(bare_letters(before).strip(" :-"))):
            text = f"{before.strip(' :-')}: {text}" if label["label"] not in _WEAK else text
        if not _is_near(block, text, layout):
            continue
        reading = read_line(text, site)
        if reading.weight < _LABELLED and title.issuperset(fold(reading.person).split()):
            reading = reading._replace(person="", weight=0.0)  # the headline's hero in a caption
        if reading.person and reading.weight < _SURE:
            boxed = _AUTHOR_BOX.search(names(block.element) + names(block.element.getparent()))
            beside = any(
                without_dates(other.text) != other.text and len(other.text) < 50
                for other in blocks[max(0, place - 1) : place + 2]
            )
            extra = _BOXED * bool(boxed) + _WITH_DATE * (beside and block.start < layout.body[0])
            reading = reading._replace(weight=reading.weight + extra)
        if reading != BylineParts():
            yield reading, "shown"
        if (
            -_LINE <= block.start - layout.body[0] <= _LINE
            or 0 <= block.start - layout.top <= _LINE
        ):
            yield from _marked(block, site)


def _marked(block: TextBlock, site: frozenset[str]) -> Iterator[tuple[BylineParts, str]]:
    """Yield the names that the markup inside a block calls the author's: a link, a class."""
    for element in islice(
        block.element.iter("a", "span", "b", "strong", "cite", "em", "i"), _MARKS
    ):
        text = text_of(element, _LINE)
        if not text or text not in block.text or not _AUTHOR_MARK.search(_marks_of(element)):
            continue
        reading = read_line(text, site)
        if reading.person:
            yield reading._replace(weight=max(reading.weight, _MARKED)), "marked"


def _marks_of(element: Element) -> str:
    rel, prop = element.get("rel") or "", element.get("itemprop") or ""
    return f"{names(element)} {rel} {prop} {element.get('href') or ''}"


def _is_near(block: TextBlock, text: str, layout: Layout) -> bool:
    below = block.start - layout.top
    into = block.start - layout.body[0]
    if 0 <= below <= _NEAR and (into <= _LINE or is_labelled(text)):
        return True
    if below >= 0 and abs(into) <= _LINE:
        return True
    return -_LINE <= block.start - layout.body[1] <= _AFTER and _said_after(text)


def is_labelled(text: str) -> bool:
    """Tell whether a line begins «بقلم: », «إعداد - » or another sure mark of a byline."""
    return _strength(_LABEL.match(bare_letters(text.lstrip("( ")))) >= _LABELLED


def _said_after(text: str) -> bool:
    """Below the text only a labelled line or a source in brackets is about this article."""
    return bool(_SOURCE.match(bare_letters(text)) or text.startswith("(") or is_labelled(text))


def _stated(
    metadata: Metadata, site: frozenset[str], *, discount: float
) -> Iterator[tuple[BylineParts, str]]:
    told = {
        "json-ld": strings(metadata.article.get("author")),
        "meta": [
            text
            for key in ("author", "article:author", "dc.creator", "parsely-author", "byl")
            for text in metadata.meta.get(key, [])
        ],
        "microdata": metadata.micro.get("author", []),
    }
    for witness, texts in told.items():
        texts = [t for t in dict.fromkeys(texts) if "://" not in t and not _MAKER.search(t)]
        people = [t for t in texts if read_line(t, site).person]
        if 1 < len(people) <= _WRITERS and len(people) == len(texts):
            yield BylineParts("، ".join(people), weight=_STATED - discount), witness
            continue
        for text in texts[:2]:
            if len(text) > _LINE:
                continue
            reading = read_line(text, site)
            weight = max(reading.weight, _STATED if reading.person else 0.0) - discount
            yield reading._replace(weight=weight), witness
