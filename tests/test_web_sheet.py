"""A press sheet is made of ticked hits, kept in the address, without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from crawl import Archive, key_of
from crawl.archive.removal import remove_for_good
from tests.newsroom import ARTICLES, HOSTILE, VISIT, VISIT_ID, WHEAT, application, fill
from web.search_params import KEY_LETTERS, MOST_PICKS, picks_of

WHEAT_ID = key_of(WHEAT.url)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom's folder."""
    place = tmp_path_factory.mktemp("sheet")
    fill(place, *ARTICLES)
    return place


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    """Its reader."""
    return application(folder).test_client()


def test_a_sheet_has_headline_source_day_and_excerpt_of_what_was_chosen(
    client: FlaskClient,
) -> None:
    """In the order of the address, each once, with the question and the way back."""
    page = client.get(f"/sheet?q=السفير&pick={WHEAT_ID}&pick={VISIT_ID}&pick={WHEAT_ID}").text
    assert page.count('<article class="hit"') == 2
    assert page.index(WHEAT.title) < page.index(VISIT.title)
    assert "ورقة صحفية: <bdi>السفير</bdi>" in page
    assert "زار السفيرُ الروسيّ أمس" in page
    assert "بريد المرسى" in page
    assert f'href="{VISIT.url}"' in page
    assert f"pick={WHEAT_ID}&amp;pick={VISIT_ID}" in page


def test_hits_are_ticked_in_one_form_and_stay_ticked(client: FlaskClient) -> None:
    """What was chosen on another page goes along unseen, also when the results are narrowed."""
    page = client.get(f"/search?q=السفير&pick={VISIT_ID}&pick=elsewhere").text
    form = re.search(r'<form class="take" id="sheet" action="/sheet">.*?</form>', page, re.S)
    assert form
    assert 'name="pick" value="elsewhere"' in form[0]
    assert 'name="q" value="السفير"' in form[0]
    assert VISIT_ID not in form[0]
    ticked = re.search(
        rf'<input type="checkbox" form="sheet" name="pick" value="{VISIT_ID}"[^>]*>', page
    )
    assert ticked
    assert "checked" in ticked[0]
    filters = re.search(r'<form class="groups" id="filters".*?</form>', page, re.S)
    assert filters
    assert filters[0].count('name="pick"') == 2


def test_the_next_page_keeps_what_is_chosen(client: FlaskClient) -> None:
    """A button of the form asks for it, as a link cannot know what was just ticked."""
    page = client.get("/search?q=السوق").text
    assert re.search(r'<button formaction="/search" name="page" value="2">', page)


def test_an_empty_sheet_says_how_one_is_made(client: FlaskClient) -> None:
    """No error: nothing was ticked."""
    got = client.get("/sheet")
    assert got.status_code == 200
    assert "لم يُختر شيء" in got.text


def test_what_is_gone_is_counted_and_never_shown(folder: Path) -> None:
    """Removed for good, or never there."""
    fill(folder, *ARTICLES)
    with Archive(folder / "articles.db") as archive:
        remove_for_good(archive, HOSTILE.url)
    page = (
        application(folder)
        .test_client()
        .get(f"/sheet?pick={VISIT_ID}&pick={key_of(HOSTILE.url)}&pick=none")
        .text
    )
    assert page.count('<article class="hit"') == 1
    assert "لم يعد هنا مما اختير: مقالتان." in page
    assert "زلزال" not in page


@given(st.lists(st.text(max_size=80), max_size=80))
def test_any_choice_is_bounded(keys: list[str]) -> None:
    """So many keys, so long, each once."""
    picks = picks_of(MultiDict([("pick", key) for key in keys]))
    assert len(picks) == len(set(picks)) <= MOST_PICKS
    assert all(0 < len(key) <= KEY_LETTERS for key in picks)
