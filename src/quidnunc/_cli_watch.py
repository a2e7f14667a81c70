"""``quidnunc watch`` and ``quidnunc status``; ``quidnunc.cli`` takes them in."""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quidnunc._cli_options import database

if TYPE_CHECKING:
    from rich.console import RenderableType

    from quidnunc.collect import Watch
    from quidnunc.records import CodedArticle
    from quidnunc.store import Ledger, Outcome


def add_to(main: click.Group) -> None:
    """Put the commands into the command line."""
    for command in (watch, status):
        main.add_command(database(command))


@click.command()
@click.argument("feeds", type=click.Path(dir_okay=False, path_type=Path), metavar="FEEDS.TOML")
@click.option("--once", is_flag=True, help="Poll every source, fetch and code what is due now, then end.")
@click.option("--gate", is_flag=True, help="Leave out articles in which no sentence looks like an event: faster; docs/scale.md says what it loses.")  # fmt: skip
@click.option("--retry", metavar="REASON", help="First put the pages that failed for REASON (fetch, robots, no_article ...) into the queue again.")  # fmt: skip
@click.pass_context
def watch(ctx: click.Context, feeds: Path, db: str, once: bool, gate: bool, retry: str | None) -> None:
    """Poll the feeds, sitemaps and section pages in FEEDS.TOML, fetch what is new, code and store it, and raise alerts.

    docs/collect.md shows a whole list. Ends with Ctrl-C after what was begun; after a crash the next run goes on where the
    ledger in the database stands.
    """
    from quidnunc._coding import coder_for
    from quidnunc.coder import Options
    from quidnunc.collect import Watch, read_feeds
    from quidnunc.store import Store

    wanted = read_feeds(feeds)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Store(db) as store, _Shown() as shown:
        if retry is not None:
            again = store.ledger().retry(retry, time.time())
            click.echo(f"{again:,} pages are asked again", err=True)
        counts = Watch(store, wanted, coder_for(Options(gate=gate)), shown).run(once=once, stop=stop)
        states = store.ledger().counts()
    click.echo(f"{counts.inputs:,} pages = {counts.articles:,} articles + {counts.duplicates:,} duplicates + {counts.skipped:,} skipped + {counts.failed:,} failed", err=True)  # fmt: skip
    click.echo(told(states), err=True)


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many sources, alerts and withdrawn pages.")  # fmt: skip
def status(db: str, limit: int) -> None:
    """Show what `watch` has done: sources, pages by state, what failed and why, withdrawn pages, alerts."""
    from quidnunc import _report
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        ledger = store.ledger()
        click.echo(told(ledger.counts()))
        if reasons := ledger.reasons():
            click.echo("failed: " + ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items())))
        console = _report.console()
        console.print(_sources(ledger, limit))
        for page in ledger.retracted(limit):
            console.print(_line(f"withdrawn {page['retracted'][:16]} ({page['retraction']}): {page['url']}"))
        for alert in ledger.alerts(limit):
            state = f"sent {alert['sent'][:16]}" if alert["sent"] else "to be sent" if alert["due"] else "not delivered"
            console.print(_line(f"alert {alert['made'][:16]} to {alert['to']}, {state}: {alert['message']}"))


def told(states: dict[str, int]) -> str:
    """The conservation law of the ledger."""
    return f"{sum(states.values()):,} pages seen = " + " + ".join(f"{count:,} {state}" for state, count in states.items())  # fmt: skip


def _line(text: str) -> Any:
    from rich.text import Text

    from quidnunc._terminal import flat

    return Text(flat(text))


def _sources(ledger: Ledger, limit: int) -> RenderableType:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("source", "polled", "next", "pages", "last answer"):
        table.add_column(name, overflow="fold", ratio=2 if name in ("source", "last answer") else None)
    rows = ledger.sources()
    rows.sort(key=lambda row: (-row["failures"], row["url"]))
    for row in rows[:limit]:
        due = "no more" if row["due"] is None else _span(row["due"] - time.time())
        said = f"failed {row['failures']} times: {row['message']}" if row["failures"] else row["message"]
        cells = (row["url"], (row["polled"] or "never")[:16], due, f"{row['links']:,}", said)
        table.add_row(*(_line(cell) for cell in cells))
    if len(rows) > limit:
        table.caption = f"the first {limit} of {len(rows):,}: see --limit"
    return table


def _span(seconds: float) -> str:
    if seconds <= 0:
        return "now"
    return f"in {seconds / 3600:.1f} h" if seconds >= 5400 else f"in {seconds / 60:.0f} min" if seconds >= 90 else f"in {seconds:.0f} s"  # fmt: skip


class _Shown:
    """A page in the terminal that tells how it goes; without a terminal only alerts and, now and then, a line."""

    def __init__(self) -> None:
        self._live: Any = None
        self._next = 0.0
        self._started = time.monotonic()
        self._latest: list[str] = []
        self._alerts: list[str] = []
        self._articles = self._events = 0

    def __enter__(self) -> _Shown:
        if sys.stdout.isatty() and sys.stderr.isatty():
            from rich.live import Live

            self._live = Live(auto_refresh=False, transient=False)
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def alert(self, message: str) -> None:
        """An alert for standard output."""
        from quidnunc._terminal import flat

        self._alerts = [*self._alerts, flat(message)][-5:]
        if self._live is None:
            click.echo(flat(message))

    def stored(self, coded: CodedArticle, outcome: Outcome) -> None:
        """An article that was coded and stored."""
        from quidnunc._terminal import flat

        self._articles += 1
        self._events += len(coded.events)
        revised = "revised: " if outcome.change == "updated" else ""
        line = f"{revised}{coded.article.headline or coded.article.url or coded.article.id} ({len(coded.events)} event{'' if len(coded.events) == 1 else 's'})"
        self._latest = [*self._latest, flat(line)][-8:]

    def tick(self, watch: Watch) -> None:
        """Called several times a second."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (1.0 if self._live is not None else 60.0)
        minutes = max(now - self._started, 1.0) / 60
        head = f"{told(watch.ledger.counts())}; {watch.requests:,} requests, {self._articles / minutes:.1f} articles and {self._events / minutes:.1f} events a minute"  # fmt: skip
        if self._live is None:
            click.echo(head, err=True)
            return
        from rich.console import Group

        parts = [_line(head), _sources(watch.ledger, 10), *map(_line, self._latest)]
        self._live.update(Group(*parts, *(_line(f"alert: {one}") for one in self._alerts)), refresh=True)
