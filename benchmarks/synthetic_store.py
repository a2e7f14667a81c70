"""A store of made-up events, as many as wanted, to see the desk under load: the same seed gives the same events.

python benchmarks/synthetic_store.py FILE [--events 1000000]
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import insert

from quidnunc.records import Actor, Article, Block, CodedArticle, Event, EventDate, EventSpans, Party
from quidnunc.store import Store, _dyads
from quidnunc.store._engine import connect, locate, writing
from quidnunc.store._rows import article_row, detail_rows, pack
from quidnunc.store._schema import metadata

COUNTRIES = {
    "USA": "the United States", "CHN": "China", "RUS": "Russia", "UKR": "Ukraine", "ISR": "Israel", "IRN": "Iran", "GBR": "Britain",
    "FRA": "France", "DEU": "Germany", "IND": "India", "PAK": "Pakistan", "TUR": "Turkey", "JPN": "Japan", "KOR": "South Korea",
    "SAU": "Saudi Arabia", "EGY": "Egypt", "HUN": "Hungary", "SRB": "Serbia", "POL": "Poland", "ROU": "Romania", "BRA": "Brazil",
    "ARG": "Argentina", "MEX": "Mexico", "NGA": "Nigeria", "KEN": "Kenya", "ETH": "Ethiopia", "ZAF": "South Africa", "AUS": "Australia",
    "IDN": "Indonesia", "VNM": "Vietnam", "PHL": "the Philippines", "KAZ": "Kazakhstan", "NOR": "Norway", "PER": "Peru", "ECU": "Ecuador",
}  # fmt: skip
ACTS = (
    ("CONSULT", "met envoys of", "040", 1, 1.0, 2.5, "occurred"), ("AGREE", "offered talks to", "030", 1, 4.0, 2.5, "offered"),
    ("SUPPORT", "praised", "051", 1, 3.4, 5.0, "occurred"), ("AID", "sent aid to", "070", 2, 7.0, 9.5, "occurred"),
    ("COOPERATE", "will trade more with", "061", 2, 6.4, 9.0, "planned"), ("ACCUSE", "accused", "112", 3, -2.0, -4.0, "alleged"),
    ("REJECT", "turned down", "120", 3, -4.0, -4.0, "refused"), ("THREATEN", "threatened", "130", 3, -4.4, -5.0, "threatened"),
    ("SANCTION", "expelled diplomats of", "161", 4, -5.0, -6.0, "occurred"), ("ASSAULT", "shelled troops of", "190", 4, -10.0, -10.0, "occurred"),
)  # fmt: skip
OUTLETS = (
    "Danube Courier",
    "Steppe Observer",
    "Harbour Post",
    "The Plains Gazette",
    "Cape Bulletin",
    "Northern Telegraph",
)
A_PAGE = 5
"""Events."""
RETOLD = 0.1
"""Of the articles tell what the one before tells."""
A_BATCH = 2_000
"""Articles."""


def article(number: int, rng: random.Random, codes: list[str], weights: list[float]) -> CodedArticle:
    """One article with its events; the words are made from the events."""
    day = date(2015, 1, 1) + timedelta(days=rng.randrange(3650))
    text, events, cast = "", [], {}
    for index in range(A_PAGE):
        who, whom = rng.choices(codes, weights, k=2)
        if who == whom:
            whom = codes[(codes.index(who) + 1) % len(codes)]
        kind, words, cameo, quad, goldstein, score, status = rng.choice(ACTS)
        start = len(text)
        source, target = COUNTRIES[who], COUNTRIES[whom]
        sentence = f"{source[0].upper()}{source[1:]} {words} {target}, case {rng.randrange(100000)}."
        at = start + len(source) + 1
        to = at + len(words) + 1
        text += sentence + "\n\n"
        for code in (who, whom):
            cast.setdefault(code, Actor(id=f"a{len(cast) + 1}", name=COUNTRIES[code], kind="state", country=code, resolved_by="made up"))  # fmt: skip
        events.append(Event(
            id=f"e{index + 1}", type=kind, cameo=cameo, quad=quad, goldstein=goldstein, plover_score=score, status=status,
            sources=(Party(actor=cast[who].id, text=source, country=who),), targets=(Party(actor=cast[whom].id, text=target, country=whom),),
            date=EventDate(start=day.isoformat(), end=day.isoformat(), precision="day"), confidence=rng.randrange(40, 99) / 100,
            decided_by="made up", spans=EventSpans(sentence=(start, start + len(sentence)), trigger=(at, at + len(words)),
                                                   sources=((start, start + len(source)),), targets=((to, to + len(target)),)),
        ))  # fmt: skip
    text = text.strip()
    block = Block(kind="paragraph", text=text, page_span=(0, len(text)), text_span=(0, len(text)))
    found = Article(
        id=f"{number:08x}{rng.getrandbits(32):08x}", outlet=rng.choice(OUTLETS), headline=text.split("\n")[0][:-1], published=day.isoformat(),
        published_precision="day", published_window=(day.isoformat(), day.isoformat()), language="en", text=text, blocks=(block,),
    )  # fmt: skip
    return CodedArticle(quidnunc="0.0.0", article=found, actors=tuple(cast.values()), events=tuple(events))


def retold(first: CodedArticle, number: int, rng: random.Random) -> CodedArticle:
    """The same news from another outlet."""
    told = first.article
    outlet = rng.choice([name for name in OUTLETS if name != told.outlet])
    again = msgspec.structs.replace(
        told, id=f"{number:08x}{rng.getrandbits(32):08x}", outlet=outlet, headline=f"{told.headline}, says {outlet}"
    )
    return msgspec.structs.replace(first, article=again)


def fill(path: str, events: int, seed: int = 7) -> None:
    """Make a store with so many events."""
    Store(path).close()
    engine = connect(locate(path), create=True)
    rng = random.Random(seed)
    codes = list(COUNTRIES)
    weights = [1 / (rank + 2) for rank in range(len(codes))]
    pages = max(events // A_PAGE, 1)
    for low in range(0, pages, A_BATCH):
        rows: dict[str, list[dict[str, object]]] = {}
        first = article(low + 1, rng, codes, weights)
        for number in range(low + 1, min(low + A_BATCH, pages) + 1):
            if number == low + 1 or rng.random() >= RETOLD:
                coded = first = article(number, rng, codes, weights)
            else:
                coded = retold(first, number, rng)
            packed, digest = pack(coded)
            short = coded.article.id[:8]
            rows.setdefault("articles", []).append({**article_row(coded), "number": number, "short": short, "digest": digest, "current": True, "coded": packed, "run": None})  # fmt: skip
            story = first.article.id
            rows.setdefault("stories", []).append({"article": number, "story": story, "copies": coded.article.id})
            for event in coded.events:
                rows.setdefault("reports", []).append({"article": number, "event": f"{short}:{event.id}", "happening": f"{story[:8]}:{event.id}", "origin": coded.article.outlet})  # fmt: skip
            for name, row in detail_rows(coded, number, short):
                rows.setdefault(name, []).append(row)
        with writing(engine) as connection:
            for name, many in rows.items():
                connection.execute(insert(metadata.tables[name]), many)
            _dyads.count(connection, range(low + 1, low + A_BATCH + 1), 1)
    engine.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    given = parser.parse_args()
    fill(str(given.file), given.events)
