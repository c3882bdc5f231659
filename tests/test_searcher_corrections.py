"""Corrections: what is applied, what is offered, and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index import Checkpoint, Document, Engine, open_engine
from index.analysis import NearTerm
from searcher import Searcher
from searcher.corrections.correct import retypings
from searcher.corrections.strength import Strengths
from searcher.hits.results import Suggestion
from tests.vocabularies import index_of

NEWS = (
    "التقى السفير وزير الخارجية في الرياض وبحثا قرارات المحكمة والاقتصاد "
    "وقال محمد بن سلمان إن طهران ترفض ذلك وأشار المسؤولون إلى مؤتمر صحفي"
)


def engine_of(*titles: str) -> Engine:
    """Articles with these headlines."""
    engine = open_engine("memory:")
    documents = [
        Document(str(number), f"https://example.org/{number}", title, "")
        for number, title in enumerate(titles)
    ]
    engine.update(documents, [], Checkpoint("test", 1))
    return engine


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    """A newspaper that writes much of conferences, and once misspells one."""
    often = [f"مؤتمر صحفي رقم {number}" for number in range(60)]
    return Searcher(
        engine_of(
            *often,
            "مؤتنر الساحل",
            "السفير الروسي يزور ميناء الجزائر",
            "وزير الخارجية يستقبل السفير",
            "الأمم المتحدة UN تبحث الأزمة",
            "افتتاح معرض الكتاب في الرياض",
            "سعر الذهب يرتفع",
            "السفر إلى طهران",
        )
    )


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("hgstdv hgv,sd", "السفير الروسي", "keyboard"),
        ("HGSTDVHGV", None, None),
        ("السفير الروسبي", "السفير الروسي", "spelling"),  # a letter too many
        ("السفير الوسي", "السفير الروسي", "spelling"),  # a letter too few
        ("وزير الخارجبة", "وزير الخارجية", "spelling"),  # the key beside it
        ("السفيرالروسي", "السفير الروسي", "spelling"),
        ("السف ير الروسي", "السفير الروسي", "spelling"),
        ("alsafir الروسي", "السفير الروسي", "latin"),
        ("فتتاح معرض الكتتاب", "افتتاح معرض الكتاب", "spelling"),  # two words at once
        ("السفر الروسي", "السفير الروسي", "spelling"),  # a word too, but a headline has it so
        ("السفر الجزائر الروسي", None, None),  # no headline has these in this order
        ("jedda", None, None),
    ],
)
def test_what_no_article_holds_is_read_as_what_one_does(
    searcher: Searcher, typed: str, meant: str | None, why: str | None
) -> None:
    """Every kind of damage is applied where some article then holds all words."""
    found = searcher.search(typed)
    suggestion = found.suggestion
    assert (suggestion and (suggestion.query, suggestion.why, suggestion.applied)) == (
        meant and (meant, why, True)
    )


def test_a_rare_misspelling_is_answered_and_the_frequent_word_offered(searcher: Searcher) -> None:
    """One text has it so: it is found, and what sixty others have is a click away."""
    found = searcher.search("مؤتنر")
    assert found.total == 1
    assert found.suggestion == Suggestion("مؤتمر", "spelling", applied=False)


@pytest.mark.parametrize(
    "typed",
    [
        "=الروسسي",
        '"السفير الروسسي"',
        "UNN",
        "GCC",
        "source:الروسسي",
        "-الروسسي",
        "a" * 2_000,
        "ب" * 41,
    ],
)
def test_what_the_reader_took_care_of_is_left_alone(searcher: Searcher, typed: str) -> None:
    """Spelled and quoted words, abbreviations, attributes, what is excluded, and no words."""
    assert searcher.search(typed).suggestion is None


@pytest.mark.parametrize("typed", ["Obama", "Putin", "Israel"])
def test_keys_that_type_signs_are_not_retyped(typed: str) -> None:
    """O is × on the other layout, P is ؛: who typed them meant Latin letters."""
    found = retypings(typed, Strengths(index_of("×لاشةش ؛عفهى ÷سقشثم لاشةش")))
    assert all(one.why != "keyboard" for one in found)


def test_a_query_whose_words_stand_together_is_never_changed(searcher: Searcher) -> None:
    """However many articles hold other words like these."""
    for typed in ("السفر طهران", "سعر الذهب", "مؤتنر الساحل", "وزير الخارجية يستقبل السفير"):
        literal, found = searcher.search(typed, literal=True), searcher.search(typed)
        assert [hit.id for hit in found.hits] == [hit.id for hit in literal.hits]
        assert not (found.suggestion and found.suggestion.applied)


def test_a_word_is_no_slip_for_a_stop_word() -> None:
    """However frequent that is, a word that dictionaries have tells more: nothing is offered."""
    searcher = Searcher(engine_of(*(f"هذا الخبر التي رقم {n}" for n in range(90)), "عن التشيع"))
    assert searcher.search("التشيع").suggestion is None


def test_a_long_question_is_not_rewritten(searcher: Searcher) -> None:
    """Its other words find enough; what may have been meant is offered."""
    found = searcher.search("هل يزور السفير الروسسي ميناء الجزائر في موسم الشتاء")
    assert found.total
    assert found.suggestion is None or not found.suggestion.applied


def test_the_typed_query_can_be_searched_as_it_stands(searcher: Searcher) -> None:
    """`literal` is the way back from what was applied."""
    found = searcher.search("hgstdv", literal=True)
    assert (found.total, found.suggestion) == (0, None)


class Counting:
    """A vocabulary that counts how often near words were looked up."""

    def __init__(self, inner: object) -> None:
        self._inner = inner
        self.lookups = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def near(self, term: str, slips: int, limit: int) -> Sequence[NearTerm]:
        """The same, counted."""
        self.lookups += 1
        found: Sequence[NearTerm] = self._inner.near(term, slips, limit)  # type: ignore[attr-defined]
        return found


def test_the_work_for_one_query_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words are unknown, a few are looked up and a few searches made."""
    engine = engine_of("السفير الروسي يزور ميناء الجزائر")
    counting = Counting(engine.vocabulary())
    searches: list[object] = []
    search = engine.search
    monkeypatch.setattr(engine, "vocabulary", lambda: counting)
    monkeypatch.setattr(engine, "search", lambda *a, **k: searches.append(a) or search(*a, **k))
    Searcher(engine).search(" ".join(f"كلم{a}{b}" for a in "بتثجحخ" for b in "دذرزسشص"))
    assert counting.lookups <= 16
    assert len(searches) <= 16


def test_past_its_time_nothing_more_is_looked_for() -> None:
    """The deadline of a search is that of its corrections too."""
    engine = engine_of("السفير الروسي")
    assert Searcher(engine, timeout=0.0).search("السفير الروسسي").suggestion is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hgvdhq", "الرياض"),
        ("'ivhk", "طهران"),
        ("lpl] fk sglhk", "محمد بن سلمان"),
        ("HGSTDVDK", "السفيرين"),  # Caps Lock
    ],
)
def test_a_query_typed_on_the_latin_layout_is_retyped(typed: str, meant: str) -> None:
    """Key by key."""
    found = list(retypings(typed, Strengths(index_of(NEWS + " السفيرين"))))
    assert next(one.query for one in found if one.why == "keyboard") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alsafir", "السفير"),
        ("al-riyadh", "الرياض"),
        ("tehran", "طهران"),
        ("ma7kama", "المحكمة"),
        ("mo2tamar", "مؤتمر"),
        ("iqtisad", "الاقتصاد"),
        ("mohammed", "محمد"),
    ],
)
def test_arabic_in_latin_letters_is_read(typed: str, meant: str) -> None:
    """Transcriptions and the chat alphabet, decoded against the words of the text."""
    vocabulary = index_of(NEWS)
    found = [one.query for one in retypings(typed, Strengths(vocabulary)) if one.why == "latin"]
    assert found
    assert found[0] in {meant, meant.removeprefix("ال"), "و" + meant}


@pytest.mark.parametrize("typed", ["salam", "qarar", "sufara", "mahkum"])
def test_a_latin_word_that_means_another_is_left_alone(typed: str) -> None:
    """What the language knows better than the text is not forced onto it."""
    strengths = Strengths(index_of("سلمان قرارات سفير محكمة"))
    assert [one for one in retypings(typed, strengths) if one.why == "latin"] == []
