"""What an answer means for a page: its row in the ledger, and how long its host is left alone."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from quidnunc.collect._feeds import Manners, host_of, seconds
from quidnunc.collect._queue import jitter
from quidnunc.collect._web import Answer, NeverFetched
from quidnunc.errors import FetchError, InputError, TooLarge
from quidnunc.pages import canonical_url
from quidnunc.store import Link

MAX_HOPS = 5
LONGEST_BACKOFF = 86_400.0
_BUSY = (429, 503)
_GONE = (404, 410)


@dataclass
class Landing:
    """What becomes of a page after a request."""

    values: dict[str, Any]
    link: Link | None = None
    """Where it sends us on."""
    host_until: float = 0.0
    """Its host is left alone until then."""
    host_failed: bool = False
    final: bool = False
    """Whether this page is at its end without content."""


@dataclass(frozen=True)
class Rules:
    """The manners as numbers."""

    attempts: int
    backoff: float
    rechecks: tuple[float, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, manners: Manners) -> Rules:
        """Durations as seconds."""
        return cls(manners.attempts, seconds(manners.backoff), tuple(map(seconds, manners.recheck)))

    def wait(self, url: str, attempt: int) -> float:
        """Seconds before the next try: doubled with each, never over a day."""
        return min(self.backoff * 2.0 ** min(attempt - 1, 20), LONGEST_BACKOFF) * jitter(url, attempt)


def validators(row: dict[str, Any]) -> dict[str, str]:
    """Headers that ask for content only if it has changed."""
    headers = {}
    if row.get("etag"):
        headers["If-None-Match"] = row["etag"]
    if row.get("last_modified"):
        headers["If-Modified-Since"] = row["last_modified"]
    return headers


def landing(row: dict[str, Any], answer: Answer | InputError, now: float, rules: Rules) -> Landing:
    """What an answer, or the lack of one, means for a page."""
    if isinstance(answer, InputError):
        lasting = isinstance(answer, (NeverFetched, TooLarge)) or not isinstance(answer, FetchError)
        return _failed(row, answer.reason, str(answer), now, rules) if lasting else _again(row, str(answer), now, rules)
    values: dict[str, Any] = {"status": answer.status}
    told = f"the server answered {answer.status} {answer.reason}".rstrip()
    if answer.status == 200:
        return _content(row, answer, now, rules)
    if answer.status == 304 and row["article"]:
        return Landing(values | rechecked(row, now, rules))
    try:
        onward = answer.onward
    except FetchError as error:
        return _failed(row, "redirect", str(error), now, rules, values)
    if onward is not None:
        return _onward(row, onward, now, rules, values)
    if answer.status in _BUSY:
        until = now + max(_retry_after(answer, now), rules.wait(row["host"], 1))
        landed = _again(row, told, now, rules, values)
        landed.host_until = min(until, now + LONGEST_BACKOFF)
        return landed
    if answer.status >= 500 or answer.status == 408:
        return _again(row, told, now, rules, values)
    if answer.status in _GONE:
        return _gone(row, answer.status, told, now, rules, values)
    return _failed(row, "refused", told, now, rules, values)


def rechecked(row: dict[str, Any], now: float, rules: Rules) -> dict[str, Any]:
    """A coded page was looked at: when to look again."""
    checks = row["checks"] + 1
    due = now + rules.rechecks[checks] if checks < len(rules.rechecks) else None
    return {"state": row["state"], "checks": checks, "attempts": 0, "due": due}


def _content(row: dict[str, Any], answer: Answer, now: float, rules: Rules) -> Landing:
    digest = hashlib.sha256(answer.content).hexdigest()
    values: dict[str, Any] = {
        "status": 200, "etag": _short(answer.headers.get("etag")), "last_modified": _short(answer.headers.get("last-modified")),
        "fetched": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"), "bytes": len(answer.content), "digest": digest,
    }  # fmt: skip
    if row["article"] and digest == row["digest"]:
        return Landing(values | rechecked(row, now, rules))
    body = zlib.compress(answer.content, 3)
    return Landing(
        values | {"state": "fetched", "body": body, "attempts": 0, "due": None, "reason": None, "message": None}
    )


def _onward(row: dict[str, Any], onward: str, now: float, rules: Rules, values: dict[str, Any]) -> Landing:
    url = canonical_url(onward)
    if url is None:
        return _failed(row, "redirect", "it redirects to what is no http(s) address", now, rules, values)
    if url == row["url"]:
        return _failed(row, "redirect", "it redirects to itself", now, rules, values)
    if row["article"]:
        return Landing(values | rechecked(row, now, rules) | {"message": f"it redirects to {url}"})
    if row["hops"] >= MAX_HOPS:
        return _failed(row, "redirect", f"over {MAX_HOPS} redirects, the last to {url}", now, rules, values)
    values |= {"state": "moved", "due": None, "attempts": 0}
    return Landing(values, Link(url=url, host=host_of(url), hops=row["hops"] + 1), final=True)


def _gone(row: dict[str, Any], status: int, told: str, now: float, rules: Rules, values: dict[str, Any]) -> Landing:
    """Of a coded page: withdrawn; a 404 may be a mishap, so it has to be seen twice."""
    if not row["article"]:
        return _failed(row, "gone", told, now, rules, values)
    if status == 404 and row["attempts"] == 0:
        return Landing(values | {"attempts": 1, "due": now + rules.wait(row["url"], 1)})
    when = row["retracted"] or datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    return Landing(values | {"retracted": when, "retraction": "gone", "attempts": 0, "due": None})


def _again(row: dict[str, Any], why: str, now: float, rules: Rules, values: dict[str, Any] | None = None) -> Landing:
    attempts = row["attempts"] + 1
    if attempts >= rules.attempts:
        landed = _failed(row, "fetch", f"{why} (tried {attempts} times)", now, rules, values)
    else:
        due = now + rules.wait(row["url"], attempts)
        landed = Landing({**(values or {}), "attempts": attempts, "message": why[:500], "due": due})
    landed.host_failed = True
    return landed


def _failed(
    row: dict[str, Any], reason: str, why: str, now: float, rules: Rules, values: dict[str, Any] | None = None
) -> Landing:
    """The end of a page; one that was coded before stays coded."""
    if row["article"]:
        return Landing({**(values or {}), **rechecked(row, now, rules), "message": why[:500]})
    ended = {"state": "failed", "reason": reason, "message": why[:500], "due": None}
    return Landing({**(values or {}), **ended}, final=True)


def _retry_after(answer: Answer, now: float) -> float:
    """Seconds, as the server asks for them: a number or a date."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text[:7])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError):
        return 0.0


def _short(header: str | None) -> str | None:
    """A validator that is to be sent back, if it is of a sane length."""
    return header if header is not None and len(header) <= 500 else None
