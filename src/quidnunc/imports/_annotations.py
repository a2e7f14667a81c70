"""What people marked in brat, Label Studio and INCEpTION, as whole articles with their events."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quidnunc.errors import InputError, TooLarge
from quidnunc.formats._marked import Marked, MarkedEvent, MarkedText, coded
from quidnunc.imports._files import Tally
from quidnunc.records import CodedArticle

LARGEST, MOST = 20_000_000, 100_000
"""Bytes of one document, and documents of one import."""
_CODES = re.compile(r"\b[A-Z]{3}\b")


def _documents(path: Path, *suffixes: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the files of a folder, a zip, or the file itself; nothing is unpacked to disk."""
    try:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.is_file() and one.name.lower().endswith(suffixes))
            for one in found[:MOST]:
                if one.stat().st_size > LARGEST:
                    raise TooLarge(f"{one}: more than {LARGEST:,} bytes")
                yield one.relative_to(path).as_posix(), one.read_bytes()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for info in sorted(packed.infolist(), key=lambda one: one.filename)[:MOST]:
                    if not info.filename.lower().endswith(suffixes):
                        continue
                    with packed.open(info) as inner:
                        data = inner.read(LARGEST + 1)
                    if len(data) > LARGEST:
                        raise TooLarge(f"{path}: {info.filename}: more than {LARGEST:,} bytes unpacked")
                    yield info.filename, data
        else:
            if path.stat().st_size > LARGEST * 20:
                raise TooLarge(f"{path}: more than {LARGEST * 20:,} bytes: split it")
            yield path.name, path.read_bytes()
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: it cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _told(tally: Tally, number: int, text: MarkedText, source: str) -> Iterator[tuple[int, CodedArticle]]:
    article = coded(text, source)
    for wrong in text.wrong:
        tally.refuse(number, wrong)
    yield number, article


def read_brat(path: Path, tally: Tally) -> Iterator[tuple[int, CodedArticle]]:
    """A folder or zip of .txt and .ann of the same name."""
    files = dict(_documents(path, ".txt", ".ann"))
    for number, (name, data) in enumerate(((n, d) for n, d in files.items() if n.endswith(".ann")), 1):
        tally.rows += 1
        body = files.get(name[:-4] + ".txt")
        if body is None:
            tally.refuse(number, f"{name}: there is no {name[:-4]}.txt")
            continue
        text = MarkedText(Path(name).stem, body.decode("utf-8", "replace"))
        _standoff(text, data.decode("utf-8", "replace"))
        yield from _told(tally, number, text, "brat")


def _standoff(text: MarkedText, ann: str) -> None:
    spans: dict[str, tuple[str, tuple[int, int]]] = {}
    known: dict[str, list[str]] = {}
    events: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    attributes: dict[tuple[str, str], str] = {}
    for line in ann.splitlines():
        parts = line.split("\t")
        try:
            if line.startswith("T"):
                label, where = parts[1].split(" ", 1)
                places = [int(n) for piece in where.split(";") for n in piece.split()]
                spans[parts[0]] = label, (places[0], places[-1])
            elif line.startswith("E"):
                first, *rest = parts[1].split()
                events[parts[0]] = first.split(":")[1], [tuple(one.split(":")) for one in rest]  # type: ignore[misc]
            elif line.startswith(("A", "M")):
                name, target, *value = parts[1].split()
                attributes[target, name] = " ".join(value)
            elif line.startswith("#"):
                known.setdefault(parts[1].split()[1], []).extend(_CODES.findall(parts[2]))
        except (ValueError, IndexError):
            text.wrong.append(f"{text.name}: a line that brat would not write: {line[:80]!r}")
    text.spans = [_mark(name, span, label, known.get(name, [])) for name, (label, span) in spans.items()]
    for name, (trigger, roles) in events.items():
        plain = tuple((re.sub(r"\d+$", "", role), other) for role, other in roles)
        text.events.append(MarkedEvent(name, trigger, plain, attributes.get((name, "Mode")), attributes.get((name, "Status"))))  # fmt: skip


def _mark(name: str, span: tuple[int, int], label: str, codes: list[str]) -> Marked:
    """Codes: first the country, where it is known, then sectors."""
    country = codes[0] if codes and codes[0] not in _SECTORS else None
    return Marked(name, span, label, country, tuple(codes[1:] if country else codes))


_SECTORS = frozenset("GOV MIL COP LEG JUD PTY OPP REB SPY UAF PRM CRM CVL JRN MED BUS LAB AGR EDU REF REL NGO ELI PRE SOC".split())  # fmt: skip


def read_labelstudio(path: Path, tally: Tally) -> Iterator[tuple[int, CodedArticle]]:
    """Tasks as exported (JSON or JSON-MIN is not enough): the first annotation that was not cancelled, else the first prediction."""
    for _, data in _documents(path, ".json"):
        try:
            tasks = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}: no JSON: {error}") from error
        for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
            tally.rows += 1
            try:
                text = _task(task)
            except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
                tally.refuse(number, f"no task of Label Studio with a text: {type(error).__name__} {error}")
                continue
            yield from _told(tally, number, text, "labelstudio")


def _task(task: dict[str, Any]) -> MarkedText:
    data = task["data"]
    made = [one for one in task.get("annotations") or () if not one.get("was_cancelled")] or task.get("predictions") or [{"result": []}]  # fmt: skip
    text = MarkedText(str(data.get("id") or task.get("id") or ""), str(data["text"]), published=data.get("published"), outlet=data.get("outlet"))  # fmt: skip
    labels: dict[str, tuple[str, tuple[int, int]]] = {}
    codes: dict[str, list[str]] = {}
    told: dict[tuple[str, str], str] = {}
    roles: dict[str, list[tuple[str, str]]] = {}
    for one in made[0]["result"]:
        value = one.get("value", {})
        if one["type"] == "labels":
            labels[one["id"]] = str(value["labels"][0]), (int(value["start"]), int(value["end"]))
        elif one["type"] == "textarea" and one.get("from_name") == "code":
            codes.setdefault(one["id"], []).extend(_CODES.findall(" ".join(value["text"])))
        elif one["type"] in ("textarea", "choices"):
            told[one["id"], str(one.get("from_name"))] = str((value.get("choices") or value.get("text"))[0])
        elif one["type"] == "relation":
            roles.setdefault(one["from_id"], []).append((str((one.get("labels") or ["Source"])[0]).title(), one["to_id"]))  # fmt: skip
    text.spans = [_mark(name, span, label, codes.get(name, [])) for name, (label, span) in labels.items()]
    triggers = [name for name, (label, _) in labels.items() if label != "Actor"]
    text.events = [MarkedEvent(f"E{n}", name, tuple(roles.get(name, ())), told.get((name, "mode")), told.get((name, "status"))) for n, name in enumerate(triggers, 1)]  # fmt: skip
    return text


def read_inception(path: Path, tally: Tally) -> Iterator[tuple[int, CodedArticle]]:
    """A zip or folder with TypeSystem.xml and one .xmi a document (``UIMA CAS XMI`` in INCEpTION's export)."""
    try:
        import cassis
    except ImportError as error:
        raise InputError("INCEpTION's files need dkpro-cassis: pip install 'quidnunc[inception]'") from error
    from lxml import etree

    files = list(_documents(path, ".xmi", ".xml"))
    types = next((data for name, data in files if name.lower().endswith("typesystem.xml")), None)
    if types is None:
        raise InputError(f"{path}: there is no TypeSystem.xml: export as 'UIMA CAS XMI (XML 1.0)'")
    documents = [(name, data) for name, data in files if name.lower().endswith(".xmi")]
    for number, (name, data) in enumerate(documents, 1):
        tally.rows += 1
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<!DOCTYPE" in types:
            tally.refuse(number, f"{name}: a document type is not allowed")
            continue
        try:
            system = cassis.load_typesystem(types.decode("utf-8"))
            text = _from_cas(Path(name).stem, cassis.load_cas_from_xmi(data.decode("utf-8"), typesystem=system))
        except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, etree.XMLSyntaxError) as error:
            tally.refuse(number, f"{name}: no CAS: {error}")
            continue
        yield from _told(tally, number, text, "inception")


def _from_cas(name: str, cas: Any) -> MarkedText:
    from quidnunc.formats.annotation import ACTOR, EVENT, ROLE

    text = MarkedText(name, cas.sofa_string or "")
    ids: dict[Any, str] = {}
    for actor in cas.select(ACTOR):
        ids[actor.xmiID] = f"T{len(ids) + 1}"
        text.spans.append(Marked(ids[actor.xmiID], (actor.begin, actor.end), "Actor", actor.country or None, tuple((actor.sectors or "").split())))  # fmt: skip
    roles: dict[Any, list[tuple[str, str]]] = {}
    for role in cas.select(ROLE):
        if role.Governor is not None and role.Dependent is not None:
            roles.setdefault(role.Governor.xmiID, []).append((str(role.role), ids.get(role.Dependent.xmiID, "?")))
    for number, event in enumerate(cas.select(EVENT), 1):
        trigger = f"T{len(ids) + number}"
        text.spans.append(Marked(trigger, (event.begin, event.end), str(event.eventType)))
        text.events.append(MarkedEvent(f"E{number}", trigger, tuple(roles.get(event.xmiID, ())), event.mode or None, event.status or None))  # fmt: skip
    return text
