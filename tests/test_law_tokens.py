"""The token laws: words are cut on the original text, and every form can be found again."""

from __future__ import annotations

import json
import lzma
import sys
from itertools import islice
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import analyze, columns, cut, fold, forms
from index.analysis.batch import Coded, Wordbook
from tests.chances import cases

ARABIC = st.text(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچڤگکیًٌٍَُِّْٰـ 0١٢۳،.٫٬«»\u200c\u200f\u00ad\u200b-_a"
)
ANYTHING = st.text() | ARABIC


@given(ANYTHING)
@example("ﷺ ﻻ ½ ² Ⅷ ßS İi 👍🏽 a\u0301 _ـ_ .5 5. 1,2,3 ٣٫٥")
def test_tokens_ascend_without_overlap_and_are_what_the_reader_sees(text: str) -> None:
    """A token is a stretch of the text as written, after the token before it."""
    last = 0
    for token in analyze(text):
        assert last <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.word
        last = token.end


@given(ANYTHING)
@example("ﷺ\u2028x\u3000y")
@example("ا" * 100)
def test_every_form_is_short_and_without_white_space(text: str) -> None:
    """No form is empty, longer than 64 characters, or holds white space."""
    for token in analyze(text):
        for form in (token.exact, token.lemma):
            assert 0 < len(form) <= 64
            assert not any(letter.isspace() for letter in form)


@given(ANYTHING)
@example("ﷺ")
@example("1,2,3,456")
@example("ϓ\u0301ᾳ")
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded word is its own fold, of whatever characters it is made."""
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_a_word_copied_out_of_a_text_finds_itself(text: str) -> None:
    """A token's word, analysed alone, gives one token with the same forms."""
    for token in analyze(text):
        alone = analyze(token.word)
        assert [(one.exact, one.lemma) for one in alone] == [(token.exact, token.lemma)]


@given(st.lists(ANYTHING))
@example(["", "\u0651 \u064b", "1 .5 5. 1,2,3", "a\u2028b\x1cc", "وزير،وزيرة (السفير)"])
def test_the_words_of_many_texts_as_numbers_are_those_of_each_text(texts: list[str]) -> None:
    """What the indexer numbers at once is what columns says of one text after the other."""

    def spelled(coded: Coded) -> list[str]:
        assert coded.terms == sorted(set(coded.terms))
        return [coded.terms[code] for code in coded.codes]

    words, each = Wordbook(), [columns(text) for text in texts]
    words.numbered(texts[::2])  # what it remembers shows in nothing
    found = words.numbered(texts)
    assert found.sizes.tolist() == [len(one.starts) for one in each]
    assert spelled(found.exact) == [form for one in each for form in one.exact]
    assert spelled(found.lemma) == [form for one in each for form in one.lemma]


def test_white_space_is_always_between_words() -> None:
    """A text can be cut at its white space first, and what stands between on its own."""
    for letter in filter(str.isspace, map(chr, range(sys.maxunicode))):
        assert cut(f"5{letter}.5") == ([0, 3], [1, 4])


@given(ANYTHING)
def test_all_views_of_a_text_agree(text: str) -> None:
    """Columns, tokens, bounds and the forms of single words say the same."""
    found = columns(text)
    tokens = analyze(text)
    assert list(zip(*found, strict=True)) == [(t.start, t.end, t.exact, t.lemma) for t in tokens]
    assert cut(text) == (found.starts, found.ends)
    assert [forms(token.word) for token in tokens] == [(t.exact, t.lemma) for t in tokens]


def test_the_laws_hold_on_real_words(shared_data: Path) -> None:
    """Real news breaks no law: tens of thousands of different words."""
    wanted = min(cases(75_000), 100_000)
    seen: set[str] = set()
    with lzma.open(shared_data / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, islice(lines, 6000)):
            text = row["body"]
            last = 0
            for start, end, exact, lemma in zip(*columns(text), strict=True):
                assert last <= start < end
                last = end
                if text[start:end] in seen:
                    continue
                seen.add(text[start:end])
                assert exact
                assert lemma
                assert fold(exact) == exact
                assert len(exact) <= 64
                assert len(lemma) <= 64
                assert not any(map(str.isspace, exact + lemma))
            if len(seen) > wanted:
                break
    assert len(seen) > wanted
