"""The pages of lists: the front page, the results, the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from index import Why
from searcher import EXPORT_FORMATS, MOST_LETTERS, Results, Word, over_time
from web.app_state import current_state
from web.locale.locale import Locale, parse_day
from web.responses import address, address_of, current_locale, html, outlet
from web.results.chart import Chart, bar_chart
from web.results.examples import examples
from web.results.facets import FACET_NAMES, Counts, FacetChoice, FacetGroup
from web.results.no_results import words_alone
from web.results.page import ResultsPage, results_page
from web.results.periods import first_days
from web.results.top_stories import top_stories
from web.search_params import PAGE_HITS, SearchParams, picks_of
from web.views.health import searched

LATEST = 6
BROWSE_LINKS = 10
# Days of the strip on the front page: two weeks.
DAYS = 14
# Titles that the examples of the manual are looked for in.
EXAMPLE_TITLES = 20
# What stands for a key and a place while an address is made for all hits at once.
KEY_HERE, PLACE_HERE = "0", "0"
# Words of a question whose reasons one hit lists: more than a headline has.
MOST_REASONS = 12
# What a page of results offers to take: the feed, and the files.
OUTPUTS = (
    ("feed", "Atom"),
    *(
        (f"search_{name}", name.upper())
        for name in ("csv", "xlsx", "bib", "ris", "json")
        if EXPORT_FORMATS[name].is_available
    ),
)


def home() -> Response:
    """The search box, what can be searched, the newest articles and days."""
    state = current_state()
    params = SearchParams(sort="newest", limit=LATEST)
    found = results_page(state.searcher(), params, facets=("source", "section", "month", "day"))
    groups = {group.name: group for group in found.groups}
    return html(
        "home.html",
        SearchParams(),
        latest=found.results.hits,
        top=top_stories(state.searcher(), state.newest_day()) if found.results.total else [],
        articles=found.results.total,
        index_summary=index_summary(found.results.total, groups, current_locale()),
        updated=state.updated(),
        days=last_days(found.counts["day"]),
        browse_links=[
            (name, groups[name].choices[:BROWSE_LINKS])
            for name in ("source", "section")
            if name in groups
        ],
    )


def last_days(counts: Counts) -> list[FacetChoice]:
    """The newest days that have articles, in the order of time, as a strip of bars."""
    newest = sorted((pair for pair in counts if parse_day(pair[0])), reverse=True)[:DAYS]
    most = max((count for _, count in newest), default=1)
    return [FacetChoice(day, count, 100 * count // most, False) for day, count in newest[::-1]]


def help_page() -> Response:
    """How to ask, with examples that find something in this archive."""
    searcher = current_state().searcher()
    newest = results_page(searcher, SearchParams(sort="newest", limit=EXAMPLE_TITLES), facets=())
    found = [searcher.document(hit.id) for hit in newest.results.hits]
    documents = [document for document in found if document]
    return html("help.html", SearchParams(), examples=examples(current_locale().catalog, documents))


def search() -> BaseResponse:
    """The results of a question."""
    state = current_state()
    searcher = state.searcher()
    periods = first_days(state.newest_day())
    params = asked(periods)
    page = results_page(searcher, params, wanted=_looked_for(), outlet=outlet)
    results = page.results
    searched(results.took_ms)
    if results.total and params.page > page.page_count:
        return redirect(address_of(params.replace(page=page.page_count)))
    state.note_query(params, results)
    if not results.total:
        state.metrics.empty.inc()
    locale = current_locale()
    return html(
        "results.html",
        params,
        page=page,
        results=results,
        notes=notes(page, locale),
        words=[] if results.total else words_alone(searcher, params),
        total=total(results, locale),
        divided=divided(results, locale),
        told=told(results, locale),
        took=locale.text("took", locale.number(results.took_ms / 1000, 3)),
        today=locale.day(date.today().isoformat()),
        reasons=reasons,
        periods=periods,
        fresh=state.recency if params.recency is None else params.recency,
        stored_address=stored_addresses(params),
        day_field=day_field,
        outputs=OUTPUTS,
        picks=picks_of(request.args),
        chart=_chart(params, results, locale),
    )


def _chart(params: SearchParams, results: Results, locale: Locale) -> Chart | None:
    """The results over time, above the first page of them."""
    if params.page > 1 or results.total < 2:
        return None
    searcher = current_state().searcher()
    return bar_chart(over_time(searcher, params.query, params.window(0, 0)), locale)


def asked(periods: Mapping[str, str]) -> SearchParams:
    """The parameters of this request, as a page reads them: fewer hits, periods by their names."""
    params = SearchParams.of(request.args, most_hits=PAGE_HITS)
    last = request.args.get("last", "")
    return params.replace(since=periods[last], until="") if last in periods else params


def _looked_for() -> dict[str, str]:
    given = {name: request.args.get(f"find.{name}", "").strip() for name in FACET_NAMES}
    return {name: text[:MOST_LETTERS] for name, text in given.items() if text}


def notes(page: ResultsPage, locale: Locale) -> list[str]:
    """What could not be used or was left out, in words."""
    said = [locale.note(note) for note in page.results.notes]
    if page.results.partial:
        said.append(locale.text("partial"))
    if page.is_cut:
        said.append(locale.text("last_page", total(page.results, locale)))
    return list(dict.fromkeys(said))


def stored_addresses(params: SearchParams) -> Callable[[str, int], str]:
    """The address of the stored copy of a hit, by its key and its place in the list.

    It leads back to the list, unless each of them would repeat a long question.
    """
    if params.is_long:
        return lambda key, _place: address("article", key=key)
    said: dict[str, Any] = dict(params.replace().arguments())
    path, _, asked = address("article", key=KEY_HERE, at=PLACE_HERE, **said).partition("?")
    before, after = path.removesuffix(KEY_HERE), asked.removeprefix(f"at={PLACE_HERE}")
    return lambda key, place: f"{before}{quote(key, safe='')}?at={place}{after}"


def day_field(iso: str) -> str:
    """An ISO day as a date field shows it, which is how most readers write one.

    >>> day_field("2015-08-01"), day_field("")
    ('1/8/2015', '')
    """
    if not iso:
        return ""
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def reasons(words: Iterable[Word]) -> list[tuple[str, str, str]]:
    """Why a hit is one, a row for each word and reason: (word, its forms in the text, the reason).

    >>> from web.app import create_app
    >>> with create_app().test_request_context("/"):
    ...     reasons([Word("سفير", "السفراء", "inflected"), Word("سفير", "سفيرة", "inflected")])
    [('سفير', 'السفراء، سفيرة', 'صيغة من صيغ الكلمة')]
    """
    catalog = current_locale().catalog
    rows: dict[tuple[str, Why], list[str]] = {}
    for word, form, why in words:
        rows.setdefault((word, why), []).append(form)
    return [
        (word, catalog.list_separator.join(forms), catalog.reasons[why])
        for (word, why), forms in list(rows.items())[:MOST_REASONS]
    ]


def index_summary(articles: int, groups: Mapping[str, FacetGroup], locale: Locale) -> str:
    """One line on what can be searched."""
    text = locale.catalog.text
    counts = {
        "articles": locale.counted(articles, "articles"),
        "sources": locale.counted(groups["source"].total if "source" in groups else 0, "sources"),
    }
    if "month" not in groups:
        return text["in_index"].format(**counts)
    months: tuple[FacetChoice, ...] = groups["month"].choices
    first, last = locale.month(months[-1].value), locale.month(months[0].value)
    name = "in_index_of" if first == last else "in_index_between"
    return text[name].format(**counts, first=first, last=last)


def total(results: Results, locale: Locale) -> str:
    """How many results there are, in words.

    >>> from web.locale.locale import DEFAULT
    >>> total(Results("", 2, ()), DEFAULT)
    'نتيجتان'
    """
    said = locale.counted(results.total, "results")
    return said if results.total_exact else locale.text("total_at_least", said)


def told(results: Results, locale: Locale) -> str:
    """How many stories the results tell; empty where each tells one of its own."""
    if results.stories is None or results.stories == results.total:
        return ""
    return locale.text("told", locale.counted(results.stories, "stories"))


def divided(results: Results, locale: Locale) -> str:
    """How many of the results hold all words and how many some; empty where all hold all."""
    some = results.total - results.total_whole
    if not results.query or some <= 0:
        return ""
    return locale.text("total_divided", locale.number(results.total_whole), locale.number(some))
