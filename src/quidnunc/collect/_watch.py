"""The watch: asks, writes down, codes, tells; whatever is killed goes on where the ledger stands."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from quidnunc._version import __version__
from quidnunc.collect._alerts import Alarm
from quidnunc.collect._code import CRASHES, Batch
from quidnunc.collect._deliver import Delivery, Postman
from quidnunc.collect._feeds import Feed, Feeds, host_of, seconds
from quidnunc.collect._landing import LONGEST_BACKOFF, Landing, Rules, landing, validators
from quidnunc.collect._links import named
from quidnunc.collect._queue import ROBOTS_HOURS, Job, Queue, jitter
from quidnunc.collect._web import Answer, NeverFetched, Web
from quidnunc.errors import FetchError, InputError
from quidnunc.records import CodedArticle
from quidnunc.store import Coded, Counts, Outcome, Store, iso

if TYPE_CHECKING:
    from quidnunc.coder import Coder

BATCH = 16
"""Pages coded at a time: as many as the coder takes."""

MAX_ROBOTS = 500_000
MAX_SOURCE_HOPS = 5
NEAR = 5.0
"""Seconds that a pass which ends by itself still waits for what is due next."""


class Report(Protocol):
    """Where a watch tells what it does."""

    def alert(self, message: str) -> None:
        """An alert for standard output."""

    def stored(self, coded: CodedArticle, outcome: Outcome) -> None:
        """An article that was coded and stored."""

    def tick(self, watch: Watch) -> None:
        """Called several times a second."""


class Watch:
    """One watch over a list of feeds. ``run`` returns when it is stopped, or with ``once`` when nothing is left to do now."""

    def __init__(
        self, store: Store, feeds: Feeds, coder: Coder, report: Report, *, clock: Callable[[], float] = time.time
    ) -> None:
        self.ledger = store.ledger()
        self.feeds = feeds
        self.requests = 0
        self.tally = dict.fromkeys(("inputs", "articles", "duplicates", "skipped", "failed"), 0)
        self._store, self._coder, self._report, self._clock = store, coder, report, clock
        self._rules = Rules.of(feeds.watch)
        self._delay = seconds(feeds.watch.delay)
        self._by_url = {feed.url: feed for feed in feeds.feed}
        self._alarm = Alarm(feeds, self.ledger)
        self._queue = Queue()
        self._done: queue.SimpleQueue[tuple[Job, Answer | InputError]] = queue.SimpleQueue()
        self._asking = 0
        self._once = False
        self._to_code = True

    @property
    def waiting(self) -> int:
        """Requests that are in the queue or under way."""
        return len(self._queue) + self._asking

    def run(self, *, once: bool = False, stop: threading.Event | None = None) -> Counts:
        """Watch. What was begun is finished before it returns."""
        stop = stop or threading.Event()
        self._once = once
        number = self._store.begin_run(__version__)
        self._load(self._clock())
        with Web(self.feeds.networks, agent=self.feeds.agent) as web:
            delivery = Delivery(web, self.feeds.mail, self._report.alert)
            with (
                Postman(self.ledger, delivery, self._rules, self._clock) as postman,
                ThreadPoolExecutor(self.feeds.watch.at_once, "quidnunc-fetch") as pool,
            ):
                while not stop.is_set():
                    self._ask(pool, web)
                    self._gather()
                    coded = self._code(number)
                    postman.step(hurry=coded)
                    self._report.tick(self)
                    if once and not coded and self._idle():
                        break
                pool.shutdown()
                self._gather(wait=False)
                postman.step(hurry=True)
        self._report.tick(self)
        counts = Counts(**self.tally)
        self._store.end_run(number, counts)
        return counts

    def _load(self, now: float) -> None:
        """The queue, as the ledger has it."""
        self.ledger.watch({feed.url: feed.kind for feed in self.feeds.feed}, now)
        for known in self.ledger.hosts():
            host = self._queue.host(known["name"])
            host.until, host.failures = known["until"], known["failures"]
            if known["robots"] is not None:
                host.read_robots(known["robots"], known["robots_read"])
        for row in self.ledger.sources():
            if row["due"] is not None:
                self._queue.put(Job("source", row["url"], host_of(row["url"]), row), row["due"])
        for row in self.ledger.due_pages():
            self._queue.put(Job("page", row["url"], row["host"], row), row["due"])

    def _idle(self) -> bool:
        if self._asking or not self._done.empty():
            return False
        return self._queue.next_due() > self._clock() + NEAR

    def _ask(self, pool: ThreadPoolExecutor, web: Web) -> None:
        """Send out what may be asked now, never more than so many at once."""
        now = self._clock()
        if self._asking >= self.feeds.watch.at_once:
            return
        for job in self._queue.take(now):
            host = self._queue.host(job.host)
            if host.needs_robots(now):
                self._queue.put(job, now)
                scheme = job.url.partition(":")[0]
                job = Job("robots", f"{scheme}://{job.host}/robots.txt", job.host)
            elif not host.allows(job.url):
                self._disallowed(job, now)
                continue
            self._asking += 1
            self.requests += 1
            pool.submit(self._request, web, job)
            if self._asking >= self.feeds.watch.at_once:
                return

    def _request(self, web: Web, job: Job) -> None:
        """In a thread of its own: nothing but the network."""
        answer: Answer | InputError
        try:
            if job.kind == "page":
                answer = web.get(job.url, headers=validators(job.row))
            else:
                limit = {"max_bytes": MAX_ROBOTS} if job.kind == "robots" else {}
                answer = _followed(web, job, **limit)
        except InputError as error:
            answer = error
        except Exception as error:  # a bug must not leave its host busy for ever
            answer = FetchError(f"asking for it failed ({type(error).__name__}: {error})")
        self._done.put((job, answer))

    def _gather(self, *, wait: bool = True) -> None:
        """Write down what was answered."""
        pause = min(max(self._queue.next_due() - self._clock(), 0.0), 0.2) if wait and not self._to_code else 0.0
        if self._asking >= self.feeds.watch.at_once and not self._to_code:
            pause = 0.2
        while True:
            try:
                job, answer = self._done.get(timeout=pause) if pause else self._done.get_nowait()
            except queue.Empty:
                return
            pause = 0.0
            self._asking -= 1
            now = self._clock()
            until = {"page": self._page_landed, "source": self._polled, "robots": self._robots_read}[job.kind](job, answer, now)  # fmt: skip
            host = self._queue.host(job.host)
            self._queue.free(job.host, max(now + host.delay(self._delay), until))

    def _robots_read(self, job: Job, answer: Answer | InputError, now: float) -> float:
        """What its robots.txt says; a server that cannot say is left alone for a while."""
        host = self._queue.host(job.host)
        if isinstance(answer, Answer) and (
            answer.status == 200 or (400 <= answer.status < 500 and answer.status != 429)
        ):
            text = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
            host.read_robots(text, now)
            host.failures = 0
            self.ledger.host(job.host, {"robots": text, "robots_read": now, "failures": 0})
            return 0.0
        lasting = isinstance(answer, InputError) and not isinstance(answer, FetchError)
        if lasting or (host.robots_read is not None and now - host.robots_read < 30 * ROBOTS_HOURS * 3600):
            host.read_robots("", now) if lasting else setattr(host, "robots_read", now)
            return 0.0
        host.failures += 1
        until = now + min(self._rules.wait(job.host, host.failures), LONGEST_BACKOFF)
        self.ledger.host(job.host, {"failures": host.failures, "until": until})
        if host.failures >= self._rules.attempts or isinstance(answer, NeverFetched):
            self._give_up(job.host, answer, now)
        return until

    def _give_up(self, name: str, answer: Answer | InputError, now: float) -> None:
        """A host that does not even show its robots.txt: its pages fail, its sources are polled again later."""
        host = self._queue.host(name)
        why = str(answer) if isinstance(answer, InputError) else f"its robots.txt: the server answered {answer.status}"
        host.failures = 0
        for due, job in self._queue.empty(name):
            if job.kind == "source":
                self._source_failed(job.row, why, now)
            elif job.row["state"] == "queued":
                values = {"state": "failed", "reason": "fetch", "message": why[:500], "due": None}
                self.ledger.land(job.row["number"], values)
                self._count("failed")
            else:
                self._queue.put(job, due)

    def _disallowed(self, job: Job, now: float) -> None:
        why = f"the robots.txt of {job.host} does not allow it"
        if job.kind == "source":
            self._source_failed(job.row, why, now)
        else:
            values: dict[str, Any] = {"due": None, "message": why}
            if job.row["state"] == "queued":
                values |= {"state": "failed", "reason": "robots"}
                self._count("failed")
            self.ledger.land(job.row["number"], values)
        self._queue.free(job.host, 0.0)

    def _polled(self, job: Job, answer: Answer | InputError, now: float) -> float:
        row = job.row
        feed = self._by_url.get(row["url"]) or self._parent(row)
        if isinstance(answer, Answer) and answer.status not in (200, 304):
            answer = FetchError(f"the server answered {answer.status} {answer.reason}".rstrip())
        try:
            if isinstance(answer, InputError):
                raise answer
            due = now + seconds(feed.every or self.feeds.watch.every) * jitter(row["url"], int(now))
            values: dict[str, Any] = {"polled": iso(now), "due": due, "failures": 0}
            if answer.status == 304:
                self.ledger.polled(row["url"], values | {"message": "nothing new"}, now=now)
                row |= values
            else:
                oldest = iso(now - seconds(self.feeds.watch.newest))
                found = named(answer.content, answer.url, feed, oldest=oldest, most=self.feeds.watch.most)
                values |= {
                    "etag": answer.headers.get("etag"), "last_modified": answer.headers.get("last-modified"), "left_out": found.left_out,
                    "message": f"{found.kind}: {len(found.links)} pages named",
                }  # fmt: skip
                children = found.sitemaps if row["parent"] is None else []
                new, more = self.ledger.polled(row["url"], values, found.links, children, now=now)
                row |= values
                for page in new:
                    self._queue.put(Job("page", page["url"], page["host"], page), page["due"])
                for child in more:
                    self._queue.put(Job("source", child["url"], host_of(child["url"]), child), now)
            self._put_source(row, due)
        except InputError as error:
            self._source_failed(row, str(error), now)
        return 0.0

    def _put_source(self, row: dict[str, Any], due: float) -> None:
        """Poll it again; a pass that ends by itself polls each source once."""
        if not self._once:
            self._queue.put(Job("source", row["url"], host_of(row["url"]), row), due)

    def _parent(self, row: dict[str, Any]) -> Feed:
        return self._by_url.get(row["parent"] or "", Feed(url=row["url"], kind="sitemap"))

    def _source_failed(self, row: dict[str, Any], why: str, now: float) -> None:
        failures = row["failures"] + 1
        feed = self._by_url.get(row["url"]) or self._parent(row)
        due = now + max(self._rules.wait(row["url"], failures), seconds(feed.every or self.feeds.watch.every))
        values = {"failures": failures, "message": why[:500], "due": due}
        self.ledger.polled(row["url"], values, now=now)
        self._put_source(row | values, due)

    def _page_landed(self, job: Job, answer: Answer | InputError, now: float) -> float:
        row, host = job.row, self._queue.host(job.host)
        landed = landing(row, answer, now, self._rules)
        if landed.link is not None:
            self._moved(row, landed, now)
        else:
            host.failures = host.failures + 1 if landed.host_failed else 0
            facts = {"until": landed.host_until, "failures": host.failures} if landed.host_until else None
            self.ledger.land(row["number"], landed.values, (job.host, facts) if facts else None)
            self._to_code |= landed.values.get("state") == "fetched"
            if landed.values.get("state") == "failed":
                self._count("failed")
            if landed.values.get("due") is not None:
                self._queue.put(Job("page", job.url, job.host, row | landed.values), landed.values["due"])
        return landed.host_until

    def _moved(self, row: dict[str, Any], landed: Landing, now: float) -> None:
        """On to the other page, unless that one is known, or leads back here."""
        assert landed.link is not None
        known = self.ledger.page_of(landed.link.url)
        steps, end = 0, known
        while end is not None and end["state"] == "moved" and end["number"] != row["number"] and steps <= 20:
            end = next((one for one in [self._page(end["same_as"])] if one), None)
            steps += 1
        if end is not None and (end["number"] == row["number"] or steps > 20):
            values = {"state": "failed", "reason": "redirect", "message": "its redirects lead back to it", "due": None}
            self.ledger.land(row["number"], values)
            self._count("failed")
            return
        new = self.ledger.moved(row["number"], landed.values, landed.link, row["source"], now)
        self._count("duplicates")
        if new is not None:
            self._queue.put(Job("page", new["url"], new["host"], new), now)

    def _page(self, number: int | None) -> dict[str, Any] | None:
        return None if number is None else self.ledger.page(number)

    def _code(self, run: int) -> bool:
        """One batch through the coder and into the store, with the ledger and the alerts, in one transaction."""
        if not self._to_code:
            return False
        rows = self.ledger.fetched(BATCH)
        if len(rows) < BATCH and self._asking and not self._done.empty():
            return False  # more is on its way: a full batch is cheaper
        self._to_code = bool(rows)
        if not rows:
            return False
        suspects = [row for row in rows if row["attempts"]]  # taken up before, and never ended
        rows = suspects[:1] or rows
        now = self._clock()
        if rows[0]["attempts"] >= CRASHES:
            done = [_crashed(rows[0])]
        else:
            self.ledger.taken_up([row["number"] for row in rows])
            first = self._rules.rechecks[0] if self._rules.rechecks else None
            done = Batch(self.ledger, rows, now, first).code(self._coder)
        known = self._alarm.known_pairs(one.coded for one in done if one.coded is not None)
        for one in done:
            self._count(_KINDS[one.values["state"]])
        outcomes = self.ledger.coded(done, run, self.tally, lambda stored: self._alarm.of(stored, known), now)
        for row, one, outcome in zip(rows, done, outcomes, strict=True):
            if one.coded is not None and outcome is not None:
                self._report.stored(one.coded, outcome)
            if one.values.get("due") is not None:
                self._queue.put(
                    Job("page", row["url"], row["host"], row | one.values | {"body": None}), one.values["due"]
                )
        self.ledger.raise_alerts(self._alarm.surges(now), now)
        return True

    def _count(self, kind: str) -> None:
        self.tally["inputs"] += 1
        self.tally[kind] += 1


_KINDS = {"coded": "articles", "skipped": "skipped", "duplicate": "duplicates", "failed": "failed"}


def _crashed(row: dict[str, Any]) -> Coded:
    why = f"{row['url']}: the process ended {CRASHES} times while it was coded: please report this with the page"
    return Coded(number=row["number"], values={"state": "failed", "reason": "coding", "message": why, "due": None})


def _followed(web: Web, job: Job, **limit: int) -> Answer:
    """A source or a robots.txt, where it stands now."""
    url, headers = job.url, validators(job.row) if job.kind == "source" else {}
    for _ in range(MAX_SOURCE_HOPS + 1):
        answer = web.get(url, headers=headers, **limit)
        onward = answer.onward
        if onward is None:
            return answer
        url = onward
    raise FetchError(f"over {MAX_SOURCE_HOPS} redirects, the last to {url}")
