"""Texts, and the actors that they have."""

from __future__ import annotations

from datetime import date

import pytest

from quidnunc import actors, language
from quidnunc.records import Actor


def read(text: str, day: str = "2024-02-19", **more: str) -> actors.Cast:
    return actors.cast(language.parse(text), published=date.fromisoformat(day), **more)


def codes(text: str, day: str = "2024-02-19") -> dict[str, tuple[str | None, str]]:
    """Name to country and first sector."""
    return {a.name: (a.country, a.sectors[0] if a.sectors else "") for a in read(text, day).actors}


def at(text: str, words: str, day: str = "2024-02-19") -> Actor:
    """The actor whose mention is exactly ``words`` (the first such)."""
    cast = read(text, day)
    for m in cast.mentions:
        if text[m.start : m.end] == words:
            return cast.actor(m.actor)
    raise AssertionError(f"no mention {words!r} among {[text[m.start : m.end] for m in cast.mentions]}")


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("The Peruvian interior minister resigned.", "Peruvian interior minister", "PER", "GOV"),
        ("Pakistan's parliament passed the bill.", "Pakistan's parliament", "PAK", "LEG"),
        ("Iranian state media showed the launch.", "Iranian state media", "IRN", "JRN"),
        ("Two US warplanes struck the depot.", "Two US warplanes", "USA", "MIL"),
        ("Ukrainian troops held the town.", "Ukrainian troops", "UKR", "MIL"),
        ("Police in Nairobi arrested students.", "Police", "KEN", "COP"),
        ("Police in Nairobi arrested students.", "students", "KEN", "EDU"),
        ("The president of France spoke.", "president", "FRA", "GOV"),
        ("Chile's Defense Department denied it.", "Defense Department", "CHL", "GOV"),
        ("Rebel forces in Chad took a village.", "Rebel forces", "TCD", "REB"),
        ("Opposition leaders in Lusaka marched.", "Opposition leaders", "ZMB", "OPP"),
        ("Germany's Constitutional Court ruled.", "Constitutional Court", "DEU", "JUD"),
        ("Trade unions in Argentina went on strike.", "Trade unions", "ARG", "LAB"),
        ("A former Polish prime minister said so.", "former Polish prime minister", "POL", "ELI"),
        ("The Saudi-led coalition bombed Sanaa.", "Saudi-led coalition", "SAU", "MIL"),
        ("Greenpeace sued Shell.", "Shell", "GBR", "BUS"),
        ("The WHO warned Jakarta.", "WHO", "UNO", ""),
        ("The Kremlin denied it.", "Kremlin", "RUS", "GOV"),
        ("Nato welcomed the vote.", "Nato", "IGO", ""),
        ("The European Commission sued Malta.", "European Commission", "EUR", ""),
        ("The ruling Georgian Dream party won.", "Georgian Dream", "GEO", "PTY"),
        ("Chinese carmaker BYD will build it.", "BYD", "CHN", "BUS"),
    ],
)
def test_phrases(text: str, words: str, country: str, sector: str) -> None:
    actor = at(text, words)
    assert (actor.country, actor.sectors[0] if actor.sectors else "") == (country, sector), actor.resolved_by
    assert actor.resolved_by


@pytest.mark.parametrize(
    "text",
    [
        "She cooked the turkey for dinner. Turkey sandwiches were served after it.",
        "Michael Jordan scored 40 points. Jordan then thanked the crowd.",
        "Chad Smith told reporters that he would sue.",
        "Paris Hilton arrived late.",
        "Ships crossed the South China Sea and the Gulf of Mexico.",
        "Georgia Governor Brian Kemp met Republicans in Atlanta; Georgia votes on Tuesday.",
    ],
)
def test_homonyms_are_no_states(text: str) -> None:
    assert not [a for a in read(text).actors if a.kind == "state"]


def test_a_newspaper_is_not_its_city() -> None:
    got = codes("The Washington Post reported that Washington would send troops to Guinea.")
    assert got["Washington Post"] == ("USA", "JRN")
    assert got["Washington"] == ("USA", "GOV")


def test_georgia_the_state() -> None:
    assert at("Georgia accused Russia of occupying Abkhazia, officials in Tbilisi said.", "Georgia").country == "GEO"


def test_a_city_acts_or_is_a_place() -> None:
    text = "Beijing said that the ministers had met in Beijing during a visit to Budapest."
    first, second, third = [m for m in read(text).mentions if text[m.start : m.end] in ("Beijing", "Budapest")]
    assert (first.as_place, first.form) == (False, "metonym")
    assert second.as_place
    assert third.as_place


def test_short_names_mean_the_full_ones() -> None:
    text = "Finance minister Wu Danping met Eva Kovacs in Beijing. Wu said that Kovacs had agreed. The finance minister left on Monday."
    cast = read(text)
    by_name = {a.name: a for a in cast.actors}
    assert len(by_name["Wu Danping"].mentions) == 3
    assert by_name["Wu Danping"].role == "finance minister"
    assert len(by_name["Eva Kovacs"].mentions) == 2


def test_a_minister_takes_the_country_of_the_nearest_state_subject() -> None:
    text = "Norway wants closer ties with Ghana, energy minister Kari Holt told the president last week."
    assert at(text, "Kari Holt").country == "NOR"


def test_namesakes_are_told_apart_by_title() -> None:
    text = "Mr Baker accused Mrs Baker. She denied it."
    cast = read(text)
    people = [a for a in cast.actors if a.kind == "person"]
    assert len(people) == 2
    assert len(people[1].mentions) == 2


def test_posts_hold_on_their_days() -> None:
    text = "Tony Blair spoke in London."
    assert at(text, "Tony Blair", "2003-01-01").sectors == ("GOV",)
    assert at(text, "Tony Blair", "2015-01-01").sectors == ("ELI",)
    taliban = "The Taliban closed the border."
    assert at(taliban, "Taliban", "2005-05-01").sectors == ("REB",)
    assert at(taliban, "Taliban", "2022-05-01").sectors == ("GOV",)


def test_pronouns() -> None:
    text = "Lawmakers in Colombia rejected President Gustavo Petro's reform. He vowed to try again."
    assert at(text, "He").name == "Gustavo Petro"
    text = "Hungary, which had opposed the plan, said it would vote for it."
    assert at(text, "which").country == "HUN"
    assert at(text, "it").country == "HUN"


def test_both_countries() -> None:
    text = "France and Germany met in Vienna. Both countries urged Iran to stop."
    cast = read(text)
    doc = language.parse(text)
    head = next(t.i for t in doc if t.text == "countries")
    assert {cast.actor(m.actor).country for m in cast.all_at(head)} == {"FRA", "DEU"}


def test_two_nationalities_make_two_actors() -> None:
    text = "U.S. and Chinese negotiators met. The foreign ministers of France and Italy did not."
    got = {(a.name, a.country) for a in read(text).actors}
    assert {("U.S. and Chinese negotiators", "USA"), ("U.S. and Chinese negotiators", "CHN")} <= got
    assert {("foreign ministers", "FRA"), ("foreign ministers", "ITA")} <= got


def test_the_bloc_and_the_country() -> None:
    text = "Hungary, a Russian ally, is the only member of NATO that has not agreed. The country wants guarantees from the bloc."
    assert at(text, "country").country == "HUN"
    assert at(text, "bloc").country == "IGO"


def test_headlines_in_capitals_or_without() -> None:
    assert {"CHN", "HUN"} <= {a.country for a in read("CHINA OFFERS TO BACK HUNGARY IN SECURITY MATTERS").actors}
    assert {"CHN", "HUN"} <= {a.country for a in read("china offers to back hungary in security matters").actors}
    assert not [a for a in read("WHO IS IT THAT TOLD US SO").actors if a.country == "UNO"]


def test_modifiers_are_mentions_too() -> None:
    text = "Turkey's parliament will approve Sweden's Nato membership bid after Russian attacks."
    forms = {text[m.start : m.end]: m.form for m in read(text).mentions}
    assert forms["Turkey"] == forms["Sweden"] == forms["Nato"] == "name"
    assert forms["Russian"] == "demonym"
    assert forms["Turkey's parliament"] == "role"


def test_at_gives_the_mention_of_a_head() -> None:
    text = "Hungary's far-right Our Homeland party lost."
    doc = language.parse(text)
    cast = actors.cast(doc)
    party = next(t.i for t in doc if t.text == "party")
    mention = cast.at(party)
    assert mention is not None
    assert cast.actor(mention.actor).country == "HUN"
    assert cast.at(len(doc) - 1) is None
    with pytest.raises(KeyError):
        cast.actor("a99")


def test_dateline_and_headline_help() -> None:
    text = "Police fired tear gas at protesters on Friday."
    assert {a.country for a in read(text, dateline="LUSAKA, Zambia").actors} == {"ZMB"}
    assert {a.country for a in read(text).actors} == {None}


def test_ids_follow_the_text() -> None:
    cast = read("France warned Italy. Italy replied to France and to Spain.")
    assert [(a.id, a.name) for a in cast.actors] == [("a1", "France"), ("a2", "Italy"), ("a3", "Spain")]
    assert [m.start for m in cast.mentions] == sorted(m.start for m in cast.mentions)
