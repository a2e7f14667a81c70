"""Turns of news English that turn who does what around."""

from __future__ import annotations

import pytest

import quidnunc


def told(text: str) -> list[tuple[str, set[str], set[str]]]:
    """Type, countries of the sources and of the targets of each event."""
    coded = quidnunc.code(text, published="2016-06-15")
    return [(e.type, {p.country for p in e.sources} - {None}, {p.country for p in e.targets} - {None}) for e in coded.events]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Washington said it was time for Russia to release the sailors.", ("REQUEST", {"USA"}, {"RUS"})),
        ("Malaysia has kept up a policy of turning away boats of migrants.", ("COERCE", {"MYS"}, set())),
        ("Mosul was overrun by Islamic State militants in 2014, Iraqi officers said.", ("ASSAULT", {"IMG"}, {"IRQ"})),
        ("The Afghan team had been denied visas by the United States.", ("REJECT", {"USA"}, {"AFG"})),
    ],
)
def test_turn(text, event):
    assert event in told(text)


def test_what_it_is_time_for_has_not_happened():
    assert not [e for e in told("Washington said it was time for Russia to release the sailors.") if e[0] == "RETREAT"]


def test_what_is_hit_is_not_who_hits():
    events = quidnunc.code("The embassy blast killed 10 people in Dar es Salaam.", published="1998-08-18").events
    assert events
    assert not any(party.text.lower().endswith("embassy") for event in events for party in event.sources)


def test_a_title_is_no_act():
    assert not [e for e in told('The senator spoke on NBC\'s "Meet the Press" about the budget.') if e[0] == "CONSULT"]


def test_what_is_planned_for_a_weekday_lies_ahead():
    coded = quidnunc.code("U.S. and Chinese negotiators prepared to meet Tuesday in Washington.", published="2016-06-15")  # fmt: skip
    assert [e.date.start for e in coded.events if e.type == "AGREE" and e.date] == ["2016-06-21"]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("A car bomb exploded outside a police station in Kirkuk, killing 12 policemen.", ("ASSAULT", set(), {"IRQ"})),
        ("At least 30 people were killed in a bomb attack in Kirkuk, Iraq.", ("ASSAULT", set(), {"IRQ"})),
        ("Six Turkish soldiers were killed and four others wounded in a PKK attack in Van.", ("ASSAULT", {"TUR"}, {"TUR"})),
        ("Twenty Taliban militants were killed in fighting with Afghan soldiers.", ("ASSAULT", {"AFG"}, {"AFG"})),
        ("Violent protests broke out in Madrid on Monday.", ("PROTEST", set(), set())),
        ("Nurses in Kenya are on strike over pay.", ("PROTEST", {"KEN"}, set())),
        ("Mexico's president began a five-day visit to India on Monday.", ("CONSULT", {"MEX"}, {"IND"})),
        ("The American president called for the Syrian government to free a reporter.", ("REQUEST", {"USA"}, {"SYR"})),
        ("A court in Jakarta found the cleric guilty of conspiracy.", ("SANCTION", {"IDN"}, set())),
    ],
)  # fmt: skip
def test_news_of_every_day(text, event):
    assert event in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "A car bomb exploded outside a police station in Kirkuk, killing 12 policemen.",
        "A suicide bomber blew himself up at a market in Baghdad, killing 12 people.",
    ],
)
def test_an_attack_and_its_dead_are_one_event(text):
    (event,) = told(text)
    assert event == ("ASSAULT", event[1], {"IRQ"})


@pytest.mark.parametrize(
    "text",
    [
        "He took office on March 6, 2018, and left it a year later.",
        "The singer died of a heart attack in Lima.",
        "At least 12 people were killed in a bus crash near Kirkuk.",
    ],
)
def test_no_attack_and_no_march(text):
    assert not [event for event in told(text) if event[0] in ("ASSAULT", "PROTEST")]


def test_whoever_a_government_is_called_after_heads_it():
    text = "The Trump administration is suffering from leaks. Trump has pressed officials to go after the leakers."
    assert ("REQUEST", {"USA"}, {"USA"}) in told(text)


def test_a_plea_is_made_by_whom_it_comes_from():
    text = "Russia granted the man asylum despite a personal plea from Mr. Obama to Mr. Putin."
    assert ("REQUEST", {"USA"}, {"RUS"}) in told(text)
