"""Metrics: what one application counts about its answers, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

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
        self.documents = Gauge(
            "bahith_index_documents", "Articles in the index", registry=self.registry
        )
