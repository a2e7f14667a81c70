"""Where an event happened: a text and a trigger, then the place, or none."""

from __future__ import annotations

import pytest

from quidnunc import language, places
from quidnunc.records import Place


def placed(text: str, trigger: str, **options: object) -> Place | None:
    doc = language.parse(text)
    token = next(token for token in doc if token.text == trigger)
    return places.in_doc(doc, **options).event_place(token.i)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Police arrested protesters in Moscow.", "arrested", "Moscow"),
        ("During a visit to Budapest, the minister spoke.", "visit", "Budapest"),
        ("Three migrants died in a shoot-out near Serbia's border with Hungary.", "died", "Serbia"),
        ("Troops met rebels in the town of Azaz.", "met", "Azaz"),
        ("The envoy held a conference in Geneva.", "conference", "Geneva"),
        ("Rebels stormed Goma on Friday and the storming of Goma went on.", "storming", "Goma"),
    ],
)
def test_its_own_clause_says_where(text: str, trigger: str, name: str) -> None:
    found = placed(text, trigger)
    assert found is not None
    assert found.text == name


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Washington said it would act.", "said"),
        ("Russia scandal investigators met.", "met"),
        ("We call on Russia to withdraw.", "call"),
        ("The Washington Post reported the attack.", "attack"),
        ("Police arrested a man. He was born in Rome.", "arrested"),
    ],
)
def test_no_guessing(text: str, trigger: str) -> None:
    assert placed(text, trigger) is None


def test_the_dateline_places_the_first_paragraph_only() -> None:
    text = "Rebels attacked a bus.\n\nThey burned a school."
    lead, later = (placed(text, trigger, dateline="NAIROBI, Kenya") for trigger in ("attacked", "burned"))
    assert lead is not None
    assert (lead.name, lead.country) == ("Nairobi", "KEN")
    assert "dateline" in lead.because
    assert later is None


def test_excluded_names_are_no_places() -> None:
    text = "Jordan spoke in Chicago."
    found = places.in_doc(language.parse(text), exclude=[(0, 6)]).places
    assert [place.text for place in found] == ["Chicago"]
