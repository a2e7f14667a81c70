"""What a line is by its own words and its neighbours': the rules that hold on any carrier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quidnunc.pages._credits import (
    ends_like_caption,
    find_agency,
    is_credit,
    is_reporting_line,
    looks_like_name,
    read_byline,
    read_dateline,
    read_signoff,
)
from quidnunc.pages._knowledge import furniture, section_words
from quidnunc.pages._line import Line
from quidnunc.pages._prose import content_words, ends_sentence, is_prose, is_title, weight
from quidnunc.pages._times import find_age, find_dates
from quidnunc.records import BlockKind

_FURNITURE: tuple[tuple[str, BlockKind], ...] = (
    ("paywall", "promo"),
    ("promo", "promo"),
    ("comments", "comments"),
    ("most_read", "most_read"),
    ("read_more", "read_more"),
    ("video", "video"),
    ("legal", "legal"),
    ("navigation", "navigation"),
)


def is_section(text: str) -> bool:
    """A line that is the name of a section, alone or as a path of two or three ("News / World")."""
    parts = [part.strip(" .:#") for part in re.split(r"[|/>»·,–]", text.lower())]
    return len(text) <= 60 and 1 <= len(parts) <= 4 and all(part in section_words() for part in parts)


def mark_furniture(lines: Sequence[Line]) -> None:
    """Give a kind to the lines whose own words say what they are."""
    for line in lines:
        if line.kind is None and weight(line) <= 100:
            _mark_phrase(line)
        if line.kind is None:
            _mark_credit_lines(line)


def _mark_phrase(line: Line) -> None:
    for name, kind in _FURNITURE:
        phrase = furniture()[name].match(line.low, line.words)
        if phrase:
            line.become(kind, f"{name.replace('_', ' ')} words: {phrase}")
            return


_TIME_WORDS = re.compile(
    r"\b(?:published|posted|updated|last updated|modified|created|issued|first published|publié le|mis à jour|veröffentlicht|"
    r"aktualisiert|stand|actualizado|publicado|pubblicato|aggiornato|gepubliceerd|on|at|am|by|date|time|min read|mins read|"
    r"minute read|minutes read|min|read|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|fri|sat|sun|"
    r"gmt|utc|est|edt|et|pt|pm|uhr|le|el|ist|ago|à|hrs|a\.m\.|p\.m\.|local time)\b\.?",
    re.I,
)


def is_time_line(text: str) -> bool:
    """A line that says when it was published or updated, and hardly anything else."""
    dates = find_dates(text)
    if not dates or len(text) > 160:
        return False
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    rest = _TIME_WORDS.sub(" ", rest)
    return sum(character.isalpha() for character in rest) <= 24


_CLOCK_LINE = re.compile(
    r"(?:(?:published|updated|posted|last updated)?:?\s*)?(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?)"
    r"|\d{1,2}\s?[-–]?\s?min(?:ute)?s?\s?read",
    re.I,
)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S{3,300}")


def _mark_credit_lines(line: Line) -> None:
    text = line.text
    if len(text) > 600:
        return
    if read_byline(text) and not (is_prose(line) and weight(line) > 25):
        line.become("byline", "names its writers")
    elif is_time_line(text) or _CLOCK_LINE.fullmatch(text):
        line.become("published", "a date and hardly anything else")
    elif is_credit(text) and not is_prose_sentence(line):
        line.become("credit", "credits a picture")
    elif _ADDRESS.fullmatch(text):
        line.become("navigation", "a web address alone")
    elif is_reporting_line(text):
        line.become("credit", "says who reported and edited")
    elif line.words <= 8 and (dateline := read_dateline(text)) and dateline.end >= len(text) - 1:
        line.become("dateline", "a dateline alone")


def is_prose_sentence(line: Line) -> bool:
    """A whole sentence of some length."""
    return weight(line) >= 12 and ends_sentence(line.text)


def mark_captions(lines: Sequence[Line]) -> None:
    """Captions: lines that close with a credit, that stand before a credit line, or that are given twice in a row."""
    seen_head = False
    only = len({line.low for line in lines if line.kind is None and is_prose(line)}) < 2
    for i, line in enumerate(lines):
        if line.kind in ("byline", "published", "dateline") or (line.kind is None and is_prose(line)):
            seen_head = True
        if line.kind is None and weight(line) <= 90 and ends_like_caption(line.text) and not _is_reported(line.text):
            line.become("caption", "ends with a picture's credit")
        nxt = lines[i + 1] if i + 1 < len(lines) else None
        if nxt is None or only or not seen_head or not _same_caption(line, nxt):
            continue
        if any(other.low == line.low for other in (*lines[max(0, i - 1) : i], *lines[i + 2 : i + 3])):
            continue
        for twin in (line, nxt):
            twin.become("caption", "the same words twice in a row")
    _mark_before_credit(lines)


def _same_caption(a: Line, b: Line) -> bool:
    if a.kind not in (None, "caption") or b.kind not in (None, "caption") or min(a.words, b.words) < 4:
        return False
    if weight(a) > 110 or b.bullet:
        return False
    x, y = a.low.rstrip(" ."), b.low.rstrip(" .")
    return x == y or (min(len(x), len(y)) >= 30 and (x.startswith(y) or y.startswith(x)) and abs(len(x) - len(y)) <= 80)


def _is_reported(text: str) -> bool:
    return text.count(". ") >= 4


def _mark_before_credit(lines: Sequence[Line]) -> None:
    """A line directly before a photo credit is its caption, unless it stands there as one paragraph among others."""
    for i, line in enumerate(lines):
        if line.kind != "credit" or i == 0 or not is_credit(line.text) or line.gap:
            continue
        below = lines[i + 1] if i + 1 < len(lines) else None
        if (
            below is not None
            and not below.gap
            and 5 <= weight(below) <= 60
            and not below.text.endswith((".", "!", "?"))
        ):
            below.become("caption", "stands under a picture's credit")
        above = lines[i - 1]
        if above.kind is None and weight(above) <= 70 and (above.gap or i < 2 or lines[i - 2].kind == "caption"):
            above.become("caption", "stands on a picture's credit")


def mark_signoff(lines: Sequence[Line], start: int, end: int) -> str | None:
    """The agency of the line that closes the body, which gets the kind credit."""
    agency: str | None = None
    for line in list(lines[max(start, end - 3) : end + 6]):
        name = read_signoff(line.text)
        if name and line.kind in (None, "credit", "read_more", "navigation", "byline"):
            line.kind, line.because = "credit", "the agency that closes the text"
            agency = agency or name
    return agency


def mark_names(lines: Sequence[Line], until: int) -> None:
    """A bare name above the body, with an outlet or agency under it or a time line beside it, is a byline."""
    for i, line in enumerate(lines[:until]):
        if line.kind is not None or line.words > 9:
            continue
        nxt = lines[i + 1] if i + 1 < len(lines) else None
        near = [other.kind for other in lines[max(0, i - 2) : i + 3]]
        shouted = nxt is not None and nxt.kind is None and nxt.words <= 4 and nxt.text.isupper()
        if read_signoff(line.text):
            line.become("byline", "an agency above the text")
        elif _are_names(line.text) and (shouted or "published" in near or "byline" in near):
            line.become("byline", "a name above the text")
            if shouted and nxt is not None:
                nxt.become("byline", "the outlet under a name")


def _are_names(text: str) -> bool:
    parts = re.split(r"\s*(?:,|&|\band\b|\bund\b|\|)\s*", re.sub(r"\s[-–—|]\s[^-–—|]{2,50}$", "", text))
    return 1 <= len(parts) <= 4 and all(looks_like_name(part) or find_agency(part) for part in parts)


_BIO = re.compile(
    r"\b(?:covers|covered|is an? |is the |was an? |writes (?:about|on|for)|reports (?:on|for|from)|reporter|correspondent|editor|"
    r"columnist|author of|professor|fellow|journalist|based in|can be reached|follow (?:him|her|them))",
    re.I,
)


def tells_of_writer(text: str) -> bool:
    """It has words that lines about writers have ("covers", "is a reporter", "based in")."""
    return _BIO.search(text[:300]) is not None


def mark_bios(lines: Sequence[Line], start: int, end: int) -> None:
    """A closing line that tells of the writer ("A. Doe covers energy for ...") is not body."""
    names = [name for line in lines[:start] if line.kind == "byline" for name in _names_of(line.text)]
    for line in lines[max(start, end - 3) : end + 3]:
        about = any(line.text.startswith(name) for name in names)
        if line.kind is None and about and weight(line) <= 60 and _BIO.search(line.text[:300]):
            line.become("other", "tells of the writer")


def _names_of(text: str) -> tuple[str, ...]:
    byline = read_byline(text) or read_byline(f"By {text}")
    return byline.authors if byline else ()


_HEAD = 200
"""How many lines above the body are looked at for the headline."""


def mark_headline(lines: Sequence[Line], start: int, known: str | None = None) -> Line | None:
    """The headline among the lines above the body: the title nearest to byline and body that shares words with the body."""
    body = content_words(" ".join(line.text[:2000] for line in lines[start : start + 6] if is_prose(line)))
    best: Line | None = None
    score = 0.0
    for i in [*range(min(3, start)), *range(max(3, start - _HEAD), start)]:
        line = lines[i]
        if line.kind is not None or not _can_head(line):
            continue
        value = _headline_score(lines, i, start, body, known)
        if value > score:
            best, score = line, value
    if best is None:
        return None
    best.become("headline", "the title above the text that shares its words")
    longest = len(best.low) + 60
    for line in lines[:start]:
        if line.kind is None and line is not best and len(line.low) < longest and best.low in line.low:
            line.become("other", "the headline again")
    return best


def _can_head(line: Line) -> bool:
    return (is_title(line) or (3 <= weight(line) <= 25 and line.text.count(". ") == 0)) and not is_section(line.text)


def _headline_score(lines: Sequence[Line], i: int, start: int, body: set[str], known: str | None) -> float:
    line = lines[i]
    words = content_words(line.text)
    shared = len(words & body) / max(3, len(words))
    after = [other.kind for other in lines[i + 1 : i + 5]]
    value = 1.0 + 3.0 * shared + (0.8 if "byline" in after or "published" in after else 0.0)
    value += 0.5 if i and lines[i - 1].kind is None and is_section(lines[i - 1].text) else 0.0
    value -= 0.8 if not is_title(line) else 0.0
    value -= min(1.5, 0.06 * (start - i))
    value -= 0.5 if weight(line) < 4 else 0.0
    value += 0.4 if any(line.low in other.low for other in (*lines[: min(i, 3)], *lines[max(3, i - 20) : i])) else 0.0
    if known and known.lower() in line.low:
        value += 4.0
    value += (
        0.6 if i <= 1 and not any(other.kind is None and is_title(other) for other in lines[i + 1 : start]) else 0.0
    )
    return value - (0.9 if find_age(line.text) else 0.0)
