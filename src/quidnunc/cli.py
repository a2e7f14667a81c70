"""The command ``quidnunc``. What is heavy is imported by the command that needs it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from quidnunc import _cli_adjudicator, _cli_evaluation, _cli_fleet, _cli_store, _cli_watch
from quidnunc._cli_options import database
from quidnunc._version import __version__
from quidnunc.errors import QuidnuncError

if TYPE_CHECKING:
    from quidnunc.adjudicator import Adjudicator

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = (
    "jsonl", "csv", "tsv", "parquet", "plover", "polecat", "gdelt", "gdelt-mentions", "icews", "phoenix", "phoenix-daily", "brat", "labelstudio", "inception",
)  # fmt: skip
"""Names of ``formats.FORMATS``, which a test holds to them: loading it would slow down --help."""
IMPORTS = (
    "gdelt",
    "icews",
    "polecat",
    "phoenix",
    "phoenix-daily",
    "plover",
    "table",
    "jsonl",
    "brat",
    "labelstudio",
    "inception",
)
"""Names of ``imports.FORMATS``, likewise."""


class _Commands(click.Group):
    """Errors that are raised on purpose end the command with one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except QuidnuncError as error:
            from quidnunc._terminal import clean

            raise click.ClickException(clean(str(error))) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="quidnunc")
def main() -> None:
    """Read the news and write down who did what to whom, when, where, and who says so."""


def _as_table(command: F) -> F:
    return click.option("--table", "as_table", is_flag=True, help="A table even into a pipe or file.")(command)


def _filters(command: F) -> F:
    """The options of ``Selection``."""
    for option in reversed(
        (
            click.option("--source", metavar="WHO", help="Who did it: a country code (CHN) or a name."),
            click.option("--target", metavar="WHO", help="To whom: a country code (HUN) or a name."),
            click.option("--type", metavar="TYPE", help="A PLOVER type: AGREE, CONSULT, ASSAULT ..."),
            click.option("--status", metavar="STATUS", help="occurred, planned, denied ..."),
            click.option("--since", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD: not over before then."),
            click.option("--until", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD: begun by then."),
        )
    ):
        command = option(command)
    return command


def _iso_8601(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not ISO 8601: write 2024-02-19 or 2024-02-19T08:30") from None
    return value


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@database
@click.option("--no-db", is_flag=True, help="Store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of a table.")
@_as_table
@click.option(
    "--published",
    metavar="WHEN",
    callback=_iso_8601,
    help="When the pages were published, where they do not say (ISO 8601).",
)
@click.option("--url", metavar="URL", help="Where the page was found, if it is one page.")
@click.option(
    "--actors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="Actors to know beside those that ship.",
)
@click.option(
    "--codebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="YAML",
    help="Types of your own; see `quidnunc codebook`.",
)
@click.option("--threshold", type=click.FloatRange(0, 1), metavar="P", help="Leave out events less probable than this.")
@click.option("--gate", is_flag=True, help="Leave out articles in which no sentence looks like an event: faster; docs/scale.md says what it loses.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Fetch URLs of this machine and of private networks too.")
@_cli_adjudicator.options
@click.pass_context
def code(
    ctx: click.Context,
    inputs: tuple[str, ...],
    db: str,
    no_db: bool,
    as_json: bool,
    as_table: bool,
    published: str | None,
    url: str | None,
    actors: Path | None,
    codebook: Path | None,
    threshold: float | None,
    gate: bool,
    allow_private: bool,
    adjudicator: Adjudicator | None,
) -> None:
    """Code news pages: files, folders, http(s) URLs, or - for standard input.

    What carries the pages is told by content: HTML, flattened text, RSS and Atom, WARC and WET, JSONL, CSV and Parquet, ninjs,
    NewsML-G2, mail, and gzip of these. The events go into the database and, as a table, to the terminal; into a
    pipe go tab-separated lines. An input that fails is named on standard error, the others go on, and the exit code is 1.
    """
    from quidnunc import _report
    from quidnunc._coding import Run, coder_for, conservation
    from quidnunc._inputs import expand, load
    from quidnunc.coder import Options
    from quidnunc.store import Store

    names = list(expand(inputs))
    if not names:
        raise click.UsageError("there are no files in there")
    if url is not None and len(names) > 1:
        raise click.UsageError(f"--url says where one page was found, and there are {len(names)}")
    options = Options(actors=actors, codebook=codebook, gate=gate)
    if threshold is not None:
        options = replace(options, threshold=threshold)
    report = _report.Report(len(names), _report.Form.JSON if as_json else _report.form(as_table))
    with nullcontext() if no_db else Store(db) as store, report:
        run = Run(store, report)
        counts = run.go(
            names,
            lambda name: load(name, url=url, published=published, allow_private=allow_private),
            coder_for(options, adjudicator),
            __version__,
        )
    click.echo(conservation(counts, run.events), err=True)
    if adjudicator is not None:
        click.echo(adjudicator.line(), err=True)
    if counts.failed or not counts.add_up:
        ctx.exit(1)


@main.command()
@database
@_filters
@_as_table
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="At most so many events.")
@click.option(
    "--view",
    type=click.Choice(("coded", "corrected")),
    default="coded",
    show_default=True,
    help="As coded, or after what people said.",
)
def show(db: str, limit: int, view: Literal["coded", "corrected"], as_table: bool, **filters: str | None) -> None:
    """List stored events, by date."""
    from quidnunc import _report
    from quidnunc.store import Selection, Store

    selection = Selection(limit=limit, **filters)
    with Store(db, create=False) as store:
        rows = store.event_rows(selection, view=view)
    _report.show_rows(rows, _report.form(as_table))
    if len(rows) == limit:
        click.echo(f"the first {limit} only: see --limit", err=True)


@main.command()
@click.argument("event")
@database
def why(event: str, db: str) -> None:
    """Show the words behind EVENT (an id as `show` prints it, or its beginning), and how each field was decided."""
    from quidnunc import _report, _why
    from quidnunc.store import Store

    with Store(db, create=False) as store:
        stored = store.event(event)
    _why.show(_report.console(), stored)


@main.command()
@click.argument("file", metavar="FILE")
@click.option("--format", "name", required=True, type=click.Choice(FORMATS), help="What to write.")
@database
@_filters
@click.option("--limit", type=click.IntRange(min=0), help="At most so many events.")
@click.option(
    "--spreadsheet", is_flag=True, help="csv: put ' before cells that a spreadsheet would take for a formula."
)
def export(file: str, name: str, db: str, limit: int | None, spreadsheet: bool, **filters: str | None) -> None:
    """Write stored events to FILE (- for standard output). docs/formats.md says what each format cannot say."""
    from quidnunc import formats
    from quidnunc.store import Selection, Store

    selection = Selection(limit=limit, **filters)
    with Store(db, create=False) as store:
        rows = formats.export(store, formats.FORMATS[name], file, selection, spreadsheet=spreadsheet)
    click.echo(f"{file}: {rows:,} {'articles' if name == 'jsonl' else 'events'}", err=True)


@main.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE...")
@click.option("--format", "name", required=True, type=click.Choice(IMPORTS), help="What it is.")
@click.option(
    "--db",
    default="imported.db",
    show_default=True,
    metavar="FILE",
    help="SQLite file, or postgresql:// URL: better not the one with your own codes.",
)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the rows that could not be read, with the reason.",
)
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], name: str, db: str, rejects: Path | None) -> None:
    """Read other people's codes into a database: GDELT, ICEWS, POLECAT, Phoenix, PLOVER, tables coded by hand, annotation tools. docs/formats/ has a page for each."""
    from quidnunc import imports
    from quidnunc.store import Store

    refused = 0
    lines = ["file\trow\twhy\n"]
    with Store(db) as store:
        for file in files:
            tally = imports.load(store, file, name)
            refused += tally.refused_count
            click.echo(
                f"{file}: {tally.rows:,} rows = {tally.events:,} events, {tally.without:,} without a PLOVER event, {tally.refused_count:,} refused",
                err=True,
            )
            for one in tally.refused[:3] if rejects is None else ():
                click.echo(f"  row {one.row}: {one.why}", err=True)
            lines += [f"{file}\t{one.row}\t{' '.join(one.why.split())}\n" for one in tally.refused]
    if rejects is not None:
        rejects.write_text("".join(lines), encoding="utf-8")
    if refused:
        ctx.exit(1)


@main.command(name="codebook")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]")
def codebook_(file: Path | None) -> None:
    """Print PLOVER as a codebook file, to begin one's own from; or check FILE and list its types."""
    from quidnunc import events

    if file is None:
        click.echo(events.plover_text(), nl=False)
        return
    book = events.read_codebook(file)
    for own in book.types:
        told = (f"{len(own.acts)} words", f"{len(own.examples)} examples", f"{len(own.plover)} PLOVER types")
        click.echo(f"{own.name}: {own.definition or 'no definition'} ({', '.join(told)})")


@main.command()
@database
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; beyond this machine a token is demanded.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port to listen on.")
@click.option("--token", envvar="QUIDNUNC_TOKEN", help="What every request must carry; made up where one is needed and none is given.")  # fmt: skip
def serve(db: str, host: str, port: int, token: str | None) -> None:
    """Open the reading desk and its HTTP API on this machine. docs/desk.md shows it round."""
    from quidnunc import web

    web.serve(db, host=host, port=port, token=token)


@main.command()
def schema() -> None:
    """Print the JSON Schema of what `code --json` prints."""
    import json

    from quidnunc._schema import schema as schema_

    click.echo(json.dumps(schema_(), indent=2))


_cli_store.add_to(main)
_cli_evaluation.add_to(main)
_cli_watch.add_to(main)
_cli_fleet.add_to(main)
