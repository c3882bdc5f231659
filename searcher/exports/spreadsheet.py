"""CSV and XLSX: rows for a spreadsheet, none of whose cells is ever computed.

A cell that begins like a formula is one to a spreadsheet, and a stranger's headline may begin so
(OWASP, "CSV injection"): it gets an apostrophe, which spreadsheets do not show.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from searcher.errors import MissingLibrary
from searcher.exports.records import Record

_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n|]")
# XML 1.0 allows no other control characters; openpyxl refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Letters that a cell of Excel can hold.
CELL_LETTERS = 32_767

TAG_SEPARATOR = "; "
# Bytes that are sent at a time.
PIECE = 1 << 16


def safe_cell(text: str) -> str:
    """A text as a cell that shows it and computes nothing.

    >>> safe_cell("=1+1"), safe_cell("خبر"), safe_cell("  @sum")
    ("'=1+1", 'خبر', "'  @sum")
    """
    clean = _CONTROL.sub("", text)
    return ("'" + clean if _FORMULA.match(clean) else clean)[:CELL_LETTERS]


def cells(record: Record) -> list[str]:
    """The row of a record."""
    return [
        safe_cell(TAG_SEPARATOR.join(value) if isinstance(value, tuple) else value)
        for value in record
    ]


def as_csv(found: Iterator[Record]) -> Iterator[bytes]:
    """RFC 4180 with a byte order mark, by which Excel knows that it is UTF-8."""
    import csv

    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(Record._fields)
    yield b"\xef\xbb\xbf" + line.getvalue().encode()
    for record in found:
        line.seek(0)
        line.truncate()
        writer.writerow(cells(record))
        yield line.getvalue().encode()


def as_xlsx(found: Iterator[Record]) -> Iterator[bytes]:
    """One sheet, read from right to left; written to a temporary file row by row, then sent.

    Raises `MissingLibrary` where openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingLibrary("xlsx needs openpyxl. Type: pip install 'bahith[xlsx]'") from error
    import tempfile  # nine modules that a process which only searches does without

    book = Workbook(write_only=True)
    sheet = book.create_sheet("bahith")
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    sheet.append(Record._fields)
    for record in found:
        sheet.append(cells(record))
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
