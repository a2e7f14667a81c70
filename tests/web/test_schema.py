"""Whatever fits the OpenAPI schema, or does not, gets an answer that fits it too, and never a 5xx."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from quidnunc.web import make_app

schemathesis = pytest.importorskip("schemathesis")


@pytest.fixture(scope="module")
def api(database: Path):  # type: ignore[no-untyped-def]
    from starlette.testclient import TestClient

    app = make_app(str(database), token="secret")
    with TestClient(app):
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"Authorization": "Bearer secret"})


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_answers_fit_the_schema(case) -> None:  # type: ignore[no-untyped-def]
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

    answer = case.call(headers={"Authorization": "Bearer secret"})
    checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
    if answer.status_code != 304:
        checks.append(content_type_conformance)
    case.validate_response(answer, checks=checks)
