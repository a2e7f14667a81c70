"""What people said of a store's events becomes training data."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from synthetic import LEAD, SECOND, coded

from quidnunc.language import parse_all
from quidnunc.store import Store

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "corpus")]

import corrections  # noqa: E402


@pytest.fixture
def store(tmp_path: Path):
    with Store(tmp_path / "events.db") as store:
        store.add(coded())
        yield store


def judged(store: Store) -> tuple[list[dict], Counter[str]]:
    counts: Counter[str] = Counter()
    return list(corrections.judged(store, counts)), counts


def test_silence_is_no_consent(store: Store) -> None:
    assert judged(store) == ([], Counter())
    store.correct("3fa9c2d1:e1", "accept", author="ada")
    found, counts = judged(store)
    assert [one["text"] for one in found] == [LEAD]
    assert counts == {"accept": 1, "not judged": 1}
    event = found[0]["events"][0]
    assert (event["type"], event["status"], event["core"]) == ("AGREE", "offered", True)
    assert LEAD[slice(*event["spans"]["trigger"])] == "offered to send"
    assert [LEAD[slice(*party["span"])] for party in event["sources"] + event["targets"]] == ["Norway", "Kenya"]


def test_rejected_changed_and_added_events(store: Store) -> None:
    store.correct("3fa9c2d1:e1", "change", field="type", value="AID", author="ada")
    store.correct("3fa9c2d1:e1", "change", field="target_names", value="patrol boats|nowhere", author="ada")
    store.correct("3fa9c2d1:e2", "reject", author="ada")
    store.correct("3fa9c2d1", "add", author="bob", value={"type": "CONSULT", "source_names": "Norway"})
    found, counts = judged(store)
    first, second = found
    assert [event["type"] for event in first["events"]] == ["AID"]
    assert [LEAD[slice(*party["span"])] for party in first["events"][0]["targets"]] == ["patrol boats"]
    assert (second["text"], second["events"]) == (SECOND, [])
    assert counts == {"change": 1, "reject": 1, "added, without words": 1, "names not in the sentence": 1}


def test_both_models_read_them(store: Store, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="the extra `training` is not installed")
    import random

    import events
    import pairs_data

    store.correct("3fa9c2d1:e1", "accept", author="ada")
    store.correct("3fa9c2d1:e2", "reject", author="ada")
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in judged(store)[0]), encoding="utf-8")
    sentences = [(one["text"], one["events"]) for one in corrections.load(path)]
    triggers = [named for _, named, _ in events.rows(sentences)]
    assert sum(triggers) == 1
    assert len(triggers) > 3
    docs = parse_all([text for text, _ in sentences])
    made = [pair for (text, own), doc in zip(sentences, docs, strict=True) for pair in pairs_data.pairs("train", text, own, doc, random.Random(1))]  # fmt: skip
    agreed = next(pair for pair in made if pair["type"] == "AGREE")
    assert (agreed["text"][slice(*agreed["source"])], agreed["text"][slice(*agreed["target"])]) == ("Norway", "Kenya")
    assert any(pair["type"] == "NONE" for pair in made)
