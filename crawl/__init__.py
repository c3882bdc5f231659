"""Fetch sites and clean their pages into articles: the first stage.

    address ──▶ frontier ──▶ fetch ──▶ text ──▶ extract ──▶ Article ──▶ archive ──▶ formats

Importing this root loads next to nothing: each name is loaded when it is first asked for, and only
with what it needs. What parses HTML is `crawl.extract`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawl.archive.archive import Archive, ArchiveStats, Version
    from crawl.archive.backup import copy_archive, replace_archive
    from crawl.archive.changes import Change
    from crawl.archive.database import exclusively
    from crawl.archive.integrity import check_archive
    from crawl.archive.refusals import refused_pages
    from crawl.archive.stories import update_stories
    from crawl.article import Article, Rejected
    from crawl.configuration import InForce, config_file, default_of, in_force, read_tables, setting
    from crawl.errors import ArchiveError, CrawlError, DamagedArchive
    from crawl.fetch.run import crawl_sites
    from crawl.formats.importer import ImportReport, Refused, import_files
    from crawl.formats.pushed import BadLine, PushedRow, held_instead, keep_pushed, read_pushed
    from crawl.identity import canonical_url, key_of
    from crawl.logs import complain, configure_logs, shows_bar, stamped, tell, tell_settings
    from crawl.options import CrawlOptions, Site, read_sites
    from crawl.reasons import sentence as refusal_sentence
    from crawl.report import CrawlReport
    from crawl.urls import is_web, site_of, with_scheme

__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveStats",
    "Article",
    "BadLine",
    "Change",
    "CrawlError",
    "CrawlOptions",
    "CrawlReport",
    "DamagedArchive",
    "ImportReport",
    "InForce",
    "PushedRow",
    "Refused",
    "Rejected",
    "Site",
    "Version",
    "canonical_url",
    "check_archive",
    "complain",
    "config_file",
    "configure_logs",
    "copy_archive",
    "crawl_sites",
    "default_of",
    "exclusively",
    "held_instead",
    "import_files",
    "in_force",
    "is_web",
    "keep_pushed",
    "key_of",
    "read_pushed",
    "read_sites",
    "read_tables",
    "refusal_sentence",
    "refused_pages",
    "replace_archive",
    "setting",
    "shows_bar",
    "site_of",
    "stamped",
    "tell",
    "tell_settings",
    "update_stories",
    "with_scheme",
]

# Where each name is made: it is loaded when it is first asked for.
_HOMES = {
    "Archive": "crawl.archive.archive:Archive",
    "ArchiveError": "crawl.errors:ArchiveError",
    "ArchiveStats": "crawl.archive.archive:ArchiveStats",
    "Article": "crawl.article:Article",
    "BadLine": "crawl.formats.pushed:BadLine",
    "Change": "crawl.archive.changes:Change",
    "CrawlError": "crawl.errors:CrawlError",
    "CrawlOptions": "crawl.options:CrawlOptions",
    "CrawlReport": "crawl.report:CrawlReport",
    "DamagedArchive": "crawl.errors:DamagedArchive",
    "InForce": "crawl.configuration:InForce",
    "ImportReport": "crawl.formats.importer:ImportReport",
    "PushedRow": "crawl.formats.pushed:PushedRow",
    "held_instead": "crawl.formats.pushed:held_instead",
    "keep_pushed": "crawl.formats.pushed:keep_pushed",
    "read_pushed": "crawl.formats.pushed:read_pushed",
    "Refused": "crawl.formats.importer:Refused",
    "Rejected": "crawl.article:Rejected",
    "Site": "crawl.options:Site",
    "Version": "crawl.archive.archive:Version",
    "canonical_url": "crawl.identity:canonical_url",
    "copy_archive": "crawl.archive.backup:copy_archive",
    "check_archive": "crawl.archive.integrity:check_archive",
    "crawl_sites": "crawl.fetch.run:crawl_sites",
    "exclusively": "crawl.archive.database:exclusively",
    "read_sites": "crawl.options:read_sites",
    "config_file": "crawl.configuration:config_file",
    "default_of": "crawl.configuration:default_of",
    "in_force": "crawl.configuration:in_force",
    "read_tables": "crawl.configuration:read_tables",
    "setting": "crawl.configuration:setting",
    "import_files": "crawl.formats.importer:import_files",
    "complain": "crawl.logs:complain",
    "configure_logs": "crawl.logs:configure_logs",
    "shows_bar": "crawl.logs:shows_bar",
    "stamped": "crawl.logs:stamped",
    "tell": "crawl.logs:tell",
    "tell_settings": "crawl.logs:tell_settings",
    "is_web": "crawl.urls:is_web",
    "key_of": "crawl.identity:key_of",
    "refusal_sentence": "crawl.reasons:sentence",
    "refused_pages": "crawl.archive.refusals:refused_pages",
    "replace_archive": "crawl.archive.backup:replace_archive",
    "site_of": "crawl.urls:site_of",
    "update_stories": "crawl.archive.stories:update_stories",
    "with_scheme": "crawl.urls:with_scheme",
}

if not TYPE_CHECKING:  # a type checker would believe in any name

    def __getattr__(name: str) -> object:
        """A public name at its first use; afterwards it stands here like any other."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, _, attribute = _HOMES[name].partition(":")
        found = globals()[name] = getattr(import_module(module), attribute)
        return found
