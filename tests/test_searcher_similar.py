"""Similar articles: the nearest by what they are about, never itself, never its copies."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from index import Checkpoint, Document, Filters, open_engine, query
from searcher import Searcher, similar
from searcher.coverage.similar import MOST_LETTERS_READ, PAIRS, STRONGEST, alike

TEXTS = {
    "port": "أعلن السفير أن توسيع الميناء يبدأ في الربيع وأن الرصيف الجديد للحاويات",
    "quay": "رصيف الحاويات في الميناء يكتمل بعد الربيع كما قال السفراء",
    "fish": "ارتفعت أسعار الأسماك في السوق بعد العاصفة",
    "market": "السوق القديم يعود بعد ترميم الأقواس",
    "match": "فاز النادي بالكأس في مباراة النهائي",
    "alone": "زرافة",
}
ANY = st.text(st.sampled_from("سفيركتب الميناء,.1٢\n\x00"), max_size=80)


def documents(**changed: str) -> list[Document]:
    """The articles, some of them in a story."""
    return [
        Document(key, f"https://a.example/{key}", "", text, story=changed.get(key, ""))
        for key, text in TEXTS.items()
    ]


def searcher_of(held: list[Document]) -> Searcher:
    """A searcher of them."""
    engine = open_engine("memory:")
    engine.update(held, [], Checkpoint("doc", 1))
    return Searcher(engine)


def test_the_nearest_shares_the_rare_words_whatever_their_form() -> None:
    """«رصيف» is «الرصيف», and what has no such word in common is not listed."""
    held = documents()
    found = [one.key for one in similar(searcher_of(held), held[0])]
    assert found[0] == "quay"
    assert "port" not in found
    assert "match" not in found


def test_copies_of_the_story_are_left_out() -> None:
    """They stand under a heading of their own; while they are not known, they come first."""
    held = documents(port="port", quay="port")
    assert "quay" not in [one.key for one in similar(searcher_of(held), held[0])]


def test_words_that_stand_nowhere_else_lead_nowhere() -> None:
    """No list rather than a list of anything."""
    held = documents()
    assert similar(searcher_of(held), held[-1]) == []
    assert similar(searcher_of(held), replace(held[0], body="")) == []


def test_a_reader_is_led_only_to_what_they_may_see() -> None:
    """The scope confines it as it does everything."""
    held = [replace(one, source="أ" if one.key != "quay" else "ب") for one in documents()]
    within = searcher_of(held).within(Filters(source=("أ",)))
    assert "quay" not in [one.key for one in similar(within, held[0])]


def test_a_long_article_asks_no_more_than_a_short_one() -> None:
    """So many words and pairs, of so many letters, whatever its length."""
    words = [f"كلمة{number}" for number in range(MOST_LETTERS_READ)]
    long = Document("long", "u", " ".join(words[:200]), " ".join(words))
    engine = searcher_of([long, replace(long, key="other")]).engine
    tree = alike(engine, long)
    assert isinstance(tree, query.Or)
    assert len(tree.parts) <= 2 * STRONGEST + PAIRS
    ahead = replace(long, body=long.body[:MOST_LETTERS_READ])
    assert alike(engine, ahead) == tree


@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=6))
@settings(max_examples=40)
def test_any_article_has_a_list_of_others(texts: list[tuple[str, str]]) -> None:
    """Nothing in a text ends it, and none stands twice."""
    held = [Document(f"k{n}", f"u{n}", title, body) for n, (title, body) in enumerate(texts)]
    searcher = searcher_of(held)
    for one in held:
        found = [other.key for other in similar(searcher, one, limit=3)]
        assert one.key not in found
        assert len(found) == len(set(found)) <= 3
