"""The example pages, read whole: what is body, what is furniture, what is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quidnunc import pages
from quidnunc.records import Article

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def read(name: str) -> Article:
    return pages.read((EXAMPLES / name).read_bytes())


@pytest.fixture(scope="module")
def harbour() -> Article:
    return read("harbour-talks.txt")


@pytest.fixture(scope="module")
def strike() -> Article:
    return read("border-strike.txt")


@pytest.fixture(scope="module")
def grain() -> Article:
    return read("grain-corridor.html")


@pytest.fixture(scope="module")
def lithium() -> Article:
    return read("lithium-law.html")


def kinds(article: Article) -> Counter[str]:
    return Counter(block.kind for block in article.blocks)


def test_harbour_metadata(harbour: Article) -> None:
    assert harbour.section == "Africa"
    assert harbour.headline == "Tanzania and Mozambique agree to reopen border crossing after week of harbour talks"
    assert harbour.authors == ("Amina Kessy", "Paulo Nhantumbo")
    assert (harbour.published, harbour.published_precision) == ("2025-05-14T17:45", "minute")
    assert harbour.published_window == ("2025-05-14", "2025-05-14")
    assert harbour.agency == "Reuters"
    assert harbour.outlet is None
    assert harbour.language == "en"
    assert harbour.sources["authors"] == "byline"


def test_harbour_body(harbour: Article) -> None:
    assert kinds(harbour)["paragraph"] == 9
    assert harbour.text.startswith("Tanzania and Mozambique agreed on Wednesday")
    assert harbour.text.endswith("Presidents of the two countries are expected to meet in Dodoma in June.")
    for furniture in ("subscribe", "File photo", "Zambia", "Malawi", "lions", "Ruvuma bridge", "Reuters"):
        assert furniture not in harbour.text


def test_harbour_furniture(harbour: Article) -> None:
    assert kinds(harbour) | Counter(caption=2, credit=2, promo=4, comments=3, most_read=6, video=3) == kinds(harbour)
    assert [(picture.caption, picture.credit) for picture in harbour.media] == [
        (
            "Trucks wait on the Tanzanian bank of the Ruvuma river on Tuesday, a day before the crossing was due to "
            "reopen. File photo.",
            "Juma Lukindo",
        )
    ]


def test_harbour_cards(harbour: Article) -> None:
    assert [(card.placement, card.section, card.age, card.published_window) for card in harbour.related] == [
        ("article", "Business", "2 weeks ago", ("2025-04-23", "2025-04-30")),
        ("read_more", "News", "5 days ago", ("2025-05-08", "2025-05-09")),
        ("read_more", "News", "3 weeks ago", ("2025-04-16", "2025-04-23")),
        ("read_more", "Politics", "2 months ago", ("2025-02-14", "2025-03-14")),
    ]


def test_a_card_becomes_an_article_of_its_own(harbour: Article) -> None:
    small = pages.card_article(harbour.related[0], harbour)
    assert small.headline == "Zambia offers to host copper summit in October"
    assert small.text.startswith("Zambia's government has offered to host a summit")
    assert (small.published, small.published_precision) == ("2025-04-30", "week")
    assert small.section == "Business"
    assert small.blocks[0].text_span == (0, len(small.text))
    assert small.id == pages.card_article(harbour.related[0], harbour).id != harbour.id


def test_strike(strike: Article) -> None:
    assert strike.headline == "Peru calls up reservists as Ecuador miners' strike spills over border"
    assert strike.standfirst is not None
    assert strike.standfirst.startswith("Lima blames Quito")
    assert strike.section == "Americas"
    assert strike.authors == ("Lucía Ferreyra",)
    assert strike.published == "2024-10-03T21:10+00:00"
    assert strike.modified == "2024-10-04T06:30+00:00"
    assert strike.dateline == "TUMBES, Peru, Oct 3"
    assert strike.agency == "AFP"
    assert kinds(strike)["paragraph"] == 8
    assert [block.text for block in strike.blocks if block.kind == "heading"] == ["What the miners want"]
    assert strike.text.startswith("TUMBES, Peru, Oct 3 (AFP) - Peru said")
    assert strike.text.endswith("a trip that Peru has not confirmed.")
    assert [card.headline for card in strike.related] == [
        "Bolivia's senate approves lithium treaty with Finland",
        "Chile expels two diplomats over leaked cables",
        "How a gold tax became a border crisis",
        "Colombia sends water trucks to drought towns",
    ]


def test_grain(grain: Article) -> None:
    assert grain.url == "https://www.danube-courier.example/europe/2025/09/18/grain-corridor-opens"
    assert grain.outlet == "Danube Courier"
    assert grain.headline == "Romania and Moldova open grain corridor as Kyiv protests new tariffs"
    assert grain.authors == ("Ilinca Dobre", "Tomas Weller")
    assert (grain.published, grain.modified) == ("2025-09-18T14:05+03:00", "2025-09-18T16:40+03:00")
    assert grain.section == "Europe"
    assert grain.sources["headline"] == "json-ld"
    assert kinds(grain)["paragraph"] == 9
    assert grain.text.endswith("Lysenko is expected to visit Chisinau next week.")
    assert grain.media[0].credit == "Danube Courier"
    assert [(card.section, card.age, bool(card.teaser)) for card in grain.related] == [
        ("Europe", "3 days ago", True),
        ("Money", "4 weeks ago", True),
    ]


def test_lithium(lithium: Article) -> None:
    assert lithium.outlet == "Steppe Observer"
    assert lithium.authors == ("Dana Suleimen",)
    assert lithium.published == "2024-11-27T09:20+05:00"
    assert lithium.dateline == "ASTANA"
    assert lithium.standfirst is not None
    assert lithium.standfirst.startswith("Astana says")
    assert kinds(lithium)["list"] == 3
    assert "Protests in the east" in lithium.text
    assert lithium.text.endswith("proposed a joint price council for lithium.")
    assert [card.headline for card in lithium.related] == ["Kyrgyzstan and Uzbekistan sign contract for Naryn dam"]


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.*") if path.suffix != ".md"))
def test_body_blocks_are_the_text(name: str) -> None:
    article = read(name)
    body = [block for block in article.blocks if block.text_span]
    assert article.text == "\n\n".join(block.text for block in body)
    for block in body:
        assert block.kind in ("paragraph", "heading", "quote", "list")
        assert article.text[slice(*block.text_span)] == block.text  # type: ignore[misc]
