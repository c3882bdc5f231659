"""The coverage page, the chart over the results, and their JSON."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from index import CrossCount
from searcher import Bar, Histogram
from tests.newsroom import ARTICLES, application, fill
from web.locale.english import ENGLISH
from web.locale.locale import DEFAULT, Locale
from web.results.chart import bar_chart
from web.results.volumes import volumes


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Somebody at the newsroom's pages."""
    folder: Path = tmp_path_factory.mktemp("newsroom")
    fill(folder, *ARTICLES)
    return application(folder).test_client()


def page(reader: FlaskClient, address: str) -> str:
    """An answer's text."""
    answer = reader.get(quote(address, safe="/?&="))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_chart_over_results_counts_what_the_list_shows(reader: FlaskClient) -> None:
    """Its table adds up to the total; each period is a button that narrows, without a script."""
    text = page(reader, "/search?q=السوق&digits=latn")
    table = text[text.index('class="numbers"') : text.index("</table>")]
    rows = re.findall(r'value="([^"]+)">[^<]+</button></th>((?:<td>\d+</td>)+)', table)
    assert sum(int(n) for _, cells in rows for n in re.findall(r"\d+", cells)) == 35
    span, cells = rows[0]
    narrowed = page(reader, f"/search?q=السوق&digits=latn&month={span}")
    assert f"{sum(map(int, re.findall('[0-9]+', cells)))} نتا" in narrowed


def test_a_list_of_one_day_has_no_chart(reader: FlaskClient) -> None:
    """One bar tells nothing."""
    assert 'class="chart"' not in page(reader, "/search?q=السوق&since=2015-01-10&until=2015-01-10")


@pytest.mark.parametrize("by", ["count", "share"])
def test_four_questions_are_compared_and_no_fifth(reader: FlaskClient, by: str) -> None:
    """A line and a panel each; a question given twice is one."""
    questions = "".join(
        f"&q={word}" for word in ("السوق", "السفير", "السوق", "القمح", "زلزال", "أ")
    )
    text = page(reader, f"/coverage?by={by}{questions}")
    assert text.count('id="panel') == 4
    assert text.count("<path") == 4
    assert "الساحل" in text[text.index("من كتب") :]


def test_who_was_silent_is_told(reader: FlaskClient) -> None:
    """Sources with articles at that time and none on the question."""
    (found,) = reader.get("/api/coverage?q=" + quote("السوق")).get_json()["questions"]
    assert found["total"] == sum(bar["count"] for bar in found["bars"])
    assert {source for source, _ in found["sources"]} == {"الساحل", "بريد المرسى"}
    answer = reader.get("/api/coverage?q=" + quote("السوق") + "&until=2015-06&since=2015-05")
    (narrowed,) = answer.get_json()["questions"]
    assert narrowed["silent"] == [['"><svg onload=alert(2)>', 1]]


def test_time_runs_as_the_page_reads() -> None:
    """The first bar of an Arabic page is its rightmost."""
    found = Histogram("day", ("أ",), (Bar("2015-08-01", "2015-08-01", (2,)),) * 2)
    arabic, english = bar_chart(found, DEFAULT), bar_chart(found, Locale(ENGLISH))
    assert arabic
    assert english
    assert arabic.paths[0].startswith("M11 0.0")
    assert english.paths[0].startswith("M1 0.0")


@pytest.mark.parametrize("address", ["/coverage", "/coverage?q=زرافة", "/coverage?since=x&last=y"])
def test_any_address_is_answered(reader: FlaskClient, address: str) -> None:
    """Also one that asks nothing, or nonsense."""
    page(reader, address)


def test_the_state_of_the_archive_is_told(reader: FlaskClient) -> None:
    """Sources with their newest article and whether they write as usual."""
    text = page(reader, "/status?lang=en")
    assert "Harbour Post" in text
    assert "20 August 2015" in text
    assert "far below usual" not in text


def test_a_source_that_falls_silent_is_told() -> None:
    """Judged by its last whole day; the newest may be under way."""
    newest = date(2015, 8, 28)
    rows = [CrossCount("أ", f"2015-08-{day:02}", 20) for day in range(1, 29) if day != 27]
    rows += [CrossCount("ب", f"2015-08-{day:02}", 20) for day in range(1, 29)]
    assert {one.source: one.level for one in volumes(rows, newest)} == {"أ": "low", "ب": "usual"}


def test_sources_stand_beside_each_other_on_request(reader: FlaskClient) -> None:
    """Each bar from the ground up, as high as its own count, the first where reading begins."""
    bars = tuple(Bar(f"2015-08-0{day}", f"2015-08-0{day}", (3, 2)) for day in (1, 2))
    chart = bar_chart(Histogram("day", ("أ", "ب"), bars), DEFAULT, beside=True)
    assert chart
    assert chart.top == DEFAULT.number(3)
    first, second = (
        re.findall(r"M([\d.]+) ([\d.]+)h[\d.]+v([\d.]+)", path) for path in chart.paths
    )
    assert [float(top) + float(size) for _, top, size in first + second] == [60.0] * 4
    assert float(first[0][0]) > float(second[0][0])
    text = page(reader, "/coverage?q=السوق&by=side")
    assert re.search(r'value="side" checked', text)
    assert text.count("<path") == 2


def test_another_language_asks_all_questions_again(reader: FlaskClient) -> None:
    """With their filters and the way they are drawn; so does the choice of digits."""
    text = page(reader, "/coverage?q=السوق&q=السفير&by=share&source=الساحل&since=2015")
    link = re.search(r'<a href="([^"]+)" lang="en"', text)
    assert link
    english = reader.get(html.unescape(link[1])).get_data(as_text=True)
    for asked in (english, text[text.index('class="display"') :]):
        assert asked.count('name="q"') - asked.count('id="q"') >= 2
        assert 'value="السوق"' in asked
        assert 'value="السفير"' in asked
    assert 'value="share" checked' in english
    assert 'name="source" value="الساحل"' in english
