"""All shards, by one process or by the workers of Dask, and the manifest that says that they are all there."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any

import msgspec

from quidnunc._version import __version__
from quidnunc.coder import Options
from quidnunc.errors import FleetError
from quidnunc.fleet._plan import Shard
from quidnunc.fleet._shard import Done, Folder, done_name, run_shard
from quidnunc.store import SCHEMA_VERSION, Counts, Store

MANIFEST = "manifest.json"
DEATHS = 3
"""Workers that may die over a shard before it is given up for this run."""
CONNECT = 30
"""Seconds that a scheduler has to answer."""
AHEAD = 4
"""Shards handed out for each worker: none waits, and a driver that ends has little under way."""

Told = Callable[[Done, int, int], None]
"""Is told of each shard that is done: it, how many are, of how many."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """What a fleet came to."""

    counts: Counts
    events: int
    shards: int
    skipped_shards: int
    """Done by an earlier run already."""
    lost: tuple[str, ...]
    """Shards that were given up, with the reason; the next run tries them again."""
    repeated: int
    """Articles that are in several shards; ``gather`` and the query in docs/scale.md count them once."""


def run(
    shards: list[Shard],
    out: str,
    options: Options,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    told: Told | None = None,
) -> Finished:
    """Do what is not done yet, and write the manifest when nothing is missing.

    One worker without a scheduler is this process; else ``workers`` processes of Dask on this machine, or those of a
    running ``scheduler`` (its address). Raises FleetError.
    """
    folder = Folder(out)
    done = _done_before(folder, shards)
    before = len(done)
    missing = [shard for shard in shards if shard.number not in done]
    lost: list[str] = []
    results = _alone(missing, out, options) if workers == 1 and scheduler is None else _many(missing, out, options, workers, scheduler)  # fmt: skip
    for result in results:
        if isinstance(result, Done):
            done[result.shard.number] = result
            if told is not None:
                told(result, len(done), len(shards))
        else:
            lost.append(result)
    finished = _finished([done[number] for number in sorted(done)], len(shards), before, tuple(sorted(lost)))
    if not finished.counts.add_up:
        raise FleetError(f"{out}: the counts do not add up: {finished.counts}")
    if not lost:
        _write_manifest(folder, list(done.values()), finished)
    return finished


def _done_before(folder: Folder, shards: list[Shard]) -> dict[int, Done]:
    """Shards of which an earlier run wrote every file; their sizes are looked at."""
    there = folder.sizes("")
    if there and not any(name.startswith(("done/", "events/", "articles/", "coded/", "quarantine/")) or name == MANIFEST for name in there):  # fmt: skip
        raise FleetError(f"{folder.where}: it holds other files: name a new folder, or one of an earlier run")
    found: dict[int, Done] = {}
    for shard in shards:
        if done_name(shard) in there:
            try:
                done = msgspec.json.decode(folder.get(done_name(shard)) or b"", type=Done)
            except msgspec.DecodeError:
                continue
            if all(there.get(name) == facts["bytes"] for name, facts in done.files.items()):
                found[shard.number] = done
    return found


def _alone(shards: list[Shard], out: str, options: Options) -> Iterator[Done | str]:
    for shard in shards:
        yield run_shard(shard, out, options)


def _many(shards: list[Shard], out: str, options: Options, workers: int, scheduler: str | None) -> Iterator[Done | str]:
    """Each shard as a future; Dask gives it to another worker where one dies."""
    if not shards:
        return
    with _client(workers, scheduler) as client:
        distributed: Any = import_module("distributed")
        at_once = AHEAD * max(len(client.scheduler_info(n_workers=-1)["workers"]), workers)
        waiting = iter(shards)

        def submit(shard: Shard) -> Any:
            return client.submit(run_shard, shard, out, options, key=f"shard-{shard.name}", pure=False, retries=1)

        first = list(islice(waiting, at_once))
        asked = {f"shard-{shard.name}": shard for shard in first}
        ready = distributed.as_completed([submit(shard) for shard in first])
        for future in ready:
            shard = asked.pop(future.key)
            error = future.exception()
            if error is None:
                yield future.result()
            else:
                yield f"{shard.input} {shard.part} {shard.start}-{shard.end}: {type(error).__name__}: {str(error)[:300]}"
            future.release()
            following = next(waiting, None)
            if following is not None:
                new = submit(following)
                asked[new.key] = following
                ready.add(new)


@contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Any]:
    try:
        dask: Any = import_module("dask")
        distributed: Any = import_module("distributed")
    except ImportError:
        raise FleetError("Dask is not installed: pip install 'quidnunc[fleet]', or take one worker") from None
    settings = {
        "distributed.scheduler.allowed-failures": DEATHS,
        # Dask's own makes the C library give memory back at once, which costs the parser a tenth of its time in the kernel.
        "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1, "MKL_NUM_THREADS": 1},
        "distributed.worker.daemon": True,
        # Looking into the workers' stacks a hundred times a second and the like costs them a tenth of their time.
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "500ms",
        "distributed.admin.system-monitor.interval": "5s",
        "distributed.admin.system-monitor.gil.enabled": False,
    }
    with dask.config.set(settings):
        if scheduler is not None:
            try:
                with distributed.Client(scheduler, timeout=CONNECT) as client:
                    yield client
            except OSError as error:
                raise FleetError(f"{scheduler}: no scheduler of Dask answers there: {error}") from error
            return
        limits = {"threads_per_worker": 1, "memory_limit": 0, "dashboard_address": None, "host": "127.0.0.1"}
        with (
            distributed.LocalCluster(n_workers=workers, silence_logs=40, **limits) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client


def _finished(done: list[Done], shards: int, before: int, lost: tuple[str, ...]) -> Finished:
    names = ("inputs", "articles", "duplicates", "skipped", "failed")
    counts = Counts(**{name: sum(getattr(one, name) for one in done) for name in names})
    times = Counter(article for one in done for article in one.ids)
    return Finished(
        counts=counts,
        events=sum(one.events for one in done),
        shards=shards,
        skipped_shards=before,
        lost=lost,
        repeated=sum(count > 1 for count in times.values()),
    )


def _write_manifest(folder: Folder, done: list[Done], finished: Finished) -> None:
    """What is there; files of an earlier run over other inputs are taken away."""
    files = {name: facts for one in sorted(done, key=lambda one: one.shard.number) for name, facts in one.files.items()}
    names = {done_name(one.shard) for one in done}
    for name in sorted(folder.sizes("")):
        ours = name.startswith(("done/", "events/", "articles/", "coded/", "quarantine/"))
        if ours and name not in files and name not in names:
            folder.remove(name)
    manifest = {
        "format": "quidnunc archive", "schema_version": SCHEMA_VERSION, "coder": __version__, "counts": msgspec.to_builtins(finished.counts),
        "events": finished.events, "shards": finished.shards, "repeated": finished.repeated, "files": dict(sorted(files.items())),
    }  # fmt: skip
    folder.put(MANIFEST, json.dumps(manifest, indent=1).encode())


def gather(out: str, store: Store, told: Callable[[int], None] | None = None) -> Counts:
    """Put what a fleet coded into a store, in order; what is there already changes nothing. Raises FleetError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from quidnunc.records import CodedArticle

    folder = Folder(out)
    plain = folder.get(MANIFEST)
    if plain is None:
        raise FleetError(f"{out}: it holds no manifest: run 'quidnunc fleet' to its end first")
    counts = Counter[str]()
    number = store.begin_run(__version__)
    for name in sorted(name for name in json.loads(plain)["files"] if name.startswith("coded/")):
        table = pq.read_table(pa.BufferReader(folder.get(name) or b""))
        pages: list[CodedArticle] = []
        for line in table.column("coded").to_pylist():
            coded = msgspec.json.decode(line, type=CodedArticle)
            if coded.parent is None or not pages:
                pages.append(coded)
            else:
                pages[-1] = msgspec.structs.replace(pages[-1], related=(*pages[-1].related, coded))
        for page, outcome in zip(pages, store.add(pages, run=number).outcomes, strict=True):
            kind = outcome.counted(page)
            counts[kind] += 1
        if told is not None:
            told(sum(counts.values()))
    whole = Counts(inputs=sum(counts.values()), **counts)
    store.end_run(number, whole)
    return whole


def workers_here() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
