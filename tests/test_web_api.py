"""The answers for programs: JSON, Atom, OpenSearch, OpenAPI, health and metrics."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Request
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict

from crawl import key_of
from index import ATTRIBUTE_NAMES, Checkpoint, Document, open_engine
from searcher import Searcher
from tests.newsroom import ARTICLES, IMPORTED, VISIT, VISIT_ID, WHEAT, application
from tests.warm_command import bahith
from web.description.parameters import SEARCH
from web.results.cursor import Cursor, part_of
from web.search_params import SearchParams

ATOM = "{http://www.w3.org/2005/Atom}"
# A search in which nothing is as usual, so that its address says everything that one can.
UNUSUAL: dict[str, Any] = {
    **dict.fromkeys(ATTRIBUTE_NAMES, ("س",)),
    "query": "س",
    "since": "2015-01-01",
    "until": "2015-01-31",
    "sort": "newest",
    "page": 2,
    "limit": 3,
    "recency": True,
    "literal": True,
    "all_words": True,
    "fold": False,
}
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    """A program that reads it."""
    return application(folder).test_client()


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs from run to run."""
    return {name: value for name, value in answer.items() if name != "took_ms"}


def test_search_answers_what_the_command_prints(client: FlaskClient, folder: Path) -> None:
    """The object of `bahith search --json`, with facets and page beside it."""
    index_url = f"whoosh:{folder / 'index'}"
    printed = bahith("search", "السوق", "--json", environment={"BAHITH_INDEX": index_url})
    answer = client.get("/api/search?q=السوق").get_json()
    facets, turn = answer.pop("facets"), answer.pop("page")
    command = without_time(json.loads(printed.stdout))
    assert {name: answer[name] for name in command if name != "facets"} == {
        name: value for name, value in command.items() if name != "facets"
    }
    assert facets["source"] == [["الساحل", 23], ["بريد المرسى", 12]]
    assert (turn["number"], turn["size"], turn["pages"]) == (1, 10, 4)


def test_the_next_page_has_an_address(client: FlaskClient) -> None:
    """Following `page.next` to its end gives every hit once."""
    seen: list[str] = []
    address = "/api/search?q=السوق&limit=20"
    while address:
        answer = client.get(address).get_json()
        seen += [hit["id"] for hit in answer["hits"]]
        address = answer["page"]["next"]
    assert len(seen) == len(set(seen)) == 35


@pytest.mark.parametrize("page", ["5", "100", "101", "٩٩٩", "9" * 30])
def test_a_page_past_the_end_has_no_hits(client: FlaskClient, page: str) -> None:
    """It ends there for whoever counts up: no page comes twice."""
    told = client.get(f"/api/search?q=السوق&page={page}").get_json()
    assert (told["total"], told["hits"], told["page"]["next"]) == (35, [], None)


def test_filters_and_order_are_those_of_the_page(client: FlaskClient) -> None:
    """The same parameters, the same meaning."""
    found = client.get("/api/search?q=السوق&source=الساحل&until=2015-02&sort=oldest").get_json()
    assert {hit["source"] for hit in found["hits"]} == {"الساحل"}
    days = [hit["date"] for hit in found["hits"]]
    assert days == sorted(days)
    assert days[-1] == "2015-02-10"


def test_marks_are_whole_words_of_the_texts_they_belong_to(client: FlaskClient) -> None:
    """Offsets count code points."""
    hit = client.get("/api/search?q=السفير").get_json()["hits"][0]
    snippet = hit["snippet"]
    assert {snippet["text"][a:b] for a, b in snippet["marks"]} <= {"السفيرُ", "السفير", "سفيرها"}
    assert [hit["title"][a:b] for a, b in hit["title_marks"]] == ["السفير"]


def test_suggestions_are_what_browsers_expect(client: FlaskClient) -> None:
    """[what was typed, [ways to finish it]] as OpenSearch suggestions have it."""
    typed, words = client.get("/api/suggest?q=السف").get_json()
    assert typed == "السف"
    assert any("السفير" in word for word in words)
    assert client.get("/api/suggest").get_json() == ["", []]


def test_an_article_is_its_stored_text(client: FlaskClient) -> None:
    """What is not known is null; what is not there is 404."""
    told = client.get(f"/api/article/{VISIT_ID}").get_json()
    assert (told["id"], told["url"], told["body"]) == (VISIT_ID, VISIT.url, VISIT.body)
    bare = client.get(f"/api/article/{key_of(IMPORTED.url)}").get_json()
    assert (bare["title"], bare["date"], bare["author"]) == ("", None, None)
    assert client.get("/api/article/none").status_code == 404


def test_similar_articles_are_listed_without_their_texts(client: FlaskClient) -> None:
    """The same as the article's page links to, the nearest first."""
    told = client.get(f"/api/similar/{VISIT_ID}").get_json()
    assert told["id"] == VISIT_ID
    assert WHEAT.title in [hit["title"] for hit in told["hits"]]
    assert all(hit["id"] != VISIT_ID and "body" not in hit for hit in told["hits"])
    page = client.get(f"/article/{VISIT_ID}").text
    assert "مقالات مشابهة" in page
    assert all(f"/article/{hit['id']}" in page for hit in told["hits"])
    assert client.get("/api/similar/none").status_code == 404


def test_stats_count_index_and_archive(client: FlaskClient, folder: Path) -> None:
    """The object of `bahith stats --json`; no archive is no error."""
    told = client.get("/api/stats").get_json()
    places = {
        "BAHITH_INDEX": f"whoosh:{folder / 'index'}",
        "BAHITH_ARCHIVE": str(folder / "articles.db"),
    }
    printed = bahith("stats", "--json", environment=places)
    assert told == json.loads(printed.stdout)
    assert told["index"]["documents"] == told["archive"]["articles"] == len(ARTICLES)
    assert told["index"]["behind"] == 0
    (folder / "articles.db").rename(folder / "elsewhere.db")
    alone = application(folder).test_client().get("/api/stats").get_json()
    (folder / "elsewhere.db").rename(folder / "articles.db")
    assert alone["archive"] is None


def test_errors_of_the_api_are_json(client: FlaskClient, tmp_path: Path) -> None:
    """A status, and a sentence with the command to type where one helps."""
    for address in ("/api/nowhere", "/api/article/none"):
        told = client.get(address)
        assert (told.status_code, told.get_json()["error"]["status"]) == (404, 404)
    missing = application(tmp_path).test_client().get("/api/search?q=س")
    assert missing.status_code == 503
    assert "bahith index" in missing.get_json()["error"]["message"]


def test_the_widgets_script_is_small(client: FlaskClient) -> None:
    """A portal's page pays for five kilobytes, packed."""
    packed = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 5_000


def test_openapi_describes_every_route_and_what_it_answers(client: FlaskClient) -> None:
    """Each path and method that is served; answers have just the names that are described."""
    spec = client.get("/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    served = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.endpoint.endswith("static")
    }
    described = {(path, method) for path, one in spec["paths"].items() for method in one}
    assert described == served
    names = [one["operationId"] for ways in spec["paths"].values() for one in ways.values()]
    assert len(names) == len(set(names))
    schemas = spec["components"]["schemas"]
    results = client.get("/api/search?q=السوق").get_json()
    assert set(schemas["Results"]["properties"]) == set(results)
    assert set(schemas["Hit"]["properties"]) == set(results["hits"][0])
    assert set(schemas["Results"]["properties"]["page"]["properties"]) == set(results["page"])
    article = client.get(f"/api/article/{VISIT_ID}").get_json()
    assert set(schemas["Article"]["properties"]) == set(article)
    error = client.get("/api/nowhere").get_json()
    assert set(schemas["Error"]["required"]) == set(error)


def test_openapi_names_every_parameter_that_is_read(folder: Path) -> None:
    """What is described is read, and what a view reads besides the common readers is described."""
    read: set[str] = set()

    class Recorder(ImmutableMultiDict[str, str]):
        def get(self, key: str, *rest: Any, **more: Any) -> Any:
            read.add(key)
            return super().get(key, *rest, **more)

        def getlist(self, key: str, *rest: Any) -> Any:
            read.add(key)
            return super().getlist(key, *rest)

    class Recorded(Request):
        parameter_storage_class = Recorder

    app = application(folder)
    app.request_class = Recorded
    reader = app.test_client()
    common = {*SearchParams(**UNUSUAL).arguments(), "month", "lang", "digits", "months", "strict"}
    for path, ways in reader.get("/openapi.json").get_json()["paths"].items():
        if "get" not in ways:
            continue
        read.clear()
        address = path.replace("{key}", VISIT_ID) + "?q=السفير"
        assert reader.get(address, buffered=True).status_code == 200
        described = {one["name"] for one in ways["get"]["parameters"] if one["in"] == "query"}
        assert described - read <= {"lang", "digits", "months"}, path
        assert read - described <= common, path
    assert set(SearchParams(**UNUSUAL).arguments()) <= {one["name"] for one in SEARCH}


def test_a_question_is_a_feed(client: FlaskClient) -> None:
    """Valid Atom: ids, titles, instants in UTC; the newest first; its own address in it."""
    answer = client.get("/feed?q=السفير OR القمح&sort=oldest")
    assert answer.content_type.startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    stamps = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert stamps == sorted(stamps, key=str, reverse=True)
    links = {entry.find(f"{ATOM}link").get("href"): entry for entry in entries}  # type: ignore[union-attr]
    assert links[VISIT.url].findtext(f"{ATOM}updated") == "2015-08-01T00:00:00Z"
    assert links[WHEAT.url].findtext(f"{ATOM}updated") == "2015-07-15T11:30:00Z"
    assert all(entry.findtext(f"{ATOM}{tag}") for entry in entries for tag in ("id", "title"))
    own = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert str(own["self"]).startswith("http://localhost/feed?q=")


def test_browsers_can_add_the_search(client: FlaskClient) -> None:
    """An OpenSearch description with the page, the feed and the suggestions."""
    description = ElementTree.fromstring(client.get("/opensearch.xml").data)
    urls = {u.get("type"): u.get("template") for u in description.findall(f"{OPENSEARCH}Url")}
    assert urls["text/html"] == "http://localhost/search?q={searchTerms}"
    assert urls["application/x-suggestions+json"] == "http://localhost/api/suggest?q={searchTerms}"
    assert description.findtext(f"{OPENSEARCH}ShortName") == "باحث"


def test_health_follows_the_index(client: FlaskClient, tmp_path: Path) -> None:
    """200 with a count when searches can be answered, 503 with a reason when not."""
    assert client.get("/healthz").get_json() == {"status": "ok", "documents": len(ARTICLES)}
    ill = application(tmp_path).test_client().get("/healthz")
    assert (ill.status_code, ill.get_json()["status"]) == (503, "unavailable")


def test_meters_count_answers_and_empty_searches(folder: Path) -> None:
    """One registry an application: a second one begins at zero."""
    reader = application(folder).test_client()
    for query in ("السفير", "زرافة", "زرافة"):
        reader.get("/search", query_string={"q": query})
    told = reader.get("/metrics").get_data(as_text=True)
    assert 'bahith_answers_total{route="search",status="200"} 3.0' in told
    assert "bahith_empty_searches_total 2.0" in told
    assert f"bahith_index_documents {float(len(ARTICLES))}" in told
    fresh = application(folder).test_client().get("/metrics").get_data(as_text=True)
    assert "bahith_empty_searches_total 0.0" in fresh


def test_meters_tell_of_the_archive_what_its_status_page_does(folder: Path) -> None:
    """Newest article and volume of each source, so that a monitor can wake somebody."""
    told = application(folder).test_client().get("/metrics").get_data(as_text=True)
    assert "bahith_index_behind 0.0" in told
    midnight = datetime(2015, 8, 20, tzinfo=UTC).timestamp()
    said = r'bahith_source_newest_timestamp_seconds{source="Harbour Post"} (\S+)'
    found = re.search(said, told)
    assert found
    assert float(found[1]) == midnight
    for name in ("last_day_articles", "usual_day_articles", "out_of_band"):
        assert f'bahith_source_{name}{{source="Harbour Post"}} 0.0' in told


def test_counts_alone_are_asked_for_with_no_hits(client: FlaskClient) -> None:
    """`limit=0`: the total and the filters."""
    answer = client.get("/api/search?q=السفير&limit=0").json
    assert (answer["total"], answer["hits"]) == (3, [])
    assert answer["facets"]["source"]
    assert answer["page"] == {"number": 1, "size": 0, "pages": 0, "next": None, "after": None}


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("q=س&limit=five", ["limit"]),
        ("q=س&limit=1000", ["limit"]),
        ("q=س&page=0", ["page"]),
        ("q=س&since=someday", ["since"]),
        ("q=س&sort=best", ["sort"]),
        ("q=س&sources=الوطن", ["sources"]),
        ("q=س&recency=maybe&lang=fr&fields=id,body", ["recency", "lang", "fields"]),
        ("q=س&limit=0&since=2015-08&source=الوطن&lang=en", []),
    ],
)
def test_who_asks_strictly_is_told_what_cannot_be_used(
    client: FlaskClient, asked: str, wrong: list[str]
) -> None:
    """400 with the names; without strict=1 the rest is answered, as ever."""
    assert client.get(f"/api/search?{asked}").status_code == 200
    answer = client.get(f"/api/search?{asked}&strict=1")
    assert answer.status_code == (400 if wrong else 200)
    if wrong:
        assert answer.json["error"]["parameters"] == wrong
        assert answer.json["error"]["code"] == "bad-request"


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/api/coverage?q=س&since=someday&page=2", ["page", "since"]),
        ("/api/suggest?q=س&limit=3", ["limit"]),
        (f"/api/article/{VISIT_ID}?lang=xx", ["lang"]),
        ("/api/stats?lang=en", []),
    ],
)
def test_every_route_of_the_api_can_be_asked_strictly(
    client: FlaskClient, address: str, wrong: list[str]
) -> None:
    """By its own description; pages are never strict."""
    apart = "&" if "?" in address else "?"
    answer = client.get(f"{address}{apart}strict=1")
    assert answer.status_code == (400 if wrong else 200)
    if wrong:
        assert sorted(answer.json["error"]["parameters"]) == sorted(wrong)
        assert wrong[0] in answer.json["error"]["message"]
    assert client.get("/search?q=س&strict=1&limit=five").status_code == 200


def test_a_program_takes_the_parts_of_hits_that_it_needs(client: FlaskClient) -> None:
    """And the id, always; the next page says so too."""
    answer = client.get("/api/search?q=السوق&fields=title,nothing&limit=20").get_json()
    assert {frozenset(hit) for hit in answer["hits"]} == {frozenset(("id", "title"))}
    assert "fields=title" in answer["page"]["next"]
    whole = client.get("/api/search?q=السوق&fields=").get_json()
    assert {"url", "snippet"} <= set(whole["hits"][0])


@pytest.mark.parametrize("moved", [0, 3, -2])
def test_a_cursor_finds_its_place_again_though_articles_come_or_go(moved: int) -> None:
    """Every hit once: none repeated, none left out, where page numbers would do either."""
    engine = open_engine("memory:")
    kept = [
        Document(f"k{day:02}", f"https://a.example/{day}", "سوق", "", date=f"2015-01-{day:02}")
        for day in range(1, 21)
    ]
    engine.update(kept, (), Checkpoint("a", 1))
    searcher, params = Searcher(engine), SearchParams(query="سوق", sort="newest", limit=5)
    first = part_of(searcher, params, None)
    assert first.cursor == Cursor(5, "k16")
    newer = [replace(kept[0], key=f"n{n}", date=f"2015-02-0{n}") for n in range(1, moved + 1)]
    gone = [f"k{20 - n}" for n in range(-moved)]
    engine.update(newer, gone, Checkpoint("a", 2))
    seen, cursor = [hit.id for hit in first.results.hits], first.cursor
    while cursor:
        part = part_of(searcher, params, Cursor.of(cursor.text))
        seen += [hit.id for hit in part.results.hits]
        cursor = part.cursor
    assert seen == [f"k{day:02}" for day in range(20, 0, -1)]


def test_cursors_lead_through_the_api(client: FlaskClient) -> None:
    """`page.after` is for `after=`; nonsense there is the first page."""
    seen: list[str] = []
    asked = "/api/search?q=السوق&limit=20"
    answer = client.get(f"{asked}&after=").get_json()
    while True:
        seen += [hit["id"] for hit in answer["hits"]]
        if not answer["page"]["next"]:
            break
        answer = client.get(answer["page"]["next"]).get_json()
    assert len(seen) == len(set(seen)) == 35
    assert answer["page"] | {"number": 2, "after": None} == answer["page"]
    wrong = client.get(f"{asked}&after=zzz").get_json()
    assert wrong["page"]["number"] == 1


def test_every_answer_has_a_name_that_its_sender_may_give(client: FlaskClient) -> None:
    """What is no name is replaced; none stands twice."""
    names = [client.get("/search?q=س").headers["X-Request-Id"] for _ in range(2)]
    assert names[0] != names[1]
    given = client.get("/api/stats", headers={"X-Request-Id": "portal-17.a"})
    assert given.headers["X-Request-Id"] == "portal-17.a"
    wrong = client.get("/api/stats", headers={"X-Request-Id": "a" * 65})
    assert len(wrong.headers["X-Request-Id"]) == 16
    assert client.get("/nowhere").headers["X-Request-Id"]


def test_errors_have_codes_and_other_methods_are_told_which_are_allowed(
    client: FlaskClient,
) -> None:
    """A program need not read sentences."""
    assert client.get("/api/article/none?lang=en").json["error"]["code"] == "not-found"
    refused = client.delete("/api/search")
    assert (refused.status_code, refused.json["error"]["code"]) == (405, "method-not-allowed")
    assert "GET" in refused.headers["Allow"]


def test_a_server_may_put_our_part_into_a_page_of_its_own(client: FlaskClient) -> None:
    """`/fragment`: the box, the filters and the hits under one element, and no page around it."""
    part = client.get("/fragment?q=السفير")
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "<title" not in part.text
    assert part.text.count('<div class="bahith results"') == 1
    assert part.text.count('role="search"') == 1
    assert "السفير" in part.text
