"""``quidnunc why EVENT``: the words behind an event, and how each of its fields was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quidnunc._terminal import clean, flat, interval
from quidnunc.records import Actor, CodedArticle, Event, Party, Span, Statement
from quidnunc.store import StoredEvent

STYLES = {
    "source": "bold cyan",
    "trigger": "bold black on yellow",
    "target": "bold magenta",
    "date": "bold green",
    "place": "bold blue",
    "speaker": "underline",
    "cue": "italic underline",
}

Field = tuple[str, str, str]
"""Name, value, why."""

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def show(console: Console, stored: StoredEvent) -> None:
    """Print everything that is known of one event.

    In a terminal the words behind the fields are coloured; elsewhere they stand in brackets with the field's name.
    """
    coded, event = stored.coded, stored.event
    article = coded.article
    console.print(Text(f"{stored.id}  ", style="dim") + Text(flat(article.headline or ""), style="bold"))
    facts = [article.outlet, article.agency, article.published, article.url, f"coded by quidnunc {coded.quidnunc}"]
    console.print(Text(" · ".join(flat(fact) for fact in facts if fact), style="dim"))
    console.print(Padding(_context(coded, event, marked=not console.is_terminal), (1, 2)))
    if console.is_terminal:
        console.print(Padding(Text("  ").join(Text(name, style=style) for name, style in STYLES.items()), (0, 2, 1, 2)))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("field", style="bold", no_wrap=True)
    table.add_column("value", overflow="fold")
    table.add_column("because", overflow="fold", style="dim")
    for field in fields(coded, event):
        table.add_row(*(Text(clean(part)) for part in field))
    console.print(table)


def fields(coded: CodedArticle, event: Event) -> Iterator[Field]:
    """Every field of an event, with the reason for its value."""
    reasons = dict(event.reasons)
    said = next((one for one in coded.statements if one.id == event.attribution), None)
    cast = {actor.id: actor for actor in coded.actors}
    for name, value, because in (
        *_act_fields(event),
        *_side_fields("source", event.sources, cast),
        *_side_fields("target", event.targets, cast),
        *_date_and_place_fields(event),
        ("status", event.status, ""),
        ("polarity", event.polarity, ""),
        *_statement_fields(said, coded),
        ("confidence", f"{event.confidence:.2f}", ""),
        ("decided by", event.decided_by, ""),
    ):
        reason = reasons.pop(name, "") or reasons.pop(f"{name}s", "")
        yield name, value, "; ".join(part for part in (because, reason) if part)
    yield from ((name, "", reason) for name, reason in sorted(reasons.items()))


def _act_fields(event: Event) -> Iterator[Field]:
    yield "type", event.type + (f", mode {event.mode}" if event.mode else ""), ""
    if event.contexts:
        yield "contexts", ", ".join(event.contexts), ""
    values = f"CAMEO {event.cameo}" + (f", Goldstein {event.goldstein:+.1f}" if event.goldstein is not None else "")
    yield "codes", f"{values}, PLOVER score {event.plover_score:+.1f}, {QUADS[event.quad]}", ""


def _side_fields(side: str, parties: Iterable[Party], cast: dict[str, Actor]) -> Iterator[Field]:
    for party in parties:
        actor = cast.get(party.actor)
        codes = " ".join(filter(None, (party.country, *party.sectors)))
        role = f", {actor.role}" if actor and actor.role else ""
        name = actor.name if actor else party.text
        in_words = f', here "{party.text}"' if party.text != name else ""
        yield side, f"{name}{f' ({codes})' if codes else ''}{role}{in_words}", actor.resolved_by if actor else ""


def _date_and_place_fields(event: Event) -> Iterator[Field]:
    date, place = event.date, event.place
    if date is None:
        yield "date", "unknown", ""
    else:
        words = f', "{date.text}"' if date.text else ""
        yield "date", f"{interval(date.start, date.end)} ({date.precision}{words})", date.because
    if place is None:
        yield "place", "unknown", ""
    else:
        names = ", ".join(dict.fromkeys(filter(None, (place.name, place.admin1, place.country))))
        point = f" {place.lat:.3f} {place.lon:.3f}" if place.lat is not None and place.lon is not None else ""
        yield "place", f"{names} ({place.precision}{point})", place.because


def _statement_fields(said: Statement | None, coded: CodedArticle) -> Iterator[Field]:
    if said is None:
        yield (
            "says who",
            coded.article.outlet or coded.article.agency or "the outlet itself",
            "no other source is named",
        )
        return
    how = "in its own words" if said.direct else "reported"
    yield "says who", f"{said.speaker_text} ({said.stance}, {how}, cue {said.cue!r})", ""
    if said.chain:
        yield "chain", " ← ".join(said.chain), "from the outlet back to the mouth"


def _context(coded: CodedArticle, event: Event, *, marked: bool) -> Group:
    """The paragraphs that hold the event's words, its sentence standing out from them."""
    text, spans = coded.article.text, _spans(coded, event)
    shown: list[Text] = []
    for start, end in _paragraphs(text):
        if not any(start <= span[0] < end for _, span in spans) and not start <= event.spans.sentence[0] < end:
            continue
        inside = [(name, span) for name, span in spans if start <= span[0] and span[1] <= end]
        shown.append(_marked(text, (start, end), inside) if marked else _coloured(text, (start, end), event, inside))
    return Group(*shown)


def _spans(coded: CodedArticle, event: Event) -> list[tuple[str, Span]]:
    """The event's spans by what they stand for, first to last."""
    spans = event.spans
    found = [("trigger", spans.trigger)]
    found += [("source", span) for span in spans.sources] + [("target", span) for span in spans.targets]
    found += [(name, span) for name, span in (("date", spans.date), ("place", spans.place)) if span]
    said = next((one for one in coded.statements if one.id == event.attribution), None)
    if said is not None:
        found += [(name, span) for name, span in (("speaker", said.spans.speaker), ("cue", said.spans.cue)) if span]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for part in text.split("\n\n"):
        yield start, start + len(part)
        start += len(part) + 2


def _coloured(text: str, around: Span, event: Event, spans: list[tuple[str, Span]]) -> Text:
    start, end = around
    shown = Text(clean(text[start:end]))  # clean keeps the length
    first, last = (min(max(bound, start), end) - start for bound in event.spans.sentence)
    shown.stylize("dim", 0, first)
    shown.stylize("dim", last, end - start)
    for name, span in spans:
        shown.stylize(STYLES[name], span[0] - start, span[1] - start)
    return shown


def _marked(text: str, around: Span, spans: list[tuple[str, Span]]) -> Text:
    position, end = around
    pieces: list[str] = []
    for name, span in spans:
        if span[0] >= position:  # of two that overlap the first is shown
            pieces += [text[position : span[0]], f"[{name}: {text[slice(*span)]}]"]
            position = span[1]
    return Text(clean("".join([*pieces, text[position:end]])))
