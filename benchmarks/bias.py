"""Does accuracy differ by region, decade, style and type, or by which side is the source? Writes docs/datasheets/bias.md.

    python benchmarks/bias.py [--write]

Scores: the dev and test articles of the quidnunc corpus, with 95 % intervals drawn over articles. Sides: gold events between two states, by the
part of the world that the source belongs to. Names: the same plain sentences with the states changed, so that nothing but the names can make a difference. Everything is deterministic.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "corpus")]
PAGE = ROOT / "docs" / "datasheets" / "bias.md"

import shelf  # noqa: E402

from quidnunc import Page, __version__, code_all  # noqa: E402
from quidnunc.evaluation import LEVELS, Coding, Tally, tally  # noqa: E402
from quidnunc.evaluation._agree import level_measures  # noqa: E402
from quidnunc.evaluation._codings import of_article, of_gold  # noqa: E402
from quidnunc.evaluation._intervals import wilson  # noqa: E402
from quidnunc.evaluation._levels import match  # noqa: E402

REGIONS = {
    "Western Europe": "GBR FRA DEU ITA ESP PRT NLD BEL LUX AUT CHE IRL NOR SWE DNK FIN ISL GRC MLT CYP",
    "North America": "USA CAN",
    "Eastern Europe and Central Asia": "RUS UKR BLR POL CZE SVK HUN ROU BGR MDA SRB HRV SVN BIH MKD ALB MNE XKX EST LVA LTU GEO ARM AZE KAZ UZB TKM KGZ TJK TUR SUN YUG CSK DDR",
    "Middle East and North Africa": "IRN IRQ ISR PSE JOR LBN SYR SAU YEM OMN ARE QAT KWT BHR EGY LBY TUN DZA MAR",
    "Sub-Saharan Africa": "NGA KEN ETH ERI SOM SDN SSD UGA RWA BDI TZA COD COG CAF TCD CMR GAB GNQ GHA CIV SEN MLI BFA NER GIN SLE LBR TGO BEN MRT ZAF ZMB ZWE BWA NAM AGO MOZ MWI LSO SWZ MDG",
    "South Asia": "IND PAK BGD NPL LKA BTN MDV AFG",
    "East Asia": "CHN JPN KOR PRK TWN MNG HKG",
    "South-East Asia": "IDN MYS PHL THA VNM KHM LAO MMR SGP BRN TLS",
    "Latin America and Caribbean": "MEX GTM HND SLV NIC CRI PAN CUB HTI DOM JAM COL VEN ECU PER BOL CHL ARG URY PRY BRA GUY SUR TTO",
    "Oceania": "AUS NZL PNG FJI SLB VUT WSM TON KIR NRU PLW",
}  # fmt: skip
REGION_OF = {code: region for region, codes in REGIONS.items() for code in codes.split()}
NAMES = {
    "Western Europe": ("FRA France", "NOR Norway", "PRT Portugal"), "North America": ("USA United States", "CAN Canada"),
    "Eastern Europe and Central Asia": ("RUS Russia", "MDA Moldova", "KGZ Kyrgyzstan"), "Middle East and North Africa": ("IRN Iran", "ISR Israel", "TUN Tunisia"),
    "Sub-Saharan Africa": ("KEN Kenya", "TCD Chad", "MLI Mali"), "South Asia": ("IND India", "PAK Pakistan", "NPL Nepal"), "East Asia": ("CHN China", "JPN Japan", "MNG Mongolia"),
    "South-East Asia": ("IDN Indonesia", "VNM Vietnam", "LAO Laos"), "Latin America and Caribbean": ("BRA Brazil", "PER Peru", "HTI Haiti"),
    "Oceania": ("AUS Australia", "FJI Fiji", "VUT Vanuatu"),
}  # fmt: skip
SENTENCES = (
    ("ACCUSE", "{a} condemned {b} on Monday over the raid on a fishing village."), ("ACCUSE", "{a} accused {b} of shelling the port."), ("AGREE", "{a} offered to send engineers to {b} after the flood."),
    ("AID", "{a} gave {b} ten million dollars after the earthquake."), ("REQUEST", "{a} demanded on Tuesday that {b} release the two pilots."), ("REJECT", "{a} refused to meet the delegation from {b}."),
    ("SANCTION", "{a} imposed sanctions on {b} on Friday."), ("SANCTION", "{a} expelled two diplomats from {b}."), ("THREATEN", "{a} threatened to attack {b} if the talks failed."),
    ("SUPPORT", "{a} praised {b} for opening the border."), ("CONSULT", "The foreign minister of {a} met her counterpart from {b} on Sunday."), ("ASSAULT", "Warplanes from {a} bombed a base in {b} on Thursday."),
)  # fmt: skip
THE = {"United States": "the United States"}
FEWEST = 5
"""Articles or events below which a group has no line."""


def pieces() -> list[tuple[dict, Coding, Coding]]:
    """Each article with its gold and quidnunc's coding."""
    found = [*shelf.full_pieces("dev"), *shelf.full_pieces("test")]
    pages = [
        Page(one["id"], one["text"], f"https://corpus.example/{one['id']}", one["meta"]["published"]) for one in found
    ]
    out = []
    for piece, coded in zip(found, code_all(pages), strict=True):
        if isinstance(coded, Exception):
            raise coded
        out.append((piece, of_gold(shelf.event_gold(piece)), of_article(coded)))
    return out


def by_group(coded: Sequence[tuple[dict, Coding, Coding]], field: str) -> Iterator[str]:
    """A table: F1 at the first three levels for each value of a header field, and for all."""
    groups: dict[str, list[Tally]] = defaultdict(list)
    for piece, gold, own in coded:
        groups[piece["meta"].get(field) or "–"].append(tally(gold, own))
        groups["all"].append(groups[piece["meta"].get(field) or "–"][-1])
    yield f"| {field} | articles | core events | where F1 | what F1 | who F1 |"
    yield "|---|---|---|---|---|---|"
    for name in sorted(groups, key=lambda name: (name == "all", name)):
        counted = groups[name]
        if len(counted) < FEWEST:
            continue
        measures = {measure.name: measure for measure in level_measures(counted, 1000)}
        cells = [f"{m.value:.2f} ({m.low:.2f}–{m.high:.2f})" for m in (measures[f"{level} F1"] for level in LEVELS[:3])]
        total = sum(counted, Tally())
        yield f"| {name} | {len(counted)} | {total.core} | {' | '.join(cells)} |"


def by_type(coded: Sequence[tuple[dict, Coding, Coding]]) -> Iterator[str]:
    """A table: of each type's core events how many are found with an accepted type; of those coded as it how many are right."""
    wanted, found, hit, right, status = Counter(), Counter(), Counter(), Counter(), Counter()
    for _, gold, own in coded:
        found.update(event.type for event in own.events)
        wanted.update(event.type for event in gold.events if event.core)
        for at, (level, place) in match(gold.events, own.events).items():
            if level >= 2:
                right[own.events[place].type] += 1
                if gold.events[at].core:
                    hit[gold.events[at].type] += 1
                    status[gold.events[at].type] += own.events[place].status in gold.events[at].statuses
    yield "| type | core events | found (recall) | coded | right (precision) | status right, of those found |"
    yield "|---|---|---|---|---|---|"
    for kind in sorted(wanted):
        yield f"| `{kind}` | {wanted[kind]} | {share(hit[kind], wanted[kind])} | {found[kind]} | {share(right[kind], found[kind])} | {share(status[kind], hit[kind])} |"


def share(part: int, whole: int) -> str:
    """A share with Wilson's interval."""
    if not whole:
        return "–"
    low, high = wilson(part / whole, whole)
    return f"{part / whole:.2f} ({low:.2f}–{high:.2f})"


def by_side(coded: Sequence[tuple[dict, Coding, Coding]]) -> Iterator[str]:
    """A table: gold events between two states, by the source's region: found with the type, and with both countries the right way round."""
    n, what, who = Counter(), Counter(), Counter()
    for _, gold, own in coded:
        got = match(gold.events, own.events)
        for at, event in enumerate(gold.events):
            if not (event.core and len(event.sources) == len(event.targets) == 1) or event.sources == event.targets:
                continue
            region = REGION_OF.get(next(iter(event.sources)))
            if region is None:
                continue
            level = got.get(at, (0, 0))[0]
            for name in (region, "all"):
                n[name] += 1
                what[name] += level >= 2
                who[name] += level >= 3
    yield "| the source is from | events | found with its type | and both countries right |"
    yield "|---|---|---|---|"
    for name in sorted(n, key=lambda name: (name == "all", name)):
        if n[name] >= FEWEST:
            yield f"| {name} | {n[name]} | {share(what[name], n[name])} | {share(who[name], n[name])} |"


def by_name() -> Iterator[str]:
    """A table: the same sentences with the states changed; right is the type, the source and the target, in this direction."""
    cases = []
    for (one, ours), (other, theirs) in itertools.permutations(NAMES.items(), 2):
        for number, (kind, words) in enumerate(SENTENCES):
            a, b = ours[number % len(ours)].split(" ", 1), theirs[(number + 1) % len(theirs)].split(" ", 1)
            text = words.format(a=THE.get(a[1], a[1]), b=THE.get(b[1], b[1]))
            cases.append((one, other, kind, a[0], b[0], text[0].upper() + text[1:]))
    pages = [
        Page(str(at), case[5], published="2024-03-06", form="body", language="en") for at, case in enumerate(cases)
    ]
    n, source, target, odds = Counter(), Counter(), Counter(), defaultdict(list)
    for (one, other, kind, a, b, _), coded in zip(cases, code_all(pages), strict=True):
        if isinstance(coded, Exception):
            raise coded
        fitting = [
            event
            for event in coded.events
            if event.type == kind
            and a in {p.country for p in event.sources}
            and (b in {p.country for p in event.targets})
        ]
        n[one] += 1
        source[one] += bool(fitting)
        target[other] += bool(fitting)
        odds[one].append(fitting[0].confidence if fitting else 0.0)
    yield "| | sentences | right where it is the source | right where it is the target | mean confidence as source |"
    yield "|---|---|---|---|---|"
    for name in sorted(n):
        yield f"| {name} | {n[name]} | {share(source[name], n[name])} | {share(target[name], n[name])} | {sum(odds[name]) / n[name]:.2f} |"
    yield f"| all | {sum(n.values())} | {share(sum(source.values()), sum(n.values()))} | | {sum(map(sum, odds.values())) / sum(n.values()):.2f} |"


def page() -> str:
    """The whole page."""
    coded = pieces()
    parts = [
        HEAD.format(version=__version__, articles=len(coded)),
        "## By region of the article\n\n" + "\n".join(by_group(coded, "region")),
        "## By decade\n\n" + "\n".join(by_group(coded, "decade")),
        "## By style of the outlet\n\n" + "\n".join(by_group(coded, "style")),
        "## By type\n\n" + "\n".join(by_type(coded)),
        "## By which side is the source\n\nCore events of the gold with one country on each side, by the region of the source.\n\n"
        + "\n".join(by_side(coded)),
        "## By nothing but the name\n\n"
        + f"{len(SENTENCES)} plain sentences, each with states of every region against every other, in both directions. The words around are the same, so a difference between regions is one of names.\n\n"
        + "\n".join(by_name()),
    ]
    return "\n\n".join(parts) + "\n"


HEAD = """<!-- Made by benchmarks/bias.py --write. -->
# Scores by region, decade, style and type; bias

quidnunc {version} on the {articles} dev and test articles of the quidnunc corpus, from which no model's weights were learned (their writers are others than those of the training part; confidence was calibrated
on the training and dev parts, and errors on real articles and on the dev part were read while rules and word lists were written). The corpus is invented prose and harder than real news
(its own datasheet is `corpus/DATASHEET.md`), so
**compare lines with each other, not with figures on real news**. In brackets 95 % intervals: over articles by bootstrap, over events by Wilson. Two lines whose intervals overlap widely are not shown
to differ."""


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    made = page()
    if parser.parse_args().write:
        PAGE.write_text(made, encoding="utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
