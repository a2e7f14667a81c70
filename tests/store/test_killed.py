"""A writer that is killed leaves a whole file with everything it had acknowledged."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from quidnunc.store import Store

WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from synthetic import coded
from quidnunc.store import Store

store = Store(sys.argv[1])
for number in range(100_000):
    store.add([coded(f"{int(sys.argv[3]):04x}{number:06x}{part:06x}") for part in range(8)])
    print(number, flush=True)
"""


KILLS = 50


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    """Killed fifty times at random points, each time going on with the file that the last one left."""
    path = tmp_path / "events.db"
    rng = random.Random(8)
    acknowledged = 0
    for kill in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parents[1]), str(kill)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            done = [writer.stdout.readline()]
            time.sleep(rng.random() * 0.15)
            writer.kill()
            done += [line for line in writer.stdout if line.endswith("\n")]
        acknowledged += 8 * len([line for line in done if line.strip()])
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
            rows = raw.execute("SELECT count(*) FROM articles").fetchone()[0]
        assert rows % 8 == 0
        assert rows >= acknowledged
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = raw.execute("SELECT sum(events) FROM dyads").fetchone()[0]
    with Store(path) as store:
        assert store.articles().num_rows >= acknowledged
        assert counted == sum(row[0] for row in store.sql(PAIRS)[1])
    assert acknowledged >= 8 * KILLS


PAIRS = """
SELECT count(*) FROM events e JOIN articles a ON a.number = e.article AND a.current
JOIN (SELECT DISTINCT article, event, country FROM parties WHERE side = 'source' AND country IS NOT NULL) s ON s.article = e.article AND s.event = e.id
JOIN (SELECT DISTINCT article, event, country FROM parties WHERE side = 'target' AND country IS NOT NULL) t ON t.article = e.article AND t.event = e.id
WHERE e.date_start IS NOT NULL
"""
