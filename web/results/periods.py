"""Periods that count back from the newest article: the last day, week, month, year of the archive.

Where an archive ends in 2015, the last week is a week of 2015; an article dated in the future, as
a template's clock does, does not move it.
"""

from __future__ import annotations

from datetime import date

from crawl.text.calendars import back
from index import Filters
from index.query import Everything
from searcher import Searcher
from web.locale.locale import parse_day

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def first_days(newest: date) -> dict[str, str]:
    """For each period the ISO day that it begins with.

    >>> first_days(date(2015, 8, 20))["week"]
    '2015-08-14'
    >>> first_days(date.min)["year"]
    '0001-01-01'
    """
    return {name: back(newest, days - 1).isoformat() for name, days in DAYS.items()}


def newest_day(searcher: Searcher, today: date) -> date:
    """The day of the newest article that is not of the future; today where none has a day."""
    matches = searcher.engine.search(
        Everything(), limit=1, filters=Filters(until=today.isoformat()), sort="newest"
    )
    documents = searcher.engine.documents([match.key for match in matches.found])
    days = [parse_day(document.date) for document in documents if document]
    return min(days[0], today) if days and days[0] else today
