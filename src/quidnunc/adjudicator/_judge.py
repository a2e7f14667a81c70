"""Doubtful events, asked about one by one; whatever goes wrong leaves the event as it was coded."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from quidnunc.adjudicator._endpoint import Endpoint
from quidnunc.adjudicator._verdict import Verdict, parse, question, rules, schema
from quidnunc.errors import FetchError
from quidnunc.records import CodedArticle, Event

PATIENCE = 3
"""Failures in a row after which the endpoint is not asked again."""

NEGATIVE = frozenset({"denied", "not_yet"})


def cache_folder() -> Path:
    """Where answers are kept: ``quidnunc/adjudicator`` in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quidnunc" / "adjudicator"


class Adjudicator:
    """Asks about events whose confidence is below ``below``.

    ``counts``: asked, cached, kept, changed, rejected, failed, not asked (after three failures in a row). ``trouble``: the last failure in words.
    """

    def __init__(self, endpoint: Endpoint, *, below: float = 0.6, cache: Path | None = None) -> None:
        self.endpoint = endpoint
        self.below = below
        self.cache = cache if cache is not None else cache_folder()
        self.counts: Counter[str] = Counter()
        self.trouble: str | None = None
        self._failures = 0

    @property
    def name(self) -> str:
        """What ``decided_by`` says."""
        model = "".join(c if c.isprintable() else "?" for c in self.endpoint.model)
        return f"adjudicator {model[:100]}"

    def judge(self, coded: CodedArticle) -> CodedArticle:
        """The article with its doubtful events kept, changed or taken out, and its related cards likewise. Never raises for what the endpoint does."""
        events = tuple(self._judged(coded, event) for event in coded.events)
        related = tuple(self.judge(card) for card in coded.related)
        return replace(coded, events=tuple(event for event in events if event is not None), related=related)

    def line(self) -> str:
        """What became of the doubtful events, for the end of a run."""
        told = [f"{self.counts[name]:,} {name}" for name in ("kept", "changed", "rejected", "failed", "not asked")]
        said = f"{self.name}: {sum(self.counts[n] for n in ('kept', 'changed', 'rejected', 'failed', 'not asked')):,} doubtful events = {' + '.join(told)}"
        said += f"; {self.counts['asked']:,} asked, {self.counts['cached']:,} from the cache"
        return f"{said}; last trouble: {self.trouble}" if self.trouble else said

    def _judged(self, coded: CodedArticle, event: Event) -> Event | None:
        if event.confidence >= self.below:
            return event
        verdict = self._verdict(coded, event)
        if verdict is None:
            return event
        if verdict.verdict == "reject":
            self.counts["rejected"] += 1
            return None
        return self._kept(event, verdict) if verdict.verdict == "keep" else self._changed(event, verdict)

    def _kept(self, event: Event, verdict: Verdict) -> Event:
        self.counts["kept"] += 1
        return replace(event, decided_by=f"{event.decided_by} + {self.name}", reasons={**event.reasons, "adjudicator": f"kept: {_plain(verdict.why)}"})  # fmt: skip

    def _changed(self, event: Event, verdict: Verdict) -> Event:
        from quidnunc.events._codes import QUAD, cameo, goldstein, plover_score

        kind, status = verdict.type or event.type, verdict.status or event.status
        if (kind, status) == (event.type, event.status):
            return self._kept(event, verdict)
        self.counts["changed"] += 1
        told = " and ".join(f"{a} to {b}" for a, b in ((event.type, kind), (event.status, status)) if a != b)
        changes: dict[str, Any] = {
            "decided_by": f"{event.decided_by} + {self.name}",
            "reasons": {**event.reasons, "adjudicator": f"{told}: {_plain(verdict.why)}"},
        }
        changes |= {"status": status, "polarity": "negative" if status in NEGATIVE or kind == "REJECT" else "positive"}
        if kind != event.type:
            code = cameo(kind)
            changes |= {"type": kind, "mode": None, "cameo": code, "quad": QUAD[kind], "goldstein": goldstein(code), "plover_score": plover_score(kind, None)}  # fmt: skip
        return replace(event, **changes)

    def _verdict(self, coded: CodedArticle, event: Event) -> Verdict | None:
        body = self._body(coded, event)
        place = self.cache / f"{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}.json"
        known = _read(place)
        if known is not None:
            self.counts["cached"] += 1
            return known
        if self._failures >= PATIENCE:
            self.counts["not asked"] += 1
            return None
        self.counts["asked"] += 1
        try:
            words = self.endpoint.ask(body)
            verdict = parse(words)
        except (FetchError, msgspec.MsgspecError, RecursionError) as error:
            self._failures += 1
            self.counts["failed"] += 1
            what = str(error) if isinstance(error, FetchError) else f"{self.endpoint.address}: the answer does not fit the schema: {error}"  # fmt: skip
            self.trouble = _plain(what)
            return None
        self._failures = 0
        _write(place, verdict)
        return verdict

    def _body(self, coded: CodedArticle, event: Event) -> dict[str, Any]:
        return {
            "model": self.endpoint.model,
            "messages": [{"role": "system", "content": rules()}, {"role": "user", "content": question(coded, event)}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "verdict", "strict": True, "schema": schema()}},
            "temperature": 0,
            "seed": 0,
            "max_tokens": 400,
        }  # fmt: skip


def _plain(words: str) -> str:
    """Words of a stranger without line breaks and control characters."""
    return "".join(c if c.isprintable() else " " for c in words)[:400]


def _read(place: Path) -> Verdict | None:
    """A kept answer; one that cannot be read is asked for again."""
    try:
        return parse(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return None


def _write(place: Path, verdict: Verdict) -> None:
    """Keep an answer whole or not at all; a cache that cannot be written costs time only."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(msgspec.json.encode(verdict))
        os.replace(file.name, place)
    except OSError:
        return
