"""The store under load: adding, the series of a dyad, full-text search, bytes an event.

    python benchmarks/store.py [--articles 100000] [--events-each 10] [--keep FILE]

Adding is measured with ``Store.add`` on invented coded articles of 250 words and six events. For the questions a SQLite file is filled in bulk, with the same columns and
indexes and with the rollup and the word index made as adding makes them; then each question is asked ten times and the slowest is printed beside its goal. Articles and
events come from a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from msgspec.structs import replace  # noqa: E402
from synthetic import coded  # noqa: E402

from quidnunc.records import CodedArticle, Party  # noqa: E402
from quidnunc.store import Store  # noqa: E402
from quidnunc.store._rows import pack  # noqa: E402

WORDS = """minister border talks grain port strike police court rebels army election treaty pipeline tariff embassy protest river bridge ceasefire convoy parliament union
refugees airport sanctions reform budget harbour missile summit envoy prisoners coal fishing cyclone hospital teachers railway copper islands delegation visa radar militia""".split()
LANDS = "CHN HUN RUS UKR USA GBR FRA DEU IND PAK IRN IRQ ISR PSE TUR SYR EGY SDN ETH KEN NGA ZAF BRA ARG MEX COL JPN KOR PRK IDN PHL VNM AUS NZL CAN ESP ITA POL".split()
TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()


def text_of(rng: random.Random) -> str:
    """An invented body of 250 words."""
    return " ".join(
        rng.choice(WORDS) if rng.random() < 0.5 else f"word{int(rng.paretovariate(0.6)) % 200000}" for _ in range(250)
    )


def invented(count: int) -> Iterator[CodedArticle]:
    """Coded articles with six events each."""
    rng = random.Random(4)
    offer, other = coded().events
    for number in range(count):
        events = []
        for k in range(6):
            one, two = rng.sample(LANDS, 2)
            event = offer if k % 2 else other
            events.append(
                replace(
                    event,
                    id=f"e{k + 1}",
                    sources=(Party(actor="a1", text=one, country=one),),
                    targets=(Party(actor="a2", text=two, country=two),),
                )
            )
        article = coded(f"{number:016x}")
        body = f"{article.article.text}\n\n{text_of(rng)}"
        yield replace(article, article=replace(article.article, text=body), events=tuple(events))


def adding(count: int) -> float:
    """Articles a second through ``Store.add`` in batches of 64."""
    ready = list(invented(count))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "events.db") as store:
        start = time.perf_counter()
        store.add(ready)
        return count / (time.perf_counter() - start)


def fill(path: Path, articles: int, each: int) -> None:
    """Rows in bulk, in the columns of the schema."""
    with Store(path):
        pass
    rng = random.Random(5)
    packed, digest = pack(coded())
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA cache_size=-400000")
    article_columns = [row[1] for row in raw.execute("PRAGMA table_info(articles)")]
    event_columns = [row[1] for row in raw.execute("PRAGMA table_info(events)")]
    party_columns = [row[1] for row in raw.execute("PRAGMA table_info(parties)")]
    blank_article = dict.fromkeys(article_columns) | {
        "coder": "0.1.0",
        "digest": digest,
        "current": 1,
        "authors": "[]",
        "paywalled": 0,
        "coded": packed,
        "language": "en",
    }
    blank_event = dict.fromkeys(event_columns) | {"contexts": "[]", "cameo": "040", "quad": 1, "goldstein": 1.0, "plover_score": 1.0, "polarity": "positive", "chain": "[]", "confidence": 0.8, "decided_by": "lexicon meet (v) CONSULT", "trigger": "met", "sentence": "The ministers met in the capital on Monday to speak of the border and the grain."}  # fmt: skip
    blank_party = dict.fromkeys(party_columns) | {"actor": "a1", "sectors": '["GOV"]', "start": 0, "end": 5}

    def put(table: str, columns: list[str], rows: list[dict]) -> None:
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        raw.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [[row[name] for name in columns] for row in rows]
        )

    for start in range(0, articles, 2000):
        a_rows, e_rows, p_rows = [], [], []
        for number in range(start + 1, min(start + 2000, articles) + 1):
            short = f"{number:08x}"
            month = f"{rng.randrange(1995, 2025)}-{rng.randrange(1, 13):02}"
            a_rows.append(blank_article | {"number": number, "id": f"{number:016x}", "short": short, "headline": f"{rng.choice(WORDS)} {rng.choice(WORDS)}", "outlet": f"outlet {number % 500}", "published_to": f"{month}-15", "text": text_of(rng)})  # fmt: skip
            for k in range(each):
                name = f"{short}:e{k + 1}"
                day = f"{month}-{rng.randrange(1, 29):02}"
                one, two = rng.sample(LANDS, 2)
                sides = {"source_names": f'["{one}"]', "source_countries": f'["{one}"]', "source_sectors": '["GOV"]', "target_names": f'["{two}"]', "target_countries": f'["{two}"]', "target_sectors": '["GOV"]'}  # fmt: skip
                e_rows.append(blank_event | sides | {"article": number, "id": name, "type": rng.choice(TYPES), "status": "occurred", "date_start": day, "date_end": day})  # fmt: skip
                for side, land in (("source", one), ("target", two)):
                    p_rows.append(blank_party | {"article": number, "event": name, "side": side, "position": 0, "name": land, "text": land, "country": land})  # fmt: skip
        put("articles", article_columns, a_rows)
        put("events", event_columns, e_rows)
        put("parties", party_columns, p_rows)
        raw.commit()
    raw.execute("DELETE FROM dyads")
    raw.execute("""INSERT INTO dyads SELECT s.country, t.country, substr(e.date_start, 1, 7), e.type, e.status, count(*), sum(e.plover_score) FROM events e
        JOIN parties s ON s.article = e.article AND s.event = e.id AND s.side = 'source'
        JOIN parties t ON t.article = e.article AND t.event = e.id AND t.side = 'target' GROUP BY 1, 2, 3, 4, 5""")
    raw.commit()
    raw.close()


def slowest(ask, rounds: int = 10) -> float:
    """Milliseconds of the slowest of several asks."""
    times = []
    for number in range(rounds):
        start = time.perf_counter()
        ask(number)
        times.append(1000 * (time.perf_counter() - start))
    return max(times)


def main() -> None:
    """Print every figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--events-each", type=int, default=10)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(f"adding: {adding(3000):.0f} coded articles/s (goal 300)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "events.db"
        if not path.exists():
            fill(path, given.articles, given.events_each)
        with Store(path) as store:
            count = store.sql("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events)")[1][0]
            print(
                f"{count[0]:,} articles, {count[1]:,} events, {path.stat().st_size / count[1]:.0f} bytes an event, words and articles included"
            )
            store.series("XXX", "YYY")  # loads what a first answer loads
            pairs = [(LANDS[k], LANDS[k + 7]) for k in range(10)]
            print(
                f"monthly series of a dyad: {slowest(lambda k: store.series(*pairs[k])):.0f} ms at the slowest of 10 (goal 200 at 10 million events)"
            )
            asks = ["ceasefire convoy", "grain harbour envoy", '"coal strike"', "word77 refugees", "radar", "word19999", "cyclone hospital teachers", "visa", '"border talks"', "militia word5"]  # fmt: skip
            print(
                f"full-text search, 50 best: {slowest(lambda k: store.search(asks[k])):.0f} ms at the slowest of 10 (goal 500 over 1 million articles)"
            )
            print(
                f"one country's events of a year: {slowest(lambda k: store.event_rows(selection(pairs[k]))):.0f} ms at the slowest of 10"
            )


def selection(pair: tuple[str, str]):
    """A selection as the desk asks for it."""
    from quidnunc.store import Selection

    return Selection(source=pair[0], target=pair[1], since="2020", until="2020", limit=200)


if __name__ == "__main__":
    main()
