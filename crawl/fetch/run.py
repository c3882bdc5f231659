"""crawl_sites: crawl some sites into an archive, and report.

The work is done by a process of its own (`crawl.fetch.worker`), so this module, like the package's
root, needs nothing but the standard library, and may be called as often as one likes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from crawl.archive.archive import Archive
from crawl.errors import CrawlError
from crawl.options import CrawlOptions, Site
from crawl.report import CrawlReport


def crawl_sites(
    urls: Sequence[str | Site],
    archive: Archive,
    *,
    options: CrawlOptions | None = None,
    progress: Callable[[CrawlReport], None] = lambda _: None,
) -> CrawlReport:
    """Crawl home pages, sections, sitemaps or feeds, each within its own site.

    Addresses of one host are one site. A crawl that was killed goes on where it was; otherwise what
    is known is visited again only where it may have changed. Ctrl-C ends it in order. `progress` is
    called a few times a second. CrawlError when an address is none or the crawl cannot go on.
    """
    sites = _sites(urls)
    options = options or CrawlOptions()
    task = {
        "archive": str(archive.path.absolute()),
        "options": asdict(options),
        "sites": [asdict(site) for site in sites],
    }
    with _worker() as worker:
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(task) + "\n")
        worker.stdin.flush()
        return _listen(worker, progress)


def _sites(urls: Sequence[str | Site]) -> list[Site]:
    """One Site a host: the first one's rules, everybody's addresses."""
    sites: dict[str, Site] = {}
    for url in urls:
        site = Site((url,)) if isinstance(url, str) else url
        first = sites.setdefault(site.name, site)
        if first is not site:
            sites[site.name] = replace(first, urls=first.urls + site.urls)
    if not sites:
        raise CrawlError("no address to crawl; type one, such as https://example.org")
    return list(sites.values())


def _worker() -> subprocess.Popen[str]:
    here = str(Path(__file__).resolve().parent.parent.parent)
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        # -P: a folder of the user's that is called `crawl` is not ours.
        [sys.executable, "-P", "-m", "crawl.fetch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def _listen(worker: subprocess.Popen[str], progress: Callable[[CrawlReport], None]) -> CrawlReport:
    assert worker.stdout is not None
    while True:
        try:
            for line in worker.stdout:
                match json.loads(line):
                    case {"progress": dict(counts)}:
                        progress(CrawlReport.from_json(counts))
                    case {"report": dict(counts)}:
                        return CrawlReport.from_json(counts)
                    case {"error": str(sentence)}:
                        raise CrawlError(sentence)
        except KeyboardInterrupt:
            _stop(worker)
            continue
        raise CrawlError("the crawling process died; run the same command to go on where it was")


def _stop(worker: subprocess.Popen[Any]) -> None:
    """Ask for an orderly end; what is under way is still archived."""
    assert worker.stdin is not None
    worker.stdin.write("stop\n")
    worker.stdin.flush()
