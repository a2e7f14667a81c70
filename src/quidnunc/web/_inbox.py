"""Pages that a reader hands in: queued, coded one at a time, every step told."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from secrets import token_hex
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from quidnunc._version import __version__
from quidnunc.errors import InputError, QuidnuncError
from quidnunc.records import CodedArticle, Page
from quidnunc.store import Counts, Failure, Store, short_id

WAITING = 50
"""Pages that may wait at once."""
KEPT = 500
"""Jobs whose end can still be asked for."""

State = Literal["waiting", "fetching", "coding", "storing", "done", "failed"]


class Given(BaseModel):
    """A page: its address, or its words or HTML as ``content``."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str | None, Field(max_length=2000)] = None
    content: Annotated[str | None, Field(max_length=10_000_000)] = None
    published: Annotated[str | None, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$")] = None
    name: Annotated[str, Field(max_length=200)] = "pasted text"

    @model_validator(mode="after")
    def _something(self) -> Given:
        if not (self.url or "").strip() and not (self.content or "").strip():
            raise ValueError("give a url, or content")
        return self


class Inbox:
    """A queue with one worker: coding takes a core, and the store one writer."""

    def __init__(self, path: str, done: Any) -> None:
        self.path = path
        self._done = done
        self._queue: queue.Queue[tuple[str, Given] | None] = queue.Queue(WAITING)
        self._jobs: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = threading.Thread(target=self._work, name="inbox", daemon=True)
        self._worker.start()

    def close(self) -> None:
        """Stop after the page in hand."""
        self._queue.put(None)

    def add(self, given: Given) -> dict[str, Any] | None:
        """The new job; None while too many wait."""
        job = token_hex(8)
        facts = {"id": job, "name": (given.url or given.name)[:200], "state": "waiting", "message": None, "article": None, "events": 0, "at": datetime.now(UTC).isoformat(timespec="seconds")}  # fmt: skip
        with self._lock:
            self._jobs[job] = facts
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        try:
            self._queue.put_nowait((job, given))
        except queue.Full:
            with self._lock:
                self._jobs.pop(job, None)
            return None
        return dict(facts)

    def jobs(self) -> list[dict[str, Any]]:
        """The latest jobs, newest first."""
        with self._lock:
            return [dict(job) for job in reversed(self._jobs.values())][:100]

    def job(self, name: str) -> dict[str, Any] | None:
        """One job."""
        with self._lock:
            return dict(self._jobs[name]) if name in self._jobs else None

    def _tell(self, job: str, state: State, **more: Any) -> None:
        with self._lock:
            if job in self._jobs:
                self._jobs[job].update(state=state, **more)

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            job, given = item
            try:
                self._code(job, given)
            except QuidnuncError as error:
                # What the command line could do about it, the desk cannot.
                self._tell(job, "failed", message=str(error).replace(": allow it with --allow-private", ""))
            except Exception as error:  # the next page must go on
                self._tell(job, "failed", message=f"a fault of quidnunc's ({type(error).__name__}): please report it")

    def _code(self, job: str, given: Given) -> None:
        from quidnunc.coder import code_all
        from quidnunc.collect import fetch

        with Store(self.path) as store:
            run = store.begin_run(__version__)
            try:
                content: str | bytes = given.content or ""
                address = given.url
                if not content:
                    self._tell(job, "fetching")
                    fetched = fetch(str(given.url).strip())
                    content, address = fetched.content, fetched.url
                self._tell(job, "coding")
                coded = next(iter(code_all([Page(name=given.url or given.name, content=content, url=address, published=given.published)])))  # fmt: skip
                if not isinstance(coded, CodedArticle):
                    raise coded
            except InputError as error:
                store.end_run(run, Counts(inputs=1, failed=1), [Failure(input=(given.url or given.name)[:500], reason=error.reason, message=str(error))])  # fmt: skip
                raise
            self._tell(job, "storing")
            outcome = store.add(coded, run=run).outcomes[0]
            kind = outcome.counted(coded)
            store.end_run(run, Counts(inputs=1, **{kind: 1}))
        self._done()
        short = outcome.short or short_id(coded.article.id)
        said = coded.skipped and f"kept, not coded: {coded.skipped}"
        told = "this page was there already" if kind == "duplicates" else said or None
        self._tell(job, "done", article=short, events=len(coded.events), message=told, headline=coded.article.headline)
