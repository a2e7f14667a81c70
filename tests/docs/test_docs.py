"""Everything that a user can meet is named in docs/, and what is generated is fresh."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
from pathlib import Path
from typing import get_args

import click
import pytest

from quidnunc import errors, records
from quidnunc.cli import main
from quidnunc.formats import FORMATS

ROOT = Path(__file__).parents[2]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
ALL = "\n".join(DOCS.values())


def _generator():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "schema.md"])
def test_generated_pages_are_fresh(name: str) -> None:
    assert DOCS.get(name) == _generator().PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_and_option_is_in_cli_md(command: str) -> None:
    assert f"## quidnunc {command}" in DOCS["cli.md"]
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in DOCS["cli.md"]


def test_every_field_of_every_record_is_in_schema_md() -> None:
    for name, record in inspect.getmembers(records, inspect.isclass):
        if issubclass(record, records.Record) and record is not records.Record:
            section = DOCS["schema.md"].split(f"### {name}\n")[1].split("\n### ")[0]
            for field in record.__struct_fields__:
                assert f"| `{field}` |" in section


@pytest.mark.parametrize("value", [*get_args(records.BlockKind), *get_args(records.Status), *get_args(records.EventType), *get_args(records.Stance), *get_args(records.ActorKind)])  # fmt: skip
def test_every_value_is_explained_in_values_md(value: str) -> None:
    assert re.search(rf"^\| `{value}` \| .{{8,}} \|$", DOCS["values.md"], re.M)


@pytest.mark.parametrize("name", [name for name, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == "quidnunc.errors"])  # fmt: skip
def test_every_error_is_explained(name: str) -> None:
    assert re.search(rf"^\| `{name}` \| ", DOCS["errors.md"], re.M)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_explained(name: str) -> None:
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in (ROOT / "docs" / "formats").glob("*.md")]
    assert any(name in re.findall(r"[\w-]+", title) for title in titles)


def test_every_dependency_is_justified() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    for requirement in required:
        name = re.split(r"[\[<>=]", requirement)[0]
        assert re.search(rf"^\| {re.escape(name)} \| .+ \| .+ \|$", DOCS["dependencies.md"], re.M), name


def test_links_between_pages_lead_somewhere() -> None:
    for name, text in {**DOCS, "../README.md": (ROOT / "README.md").read_text(encoding="utf-8")}.items():
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
            assert (ROOT / "docs" / name).parent.joinpath(target).exists(), (name, target)


def test_error_tree_in_the_docstring_is_complete() -> None:
    tree = ast.get_docstring(ast.parse(inspect.getsource(errors))) or ""
    for name, cls in inspect.getmembers(errors, inspect.isclass):
        if cls.__module__ == "quidnunc.errors":
            assert name in tree
