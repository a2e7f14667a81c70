"""Single actor phrases with country and sector: the test cases of NGEC's actor resolver.

The authors' test_actor_resolution.py (read as data, never run), or JSON lines (method, text, context, date, expect).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from quidnunc.errors import InputError
from quidnunc.evaluation._codings import ORGANISATIONS
from quidnunc.evaluation._result import Result, measured
from quidnunc.evaluation.sets._read import Row, jsonl, text

ENCYCLOPEDIA = "wiki"
METHODS = ("search_nat", "short_text_to_agent", "agent_to_code")
EXPECTED = {"country": "country", "correct_country": "country", "code_1": "code_1", "correct_code1": "code_1", "wiki": "wiki", "correct_wiki": "wiki"}  # fmt: skip


def load(path: Path) -> list[Row]:
    """Cases with method, text, context, date, expect."""
    if path.suffix != ".py":
        return jsonl(path)
    try:
        tree = ast.parse(text(path))
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise InputError(f"{path}: not a Python file: {error}") from error
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [case for function in functions if (case := _case(function)) is not None]


def _case(function: ast.FunctionDef) -> Row | None:
    """The case in a test: a dictionary ``d`` of what is asked and expected, one call, and asserts."""
    given: dict[str, Any] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            given.update(_plain(node.value))
    call = next((n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in METHODS), None)  # fmt: skip
    if call is None or not isinstance(call.func, ast.Attribute):
        return None
    told = [_value(argument, given) for argument in call.args]
    expect = {EXPECTED[key]: value for key, value in given.items() if key in EXPECTED and isinstance(value, str)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare):
            expect.update(_asserted(node.test, call.func.attr))
    if not told or not isinstance(told[0], str) or not expect:
        return None
    return {"id": function.name, "method": call.func.attr, "text": told[0], "context": [one for one in told[1:] if isinstance(one, str)], "date": None, "expect": expect}  # fmt: skip


def _plain(node: ast.Dict) -> dict[str, Any]:
    pairs = ((key, value) for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant))
    return {str(key.value): value.value for key, value in pairs if isinstance(value, ast.Constant)}


def _value(node: ast.expr, given: dict[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return given.get(str(node.slice.value))
    return None


def _asserted(test: ast.Compare, method: str) -> Iterator[tuple[str, str]]:
    right = test.comparators[0]
    if not isinstance(test.ops[0], ast.Eq) or not isinstance(right, ast.Constant) or not isinstance(right.value, str):
        return
    left = test.left
    if isinstance(left, ast.Subscript) and isinstance(left.slice, ast.Constant) and left.slice.value in EXPECTED:
        yield EXPECTED[str(left.slice.value)], right.value
    elif method == "search_nat" and isinstance(left, ast.Name) and left.id != "text":
        yield "country", right.value


def same_country(got: str | None, want: str) -> bool:
    """Equal, organisations of states taken together; nothing wanted is met by nothing."""
    return (("IGO" if got in ORGANISATIONS else got) or "") == ("IGO" if want in ORGANISATIONS else want)


def judge(got: Any, want: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Each field that a case asks for, and whether it is right."""
    if "country" in want:
        yield "country", same_country(got.country, want["country"])
    if want.get("code_1"):
        yield "sector", want["code_1"] in got.sectors
    elif "code_1" in want:
        yield "sector", not got.sectors


def resolve(case: Row) -> Any:
    """The actor of a case, on the day that its context or date tells."""
    from quidnunc import actors

    context = [c for c in case["context"] if c]
    told = next((c for c in context if c[:4].isdigit()), None) or _day(case["date"])
    day = told or next((_day(c) for c in context if _day(c)), None)
    lead = next((c for c in context if not _day(c) and c.lower() != "today"), "")
    return actors.resolve(case["text"], context=lead, date=day)


def _day(words: str | None) -> str | None:
    """A date in words ("January 6, 2021") as ISO 8601."""
    if not words or not any(c.isdigit() for c in words):
        return None
    import dateparser

    found = dateparser.parse(words)
    return found.date().isoformat() if found else None


def score(rows: list[Row], rounds: int) -> Result:
    """Country and sector right: of all cases, and of those that need no encyclopedia."""
    lines = []
    for case in rows:
        line = dict.fromkeys([f"{field} {what} {group}" for group in ("all", "plain") for field in ("country", "sector") for what in ("n", "right")], 0.0)  # fmt: skip
        for field, right in judge(resolve(case), case["expect"]):
            for group in ("all",) if case["expect"].get(ENCYCLOPEDIA) else ("all", "plain"):
                line[f"{field} n {group}"] += 1
                line[f"{field} right {group}"] += right
        lines.append(list(line.values()))

    def of_sums(sums: np.ndarray) -> list[float]:
        return [float(sums[at + 1] / max(sums[at], 1)) for at in (0, 2, 4, 6)]

    names = ("country", "sector", "country, no encyclopedia needed", "sector, no encyclopedia needed")
    return Result(
        set="actors (NGEC's tests)", units=len(rows), unit="phrases", measures=measured(lines, names, of_sums, rounds), table=names[:2],
    )  # fmt: skip
