"""The pages: what a reader sees, and that it works without JavaScript."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from lxml import html

from searcher import Note, Searcher
from tests.newsroom import VISIT, VISIT_ID, application, fill
from web import create_app
from web.locale.arabic import ARABIC, TEXT
from web.locale.locale import DEFAULT


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


def submit(client: FlaskClient, document: html.HtmlElement, button: str) -> html.HtmlElement:
    """The page that a button leads to: its form's fields, then those of the button."""
    pressed = document.cssselect(button)[0]
    form = document.get_element_by_id(pressed.get("form") or "filters")
    fields = [(name, value) for name, value in form.form_values()]
    if pressed.get("name"):
        fields.append((pressed.get("name"), pressed.get("value")))
    return page(client, f"{pressed.get('formaction') or form.get('action')}?{urlencode(fields)}")


def tick(document: html.HtmlElement, name: str, value: str) -> None:
    """Tick a box of the filters, or take the tick away."""
    (box,) = document.xpath(f"//input[@type='checkbox'][@name='{name}'][@value='{value}']")
    box.checked = not box.checked


def test_the_front_page_says_what_can_be_searched(client: FlaskClient) -> None:
    """Counts of articles and sources, the newest first, a strip of days, when it was updated."""
    front = page(client, "/")
    assert texts(front, ".holdings")[0].startswith("في الفهرس ٤٠ مقالة من ٤ مصادر")
    assert texts(front, ".latest li a")[0] == "Harbour reopens after the storm"
    assert front.cssselect("time.ago")[0].get("datetime")
    days = texts(front, ".days li a")
    assert days[-1] == "٢٠ آب ١"
    assert page(client, front.cssselect(".days li a")[-1].get("href")).cssselect(".hit")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_example_of_the_help_finds_something_here(client: FlaskClient, language: str) -> None:
    """They are words of this archive, and used to the last letter."""
    manual = page(client, f"/help?lang={language}")
    rows = manual.cssselect(".help tbody a")
    assert len(rows) == len(ARABIC.syntax)
    for example in rows[:-1]:  # the last is a month, whatever the archive's time
        found = page(client, example.get("href"))
        assert not found.cssselect(".notes"), example.text_content()
        assert found.cssselect(".hit"), example.text_content()


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
    assert all(word == "سفير" and reason in ARABIC.reasons.values() for word, _, reason in cells)


def test_a_word_that_an_article_lacks_is_named(client: FlaskClient) -> None:
    """Most of the words suffice, and the hit says which one is missing."""
    found = page(client, "/search?q=استيراد+القمح+الوزارة+العاصمة+زرافة")
    assert "زرافة" in " ".join(texts(found, ".missing"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 1000, 19507])
def test_counts_follow_arabic_grammar(count: int) -> None:
    """One, two, few, many: each has its own form of the noun."""
    said = DEFAULT.counted(count, "results")
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
    """Newest and oldest first, by buttons of the one form."""
    found = page(client, "/search?q=السوق&source=الساحل&sort=relevance")
    for order, reverse in (("newest", True), ("oldest", False)):
        ordered = submit(client, found, f".sort button[value={order}]")
        days = [time.get("datetime") for time in ordered.cssselect(".hit time")]
        assert days == sorted(days, reverse=reverse)
        assert set(texts(ordered, ".hit .source")) == {"الساحل"}
        assert ordered.cssselect(".sort [aria-pressed=true]")[0].get("value") == order


def test_newer_articles_are_preferred_where_asked(client: FlaskClient, folder: Path) -> None:
    """A switch beside the orders, which an installation may turn on for everyone."""
    for recency in (False, True):
        app = create_app(f"whoosh:{folder / 'index'}", recency=recency)
        switch = page(app.test_client(), "/search?q=السوق").cssselect(".sort .switch")[0]
        assert (switch.get("aria-pressed") == "true") is recency
        assert (switch.get("name"), switch.get("value")) == ("recency", str(int(not recency)))
    scores = [
        client.get(f"/api/search?q=السفير&recency={on}").get_json()["hits"][0]["score"]
        for on in (0, 1)
    ]
    assert scores[0] < scores[1]


def test_a_source_narrows_and_widens_again(client: FlaskClient) -> None:
    """A filter is a box to tick; the other sources keep their counts; without it all come back."""
    found = page(client, "/search?q=السوق")
    before = texts(found, ".group.source label")
    tick(found, "source", "الساحل")
    narrowed = submit(client, found, ".group.source button")
    assert set(texts(narrowed, ".hit .source")) == {"الساحل"}
    assert texts(narrowed, ".group.source label") == before
    assert "المصدر: الساحل" in texts(narrowed, ".active li")[0]
    by_link = follow(client, narrowed, ".active li a")
    tick(narrowed, "source", "الساحل")
    for wide in (submit(client, narrowed, ".group.source button"), by_link):
        assert texts(wide, ".total [role=status]") == texts(found, ".total [role=status]")


def test_a_value_of_a_filter_is_found_by_its_letters(client: FlaskClient) -> None:
    """What is ticked stays in sight; hamza and final letters make no difference."""
    found = page(client, "/search?find.source=بريد+المرسي&source=الساحل")
    shown = [box.get("value") for box in found.cssselect(".group.source input[type=checkbox]")]
    assert set(shown) == {"بريد المرسى", "الساحل"}
    none = page(client, "/search?find.source=زرافة")
    assert texts(none, ".group.source .hint") == [TEXT["filter_none"]]


def test_a_new_question_keeps_the_filters(client: FlaskClient) -> None:
    """The search box carries them as hidden fields, and the order too."""
    found = page(client, "/search?q=السوق&source=الساحل&since=2015-02&sort=newest&page=2")
    hidden = {i.get("name"): i.get("value") for i in found.cssselect(".ask input[type=hidden]")}
    assert hidden == {"source": "الساحل", "since": "2015-02-01", "sort": "newest"}


def test_a_month_is_a_filter(client: FlaskClient) -> None:
    """The months of the answers with their counts, newest first; pressed again they are off."""
    found = page(client, "/search?q=السوق")
    months = texts(found, ".group.month button")
    assert months[0] == "أيار/مايو ٢٠١٥ ٧"
    narrowed = submit(client, found, ".group.month button")
    assert {time.get("datetime") for time in narrowed.cssselect(".hit time")} == {"2015-05-10"}
    assert texts(narrowed, ".group.month button") == months
    wide = submit(client, narrowed, ".group.month [aria-pressed=true]")
    assert texts(wide, ".total [role=status]") == texts(found, ".total [role=status]")


def test_periods_count_from_the_newest_article(client: FlaskClient) -> None:
    """An archive that ends in August 2015 has its last week there."""
    found = page(client, "/search")
    week = submit(client, found, ".quick button[value=week]")
    assert [time.get("datetime") for time in week.cssselect(".hit time")] == ["2015-08-20"]
    assert week.cssselect(".quick [aria-pressed=true]")[0].get("value") == "week"
    assert week.cssselect(".group input[name=since]")[0].get("value") == "14/8/2015"


def test_what_a_date_field_shows_is_read_back(client: FlaskClient) -> None:
    """Day, month, year; applying the filters again changes nothing."""
    found = page(client, "/search?q=السوق&since=2015-02-03&until=2015-04-11")
    again = submit(client, found, ".group.period button[type=submit]")
    assert texts(again, ".hit time") == texts(found, ".hit time")
    assert texts(again, ".active li") == texts(found, ".active li")


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


def test_a_question_typed_on_the_wrong_keyboard_is_put_right_and_can_be_undone(
    client: FlaskClient,
) -> None:
    """The page says what it searched for and why, and how to search for what was typed."""
    found = page(client, "/search?q=hgstdv")
    assert texts(found, ".hit h2")[0] == "السفير الروسي يزور الميناء"
    said = texts(found, ".suggestion")[0]
    assert "السفير" in said
    assert ARABIC.reasons["keyboard"] in said
    assert found.cssselect("#q")[0].get("value") == "hgstdv"
    literal = follow(client, found, ".suggestion a")
    assert not literal.cssselect(".hit")
    (allow,) = literal.xpath(f"//a[text()='{TEXT['empty_literal']}']")
    assert texts(page(client, allow.get("href")), ".hit h2") == texts(found, ".hit h2")


def test_no_answer_gives_ways_on(client: FlaskClient) -> None:
    """An empty page says what to try, and offers to take the filters off."""
    found = page(client, "/search?q=زرافة&source=الساحل")
    assert texts(found, "h1") == ["لا مقالة تجيب عن «زرافة»"]
    assert "«زرافة» ليست في الفهرس بأي صيغة" in texts(found, ".empty li")
    links = [link.get("href") for link in found.cssselect(".empty li a")]
    assert "/search?q=" + quote("زرافة") in links


def test_no_answer_says_what_each_word_finds_alone(client: FlaskClient) -> None:
    """Which word is unknown, what the others find, and the question without one."""
    found = page(client, '/search?q="زرافة+السوق"&source=الساحل&literal=1')
    said = texts(found, ".empty li")
    assert "«زرافة» ليست في الفهرس بأي صيغة" in said
    assert "«السوق» وحدها: ٢٣ نتيجة" in said
    alone = follow(client, found, ".empty ul a")
    assert texts(alone, ".total [role=status]") == ["٢٣ نتيجة"]


def test_no_question_browses_the_newest(client: FlaskClient) -> None:
    """Filters alone list what they hold."""
    found = page(client, "/search?source=بريد+المرسى")
    assert found.cssselect(".hit h2 a")[0].get("href") == VISIT.url


def test_a_question_of_ten_thousand_words_is_cut_and_said(client: FlaskClient) -> None:
    """The page stays small, whatever is pasted into the box."""
    response = client.get("/search", query_string={"q": "السوق " * 10_000})
    assert response.status_code == 200
    assert DEFAULT.note(Note("long-query", 2000)) in response.get_data(as_text=True)
    assert len(response.data) < 400_000


def test_an_article_shows_its_stored_text_with_the_words_marked(client: FlaskClient) -> None:
    """Every paragraph, the link to the original, both calendars, its tags."""
    story = page(client, f"/article/{VISIT_ID}?q=السفير")
    assert "\n".join(texts(story, ".body p")) == VISIT.body
    assert "السفيرُ" in texts(story, ".body mark")
    assert "السفير" in texts(story, "h1 mark")
    assert story.cssselect(".archived a")[0].get("href") == VISIT.url
    assert DEFAULT.full_day(VISIT.date) in texts(story, ".facts")[0]
    assert texts(story, ".story .chips li") == list(VISIT.tags)


def test_an_article_leads_back_to_its_list_and_to_its_neighbours(client: FlaskClient) -> None:
    """The same page of the same filtered results; previous and next hit, first to last."""
    found = page(client, "/search?q=السوق&source=الساحل&sort=newest&page=2")
    titles = texts(found, ".hit h2")
    story = follow(client, found, ".hit .more a")
    assert texts(story, "h1") == titles[:1]
    assert texts(follow(client, story, ".back a"), ".hit h2") == titles
    assert texts(follow(client, story, ".back a[rel=next]"), "h1") == titles[1:2]
    before = follow(client, story, ".back a[rel=prev]")
    assert texts(follow(client, before, ".back a[rel=next]"), "h1") == titles[:1]
    last = page(client, "/search?q=السوق&page=4").cssselect(".hit .more a")[-1]
    assert not page(client, last.get("href")).cssselect(".back a[rel=next]")
    assert not follow(client, page(client, "/search?q=السوق"), ".hit .more a").cssselect(
        ".back a[rel=prev]"
    )


def test_an_article_says_what_others_show_of_it(client: FlaskClient) -> None:
    """A link in a message, and a reference manager, know its title, source and day."""
    story = page(client, f"/article/{VISIT_ID}")
    told = {
        meta.get("property") or meta.get("name"): meta.get("content") for meta in story.iter("meta")
    }
    assert told["og:title"] == told["citation_title"] == VISIT.title
    assert told["citation_publication_date"] == "2015/08/01"
    assert VISIT.body.startswith(told["description"][:20])
    assert told["og:description"] == told["description"]


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
        skip = document.cssselect("a.skip")[0].get("href")
        assert document.get_element_by_id(skip.removeprefix("#")).get("tabindex") == "-1"
        ids = document.xpath("//@id")
        assert len(ids) == len(set(ids))
        for field in document.cssselect("input:not([type=hidden])"):
            labelled = (
                document.cssselect(f"label[for={field.get('id')}]") if field.get("id") else []
            )
            assert labelled or field.getparent().tag == "label" or field.get("aria-label")
        assert all(nav.get("aria-label") for nav in document.cssselect("nav"))
