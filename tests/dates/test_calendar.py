"""The date of each event: a text, a trigger and a status, then the days."""

from __future__ import annotations

import pytest

from quidnunc import dates, language
from quidnunc.records import EventDate


def dated(text: str, trigger: str, status: str = "occurred", **when: object) -> EventDate | None:
    doc = language.parse(text)
    token = next(token for token in doc if token.text == trigger)
    options: dict[str, object] = {"published": "2024-02-19", **when}
    return dates.in_doc(doc, **options).event_date(token.i, status=status)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "trigger", "status", "days"),
    [
        ("Police arrested the mayor on Friday.", "arrested", "occurred", ("2024-02-16", "2024-02-16")),
        ("The presidents held talks on Friday.", "talks", "occurred", ("2024-02-16", "2024-02-16")),
        ("Since 2016, the firm has partnered with the ministry.", "partnered", "ongoing", ("2016-01-01", "2024-02-19")),
        ("Parliament will vote on the bid on Tuesday.", "vote", "planned", ("2024-02-20", "2024-02-20")),
        ("Kenya deepened ties, the minister told Uganda last week.", "told", "occurred", ("2024-02-12", "2024-02-18")),
        (
            "Kenya deepened ties, the minister told Uganda last week.",
            "deepened",
            "occurred",
            ("2024-02-12", "2024-02-18"),
        ),
        ("He visited Rome and signed the treaty in 2007.", "signed", "occurred", ("2007-01-01", "2007-12-31")),
        ("Rebels attacked the town.", "attacked", "occurred", ("2024-02-18", "2024-02-19")),
        ("Rebels are attacking the town.", "attacking", "ongoing", ("2024-02-19", "2024-02-19")),
        ("The army ruled from 2010 to 2012.", "ruled", "occurred", ("2010-01-01", "2012-12-31")),
    ],
)
def test_the_date_that_governs(text: str, trigger: str, status: str, days: tuple[str, str]) -> None:
    found = dated(text, trigger, status)
    assert found is not None
    assert (found.start, found.end) == days
    assert found.because


def test_the_day_of_saying_bounds_what_was_said() -> None:
    found = dated("Rebels attacked the town, officials said on Friday.", "attacked")
    assert found is not None
    assert (found.start, found.end, found.text) == ("2024-02-15", "2024-02-16", None)


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("They hope to sign a pact.", "sign", "planned"),
        ("The group had previously attacked the town.", "attacked", "occurred"),
        ("Turkey could ratify the bid.", "ratify", "hypothetical"),
    ],
)
def test_what_nobody_can_date_stays_open(text: str, trigger: str, status: str) -> None:
    assert dated(text, trigger, status) is None


def test_a_window_of_publication_widens_the_weekday() -> None:
    text = "The assembly is expected to approve the bid on Tuesday."
    found = dated(text, "approve", "planned", published="2024-01-29", window=("2024-01-22", "2024-01-29"))
    assert found is not None
    assert (found.start, found.end) == ("2024-01-23", "2024-01-30")


def test_without_publication_only_full_dates_resolve() -> None:
    assert dated("Rebels attacked the town on Friday.", "attacked", published=None) is None
    found = dated("Rebels attacked the town on 3 June 2021.", "attacked", published=None)
    assert found is not None
    assert found.start == "2021-06-03"


def test_the_expression_behind_a_date() -> None:
    doc = language.parse("Police arrested the mayor on Friday.")
    calendar = dates.in_doc(doc, published="2024-02-19")
    expression = calendar.event_expression(1, status="occurred")
    assert expression is not None
    assert doc.text[expression.start : expression.end] == "Friday"


def test_centuries_under_a_perfect_tense_end_at_publication():
    doc = language.parse("The two peoples have fought over the valley for centuries.")
    date = dates.in_doc(doc, published="2014-10-27").event_date(4, status="occurred")
    assert date is None or date.end == "2014-10-27"
