"""From fetched content to rows: duplicates told apart, retractions marked, everything accounted for."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from quidnunc.collect._feeds import host_of
from quidnunc.errors import InputError
from quidnunc.pages import canonical_url
from quidnunc.records import CodedArticle, Page
from quidnunc.store import Coded, Ledger

if TYPE_CHECKING:
    from quidnunc.coder import Coder

CRASHES = 8
"""How often a page may be taken up without coming to an end: then it is what kills the process."""

_CANONICAL = re.compile(rb"<link\b[^>]{0,300}\brel\s*=\s*[\"']?canonical\b[^>]{0,2200}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE)
_HEAD = 100_000
_NOTICE = re.compile(
    r"\W*(?:retract(?:ed|ion)\b\s*(?:[:|–—-]|notice)|withdrawn\s*[:|–—-]|(?:this|the) (?:article|story|report) (?:has been|was|is) (?:retracted|withdrawn|removed))",
    re.IGNORECASE,
)


class Batch:
    """Pages with content, on their way through the coder."""

    def __init__(self, ledger: Ledger, rows: list[dict[str, Any]], now: float, first_check: float | None) -> None:
        self._ledger = ledger
        self._rows = rows
        self._due = None if first_check is None else now + first_check
        self._words: dict[tuple[str, str], int] = {}
        self._articles: dict[str, int] = {}
        self._digests: dict[tuple[str, str], int] = {}

    def code(self, coder: Coder) -> list[Coded]:
        """What became of each page, in order."""
        twins = {row["number"]: self._same_bytes(row) for row in self._rows}
        wanted = [row for row in self._rows if twins[row["number"]] is None]
        results = dict(zip((row["number"] for row in wanted), coder(map(page_of, wanted)), strict=True))
        undated = [row for row in wanted if _lacks_date(results[row["number"]]) and row["published"]]
        if undated:  # the page does not say when it was published, and the source does
            again = coder(page_of(row, dated=True) for row in undated)
            results |= zip((row["number"] for row in undated), again, strict=True)
        return [self._end(row, twins[row["number"]], results.get(row["number"])) for row in self._rows]

    def _same_bytes(self, row: dict[str, Any]) -> int | None:
        if row["article"]:
            return None
        key = (row["host"], row["digest"])
        first = self._digests.setdefault(key, row["number"])
        return first if first != row["number"] else self._ledger.twin(row, digest=row["digest"])

    def _end(self, row: dict[str, Any], twin: int | None, result: CodedArticle | InputError | None) -> Coded:
        number = row["number"]
        if twin is not None or result is None:
            return Coded(number=number, values=_duplicate(twin, "the same content"))
        if isinstance(result, InputError):
            return Coded(number=number, values=_failed(row, result, self._due))
        article = result.article
        words = _words(article.text)
        if not row["article"]:
            twin = self._words.get((row["host"], words)) or self._ledger.twin(row, words=words)
            if twin is not None:
                return Coded(number=number, values=_duplicate(twin, "the same words"))
            twin = self._articles.get(article.id) or self._ledger.holder(article.id, number)
            if twin is not None:
                return Coded(number=number, values=_duplicate(twin, "the same canonical URL"))
        self._words[row["host"], words] = number
        self._articles[article.id] = number
        values: dict[str, Any] = {
            "state": "skipped" if result.skipped else "coded", "reason": None, "message": result.skipped, "article": article.id, "words": words,
            "body": None, "attempts": 0, "checks": 0, "due": self._due,
        }  # fmt: skip
        if _NOTICE.match(article.headline or "") or _NOTICE.match(article.text[:200]):
            values |= {"retracted": row["retracted"] or row["fetched"], "retraction": "notice"}
        elif row["retraction"] == "gone":
            values |= {"retracted": None, "retraction": None}  # it is back
        return Coded(number=number, values=values, coded=result)


def page_of(row: dict[str, Any], *, dated: bool = False) -> Page:
    """The page as the coder takes it, under its canonical URL if that is one of the same host."""
    content: bytes = row["body"]
    url = canonical_of(content, row["url"]) or row["url"]
    return Page(row["url"], content, url, row["published"] if dated else None, str(row["fetched"])[:16])


def canonical_of(content: bytes, url: str) -> str | None:
    """The URL that a page calls its own, if it is on the page's host: a page cannot pass for another outlet's."""
    link = _CANONICAL.search(content[:_HEAD])
    href = _HREF.search(link[0]) if link else None
    own = canonical_url(href[1].decode("utf-8", "replace")) if href else None
    return own if own is not None and host_of(own) == host_of(url) else None


def _lacks_date(result: CodedArticle | InputError) -> bool:
    return isinstance(result, CodedArticle) and result.article.published is None


def _words(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).casefold().encode("utf-8", "replace")).hexdigest()


def _duplicate(twin: int | None, why: str) -> dict[str, Any]:
    return {"state": "duplicate", "same_as": twin, "message": why, "body": None, "due": None, "attempts": 0}


def _failed(row: dict[str, Any], error: InputError, due: float | None) -> dict[str, Any]:
    """The content stays for another look; a page that was coded before keeps its codes."""
    if row["article"]:
        return {"state": "coded", "message": str(error)[:500], "body": None, "due": due, "attempts": 0}
    return {"state": "failed", "reason": error.reason, "message": str(error)[:500], "due": None}
