"""Codings as scorers see them: articles with events, whoever coded them, from whatever file they come."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from quidnunc.errors import InputError
from quidnunc.records import CodedArticle

Days = tuple[str, str]

ORGANISATIONS = frozenset({"IGO", "UNO", "EUR", "NATO", "INT"})
"""Codes of organisations of states: which of them a coder writes is not scored."""

SPOKEN = {"AGREE": {"planned", "offered"}, "REQUEST": {"demanded"}, "REJECT": {"refused"}, "THREATEN": {"threatened"}}
"""A spoken act has occurred, and what it speaks of has not: for these types both ways to say so are one."""

LONGEST_LINE = 32_000_000


class CodedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as far as scorers look at it. ``types`` and ``statuses`` hold all that a coding accepts."""

    where: str
    """The sentence, squashed: words in lower case with single spaces between."""
    also: tuple[str, ...] = ()
    """Further sentences, squashed."""
    sentence: str = ""
    trigger: str = ""
    type: str
    types: frozenset[str]
    mode: str | None = None
    sources: frozenset[str] = frozenset()
    """Countries; organisations of states are one."""
    targets: frozenset[str] = frozenset()
    source_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    has_target: bool = True
    status: str
    statuses: frozenset[str]
    defended: tuple[str, ...] = ()
    """Other statuses that the coders would defend."""
    date: Days | None = None
    core: bool = True


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """One article's events by one coder."""

    id: str
    url: str = ""
    text: str = ""
    """Squashed."""
    parent: bool = False
    """Whether it is a related card."""
    events: tuple[CodedEvent, ...] = ()


def squash(text: str | None) -> str:
    """Words in lower case, single spaces between."""
    return re.sub(r"\W+", " ", text or "").strip().lower()


def countries(parties: Iterable[Any] | None) -> frozenset[str]:
    """The countries of one side; a party without one counts by its sector where that names an organisation of states."""
    found = set()
    for party in parties or ():
        sectors = [*(party.get("sectors") or ()), party.get("sector") or ""]
        code = party.get("country") or next((sector for sector in sectors if sector in ORGANISATIONS), "")
        if code:
            found.add("IGO" if code in ORGANISATIONS else code)
    return frozenset(found)


def accepted(statuses: Iterable[str], types: Iterable[str]) -> frozenset[str]:
    """The statuses that count as one of these."""
    out = set(statuses)
    for kind in types:
        if kind in SPOKEN and out & ({"occurred"} | SPOKEN[kind]):
            out |= {"occurred"} | SPOKEN[kind]
    return frozenset(out)


def of_coded(plain: dict[str, Any]) -> Coding:
    """The coding in an object that ``quidnunc code --json`` printed."""
    article = plain["article"]
    text = article["text"]
    events = tuple(_event_of_coded(event, text) for event in plain["events"])
    return Coding(id=str(article["id"]), url=str(article.get("url") or ""), text=squash(text), parent=bool(plain.get("parent")), events=events)  # fmt: skip


def _event_of_coded(event: dict[str, Any], text: str) -> CodedEvent:
    spans = event.get("spans") or {}
    sentence, trigger = spans.get("sentence"), spans.get("trigger")
    words = text[sentence[0] : sentence[1]] if sentence else ""
    day = event.get("date") or {}
    return CodedEvent(
        where=squash(words),
        also=tuple(squash(text[a:b]) for a, b in spans.get("also") or ()),
        sentence=words,
        trigger=text[trigger[0] : trigger[1]] if trigger else "",
        type=event["type"],
        types=frozenset({event["type"]}),
        mode=event.get("mode"),
        sources=countries(event.get("sources")),
        targets=countries(event.get("targets")),
        source_names=_names(event.get("sources"), "text"),
        target_names=_names(event.get("targets"), "text"),
        has_target=bool(event.get("targets")),
        status=event.get("status") or "",
        statuses=accepted([event.get("status") or ""], [event["type"]]),
        date=(day["start"], day.get("end") or day["start"]) if day.get("start") else None,
    )


def of_gold(plain: dict[str, Any]) -> Coding:
    """The coding in a line of annotated articles: id, text, events with sentence, type, source, target, status, date."""
    events = []
    for event in plain["events"]:
        day, kind = event.get("date"), event["type"]
        events.append(
            CodedEvent(
                where=squash(event["sentence"]),
                also=tuple(squash(one) for one in event.get("also") or ()),
                sentence=event["sentence"],
                trigger=event.get("trigger") or "",
                type=kind,
                types=frozenset({kind, *(event.get("alt_types") or ())}),
                mode=event.get("mode"),
                sources=countries(event.get("source")),
                targets=countries(event.get("target")),
                source_names=_names(event.get("source"), "name"),
                target_names=_names(event.get("target"), "name"),
                has_target=bool(event.get("target")),
                status=event["status"],
                statuses=accepted([event["status"], *(event.get("alt_status") or ())], [kind]),
                defended=tuple(event.get("alt_status") or ()),
                date=(day["start"], day["end"]) if day else None,
                core=event.get("core", True),
            )
        )
    return Coding(id=str(plain["id"]), url=str(plain.get("url") or ""), text=squash(plain["text"]), events=tuple(events))  # fmt: skip


def _names(parties: Iterable[dict[str, Any]] | None, key: str) -> tuple[str, ...]:
    return tuple(str(party.get(key) or "") for party in parties or ())


def of_article(coded: CodedArticle) -> Coding:
    """The coding in a record."""
    return of_coded(coded.to_dict())


def json_lines(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON-lines file with their line numbers; raises InputError for a line that is none."""
    try:
        with Path(path).open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                if len(line) > LONGEST_LINE:
                    raise InputError(f"{path}, line {number}: over {LONGEST_LINE:,} characters")
                plain = json.loads(line)
                if not isinstance(plain, dict):
                    raise InputError(f"{path}, line {number}: a JSON object is wanted, not {type(plain).__name__}")
                yield number, plain
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: it cannot be read as text: {error}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path}: not JSON lines: {error}") from error


def read_codings(path: str | Path, view: Literal["coded", "corrected"] = "coded") -> list[Coding]:
    """The codings in a JSON-lines file (of the coder, or gold lines) or in a database, in file order.

    ``view``: of a database, the codes as they are, or after corrections. Raises InputError naming the line that does not fit, StoreError for a database that does not open.
    """
    name = str(path)
    if "://" in name or _is_database(Path(name)):
        return _of_store(name, view)
    found = []
    for number, plain in json_lines(path):
        try:
            found.append(of_coded(plain) if "article" in plain else of_gold(plain))
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise InputError(
                f"{path}, line {number}: neither an object of `quidnunc code --json` nor an annotated article ({type(error).__name__}: {error})"
            ) from error
    return found


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror or error}") from error


def _of_store(name: str, view: Literal["coded", "corrected"]) -> list[Coding]:
    from quidnunc.store import Store

    with Store(name, create=False) as store:
        found, shorts = [], []
        for stored in store.coded():
            found.append(of_article(stored.coded))
            shorts.append(stored.short)
        if view == "coded":
            return found
        rows: dict[str, list[CodedEvent]] = {}
        for row in store.event_rows(view="corrected"):
            rows.setdefault(row["id"].rsplit(":", 1)[0], []).append(_event_of_row(row))
    return [
        msgspec.structs.replace(one, events=tuple(rows.get(short, ())))
        for one, short in zip(found, shorts, strict=True)
    ]


def _event_of_row(row: dict[str, Any]) -> CodedEvent:
    """An event of the flat table, which may have been corrected or added by hand."""

    def side(name: str) -> list[dict[str, Any]]:
        codes = zip(row[f"{name}_countries"], row[f"{name}_sectors"], strict=False)
        return [{"country": country, "sectors": (sectors or "").split()} for country, sectors in codes]

    return CodedEvent(
        where=squash(row["sentence"]),
        sentence=row["sentence"] or "",
        trigger=row["trigger"] or "",
        type=row["type"],
        types=frozenset({row["type"]}),
        mode=row["mode"],
        sources=countries(side("source")),
        targets=countries(side("target")),
        source_names=tuple(row["source_names"]),
        target_names=tuple(row["target_names"]),
        has_target=bool(row["target_names"]),
        status=row["status"],
        statuses=accepted([row["status"]], [row["type"]]),
        date=(row["date_start"], row["date_end"] or row["date_start"]) if row["date_start"] else None,
    )
