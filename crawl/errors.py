"""CrawlError: the one root of what this package raises when a contract is broken.

    CrawlError            a wrong option, an unreadable file, a place that cannot be written
    └── ArchiveError      the archive file is foreign, newer than this program or locked
        └── DamagedArchive    a part of it cannot be read; what lies elsewhere still can

A page that is no article is no error but a `Rejected` value. Every message says what to do next.
"""

from __future__ import annotations


class CrawlError(Exception):
    """The crawl, the import or the archive cannot go on; the message says what to type next."""


class ArchiveError(CrawlError):
    """The archive file cannot be used as it is."""


class DamagedArchive(ArchiveError):
    """A part of the archive file is not what was written there."""
