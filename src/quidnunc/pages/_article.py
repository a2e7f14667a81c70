"""Puts labelled lines and metadata together to an Article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache

from quidnunc.errors import NoArticle
from quidnunc.pages._credits import (
    credit_name,
    find_agency,
    read_agency_line,
    read_byline,
    read_dateline,
    trailing_agency,
)
from quidnunc.pages._knowledge import word_list
from quidnunc.pages._label import BODY, Labelled
from quidnunc.pages._line import Line
from quidnunc.pages._marks import is_time_line
from quidnunc.pages._metadata import Metadata, canonical_url, from_url
from quidnunc.pages._prose import is_prose
from quidnunc.pages._spans import field_spans
from quidnunc.pages._times import Moment, find_age, find_dates, parse
from quidnunc.records import Article, Block, Card, Media, Precision


def build(lines: Sequence[Line], found: Labelled, known: Metadata, now: Moment | None, url: str | None) -> Article:
    """The article of a labelled page. Raises NoArticle if the page has no text of its own."""
    _metadata_of_lines(lines, found, known, now)
    blocks, text = _blocks(lines)
    from_url(known.text("url") or url, known)
    headline = known.text("headline")
    if not text:
        raise NoArticle(
            "the page holds no article, only lists, cards or furniture; give the page of a single story, not an index"
        )
    published = known.moment("published")
    now = now or published
    modified = known.moment("modified")
    canonical = known.text("url") or canonical_url(url)
    language, source = language_of(text)
    if language:
        known.give("language", language, source)
    return Article(
        id=article_id(canonical, headline, text),
        url=canonical,
        outlet=known.text("outlet"),
        agency=known.text("agency"),
        section=known.text("section"),
        headline=headline,
        standfirst=known.text("standfirst"),
        authors=known.names("authors"),
        published=published.iso if published else None,
        published_precision=published.precision if published else None,
        published_window=published.window if published else None,
        modified=modified.iso if modified else None,
        dateline=known.text("dateline"),
        language=known.text("language"),
        paywalled=known.values.get("paywalled") is True,
        text=text,
        blocks=blocks,
        media=_media(lines),
        related=tuple(card.record(now, placement) for card, placement in found.cards),
        licence=known.text("licence"),
        sources=dict(sorted(known.sources.items())),
        field_spans=field_spans(lines, found, known),
    )


def article_id(url: str | None, headline: str | None, text: str) -> str:
    """Sixteen hexadecimal digits: a hash of the canonical URL, or of headline and text where there is none."""
    basis = f"url {url}" if url else f"text {headline or ''}\n{text}"
    return hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:16]


def _blocks(lines: Sequence[Line]) -> tuple[tuple[Block, ...], str]:
    blocks: list[Block] = []
    body: list[str] = []
    position = 0
    for line in lines:
        kind = line.kind or "other"
        span = None
        if kind in BODY:
            position += 2 if body else 0
            span = (position, position + len(line.text))
            body.append(line.text)
            position = span[1]
        blocks.append(
            Block(kind=kind, text=line.text, page_span=(line.start, line.end), text_span=span, because=line.because)
        )
    return tuple(blocks), "\n\n".join(body)


def _metadata_of_lines(lines: Sequence[Line], found: Labelled, known: Metadata, now: Moment | None) -> None:
    """The fields that the lines of the page themselves tell."""
    if found.headline:
        known.give("headline", found.headline.text, "text")
    if found.standfirst:
        known.give("standfirst", found.standfirst.text, "text")
    known.give("section", found.section, "text")
    _bylines(lines, known)
    _agency_lines(lines, found, known)
    _dates(lines, found, known, now)
    body = [line for line in lines if line.kind in BODY]
    _datelines([line for line in lines if line.kind == "dateline"][:2] + body[:2], known)
    known.give("agency", found.agency, "text")
    if body and (agency := trailing_agency(body[-1].text)):
        known.give("agency", agency, "text")
    if any(line.kind == "promo" and line.because.startswith("paywall") for line in lines):
        known.give("paywalled", True, "text")


def _bylines(lines: Sequence[Line], known: Metadata) -> None:
    authors: list[str] = []
    agency = None
    for line in lines:
        if line.kind == "byline" and line.because != "the outlet under a name":
            byline = read_byline(line.text) or read_byline(f"By {line.text}")
            if byline:
                authors += [name for name in byline.authors if name not in authors]
                agency = agency or byline.agency
        elif line.kind == "published" and line.words <= 14:
            agency = agency or find_agency(line.text)
        elif authors and line.kind in BODY:
            break
    known.give("authors", tuple(authors), "byline")
    known.give("agency", agency, "byline")


def _agency_lines(lines: Sequence[Line], found: Labelled, known: Metadata) -> None:
    """A line between headline and text that names only an agency, perhaps with a place."""
    top = next((i for i, line in enumerate(lines) if line is found.headline), None)
    for i in () if top is None else range(top + 1, min(top + 12, len(lines))):
        line = lines[i]
        if line.kind in BODY:
            return
        told = read_agency_line(line.text) if _may_name_agency(lines, i) else None
        if told:
            line.kind, line.because = "byline", "an agency above the text"
            known.give("agency", told[0], "byline")
            known.give("dateline", told[1], "byline")
            return


def _may_name_agency(lines: Sequence[Line], i: int) -> bool:
    """What looks like a picture's credit stands by a time or name instead, and under no caption."""
    if lines[i].kind == "credit":
        near = {line.kind for line in lines[i - 1 : i + 2]}
        return lines[i - 1].kind != "caption" and bool(near & {"headline", "standfirst", "published", "byline"})
    return lines[i].kind in ("other", "navigation", "byline", "dateline", None)


_UPDATED = ("updated", "modified", "aktualisiert", "actualizado", "mis à jour", "aggiornato", "bijgewerkt")


def _dates(lines: Sequence[Line], found: Labelled, known: Metadata, now: Moment | None) -> None:
    """Published and updated, as the lines of the head tell them; else the date that opens the text."""
    last = max((i for i, line in enumerate(lines) if line.kind in BODY), default=len(lines))
    for line in lines[: last + 4]:
        if line.kind not in ("published", "byline", "dateline") or line.because == "live post":
            continue
        at = 0
        for date in find_dates(line.text):
            words = line.text[at : date.start].lower()
            name = "modified" if any(word in words for word in _UPDATED) else "published"
            known.give(name, date.moment, "text")
            at = date.end
        if now and line.because == "an age by the headline" and (age := find_age(line.text)):
            known.give("published", parse(age.window(now)[1]), "age")
    if "published" not in known.values:
        _date_by_headline(lines, found, known)
    first = next((line for line in lines if line.kind in BODY), None)
    if first and "published" not in known.values:
        head = first.text[:40]
        for date in find_dates(head)[:1]:
            if is_time_line(first.text[: date.end]) and not is_prose(Line(first.text[: date.end], 0, 0)):
                known.give("published", date.moment, "text")


def _date_by_headline(lines: Sequence[Line], found: Labelled, known: Metadata) -> None:
    """A short line with one whole date close to the headline, whatever its element or place was taken for."""
    top = next((i for i, line in enumerate(lines) if line is found.headline), None)
    if top is None:
        return
    first = next((i for i in range(top + 1, len(lines)) if lines[i].kind in BODY), top)
    for i in [*range(top + 1, min(top + 10, first)), top - 1, top - 2]:
        line = lines[i] if i >= 0 else None
        if (
            line is None
            or line.words > 12
            or line.kind in ("standfirst", "caption", "related", "read_more", "most_read")
        ):
            continue
        dates = list(find_dates(line.text))
        if len(dates) == 1 and dates[0].moment.precision != "month" and not any(w in line.low for w in _UPDATED):
            known.give("published", dates[0].moment, "text")
            if line.kind in ("other", "navigation", "legal"):
                line.kind, line.because = "published", "a date by the headline"
            return


def _datelines(lines: Sequence[Line], known: Metadata) -> None:
    for line in lines:
        dateline = read_dateline(line.text)
        if dateline:
            known.give("dateline", dateline.text, "dateline")
            known.give("agency", dateline.agency, "dateline")
            return


def _media(lines: Sequence[Line]) -> tuple[Media, ...]:
    """Captions and the credits under them; a caption that is given twice is one picture."""
    media: list[Media] = []
    caption: str | None = None
    for line in lines:
        if line.kind == "caption" and (caption is None or not _twins(caption, line.text)):
            if caption:
                media.append(Media(caption=caption))
            caption = line.text
        elif line.kind == "credit" and line.because == "credits a picture":
            media.append(Media(caption=caption, credit=credit_name(line.text)))
            caption = None
        elif line.kind not in ("caption", "credit") and caption:
            media.append(Media(caption=caption))
            caption = None
    return (*media, Media(caption=caption)) if caption else tuple(media)


def _twins(a: str, b: str) -> bool:
    return a[:30] == b[:30]


@cache
def _identifier() -> object:
    import py3langid

    return py3langid


def language_of(text: str) -> tuple[str | None, str]:
    """The ISO 639-1 code of a text's language; None for texts without enough letters to tell."""
    sample = text[:1500]
    if sum(character.isalpha() for character in sample) < 12:
        return None, "text"
    words = re.findall(r"[a-z]+", sample.lower())
    if sum(word in word_list("english") for word in words) >= 0.2 * max(4, len(sample.split())):
        return "en", "text"
    ranked = _identifier().rank(sample)  # type: ignore[attr-defined]
    return next((str(code) for code, _ in ranked if len(code) == 2), None), "text"


def card_article(card: Card, parent: Article) -> Article:
    """The small article that a related card is: its teaser as the text, its own section and window of publication.

    ``published`` is the last day of the window. Raises NoArticle for a card without a teaser sentence.
    """
    if not card.teaser:
        raise NoArticle(f"the card {card.headline!r} has no sentence of news of its own; nothing to read in it")
    url = canonical_url(card.url)
    precision: Precision | None = card.published_precision
    return Article(
        id=article_id(url, card.headline, card.teaser),
        url=url,
        outlet=parent.outlet,
        section=card.section,
        headline=card.headline,
        published=card.published_window[1] if card.published_window else None,
        published_precision=precision,
        published_window=card.published_window,
        language=parent.language,
        text=card.teaser,
        blocks=(Block(kind="paragraph", text=card.teaser, page_span=card.page_span, text_span=(0, len(card.teaser))),),
        licence=parent.licence,
        sources={"headline": "text", "text": "text"} | ({"published": "age"} if card.age else {}),
    )
