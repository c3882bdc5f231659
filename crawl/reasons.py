"""Why something became no article: every reason in a word, and what it means in a sentence.

The words are what the archive, reports and `--json` hold; the sentences what people are shown. A
test holds that every reason that the code can give stands here.

>>> sentence("not-found"), sentence("http-500")
('there is no such page; check the address', 'it answers with the error 500; try again later')
>>> sentence("pdf", "ar")
'ملف PDF، وليس صفحة'
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "ar"]


class ReasonText(NamedTuple):
    """A reason as a sentence about the address or the place that was refused."""

    en: str
    ar: str


REASONS = {
    # the server and the way to it
    "unknown-host": ReasonText(
        "no such host is known; check the address and the connection", "لا مضيف بهذا الاسم"
    ),
    "connection-refused": ReasonText(
        "nothing answers there; check the address and whether the site is up",
        "لا أحد يجيب في هذا العنوان",
    ),
    "connection": ReasonText("the connection broke; try again later", "انقطع الاتصال"),
    "timeout": ReasonText("it did not answer in time; try again later", "لم يجب في الوقت المتاح"),
    "bad-certificate": ReasonText(
        "its certificate does not prove who it is; set insecure for the site if you trust it",
        "شهادته لا تثبت هويته",
    ),
    "truncated": ReasonText("its answer breaks off; try again later", "الجواب مبتور"),
    "damaged": ReasonText("its answer cannot be unpacked", "تعذر فك ضغط الجواب"),
    "bomb": ReasonText("its answer unpacks to a hundred times its size", "ملف ضغط مريب الحجم"),
    "unknown-encoding": ReasonText("its answer is packed in a way we do not know", "ضغط غير معروف"),
    "too-large": ReasonText("its answer is larger than any page", "أكبر من أي صفحة"),
    "private-address": ReasonText(
        "it is a private address; add --allow-private if you mean it", "عنوان داخل شبكة خاصة"
    ),
    "forbidden": ReasonText("it forbids us the page", "الصفحة محجوبة"),
    "not-found": ReasonText("there is no such page; check the address", "لا صفحة في هذا العنوان"),
    "bad-redirect": ReasonText("it redirects to what is no address", "تحويل إلى ما ليس عنوانا"),
    "redirect-loop": ReasonText("it redirects in circles", "تحويل يدور في حلقة"),
    "offsite": ReasonText(
        "it leads to another site; give that site's address", "يقود إلى موقع آخر"
    ),
    # what the site, or whoever started the crawl, does not want
    "robots": ReasonText("its robots.txt forbids it to crawlers", "يمنعه ملف robots.txt"),
    "robots-unreadable": ReasonText(
        "its robots.txt cannot be understood, so nothing is allowed", "ملف robots.txt غير مفهوم"
    ),
    "noindex": ReasonText("the page asks not to be archived", "الصفحة تطلب ألا تحفظ"),
    "excluded": ReasonText("the site's own rules leave it out", "تستبعده قواعد الموقع"),
    "not-a-page": ReasonText("its address is no page's", "عنوانه ليس عنوان صفحة"),
    "trap": ReasonText("addresses like it brought nothing new", "عناوين من شكله لا تأتي بجديد"),
    # what the answer holds
    "empty": ReasonText("it is empty", "فارغ"),
    "not-html": ReasonText(
        "it is no page, feed or sitemap; give the address of one", "ليس صفحة ولا خلاصة"
    ),
    "pdf": ReasonText("it is a PDF document, which bahith does not read", "ملف PDF، وليس صفحة"),
    "too-costly": ReasonText("it costs more work than any page may", "تكلف قراءته فوق الحد"),
    "internal-error": ReasonText(
        "bahith failed on it; please report the address", "خلل في باحث نفسه"
    ),
    # what the page is
    "not-arabic": ReasonText("it is in another language", "بلغة غير العربية"),
    "soft-404": ReasonText("it says that it does not exist", "تقول الصفحة إنها غير موجودة"),
    "login": ReasonText("it asks for an account", "تطلب الصفحة تسجيل الدخول"),
    "front-page": ReasonText("it is a site's front page", "صفحة أولى"),
    "section": ReasonText("it is a list of articles", "قائمة مقالات"),
    "video": ReasonText("it is a film with a caption", "تسجيل مصور"),
    "gallery": ReasonText("it is pictures with captions", "معرض صور"),
    "too-short": ReasonText("it has fewer words than an article", "أقصر من مقال"),
    "not-article": ReasonText(
        "it is text but no article: a forum, an encyclopedia, a product", "نص ليس مقالا"
    ),
    "removed": ReasonText("it was removed from the archive for good", "أُزيل من الأرشيف نهائيا"),
    "duplicate": ReasonText("the site has the same text elsewhere", "النص نفسه في عنوان آخر"),
    # files that are imported
    "bad-json": ReasonText("broken JSON", "صيغة JSON مكسورة"),
    "not-utf-8": ReasonText("not UTF-8 text", "ليس نصا بترميز UTF-8"),
    "bad-row": ReasonText(
        "not a JSON object of the form {url, title, body}", "ليس سطرا فيه url وtitle وbody"
    ),
    "no-url": ReasonText(
        "no url: each row needs one, any identifier will do", "سطر بلا عنوان أو معرف"
    ),
    "no-text": ReasonText("neither title nor body", "لا عنوان ولا متن"),
    "not-text": ReasonText("a field is not text", "حقل ليس نصا"),
    "too-deep": ReasonText("nested too deeply", "متداخل فوق الحد"),
    "too-long": ReasonText("a line longer than any article", "سطر أطول من أي مقال"),
    "too-many-rows": ReasonText(
        "more articles than are taken at a time: send the rest in another request",
        "مقالات فوق ما يُقبل دفعة واحدة: أرسل الباقي في طلب آخر",
    ),
    "out-of-scope": ReasonText(
        "outside what the key may write, or at an address that is",
        "خارج ما يُسمح لهذا المفتاح بكتابته",
    ),
    "no-address": ReasonText("an entry without an address", "مدخل بلا عنوان"),
    "sitemap": ReasonText(
        "a sitemap, which holds addresses only: bahith crawl takes its address", "خريطة موقع"
    ),
    "damaged-file": ReasonText("the file is damaged from here on", "الملف تالف من هنا"),
    "empty-file": ReasonText("the file is empty", "الملف فارغ"),
    "unknown-format": ReasonText(
        "neither JSON Lines, nor HTML, nor a feed, nor a web archive", "صيغة غير معروفة"
    ),
}
_HTTP = ReasonText("it answers with the error {}; try again later", "يجيب بالخطأ {}")
_ROBOTS_HTTP = ReasonText(
    "its robots.txt answers with the error {}, so nothing is allowed; try later",
    "يجيب ملف robots.txt بالخطأ {}",
)


def sentence(reason: str, language: Language = "en") -> str:
    """A reason as a sentence; what is no reason of the table comes back as it is."""
    for prefix, text in (("robots-http-", _ROBOTS_HTTP), ("http-", _HTTP)):
        if reason.startswith(prefix):
            return _in(text, language).format(reason.removeprefix(prefix))
    return _in(REASONS[reason], language) if reason in REASONS else reason


def _in(text: ReasonText, language: Language) -> str:
    return text.ar if language == "ar" else text.en
