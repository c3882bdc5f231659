"""The passage that is shown of an article."""

from __future__ import annotations

from index import Document, Located, Tokens
from searcher.expansion.expand import expand
from searcher.hits.highlights import find, highlight_table
from searcher.hits.snippet import CUT_AFTER, CUT_BEFORE, USUAL, Snippet, SnippetOptions, excerpt
from searcher.syntax.parser import parse
from tests.vocabularies import index_of

FILLER = "هذا كلام آخر لا علاقة له بما يبحث عنه القارئ. " * 20


def shown(query: str, body: str, title: str = "") -> Snippet:
    """The snippet of a body for a query."""
    sought = expand(parse(query), index_of(f"{title} {body}")).highlight_terms
    tokens = Tokens.of(Document("k", "u", title, body))
    found = find(Located(tokens.document, tokens.positions), highlight_table(sought))
    return excerpt(body, found.body, sought)


def test_the_passage_is_the_sentence_that_holds_most_of_the_words() -> None:
    """Cut where the sentence begins and ends."""
    best = "وصل السفير الروسي إلى الجزائر مساء اليوم."
    found = shown("السفير الروسي الجزائر", f"تحدث السفير مرة. {FILLER}{best} {FILLER}")
    assert found.text.startswith(best)
    assert len(found.text) <= USUAL.length


def test_a_sentence_that_is_cut_says_so() -> None:
    """An ellipsis where the passage begins or ends inside a sentence, none where it is whole."""
    long = "كلمة " * 100
    found = shown("سفير", f"{long}سفير {long}")
    assert found.text.startswith(CUT_BEFORE)
    assert found.text.endswith(CUT_AFTER)
    assert [found.text[a:b] for a, b in found.marks] == ["سفير"]
    assert shown("سفير", "وصل السفير اليوم. وغادر غيره.").text == "وصل السفير اليوم. وغادر غيره."


def test_the_lengths_are_the_installations_choice() -> None:
    """Shorter passages where they are asked for."""
    body = f"{FILLER}وصل السفير. {FILLER}"
    assert len(excerpt(body, [], [], SnippetOptions(length=40)).text) <= 40 + len(CUT_AFTER)


def test_words_are_marked_with_their_clitics_and_vowel_signs() -> None:
    """Never a bare article, never half a word."""
    found = shown("سفير الجزائر", "التقى والسَّفيرُ بالجَزائر.")
    assert [found.text[a:b] for a, b in found.marks] == ["والسَّفيرُ", "بالجَزائر"]


def test_evidence_far_apart_is_shown_in_two_passages() -> None:
    """Both, in text order, joined by an ellipsis."""
    found = shown("السفير زلزال", f"{FILLER}وصل السفير. {FILLER}وقع زلزال. {FILLER}")
    assert len(found.passages) == 2
    assert [found.text[a:b] for a, b in found.marks] == ["السفير", "زلزال"]
    assert len(found.text) <= 2 * USUAL.half + len(" … " + CUT_BEFORE + CUT_AFTER)


def test_the_lead_is_shown_when_only_the_title_answered() -> None:
    """From the first sentence on, without marks."""
    found = shown("زلزال", f"بداية الخبر هنا. {FILLER}", title="زلزال")
    assert found.text.startswith("بداية الخبر هنا.")
    assert found.marks == ()


def test_a_text_without_spaces_or_sentences_is_cut_somewhere() -> None:
    """The word that answers is shown whole even if nothing around it is."""
    found = shown("سفير", "،" * 500 + "سفير" + "،" * 500)
    assert [found.text[a:b] for a, b in found.marks] == ["سفير"]
    assert len(found.text) <= USUAL.length + len(CUT_BEFORE + CUT_AFTER)


def test_an_empty_body_has_an_empty_snippet() -> None:
    """A title alone is an article too."""
    assert shown("سفير", "", title="سفير").text == ""
