"""Notes: what a reader is told of a query that was not taken just as typed.

A note is its Arabic sentence, and carries a code and values by which the page can word it in
another language. `NOTES` lists them all.

>>> note = Note("bad-date", "قريبًا")
>>> note.code, note.values
('bad-date', ('قريبًا',))
"""

from __future__ import annotations

# Letters of a value that a note repeats.
MOST_SHOWN = 40

# Code → sentence; `{}` are the values.
NOTES = {
    "long-query": "الاستعلام طويل جدًا: قرأنا أول {} حرف منه.",
    "many-words": "الاستعلام طويل: بحثنا عن أول {} كلمة مختلفة منه.",
    "no-words": "لا كلمات في الاستعلام نبحث عنها: اكتب كلمة أو أكثر.",
    "deep-parentheses": "أقواس متداخلة أكثر مما نقرأ: أُهمل الداخلي منها.",
    "open-quote": "علامة الاقتباس {} لم تُغلق، فبحثنا عن الكلمات دونها.",
    "star-inside": "النجمة تعمل في آخر الكلمة فقط، فأُهملت في {}.",
    "question-inside": "لا تقوم علامة الاستفهام مقام حرف، فبحثنا بدل {} عما يقارب {}.",
    "boost": "لا أوزان للكلمات، فأُهملت {}.",
    "near": "«قرب» تصل بين كلمتين: السفير قرب/5 الجزائر.",
    "sort-field": "لا يُكتب الترتيب في الاستعلام، فأُهمل {}: اختره من قائمة الترتيب.",
    "url-field": "لا نبحث في العناوين الشبكية، فأُهمل {}: اكتب site: واسم الموقع.",
    "empty-field": "لم نفهم ما بعد «{}:» فأهملناه.",
    "bad-date": "لم نفهم التاريخ «{}» فأهملناه: اكتب مثلًا 15/8/2015 أو 2015-08 أو رمضان 1436.",
    "bad-sort": "لا نعرف الترتيب «{}»: رتّبنا النتائج حسب الصلة.",
    "bad-facet": "لا نعد النتائج حسب «{}».",
    "filter-cut": "أُهمل بعض ما اخترته لتصفية «{}»: كثير أو طويل.",
    "unknown-value": "لا مقالات فيها {} «{}».",
    "unknown-value-nearest": "لا مقالات فيها {} «{}». الأقرب إليه: {}.",
    "excluded": "استبعدنا ما فيه «{}»؛ إن أردت الكلمات نفسها فضعها بين علامتي اقتباس.",
    "no-phrase": "لا مقال فيه كل هذا مع العبارة التي بين علامتي الاقتباس: هذه نتائج كلماتها.",
    "many-spellings": "تبدأ أكثر من {} كلمة بـ«{}»: بحثنا عن أكثرها ورودًا.",
}


class Note(str):
    """One thing that a reader should know: its sentence, with its code and values."""

    __slots__ = ("code", "values")
    code: str
    values: tuple[str, ...]

    def __new__(cls, code: str, *values: object) -> Note:
        """The note of a code, the values cut to what a line can show."""
        shown = tuple(str(value)[:MOST_SHOWN] for value in values)
        note = super().__new__(cls, NOTES[code].format(*shown))
        note.code, note.values = code, shown
        return note
