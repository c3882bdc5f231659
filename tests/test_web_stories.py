"""The page tells a story once: its copies under it, its changes, its places in the original."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from bahith import bahith
from crawl import Archive, Article, key_of
from crawl.archive.removal import remove_for_good
from tests.newsroom import ARTICLES, application, fill

BODY = (
    "قال وزير النفط في المملكة إن بلاده ستحافظ على إنتاجها عند عشرة ملايين برميل في اليوم، وأضاف أن"
    " السوق ستتوازن من تلقاء نفسها قبل نهاية العام، في تصريح بعد اجتماع حضره مندوبو 5 دول في فيينا."
)
FIRST = Article(
    url="https://coast.example/oil",
    title="وزير النفط: الإنتاج باق",
    body=f"فيينا (رويترز) - {BODY}",
    date="2015-08-20",
    source="الساحل",
)
COPY = replace(FIRST, url="https://news.example/oil", body=BODY, source="المرسى", date="2015-08-21")
EDITED = replace(FIRST, body=FIRST.body.replace("5 دول", "٧ دول").replace("إن بلاده", "انّ بلاده"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A newsroom with a story that two papers ran and one of them edited."""
    folder = tmp_path_factory.mktemp("stories")
    fill(folder, FIRST, COPY, *ARTICLES)
    fill(folder, EDITED)
    return application(folder).test_client()


def test_results_show_a_story_once_and_count_both_ways(client: FlaskClient) -> None:
    """Copies under the hit, with source, day, agency, likeness, and who had it first."""
    page = client.get("/search?q=النفط").text
    assert page.count('<article class="hit"') == 1
    assert "نتيجتان" in page
    assert "في خبر واحد" in page
    assert "+ نسخة" in page
    assert "٪ من الكلمات" in page
    assert "أول من نشره" in page or "<bdi>المرسى</bdi></a>" in page
    assert 'name="fold" value="0" aria-pressed="true"' in page


def test_folding_can_be_switched_off(client: FlaskClient) -> None:
    """Then the switch leads back, and links keep it off."""
    page = client.get("/search?q=النفط&fold=0").text
    assert page.count('<article class="hit"') == 2
    assert 'name="fold" value="1" aria-pressed="false"' in page
    assert "fold=0" in page


def test_a_script_sees_every_article_unless_it_asks(client: FlaskClient) -> None:
    """The API's list is whole; `fold=1` folds it and names the copies."""
    whole = client.get("/api/search?q=النفط").get_json()
    assert (whole["total"], whole["stories"], len(whole["hits"])) == (2, None, 2)
    folded = client.get("/api/search?q=النفط&fold=1").get_json()
    assert (folded["total"], folded["stories"], len(folded["hits"])) == (2, 1, 1)
    assert len(folded["hits"][0]["copies"]) == 1


def test_an_agency_can_be_asked_for(client: FlaskClient) -> None:
    """By the filter and in the query."""
    for asked in ("agency=رويترز", "q=وكالة:رويترز"):
        found = client.get(f"/api/search?{asked}").get_json()
        assert [hit["source"] for hit in found["hits"]] == ["الساحل"]


def test_an_article_names_its_copies_and_what_was_changed(client: FlaskClient) -> None:
    """Spelling is no change; a number that changed is called one."""
    page = client.get(f"/article/{key_of(FIRST.url)}?q=النفط").text
    assert f"/article/{key_of(COPY.url)}" in page
    assert "أول من نشره: <bdi>الساحل</bdi>" in page
    assert page.count("<del>") == 1
    assert "<b>رقم</b>" in page
    assert "<del>5</del> <ins>٧</ins>" in page


def test_an_article_leads_to_each_place_and_to_the_original(client: FlaskClient) -> None:
    """Marks are numbered; the original opens at the first of them."""
    page = client.get(f"/article/{key_of(FIRST.url)}?q=النفط السوق").text
    assert '<a href="#m2">٢</a>' in page
    assert page.count('<mark id="m') == 2
    assert 'href="https://coast.example/oil#:~:text=' in page
    plain = client.get(f"/article/{key_of(FIRST.url)}").text
    assert ":~:text=" not in plain


def test_the_front_page_lists_stories_by_their_outlets(client: FlaskClient) -> None:
    """Of the newest two days, with the way to all of their articles."""
    page = client.get("/").text
    assert "أبرز الأخبار" in page
    assert f'/search?story={key_of(FIRST.url)}&amp;fold=0&amp;sort=oldest">مصدران</a>' in page


def test_the_folded_page_agrees_with_the_list_of_duplicates(tmp_path: Path) -> None:
    """`bahith archive duplicates` and the results tell the same copies of the same article."""
    fill(tmp_path, FIRST, COPY, *ARTICLES)
    told = CliRunner().invoke(
        bahith, ["archive", "duplicates", "--json", "--archive", str(tmp_path / "articles.db")]
    )
    (story,) = map(json.loads, told.output.splitlines())
    found = application(tmp_path).test_client().get("/api/search?q=النفط&fold=1").get_json()
    (hit,) = found["hits"]
    urls = {hit["url"], *(copy["url"] for copy in hit["copies"])}
    assert urls == {story["earliest"], *story["copies"]}
    assert hit["story"] == key_of(story["earliest"])


def test_a_story_whose_head_is_removed_gets_another(tmp_path: Path) -> None:
    """The next earliest heads it, from the next `bahith index` on."""
    third = replace(COPY, url="https://third.example/oil", source="الثالثة", date="2015-08-22")
    fill(tmp_path, FIRST, COPY, third)
    with Archive(tmp_path / "articles.db") as archive:
        remove_for_good(archive, FIRST.url)
    fill(tmp_path)
    reader = application(tmp_path).test_client()
    (hit,) = reader.get("/api/search?q=النفط&fold=1").get_json()["hits"]
    assert hit["story"] == key_of(COPY.url)
    assert {hit["url"], *(copy["url"] for copy in hit["copies"])} == {COPY.url, third.url}
    page = reader.get(f"/article/{key_of(COPY.url)}").text
    assert "أول من نشره: <bdi>المرسى</bdi>" in page
