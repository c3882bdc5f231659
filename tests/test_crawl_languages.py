"""Pages in another language are kept only when they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from bahith import bahith
from crawl import Article, Rejected
from crawl.extract import extract

SENTENCE = "The harbour of the old town opened again on Monday after a storm of three days. "
PAGE = (
    "<html lang=en><title>Harbour opens again</title><h1>Harbour opens again after the storm</h1>"
    f"<time datetime=2026-11-25>25 November 2026</time><article><p>{SENTENCE * 4}</p>"
    f"<p>{SENTENCE * 5}</p><p>{SENTENCE * 3}</p></article></html>"
).encode()
URL = "https://marsa.example/2026/11/25/harbour"


def test_another_language_is_refused_unless_it_is_allowed() -> None:
    """Arabic alone by default; the article says what it is written in."""
    assert extract(PAGE, URL) == Rejected(URL, "not-arabic")
    found = extract(PAGE, URL, languages=("ar", "en"))
    assert isinstance(found, Article)
    assert found.language == "en"


def test_the_command_takes_the_languages_it_is_told() -> None:
    """Arabic alone unless another is named."""
    words = ["extract", "-", "--url", URL]
    refused = CliRunner().invoke(bahith, words, input=PAGE)
    assert (refused.exit_code, json.loads(refused.stdout)["rejected"]) == (1, "not-arabic")
    taken = CliRunner().invoke(bahith, [*words, "--language", "en"], input=PAGE)
    assert (taken.exit_code, json.loads(taken.stdout)["language"]) == (0, "en")


def test_saved_pages_are_imported_in_the_languages_that_are_told(tmp_path: Path) -> None:
    """As a crawl keeps them."""
    (tmp_path / "page.html").write_bytes(PAGE)
    words = ["import", str(tmp_path / "page.html"), "--url", URL, "--archive", str(tmp_path / "a")]
    assert CliRunner().invoke(bahith, words).exit_code == 1
    assert CliRunner().invoke(bahith, [*words, "--language", "en"]).exit_code == 0
