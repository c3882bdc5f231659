"""Hostile pages: what one page costs grows with its length and no faster."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest import mock

import lxml.etree as etree
import pytest

from crawl import Article
from crawl.extract import extract
from crawl.extract.tree import dom
from crawl.extract.tree.dom import parse

ROOT = Path(__file__).resolve().parent.parent

PAGES: dict[str, Callable[[int], str]] = {
    "lines of dates": lambda n: "<h1>عنوان طويل للخبر</h1>" + "<p>25 نوفمبر 2026</p>" * (4 * n),
    "dates in one line": lambda n: "<h1>عنوان طويل</h1><p>" + "25 نوفمبر 2026 " * (4 * n),
    "nested elements": lambda n: "<div class=widget>نص من كلام " * n,
    "nested inline": lambda n: "<p>" + "<span class=share>نص " * n,
    "headings in headings": lambda n: "<h1>" * n,
    "headings": lambda n: "<h1>عنوان من عناوين الصحيفة</h1>" * n,
    "labels": lambda n: "<p>مواضيع ذات صلة</p><p>التعليقات</p>" * n,
    "pictures": lambda n: "<div>" + "<img src=a><small>نص</small><br>قصير جدا" * n,
    "paragraphs": lambda n: "".join(f"<p>{'كلام من الخبر ' * 8}{i}.</p>" for i in range(n)),
    "links": lambda n: "<li><a href=/n>عنوان خبر آخر طويل</a></li>" * n,
}


def _work(html: str) -> int:
    """How many Python calls reading a page makes: what it costs, without a clock."""
    calls = 0

    def count(_frame: object, event: str, _value: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(f"<html><body>{html}</body></html>".encode(), "https://barid.example/1")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("what", PAGES)
def test_work_grows_with_a_page_s_length(what: str) -> None:
    """Four times the page makes less than six times the work."""
    small, large = (_work(PAGES[what](n)) for n in (150, 600))
    assert large < 6 * small


def test_a_short_text_is_not_sought_in_a_thousand_empty_tags() -> None:
    """Each of a thousand unclosed headings holds all that follow it."""
    root = parse("<html><body>" + "<h1>" * 1000)
    taken = 0

    def counted(walk: Iterable[object]) -> Iterator[object]:
        nonlocal taken
        for step in walk:
            taken += 1
            yield step

    with mock.patch.object(dom, "etree") as tree:
        tree.iterwalk = lambda *asked, **how: counted(etree.iterwalk(*asked, **how))
        assert [dom.text_of(heading, 300) for heading in root.iter("h1")] == [""] * 1000
    assert 1000 < taken < 300_000


def test_a_line_is_read_once_however_many_boxes_hold_it() -> None:
    """Twenty boxes in one another cost no twenty times as much."""
    line = "<div class=share>نص ليس<p>25 نوفمبر 2026</p>"
    assert _work(line * 300) < 3 * _work(f"{line}</div>" * 300)


@pytest.mark.parametrize("sign", ["&#1;", "&#x1f;", "&#xfffe;", "\uffff", "&#0;", "&#xd800;"])
def test_a_sign_that_no_tree_can_be_written_with_costs_itself_alone(sign: str) -> None:
    """A reference makes signs that may not stand in a page; the text around them is kept."""
    text = "كلام من الخبر يكفي لأن يكون خبرا تاما. " * 20
    page = f"<h1>عنوان طويل للخبر</h1><p>{text}<script>x</script>{sign} بعد<br>{sign} ثم</p>"
    found = extract(f"<html><body>{page}</body></html>".encode(), "https://barid.example/news/1")
    assert isinstance(found, Article)
    assert found.body.count("تاما") == 20
    assert found.body.split()[-1] in {"بعد", "ثم"}


def test_a_tag_with_too_many_attributes_loses_them() -> None:
    """Fifty thousand attributes would cost a minute; the text under the tag is kept."""
    attributes = " ".join(f"a{number}=1" for number in range(50_000))
    root = parse(f"<html><body><p {attributes}>نص باق</p></body></html>")
    assert root is not None
    assert max(len(element.attrib) for element in root.iter()) < 500
    assert "".join(root.itertext()) == "نص باق"


def test_a_long_picture_in_an_attribute_stays() -> None:
    """A tag may be long without having many attributes."""
    root = parse(f"<html><body><div class=story data-a='{'x' * 5000}'>نص</div></body></html>")
    assert root is not None
    assert root.find(".//div").get("class") == "story"


def test_the_largest_page_fits_into_its_memory() -> None:
    """Four million characters, in a process that may take 900 MB and no more."""
    code = (
        "from crawl.extract import extract;"
        "html = '<html><body>' + '<p>نص قصير من كلام الخبر.</p>' * 120_000;"
        "print(type(extract(html.encode(), 'https://barid.example/1')).__name__)"
    )
    limit = 900 << 20

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        preexec_fn=bound,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() in {"Article", "Rejected"}, done.stderr[-500:]
