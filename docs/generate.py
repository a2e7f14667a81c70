"""Writes the pages of docs/ that are made from the code: ``make docs``. A test fails when one is stale."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from quidnunc import records
from quidnunc.cli import main as command
from quidnunc.store._schema import SCHEMA_VERSION, metadata

DOCS = Path(__file__).parent
NOTE = "<!-- Made by docs/generate.py: run `make docs`. -->\n"


def cli_page() -> str:
    """The help text of every command."""
    context = click.Context(command, info_name="quidnunc", terminal_width=100, **command.context_settings)
    parts = [NOTE, "# The command line\n", _help(context)]
    for name in command.list_commands(context):
        parts += [
            f"## quidnunc {name}\n",
            _help(click.Context(command.commands[name], context, name, max_content_width=100, terminal_width=100)),
        ]
    parts.append(CLI_NOTES)
    return "\n".join(parts)


CLI_NOTES = """\
## What goes where

Standard output holds data and nothing else; progress, failures and the sum go to standard error.

- In a terminal `code` and `show` print tables. Into a pipe or file they print tab-separated lines, one an event, without a
  header: event id, date (ISO 8601, `start/end` where it is more than a day), who, what (`TYPE/mode`), to whom, status,
  where, who says so, confidence, headline. `--table` asks for the table there too.
- `code --json` prints one object a line, each page's article followed by its related cards; [schema.md](schema.md) explains
  the fields.
- The last line of `code` on standard error is the conservation law: inputs = articles + duplicates + skipped + failed. A
  duplicate is a page that the database (or, with `--no-db`, this run) holds already with the same codes; skipped articles
  are kept in the database but not coded (not in English).
- The exit code is 0 if every input was read, 1 if any failed or the database could not be used, 2 for a wrong command line.

Limits: pages and records 10 MB, feeds 32 MB, 5 redirects, 30 seconds; web addresses of this machine and of private networks only with
`--allow-private`. Hidden files in folders are left out; links to folders are not followed.
"""


def _help(context: click.Context) -> str:
    return f"```text\n{context.command.get_help(context)}\n```\n"


def schema_page() -> str:
    """Every record with its fields, and every table with its columns."""
    return "\n".join([NOTE, SCHEMA_START, *_record_sections(), SCHEMA_TABLES, *_table_sections()])


SCHEMA_START = """\
# The data: objects and tables

`quidnunc schema` prints the first part as JSON Schema (draft 2020-12). [values.md](values.md) explains block kinds and statuses.

## Objects

What `quidnunc code --json` prints, one `CodedArticle` a line, and what the library returns. Every field is always there; an
unknown value is null or empty, never guessed. A span is `[start, end)`, code points into that object's own `article.text`
(`page_span`: into the page).
"""

SCHEMA_TABLES = f"""\
## Tables of the database

Schema version {SCHEMA_VERSION}. A SQLite file (WAL, `synchronous=NORMAL`: safe when the process is killed; a power cut can undo the last
batches, never tear one) or a PostgreSQL database. Lists are JSON. Where an article was coded more than once, `current` marks
the codes that count: join with `articles` and ask for it.

`Store.events()`, `export --format csv` and `parquet` give one flat table: `id`, `article` (articles.id), the columns of `events`
from `type` on, then headline, outlet, agency, section, url, published, parent and coder of the article.
"""


def _record_sections() -> Iterator[str]:
    for record in ast.parse(inspect.getsource(records)).body:
        if isinstance(record, ast.ClassDef) and record.name != "Record":
            yield f"### {record.name}\n\n{_plain(ast.get_docstring(record) or '')}\n\n| field | type | meaning |\n|---|---|---|"
            for name, kind, meaning in _fields(record):
                yield f"| `{name}` | {kind} | {meaning} |"
            yield ""


def _fields(record: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    for position, statement in enumerate(record.body):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            after = record.body[position + 1] if position + 1 < len(record.body) else None
            said = after.value if isinstance(after, ast.Expr) else None
            meaning = (
                inspect.cleandoc(said.value) if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
            )
            yield statement.target.id, f"`{ast.unparse(statement.annotation)}`".replace("|", "\\|"), _plain(meaning)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("``", "`")).replace("|", "\\|")


def _table_sections() -> Iterator[str]:
    for table in metadata.sorted_tables:
        yield f"### {table.name}\n\n{table.comment}\n\n| column | type | meaning |\n|---|---|---|"
        for column in table.columns:
            key = " (key)" if column.primary_key else ""
            yield f"| `{column.name}`{key} | {column.type} | {_plain(column.comment or '')} |"
        yield ""


PAGES = {"cli.md": cli_page, "schema.md": schema_page}


def main() -> None:
    """Write all generated pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    sys.path.insert(0, str(DOCS))
    import types_page

    types_page.PAGE.write_text(types_page.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
