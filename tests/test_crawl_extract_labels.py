"""Lines that a site says of itself and lines that an article says, told apart by their words."""

from __future__ import annotations

import pytest

from crawl.extract.content.labels import (
    is_about_writer,
    is_ending,
    is_list_of_tags,
    is_site_line,
)
from crawl.extract.tree.boilerplate import fold
from tests.printed_page import STORY, lines_of, page, paragraphs, story

SITE_LINES = {
    "a call to follow, the paper's name between": "تابعوا بريد المرسى على تلغرام",
    "a call in the feminine": "تابعي صفحتنا على إنستغرام",
    "a purpose and a network": "لمتابعة أخبار الساحل لحظة بلحظة انضم إلى قناتنا على تيليجرام",
    "an offer": "يمكنكم متابعة آخر أخبارنا عبر قناتنا على واتساب",
    "a source to prefer": "اجعل «بريد المرسى» مصدرك المفضل على Google",
    "an app": "حمّل التطبيق الآن",
    "a newsletter": "اشترك بالنشرة الإخبارية",
    "sharing": "اضغط لمشاركة الخبر على فيسبوك",
    "a player": "استمع إلى هذا المقال",
    "reading time": "3 دقائق قراءة",
    "a counter": "قرأت 1151 مرات",
    "comments": "لا يوجد المزيد من التعليقات.",
    "a question about the page": "هل كان المقال مفيدا؟",
    "other stories": "مواضيع ذات علاقة",
    "other stories in the feminine": "اقرئي أيضا: أجمل المرافئ",
    "other stories before a colon": "شاهد بالفيديو: أجمل المرافئ",
    "a source": "المصدر : مراسلون + وكالات",
    "a picture's source, glued": "مصدر الصورةGETTY IMAGES",
    "a photographer": "عدسة سامي النورس",
    "who wrote and who edited": "(إعداد سلمى الراعي - تحرير ناجي الحوراني)",
    "initials": "ن.ح/ س.ر",
    "an agency's end": "انتهى س ر ح 25",
    "an advertisement": "مادة إعلانية",
    "subjects": "الكلمات المفتاحية: مرفأ، صيد",
    "a number": "رقم العدد: 3819",
    "a day of printing": "أضيف بتاريخ 25 نوفمبر 2026",
    "small print": "المقال يعبر عن رأي صاحبه ولا يعبر بالضرورة عن رأي الصحيفة",
    "a hidden address": "عنوان البريد الإلكتروني هذا محمي من روبوتات السبام. يجب تفعيل جافاسكربت.",
    "a button": "العودة للقائمة",
    "a plug-in's line": "The post المرفأ appeared first on بريد المرسى.",
    "a writer's trade": "* كاتب صحفي",
    "alerts": "فعّل التنبيهات ليصلك كل جديد",
    "readers' views": "شاركونا آراءكم",
    "an old browser": "متصفحك لا يدعم تشغيل الفيديو",
    "a question after reading": "هل وجدت هذا المقال مفيداً؟",
    "what runs now": "رائج الآن",
    "another story not to miss": "لا تفوتك قراءة: أجمل المرافئ",
    "a way around": "انتقل إلى المحتوى",
    "a broken link's report": "تبليغ عن خطأ",
    "a code": "كود الخبر: 93120",
    "a stream": "البث المباشر",
    "a pause": "جاري التحميل",
    "what was made by a machine": "هذا الملخص من إعداد الذكاء الاصطناعي",
}

STORY_LINES = [
    "ردود فعل غاضبة",
    "وتابع الحوراني: «الرصيف لكم جميعا».",
    "وتابع: التصويت سيجري مساء الجمعة في قاعة البلدية بعد أن تأجل مرتين.",
    "شارك مئات الأهالي في المسيرة.",
    "شارك الفنان في حملة على فيسبوك لجمع التبرعات.",
    "كتب على صفحته في فيسبوك: «لن نسكت».",
    "وأضاف عبر حسابه على تويتر أن الرسوم ظالمة.",
    "تويتر يحذف حسابات",
    "سجل المنتخب هدفين.",
    "المزيد من الضغوط على البلدية",
    "مصدر مسؤول: الرسوم لن تتغير",
    "لا تعليق من الوزارة",
    "نعم، لكن بشروط.",
    "من يدفع الثمن؟",
    "كلمة المدير",
    "أولا: الرسوم",
    "أبلغ الصياد زوجته عبر واتساب بالحادث.",
    "وتتضمن سياسة الخصوصية الجديدة بندا عن الصور.",
    "ظهر هذا المرفأ في خرائط قديمة.",
    "انتقل البحارة إلى سلفانيا",
    "خبر: عاد الصيادون مساء أمس إلى الميناء بعد ثلاث ليال في عرض البحر.",
]


@pytest.mark.parametrize("what", SITE_LINES)
def test_a_line_of_the_site_leaves_the_middle_and_the_end_of_a_text(what: str) -> None:
    """Without link or class, such a line is told by its words; the paragraphs around it stay."""
    line = SITE_LINES[what]
    for at in (3, len(STORY)):
        assert lines_of(page(story(paragraphs((*STORY[:at], line, *STORY[at:]))))) == STORY


@pytest.mark.parametrize("line", STORY_LINES)
def test_a_short_line_of_the_story_stays(line: str) -> None:
    """Subheadings, answers and short sentences use the same words without speaking of the page."""
    assert not is_site_line(line, fold(line))
    assert line in lines_of(page(story(paragraphs((*STORY[:3], line, *STORY[3:])))))


def test_an_inline_card_of_another_story_does_not_end_the_article() -> None:
    """A label past the middle announces a link or two; the text reads on below it."""
    card = "<div class=card><h4>ذات صلة</h4><a href=/x>حكاية الميناء القديم في كوراليا</a></div>"
    assert lines_of(page(story(paragraphs(STORY[:4]) + card + paragraphs(STORY[4:])))) == STORY
    bare = "<p>ذات صلة</p><p><a href=/x>حكاية الميناء القديم في كوراليا</a></p>"
    assert lines_of(page(story(paragraphs(STORY[:4]) + bare + paragraphs(STORY[4:])))) == STORY


def test_a_list_of_other_stories_ends_the_article_without_links_too() -> None:
    """Below a heading such as «مواضيع ذات علاقة» nothing is the article's."""
    items = "<li>الصيادون يطلبون تعديل مواعيد البوابة</li><li>الميناء القديم متحف بحري</li>"
    more = f"<h3>مواضيع ذات علاقة</h3><ul>{items}</ul>"
    assert lines_of(page(story(paragraphs() + more))) == STORY


def test_an_announced_story_without_a_link_goes_with_its_label() -> None:
    """«اقرأ أيضا:» on a line of its own takes the headline below it along, and no paragraph."""
    label = "<p><strong>اقرأ أيضا:</strong></p><p>الصيادون يطلبون تعديل مواعيد البوابة</p>"
    assert lines_of(page(story(paragraphs(STORY[:3]) + label + paragraphs(STORY[3:])))) == STORY


def test_polls_and_summaries_are_no_part_of_the_text() -> None:
    """A question with its answers, and points made for those who do not read on, go together."""
    poll = "<p>هل تؤيد رفع رسوم المرفأ؟</p><ul><li>نعم</li><li>لا</li></ul>"
    assert lines_of(page(story(paragraphs(STORY[:3]) + poll + paragraphs(STORY[3:])))) == STORY
    points = "<h3>ملخص</h3><ul><li>عاد الرصيف بعد شهرين.</li><li>الحجارة من البلدية.</li></ul>"
    made = "<p>تم إنشاء هذا الملخص باستخدام الذكاء الاصطناعي</p>"
    assert lines_of(page(story(points + made + paragraphs()))) == STORY


def test_a_question_that_is_no_poll_stays() -> None:
    """An interview asks and answers at length."""
    asked = "هل تؤيد رفع رسوم المرفأ؟"
    assert asked in lines_of(page(story(paragraphs((*STORY[:3], asked, *STORY[3:])))))


def test_another_story_below_is_another_article() -> None:
    """A second headline like the first one, in a part of its own, begins the next story."""
    other = "<h1>الميناء القديم يتحول إلى متحف</h1>" + paragraphs(STORY[4:])
    assert lines_of(page(story(paragraphs(STORY[:4])) + story(other))) == STORY[:4]


def test_captions_writers_and_subjects_at_the_edges_go() -> None:
    """A line beside a picture, a life of the writer in italics, a list of subjects."""
    picture = "<div><img src=a><br><small>رصيف سلفانيا صباح الافتتاح (بريد المرسى)</small></div>"
    assert lines_of(page(story(picture + paragraphs()))) == STORY
    life = "<p><em>سلمى الراعي كاتبة وصحافية من سلفانيا، ولها ثلاث روايات منشورة.</em></p>"
    assert lines_of(page(story(paragraphs() + life))) == STORY
    assert lines_of(page(story(paragraphs() + "<p>مرفأ، صيد، ساحل، سلفانيا</p>"))) == STORY


def test_a_paragraph_that_is_one_link_is_kept() -> None:
    """A whole sentence inside a link is text; a headline inside one is another story."""
    linked = f"<p><a href=/n>{STORY[3]}</a></p>"
    rest = paragraphs(STORY[4:])
    assert lines_of(page(story(paragraphs(STORY[:3]) + linked + rest))) == STORY


@pytest.mark.parametrize(
    ("line", "ends"),
    [("مواضيع ذات صلة", True), ("قصص مقترحة", True), ("صلة الرحم في القرى", False)],
)
def test_labels_that_end_an_article(line: str, ends: bool) -> None:
    """A heading made of the site's words alone that announces other stories."""
    assert is_ending(line, fold(line)) is ends


def test_writers_and_tags_are_told_by_their_form() -> None:
    """A name and a trade; short parts between commas."""
    about = "ناجي الحوراني محام وناشط"
    assert is_about_writer(about, fold(about))
    assert not is_about_writer(STORY[0], fold(STORY[0]))
    assert is_list_of_tags("مرفأ، صيد، ساحل")
    assert not is_list_of_tags("جاء البحر، وجاءت الريح معه، ثم هدأ كل شيء في الميناء.")
