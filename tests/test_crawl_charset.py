"""Which encoding a page is really in, whatever its witnesses say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.text.charset import decode

TEXT = "قال المتحدث باسم الوزارة إن المشروع الجديد في المدينة يبدأ الأسبوع المقبل، والله أعلم. " * 3
META = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><p>{}</p>'
)


@pytest.mark.parametrize("real", ["utf-8", "cp1256", "iso8859-6"])
@pytest.mark.parametrize(
    "meta", ["utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "hex", "idna"]
)
@pytest.mark.parametrize(
    "header", ["", "text/html; charset=utf-8", "text/html; charset=windows-1256"]
)
def test_the_bytes_win_over_what_is_declared(real: str, meta: str, header: str) -> None:
    """Header and meta may both be wrong: the text comes out right."""
    page = META.format(meta, TEXT).encode(real, "ignore")
    expected = TEXT.encode(real, "ignore").decode(real)
    assert expected in decode(page, header).text


def test_a_mark_at_the_start_wins_over_everything() -> None:
    """A byte-order mark is the surest witness and is not part of the text."""
    assert decode(TEXT.encode("utf-16"), "text/html; charset=utf-8").text == TEXT
    assert decode(TEXT.encode("utf-8-sig"), "text/html; charset=windows-1256").text == TEXT


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    """A page cut in the middle of a letter, or with a stray byte pasted in, is still UTF-8."""
    page = TEXT.encode()[:-4] + b"\x80" + TEXT.encode()[:-1]
    assert decode(page).encoding == "utf-8"


@pytest.mark.parametrize(
    ("wrong", "right"), [("latin-1", "utf-8"), ("cp1256", "utf-8"), ("cp1252", "cp1256")]
)
def test_text_encoded_twice_is_repaired(wrong: str, right: str) -> None:
    """«Ø§Ù„» is «ال» read in the wrong set and saved again."""
    spoilt = (TEXT * 3).encode(right).decode(wrong)
    assert decode(spoilt.encode()).text == TEXT * 3


def test_a_few_odd_letters_are_no_reason_to_repair() -> None:
    """An article about encodings may quote the spoilt letters."""
    text = TEXT + "تظهر الحروف هكذا Ø§Ù„ أو هكذا ط§ظ„ أحيانا"
    assert decode(text.encode()).text == text


def test_a_western_page_keeps_its_accents() -> None:
    """A page that declares Latin-1 and has no Arabic is read as the web means it: windows-1252."""
    page = '<meta charset="iso-8859-1"><p>Le café d’été à Beyrouth'.encode("cp1252")
    assert "café d’été" in decode(page).text


@given(st.binary(max_size=300), st.text(max_size=60))
def test_no_bytes_and_no_header_make_it_fail(content: bytes, header: str) -> None:
    """Whatever arrives, characters come out."""
    assert isinstance(decode(content, header).text, str)
