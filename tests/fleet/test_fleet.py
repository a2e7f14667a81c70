"""Many shards, one or many workers, any end in the middle: the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsworld import article

from quidnunc import Page, code_all
from quidnunc.coder import Options
from quidnunc.errors import FleetError
from quidnunc.fleet import Done, _run, gather, plan, run
from quidnunc.fleet._plan import Shard
from quidnunc.fleet._shard import Folder, _Work
from quidnunc.records import CodedArticle
from quidnunc.store import Store, check_archive

distributed = pytest.importorskip("distributed")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

OPTIONS = Options()


def records(count: int, first: int = 0) -> list[dict[str, str]]:
    """Pages as rows."""
    return [
        {"url": f"https://news.example/{n}", "html": article(n), "date": "2026-03-05"}
        for n in range(first, first + count)
    ]


def warc(numbers: range) -> bytes:
    """A WARC file with a gzip member for each record, a redirect and a broken member among them."""
    parts = [_record("warcinfo", "", b"software: quidnunc")]
    for number in numbers:
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article(number).encode()
        parts.append(_record("response", f"https://news.example/{number}", page))
        if number % 4 == 0:
            moved = b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"
            parts.append(_record("response", f"https://news.example/old-{number}", moved))
        if number % 7 == 3:
            broken = bytearray(_record("response", f"https://news.example/broken-{number}", page))
            broken[len(broken) // 2 : len(broken) // 2 + 40] = b"\xff" * 40
            parts.append(bytes(broken))
    return b"".join(parts)


def _record(kind: str, url: str, block: bytes) -> bytes:
    name = hashlib.sha256(block + url.encode()).hexdigest()
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    types = "application/http; msgtype=response" if kind == "response" else "application/warc-fields"
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2026-03-06T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:32]}>\r\nContent-Type: {types}\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three kinds, broken records among the good."""
    folder = tmp_path_factory.mktemp("inputs")
    lines = [json.dumps(row) for row in records(12)]
    lines[5:5] = ["garbage {", '{"html": ', "[1, 2]"]
    lines.append(json.dumps(records(1)[0]))  # the first once more, in another shard or the same
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(records(8, 100)), folder / "b.parquet", row_group_size=3)
    (folder / "c.warc.gz").write_bytes(warc(range(200, 210)))
    (folder / ".hidden").write_text("not to be read")
    return folder


SMALL = {"shard_bytes": 3000, "shard_rows": 3}


def small(inputs: Path) -> list[Shard]:
    return plan([str(inputs)], OPTIONS, **SMALL)


def hashes(folder: Path) -> dict[str, str]:
    """Every file but the lines of shards, which are compared by what they say."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def alone(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """What one process makes of it."""
    out = tmp_path_factory.mktemp("alone") / "out"
    return out, run(small(inputs), str(out), OPTIONS)


def items(shards: list[Shard]) -> list[str]:
    """All records of shards, in order."""
    found = []
    for shard in shards:
        work = _Work(shard)
        for item in work._items():
            found.append(str(item.url) if isinstance(item, Page) else f"{type(item).__name__} {item.reason}")
        found += sorted(f"skipped {reason}" for reason, count in work.left_out.items() for _ in range(count))
    return found


@pytest.mark.parametrize("size", [400, 1000, 2500, 7000, 100_000])
def test_every_record_is_in_one_shard_however_small_they_are(inputs: Path, size: int) -> None:
    for name in ("a.jsonl", "b.parquet", "c.warc.gz"):
        whole = items(plan([str(inputs / name)], OPTIONS, shard_bytes=10**9, shard_rows=10**9))
        cut = items(plan([str(inputs / name)], OPTIONS, shard_bytes=size, shard_rows=max(1, size // 1000)))
        broken = [one for one in whole if "Error" in one]
        assert [one for one in cut if one.startswith("https")] == [one for one in whole if one.startswith("https")]
        assert sorted(one for one in cut if one.startswith("skipped")) == sorted(
            one for one in whole if one.startswith("skipped")
        )
        assert len([one for one in cut if "Error" in one]) == len(broken)


def test_what_one_process_makes_of_it(inputs: Path, alone: tuple[Path, Any]) -> None:
    out, finished = alone
    counts = finished.counts
    assert counts.add_up
    # 13 + 3 lines, 8 rows, 10 responses with 3 redirects, 1 broken record and 1 warcinfo
    assert (counts.articles + counts.duplicates, counts.failed) == (13 + 8 + 10, 3 + 1)
    assert counts.skipped == 3 + 1
    assert finished.repeated == 1 - counts.duplicates
    assert finished.lost == ()
    assert check_archive(out) == []
    bad = pq.read_table(out / "quarantine").to_pylist()
    assert len(bad) == counts.failed
    assert all(row["reason"] and row["message"] for row in bad)


def test_the_codes_are_those_of_the_coder(inputs: Path, alone: tuple[Path, Any], tmp_path: Path) -> None:
    out, finished = alone
    pages = [Page(row["url"], row["html"], row["url"], row["date"], form="html") for row in records(12)]
    wanted = {one.article.id: one.events for one in code_all(pages) if isinstance(one, CodedArticle)}
    with Store(tmp_path / "events.db") as store:
        counts = gather(str(out), store)
        found = {one.coded.article.id: one.coded.events for one in store.coded()}
        assert {key: found[key] for key in wanted} == wanted
        assert store.articles().num_rows == finished.counts.articles - finished.repeated
        assert counts.add_up
        again = gather(str(out), store)
        assert again.duplicates == again.inputs


def test_duckdb_reads_it(alone: tuple[Path, Any]) -> None:
    duckdb = pytest.importorskip("duckdb")
    out, finished = alone
    query = f"SELECT count(*), count(DISTINCT id) FROM read_parquet('{out}/events/*/*.parquet', hive_partitioning = true, union_by_name = true)"
    found = duckdb.sql(query).fetchall()[0]
    assert found[0] == finished.events > 0
    years = duckdb.sql(f"SELECT DISTINCT year FROM read_parquet('{out}/events/*/*.parquet', hive_partitioning = true)")
    assert (2026,) in years.fetchall() or ("2026",) in years.fetchall()


def test_two_workers_one_of_them_killed_make_the_same_bytes(
    inputs: Path, alone: tuple[Path, Any], tmp_path: Path
) -> None:
    import psutil

    killed = []

    def told(_: Done, count: int, __: int) -> None:
        if count == 3:
            workers = [
                one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())
            ]
            workers[-1].kill()
            killed.append(workers[-1].pid)

    finished = run(small(inputs), str(tmp_path / "out"), OPTIONS, workers=2, told=told)
    assert killed
    assert finished == alone[1]
    assert hashes(tmp_path / "out") == hashes(alone[0])


def test_a_killed_driver_goes_on_where_it_was(inputs: Path, alone: tuple[Path, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = tmp_path / "driver.py"
    script.write_text(
        "import sys\nfrom quidnunc.coder import Options\nfrom quidnunc.fleet import plan, run\n"
        f"run(plan([{str(inputs)!r}], Options(), shard_bytes=3000, shard_rows=3), {str(out)!r}, Options())\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)]) as driver:
        until = time.monotonic() + 60
        while len(list(out.glob("done/*.json"))) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        driver.kill()
    before = len(list(out.glob("done/*.json")))
    assert 3 <= before < len(small(inputs))
    assert not (out / "manifest.json").exists()
    finished = run(small(inputs), str(out), OPTIONS)
    assert finished.skipped_shards == before
    assert finished.counts == alone[1].counts
    left = {name: what for name, what in hashes(out).items() if not name.endswith(".new")}
    assert left == hashes(alone[0])


def test_a_changed_file_is_done_again_and_what_was_made_of_it_goes(tmp_path: Path) -> None:
    given = tmp_path / "a.jsonl"
    given.write_text(json.dumps(records(1)[0]) + "\n")
    out = tmp_path / "out"
    assert run(plan([str(given)], OPTIONS), str(out), OPTIONS).skipped_shards == 0
    assert run(plan([str(given)], OPTIONS), str(out), OPTIONS).skipped_shards == 1
    given.write_text(json.dumps(records(1, 50)[0]) + "\n")
    os.utime(given, (0, 0))
    assert run(plan([str(given)], OPTIONS), str(out), OPTIONS).skipped_shards == 0
    assert len(list(out.glob("articles/*"))) == 1
    assert check_archive(out) == []
    damaged = next(out.glob("coded/*"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert run(plan([str(given)], OPTIONS), str(out), OPTIONS).skipped_shards == 0
    assert check_archive(out) == []


def test_what_cannot_be_worked_on_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_run, "CONNECT", 1)
    with pytest.raises(FleetError, match="no such file"):
        plan([str(tmp_path / "nothing")], OPTIONS)
    with pytest.raises(FleetError, match="nothing fits"):
        plan([str(tmp_path / "*.jsonl")], OPTIONS)
    with pytest.raises(FleetError, match=r"nosuch"):
        plan(["nosuch://bucket/x"], OPTIONS)
    (tmp_path / "diary.txt").write_text("dear diary")
    (tmp_path / "a.jsonl").write_text("{}\n")
    with pytest.raises(FleetError, match="other files"):
        run(plan([str(tmp_path / "a.jsonl")], OPTIONS), str(tmp_path), OPTIONS)
    with pytest.raises(FleetError, match="no manifest"), Store(tmp_path / "events.db") as store:
        gather(str(tmp_path / "nowhere"), store)
    with pytest.raises(FleetError, match="no scheduler"):
        run(plan([str(tmp_path / "a.jsonl")], OPTIONS), str(tmp_path / "o"), OPTIONS, scheduler="tcp://127.0.0.1:1")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket on a server that speaks S3, on loopback."""
    pytest.importorskip("s3fs")
    server_room = pytest.importorskip("moto.server")
    server = server_room.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    import boto3
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    boto3.client("s3").create_bucket(Bucket="news")
    yield "s3://news"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_from_and_to_a_bucket(inputs: Path, alone: tuple[Path, Any], bucket: str, tmp_path: Path) -> None:
    there = Folder(bucket)
    for path in ("a.jsonl", "b.parquet", "c.warc.gz"):
        there.put(f"in/{path}", (inputs / path).read_bytes())
    shards = plan([f"{bucket}/in/*"], OPTIONS, **SMALL)
    finished = run(shards, f"{bucket}/out", OPTIONS)
    assert finished.counts == alone[1].counts
    assert run(shards, f"{bucket}/out", OPTIONS).skipped_shards == len(shards)
    with Store(tmp_path / "s3.db") as one, Store(tmp_path / "disk.db") as other:
        gather(f"{bucket}/out", one)
        gather(str(alone[0]), other)
        assert one.events().equals(other.events())


def test_a_file_that_vanishes_costs_its_shard_alone(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(records(1)[0]) + "\n")
    shards = plan([str(tmp_path)], OPTIONS)
    (tmp_path / "a.jsonl").unlink()
    finished = run(shards, str(tmp_path / "out"), OPTIONS)
    assert (finished.counts.articles, finished.counts.failed) == (1, 1)
