"""The sample newspaper is a whole site, says what it claims, and holds what its README lists."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree
from lxml import html as lxml_html

from crawl import Article, Rejected, read_sites
from crawl.extract import extract
from crawl.sample.server import FIRST, NAMES, OUTLETS, SAMPLE, SITE, answer

BASE = "http://paper.example"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of a JSON Lines file beside the site."""
    return [json.loads(line) for line in (SAMPLE / name).read_text("utf-8").splitlines()]


ARTICLES = rows("articles.jsonl")
QUERIES = rows("queries.jsonl")


def document(path: str) -> lxml_html.HtmlElement:
    """A page as the site answers it, parsed in the charset it declares."""
    said = answer(path, BASE)
    assert said.status == 200, path
    charset = re.search(rb'charset="?([\w-]+)', said.content)
    assert charset is not None, path
    tree = lxml_html.document_fromstring(said.content.decode(charset[1].decode()))
    tree.make_links_absolute(BASE + path)
    return tree


def text_of(path: str) -> str:
    """All a page says, white space made single."""
    return " ".join(document(path).text_content().split())


def story(path: str) -> str:
    """The article's own words, by the layouts' own names for their place."""
    places = (
        "//div[@class='story']|//div[@class='text']|//div[@class='chunk']|"
        "//div[@itemprop='articleBody']|//div[@class='entry']|//div[@class='details']"
    )
    tree = document(path)
    for box in tree.xpath("//aside|//p[starts-with(., 'تابعوا')]"):
        box.drop_tree()
    return " ".join(part.text_content() for part in tree.xpath(places))


def pages() -> list[str]:
    """The path of every page of the site."""
    return ["/" + str(file.relative_to(SITE)) for file in sorted(SITE.rglob("*.html"))]


def locations(path: str) -> list[str]:
    """The addresses in a sitemap, as paths."""
    tree = etree.fromstring(answer(path, BASE).content)
    return [loc.text.removeprefix(BASE) for loc in tree.iterfind("s:url/s:loc", SITEMAP)]


def test_every_internal_link_leads_somewhere() -> None:
    """No page links to, or shows, a file that the site does not have."""
    for page in pages():
        for _, _, link, _ in document(page).iterlinks():
            target = urldefrag(link).url
            if target.startswith(BASE):
                assert answer(target.removeprefix(BASE), BASE).status == 200, (page, link)


def test_every_link_stays_on_the_site() -> None:
    """The sample needs no other host: it works without a network."""
    for page in pages():
        for _, _, link, _ in document(page).iterlinks():
            assert urlsplit(urljoin(BASE, link)).netloc == "paper.example", (page, link)


def test_every_article_is_reachable_from_the_front_page_by_links_alone() -> None:
    """A crawler that knows no sitemap still finds the whole paper."""
    seen, ahead = set[str](), ["/"]
    while ahead:
        page = ahead.pop()
        if page in seen or not page.endswith((".html", "/")):
            continue
        seen.add(page)
        links = document(page).xpath("//a/@href")
        ahead += [urlsplit(link).path for link in links if link.startswith(BASE)]
    assert {row["path"] for row in ARTICLES} <= seen


def test_the_sitemap_lists_exactly_the_articles_on_their_days() -> None:
    """Nothing is missing from the sitemap, nothing else is in it, and the days agree."""
    tree = etree.fromstring(answer("/sitemap.xml", BASE).content)
    listed = {
        entry.findtext("s:loc", namespaces=SITEMAP).removeprefix(BASE): entry.findtext(
            "s:lastmod", namespaces=SITEMAP
        )[:10]
        for entry in tree.iterfind("s:url", SITEMAP)
    }
    assert listed == {row["path"]: row["date"][:10] for row in ARTICLES}
    assert len(locations("/sitemap.xml")) == len(ARTICLES) == 42


def test_the_news_sitemap_lists_the_newest_articles() -> None:
    """The news sitemap holds only articles, the last ones."""
    newest = sorted(ARTICLES, key=lambda row: row["date"], reverse=True)[:4]
    assert set(locations("/news-sitemap.xml")) == {row["path"] for row in newest}


@pytest.mark.parametrize(
    ("feed", "links"),
    [
        ("/feed.xml", "//item/link/text()"),
        ("/atom.xml", "//*[local-name()='entry']/*[local-name()='link']/@href"),
    ],
)
def test_the_feeds_parse_and_name_articles(feed: str, links: str) -> None:
    """RSS and Atom are well-formed, and each entry is one of the articles."""
    found = etree.fromstring(answer(feed, BASE).content).xpath(links)
    assert len(found) >= 9
    assert {link.removeprefix(BASE) for link in found} <= {row["path"] for row in ARTICLES}


def test_the_forbidden_page_is_linked_but_listed_nowhere() -> None:
    """Only robots.txt stands between a crawler and the page under /private/."""
    forbidden = "/private/draft-budget.html"
    robots = RobotFileParser()
    robots.parse(answer("/robots.txt", BASE).content.decode().splitlines())
    assert not robots.can_fetch("bahith", BASE + forbidden)
    assert all(robots.can_fetch("bahith", BASE + row["path"]) for row in ARTICLES)
    assert robots.site_maps() == [BASE + "/sitemap.xml", BASE + "/news-sitemap.xml"]
    assert BASE + forbidden in document("/").xpath("//a/@href")
    for listing in ("/sitemap.xml", "/news-sitemap.xml", "/feed.xml", "/atom.xml"):
        assert b"private" not in answer(listing, BASE).content


def test_the_word_of_the_forbidden_page_is_on_no_other() -> None:
    """Finding «بنفسجستان» proves that the page was read, because nothing else says it."""
    assert [page for page in pages() if "بنفسجستان" in text_of(page)] == [
        "/private/draft-budget.html"
    ]


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: unquote(row["path"]))
def test_an_article_says_what_the_list_says_of_it(row: Row) -> None:
    """Title, shown date, author and section stand on the page; the text has a story's length."""
    everything = text_of(row["path"])
    assert " ".join(row["title"].split()) in everything
    assert row["shown"] in everything
    assert row["author"] in everything
    assert row["section"] in everything
    assert 120 <= len(story(row["path"]).split()) <= 350


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: unquote(row["path"]))
def test_an_article_is_in_the_charset_it_declares(row: Row) -> None:
    """The header says UTF-8 where the page does; windows-1256 pages speak for themselves."""
    said = answer(row["path"], BASE)
    said.content.decode(row["charset"])
    if row["charset"] == "utf-8":
        assert said.content_type == "text/html; charset=utf-8"
    else:
        assert said.content_type == "text/html"
        assert f"charset={row['charset']}".encode() in said.content
        with pytest.raises(UnicodeDecodeError):
            said.content.decode("utf-8")


def test_a_shown_weekday_is_the_day_of_the_date() -> None:
    """The calendar of the invented town is the real one."""
    for row in ARTICLES:
        day = datetime.fromisoformat(row["date"]).date()
        assert date(2026, 7, 5) <= day <= date(2026, 9, 6)
        for name in WEEKDAYS:
            if row["shown"].startswith(name):
                assert WEEKDAYS[day.weekday()] == name, row["path"]


def test_shown_dates_cover_every_month_system() -> None:
    """Each way of writing a date that the README lists is somewhere in the paper."""
    shown = " ".join(row["shown"] for row in ARTICLES)
    months = ("أغسطس", "تموز", "أيلول", "آب/أغسطس", "غشت", "يوليوز", "جويلية", "أوت", "صفر")
    assert all(form in shown for form in (*months, "٢٠٢٦", "28/07/2026", "1448هـ", "الموافق"))


def test_a_copy_shares_most_of_its_words_with_its_original() -> None:
    """A republished text is near its original and not equal to it."""
    copies = [row for row in ARTICLES if "copy_of" in row]
    assert len(copies) == 3
    for row in copies:
        copy, original = set(story(row["path"]).split()), set(story(row["copy_of"]).split())
        assert copy != original
        assert len(copy & original) / len(copy) > 0.8, row["path"]


def test_planted_letters_are_in_the_files() -> None:
    """What keyboards leave behind has not been cleaned away by an editor of this project."""
    assert "کشفت مکتبة" in story("/culture/manuscripts.html")
    assert "ﻻ طريق" in story("/science/vaccines.html")
    assert "موجـــة" in text_of("/environment/heatwave.html")
    assert "\N{RIGHT-TO-LEFT MARK}47" in story("/environment/heatwave.html")
    assert "١٤٬٣٠٠" in story("/economy/containers.html")
    marks = re.findall(
        "[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]", story("/culture/vocalised-tale.html")
    )
    assert len(marks) > 350


def test_the_readme_names_only_pages_that_exist() -> None:
    """Each path in the README's tables is a page of the site."""
    named = re.findall(r"`([a-z]+/[^`.]+)`", (SAMPLE / "README.md").read_text("utf-8"))
    assert len(set(named)) > 25
    for name in named:
        assert (SITE / f"{name}.html").exists() or (SAMPLE.parent.parent / f"{name}").exists(), name


def test_queries_expect_articles_of_the_paper() -> None:
    """Every expected path is an article, no query stands twice, and one may find nothing."""
    paths = {row["path"] for row in ARTICLES}
    assert all(set(row["urls"]) <= paths for row in QUERIES)
    assert len({row["query"] for row in QUERIES}) == len(QUERIES) >= 20
    assert sum(not row["urls"] for row in QUERIES) == 1


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: unquote(row["path"]))
def test_an_article_is_read_whole_and_on_its_day(row: Row) -> None:
    """Cleaning keeps the story, drops the boxes around it, and dates it rightly."""
    said = answer(row["path"], BASE)
    article = extract(said.content, BASE + row["path"], said.content_type)
    assert isinstance(article, Article)
    assert article.date[:10] == row["date"][:10]
    body, words = set(article.body.split()), set(story(row["path"]).split())
    boxes = (
        "اقرأ أيضاً",
        "إقرأ المزيد",
        "شاهد أيضاً",
        "شارك الخبر",
        "التعليقات",
        "تعريف الارتباط",
        "تلغرام",
    )
    assert not [label for label in boxes if label in article.body]
    # A pull quote may go, a lead and the subtitle may come.
    assert len(body & words) / len(words) > 0.95
    assert len(body & words) / len(body) > 0.85


@pytest.mark.parametrize(
    "path",
    ["/", "/local/", "/opinion/", "/tag/harbour.html", "/about.html", "/video/lantern-night.html"],
)
def test_a_page_that_is_no_article_is_refused(path: str) -> None:
    """Front page, sections, tags, the imprint and a lone video stay out of the archive."""
    said = answer(path, BASE)
    assert isinstance(extract(said.content, BASE + path, said.content_type), Rejected)


@pytest.mark.parametrize("folder", OUTLETS, ids=lambda folder: folder.name)
def test_the_other_outlets_are_articles_that_lead_to_each_other(folder: Path) -> None:
    """Each page from the front page, each an article of that outlet with its moment."""
    front = answer("/", BASE, (folder,)).content.decode()
    stories = sorted(page for page in folder.glob("*.html") if page.stem not in ("index", "404"))
    assert len(stories) >= 5
    for page in stories:
        assert f'href="/{page.name}"' in front
        url = f"{BASE}/{page.name}"
        article = extract(answer(f"/{page.name}", BASE, (folder,)).content, url)
        assert isinstance(article, Article), page
        assert article.source
        assert article.date.startswith("2026-")
        assert article.body.count("\n") >= 2


def test_every_outlet_has_its_names_in_two_languages() -> None:
    """And none that it does not call itself."""
    named = {source for site in read_sites(NAMES) for source in site.sources}
    assert all(site.title and site.title_en for site in read_sites(NAMES))
    pages = [answer("/", BASE, (folder,)).content.decode() for folder in OUTLETS]
    said = {re.search('og:site_name" content="([^"]+)', page)[1] for page in pages}
    assert said < named


def test_one_page_was_edited() -> None:
    """Its first edition tells another number, and stands before the present one."""
    (first,) = (file for file in FIRST.rglob("*.html"))
    path = f"/{first.relative_to(FIRST).as_posix()}"
    texts = [
        extract(answer(path, BASE, folders).content, BASE + path)
        for folders in ((FIRST, SITE), (SITE,))
    ]
    assert all(isinstance(one, Article) for one in texts)
    assert "4 أحياء" in texts[0].body
    assert "خمسة أحياء" in texts[1].body
