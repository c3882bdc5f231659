"""The interface in Arabic."""

from __future__ import annotations

from crawl.text.month_names import WRITTEN
from index import ATTRIBUTES
from searcher import NOTES
from web.locale.bidi import isolate_parted
from web.locale.bidi import left_to_right as ltr
from web.locale.catalog import Catalog, PluralForms


def plural(count: int) -> str:
    """The category of a count (CLDR, Arabic).

    >>> [plural(count) for count in (0, 1, 2, 3, 11, 100, 102, 103)]
    ['zero', 'one', 'two', 'few', 'many', 'other', 'other', 'few']
    """
    if count in (0, 1, 2):
        return ("zero", "one", "two")[count]
    match count % 100:
        case 0 | 1 | 2:
            return "other"
        case rest if rest <= 10:
            return "few"
        case _:
            return "many"


COUNTS = {
    "results": PluralForms(
        "لا نتائج", "نتيجة واحدة", "نتيجتان", "{} نتائج", "{} نتيجة", "{} نتيجة"
    ),
    "articles": PluralForms(
        "لا مقالات", "مقالة واحدة", "مقالتان", "{} مقالات", "{} مقالة", "{} مقالة"
    ),
    "sources": PluralForms("لا مصادر", "مصدر واحد", "مصدران", "{} مصادر", "{} مصدرًا", "{} مصدر"),
    "places": PluralForms("لا موضع", "موضع واحد", "موضعان", "{} مواضع", "{} موضعًا", "{} موضع"),
}

TEXT = {
    "name": "باحث",
    "tagline": "بحث في الأخبار العربية يفهم الكلمة بكل صيغها",
    "skip": "إلى محتوى الصفحة",
    "skip_results": "إلى النتائج",
    "search": "ابحث",
    "search_label": "ابحث في الأخبار",
    "search_box": "كلمات أو «عبارة»…",
    "help": "كيف أبحث؟",
    "help_write": "تكتب",
    "help_means": "فيبحث عن",
    "help_intro": "اكتب كلماتك كما تخطر لك: لا فرق بين أ وا، ولا بين ة وه، ولا أثر للتشكيل. "
    "المقالات التي تجمع كلماتك كلها أولًا، ثم التي تجمع أكثرها.",
    "help_key": f"المفتاح {ltr('/')} أو {ltr('Ctrl+K')} ينقلك إلى خانة البحث من أي مكان في الصفحة.",
    "help_examples": "الأمثلة من كلمات هذا الأرشيف: اضغط واحدًا منها.",
    "in_index": "في الفهرس {articles} من {sources}",
    "in_index_of": "في الفهرس {articles} من {sources}، في {first}",
    "in_index_between": "في الفهرس {articles} من {sources}، بين {first} و{last}",
    "updated": "آخر تحديث للفهرس:",
    "index_empty": "الفهرس خالٍ بعد. املأه ثم ابحث:",
    "latest": "آخر ما في الفهرس",
    "days": "آخر الأيام",
    "browse": "تصفّح",
    "browsing": "كل المقالات",
    "results_title": "{} — بحث",
    "results_of": "نتائج «{}»",
    "took": "في {} ثانية",
    "total_at_least": "{} على الأقل",
    "total_divided": "{} فيها كل كلماتك · {} فيها بعضها",
    "divided": "ما يلي فيه بعض كلماتك:",
    "all_words": "كل الكلمات فقط",
    "printed": "طُبعت يوم {}",
    "partial": "انتهى الوقت قبل النظر في كل المقالات، فهذه أفضل ما وُجد حتى حينه.",
    "last_page": "هذه آخر صفحة تُعرض من {}؛ ضيّق النتائج بالتصفية لتصل إلى سواها.",
    "sort": "الترتيب",
    "fresh": "فضّل الجديد",
    "filters": "تصفية النتائج",
    "active_filters": "التصفية الحالية",
    "remove": "أزل",
    "clear_filters": "أزل التصفية كلها",
    "filter_find": "ابحث في: {}",
    "filter_none": "لا قيمة فيها هذا.",
    "period": "الفترة",
    "since": "من",
    "until": "إلى",
    "date_hint": f"{ltr('15/8/2015')} أو آب 2015 أو رمضان 1436",
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
    "suggest_offer": "هل تقصد «{}»؟",
    "suggest_used": "هذه نتائج «{}»",
    "period_read": "«{}» فُهمت زمنًا: {}",
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
    "empty_words": "كل كلمة وحدها:",
    "empty_unknown": "«{}» ليست في الفهرس بأي صيغة",
    "empty_alone": "«{}» وحدها: {}",
    "empty_without": "السؤال بلا «{}»: {}",
    "empty_fewer": "جرّب كلمات أقل أو أعم.",
    "empty_quotes": "أزل علامات التنصيص لتأتي الكلمات متفرقة.",
    "empty_literal": "بُحث عن السؤال كما كُتب؛ اسمح بتصحيحه.",
    "empty_filters": "أزل التصفية: قد تكون المقالة خارجها.",
    "empty_spelling": "تأكد من إملاء الأسماء، أو اكتب أول حروفها وبعدها *.",
    "feed": "تابع هذا البحث (Atom)",
    "feed_title": "باحث: {}",
    "export": "خذ النتائج:",
    "chart": "متى كُتبت",
    "chart_table": "الأعداد في جدول",
    "chart_count": "المقالات",
    "chart_others": "سواها",
    "chart_week": "أسبوع {}",
    "coverage": "التغطية",
    "coverage_more": "التغطية: من كتب ومن سكت، ومقارنة الأسئلة",
    "coverage_question": "السؤال {}",
    "coverage_compare": "قارن",
    "coverage_counts": "أعداد",
    "coverage_shares": "نسبة من كل المقالات",
    "coverage_sources": "من كتب",
    "coverage_silent": "من كتب حينها ولم يكتب عن هذا",
    "coverage_words": "كلمات تميّزها",
    "coverage_none": "لا مقالة تجيب عن هذا.",
    "archived_note": "نسخة محفوظة في الأرشيف كما جُمعت من موقعها؛ الحقوق لصاحبها.",
    "back_to_results": "إلى نتائج «{}»",
    "back_to_list": "إلى القائمة",
    "previous_hit": "النتيجة السابقة",
    "next_hit": "النتيجة التالية",
    "places": "كلماتك في النص: {}",
    "modified": "عُدّلت",
    "tags": "وسوم",
    "no_body": "لا نص محفوظًا لهذه المقالة.",
    "notes": "ملاحظات على السؤال",
    "unknown_host": "هذا الاسم ليس من أسماء هذا الخادم. على مديره أن يضيفه إلى BAHITH_HOSTS.",
    "error_400": "طلب غير مفهوم",
    "error_401": "لا بد من إذن للقراءة هنا",
    "error_404": "لا شيء في هذا العنوان",
    "error_405": "طريقة طلب غير مقبولة",
    "error_410": "أُزيلت هذه المقالة",
    "error_429": "طلبات كثيرة في وقت قصير",
    "error_500": "حدث خطأ عندنا",
    "error_503": "البحث غير جاهز",
    "error_400_help": "راجع العنوان ثم أعد المحاولة.",
    "error_401_help": "ادخل بحسابك أو بمفتاح صالح؛ لعل مفتاحك انتهت مدته أو سُحب.",
    "error_404_help": "قد تكون المقالة أُزيلت من الأرشيف، أو في العنوان خطأ. ابحث عنها:",
    "error_405_help": "هذا العنوان يُقرأ بـ GET وحدها.",
    "error_410_help": "أُزيلت من الأرشيف نهائيًا. ابحث عن غيرها:",
    "error_429_help": "انتظر قليلًا ثم أعد المحاولة.",
    "error_500_help": "سُجّل الخطأ. أعد المحاولة، فإن تكرر فأخبر مدير الموقع.",
    "error_503_help": "لا يمكن فتح الفهرس. على مدير الموقع أن يكتب:",
    "footer": "باحث: محرك بحث حر في الأخبار العربية",
    "footer_links": "روابط",
    "api": "واجهة البرمجة",
    "display": "العرض",
    "digits": "الأرقام",
    "months": "الأشهر",
    "widget_none": "لا نتائج",
    "widget_failed": "تعذر البحث الآن",
    "widget_more": "المزيد",
    "widget_all": "كل النتائج",
}

ARABIC = Catalog(
    code="ar",
    name="العربية",
    direction="rtl",
    digits="arab",
    list_separator="، ",
    plural=plural,
    text=TEXT,
    counts=COUNTS,
    weekdays=("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    # Levantine name/Egyptian name; most readers know one of the two only.
    months=tuple(map("/".join, zip(WRITTEN["levant"], WRITTEN["egypt"], strict=True))),
    hijri_months=WRITTEN["hijri"],
    hijri_year="{}هـ",
    month_systems={
        "": "المشرق ومصر",
        "levant": "المشرق",
        "egypt": "مصر",
        "algeria": "الجزائر وتونس",
        "morocco": "المغرب",
        "hijri": "هجرية",
    },
    reasons={
        "exact": "كما كُتبت",
        "inflected": "صيغة من صيغ الكلمة",
        "broken-plural": "جمع تكسير أو مفرده",
        "name-variant": "رسم آخر للاسم",
        "synonym": "مرادف",
        "keyboard": "كُتبت بلوحة مفاتيح أخرى",
        "latin": "كُتبت بحروف لاتينية",
        "spelling": "تصحيح إملائي",
        "prefix": "تبدأ بهذه الحروف",
    },
    sorts={"relevance": "الأوثق صلة", "newest": "الأحدث", "oldest": "الأقدم"},
    periods={"day": "آخر يوم", "week": "آخر أسبوع", "month": "آخر شهر", "year": "آخر سنة"},
    facets={**{spec.name: spec.label for spec in ATTRIBUTES}, "month": "الشهر"},
    filters={**{spec.name: spec.label for spec in ATTRIBUTES}, "since": "من", "until": "إلى"},
    notes={code: isolate_parted(sentence) for code, sentence in NOTES.items()},
    syntax=(
        ("{a} {b}", "الكلمتان، بأي صيغة وأي رسم: بأدوات التعريف والعطف والجر، مفردة وجمعًا"),
        ("«{a} {b}»", 'العبارة بهذا الترتيب، بأي صيغة؛ تصلح "…" و“…” أيضًا'),
        ('"{a} {b}"~5', "الكلمتان بهذا الترتيب، وبينهما خمس كلمات على الأكثر"),
        ("={a}", "هذا الرسم وحده، بلا صيغه الأخرى"),
        ("{a} أو {c}", "إحدى الكلمتين تكفي؛ أو اكتب OR أو |"),
        ("{a} -{c}", "ما فيه الأولى وليست فيه الثانية؛ أو اكتب NOT"),
        ("{a} ({b} أو {c})", "الأقواس تجمع"),
        ("{start}*", "كل كلمة تبدأ بهذه الحروف"),
        ("عنوان:{a}", "في عنوان المقالة"),
        ("مصدر:«{source}» {a}", "في مصدر؛ وكذلك قسم: وكاتب: وموقع:"),
        ("date:{month}", f"يوم أو شهر أو سنة، أو مدى مثل {ltr('2015..2016')}"),
        ("رمضان 1436", "شهر هجري؛ وكذلك أمس ومنذ أسبوع"),
    ),
)
