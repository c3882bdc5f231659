"""Who wrote an article, in the lines that papers print, and who did not."""

from __future__ import annotations

import json

import pytest

from tests.printed_page import DAY, PAPER, article, page, paragraphs, story

BOTH = "سلمى الراعي، ناجي الحوراني"
WRITERS = {
    "<div>سلفانيا ــ سلمى الراعي:</div>": "سلمى الراعي",
    "<div>سلمى الراعي - مرسى الرمان</div>": "سلمى الراعي",
    "<div>مرسى الرمان: سلمى الراعي</div>": "سلمى الراعي",
    "<div>سلمى الراعي @salma_r</div>": "سلمى الراعي",
    "<div>بقلم : سلمى الراعي قسم : محليات</div>": "سلمى الراعي",
    "<div>تحرير: سلمى الراعي</div>": "سلمى الراعي",
    "<div>كتبت: سلمى</div>": "سلمى",
    "<div>المصدر: سلفانيا - الأناضول</div>": "الأناضول",
    "<div>كتب: ناجي الحوراني، سلمى الراعي</div>": "ناجي الحوراني، سلمى الراعي",
    "<p>إعداد: سلمى، سعد</p>": "",
    "<p>إعداد: سلمى الراعي، شيماز النورس</p>": "سلمى الراعي، شيماز النورس",
    "<p>تقرير – سلمى الراعي و ناجي الحوراني</p>": BOTH,
    "<p>كتبت: سلمى الراعي - وناجي الحوراني</p>": BOTH,
    "<p>عدن - سلمى الراعي، ناجي الحوراني</p>": BOTH,
    "<div class=author>سلمى الراعي، ناجي الحوراني</div>": BOTH,
    "<p><a rel=author>سلمى الراعي</a>، <a rel=author>ناجي الحوراني</a></p>": BOTH,
    "<p>بقلم سلمى الراعي - تصوير ناجي الحوراني</p>": "سلمى الراعي",
    "<p>الكاتبة: سلمى الراعي التصنيف: محليات</p>": "سلمى الراعي",
    "<div><span>بقلم</span><strong>سلمى الراعي</strong></div>": "سلمى الراعي",
    "<div>By Jean-Pierre Marin</div>": "Jean-Pierre Marin",
    "<div class=writer><a href='/writers/12'>طرفة</a></div>": "طرفة",
    "<div class=author>بقلم: أدونيس</div>": "أدونيس",
    "<div><span itemprop=author><b itemprop=name>أدونيس</b></span></div>": "أدونيس",
}

NOBODY = [
    "<div><span>نشرت بتاريخ</span> <span>19 مايو 2024</span></div>",
    "<div>تم نشره</div>",
    "<div>أرشيف الكاتب</div>",
    "<figure><img src=x><div class=cap>قارب أمام خيمته - بريد المرسى</div></figure>",
    "<figure><img src=x><div>تصوير: سامي النورس</div></figure>",
    "<p>تصوير: سامي النورس</p>",
    "<p>(عدسة سامي النورس)</p>",
    "<p>الصورة: سامي النورس</p>",
    "<div class=photo-credit>سامي النورس</div>",
    "<div class=author>صوت المرسى الحر</div>",
    "<div class=author><a href=/author/5>الثقافة</a></div>",
    "<div class=author><a href=/author/6>بريد</a></div>",
    "<div>أدونيس</div>",
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
        ([{"name": "سلمى الراعي"}, {"name": "ناجي الحوراني"}], BOTH),
        ({"@type": "Person", "name": "لندن ـ سلمى الراعي"}, "سلمى الراعي"),
        ({"name": "Developed By Marsa Solutions"}, ""),
        ({"name": "تصميم وبرمجة شركة الشراع"}, ""),
        ({"@type": "Person", "name": BOTH}, BOTH),
        ([{"name": "سلمى الراعي"}, {"name": PAPER}, {"name": "ناجي الحوراني"}], BOTH),
        ({"@type": "Person", "name": "أدونيس"}, "أدونيس"),
        ({"@type": "Person", "name": "الثقافة"}, ""),
        ({"name": "أدونيس"}, ""),
    ],
)
def test_writers_stated_to_machines_are_read(author: object, want: str) -> None:
    """Several of them, one with a city, and none who made the template; one word of a person."""
    told = {"@type": "NewsArticle", "headline": "x", "author": author}
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert article(page(story(paragraphs()), head=head)).author == want


def test_the_maker_of_a_template_is_no_writer() -> None:
    """A meta tag may name who built the site."""
    head = "<meta name=author content='Developed By Marsa Tech'>"
    assert article(page(head=head)).author == ""
