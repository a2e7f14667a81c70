"""The same tests on SQLite and on a PostgreSQL server that the tests start on a socket of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

_numbers = count(1)


def _binaries() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


def _as_user(*command: str) -> list[str]:
    """PostgreSQL does not run as root; Debian's package brings a user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of the server's socket."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    folder = Path(tempfile.mkdtemp(prefix="qnpg", dir="/tmp"))
    folder.chmod(0o777)
    data = folder / "data"
    try:
        run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder}
        subprocess.run(
            _as_user(str(binaries / "initdb"), "-D", str(data), "-U", "quidnunc", "-A", "trust", "-E", "UTF8"), **run
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options]
        subprocess.run(_as_user(*control, "start"), **run)
        try:
            yield str(folder)
        finally:
            subprocess.run(_as_user(*control, "-m", "immediate", "stop"), **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A path or URL of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "events.db")
    folder = request.getfixturevalue("postgres")
    import psycopg

    name = f"test{next(_numbers)}"
    with psycopg.connect(host=folder, user="quidnunc", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://quidnunc@/{name}?host={quote(folder, safe='')}"
