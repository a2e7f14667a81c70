"""The data files: they load, are sorted, in lower case, and say where they come from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from quidnunc.pages import _knowledge as knowledge
from quidnunc.records import BlockKind

DATA = files("quidnunc.pages").joinpath("data")
NAMES = sorted(entry.name for entry in DATA.iterdir() if entry.name.endswith((".toml", ".csv")))


def lists(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from lists(item)


@pytest.mark.parametrize("name", NAMES)
def test_each_file_opens_with_its_origin(name: str) -> None:
    head = DATA.joinpath(name).read_text(encoding="utf-8").split("\n\n")[0]
    assert head.startswith("# ")
    assert any(word in head for word in ("Compiled for this project", "compiled for this project", "General knowledge"))


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".toml")])
def test_lists_are_sorted_and_in_lower_case(name: str) -> None:
    for words in lists(tomllib.loads(DATA.joinpath(name).read_text(encoding="utf-8"))):
        assert words == sorted(set(words))
        assert all(word == word.lower() for word in words)


def test_kinds_of_zones_are_block_kinds() -> None:
    zones = knowledge.zones()
    kinds = {*zones.elements.values(), *zones.classes.values(), *zones.pairs.values()}
    assert kinds <= set(BlockKind.__args__)  # type: ignore[attr-defined]


def test_agencies_and_outlets() -> None:
    assert knowledge.agencies()["associated press"] == "AP"
    assert knowledge.agencies()["agence france-presse"] == "AFP"
    assert knowledge.outlets()["bbc.co.uk"] == "BBC"
    assert list(knowledge.outlets()) == sorted(knowledge.outlets())
