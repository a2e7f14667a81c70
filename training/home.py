"""Trains the model that tells whose people and bodies are where the text does not say it (quidnunc.actors._home).

    python training/home.py [--write]

Learns from the train split of the quidnunc corpus: every actor whose country the rules only conclude, with the countries that its text names, and the country that the
coders gave it. Prints how often the rules and the model are right on the dev split. With --write it writes src/quidnunc/actors/data/home.txt. Needs the extra
``training`` (scikit-learn); the order of everything is fixed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "corpus"), str(ROOT / "benchmarks")]

import shelf  # noqa: E402
from corpus import key_of  # noqa: E402

from quidnunc.actors import _cast, _fill, _home  # noqa: E402
from quidnunc.language import parse_all  # noqa: E402

STRENGTH = 0.3
Case = tuple[str, dict[str, dict[str, float]], str | None, str]
"""Sort of actor, signs by country, what the rules conclude, the country of the gold."""


def cases(split: str) -> list[Case]:
    """The actors of a split whose country has to be concluded."""
    found: list[Case] = []
    seen: list[tuple] = []

    def record(text, mark, local, rule, why, shut):
        seen.append((mark.entity, _home.sort_of(mark.entity, local), _home.signs(text, mark, rule), rule))
        return rule, why

    kept, _fill.likeliest = _fill.likeliest, record
    try:
        pieces = shelf.full_pieces(split)
        for piece, doc in zip(pieces, parse_all([piece["text"] for piece in pieces]), strict=True):
            seen.clear()
            board = _cast.work_out(doc, piece["meta"]["published"][:10], piece["meta"].get("headline"))
            gold = {
                key_of(piece["text"], tuple(span)): actor for actor in piece["actors"] for span in actor["mentions"]
            }
            votes: dict[int, Counter] = {}
            for mark in board.marks:
                span = board.doc[mark.start : mark.end]
                actor = gold.get(key_of(piece["text"], (span.start_char, span.end_char)))
                if actor is not None and mark.form != "pronoun":
                    votes.setdefault(id(mark.entity), Counter())[actor["country"] or ""] += 1
            found += [
                (sort, signs, rule, votes[id(entity)].most_common(1)[0][0])
                for entity, sort, signs, rule in seen
                if id(entity) in votes
            ]
    finally:
        _fill.likeliest = kept
    return found


def rows(given: list[Case], index: dict[str, int] | None) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
    """One row for each country of each case."""
    made = [
        ({**signs, **{f"{sort}:{name}": value for name, value in signs.items()}}, country == gold)
        for sort, by_country, _, gold in given
        for country, signs in sorted(by_country.items())
    ]
    if index is None:
        index = {name: at for at, name in enumerate(sorted({name for signs, _ in made for name in signs}))}
    table = np.zeros((len(made), len(index)))
    for at, (signs, _) in enumerate(made):
        for name, value in signs.items():
            if name in index:
                table[at, index[name]] = value
    return table, np.array([right for _, right in made]), index


def main() -> None:
    """Fit, score, write."""
    learned, judged = cases("train"), cases("dev")
    table, right, index = rows([case for case in learned if case[1]], None)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, right)
    weights = {name: round(float(model.coef_[0][at]), 3) for name, at in index.items()}
    print(f"{len(learned)} actors of {len(shelf.full_pieces('train'))} texts, {len(index)} signs")
    hits = 0
    for sort, by_country, rule, gold in judged:
        score = {
            country: sum(
                value * (weights.get(name, 0.0) + weights.get(f"{sort}:{name}", 0.0)) for name, value in signs.items()
            )
            for country, signs in by_country.items()
        }
        hits += (max(sorted(score), key=lambda country: score[country]) if score else rule or "") == gold
    rules = sum((rule or "") == gold for _, _, rule, gold in judged)
    print(f"dev: rules {rules / len(judged):.3f}, model {hits / len(judged):.3f} of {len(judged)} actors")
    if "--write" in sys.argv[1:]:
        path = ROOT / "src" / "quidnunc" / "actors" / "data" / "home.txt"
        lines = [f"{name} {value}" for name, value in sorted(weights.items()) if abs(value) >= 0.005]
        path.write_text(
            "# Weights of the signs of whose an actor is; made by training/home.py\n" + "\n".join(lines) + "\n",
            encoding="utf-8",
        )
        print(f"{path.name}: {len(lines)} weights")


if __name__ == "__main__":
    main()
