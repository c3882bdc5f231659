"""Every route's purpose, parameters and answers: what `/openapi.json` tells, by endpoint.

A test holds that each route of the application stands here, and each parameter that is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from searcher import EXPORT_FORMATS
from web.description.parameters import (
    ARTICLE_PAGE,
    ASKED,
    COVERAGE_PAGE,
    FEED,
    FILE,
    KEY,
    LANGUAGE,
    QUESTIONS,
    REFERENCE,
    RESULTS_PAGE,
    SEARCH,
    SHEET,
    STRICT,
    WORDED,
    Parameters,
)

HTML = "text/html"
JSON = "application/json"
LINES = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route does, what it may be asked, and what it answers.

    `answer` names a schema where the content is JSON. `failures` are statuses besides those that
    every route of its kind may have.
    """

    summary: str
    parameters: Parameters = ()
    content: str = JSON
    answer: str = ""
    success: int = 200
    failures: tuple[int, ...] = ()
    takes: str = ""


OPERATIONS = {
    "home": Operation("The front page.", WORDED, HTML),
    "search": Operation(
        "The results of a question, as a page.", RESULTS_PAGE, HTML, failures=(302,)
    ),
    "fragment": Operation(
        "The same without a page around it.", RESULTS_PAGE, HTML, failures=(302,)
    ),
    "coverage": Operation("Questions over time and by source, as a page.", COVERAGE_PAGE, HTML),
    "sheet": Operation("Chosen articles as a page to print.", SHEET, HTML),
    "status": Operation("How the archive fares, as a page.", WORDED, HTML),
    "help": Operation("How to ask, as a page.", WORDED, HTML),
    "article": Operation("A stored article, as a page.", ARTICLE_PAGE, HTML, failures=(404, 410)),
    **{
        f"search_{name}": Operation(
            f"All hits as a file ({name}).",
            FILE,
            one.content_type.partition(";")[0],
            {"json": "Records", "jsonfeed": "Object", "csl": "Objects"}.get(name, ""),
            failures=(404,),
        )
        for name, one in EXPORT_FORMATS.items()
    },
    "unapi": Operation(
        "An article as a reference, or the formats there are (unAPI).",
        (*REFERENCE, *LANGUAGE),
        "application/xml",
        failures=(300, 404, 406, 410),
    ),
    "api_search": Operation(
        "Search; the object of `bahith search --json`.", SEARCH, answer="Results"
    ),
    "api_coverage": Operation(
        "Questions over time and by source.",
        (*QUESTIONS, *LANGUAGE, *STRICT),
        answer="Coverages",
    ),
    "api_suggest": Operation(
        "Complete a word.", (*ASKED, *LANGUAGE, *STRICT), answer="Suggestions"
    ),
    "api_article": Operation(
        "A stored article.", (*KEY, *LANGUAGE, *STRICT), answer="Article", failures=(404, 410)
    ),
    "api_similar": Operation(
        "The articles most like a stored one.",
        (*KEY, *LANGUAGE, *STRICT),
        answer="Similar",
        failures=(404, 410),
    ),
    "api_stats": Operation("What the index holds.", (*LANGUAGE, *STRICT), answer="Stats"),
    "api_articles": Operation(
        "Send articles, one JSON object a line: {url, title, body, …}.",
        (*LANGUAGE, *STRICT),
        answer="Pushed",
        success=202,
        failures=(400, 403, 413, 415),
        takes=LINES,
    ),
    "openapi": Operation("This description.", answer="Object"),
    "feed": Operation("The newest answers as an Atom feed.", FEED, "application/atom+xml"),
    "json_feed": Operation(
        "The newest answers as a JSON Feed.", FEED, "application/feed+json", "Object"
    ),
    "opensearch": Operation(
        "A description for browsers.", LANGUAGE, "application/opensearchdescription+xml"
    ),
    "embed": Operation("The script of `<bahith-search>`.", LANGUAGE, "text/javascript"),
    "favicon": Operation("The icon.", content="image/svg+xml"),
    "robots": Operation("Asks crawlers to stay away.", content="text/plain"),
    "healthz": Operation("Whether searches can be answered.", answer="Health"),
    "metrics": Operation("Counters for Prometheus.", content="text/plain", failures=(404,)),
}
