"""Whatever fits the OpenAPI schema, or does not, gets an answer that fits it too, and never a 5xx."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from quidnunc.web import make_app
from quidnunc.web._inbox import Inbox

schemathesis = pytest.importorskip("schemathesis")
ASKED = {"Authorization": "Bearer secret"}


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_answers_fit_the_schema(database: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    monkeypatch.setattr(Inbox, "_code", lambda *_: None)
    app = make_app(str(database), token="secret")
    wanted = [not_a_server_error, checks.status_code_conformance, checks.response_schema_conformance, checks.content_type_conformance]  # fmt: skip
    with TestClient(app, headers=ASKED):
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=ASKED)
        operations = [found.ok() for found in schema.get_all_operations()]
        assert len(operations) >= 12
        for operation in operations:

            @given(case=operation.as_strategy(generation_mode=GenerationMode[mode]))
            @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)  # fmt: skip
            def ask(case: Any) -> None:
                case.validate_response(case.call(headers=ASKED), checks=wanted)

            with suppress(Unsatisfiable):  # an address without parameters cannot be asked wrongly
                ask()
