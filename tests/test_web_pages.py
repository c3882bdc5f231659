"""The pages: what a reader sees, and that it works without JavaScript."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import html

from searcher import Searcher
from tests.newsroom import ARTICLES, VISIT, VISIT_ID, application, fill
from web import create_app
from web.locale.formats import counted, full_day
from web.locale.strings import COUNTS, REASONS, SYNTAX, TEXT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with all articles indexed."""
    place = tmp_path_factory.mktemp("newsroom")
    fill(place, *ARTICLES)
    return place


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    """A reader of it."""
    return application(folder).test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> html.HtmlElement:
    """A page of ours, parsed."""
    response = client.get(address)
    assert response.status_code == status, response.get_data(as_text=True)[:500]
    return html.fromstring(response.get_data(as_text=True))


def texts(document: html.HtmlElement, selector: str) -> list[str]:
    """The texts of the elements that a CSS selector finds, spaces squeezed."""
    return [" ".join(found.text_content().split()) for found in document.cssselect(selector)]


def follow(client: FlaskClient, document: html.HtmlElement, selector: str) -> html.HtmlElement:
    """The page behind the first link that a selector finds."""
    return page(client, document.cssselect(selector)[0].get("href"))


def test_the_front_page_says_what_can_be_searched(client: FlaskClient) -> None:
    """Counts of articles and sources, the newest first, and how to ask."""
    front = page(client, "/")
    assert texts(front, ".holdings")[0].startswith("في الفهرس ٤٠ مقالة من ٤ مصادر")
    assert texts(front, ".latest li a")[0] == "Harbour reopens after the storm"
    assert len(texts(front, ".help tbody tr")) >= 8


@pytest.mark.parametrize("example", [example for example, _ in SYNTAX])
def test_every_example_of_the_help_is_understood(client: FlaskClient, example: str) -> None:
    """What the page tells readers to type is used to the last letter."""
    found = page(client, f"/search?q={quote(example)}")
    assert not found.cssselect(".notes")


def test_the_page_is_right_to_left_arabic(client: FlaskClient) -> None:
    """The whole page says its language and direction, each hit its own direction."""
    found = page(client, "/search?q=السفير")
    assert (found.get("lang"), found.get("dir")) == ("ar", "rtl")
    directions = {
        hit.cssselect("h2")[0].text_content().strip(): hit.get("dir")
        for hit in found.cssselect(".hit")
    }
    assert directions["Harbour reopens after the storm"] == "ltr"
    assert directions["السفير الروسي يزور الميناء"] == "rtl"


def test_a_hit_shows_where_when_and_the_words_that_answered(client: FlaskClient) -> None:
    """Title linked to the original, source, author, date, marked passage, stored copy."""
    hit = page(client, "/search?q=السفير+الروسي").cssselect(".hit")[0]
    assert hit.cssselect("h2 a")[0].get("href") == VISIT.url
    assert hit.cssselect("time")[0].get("datetime") == VISIT.date
    assert texts(hit, ".facts > *") == [
        "بريد المرسى",
        "سياسة",
        "سليم الحداد",
        "١ آب/أغسطس ٢٠١٥",
    ]
    assert "السفيرُ" in texts(hit, ".snippet mark")
    assert f"/article/{VISIT_ID}?" in hit.cssselect(".more a")[0].get("href")


def test_a_hit_says_why_each_word_matched(client: FlaskClient) -> None:
    """The reader's word, the article's form and a reason in Arabic, under a fold."""
    rows = page(client, "/search?q=سفير").cssselect(".hit .why tbody tr")
    cells = [[cell.text_content() for cell in row] for row in rows]
    assert cells
    assert all(word == "سفير" and reason in REASONS.values() for word, _, reason in cells)


def test_a_word_that_an_article_lacks_is_named(client: FlaskClient) -> None:
    """Most of the words suffice, and the hit says which one is missing."""
    found = page(client, "/search?q=استيراد+القمح+الوزارة+العاصمة+زرافة")
    assert "زرافة" in " ".join(texts(found, ".missing"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 1000, 19507])
def test_counts_follow_arabic_grammar(count: int) -> None:
    """One, two, few, many: each has its own form of the noun."""
    said = counted(count, COUNTS["results"])
    if count % 100 in range(3, 11):
        assert said.endswith(" نتائج")
    elif count > 2:
        assert said.endswith(" نتيجة")
    else:
        assert said == ("لا نتائج", "نتيجة واحدة", "نتيجتان")[count]


def test_the_total_is_announced(client: FlaskClient) -> None:
    """A screen reader hears it, in the words of Arabic."""
    total = page(client, "/search?q=القمح").cssselect("[role=status]")[0]
    assert total.text_content().startswith("نتيجة واحدة")


def test_pages_turn_and_keep_the_question(client: FlaskClient) -> None:
    """Thirty-five answers are four pages; no article shows twice."""
    seen: list[str] = []
    current = page(client, "/search?q=السوق&sort=newest")
    for _ in range(4):
        seen += [link.get("href") for link in current.cssselect(".hit h2 a")]
        if not current.cssselect(".pages a[rel=next]"):
            break
        current = follow(client, current, ".pages a[rel=next]")
    assert len(seen) == len(set(seen)) == 35
    assert current.cssselect(".hits")[0].get("start") == "31"


def test_a_page_past_the_end_leads_to_the_last(client: FlaskClient) -> None:
    """An old link, when articles have gone since."""
    answer = client.get("/search?q=السوق&page=90")
    assert answer.status_code == 302
    assert "page=4" in answer.headers["Location"]


def test_sorting_by_date_orders_by_date(client: FlaskClient) -> None:
    """Newest and oldest first, by links."""
    found = page(client, "/search?q=السوق")
    for place, reverse in ((1, True), (2, False)):
        link = found.cssselect(".sort a")[place].get("href")
        days = [time.get("datetime") for time in page(client, link).cssselect(".hit time")]
        assert days == sorted(days, reverse=reverse)


def test_newer_articles_are_preferred_where_asked(client: FlaskClient, folder: Path) -> None:
    """A switch beside the orders, which an installation may turn on for everyone."""
    for recency in (False, True):
        app = create_app(f"whoosh:{folder / 'index'}", recency=recency)
        switch = page(app.test_client(), "/search?q=السوق").cssselect(".sort .switch")[0]
        assert (switch.get("aria-current") == "true") is recency
        assert f"recency={int(not recency)}" in switch.get("href")
    scores = [
        client.get(f"/api/search?q=السفير&recency={on}").get_json()["hits"][0]["score"]
        for on in (0, 1)
    ]
    assert scores[0] < scores[1]


def test_a_source_narrows_and_widens_again(client: FlaskClient) -> None:
    """A filter is a link; the other sources keep their counts; a second click takes it off."""
    found = page(client, "/search?q=السوق")
    before = texts(found, ".group.source li")
    narrowed = follow(client, found, ".group.source li a")
    assert set(texts(narrowed, ".hit .source")) == {"الساحل"}
    assert texts(narrowed, ".group.source li") == before
    assert texts(narrowed, ".active li")[0].startswith("المصدر: الساحل")
    wide = follow(client, narrowed, ".group.source li a[aria-current]")
    assert texts(wide, "#total")[0].split(" في ")[0] == texts(found, "#total")[0].split(" في ")[0]


def test_a_new_question_keeps_the_filters(client: FlaskClient) -> None:
    """The search box carries them as hidden fields, and the order too."""
    found = page(client, "/search?q=السوق&source=الساحل&since=2015-02&sort=newest&page=2")
    hidden = {i.get("name"): i.get("value") for i in found.cssselect(".ask input[type=hidden]")}
    assert hidden == {"source": "الساحل", "since": "2015-02-01", "sort": "newest"}


def test_a_month_is_a_filter(client: FlaskClient) -> None:
    """The months of the answers with their counts, newest first; one click narrows to one."""
    found = page(client, "/search?q=السوق")
    months = texts(found, ".group.month li a")
    assert months[0] == "أيار/مايو ٢٠١٥ ٧"
    narrowed = follow(client, found, ".group.month li a")
    assert {time.get("datetime") for time in narrowed.cssselect(".hit time")} == {"2015-05-10"}
    assert texts(narrowed, ".group.month li a") == months


def test_dates_are_understood_in_any_digits_and_width(client: FlaskClient) -> None:
    """A year, a month or a day bounds the answers, both ends included."""
    found = page(client, "/search?q=السوق&since=٢٠١٥-٠٢&until=2015-03")
    days = {time.get("datetime") for time in found.cssselect(".hit time")}
    assert days == {"2015-02-10", "2015-03-10"}


def test_dates_the_wrong_way_round_are_put_right(client: FlaskClient) -> None:
    """From March to February means February to March."""
    found = page(client, "/search?q=السوق&since=2015-03-31&until=2015-02-01")
    assert {time.get("datetime") for time in found.cssselect(".hit time")} == {
        "2015-02-10",
        "2015-03-10",
    }


def test_a_date_that_is_none_is_said_and_left_out(client: FlaskClient) -> None:
    """Nothing a stranger writes in the address is an error."""
    found = page(client, "/search?q=السوق&since=الأمس&page=س&sort=؟")
    assert "«الأمس»" in texts(found, ".notes li")[0]
    assert len(found.cssselect(".hit")) == 10


def test_quick_ranges_end_today(client: FlaskClient) -> None:
    """The last week is seven days back from today."""
    links = [a.get("href") for a in page(client, "/search?q=السوق").cssselect(".quick a")]
    week = (date.today() - timedelta(days=7)).isoformat()
    assert any(f"since={week}" in link for link in links)


def test_a_question_typed_on_the_wrong_keyboard_is_put_right_and_can_be_undone(
    client: FlaskClient,
) -> None:
    """The page says what it searched for and why, and how to search for what was typed."""
    found = page(client, "/search?q=hgstdv")
    assert texts(found, ".hit h2")[0] == "السفير الروسي يزور الميناء"
    said = texts(found, ".suggestion")[0]
    assert "السفير" in said
    assert REASONS["keyboard"] in said
    assert found.cssselect("#q")[0].get("value") == "hgstdv"
    literal = follow(client, found, ".suggestion a")
    assert not literal.cssselect(".hit")
    again = follow(client, literal, ".empty a")
    assert texts(again, ".hit h2") == texts(found, ".hit h2")


def test_no_answer_gives_ways_on(client: FlaskClient) -> None:
    """An empty page says what to try, and offers to take the filters off."""
    found = page(client, "/search?q=زرافة&source=الساحل")
    assert texts(found, ".empty h2") == ["لا مقالة تجيب عن «زرافة»"]
    assert found.cssselect(".empty li a")[0].get("href") == "/search?q=" + quote("زرافة")


def test_no_question_browses_the_newest(client: FlaskClient) -> None:
    """Filters alone list what they hold."""
    found = page(client, "/search?source=بريد+المرسى")
    assert found.cssselect(".hit h2 a")[0].get("href") == VISIT.url


def test_a_question_of_ten_thousand_words_is_cut_and_said(client: FlaskClient) -> None:
    """The page stays small, whatever is pasted into the box."""
    response = client.get("/search", query_string={"q": "السوق " * 10_000})
    assert response.status_code == 200
    assert TEXT["query_cut"].format("٢٬٠٠٠") in response.get_data(as_text=True)
    assert len(response.data) < 2_000_000


def test_an_article_shows_its_stored_text_with_the_words_marked(client: FlaskClient) -> None:
    """Every paragraph, the link to the original, both calendars, its tags."""
    story = page(client, f"/article/{VISIT_ID}?q=السفير")
    assert "\n".join(texts(story, ".body p")) == VISIT.body
    assert "السفيرُ" in texts(story, ".body mark")
    assert "السفير" in texts(story, "h1 mark")
    assert story.cssselect(".archived a")[0].get("href") == VISIT.url
    assert full_day(VISIT.date) in texts(story, ".facts")[0]
    assert texts(story, ".story .chips li") == list(VISIT.tags)


def test_what_is_no_web_address_is_never_a_link(client: FlaskClient) -> None:
    """An imported identifier leads to the stored copy instead."""
    hit = page(client, "/search?q=الزراعة").cssselect(".hit")[0]
    assert hit.cssselect("h2 a")[0].get("href").startswith("/article/")
    story = follow(client, hit, "h2 a")
    assert not story.cssselect(".archived a")
    assert "row-17" in texts(story, ".archived")[0]


def test_an_unknown_address_is_a_page(client: FlaskClient) -> None:
    """With the box to search in, and no trace of the program."""
    for address in ("/nowhere", "/article/none"):
        lost = page(client, address, 404)
        assert texts(lost, "h1") == [TEXT["error_404"]]
        assert lost.cssselect("form.ask")
    assert client.post("/search").status_code == 405


def test_a_missing_index_is_a_page_with_the_command_to_type(tmp_path: Path) -> None:
    """503 until `bahith index` ran; the same server answers the moment it did."""
    reader = application(tmp_path).test_client()
    for address in ("/", "/search?q=السفير", "/article/1"):
        said = page(reader, address, 503)
        assert "bahith index" in texts(said, "pre")[0]
    fill(tmp_path, VISIT)
    assert page(reader, "/search?q=السفير").cssselect(".hit")


def test_a_failure_inside_is_a_page_without_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw is logged, and told in a sentence."""
    monkeypatch.delattr(Searcher, "search")
    fill(tmp_path, VISIT)
    answer = application(tmp_path).test_client().get("/search?q=س")
    assert answer.status_code == 500
    assert TEXT["error_500"] in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)


def test_new_articles_are_found_by_a_running_server(tmp_path: Path) -> None:
    """An index that changes under the server is seen by the next search."""
    fill(tmp_path, VISIT)
    reader = application(tmp_path).test_client()
    assert not page(reader, "/search?q=زلزال").cssselect(".hit")
    fill(tmp_path, replace(VISIT, url="https://news.example/quake", title="زلزال في الشمال"))
    assert page(reader, "/search?q=زلزال").cssselect(".hit")


def test_readers_are_served_while_the_index_changes(tmp_path: Path) -> None:
    """Many threads over one open index, and a writer beside them: every answer is whole."""
    fill(tmp_path, VISIT)
    app = application(tmp_path)

    def read(number: int) -> tuple[int, int]:
        answer = app.test_client().get(f"/api/search?q=السفير&limit={1 + number % 5}")
        found = answer.get_json()
        return answer.status_code, found["total"] - found["facets"]["source"][0][1]

    with ThreadPoolExecutor(8) as readers:
        answers = readers.map(read, range(120))
        for number in range(6):
            fill(tmp_path, replace(VISIT, url=f"https://news.example/again/{number}"))
        assert set(answers) == {(200, 0)}


def test_a_reader_who_has_the_page_is_told_so(tmp_path: Path) -> None:
    """The tag changes with the index and with nothing else."""
    fill(tmp_path, VISIT)
    reader = application(tmp_path).test_client()
    first = reader.get("/search?q=السفير")
    tag = {"If-None-Match": first.headers["ETag"]}
    again = reader.get("/search?q=السفير", headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert reader.get("/search?q=الوزير", headers=tag).status_code == 200
    fill(tmp_path, replace(VISIT, title="السفير يغادر"))
    assert reader.get("/search?q=السفير", headers=tag).status_code == 200


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    """No other host, no inline script or style: a strict content policy that the page keeps."""
    for address in ("/", "/search?q=السفير", f"/article/{VISIT_ID}"):
        response = client.get(address)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        document = html.fromstring(response.get_data(as_text=True))
        loaded = [e.get("src") or "" for e in document.cssselect("script, img, iframe")]
        loaded += [
            e.get("href") for e in document.cssselect("link[rel=stylesheet], link[rel=icon]")
        ]
        assert all(re.match(r"/(?!/)", place) for place in loaded)
        assert not document.xpath("//style | //@style | //script[not(@src)]")
        named = {str(name) for element in document.iter() for name in element.attrib}
        assert not {name for name in named if name.startswith("on")}


def test_static_files_are_there_and_named_by_their_content(client: FlaskClient) -> None:
    """A browser may keep them until they change."""
    front = page(client, "/")
    for link in [*front.cssselect("link[rel=stylesheet]"), *front.cssselect("script")]:
        address = link.get("href") or link.get("src")
        assert re.search(r"\?v=\w+", address)
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_every_page_is_sound_for_those_who_do_not_see_it(client: FlaskClient) -> None:
    """One h1, landmarks, a skip link, labelled fields, unique ids, named navigation."""
    for address in ("/", "/search?q=السفير", "/search?q=زرافة", f"/article/{VISIT_ID}"):
        document = page(client, address)
        assert len(document.cssselect("h1")) == 1
        assert len(document.cssselect("main")) == len(document.cssselect("header.top")) == 1
        assert document.cssselect("a.skip")[0].get("href") == "#main"
        ids = document.xpath("//@id")
        assert len(ids) == len(set(ids))
        for field in document.cssselect("input:not([type=hidden])"):
            labelled = (
                document.cssselect(f"label[for={field.get('id')}]") if field.get("id") else []
            )
            assert labelled or field.getparent().tag == "label"
        assert all(nav.get("aria-label") for nav in document.cssselect("nav"))


def test_the_templates_say_nothing_that_is_not_in_the_table(root: Path) -> None:
    """Every sentence stands in web/locale/strings.py, and every one that stands there is said."""
    used: set[str] = set()
    for file in (root / "web" / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"\bt\.(\w+)", text))
        prose = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", "", text, flags=re.S)
        assert not re.search(r"[\u0621-\u064a]{2,}", prose), file.name
    python = "".join(f.read_text(encoding="utf-8") for f in (root / "web").rglob("*.py"))
    used |= set(re.findall(r'TEXT\["(\w+)"\]', python))
    used |= {name for name in TEXT if name.startswith("error_")}
    assert used == set(TEXT)
