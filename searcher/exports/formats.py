"""The formats that results can be taken in: one table for the command and the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import NamedTuple

from searcher.exports.citations import as_bibtex, as_csl, as_ris
from searcher.exports.feeds import as_atom, as_json_feed
from searcher.exports.json_array import as_json
from searcher.exports.records import Record
from searcher.exports.spreadsheet import as_csv, as_xlsx


class ExportFormat(NamedTuple):
    """A format: what HTTP calls it, whether a terminal can show it, how it is written.

    `library`: what has to be installed for it.
    """

    content_type: str
    is_text: bool
    write: Callable[[Iterator[Record]], Iterator[bytes]]
    library: str = ""

    @property
    def is_available(self) -> bool:
        """Whether it can be written here."""
        return not self.library or find_spec(self.library) is not None


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORT_FORMATS = {
    "csv": ExportFormat("text/csv; charset=utf-8", True, as_csv),
    "xlsx": ExportFormat(XLSX, False, as_xlsx, "openpyxl"),
    "bib": ExportFormat("application/x-bibtex; charset=utf-8", True, as_bibtex),
    "ris": ExportFormat("application/x-research-info-systems; charset=utf-8", True, as_ris),
    "json": ExportFormat("application/json; charset=utf-8", True, as_json),
    "atom": ExportFormat("application/atom+xml; charset=utf-8", True, as_atom),
    "csl": ExportFormat("application/vnd.citationstyles.csl+json", True, as_csl),
    "jsonfeed": ExportFormat("application/feed+json; charset=utf-8", True, as_json_feed),
}
# As unAPI calls those that reference managers take.
REFERENCE_FORMATS = {
    "ris": EXPORT_FORMATS["ris"],
    "bibtex": EXPORT_FORMATS["bib"],
    "csl-json": EXPORT_FORMATS["csl"],
}
