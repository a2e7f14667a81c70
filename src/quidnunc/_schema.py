"""The JSON Schema of what ``quidnunc code --json`` prints, made from the records."""

from __future__ import annotations

from typing import Any

import msgspec

from quidnunc.records import CodedArticle

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one line of ``quidnunc code --json``: of ``CodedArticle.to_dict()``.

    Every field is always there, and there are no others.
    """
    _, parts = msgspec.json.schema_components([CodedArticle], ref_template="#/$defs/{name}")
    definitions: dict[str, dict[str, Any]] = dict(sorted(parts.items()))
    del definitions["CodedArticle"]["properties"]["related"]  # lines of their own: see CodedArticle.lines
    for definition in definitions.values():
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        for field in definition["properties"].values():
            field.pop("default", None)
    return {"$schema": DIALECT, "title": "CodedArticle", "$ref": "#/$defs/CodedArticle", "$defs": definitions}
