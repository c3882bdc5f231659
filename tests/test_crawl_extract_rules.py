"""Site rules: where the general way fails, a user's file says where things stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawl import Article, CrawlError
from crawl.extract import explain, extract

PARAGRAPH = "نص طويل من نصوص الصفحة يكفي ليظنه القارئ خبرا كاملا عن مدينة بعيدة وأهلها الكرام. "
PAGE = (
    "<html><head><title>عنوان تعلنه الصفحة لنفسها اليوم</title></head><body>"
    "<h1>عنوان تعلنه الصفحة لنفسها اليوم</h1>"
    f"<div class=big><p>{PARAGRAPH * 6}</p></div>"
    "<div class=headline-here>العنوان الذي يريده صاحب القاعدة</div>"
    "<span class=day>3 أيار 2024</span><i class=pen>كتب: سامي الخطيب</i>"
    f"<div class=small><p>{PARAGRAPH * 3}وهذا ما يراد.</p><p class=promo>{PARAGRAPH * 2}</p></div>"
    "</body></html>"
).encode()
RULES = """
["example.org"]
title = ".headline-here"
body = "div.small"
date = ".day"
author = ".pen"
drop = [".promo"]
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's file of rules, named in the environment."""
    file = tmp_path / "sites.toml"
    file.write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("BAHITH_SITES", str(file))
    return file


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("host", ["example.org", "www.example.org", "ar.news.example.org"])
def test_a_rule_holds_for_a_host_and_its_subdomains(host: str) -> None:
    """Every part a rule names is taken from there, cleaned as always."""
    article = extract(PAGE, f"https://{host}/1")
    assert isinstance(article, Article)
    assert article.title == "العنوان الذي يريده صاحب القاعدة"
    assert article.body == f"{PARAGRAPH * 3}وهذا ما يراد."
    assert (article.date, article.author) == ("2024-05-03", "سامي الخطيب")
    assert explain(PAGE, f"https://{host}/1").why["title"] == "site rule"


@pytest.mark.usefixtures("rules")
def test_other_sites_go_the_general_way() -> None:
    """A rule for one host says nothing of another."""
    article = extract(PAGE, "https://example.net/1")
    assert isinstance(article, Article)
    assert article.title == "عنوان تعلنه الصفحة لنفسها اليوم"


@pytest.mark.parametrize(
    "broken",
    [
        "[",
        '["a.b"]\nbody = "div["',
        '["a.b"]\nbodi = "div"',
        '["a.b"]\nbody = 3',
        '["a.b"]\ndrop = [1]',
        '["a.b"]\ndrop = "div"',
        "a = 1",
    ],
)
def test_a_broken_file_is_named_with_what_to_mend(rules: Path, broken: str) -> None:
    """A rule that cannot be read is the user's to mend, so the message says where."""
    rules.write_text(broken, encoding="utf-8")
    with pytest.raises(CrawlError, match=r"sites\.toml"):
        extract(PAGE, "https://example.org/2")


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads nowhere is told, not passed over."""
    monkeypatch.setenv("BAHITH_SITES", "/nowhere/rules.toml")
    with pytest.raises(CrawlError, match="BAHITH_SITES"):
        extract(PAGE, "https://example.org/3")
