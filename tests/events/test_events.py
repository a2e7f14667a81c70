"""Sentences and the events that they tell."""

from __future__ import annotations

import pytest

import quidnunc

CASES = [
    # plain acts, active and passive
    ("France condemned Iran on Monday over the arrest of two tourists.", "ACCUSE", "FRA", "IRN", "occurred"),
    ("Iran was condemned by France on Monday.", "ACCUSE", "FRA", "IRN", "occurred"),
    ("Russia invaded Ukraine in February 2022.", "ASSAULT", "RUS", "UKR", "occurred"),
    ("The United States imposed new sanctions on Venezuela on Friday.", "SANCTION", "USA", "VEN", "occurred"),
    ("Japan gave $40 million in emergency aid to the Philippines.", "AID", "JPN", "PHL", "occurred"),
    (
        "India and Pakistan exchanged fire; Pakistan expelled two Indian diplomats on Tuesday.",
        "SANCTION",
        "PAK",
        "IND",
        "occurred",
    ),
    ("Kenya and Ethiopia signed an agreement on water on Sunday.", "SUPPORT", "KEN", "ETH", "occurred"),
    ("Germany praised Poland for taking in refugees.", "SUPPORT", "DEU", "POL", "occurred"),
    # spoken acts and what they speak of
    ("China offered to support Hungary on public security.", "AGREE", "CHN", "HUN", "offered"),
    ("North Korea threatened to attack South Korea.", "THREATEN", "PRK", "KOR", "threatened"),
    ("Turkey refused to extradite the suspect to Sweden.", "REJECT", "TUR", "SWE", "refused"),
    ("Britain urged Israel to stop the offensive.", "REQUEST", "GBR", "ISR", "demanded"),
    ("Spain said that Morocco must open the border.", "REQUEST", "ESP", "MAR", "demanded"),
    ("Egypt accused Ethiopia of stealing the waters of the Nile.", "ACCUSE", "EGY", "ETH", "occurred"),
    # status
    ("Norway will send weapons to Ukraine next month.", "AGREE", "NOR", "UKR", "planned"),
    ("Brazil plans to withdraw its troops from Haiti.", "CONCEDE", "BRA", "HTI", "planned"),
    ("Finland has not ratified Iceland's application.", "SUPPORT", "FIN", "ISL", "not_yet"),
    ("Serbia will not recognise Kosovo.", "REJECT", "SRB", "XKX", "refused"),
    # nouns
    ("Australian criticism of China grew louder this week.", "ACCUSE", "AUS", "CHN", "occurred"),
    ("Russian attacks on Ukraine continued overnight.", "ASSAULT", "RUS", "UKR", "occurred"),
    # judgements
    ("Iran called Israel a threat to the region.", "ACCUSE", "IRN", "ISR", "occurred"),
]


@pytest.mark.parametrize(("sentence", "kind", "source", "target", "status"), CASES)
def test_event(sentence, kind, source, target, status):
    coded = quidnunc.code(sentence, published="2024-03-05")
    found = [(e.type, {p.country for p in e.sources}, {p.country for p in e.targets}, e.status) for e in coded.events]
    assert any(
        k == kind and source in s and target in t and st in ({status, "ongoing"} if status == "occurred" else {status})
        for k, s, t, st in found
    ), found


SILENT = [
    "Shares in Tokyo fell two percent on Monday as investors worried about interest rates.",
    "Chelsea attacked from the start and beat Arsenal 3-1 on Saturday.",
    "The storm struck the coast of Florida and killed four people.",
    "We roasted a turkey for the whole family.",
    "The museum opens a new exhibition of Chinese porcelain.",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_silence(sentence):
    coded = quidnunc.code(sentence, published="2024-03-05")
    assert coded.events == (), [(e.type, e.decided_by) for e in coded.events]


def test_no_attack_where_it_is_denied():
    coded = quidnunc.code("Syria did not attack Turkey on Tuesday.", published="2024-03-05")
    assert not [e for e in coded.events if e.type == "ASSAULT"]


def test_every_event_shows_its_words():
    text = "France condemned Iran on Monday over the arrest of two tourists."
    coded = quidnunc.code(text, published="2024-03-05")
    for event in coded.events:
        start, end = event.spans.trigger
        assert coded.article.text[start:end]
        for party, span in zip(event.sources, event.spans.sources, strict=True):
            assert coded.article.text[slice(*span)] == party.text
        assert event.reasons["type"]
        assert event.reasons["status"]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The Kenyan opposition claimed that police had killed three protesters in Kisumu.", "alleged"),
        ("Activists in Tunis maintain that Tunisian soldiers beat two fishermen on Sunday.", "alleged"),
    ],
)
def test_what_others_claim_is_alleged(sentence: str, status: str) -> None:
    events = [
        e
        for e in quidnunc.code(f"{sentence}\n\nNothing else was reported from the area.", published="2017-08-12").events
        if e.type == "ASSAULT"
    ]
    assert [e.status for e in events] == [status]
    assert "alleged" in events[0].reasons["status"]
