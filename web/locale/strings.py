"""Every sentence the page can say, in one place: another language is another such file.

`TEXT` is what templates show (`t.name`); `{}` marks where a value goes. `COUNTS` holds the forms of
nouns that follow a number. Names of months, of reasons, of sort orders stand in their own tables.
"""

from __future__ import annotations

from typing import NamedTuple

from index import ATTRIBUTES

LANGUAGE = "ar"
DIRECTION = "rtl"
LIST = "، "  # between the things of a list


class PluralForms(NamedTuple):
    """The forms of a counted noun: 0, 1, 2, 3 to 10, and the rest."""

    zero: str
    one: str
    two: str
    few: str
    many: str


COUNTS = {
    "results": PluralForms("لا نتائج", "نتيجة واحدة", "نتيجتان", "{} نتائج", "{} نتيجة"),
    "articles": PluralForms("لا مقالات", "مقالة واحدة", "مقالتان", "{} مقالات", "{} مقالة"),
    "sources": PluralForms("لا مصادر", "مصدر واحد", "مصدران", "{} مصادر", "{} مصدرًا"),
}

# Levantine name/Egyptian name; most readers know one of the two only.
MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
HIJRI_MONTHS = (
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
)
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

# index.analysis.Why → what a reader is told about a word that was marked.
REASONS = {
    "exact": "كما كُتبت",
    "inflected": "صيغة من صيغ الكلمة",
    "broken-plural": "جمع تكسير أو مفرده",
    "name-variant": "رسم آخر للاسم",
    "synonym": "مرادف",
    "family": "من العائلة نفسها",
    "keyboard": "كُتبت بلوحة مفاتيح أخرى",
    "latin": "كُتبت بحروف لاتينية",
    "spelling": "تصحيح إملائي",
    "prefix": "تبدأ بهذه الحروف",
}

SORTS = {"relevance": "الأوثق صلة", "newest": "الأحدث", "oldest": "الأقدم"}

# label, days back from today.
QUICK_RANGES = (("آخر يوم", 1), ("آخر أسبوع", 7), ("آخر شهر", 30), ("آخر سنة", 365))

FACETS = {**{spec.name: spec.label for spec in ATTRIBUTES}, "month": "الشهر"}

FILTERS = {**FACETS, "since": "من", "until": "إلى"}

# What to write, what it does: the page's own manual.
SYNTAX = (
    ("السفير الروسي", "الكلمتان، بأي صيغة وأي رسم: والسفير، للسفراء، الروسية"),
    ("«السفير الروسي»", 'العبارة بهذا الترتيب، بأي صيغة؛ تصلح "…" و“…” أيضًا'),
    ('"السفير الميناء"~5', "الكلمتان بهذا الترتيب، وبينهما خمس كلمات على الأكثر"),
    ("=السفير", "هذا الرسم وحده، بلا صيغه الأخرى"),
    ("سفير أو قنصل", "إحدى الكلمتين تكفي؛ أو اكتب OR أو |"),
    ("الميناء -الصيد", "ما فيه الأولى وليست فيه الثانية؛ أو اكتب NOT"),
    ("الميناء (سفير أو قنصل)", "الأقواس تجمع"),
    ("وزار*", "كل كلمة تبدأ بهذه الحروف"),
    ("عنوان:الميناء", "في عنوان المقالة"),
    ("قسم:سياسة سفير", "في قسم؛ وكذلك مصدر: وكاتب: وموقع:"),
    ("date:2015-08", "يوم أو شهر أو سنة، أو مدى مثل 2015..2016"),
    ("رمضان 1436", "شهر هجري؛ وكذلك أمس ومنذ أسبوع"),
)

TEXT = {
    "name": "باحث",
    "tagline": "بحث في الأخبار العربية يفهم الكلمة بكل صيغها",
    "skip": "إلى محتوى الصفحة",
    "search": "ابحث",
    "search_label": "ابحث في الأخبار",
    "search_box": "كلمات أو «عبارة»…",
    "help": "كيف أبحث؟",
    "help_write": "تكتب",
    "help_means": "فيبحث عن",
    "help_intro": "اكتب كلماتك كما تخطر لك: لا فرق بين أ وا، ولا بين ة وه، ولا أثر للتشكيل. "
    "المقالات التي تجمع كلماتك كلها أولًا، ثم التي تجمع أكثرها.",
    "help_key": "المفتاح / ينقلك إلى خانة البحث من أي مكان في الصفحة.",
    "in_index": "في الفهرس {articles} من {sources}",
    "in_index_between": "في الفهرس {articles} من {sources}، بين {first} و{last}",
    "index_empty": "الفهرس خالٍ بعد. املأه ثم ابحث:",
    "latest": "آخر ما في الفهرس",
    "browse": "تصفّح",
    "browsing": "كل المقالات",
    "results_title": "{query} — بحث",
    "took": "في {} ثانية",
    "total_at_least": "{} على الأقل",
    "partial": "انتهى الوقت قبل النظر في كل المقالات، فهذه أفضل ما وُجد حتى حينه.",
    "sort": "الترتيب",
    "fresh": "فضّل الجديد",
    "filters": "تصفية النتائج",
    "active_filters": "التصفية الحالية",
    "remove_filter": "أزل {}",
    "clear_filters": "أزل التصفية كلها",
    "period": "الفترة",
    "since": "من",
    "until": "إلى",
    "any_time": "أي وقت",
    "apply": "طبّق",
    "more": "المزيد",
    "original": "الأصل",
    "stored": "النسخة المحفوظة",
    "why": "لماذا؟",
    "why_word": "كلمتك",
    "why_form": "في النص",
    "why_reason": "السبب",
    "missing": "ليس فيها:",
    "untitled": "بلا عنوان",
    "suggest_offer": "هل تقصد",
    "suggest_used": "هذه نتائج",
    "period_read": "«{}» فُهمت زمنًا:",
    "period_from": "من {}",
    "period_until": "حتى {}",
    "period_between": "من {} إلى {}",
    "suggest_undo": "ابحث عن «{}» كما كتبتها",
    "pages": "صفحات النتائج",
    "page": "صفحة {}",
    "next": "التالية",
    "previous": "السابقة",
    "empty_title": "لا مقالة تجيب عن «{}»",
    "empty_title_filters": "لا مقالة تجيب عن هذا",
    "empty_fewer": "جرّب كلمات أقل أو أعم.",
    "empty_quotes": "أزل علامات التنصيص لتأتي الكلمات متفرقة.",
    "empty_literal": "بُحث عن السؤال كما كُتب؛ اسمح بتصحيحه.",
    "empty_filters": "أزل التصفية: قد تكون المقالة خارجها.",
    "empty_spelling": "تأكد من إملاء الأسماء، أو اكتب أول حروفها وبعدها *.",
    "feed": "تابع هذا البحث (Atom)",
    "feed_title": "باحث: {}",
    "as_json": "النتائج بصيغة JSON",
    "archived_note": "نسخة محفوظة في الأرشيف كما جُمعت من موقعها؛ الحقوق لصاحبها.",
    "back_to_results": "إلى نتائج «{}»",
    "modified": "عُدّلت",
    "tags": "وسوم",
    "no_body": "لا نص محفوظًا لهذه المقالة.",
    "notes": "ملاحظات على السؤال",
    "unknown_host": "هذا الاسم ليس من أسماء هذا الخادم. على مديره أن يضيفه إلى BAHITH_HOSTS.",
    "error_400": "طلب غير مفهوم",
    "error_404": "لا شيء في هذا العنوان",
    "error_405": "طريقة طلب غير مقبولة",
    "error_500": "حدث خطأ عندنا",
    "error_503": "البحث غير جاهز",
    "error_400_help": "راجع العنوان ثم أعد المحاولة.",
    "error_404_help": "قد تكون المقالة أُزيلت من الأرشيف، أو في العنوان خطأ. ابحث عنها:",
    "error_405_help": "هذا العنوان يُقرأ بـ GET وحدها.",
    "error_500_help": "سُجّل الخطأ. أعد المحاولة، فإن تكرر فأخبر مدير الموقع.",
    "error_503_help": "لا يمكن فتح الفهرس. على مدير الموقع أن يكتب:",
    "footer": "باحث: محرك بحث حر في الأخبار العربية",
    "api": "واجهة البرمجة",
}

# What the embedded widget says; it is sent along with its script.
WIDGET = {
    "label": TEXT["search_label"],
    "placeholder": TEXT["search_box"],
    "button": TEXT["search"],
    "none": "لا نتائج",
    "failed": "تعذر البحث الآن",
    "all": "كل النتائج",
    "untitled": TEXT["untitled"],
}
