"""One phrase alone, a user's own list, and texts of any sort."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quidnunc import actors, language
from quidnunc.actors import _knowledge
from quidnunc.errors import KnowledgeError


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        ("the Iranian foreign minister", "IRN", ("GOV",)),
        ("UNICEF", "UNO", ()),
        ("Sergei Lavrov", "RUS", ("GOV",)),
        ("Great Britain", "GBR", ()),
        ("People's Republic of China", "CHN", ()),
        ("retired vice president", None, ("ELI",)),
        ("a team of heavily armed police", None, ("COP",)),
        ("president", None, ("GOV",)),
        ("South Ossetia", "GEO", ("PRE",)),
        ("Kyiv police", "UKR", ("COP",)),
        ("gunmen", None, ("UAF",)),
        ("", None, ()),
        ("the and of", None, ()),
    ],
)
def test_phrase(phrase: str, country: str | None, sectors: tuple[str, ...]) -> None:
    actor = actors.resolve(phrase)
    assert (actor.country, actor.sectors) == (country, sectors), actor.resolved_by
    assert actor.resolved_by


def test_context_gives_the_country() -> None:
    assert actors.resolve("the National Guard").country is None
    assert actors.resolve("the National Guard", context="Saudi").country == "SAU"


def test_date_decides() -> None:
    assert actors.resolve("Angela Merkel", date="2017-04-01").sectors == ("GOV",)
    assert actors.resolve("Angela Merkel", date="2022-01-10").sectors == ("ELI",)


@pytest.fixture
def clean() -> object:
    yield None
    _knowledge._store().added.clear()
    _knowledge._store().parsed.clear()


def test_a_list_of_ones_own(tmp_path: Path, clean: object) -> None:
    mine = tmp_path / "my.csv"
    mine.write_text(
        "name,country,sectors,kind,role,valid_from,valid_to\nOrder of the Teapot|OTT,ISL,REB+CRM,armed_group,,2020-01-01,\n",
        encoding="utf8",
    )
    assert actors.extend(mine) == 2
    text = "The Order of the Teapot attacked Oslo."
    [actor] = [a for a in actors.cast(language.parse(text)).actors if a.kind == "armed_group"]
    assert (actor.country, actor.sectors) == ("ISL", ("REB", "CRM"))
    assert "my.csv" in actor.resolved_by


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("who,country\nX,FRA\n", "no column 'name'"),
        ("name,valid_from\nX Y,yesterday\n", "line 2: valid_from 'yesterday'"),
        ("name,kind\nX Y,wizard\n", "unknown kind 'wizard'"),
        ("name\n???\n", "no letters"),
    ],
)
def test_a_bad_list_is_named(tmp_path: Path, clean: object, rows: str, message: str) -> None:
    mine = tmp_path / "bad.csv"
    mine.write_text(rows, encoding="utf8")
    with pytest.raises(KnowledgeError, match=message):
        actors.extend(mine)


PIECES = st.sampled_from(
    [
        "the",
        "minister",
        "of",
        "Georgia",
        "President",
        "Xi",
        "'s",
        "said",
        "he",
        "US",
        "-",
        "led",
        ",",
        ".",
        "\n\n",
        "which",
        "both",
        "countries",
        "police",
        "Mr",
        "Smith",
        "and",
        "in",
        "U.N.",
        "(",
        ")",
        "é",
        "AL",
        "al-Qaeda",
        "their",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text(text: str) -> None:
    cast = actors.cast(language.parse(text))
    for actor in cast.actors:
        assert actor.resolved_by
        assert actor.mentions
        for start, end in actor.mentions:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
    for mention in cast.mentions:
        assert cast.actor(mention.actor)


def test_knowledge_holds_together() -> None:
    seen = set()
    for line in _knowledge._store().lines[1:]:
        key, name, kind, country, _, _, start, end, rank, source = line.split("\t")
        seen.add(kind)
        assert key
        assert name
        assert source
        assert rank.isdigit()
        assert country == "" or country == "---" or len(country) == 3, line
        assert not (start and end) or start[:4] <= end[:4] or kind in ("person", "surname"), line
    assert {"state", "person", "igo", "party", "armed_group", "company", "media", "metonym", "capital", "given"} <= seen
    assert actors.version() == "quidnunc actors 2026.11"
