"""A WARC file of many pages: seconds, pages a second, and the most memory that reading it took.

    python benchmarks/warc.py [--records 10000] [--single] [--broken] [--file FILE]

The file is written to a temporary folder first (responses of 20 to 120 kB of HTML, a request record before each) and read in a
process of its own, by quidnunc and by fastwarc, which decodes nothing and checks nothing. ``--single``: one gzip member;
``--broken``: every fiftieth member overwritten in its middle.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

WORDS = "ghana togo envoy recalled ministry border talks union offered mediate statement minister monday treaty".split()


def record(kind: str, number: int, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{number}>\r\nWARC-Date: 2024-03-04T10:00:00Z\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(number: int, chance: random.Random) -> bytes:
    paragraphs = (" ".join(chance.choices(WORDS, k=80)) for _ in range(chance.randint(35, 210)))
    body = "".join(f"<p class='c{chance.random()}'>{one}</p>" for one in paragraphs)
    return f"<!doctype html><html><head><title>Story {number}</title></head><body>{body}</body></html>".encode()


def write(path: Path, records: int, *, single: bool, broken: bool) -> None:
    chance = random.Random(1)
    pool = [page(number, chance) for number in range(200)]
    whole = gzip.GzipFile(path, "wb", compresslevel=1) if single else None
    with path.open("ab") as file:
        for number in range(records):
            html = pool[number % len(pool)]
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
            for block in (record("request", number, b"GET / HTTP/1.1\r\n\r\n"), record("response", number, answer)):
                if whole is not None:
                    whole.write(block)
                    continue
                member = gzip.compress(block, 1)
                if broken and number % 50 == 49 and len(member) > 1000:
                    member = member[:500] + bytes(100) + member[600:]
                file.write(member)
    if whole is not None:
        whole.close()


def read_with_quidnunc(path: Path) -> tuple[int, int]:
    from quidnunc.pages.carriers import open_pages
    from quidnunc.records import Page

    found = open_pages(path.name, path)
    counts = Counter("page" if isinstance(item, Page) else "error" for item in found)
    return counts["page"], counts["error"]


def read_with_fastwarc(path: Path) -> tuple[int, int]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count = 0
    try:
        for one in ArchiveIterator(str(path), record_types=WarcRecordType.response):
            one.reader.read()
            count += 1
    except OSError:
        return count, 1
    return count, 0


READERS = {"quidnunc": read_with_quidnunc, "fastwarc": read_with_fastwarc}


def measure(reader: str, path: Path) -> None:
    """In a process of its own: one line of figures."""
    started = time.perf_counter()
    good, bad = READERS[reader](path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{reader:10} {good:8,} {bad:7,} {seconds:9.1f} {good / seconds:9,.0f} {peak:9,.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--single", action="store_true")
    parser.add_argument("--broken", action="store_true")
    parser.add_argument("--file", type=Path, help="a file to read instead of writing one")
    parser.add_argument("--measure", choices=READERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measure(args.measure, args.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = args.file or Path(folder) / "pages.warc.gz"
        if args.file is None:
            write(path, args.records, single=args.single, broken=args.broken)
        print(f"{path.stat().st_size / 1e6:,.0f} MB of gzip")
        print(f"{'reader':10} {'pages':>8} {'errors':>7} {'seconds':>9} {'pages/s':>9} {'peak MB':>9}", flush=True)
        for reader in READERS:
            subprocess.run([sys.executable, __file__, "--measure", reader, "--file", str(path)], check=True)


if __name__ == "__main__":
    main()
