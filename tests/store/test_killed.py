"""A writer that is killed leaves a whole file with everything it had acknowledged."""

from __future__ import annotations

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
    store.add([coded(f"{number:08x}{part:08x}") for part in range(8)])
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    acknowledged = -1
    for pause in (0.05, 0.2, 0.4):
        path.unlink(missing_ok=True)
        command = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parents[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged = int(writer.stdout.readline())
            time.sleep(pause)
            writer.kill()
            for line in writer.stdout:
                acknowledged = int(line) if line.endswith("\n") else acknowledged
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        with Store(path) as store:
            rows = store.articles().num_rows
        assert rows % 8 == 0
        assert rows >= 8 * (acknowledged + 1)
        for leftover in tmp_path.iterdir():
            leftover.unlink()
    assert acknowledged > 0
