"""The crawling process, forked from one that has its imports done.

Each of a hundred test crawls would spend most of a second on importing Scrapy and a tenth on the
crawl. A fork of a process that did it once is the same in every other respect: it reads its task,
crawls, reports and ends. The tests of the commands start it as users do.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.connection import Connection
from typing import Self

from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

from crawl.fetch.worker import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["__main__", __name__, "crawl.cli.commands", "index.commands", "searcher.commands"]
)

# What Scrapy would load by name when a crawl begins.
for _table in ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE"):
    for _name in getattr(default_settings, _table):
        load_object(_name)
load_object(default_settings.DOWNLOAD_HANDLERS_BASE["https"])


class WarmWorker:
    """As much of `subprocess.Popen` as `crawl.fetch.run` asks for."""

    def __init__(self) -> None:
        task, to = FORKS.Pipe(duplex=False)
        come, report = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=_work, args=(task, report))
        self._process.start()
        self.stdin = os.fdopen(os.dup(to.fileno()), "w", encoding="utf-8")
        self.stdout = os.fdopen(os.dup(come.fileno()), encoding="utf-8")
        for end in (task, to, come, report):
            end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.stdin.close()
        self._process.join()


def _work(task: Connection, report: Connection) -> None:
    os.setsid()
    os.dup2(task.fileno(), 0)
    os.dup2(report.fileno(), 1)
    task.close()
    report.close()
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    main()
