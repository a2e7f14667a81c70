"""``quidnunc fleet`` and ``quidnunc gather``; ``quidnunc.cli`` takes them in."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from quidnunc._cli_options import database


def add_to(main: click.Group) -> None:
    """Put the commands into the command line."""
    main.add_command(fleet)
    main.add_command(gather)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, metavar="DIR", help="Folder or URL (s3://bucket/folder) that the Parquet files go into.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes on this machine; default: one for each processor.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="A running scheduler of Dask (tcp://host:8786): its workers are used instead.")  # fmt: skip
@click.option("--shard-mb", type=click.FloatRange(0.01, 1000), default=8, show_default=True, help="Megabytes of an input in a shard.")  # fmt: skip
@click.option("--shard-rows", type=click.IntRange(min=1), default=1000, show_default=True, help="Rows of a Parquet file in a shard.")  # fmt: skip
@click.option("--actors", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="CSV", help="Actors to know beside those that ship.")  # fmt: skip
@click.option("--codebook", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="YAML", help="Types of your own; see `quidnunc codebook`.")  # fmt: skip
@click.option("--gate", is_flag=True, help="Leave out articles in which no sentence looks like an event: faster; docs/scale.md says what it loses.")  # fmt: skip
@click.option("--threshold", type=click.FloatRange(0, 1), metavar="P", help="Leave out events less probable than this.")
@click.pass_context
def fleet(
    ctx: click.Context,
    inputs: tuple[str, ...],
    out: str,
    workers: int | None,
    scheduler: str | None,
    shard_mb: float,
    shard_rows: int,
    actors: Path | None,
    codebook: Path | None,
    gate: bool,
    threshold: float | None,
) -> None:
    """Code Parquet, JSON lines, WARC and all else that `code` reads, many shards at a time, into Parquet files in DIR.

    INPUT: files, folders, patterns, on disk or by URL (s3://bucket/2024/*.warc.gz). The same bytes come out whatever the
    number of workers. Run it again to go on after whatever stopped it: shards that are done are not done again. Records
    that fail are in quarantine/ with the reason, and the exit code is 1. `quidnunc gather DIR` puts it all into a database.
    """
    from quidnunc import fleet as room
    from quidnunc._coding import conservation
    from quidnunc.coder import Options

    options = Options(actors=actors, codebook=codebook, gate=gate)
    if threshold is not None:
        options = replace(options, threshold=threshold)
    shards = room.plan(inputs, options, shard_bytes=int(shard_mb * 1e6), shard_rows=shard_rows)
    started, coded = time.monotonic(), [0]

    def told(done: room.Done, count: int, total: int) -> None:
        coded[0] += done.articles
        rate = coded[0] / max(time.monotonic() - started, 1e-9)
        end = "\r" if sys.stderr.isatty() and count < total else "\n"
        click.echo(f"{count:,} of {total:,} shards, {rate:.1f} articles a second   ", err=True, nl=False)
        click.echo(end, err=True, nl=False)

    finished = room.run(shards, out, options, workers=workers or room.workers_here(), scheduler=scheduler, told=told)
    if finished.skipped_shards:
        click.echo(f"{finished.skipped_shards:,} shards were done before", err=True)
    click.echo(conservation(finished.counts, finished.events), err=True)
    if finished.repeated:
        click.echo(f"{finished.repeated:,} articles are in several shards: `quidnunc gather` keeps each once", err=True)
    for lost in finished.lost:
        click.echo(f"given up: {lost}", err=True)
    if finished.lost:
        click.echo("run it again to try these shards once more; until then there is no manifest", err=True)
    if finished.lost or finished.counts.failed:
        ctx.exit(1)


@click.command()
@click.argument("folder", metavar="DIR")
@database
def gather(folder: str, db: str) -> None:
    """Put what `fleet` wrote into DIR (a folder or URL) into a database; doing it again changes nothing."""
    from quidnunc import fleet as room
    from quidnunc.store import Store

    with Store(db) as store:
        counts = room.gather(folder, store)
    click.echo(f"{counts.inputs:,} articles read = {counts.articles:,} new + {counts.skipped:,} new, not coded + {counts.duplicates:,} there already", err=True)  # fmt: skip
