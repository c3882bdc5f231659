"""Who wrote an article, in the lines that papers print, and who did not."""

from __future__ import annotations

import json

import pytest

from tests.printed_page import DAY, article, page, paragraphs, story

WRITERS = {
    "<div>سلفانيا ــ سلمى الراعي:</div>": "سلمى الراعي",
    "<div>سلمى الراعي - مرسى الرمان</div>": "سلمى الراعي",
    "<div>مرسى الرمان: سلمى الراعي</div>": "سلمى الراعي",
    "<div>سلمى الراعي @salma_r</div>": "سلمى الراعي",
    "<div>بقلم : سلمى الراعي قسم : محليات</div>": "سلمى الراعي",
    "<div>تحرير: سلمى الراعي</div>": "سلمى الراعي",
    "<div>كتبت: سلمى</div>": "سلمى",
    "<div>المصدر: سلفانيا - الأناضول</div>": "الأناضول",
}

NOBODY = [
    "<div><span>نشرت بتاريخ</span> <span>19 مايو 2024</span></div>",
    "<div>تم نشره</div>",
    "<div>أرشيف الكاتب</div>",
    "<figure><img src=x><div class=cap>قارب أمام خيمته - بريد المرسى</div></figure>",
    "<figure><img src=x><div>تصوير: سامي النورس</div></figure>",
]


@pytest.mark.parametrize("line", WRITERS)
def test_a_writer_is_taken_out_of_a_line(line: str) -> None:
    """Places no list has, handles, sections and labels stand beside the name."""
    assert article(page(below=line + DAY)).author == WRITERS[line]


@pytest.mark.parametrize("line", NOBODY)
def test_labels_and_captions_are_no_writers(line: str) -> None:
    """A day's label, an archive's link, a picture's caption and its photographer."""
    assert article(page(below=line + DAY)).author == ""


@pytest.mark.parametrize(
    ("author", "want"),
    [
        ([{"name": "سلمى الراعي"}, {"name": "ناجي الحوراني"}], "سلمى الراعي، ناجي الحوراني"),
        ({"@type": "Person", "name": "لندن ـ سلمى الراعي"}, "سلمى الراعي"),
        ({"name": "Developed By Marsa Solutions"}, ""),
    ],
)
def test_writers_stated_to_machines_are_read(author: object, want: str) -> None:
    """Two of them, one with a city, and none who only made the template."""
    told = {"@type": "NewsArticle", "headline": "x", "author": author}
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert article(page(story(paragraphs()), head=head)).author == want


def test_the_maker_of_a_template_is_no_writer() -> None:
    """A meta tag may name who built the site."""
    head = "<meta name=author content='Developed By Marsa Tech'>"
    assert article(page(head=head)).author == ""
