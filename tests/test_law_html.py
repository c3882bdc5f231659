"""Law: HTML never leaks. Whatever an article, an address or a question holds comes out as text."""

from __future__ import annotations

import itertools
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from crawl import Article, key_of
from tests.newsroom import HOSTILE, application, fill
from web import create_app
from web.html.markup import marked, web_link

# What attackers write, and pieces they are made of.
PIECES = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "<!--",
    "]]>",
    "\u2028",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\u202e",
    "سفير",
    "«",
    '"',
    "=",
    "-",
)
hostile_text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=5).map(
    "".join
)
OURS = frozenset({"script", "link", "meta", "form", "svg", "rect", "input", "button", "details"})


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A reader of a newsroom where every field of every article is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    articles = [
        Article(
            url=f"{piece}#{number}",
            title=f"سفير {piece}",
            body=f"سفير {piece} نص {piece}",
            author=piece,
            source=piece,
            section=piece,
            date="2015-08-01",
            tags=(piece,),
        )
        for number, piece in enumerate(PIECES)
        if piece != "\ud800"
    ]
    fill(folder, HOSTILE, *articles)
    return application(folder).test_client()


def leaks(page: str) -> Iterator[str]:
    """What in a page runs, or leads to what runs."""
    document = html.fromstring(page)
    for element in document.iter(html.etree.Element):
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"{element.tag} {name}"
            if name in ("href", "src", "action") and not value.startswith(
                ("/", "#", "http://", "https://")
            ):
                yield f"{element.tag} {name}={value}"
        if element.tag in ("img", "iframe", "object", "base") or (
            element.tag == "script" and (not element.get("src") or element.text)
        ):
            yield str(element.tag)


def addresses(query: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page that repeats what a stranger wrote."""
    yield "/search", {"q": query}
    yield (
        "/search",
        {"q": "سفير", "source": query, "author": query, "section": query, "site": query},
    )
    yield "/search", {"q": "سفير", "since": query, "until": query, "sort": query, "page": query}
    yield f"/article/{key_of(HOSTILE.url)}", {"q": query}
    yield f"/article/{quote(query, safe='', errors='replace')}", {}


@given(hostile_text)
@example('"><svg onload=alert(1)>')
def test_no_question_becomes_markup(client: FlaskClient, query: str) -> None:
    """In no parameter of no page, whatever it holds."""
    for address, parameters in addresses(query):
        clean = {
            name: value.encode("utf-8", "replace").decode() for name, value in parameters.items()
        }
        response = client.get(address, query_string=clean)
        assert response.status_code in (200, 308, 404), address
        assert list(leaks(response.get_data(as_text=True) or "<p>")) == []


def test_no_article_becomes_markup(client: FlaskClient) -> None:
    """Title, text, author, source, section, tags, address: text on every page."""
    pages = ["/", "/search?q=سفير&limit=100", "/search?limit=100&sort=newest"]
    pages += [
        f"/article/{hit['id']}?q=سفير"
        for hit in client.get("/api/search?limit=100").get_json()["hits"]
    ]
    assert len(pages) > len(PIECES)
    for address in pages:
        text = client.get(address).get_data(as_text=True)
        assert list(leaks(text)) == [], address
        assert "49" not in html.fromstring(text).text_content()


def test_real_articles_come_out_character_for_character(shared_data: Path, tmp_path: Path) -> None:
    """With words marked, a stored text read off the page is the text that was stored."""
    with lzma.open(shared_data / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, 0, 6_000, 60)]
    articles = [Article(url=r["url"], title=r["title"], body=r["body"]) for r in rows]
    fill(tmp_path, *articles)
    reader = application(tmp_path).test_client()
    marks = 0
    for article in articles:
        words = article.body.split()[:12]
        answer = reader.get(
            f"/article/{key_of(article.url)}", query_string={"q": " ".join(words[::2])}
        )
        page = html.fromstring(answer.get_data(as_text=True))
        shown = [p.text_content() for p in page.cssselect(".body p:not(.none)")]
        assert shown == [line for line in article.body.split("\n") if line.strip()]
        marks += len(page.cssselect(".body mark"))
        assert not article.title or page.cssselect("h1")[0].text_content() == article.title
    assert marks > len(articles)


def test_only_web_addresses_become_links(client: FlaskClient) -> None:
    """`javascript:` and its kin lead to the stored copy."""
    page = html.fromstring(client.get("/search?q=سفير&limit=100").get_data(as_text=True))
    titles = [link.get("href") for link in page.cssselect(".hit h2 a")]
    assert titles
    assert all(address.startswith("/article/") for address in titles)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "http:///path",
        "http:javascript:alert(1)",
        "//example.org/",
        "https://exa mple.org/",
        "http://[broken",
        "",
    ],
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    """A link needs http or https, a host, and nothing that browsers drop silently."""
    assert web_link(url) == ""


@given(hostile_text, st.data())
def test_marking_changes_nothing_but_adds_marks(text: str, data: st.DataObject) -> None:
    """The page's text without its tags is the text that was marked, character for character."""
    bounds = data.draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    spans = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False) if a < b]
    page = marked(text, spans)
    assert page.replace("<mark>", "").replace("</mark>", "").unescape() == text
    assert page.count("<mark>") == len(spans)
    rest = str(page).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in rest
    assert '"' not in rest


@given(hostile_text)
def test_feeds_and_descriptions_stay_well_formed(client: FlaskClient, query: str) -> None:
    """XML parses whatever is asked, and holds it as text."""
    clean = query.encode("utf-8", "replace").decode()
    for address in ("/feed", "/opensearch.xml"):
        ElementTree.fromstring(client.get(address, query_string={"q": clean}).data)


def test_a_feed_of_hostile_articles_is_well_formed(client: FlaskClient) -> None:
    """Control characters are gone, tags are text, addresses are web addresses."""
    feed = ElementTree.fromstring(client.get("/feed?q=سفير").data)
    links = [link.get("href") or "" for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert len(links) > len(PIECES)
    assert all(link.startswith("http://localhost/") for link in links)


def test_json_says_it_is_json(client: FlaskClient) -> None:
    """A browser that opens the API shows text, and never sniffs a page out of it."""
    for address in ("/api/search?q=<script>", "/api/suggest?q=<script>", "/api/article/<script>"):
        response = client.get(address)
        assert response.content_type.startswith("application/json")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        json.loads(response.data)


def test_the_name_of_a_site_is_text_too(tmp_path: Path) -> None:
    """What the operator configured is escaped like all else."""
    app = create_app(
        f"whoosh:{tmp_path}/index", tmp_path / "a.db", name="</title><script>x</script>"
    )
    page = app.test_client().get("/search?q=س").get_data(as_text=True)
    assert list(leaks(page)) == []
