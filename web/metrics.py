"""Metrics: what one application counts about its answers, for Prometheus."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

# The variable by which Prometheus' library knows the folder that several processes count in.
SHARED = "PROMETHEUS_MULTIPROC_DIR"

# Seconds: a search takes a few milliseconds; the upper ones are where a reader notices.
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """Counters in a registry of their own, so that a portal's metrics stay apart."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "bahith_answers",
            "Answers by route and status",
            ("route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "bahith_answer_seconds",
            "Time to make an answer",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.empty = Counter(
            "bahith_empty_searches", "Searches that found nothing", registry=self.registry
        )
        self.documents = self._gauge("bahith_index_documents", "Articles in the index")

        self.behind = self._gauge("bahith_index_behind", "Changes of the archive not yet indexed")
        self.refused = self._gauge("bahith_refused_pages", "Pages refused, by reason", "reason")
        self.newest = self._gauge(
            "bahith_source_newest_timestamp_seconds", "Day of a source's newest article", "source"
        )
        self.last_day = self._gauge(
            "bahith_source_last_day_articles", "Articles of the last whole day", "source"
        )
        self.usual_day = self._gauge(
            "bahith_source_usual_day_articles", "Articles of a usual day", "source"
        )
        self.out_of_band = self._gauge(
            "bahith_source_out_of_band", "1: far above the usual, -1: far below, 0: usual", "source"
        )

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        """A number of the archive, the same whichever process was asked last."""
        return Gauge(name, what, labels, registry=self.registry, multiprocess_mode="mostrecent")

    def text(self) -> bytes:
        """What was counted, in Prometheus' text format; of all processes where several count."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        together.register(_OfAllProcesses())
        return generate_latest(together)


class _OfAllProcesses:
    """What the processes of one folder counted, added up; a portal's own metrics left out."""

    def collect(self) -> Iterator[Metric]:
        """The metrics of this module."""
        collector = MultiProcessCollector(None)  # type: ignore[no-untyped-call]
        for metric in collector.collect():  # type: ignore[no-untyped-call]
            if metric.name.startswith("bahith_"):
                yield metric


def count_in(folder: Path) -> None:
    """Let what `Metrics` made from now on count stand in a folder, where other processes add it."""
    os.environ[SHARED] = str(folder)
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
