"""The writers' format of the corpus, and what it says of a text: layers of spans.

A source file holds pieces one after another (FORMAT.md describes it). ``read`` turns one into plain dictionaries whose spans are
[start, end) characters into ``text``; everything that is wrong is raised as ``Wrong`` with the piece and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

KINDS = {
    "state",
    "person",
    "organisation",
    "igo",
    "party",
    "armed_group",
    "company",
    "media",
    "ethnic_religious",
    "generic",
}
MODES = {
    "AGREE": "", "CONSULT": "visit third-party multilateral phone", "SUPPORT": "", "CONCEDE": "", "COOPERATE": "", "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign", "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons "
               "crowd-control unconventional",
}  # fmt: skip
STATUSES = set(
    "occurred ongoing planned offered threatened demanded denied refused alleged hypothetical not_yet".split()
)
SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO UNO EUR NGO ISM IMG MNC NATO INT".split()
)
STANCES = set("says claims denies warns accuses promises demands confirms".split())
CONTEXTS = set(
    """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal
    reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory
    peacekeeping health asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime
    corruption illegal_drugs trafficking""".split()
)
COUNTRY = re.compile(r"[A-Z]{3}$")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


class Wrong(ValueError):
    """A source file says something that cannot be: where, what, what to do."""


class Piece:
    """One piece while it is read: knows its place in the file, finds phrases in its text."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def fail(self, line: str, what: str) -> Wrong:
        return Wrong(f"{self.name}: {what}\n    in: {line.strip()[:140]}")

    def all_of(self, phrase: str) -> list[tuple[int, int]]:
        """Every occurrence of a phrase as whole words."""
        left = r"(?<!\w)" if phrase[:1].isalnum() else ""
        right = r"(?!\w)" if phrase[-1:].isalnum() else ""
        return [m.span() for m in re.finditer(left + re.escape(phrase) + right, self.text)]

    def some_of(self, phrase: str, line: str) -> list[tuple[int, int]]:
        """``phrase`` all its occurrences, ``phrase#2,3`` the second and third."""
        m = re.fullmatch(r"(.*?)#([\d,]+)", phrase)
        found = self.all_of(m[1] if m else phrase)
        if not found:
            raise self.fail(line, f"{phrase!r} is not in the text (copy it letter by letter)")
        if not m:
            return found
        wanted = [int(n) for n in m[2].split(",") if n]
        if max(wanted) > len(found):
            raise self.fail(line, f"{phrase!r}: the text has it {len(found)} times only")
        return [found[n - 1] for n in wanted]

    def one_of(self, phrase: str, line: str) -> tuple[int, int]:
        found = self.some_of(phrase, line)
        if len(found) > 1:
            raise self.fail(
                line, f"{phrase!r} stands {len(found)} times in the text: say which with #1, #2 ... or quote more words"
            )
        return found[0]

    def from_to(self, words: str, line: str) -> tuple[int, int]:
        """``first words ... last words``: from the one to the end of the other."""
        if " ... " not in words:
            return self.one_of(words, line)
        first, last = words.split(" ... ", 1)
        start, _ = self.one_of(first, line)
        ends = [e for s, e in self.some_of(last, line) if e > start]
        if not ends:
            raise self.fail(line, f"{last!r} does not follow {first!r}")
        return start, ends[0]


def days(words: str, piece: Piece, line: str) -> dict | None:
    """``2014-03-01..2014-03-07`` or one day, ``-`` for none."""
    if words in ("-", ""):
        return None
    start, _, end = words.partition("..")
    end = end or start
    if not DAY.match(start) or not DAY.match(end) or start > end:
        raise piece.fail(line, f"{words!r} is no date or range YYYY-MM-DD..YYYY-MM-DD")
    return {"start": start, "end": end}


def sectors_of(words: str, piece: Piece, line: str) -> list[str]:
    out = [s for s in words.split(",") if s not in ("-", "")]
    if bad := [s for s in out if s not in SECTORS]:
        raise piece.fail(line, f"{bad} are no PLOVER sectors")
    return out


def country_of(word: str, piece: Piece, line: str) -> str | None:
    if word in ("-", ""):
        return None
    if not COUNTRY.match(word):
        raise piece.fail(line, f"{word!r} is no ISO 3166 alpha-3 code (or IGO, UNO, EUR)")
    return word


def type_of(words: str, piece: Piece, line: str) -> tuple[str, str | None]:
    kind, _, mode = words.partition(".")
    if kind not in MODES:
        raise piece.fail(line, f"{kind!r} is not one of the 16 PLOVER types")
    if mode and mode not in MODES[kind].split():
        raise piece.fail(line, f"{kind} has no mode {mode!r} (it has: {MODES[kind] or 'none'})")
    return kind, mode or None


def more_of(words: str, piece: Piece, line: str) -> dict:
    """``alt=SUPPORT,AID; altstatus=planned; ctx=military; cameo=0334; also=...; minor; neg``"""
    out: dict = {
        "alt_types": [],
        "alt_status": [],
        "contexts": [],
        "cameo": None,
        "also": [],
        "core": True,
        "polarity": "positive",
    }
    for part in filter(None, (p.strip() for p in words.split(";"))):
        key, _, value = part.partition("=")
        names = [v.strip() for v in value.split(",") if v.strip()]
        if key == "alt":
            out["alt_types"] = sorted({type_of(v, piece, line)[0] for v in names})
        elif key == "altstatus":
            if not set(names) <= STATUSES:
                raise piece.fail(line, f"no such status: {value}")
            out["alt_status"] = sorted(names)
        elif key == "ctx":
            if not set(names) <= CONTEXTS:
                raise piece.fail(line, f"no such context: {sorted(set(names) - CONTEXTS)}")
            out["contexts"] = sorted(names)
        elif key == "cameo":
            if not re.fullmatch(r"\d{2,4}", value):
                raise piece.fail(line, f"{value!r} is no CAMEO code")
            out["cameo"] = value
        elif key == "also":
            out["also"].append(list(piece.one_of(value.strip(), line)))
        elif key == "minor":
            out["core"] = False
        elif key == "neg":
            out["polarity"] = "negative"
        else:
            raise piece.fail(line, f"{part!r}: known are alt, altstatus, ctx, cameo, also, minor, neg")
    return out


def blocks(path: Path) -> Iterator[tuple[str, dict[str, str], str, list[str]]]:
    """Name, header, raw text and layer lines of each piece of a file."""
    for chunk in re.split(r"(?m)^=== *", path.read_text(encoding="utf-8"))[1:]:
        name, _, rest = chunk.partition("\n")
        name = name.strip()
        head, text_mark, rest = rest.partition("\n--- text\n")
        header = {}
        for line in filter(str.strip, head.splitlines()):
            key, colon, value = line.partition(":")
            if not colon:
                raise Wrong(f"{path.name} {name}: {line!r} is no 'key: value' line of the header")
            header[key.strip()] = value.strip()
        text, layer_mark, layers = rest.partition("\n--- layers\n")
        if not text_mark and "of" not in header:
            raise Wrong(f"{path.name} {name}: no '--- text' line")
        if not layer_mark and text_mark:
            raise Wrong(f"{path.name} {name}: no '--- layers' line (it is needed even when there is nothing to say)")
        yield name, header, text, [line for line in layers.splitlines() if line.strip() and not line.startswith("#")]


def lay_out(raw: str) -> tuple[str, list[list[int]]]:
    """The text that readers see (paragraphs parted by a blank line) and its sentences, from one sentence a line."""
    text, sentences = "", []
    for paragraph in re.split(r"\n\s*\n", raw.strip()):
        if text:
            text += "\n\n"
        for number, sentence in enumerate(filter(None, (s.strip() for s in paragraph.splitlines()))):
            if number:
                text += " "
            sentences.append([len(text), len(text) + len(sentence)])
            text += sentence
    return text, sentences


def read(path: Path) -> Iterator[dict]:
    """The pieces of one source file, in its order. Pieces made of others ("of: id") come as header and edits only."""
    for name, header, raw, lines in blocks(path):
        if "of" in header and not raw.strip():
            yield {"id": name, "meta": header}
            continue
        text, sentences = lay_out(raw)
        piece = Piece(f"{path.name} {name}", text)
        yield {"id": name, "meta": header, "text": text, "sentences": sentences, **layers(piece, sentences, lines)}


def layers(piece: Piece, sentences: list[list[int]], lines: list[str]) -> dict:
    """The layer lines of a piece, resolved to spans."""
    actors, times, places, statements, events = {}, {}, {}, {}, []
    forms: list[tuple[str, tuple[int, int]]] = []
    for order in "ATPSE":
        for line in (x for x in lines if x.split(" ", 1)[0] == order):
            cells = [c.strip() for c in line[2:].split("|")]
            if order == "A":
                actor(piece, line, cells, actors, forms)
            elif order == "T":
                need(piece, line, cells, 3)
                spans = piece.some_of(cells[1], line)
                times[cells[0]] = {
                    "id": cells[0],
                    "spans": [list(s) for s in spans],
                    "window": days(cells[2], piece, line),
                }
            elif order == "P":
                need(piece, line, cells, 3)
                spans = sorted({s for form in cells[1].split(";") for s in piece.some_of(form.strip(), line)})
                places[cells[0]] = {"id": cells[0], "name": cells[1].split(";")[0].split("#")[0].strip(), "country": country_of(cells[2], piece, line),
                                    "spans": [list(s) for s in spans]}  # fmt: skip
            elif order == "S":
                statements[cells[0]] = statement(piece, line, cells, actors)
            else:
                events.append((line, cells))
    if odd := [x for x in lines if x.split(" ", 1)[0] not in tuple("ATPSE")]:
        raise piece.fail(odd[0], "a layer line begins with A, T, P, S or E and a space")
    mentions(actors, forms)
    coded = [event(piece, line, cells, sentences, actors, times, places, statements) for line, cells in events]
    return {"actors": list(actors.values()), "times": list(times.values()), "places": list(places.values()),
            "statements": list(statements.values()), "events": [{"id": f"e{n}", **e} for n, e in enumerate(coded, 1)]}  # fmt: skip


def need(piece: Piece, line: str, cells: list[str], count: int) -> None:
    if len(cells) < count:
        raise piece.fail(line, f"{count} parts wanted, parted by '|', {len(cells)} found")


def actor(piece: Piece, line: str, cells: list[str], actors: dict, forms: list) -> None:
    need(piece, line, cells, 3)
    first = cells[0].split()
    if len(first) != 4:
        raise piece.fail(line, "an actor begins: id kind country sectors ('-' for none)")
    key, kind, country, sectors = first
    if kind not in KINDS:
        raise piece.fail(line, f"{kind!r} is no kind of actor ({' '.join(sorted(KINDS))})")
    if key in actors:
        raise piece.fail(line, f"actor {key} is there twice")
    wanted = [form.strip() for form in cells[2].split(";") if form.strip()]
    if not wanted:
        raise piece.fail(line, "an actor needs at least one mention")
    for form in wanted:
        forms += [(key, span) for span in piece.some_of(form, line)]
    actors[key] = {"id": key, "name": wanted[0].split("#")[0], "kind": kind, "country": country_of(country, piece, line),
                   "sectors": sectors_of(sectors, piece, line), "role": cells[1] if cells[1] not in ("", "-") else None, "mentions": []}  # fmt: skip


def mentions(actors: dict, forms: list[tuple[str, tuple[int, int]]]) -> None:
    """Give every actor its mentions: where two forms overlap, one actor's longest stays; a part of another's longer mention stays as well."""
    for key in actors:
        own = sorted({span for k, span in forms if k == key}, key=lambda s: (s[0] - s[1], s))
        kept: list[tuple[int, int]] = []
        for span in own:
            if not any(span[0] < e and s < span[1] for s, e in kept):
                kept.append(span)
        actors[key]["mentions"] = [list(s) for s in sorted(kept)]


def statement(piece: Piece, line: str, cells: list[str], actors: dict) -> dict:
    need(piece, line, cells, 7)
    key, who, phrase, cue, how, stance, content = cells[:7]
    if who != "-" and who not in actors:
        raise piece.fail(line, f"no actor {who}")
    if how not in ("direct", "reported", "mixed") or stance not in STANCES:
        raise piece.fail(line, f"wanted: direct, reported or mixed, and one of {' '.join(sorted(STANCES))}")
    to = cells[7] if len(cells) > 7 and cells[7] != "-" else None
    if to and to not in actors:
        raise piece.fail(line, f"no actor {to}")
    spans = [list(piece.from_to(part.strip(), line)) for part in content.split(" & ")]
    near = spans[0][0]
    return {"id": key, "speaker": None if who == "-" else who, "stance": stance, "direct": how == "direct", "how": how, "addressee": to,
            "content": spans, "spans": {"speaker": closest(piece, phrase, near, line), "cue": closest(piece, cue, near, line)}}  # fmt: skip


def closest(piece: Piece, phrase: str, near: int, line: str) -> list[int] | None:
    """The occurrence of a phrase nearest to a position."""
    if phrase == "-":
        return None
    return list(min(piece.some_of(phrase, line), key=lambda s: abs(s[0] - near)))


def event(
    piece: Piece,
    line: str,
    cells: list[str],
    sentences: list,
    actors: dict,
    times: dict,
    places: dict,
    statements: dict,
) -> dict:
    need(piece, line, cells, 7)
    kind, mode = type_of(cells[0], piece, line)
    trigger = piece.one_of(cells[1], line)
    sentence = next((s for s in sentences if s[0] <= trigger[0] and trigger[1] <= s[1]), None)
    if sentence is None:
        raise piece.fail(line, "the trigger runs over the end of its sentence")
    if ">" not in cells[2]:
        raise piece.fail(line, "parties are written 'a1,a2 > a3' ('-' for none)")
    sides = [[p.strip() for p in side.split(",") if p.strip() not in ("", "-")] for side in cells[2].split(">")]
    for p in sides[0] + sides[1]:
        if p not in actors:
            raise piece.fail(line, f"no actor {p}")
    if cells[3] not in STATUSES:
        raise piece.fail(line, f"no status {cells[3]!r} ({' '.join(sorted(STATUSES))})")
    for cell, known, what in ((cells[5], places, "place"),):
        if cell != "-" and cell not in known:
            raise piece.fail(line, f"no {what} {cell}")
    by = cells[6]
    if by != "-" and by not in statements and by not in actors:
        raise piece.fail(line, f"'said by' is a statement, an actor or '-': {by!r}")
    time = times.get(cells[4])
    window = time["window"] if time else days(cells[4], piece, line)

    def party(key: str) -> dict:
        inside = [m for m in actors[key]["mentions"] if sentence[0] <= m[0] and m[1] <= sentence[1]]
        return {"actor": key, "span": min(inside, key=lambda m: abs(m[0] - trigger[0])) if inside else None}

    return {"type": kind, "mode": mode, "sources": [party(p) for p in sides[0]], "targets": [party(p) for p in sides[1]], "status": cells[3],
            "date": window, "time": cells[4] if time else None, "place": None if cells[5] == "-" else cells[5], "attribution": None if by == "-" else by,
            "spans": {"sentence": list(sentence), "trigger": list(trigger)}, **more_of(cells[7] if len(cells) > 7 else "", piece, line)}  # fmt: skip


HARD = set("other-sense topic roles negated denial hypothetical homonym sport business routine figure quoted".split())


def sentences(path: Path) -> Iterator[dict]:
    """The single sentences of a file (FORMAT.md, "Sentences"), each with its events."""
    shared: dict[str, str] = {}
    now: dict | None = None
    piece = Piece(path.name, "")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        mark, rest = line[:2], line[2:].strip()
        if mark == "@ ":
            shared = dict(part.strip().split(": ", 1) for part in rest.split("|"))
        elif mark == "> ":
            if now:
                yield _whole(now, piece)
            now = {"id": f"{path.stem}-{number}", "meta": dict(shared), "text": rest, "times": [], "places": [], "statements": [],
                   "events": [], "hard": None}  # fmt: skip
            piece = Piece(f"{path.name}:{number}", rest)
        elif now is None or mark not in ("E ", "N ", "T ", "P ", "S "):
            raise piece.fail(line, "a line begins with '@ ', '> ', 'E ', 'N ', 'T ', 'P ' or 'S '")
        elif mark == "N ":
            now["hard"] = _hard(rest.split("|")[0].strip(), piece, line)
        elif mark != "E ":
            _layer(now, mark[0], [cell.strip() for cell in rest.split("|")], piece, line)
        else:
            now["events"].append(_act(now, [cell.strip() for cell in rest.split("|")], piece, line))
    if now:
        yield _whole(now, piece)


def _whole(sentence: dict, piece: Piece) -> dict:
    if not sentence["events"] and not sentence["hard"]:
        raise piece.fail(sentence["text"], "a sentence needs an E line, or an N line that says why it has none")
    return sentence


def _hard(word: str, piece: Piece, line: str) -> str:
    if word not in HARD:
        raise piece.fail(line, f"{word!r} is no kind of hard case ({' '.join(sorted(HARD))})")
    return word


def _act(sentence: dict, cells: list[str], piece: Piece, line: str) -> dict:
    need(piece, line, cells, 4)
    kind, mode = type_of(cells[0], piece, line)
    if ">" not in cells[2]:
        raise piece.fail(line, "parties are written 'words/CTY.SEC; words/CTY.SEC > words/CTY.SEC' ('-' for none)")
    sides = [
        [_party(p.strip(), piece, line) for p in side.split(";") if p.strip() not in ("", "-")]
        for side in cells[2].split(">")
    ]
    if cells[3] not in STATUSES:
        raise piece.fail(line, f"no status {cells[3]!r}")
    rest = [p.strip() for p in (cells[4] if len(cells) > 4 else "").split(";")]
    hard = [p.removeprefix("hard=") for p in rest if p.startswith("hard=")]
    if hard:
        sentence["hard"] = _hard(hard[0], piece, line)
    tied = {key: _tied(key, rest, piece, line) for key in ("on", "at", "by")}
    own = ("hard=", "on=", "at=", "by=")
    more = more_of("; ".join(p for p in rest if not p.startswith(own)), piece, line)
    more["spans_of"] = {key: span for key, span in tied.items() if span}
    return {"type": kind, "mode": mode, "sources": sides[0], "targets": sides[1], "status": cells[3],
            "spans": {"trigger": list(piece.one_of(cells[1], line))}, **more}  # fmt: skip


def _tied(key: str, rest: list[str], piece: Piece, line: str) -> list[int] | None:
    """Where the words of ``on=`` (time), ``at=`` (place) or ``by=`` (who says so) stand."""
    told = [part.removeprefix(f"{key}=").strip() for part in rest if part.startswith(f"{key}=")]
    return list(piece.one_of(told[0], line)) if told else None


def _layer(sentence: dict, mark: str, cells: list[str], piece: Piece, line: str) -> None:
    """``T words | dates``, ``P words | country`` and ``S speaker/CTY.SEC | cue | direct, reported or mixed | content``."""
    if mark == "T":
        need(piece, line, cells, 2)
        window = days(cells[1], piece, line)
        sentence["times"].append({"span": list(piece.one_of(cells[0], line)), "window": window})
    elif mark == "P":
        need(piece, line, cells, 2)
        country = country_of(cells[1], piece, line)
        sentence["places"].append({"span": list(piece.one_of(cells[0], line)), "country": country})
    else:
        need(piece, line, cells, 4)
        if cells[2] not in ("direct", "reported", "mixed"):
            raise piece.fail(line, f"{cells[2]!r} is not direct, reported or mixed")
        cue = None if cells[1] == "-" else list(piece.one_of(cells[1], line))
        content = list(piece.from_to(cells[3], line))
        sentence["statements"].append(
            {"speaker": _party(cells[0], piece, line), "cue": cue, "how": cells[2], "content": content}
        )


def _party(words: str, piece: Piece, line: str) -> dict:
    phrase, slash, code = words.rpartition("/")
    if not slash:
        raise piece.fail(line, f"{words!r}: wanted words/CTY.SEC")
    country, _, sectors = code.partition(".")
    return {
        "span": list(piece.one_of(phrase.strip(), line)),
        "country": country_of(country.strip(), piece, line),
        "sectors": sectors_of(sectors, piece, line),
    }
