"""What every reader has to do; a new one gets samples in ``samples.py`` and is tested by itself."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.carriers.samples import SAMPLES

from quidnunc.errors import InputError
from quidnunc.pages.carriers import READERS, open_pages
from quidnunc.records import Page

NAMES = [reader.name for reader in READERS]
CASES = [(name, number) for name in NAMES for number in range(len(SAMPLES[name]))]
DOCS = (Path(__file__).parents[3] / "docs" / "carriers.md").read_text(encoding="utf-8")


def read(data: bytes, name: str = "in.dat") -> list[Page | InputError]:
    return list(open_pages(name, data))


def check(items: list[Page | InputError], name: str = "in.dat") -> None:
    """Only pages with a name and content, and errors of one line that begin with a name."""
    for item in items:
        if isinstance(item, Page):
            assert item.name == name or item.name.startswith(f"{name}#")
            assert item.content.strip()
            assert len(item.content) <= 10_000_000
            if isinstance(item.content, str):
                item.content.encode("utf-8")
        else:
            assert isinstance(item, InputError)
            assert re.match(re.escape(name) + r"(#[^\n]{1,130})?: [^\n]+$", str(item)), str(item)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_documented_and_has_samples(name: str) -> None:
    assert SAMPLES[name]
    assert f"| `{name}` |" in DOCS


@pytest.mark.parametrize(("name", "number"), CASES)
def test_it_knows_its_own_by_content_and_no_other_reader_does(name: str, number: int) -> None:
    pages = open_pages("whatever.bin", SAMPLES[name][number])
    items = list(pages)
    assert pages.carrier == name
    check(items, "whatever.bin")
    if name != "archive":
        assert items
        assert all(isinstance(item, Page) for item in items)


@pytest.mark.parametrize(("name", "number"), CASES)
def test_bytes_files_and_pipes_give_the_same(name: str, number: int, tmp_path: Path) -> None:
    data = SAMPLES[name][number]
    path = tmp_path / "in.dat"
    path.write_bytes(data)

    class Pipe(io.BytesIO):
        """Gives a few bytes at a time and cannot seek."""

        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(7, size) if size is not None and size >= 0 else 7)

        def seekable(self) -> bool:
            return False

    expected = [str(item) for item in read(data)]
    assert [str(item) for item in open_pages("in.dat", path)] == expected
    assert [str(item) for item in open_pages("in.dat", Pipe(data))] == expected


@pytest.mark.parametrize(("name", "number"), CASES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_mutated_input_gives_pages_and_errors_only(name: str, number: int, data: st.DataObject) -> None:
    good = SAMPLES[name][number]
    check(read(data.draw(mutated(good))))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(tail=st.binary(max_size=300), cut=st.integers(0, 60))
def test_random_bytes_after_a_good_beginning(name: str, tail: bytes, cut: int) -> None:
    check(read(SAMPLES[name][0][:cut] + tail))


@st.composite
def mutated(draw: st.DrawFn, good: bytes) -> bytes:
    """The input with up to three stretches cut out, doubled, or overwritten."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        end = start + draw(st.integers(0, 40))
        match draw(st.sampled_from(["cut", "double", "overwrite", "truncate"])):
            case "cut":
                del data[start:end]
            case "double":
                data[start:start] = data[start:end]
            case "overwrite":
                data[start:end] = draw(st.binary(max_size=40))
            case "truncate":
                del data[max(1, start) :]
    return bytes(data) or b"x"
