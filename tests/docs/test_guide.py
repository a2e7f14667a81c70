"""Every code block of the guide is run, page by page, in a folder with the invented examples."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner

from quidnunc import Store, events
from quidnunc.cli import main
from quidnunc.collect import read_feeds
from quidnunc.records import EventType, Status

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.M | re.S)
RUN = {"python", "console", "sql", "yaml", "toml", "json", "r", "sh"}
SHOWN = {"text", ""}
SAVED = re.compile(r"Saved as `([\w.-]+)`")
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
WITH_CODE = [name for name in PAGES if any(kind in RUN for kind, _ in BLOCK.findall((DOCS / name).read_text(encoding="utf-8")))]  # fmt: skip
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, their database, and three codings of them."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "examples", folder / "pages", ignore=shutil.ignore_patterns("*.tsv", "notebooks"))
    pages = sorted(map(str, (folder / "examples").glob("*.[th][xt]*")))
    run = CliRunner().invoke(main, ["code", *pages, "--db", str(folder / "quidnunc.db")])
    assert run.exit_code == 0, run.output
    with Store(folder / "quidnunc.db") as store:
        lines = [json.dumps(stored.coded.to_dict()) for stored in store.coded()]
    for name in ("ada", "bob", "quidnunc", "gold", "judged"):
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copy(folder / "quidnunc.db", folder / "events.db")
    (folder / "my.csv").write_text("name,country,sectors\nOrder of the Invented Heron,PER,CVL\n", encoding="utf-8")
    return folder


def commands(block: str) -> Iterator[str]:
    """The lines that a person types."""
    for line in block.splitlines():
        if line.startswith("$ "):
            yield line[2:]


def run_console(block: str) -> None:
    for line in commands(block):
        words = shlex.split(line)
        assert words[0] == "quidnunc", line
        if "EVENT" in words:
            with Store("quidnunc.db") as store:
                words[words.index("EVENT")] = store.event_rows()[0]["id"]
        if "--estimate" in words:
            check(Path(words[2]))
        run = CliRunner().invoke(main, words[1:])
        assert run.exit_code == 0, (line, run.output)


def check(sheet: Path) -> None:
    """Do what a person does between drawing a sample and reading it: all right, nothing missed."""
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with sheet.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, rows[0])
        lines.writeheader()
        lines.writerows({**row, "right" if row["kind"] == "event" else "missed": "y" if row["kind"] == "event" else 0} for row in rows)  # fmt: skip


def check_shell(block: str) -> None:
    """Lines that install or develop: their targets, scripts and extras are there."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for line in block.splitlines():
        if line.startswith("make "):
            assert line.split()[1] in TARGETS, line
        for extra in re.findall(r"\.\[(\w+)\]", line):
            assert extra in extras, line
        for script in re.findall(r"\b((?:training|benchmarks|corpus|docs)/\w+\.py)", line):
            assert (ROOT / script).exists(), line


def run_block(kind: str, block: str, names: dict[str, Any]) -> None:
    if kind == "python":
        exec(compile(block, "the guide", "exec"), names)
    elif kind == "console":
        run_console(block)
    elif kind == "sh":
        check_shell(block)
    elif kind == "json":
        json.loads(block)
    elif kind == "sql":
        with Store("quidnunc.db") as store:
            for question in filter(str.strip, block.split(";")):
                store.sql(question)
    elif kind == "yaml":
        Path("block.yaml").write_text(block, encoding="utf-8")
        plain = yaml.safe_load(block)
        if isinstance(plain, dict) and "types" in plain:
            assert events.read_codebook(Path("block.yaml")).types
    elif kind == "toml":
        Path("block.toml").write_text(block, encoding="utf-8")
        if "feed" in tomllib.loads(block):
            read_feeds(Path("block.toml"))
    elif kind == "r" and shutil.which("Rscript"):
        Path("block.R").write_text(block, encoding="utf-8")
        subprocess.run(["Rscript", "block.R"], check=True, timeout=60)


@pytest.mark.parametrize("name", WITH_CODE)
def test_the_blocks_of_a_page_run(name: str, coded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "here"
    shutil.copytree(coded, home)
    monkeypatch.chdir(home)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text, names = (DOCS / name).read_text(encoding="utf-8"), {"__name__": "guide"}
    for match in BLOCK.finditer(text):
        kind, block = match[1], match[2]
        assert kind in RUN | SHOWN, f"{name}: a block of {kind!r}: nothing runs it"
        after = text[match.end() : match.end() + 60]
        if (saved := SAVED.search(after)) is not None:
            Path(saved[1]).write_text(block, encoding="utf-8")
        run_block(kind, block, names)


def test_the_examples_cover_every_type_mode_and_status() -> None:
    import sys

    sys.path.insert(0, str(DOCS))
    import types_page

    rows = types_page.rows()
    shown = {(first, second) for first, second, _, _ in rows}
    plover = yaml.safe_load(events.plover_text())["types"]
    wanted = {(kind, mode) for kind, own in plover.items() for mode in own.get("modes", [])}
    assert wanted <= shown
    assert set(get_args(EventType)) <= {first for first, _ in shown}
    assert set(get_args(Status)) <= {first for first, _ in shown}
    stale = [row for row, mark in zip(rows, types_page.marks(rows), strict=True) if row[3] != mark]
    assert len(stale) <= len(rows) / 10, f"run `make docs`: {stale}"


def test_every_page_is_in_the_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for name in PAGES:
        assert name in menu, name
