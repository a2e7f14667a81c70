"""The files that are shipped: whole, sorted, small, and readable without being loaded."""

from __future__ import annotations

from importlib.resources import files

import pytest

from quidnunc.places import key_of
from quidnunc.places._gazetteer import look_up

DATA = files("quidnunc.places").joinpath("data")


def test_names_are_sorted_and_unique() -> None:
    keys = [line.split(b"\t")[0] for line in DATA.joinpath("names.tsv").read_bytes().splitlines()]
    assert keys == sorted(set(keys))


def test_every_name_leads_to_the_start_of_a_line() -> None:
    gazetteer = DATA.joinpath("gazetteer.tsv").read_bytes()
    for line in DATA.joinpath("names.tsv").read_bytes().splitlines():
        for at in line.split(b"\t")[1].split():
            assert int(at) == 0 or gazetteer[int(at) - 1 : int(at)] == b"\n"


def test_the_files_are_small() -> None:
    assert sum(len(DATA.joinpath(name).read_bytes()) for name in ("gazetteer.tsv", "names.tsv")) < 8_000_000


@pytest.mark.parametrize("name", ["Córdoba", "cordoba", "CORDOBA", "Cor-doba"[:3] + "doba"])
def test_keys_ignore_case_and_accents(name: str) -> None:
    assert key_of(name) == "cordoba"


def test_look_up_of_the_first_the_last_and_the_unknown() -> None:
    lines = DATA.joinpath("names.tsv").read_text(encoding="utf-8").splitlines()
    assert look_up(lines[0].split("\t")[0])
    assert look_up(lines[-1].split("\t")[0])
    assert look_up("no such place anywhere") == ()


@pytest.mark.parametrize(
    "row", [line for line in DATA.joinpath("strategic.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
)
def test_strategic_places_are_complete(row: str) -> None:
    name, _, country, precision, lat, lon = row.split("\t")
    assert name
    assert len(country) in (0, 3)
    assert precision in ("site", "city", "admin", "country", "region")
    assert -90 <= float(lat) <= 90
    assert -180 <= float(lon) <= 180
