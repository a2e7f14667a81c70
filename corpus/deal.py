"""The briefs that spread the corpus: ``python corpus/deal.py WRITER`` prints what one writer is asked for.

Region, land, decade, style, matter, types, and status are dealt with a fixed seed so that each writer covers all of them and no land comes up too often.
"""

from __future__ import annotations

import random
import sys

import quill

WRITERS = [f"w{n}" for n in range(1, 9)]
PIECES, STORIES = 64, 12
REGIONS = {
    "Middle East and North Africa": (16, "Iraq Syria Lebanon Israel Palestine Egypt Libya Tunisia Algeria Morocco Yemen Saudi_Arabia UAE Qatar Kuwait Bahrain Oman Jordan Iran Turkey"),
    "Sub-Saharan Africa": (14, "Nigeria Kenya Ethiopia Sudan South_Sudan DR_Congo Mali Niger Burkina_Faso Ghana Ivory_Coast Senegal Cameroon Chad Uganda Rwanda Burundi Tanzania Mozambique Zimbabwe Zambia Angola South_Africa Somalia Madagascar Sierra_Leone Liberia Guinea Malawi Botswana"),
    "Eastern Europe and Central Asia": (14, "Russia Ukraine Belarus Poland Romania Moldova Bulgaria Serbia Kosovo Bosnia Croatia Albania North_Macedonia Hungary Slovakia Czechia Lithuania Latvia Estonia Georgia Armenia Azerbaijan Kazakhstan Uzbekistan Kyrgyzstan Tajikistan Turkmenistan USSR Yugoslavia"),
    "Latin America and Caribbean": (12, "Mexico Guatemala Honduras El_Salvador Nicaragua Costa_Rica Panama Cuba Haiti Dominican_Republic Jamaica Trinidad Venezuela Colombia Ecuador Peru Bolivia Chile Argentina Uruguay Paraguay Brazil Guyana"),
    "Western Europe": (12, "Britain France Germany Italy Spain Portugal Netherlands Belgium Switzerland Austria Ireland Denmark Sweden Norway Finland Iceland Greece Cyprus Malta Luxembourg"),
    "North America": (10, "United_States Canada United_States_(a_state_or_city) United_States_(Congress) Canada_(a_province) United_States_(foreign_policy)"),
    "East Asia": (8, "China Japan South_Korea North_Korea Taiwan Hong_Kong Mongolia"),
    "South Asia": (8, "India Pakistan Bangladesh Sri_Lanka Nepal Afghanistan Maldives Bhutan India_(a_state) Pakistan_(a_province)"),
    "South-East Asia": (7, "Indonesia Philippines Vietnam Thailand Myanmar Malaysia Singapore Cambodia Laos Timor-Leste Brunei"),
    "Oceania": (6, "Australia New_Zealand Papua_New_Guinea Fiji Solomon_Islands Vanuatu Samoa Tonga Kiribati New_Caledonia"),
}  # fmt: skip
DECADES = ["1980s", "1990s", "2000s", "2010s", "2020s"]
STYLES = ["agency urgent", "agency wrap with background", "state agency", "tabloid", "broadsheet analysis", "local paper", "briefing list", "interview",
          "obituary", "live-blog posts", "translated-sounding English", "1980s-1990s wire", "broadsheet news", "public broadcaster"]  # fmt: skip
SILENT = [
    "markets and companies",
    "culture and arts",
    "sport (with war words)",
    "weather or natural disaster",
    "feature on daily life",
    "science and health",
]
STATUSES = sorted(quill.STATUSES)


def deck(items: list, count: int, rng: random.Random) -> list:
    """``count`` items, each about equally often, in a mixed order."""
    out: list = []
    while len(out) < count:
        out += rng.sample(items, len(items))
    out = out[:count]
    rng.shuffle(out)
    return out


def lands(count: int, rng: random.Random, writer: int) -> list[tuple[str, str]]:
    """Regions by weight with a land each; a writer starts at another land of the region."""
    total = sum(weight for weight, _ in REGIONS.values())
    out = []
    for region, (weight, names) in REGIONS.items():
        every = names.split()
        share = round(count * weight / total)
        out += [(region, every[(writer * 5 + k) % len(every)].replace("_", " ")) for k in range(share)]
    while len(out) < count:
        out.append(("international", "two or more states, or the UN, EU, NATO, African Union, OPEC, ASEAN"))
    rng.shuffle(out)
    return out[:count]


def main(writer: str) -> None:
    number = WRITERS.index(writer)
    rng = random.Random(f"quidnunc corpus {writer}")
    acts = [
        f"{kind}.{mode}" if mode else kind for kind, modes in quill.MODES.items() for mode in (modes.split() or [""])
    ]
    extra = [kind for kind in ("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID") for _ in range(2)]
    count = PIECES + STORIES
    where = lands(count, rng, number)
    when, style = deck(DECADES, count, rng), deck(STYLES, count, rng)
    first, second = deck(acts + extra, count, rng), deck(acts + extra, count, rng)
    status = deck(STATUSES, count, rng)
    quiet = set(rng.sample(range(PIECES), PIECES // 5))
    for k in range(count):
        name = f"{writer}-{k + 1:03d}" if k < PIECES else f"{writer}-s{k + 1 - PIECES:02d}"
        decade = rng.choice(["1980s", "1990s"]) if style[k] == "1980s-1990s wire" else when[k]
        matter = f"SILENT: {rng.choice(SILENT)}" if k in quiet else f"{first[k]} and {second[k]}, one {status[k]}"
        print(f"{name} | {where[k][0]} | {where[k][1]} | {decade} | {style[k]} | {matter}")


if __name__ == "__main__":
    main(sys.argv[1])
