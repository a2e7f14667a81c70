"""One event with its reports."""

from __future__ import annotations

from msgspec.structs import replace
from synthetic import coded, offer, refusal

from quidnunc.records import CodedArticle, EventDate, Party
from quidnunc.stories import happenings


def telling(article_id: str, outlet: str, agency: str | None = None, **change: object) -> CodedArticle:
    made = coded(article_id)
    page = replace(made.article, id=article_id, outlet=outlet, agency=agency)
    return replace(made, article=page, events=(replace(offer(), **change), refusal()))


def test_two_outlets_tell_one_happening_each() -> None:
    found = happenings([telling("a", "One"), telling("b", "Two")])
    assert [(one.type, len(one.reports), one.origins) for one in found] == [("AGREE", 2, 2), ("REJECT", 2, 2)]
    assert not found[0].disputed


def test_a_wire_on_two_sites_is_one_origin() -> None:
    found = happenings([telling("a", "One", "Wire"), telling("b", "Two", "Wire"), telling("c", "Three")])
    assert [one.origins for one in found] == [2, 2]


def test_copies_share_an_origin_even_without_a_wire() -> None:
    found = happenings([telling("a", "One"), telling("b", "Two")], {"a": "a", "b": "a"})
    assert [(len(one.reports), one.origins) for one in found] == [(2, 1), (2, 1)]


def test_another_type_another_day_or_other_parties_are_another_happening() -> None:
    other = {"type": "ASSAULT"}, {"sources": (Party(actor="a1", text="rebels of Ituri", country="COD", sectors=("REB",)),), "mode": "x", "date": EventDate(start="2023-01-01", end="2023-01-01", precision="day")}  # fmt: skip
    for change in other:
        found = happenings([telling("a", "One"), telling("b", "Two", **change)])
        assert len(found) == 3


def test_outlets_that_differ_in_status_are_shown_to_differ() -> None:
    found = happenings([telling("a", "One"), telling("b", "Two", status="denied")])
    assert found[0].disputed
    assert [report.status for report in found[0].reports] == ["offered", "denied"]


def test_events_of_one_article_are_never_joined() -> None:
    one = telling("a", "One")
    assert len(happenings([replace(one, events=(offer(), replace(offer(), id="e9")))])) == 2
