"""Attributes: what is known of an article besides its text, each one row of a table.

Filters, facets, the fields of the query language, command-line options and the address line are all
made from `ATTRIBUTES`. A new one is a row here, a field of `Document` and one of `Filters`.

>>> ATTRIBUTE["source"].label
'المصدر'
"""

from __future__ import annotations

from typing import NamedTuple

from crawl import site_of
from index.document import Document

# The name of a row of `ATTRIBUTES`.
AttributeName = str


class AttributeSpec(NamedTuple):
    """One attribute: its name in Python, JSON, addresses and options, and what readers call it.

    `names`: what may stand before a colon in a query. `several`: an article may have more than one
    value, and its field of `Document` is a tuple. `facet`: its values can be counted. `offered`:
    readers may choose among them; the others are keys.
    """

    name: AttributeName
    names: tuple[str, ...]
    label: str
    facet: bool = True
    several: bool = False
    offered: bool = True


ATTRIBUTES = (
    AttributeSpec("source", ("source", "مصدر", "المصدر", "صحيفة"), "المصدر"),
    AttributeSpec("section", ("section", "قسم", "القسم"), "القسم"),
    AttributeSpec("author", ("author", "كاتب", "الكاتب"), "الكاتب"),
    AttributeSpec("site", ("site", "موقع", "الموقع"), "الموقع"),
    AttributeSpec("language", ("language", "lang", "لغة", "اللغة"), "اللغة"),
    AttributeSpec("tags", ("tag", "tags", "وسم", "الوسم", "وسوم"), "الوسم", several=True),
    AttributeSpec("agency", ("agency", "وكالة", "الوكالة"), "الوكالة"),
    # The key of the earliest of an article's copies; an article without copies has none.
    AttributeSpec("story", ("story",), "الخبر", offered=False),
)
ATTRIBUTE = {spec.name: spec for spec in ATTRIBUTES}
ATTRIBUTE_NAMES = tuple(ATTRIBUTE)


def attribute_values(document: Document, name: AttributeName) -> tuple[str, ...]:
    """The written values of an attribute, none of them empty; `site` is that of the URL."""
    value = site_of(document.url) if name == "site" else getattr(document, name)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(dict.fromkeys(one for one in values if one))
