"""Commands that ask the database and write down what people say of it; ``quidnunc.cli`` takes them in."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quidnunc._cli_options import database

if TYPE_CHECKING:
    from quidnunc.stories import Happening


def add_to(main: click.Group) -> None:
    """Put the commands into the command line."""
    for command in (search, stories, series, sql, correct, corrections, diff, archive):
        main.add_command(database(command))


def _print(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """A table in the terminal, tab-separated lines with a header into a pipe."""
    from quidnunc._terminal import clean, flat

    def cell(value: Any) -> str:
        return "" if value is None else flat(value) if isinstance(value, str) else str(value)

    if sys.stdout.isatty():
        from rich.table import Table
        from rich.text import Text

        from quidnunc._report import console

        table = Table(*names)
        for row in rows:
            table.add_row(*(Text(cell(value)) for value in row))
        console().print(table)
        return
    click.echo(clean("\t".join(names)).replace("\N{REPLACEMENT CHARACTER}", "\t"))
    for row in rows:
        click.echo("\t".join(cell(value) for value in row))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many articles.")
def search(words: tuple[str, ...], db: str, limit: int) -> None:
    """Find stored articles that hold all WORDS (stems count; "in quotes": as a phrase), the best first."""
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        found = store.search(" ".join(f'"{word}"' if " " in word else word for word in words), limit=limit)
    names = ("short", "published", "outlet", "events", "headline", "words")
    _print(names, ([row[name] for name in names] for row in found))


@click.command()
@click.argument("article", required=False)
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="At least so many articles a story."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many stories.")
def stories(article: str | None, db: str, least: int, limit: int) -> None:
    """List stories that several articles tell, the most told first; with an ARTICLE's id (or its beginning), what its story's outlets report.

    Articles that were stored since the last time are given their stories first.
    """
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        placed = store.find_stories()
        if placed:
            click.echo(f"{placed:,} articles read for stories", err=True)
        if article is None:
            names = ("story", "articles", "texts", "outlets", "happenings", "first", "last", "headline")
            _print(names, ([row[name] for name in names] for row in store.stories(least=least, limit=limit)))
            return
        story = store.story(article)
    columns = ("published", "outlet", "short", "copy of", "headline")
    rows = (
        (row["published"], row["outlet"], row["short"], row["copies"] if row["copies"] != row["id"] else "", row["headline"])
        for row, _ in story.articles
    )  # fmt: skip
    _print(columns, rows)
    told = sorted(story.happenings, key=lambda one: -one.origins)
    heads = ("origins", "type", "who", "to whom", "day", "status by outlet")
    _print(heads, ([one.origins, one.type, ", ".join(one.sources), ", ".join(one.targets), one.date, _statuses(one)] for one in told))  # fmt: skip


def _statuses(one: Happening) -> str:
    """The status if all agree, else each with its outlets."""
    said: dict[str, list[str]] = {}
    for report in one.reports:
        outlets = said.setdefault(report.status, [])
        if (report.outlet or report.article) not in outlets:
            outlets.append(report.outlet or report.article)
    return (
        next(iter(said)) if len(said) == 1 else "; ".join(f"{status}: {', '.join(who)}" for status, who in said.items())
    )


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("--one-way", is_flag=True, help="Only what SOURCE does to TARGET.")
def series(source: str, target: str, db: str, one_way: bool) -> None:
    """Count events between two countries (CHN HUN) by month, direction, type and status."""
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        table = store.series(source, target, both=not one_way)
    _print(table.column_names, (row.values() for row in table.to_pylist()))


@click.command()
@click.argument("question")
@click.option("--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="At most so many rows.")
@click.option("--seconds", type=click.FloatRange(0.1, 3600), default=60, show_default=True, help="At most so long.")
def sql(question: str, db: str, limit: int, seconds: float) -> None:
    """Answer QUESTION in SQL (SELECT ...) over the tables of docs/schema.md. Nothing can be changed."""
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        names, rows, more = store.sql(question, limit=limit, seconds=seconds)
    _print(names, rows)
    if more:
        click.echo(f"the first {limit} only: see --limit", err=True)


@click.command()
@click.argument("event")
@click.option("--accept", "action", flag_value="accept", help="The event is right.")
@click.option("--reject", "action", flag_value="reject", help="There is no such event.")
@click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE", help="The field should be this; lists with | between."
)
@click.option("--author", default=None, help="Who says so; default: the name you are logged in with.")
@click.option("--note", help="Why.")
def correct(
    event: str, db: str, action: str | None, changes: tuple[str, ...], author: str | None, note: str | None
) -> None:
    """Write down what you say of EVENT. The codes stay; `quidnunc show --view corrected` shows them after corrections."""
    from quidnunc.store import Store

    if not action and not changes:
        raise click.UsageError("say what: --accept, --reject or --set FIELD=VALUE")
    pairs = [change.partition("=") for change in changes]
    for field, sign, _ in pairs:
        if not sign:
            raise click.BadParameter(f"{field!r}: write FIELD=VALUE", param_hint="--set")
    who = author or getpass.getuser()
    with Store(db, create=False) as store:
        for field, _, value in pairs:
            made = store.correct(event, "change", author=who, field=field, value=value or None, note=note)
            click.echo(f"{made.event}: {field} = {made.value} ({who})", err=True)
        if action in ("accept", "reject"):
            made = store.correct(event, action, author=who, note=note)  # type: ignore[arg-type]
            click.echo(f"{made.event}: {action}ed ({who})", err=True)


@click.command()
def corrections(db: str) -> None:
    """List what people said, in order."""
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        said = store.corrections()
    names = ("number", "event", "made", "author", "action", "field", "value", "note")
    _print(names, ([getattr(one, name) for name in names] for one in said))


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True, help="At most so many changes.")
def diff(old: str, new: str, db: str, limit: int) -> None:
    """Show what version NEW of the coder says otherwise than OLD, over the articles that both have coded."""
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        changes, counts = store.diff(old, new)

    def told(said: dict[str, Any] | None, fields: tuple[str, ...]) -> str:
        if said is None:
            return ""
        return ", ".join(f"{name} {said[name]}" for name in fields) or str(said["type"])

    rows = []
    for change in changes[:limit]:
        fields = change.fields if change.what == "changed" else ("type", "sources", "targets", "status")
        rows.append(
            (change.article[:8], change.what, change.trigger, told(change.before, fields), told(change.after, fields))
        )
    _print(("article", "what", "word", old, new), rows)
    click.echo(
        f"{counts['articles']:,} articles: {counts['same']:,} events the same, {counts['changed']:,} changed, "
        f"{counts['gone']:,} gone, {counts['new']:,} new",
        err=True,
    )


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--check", is_flag=True, help="Only say whether the archive in DIR is whole.")
@click.pass_context
def archive(ctx: click.Context, folder: Path, db: str, check: bool) -> None:
    """Write everything current into DIR as partitioned Parquet with checksums: for DuckDB, Polars, R and Spark."""
    from quidnunc.store import Store, check_archive

    if check:
        wrong = check_archive(folder)
        click.echo("\n".join(wrong) or f"{folder}: whole", err=bool(wrong))
        ctx.exit(1 if wrong else 0)
    with Store(db, create=False) as store:
        manifest = store.archive(folder)
    rows = sum(facts["rows"] for name, facts in manifest["files"].items() if name.startswith("events/"))
    click.echo(f"{folder}: {len(manifest['files'])} files, {rows:,} events", err=True)
