"""Articles for annotation tools: brat, Label Studio, INCEpTION. Each is read back by ``quidnunc import``."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from quidnunc.errors import StoreError
from quidnunc.formats._format import Format, Options
from quidnunc.formats._marked import MarkedText, marked
from quidnunc.store import Selection, Store

DAY = (1980, 1, 1, 0, 0, 0)
"""The date of files in a zip: always the same, so that the bytes are."""


def _texts(store: Store, selection: Selection) -> Iterator[MarkedText]:
    for stored in store.coded(selection):
        if stored.events and stored.coded.article.text:
            yield marked(stored.coded, stored.events)


def write_brat(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """A zip with a .txt and an .ann for each article, and the tool's configuration; counts events."""
    events = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "annotation.conf", _configuration())
        for text in _texts(store, selection):
            _put(packed, f"{text.name}.txt", text.text)
            _put(packed, f"{text.name}.ann", standoff(text))
            events += len(text.events)
    return events


def standoff(text: MarkedText) -> str:
    """brat's lines: T spans, # what is known of an actor, E events, A status and mode."""
    lines, notes, attributes = [], 0, 0
    for span in text.spans:
        words = " ".join(text.text[slice(*span.span)].split("\n"))
        lines.append(f"{span.id}\t{span.label} {span.span[0]} {span.span[1]}\t{words}")
        known = " ".join(part for part in (span.country or "", *span.sectors) if part)
        if known:
            notes += 1
            lines.append(f"#{notes}\tAnnotatorNotes {span.id}\t{known}")
    labels = {span.id: span.label for span in text.spans}
    for event in text.events:
        roles = "".join(f" {role}:{name}" for role, name in _numbered(event.roles))
        lines.append(f"{event.id}\t{labels[event.trigger]}:{event.trigger}{roles}")
        for name, value in (("Status", event.status), ("Mode", event.mode)):
            if value:
                attributes += 1
                lines.append(f"A{attributes}\t{name} {event.id} {value}")
    return "".join(f"{line}\n" for line in lines)


def _numbered(roles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """brat numbers a role that comes again: Source, Source2 ..."""
    seen: dict[str, int] = {}
    for role, name in roles:
        seen[role] = seen.get(role, 0) + 1
        yield (role if seen[role] == 1 else f"{role}{seen[role]}"), name


def _configuration() -> str:
    from typing import get_args

    from quidnunc.records import EventType, Status

    types = "\n".join(f"{kind}\tSource*:Actor, Target*:Actor" for kind in get_args(EventType))
    return f"[entities]\nActor\n[relations]\n[events]\n{types}\n[attributes]\nStatus\tArg:<EVENT>, Value:{'|'.join(get_args(Status))}\nMode\tArg:<EVENT>\n"


def write_labelstudio(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """One task an article, its events as a prediction to begin from; counts events."""
    events = 0
    file.write(b"[")
    for number, text in enumerate(_texts(store, selection)):
        file.write(b",\n" if number else b"\n")
        file.write(json.dumps(task(text), ensure_ascii=False, sort_keys=True).encode())
        events += len(text.events)
    file.write(b"\n]\n")
    return events


def task(text: MarkedText) -> dict[str, Any]:
    """A task in Label Studio's JSON: labels, a choice of status, the mode as text, and relations from trigger to actor."""
    result: list[dict[str, Any]] = []
    for span in text.spans:
        value: dict[str, Any] = {"start": span.span[0], "end": span.span[1], "text": text.text[slice(*span.span)]}
        base = {"id": span.id, "to_name": "text"}
        result.append({**base, "from_name": "label", "type": "labels", "value": {**value, "labels": [span.label]}})
        known = " ".join(part for part in (span.country or "", *span.sectors) if part)
        if known:
            result.append({**base, "from_name": "code", "type": "textarea", "value": {**value, "text": [known]}})
    for event in text.events:
        start, end = next(span.span for span in text.spans if span.id == event.trigger)
        base = {"id": event.trigger, "to_name": "text"}
        if event.status:
            result.append({**base, "from_name": "status", "type": "choices", "value": {"start": start, "end": end, "choices": [event.status]}})  # fmt: skip
        if event.mode:
            result.append({**base, "from_name": "mode", "type": "textarea", "value": {"start": start, "end": end, "text": [event.mode]}})  # fmt: skip
        result += [{"from_id": event.trigger, "to_id": name, "type": "relation", "direction": "right", "labels": [role]} for role, name in event.roles]  # fmt: skip
    data = {"text": text.text, "id": text.name, "published": text.published, "outlet": text.outlet}
    return {"data": data, "predictions": [{"model_version": "quidnunc", "result": result}]}


def write_inception(store: Store, selection: Selection, file: BinaryIO, _: Options) -> int:
    """A zip with one UIMA CAS (XMI) an article and the type system; counts events."""
    events = 0
    types = type_system()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "TypeSystem.xml", types.to_xml())
        for text in _texts(store, selection):
            _put(packed, f"{text.name}.xmi", _cas(text, types).to_xmi(pretty_print=True))
            events += len(text.events)
    return events


ACTOR, EVENT, ROLE = "webanno.custom.Actor", "webanno.custom.Event", "webanno.custom.Role"


def type_system() -> Any:
    """The layers: Actor (country, sectors), Event (type, mode, status), and Role from an event to an actor."""
    try:
        import cassis
    except ImportError as error:
        raise StoreError("INCEpTION's files need dkpro-cassis: pip install 'quidnunc[inception]'") from error
    types = cassis.TypeSystem()
    for name, features in ((ACTOR, ("country", "sectors")), (EVENT, ("eventType", "mode", "status")), (ROLE, ("role",))):  # fmt: skip
        kind = types.create_type(name=name, supertypeName="uima.tcas.Annotation")
        for feature in features:
            types.create_feature(domainType=kind, name=feature, rangeType="uima.cas.String")
    role = types.get_type(ROLE)
    for feature, target in (("Governor", EVENT), ("Dependent", ACTOR)):
        types.create_feature(domainType=role, name=feature, rangeType=target)
    return types


def _cas(text: MarkedText, types: Any) -> Any:
    import cassis

    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = text.text, "text/plain"
    actor, event, role = (types.get_type(name) for name in (ACTOR, EVENT, ROLE))
    made = {}
    about = {one.trigger: one for one in text.events}
    for span in text.spans:
        start, end = span.span
        if span.label == "Actor":
            made[span.id] = actor(begin=start, end=end, country=span.country, sectors=" ".join(span.sectors) or None)
        else:
            told = about[span.id]
            made[span.id] = event(begin=start, end=end, eventType=span.label, mode=told.mode, status=told.status)
        cas.add(made[span.id])
    for one in text.events:
        for name, other in one.roles:
            end_of = made[other]
            cas.add(role(begin=end_of.begin, end=end_of.end, role=name, Governor=made[one.trigger], Dependent=end_of))
    return cas


def _put(packed: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(info, text.encode("utf-8", "replace"))


_LOSES = "dates, places, contexts, codes that follow from type and mode, who says so, confidence and reasons; parties that stand in another sentence; articles without events"
FORMATS: Iterable[Format] = (
    Format("brat", ".zip", "brat", _LOSES, write_brat),
    Format("labelstudio", ".json", "Label Studio", _LOSES, write_labelstudio),
    Format("inception", ".zip", "INCEpTION, through UIMA CAS", _LOSES, write_inception),
)
