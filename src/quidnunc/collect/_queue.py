"""What is to be asked, host by host: one request at a time to each, with a pause after it."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from protego import Protego

ROBOTS_HOURS = 24
"""How long a robots.txt is taken to hold."""

NAME = "quidnunc"
"""How a robots.txt calls us."""


@dataclass(frozen=True)
class Job:
    """One request."""

    kind: Literal["source", "page", "robots"]
    url: str
    host: str
    row: dict[str, Any] = field(default_factory=dict)


@dataclass
class Host:
    """What is known of a host, and what waits for it."""

    name: str
    until: float = 0.0
    """Left alone until then."""
    failures: int = 0
    robots_read: float | None = None
    rules: Any = None
    busy: bool = False
    waiting: list[tuple[float, int, Job]] = field(default_factory=list)

    def read_robots(self, text: str, when: float) -> None:
        """Take in a robots.txt."""
        self.rules, self.robots_read = Protego.parse(text), when

    def needs_robots(self, now: float) -> bool:
        """Whether its robots.txt was never read, or too long ago."""
        return self.robots_read is None or now - self.robots_read > ROBOTS_HOURS * 3600

    def allows(self, url: str) -> bool:
        """Whether its robots.txt lets us ask for a URL."""
        return self.rules is None or bool(self.rules.can_fetch(url, NAME))

    def delay(self, least: float) -> float:
        """Seconds between two requests: ours, or more if it wants so, up to five minutes."""
        wanted = (self.rules.crawl_delay(NAME) or 0.0) if self.rules is not None else 0.0
        return min(max(least, float(wanted)), 300.0)


class Queue:
    """All that waits."""

    def __init__(self) -> None:
        self.hosts: dict[str, Host] = {}
        self._count = 0

    def __len__(self) -> int:
        return sum(len(host.waiting) for host in self.hosts.values())

    def host(self, name: str) -> Host:
        """What is known of a host."""
        return self.hosts.setdefault(name, Host(name))

    def put(self, job: Job, due: float) -> None:
        """Ask for it, not before ``due``; what was put first goes first."""
        self._count += 1
        heapq.heappush(self.host(job.host).waiting, (due, self._count, job))

    def take(self, now: float) -> Iterator[Job]:
        """What may be asked now, one of each host that is free; the host is busy from then on."""
        for host in list(self.hosts.values()):
            if host.busy or host.until > now or not host.waiting or host.waiting[0][0] > now:
                continue
            _, _, job = heapq.heappop(host.waiting)
            host.busy = True
            yield job

    def free(self, host: str, until: float) -> None:
        """The request is over; the next one not before ``until``."""
        known = self.host(host)
        known.busy, known.until = False, max(known.until, until)

    def next_due(self) -> float:
        """When something may be asked at the earliest; infinite if nothing waits."""
        waiting = (host for host in self.hosts.values() if host.waiting and not host.busy)
        return min((max(host.until, host.waiting[0][0]) for host in waiting), default=float("inf"))


def jitter(name: str, attempt: int) -> float:
    """A factor of 0.75 to 1.25 that keeps many pages from coming back at once; the same for the same page and attempt."""
    drawn = hashlib.blake2b(f"{name} {attempt}".encode("utf-8", "replace"), digest_size=4).digest()
    return 0.75 + int.from_bytes(drawn, "big") / 2**33
