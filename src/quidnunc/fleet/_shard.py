"""One shard through the coder into immutable files, and a line that says what became of each of its records."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from quidnunc.coder import Options
from quidnunc.errors import InputError
from quidnunc.fleet._plan import Shard, content, filesystem
from quidnunc.pages import open_pages
from quidnunc.records import CodedArticle, Page
from quidnunc.store import article_row, article_table, by_year, encoded, event_rows, event_table, short_id

LONGEST_BYTES = 10_000_000
"""Of a failed record that are kept in quarantine."""

Row = dict[str, Any]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard came to; written when all its files are."""

    shard: Shard
    inputs: int
    articles: int
    duplicates: int
    skipped: int
    failed: int
    events: int
    left_out: dict[str, int]
    """Records that are no articles, by reason; part of ``skipped``."""
    ids: tuple[str, ...]
    """Articles in it."""
    files: dict[str, dict[str, Any]]
    """Name within the folder to rows, bytes and SHA-256."""


class Folder:
    """Where files go, on disk or by URL. A file is there whole or not at all."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.fs, self.root = filesystem(where)
        self._local = "file" in ((self.fs.protocol,) if isinstance(self.fs.protocol, str) else self.fs.protocol)

    def path(self, name: str) -> str:
        """The full path of a file."""
        return f"{self.root.rstrip('/')}/{name}"

    def put(self, name: str, data: bytes) -> dict[str, Any]:
        """Write a file; returns its size and hash."""
        path = self.path(name)
        if self._local:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            beside = f"{path}.{os.getpid()}.new"
            with open(beside, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        else:
            self.fs.pipe_file(path, data)
        return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    def get(self, name: str) -> bytes | None:
        """A file's content; None if there is none."""
        try:
            return bytes(self.fs.cat_file(self.path(name)))
        except FileNotFoundError:
            return None

    def sizes(self, under: str) -> dict[str, int]:
        """Names and sizes of the files in a folder of it."""
        self.fs.invalidate_cache()
        try:
            found = self.fs.find(self.path(under), detail=True)
        except FileNotFoundError:
            return {}
        start = len(self.root.rstrip("/")) + 1
        return {str(path)[start:]: int(facts.get("size") or 0) for path, facts in found.items()}

    def remove(self, name: str) -> None:
        """Take a file away."""
        self.fs.rm_file(self.path(name))


def run_shard(shard: Shard, out: str, options: Options) -> Done:
    """Code a shard and write its files. Doing it again, anywhere, writes the same bytes under the same names."""
    folder = Folder(out)
    work = _Work(shard)
    work.code(options)
    files: dict[str, dict[str, Any]] = {}
    for name, table in work.tables():
        files[name] = {"rows": table.num_rows, **folder.put(name, _parquet(table))}
    done = work.done(files)
    folder.put(done_name(shard), msgspec.json.encode(done))
    return done


def done_name(shard: Shard) -> str:
    """Where the line of a shard is kept."""
    return f"done/{shard.name}.json"


class _Work:
    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.coded: list[CodedArticle] = []
        self.bad: list[Row] = []
        self.left_out: dict[str, int] = {}
        self.counts = dict.fromkeys(("inputs", "articles", "duplicates", "skipped", "failed"), 0)
        self._seen: set[bytes] = set()

    def code(self, options: Options) -> None:
        """All records of the shard; what became of each is counted."""
        from quidnunc.coder import code_all

        codable: list[tuple[int, Page]] = []
        for number, item in enumerate(self._items()):
            if isinstance(item, Page):
                codable.append((number, item))
            else:
                self._fail(number, item, None)
            if len(codable) == 16:
                self._batch(codable, code_all, options)
                codable = []
        self._batch(codable, code_all, options)
        self.bad.sort(key=lambda row: row["position"])
        self.counts["skipped"] += sum(self.left_out.values())
        self.counts["inputs"] = sum(self.counts[name] for name in self.counts if name != "inputs")

    def _items(self) -> Iterator[Page | InputError]:
        try:
            data, ours = content(self.shard)
            opened = open_pages(self._name(), data)
            for number, item in enumerate(opened):
                if number >= ours:
                    yield item
            self.left_out = dict(sorted(opened.skipped.items()))
        except OSError as error:
            yield InputError(f"{self._name()}: it cannot be read: {error}")

    def _name(self) -> str:
        shard = self.shard
        return shard.input if shard.part == "whole" else f"{shard.input}[{shard.start}:{shard.end}]"

    def _batch(self, codable: list[tuple[int, Page]], code_all: Any, options: Options) -> None:
        results: Iterable[CodedArticle | InputError] = code_all((page for _, page in codable), options=options)
        for (number, page), result in zip(codable, results, strict=True):
            if isinstance(result, InputError):
                self._fail(number, result, page)
                continue
            digest = hashlib.sha256(msgspec.json.encode(result)).digest()
            kind = "duplicates" if digest in self._seen else "skipped" if result.skipped else "articles"
            self.counts[kind] += 1
            if digest not in self._seen:
                self._seen.add(digest)
                self.coded += [result, *result.related]

    def _fail(self, number: int, error: InputError, page: Page | None) -> None:
        self.counts["failed"] += 1
        content_ = page.content if page is not None else None
        raw = content_.encode("utf-8", "replace") if isinstance(content_, str) else content_
        told = str(error)
        name = page.name if page is not None else told.partition(": ")[0]
        self.bad.append({
            "position": number, "input": self.shard.input, "name": name, "url": page.url if page else None, "reason": error.reason,
            "message": told, "content": raw[:LONGEST_BYTES] if raw is not None else None,
        })  # fmt: skip

    def tables(self) -> Iterator[tuple[str, Any]]:
        """File names and tables: events by year, articles, whole coded articles, quarantine; none that is empty."""
        import pyarrow as pa

        flat: list[Row] = []
        lines: list[Row] = []
        articles: list[Row] = []
        for coded in self.coded:
            short = _short(coded)
            rows = list(event_rows(coded, short))
            flat += rows
            plain, digest = encoded(coded)
            articles.append({**article_row(coded), "short": short, "digest": digest, "run": None, "events": len(rows)})
            lines.append({"id": coded.article.id, "parent": coded.parent, "coded": plain})
        for year, rows in by_year(flat).items():
            yield f"events/year={year}/{self.shard.name}.parquet", event_table(rows)
        if articles:
            yield f"articles/{self.shard.name}.parquet", article_table(articles)
            schema = pa.schema([("id", pa.string()), ("parent", pa.string()), ("coded", pa.binary())])
            yield f"coded/{self.shard.name}.parquet", pa.Table.from_pylist(lines, schema)
        if self.bad:
            kinds = {"position": pa.int64(), "content": pa.binary()}
            schema = pa.schema([(name, kinds.get(name, pa.string())) for name in self.bad[0]])
            yield f"quarantine/{self.shard.name}.parquet", pa.Table.from_pylist(self.bad, schema)

    def done(self, files: dict[str, dict[str, Any]]) -> Done:
        """The shard's line."""
        events = sum(len(coded.events) for coded in self.coded)
        ids = tuple(sorted({coded.article.id for coded in self.coded if coded.parent is None}))
        return Done(shard=self.shard, **self.counts, events=events, left_out=self.left_out, ids=ids, files=files)


def _short(coded: CodedArticle) -> str:
    """What the ids of its events begin with: long enough to be the only one of its kind in the world's news."""
    return coded.article.id if coded.parent is None else short_id(coded.article.id, coded.parent, 24)


def _parquet(table: Any) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
