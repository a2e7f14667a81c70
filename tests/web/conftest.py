"""A small store and the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from synthetic import coded

from quidnunc.store import Store
from quidnunc.web import make_app

HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    with Store(path) as store:
        store.add(coded())
        store.add(coded("bad0bad0bad0bad0", headline=HOSTILE, outlet=HOSTILE, url="javascript:window.broken=1"))
        store.find_stories()
    return path


@pytest.fixture(scope="session")
def client(database: Path) -> Iterator[TestClient]:
    with TestClient(make_app(str(database)), base_url="http://127.0.0.1:8765") as client:
        yield client
