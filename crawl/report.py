"""CrawlReport: what a crawl did, counted while it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class HostReport:
    """One host's share: answers, bytes received, seconds spent waiting for them."""

    answers: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class CrawlReport:
    """The counts of one run.

    `pages` are the answers to visits of pages, of which `new`, `changed` and `same` were articles
    and `unchanged` were not sent again (304); `listings` are sitemaps and feeds. `refused` and
    `failed` count by reason, `unreachable` names the starts that gave nothing, with the reason;
    `waiting` is what is left for the next run, which `interrupted` left it to. `internal_errors`
    are the addresses at which our own code failed, `unverified` the sites whose certificates were
    not checked.
    """

    pages: int = 0
    listings: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    unreachable: dict[str, str] = field(default_factory=dict)
    internal_errors: list[str] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)
    hosts: dict[str, HostReport] = field(default_factory=dict)
    bytes: int = 0
    seconds: float = 0.0
    waiting: int = 0
    interrupted: bool = False

    @property
    def articles(self) -> int:
        """The articles met, whether or not they were new."""
        return self.new + self.changed + self.same + self.unchanged

    def answered(self, host: str, size: int, seconds: float) -> None:
        """Count an answer of a host."""
        share = self.hosts.setdefault(host, HostReport())
        share.answers += 1
        share.bytes += size
        share.seconds += seconds
        self.bytes += size

    def missed(self, url: str, reason: str, *, is_failure: bool, is_start: bool) -> None:
        """Count an address that gave nothing; a start is named."""
        (self.failed if is_failure else self.refused)[reason] += 1
        if is_start:
            self.unreachable[url] = reason

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        counts = {name: dict(getattr(self, name)) for name in ("refused", "failed")}
        hosts = {name: asdict(share) for name, share in self.hosts.items()}
        others = {f.name: getattr(self, f.name) for f in fields(self)}
        return others | counts | {"hosts": hosts}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> CrawlReport:
        """The report that `to_json` gave."""
        hosts = {name: HostReport(**share) for name, share in values["hosts"].items()}
        counters = {name: Counter(values[name]) for name in ("refused", "failed")}
        return cls(**values | counters | {"hosts": hosts})

    def table(self) -> str:
        """The report for a person."""
        rate = f"{self.pages / self.seconds:.1f} a second" if self.seconds else "at once"
        unchanged = self.same + self.unchanged
        lines = [
            f"pages      {self.pages} ({rate}), {self.listings} sitemaps and feeds",
            f"articles   {self.new} new, {self.changed} changed, {unchanged} the same",
            f"received   {self.bytes / 1e6:.1f} MB in {self.seconds:.1f} s",
        ]
        for name, counts in (("refused", self.refused), ("failed", self.failed)):
            lines += [f"{name:<10} {count} {reason}" for reason, count in counts.most_common()]
        lines += [f"unverified {name}: its certificate was not checked" for name in self.unverified]
        lines += [f"broken     {url}: a fault of bahith; report it" for url in self.internal_errors]
        lines += [f"gone       {self.gone}"] if self.gone else []
        lines += [f"moved      {self.moved}"] if self.moved else []
        lines += [f"waiting    {self.waiting} for the next run"] if self.waiting else []
        lines += [
            f"slow       {host}: {share.seconds / share.answers:.2f} s an answer"
            for host, share in self._slowest()
        ]
        return "\n".join(lines)

    def _slowest(self) -> list[tuple[str, HostReport]]:
        """The three slowest hosts, when there are enough to compare."""
        ranked = sorted(
            self.hosts.items(), key=lambda item: -item[1].seconds / max(item[1].answers, 1)
        )
        return ranked[:3] if len(ranked) > 1 else []
