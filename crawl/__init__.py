"""Fetch sites and clean their pages into articles: the first stage.

    address ──▶ frontier ──▶ fetch ──▶ text ──▶ extract ──▶ Article ──▶ archive ──▶ formats

Importing this root loads the standard library only; what parses HTML is `crawl.extract`.
"""

from crawl.archive.archive import Archive, ArchiveStats, Version
from crawl.archive.changes import Change
from crawl.archive.integrity import check_archive
from crawl.article import Article, Rejected
from crawl.errors import ArchiveError, CrawlError, DamagedArchive
from crawl.fetch.run import crawl_sites
from crawl.formats.importer import ImportReport, Refused, import_files
from crawl.identity import canonical_url, key_of
from crawl.options import CrawlOptions, Site
from crawl.reasons import sentence as refusal_sentence
from crawl.report import CrawlReport
from crawl.urls import is_web, site_of, with_scheme

__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveStats",
    "Article",
    "Change",
    "CrawlError",
    "CrawlOptions",
    "CrawlReport",
    "DamagedArchive",
    "ImportReport",
    "Refused",
    "Rejected",
    "Site",
    "Version",
    "canonical_url",
    "check_archive",
    "crawl_sites",
    "import_files",
    "is_web",
    "key_of",
    "refusal_sentence",
    "site_of",
    "with_scheme",
]
