"""Commands that measure: public sets, agreement of two codings, samples checked by hand; ``quidnunc.cli`` takes them in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from quidnunc.evaluation import Agreement, Estimate

SET_NAMES = ("plv", "coped", "gsr", "actors", "timeml", "polnear", "pages", "articles")
"""``evaluation.SETS``, which a test holds to them: loading it would slow down --help."""

View = Literal["coded", "corrected"]
_view = click.Choice(("coded", "corrected"))


def add_to(main: click.Group) -> None:
    """Put the commands into the command line."""
    for command in (evaluate, agree, sample):
        main.add_command(command)


@click.command()
@click.argument("name", type=click.Choice(SET_NAMES), metavar="SET")
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--rounds", type=click.IntRange(0, 100_000), default=1000, show_default=True, help="Of the bootstrap; 0: no intervals.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many items.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def evaluate(name: str, path: Path, rounds: int, limit: int | None, as_json: bool) -> None:
    """Score quidnunc on a public SET (plv, coped, gsr, actors, timeml, polnear, pages, articles) at PATH.

    PATH is what the set's authors publish (a file or a folder; docs/evaluation.md says which), or the same as JSON lines. Printed are the rows of
    the published table with quidnunc's own, and each figure with its 95 % bootstrap interval (fixed seed).
    """
    import msgspec

    from quidnunc._version import __version__
    from quidnunc.evaluation import evaluate as evaluate_

    result = evaluate_(name, path, rounds=rounds, limit=limit)
    if as_json:
        click.echo(json.dumps({"quidnunc": __version__, **_finite(msgspec.to_builtins(result))}))
        return
    click.echo("\n".join(result.lines(f"quidnunc {__version__}")))


def _finite(value: Any) -> Any:
    """The value with null in place of nan, which JSON has not."""
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and value != value else value


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--view-a", type=_view, default="coded", show_default=True, help="If A is a database: as coded, or after corrections.")  # fmt: skip
@click.option("--view-b", type=_view, default="coded", show_default=True, help="The same for B.")
@click.option("--rounds", type=click.IntRange(0, 100_000), default=1000, show_default=True, help="Of the bootstrap; 0: no intervals.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Disagreements to list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with all disagreements.")
def agree(first: str, second: str, view_a: View, view_b: View, rounds: int, limit: int, as_json: bool) -> None:
    """Compare two codings of the same articles: two coders, coder and machine, two versions.

    A and B are databases, JSON lines of `quidnunc code --json`, or annotated articles (docs/evaluation.md). Printed are precision, recall and F1 of B with A
    as the measure at four levels (where: sentence and quad class; what: type; who: countries; full: status and date), Krippendorff's alpha and
    Cohen's kappa of each field, the confusion of types, and the disagreements to read.
    """
    from quidnunc.evaluation import agree as agree_
    from quidnunc.evaluation import read_codings

    found = agree_(read_codings(first, view_a), read_codings(second, view_b), rounds=rounds)
    click.echo(_agreement_json(found) if as_json else "\n".join(_agreement_lines(found, limit)))


def _agreement_json(found: Agreement) -> str:
    import msgspec

    plain = _finite(msgspec.to_builtins(msgspec.structs.replace(found, confusion={})))
    plain["confusion"] = [{"first": a, "second": b, "events": count} for (a, b), count in found.confusion.items()]
    return json.dumps(plain)


def _agreement_lines(found: Agreement, limit: int) -> list[str]:
    from quidnunc._terminal import flat
    from quidnunc.evaluation import LEVELS

    lines = [
        f"{found.articles:,} articles in both; {found.only_first:,} only in A, {found.only_second:,} only in B",
        f"{found.total.core:,} core events in A, {found.total.found:,} events in B",
        "",
    ]
    measures = {measure.name: measure for measure in found.measures}
    for level in LEVELS:
        f1 = measures[f"{level} F1"]
        inside = "" if f1.low != f1.low else f" [{f1.low:.3f}, {f1.high:.3f}]"
        lines.append(f"{level:6} P {measures[f'{level} P'].value:.3f}  R {measures[f'{level} R'].value:.3f}  F1 {f1.value:.3f}{inside}")  # fmt: skip
    if found.fields:
        lines += ["", f"over {found.fields[0].events:,} events of both   same   alpha   kappa"]
        for field in found.fields:
            alpha, kappa = ("    –" if value is None else f"{value:5.3f}" for value in (field.alpha, field.kappa))
            lines.append(f"  {field.name:22}  {field.same:5.3f}   {alpha}   {kappa}")
    different = sorted(((count, pair) for pair, count in found.confusion.items() if pair[0] != pair[1]), key=lambda x: (-x[0], x[1]))  # fmt: skip
    if different:
        lines += ["", "types that differ (A, B, events)"]
        lines += [f"  {a:12} {b:12} {count:5}" for count, (a, b) in different[:20]]
    if found.disagreements and limit:
        lines += ["", f"disagreements ({min(limit, len(found.disagreements))} of {len(found.disagreements):,})"]
    for one in found.disagreements[:limit]:
        what = ", ".join(one.fields) or ("only in A" if one.second is None else "only in B")
        lines += [f"  {flat(one.article)[:40]}: {what}", f"    “{flat(one.sentence)}”"]
        lines += [
            f"    {name}: {flat(said)}" for name, said in (("A", one.first), ("B", one.second)) if said is not None
        ]
    return lines


@click.command()
@click.argument("sheet", type=click.Path(dir_okay=False, path_type=Path), metavar="SHEET")
@click.option("--db", default="quidnunc.db", show_default=True, metavar="FILE", help="SQLite file, or postgresql:// URL.")  # fmt: skip
@click.option("--events", type=click.IntRange(min=1), help="How many events; default: as many as --within needs.")
@click.option("--within", type=click.FloatRange(0.005, 0.4), default=0.05, show_default=True, metavar="W", help="Half the width of the wanted 95 % interval of precision.")  # fmt: skip
@click.option("--expect", type=click.FloatRange(0.01, 0.99), default=0.5, show_default=True, metavar="P", help="The precision that you expect; 0.5 is the careful choice.")  # fmt: skip
@click.option("--passages", type=click.IntRange(min=0), default=0, show_default=True, help="Paragraphs to look through for missed events: without them no recall.")  # fmt: skip
@click.option("--by", type=click.Choice(("type", "status", "confidence", "outlet", "year", "none")), default="type", show_default=True, help="The strata.")  # fmt: skip
@click.option("--seed", type=int, default=20_260_101, show_default=True, help="Another seed draws another sample.")
@click.option("--estimate", "estimating", is_flag=True, help="Read the checked SHEET instead of drawing one.")
def sample(
    sheet: Path, db: str, events: int | None, within: float, expect: float, passages: int, by: Any, seed: int, estimating: bool
) -> None:  # fmt: skip
    """Draw a stratified sample of stored events into SHEET (CSV) to be checked by hand; with --estimate, say what the checked sheet tells of the whole store.

    Write y or n under `right` for each event, and under `missed` how many events a passage has that are not listed under `coded`.
    """
    from quidnunc.evaluation import draw, size_for
    from quidnunc.evaluation import estimate as estimate_
    from quidnunc.store import Store

    if estimating:
        click.echo("\n".join(_estimate_lines(estimate_(sheet))))
        return
    with Store(db, create=False) as store:
        count = events or size_for(store, within, expected=expect)
        drawn = draw(store, sheet, events=count, passages=passages, by=by, seed=seed)
    for kind, strata in (("events", drawn.events), ("passages", drawn.passages)):
        taken = sum(n for n, _ in strata.values())
        if taken:
            click.echo(f"{sheet}: {taken:,} of {sum(size for _, size in strata.values()):,} {kind}", err=True)
            for name, (n, size) in strata.items():
                click.echo(f"  {name:16} {n:5,} of {size:,}", err=True)


def _estimate_lines(found: Estimate) -> list[str]:
    lines = [f"{found.checked:,} of {found.of:,} events checked, {found.passages:,} passages; {found.open:,} lines still open"]  # fmt: skip
    lines.append(f"  {found.precision}")
    lines.append("  recall: no passages checked in every stratum" if found.recall is None else f"  {found.recall}")
    return [*lines, "", "precision by stratum", *(f"  {measure}" for measure in found.strata)]
