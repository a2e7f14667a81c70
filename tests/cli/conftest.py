"""The command line with a stand-in for the coder: pages in a language of their own, no model to load."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from synthetic import card, coded, foreign

from quidnunc.errors import EmptyInput, InputError
from quidnunc.records import CodedArticle

Quidnunc = Callable[..., Result]


def _code(page: Any) -> CodedArticle | InputError:
    content = page.content if isinstance(page.content, bytes) else page.content.encode()
    if not content.strip():
        return EmptyInput(f"{page.name}: there is nothing in it")
    if content == b"zh":
        return foreign()
    article_id = sha256(content).hexdigest()[:16]
    headline = content.decode().splitlines()[0]
    small = (card(article_id, sha256(b"card" + content).hexdigest()[:16]),) if b"READ MORE" in content else ()
    return replace(coded(article_id, headline=headline, url=page.url, published=page.published), related=small)


def _code_all(pages: Iterable[Any], *, options: object = None) -> Iterator[CodedArticle | InputError]:
    return map(_code, pages)


class _Options:
    def __init__(self, **given: object) -> None:
        self.given = given


@pytest.fixture
def quidnunc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Quidnunc:
    """Runs the command in a folder of its own."""
    from quidnunc.cli import main

    stand_in = ModuleType("quidnunc.coder")
    vars(stand_in).update(code_all=_code_all, Options=_Options)
    monkeypatch.setitem(sys.modules, "quidnunc.coder", stand_in)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes | None = None, exit_code: int = 0) -> Result:
        result = CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)
        assert result.exit_code == exit_code, result.output
        return result

    return run
