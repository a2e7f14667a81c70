"""Finds headline and standfirst on an HTML page, by its elements and by what the metadata tell of them."""

from __future__ import annotations

from collections.abc import Sequence

from quidnunc.pages._body import HEADINGS, is_plain_prose
from quidnunc.pages._label import Labelled
from quidnunc.pages._line import Line
from quidnunc.pages._metadata import Metadata
from quidnunc.pages._prose import content_words, ends_sentence, weight
from quidnunc.pages._vote import squeeze


def choose_headline(found: Labelled, known: Metadata) -> None:
    """JSON-LD's headline, unless the page shows another that the meta tags share, or the same without the site's name."""
    told, title, shown = known.text("headline"), known.text("title"), found.headline
    if shown is None or told is None or known.sources["headline"] == "caller":
        return
    from_meta = known.sources["headline"] != "json-ld"
    alike = _tells_the_same(shown.text, told)
    key, whole = squeeze(shown.text), squeeze(told)
    if (alike and (from_meta or key == squeeze(title or "") or whole.startswith(key))) or (
        from_meta and shown.tag == "h1" and shown.words > 2
    ):
        known.prefer("headline", shown.text, "text")


def mark_main_headline(lines: Sequence[Line], headline: str | None, found: Labelled) -> None:
    """The h1, or the line that the metadata call the headline."""
    key = squeeze(headline or "")
    tops = [line for line in lines if line.tag == "h1" and line.link_share < 0.5]
    least = 2 if len(tops) == 1 else 3
    heads = [line for line in tops if weight(line) >= least or _opens(line, key)]
    same = [line for line in lines if key and squeeze(line.text) == key]
    voted = next((i for i, line in enumerate(lines) if line.vote and is_plain_prose(line)), len(lines))
    above = {id(line) for line in lines[:voted]}
    mains = [line for line in same if line.tag == "h1"]
    best = next((line for line in reversed(mains) if id(line) in above), mains[0] if mains else None)
    best = best or next((line for line in heads if _tells_the_same(line.text, headline)), None)
    best = best or next((line for line in same if line.tag in HEADINGS or line.link_share < 0.5), None)
    best = best or (heads[0] if len(heads) == 1 else None)
    if best is None:
        return
    best.kind, best.because = "headline", "the page's main heading"
    found.headline = best
    for line in same:
        if line is not best:
            line.become("other", "the headline again")


def _opens(line: Line, key: str) -> bool:
    """A short h1 with which the title of the page begins."""
    return len(line.text) > 3 and key.startswith(squeeze(line.text))


def _tells_the_same(text: str, headline: str | None) -> bool:
    """Two wordings of one headline: most words of the shorter one are in the other."""
    if not headline:
        return False
    a, b = content_words(text), content_words(headline)
    return len(a & b) >= 0.4 * max(1, min(len(a), len(b)))


def mark_standfirst(lines: Sequence[Line], body: list[int], found: Labelled, told: Sequence[str]) -> list[int]:
    """Find the standfirst between headline and text, or as the first block of the text; gives back the body without it."""
    start = body[0] if body else 0
    if found.headline is None:
        return body
    top = next((i for i, line in enumerate(lines) if line is found.headline), start)
    keys = [squeeze(text) for text in told]
    near = range(top + 1, min(start, top + 25))
    first = _first_apart(lines, body)
    for i in (*near, *first):
        line = lines[i]
        if line.kind in (None, "related", "promo", "video") and weight(line) >= 5 and _is_told(line, keys):
            return _stand_first(lines, i, body, found, "the page describes itself by it")
    for i in (*near[:11], *first):
        if lines[i].kind is None and lines[i].zone == "standfirst" and weight(lines[i]) >= 5:
            return _stand_first(lines, i, body, found, "inside an element for standfirsts")
    for i in near[:5]:
        line = lines[i]
        free = line.kind is None and weight(line) >= 8 and line.link_share < 0.3
        if free and (ends_sentence(line.text) or line.tag in HEADINGS):
            return _stand_first(lines, i, body, found, "between headline and text")
    for i in near[5:][-4:]:
        if lines[i].kind is None and is_plain_prose(lines[i]) and ends_sentence(lines[i].text):
            return _stand_first(lines, i, body, found, "directly above the text")
    return body


def _first_apart(lines: Sequence[Line], body: Sequence[int]) -> list[int]:
    """The first block of the text, if its element differs from that of the blocks that follow."""
    if len(body) < 3:
        return []
    first, after = lines[body[0]], [lines[i] for i in body[1:4]]
    apart = all(first.box != line.box or first.tag != line.tag for line in after)
    return [body[0]] if apart or first.zone == "standfirst" else []


def _is_told(line: Line, keys: Sequence[str]) -> bool:
    """It is the description in the page's meta tags, or one is the beginning of the other."""
    key = squeeze(line.text)
    return any(key == told or (min(len(key), len(told)) >= 40 and key[:60] == told[:60]) for told in keys)


def _stand_first(lines: Sequence[Line], i: int, body: list[int], found: Labelled, because: str) -> list[int]:
    lines[i].kind, lines[i].because = "standfirst", because
    found.standfirst = lines[i]
    return [j for j in body if j != i]
