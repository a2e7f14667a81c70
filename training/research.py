"""The research variant: the model of pairs trained further on PLV's train half, for the published table's supervised rows. It is never shipped.

    python training/research.py PLV_TRAIN.jsonl --base MODEL_DIR --start PAIRS.pt [--epochs 7]

Five folds: on four fifths the network of ``training/pairs.py`` (``--start``: its checkpoint) and, from the bare base, its uncut sister of six layers learn the 15 labels, and a
linear model over the words beside and between the parties with them. Their mean, with the shipped coder's own answer as a fourth voice, is scored on the fifth. Weights of the
voices are equal; nothing is chosen on the scored fold. PLV has no licence that allows its derivatives to be given away, so no weights are written.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from pairs import MARKS, Net, batches, encode, tensors
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from torch import nn
from transformers import BertModel, BertTokenizerFast

from quidnunc.evaluation.sets.plv import QUAD, pair

FOLDS = 5
LABELS = sorted(QUAD)


class Whole(Net):
    """All six layers of the base."""

    def __init__(self, base: str, labels: int) -> None:
        super().__init__(base, labels)
        self.body = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")


def fine_tuned(net: Net, learned: list[tuple], asked: list[tuple], epochs: int, seed: int) -> np.ndarray:
    """Probabilities over LABELS of the rows asked for, after training on the others."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    for parameter in net.body.embeddings.word_embeddings.parameters():
        parameter.requires_grad = False
    body = [p for name, p in net.named_parameters() if name.startswith("body.") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": 1.2e-4}, {"params": net.out.parameters(), "lr": 1e-3}], weight_decay=0.01
    )
    steps = epochs * len(batches(learned, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 30) * max(0.02, 1 - step / steps)
    )
    net.train()
    for _ in range(epochs):
        for batch in batches(learned, rng):
            logits, _ = net(*tensors(batch))
            loss = nn.functional.cross_entropy(logits, torch.tensor([row[3] for row in batch]), label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    net.eval()
    with torch.no_grad():
        return np.array([torch.softmax(net(*tensors([row]))[0][0], -1).numpy() for row in asked])


def views(row: dict) -> tuple[str, str]:
    """The sentence with its parties masked, and the words between them."""
    source, target = pair(row)
    text = row["sentence"]
    (first, one), (second, other) = sorted(((source, "SOURCE"), (target, "TARGET")))
    masked = f"{text[: first[0]]} {one} {text[first[1] : second[0]]} {other} {text[second[1] :]}"
    return masked, f"{one} {text[first[1] : second[0]]} {other}"


def linear(learned: list[dict], asked: list[dict]) -> np.ndarray:
    """Word and letter n-grams under logistic regression."""
    parts = []
    for at, (analyzer, spread) in ((0, ("word", (1, 2))), (0, ("char_wb", (2, 5))), (1, ("word", (1, 2)))):
        vectors = TfidfVectorizer(analyzer=analyzer, ngram_range=spread, sublinear_tf=True, min_df=2)
        parts.append(
            (
                vectors.fit_transform([views(row)[at] for row in learned]),
                vectors.transform([views(row)[at] for row in asked]),
            )
        )
    model = LogisticRegression(C=20, max_iter=2000, class_weight="balanced")
    model.fit(hstack([one for one, _ in parts]), [row["root"] for row in learned])
    found = model.predict_proba(hstack([other for _, other in parts]))
    return found[:, [list(model.classes_).index(label) for label in LABELS]]


def own(rows: list[dict]) -> np.ndarray:
    """What the shipped coder says, which never saw the set."""
    from quidnunc import events

    found = []
    for row in rows:
        chances = events.classify(row["sentence"], *pair(row), scheme="plover1")
        found.append([chances[label] for label in LABELS])
    whole = np.array(found)
    return whole / whole.sum(axis=1, keepdims=True)


def started(given: argparse.Namespace) -> Net:
    """The cut network as it was trained on the corpus, with a new last layer."""
    saved = torch.load(given.start, weights_only=True)
    net = Net(given.base, len(saved["labels"]))
    net.load_state_dict(saved["net"])
    net.out = nn.Linear(net.out.in_features, len(LABELS))
    return net


def main() -> None:
    """Print macro-F1 of every voice and of their mean."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plv", type=Path)
    parser.add_argument("--base", required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    given = parser.parse_args()
    torch.set_num_threads(2)
    tokenizer = BertTokenizerFast.from_pretrained(given.base)
    rows = [json.loads(line) for line in given.plv.read_text(encoding="utf-8").splitlines()]
    order = list(range(len(rows)))
    random.Random(7).shuffle(order)
    assert MARKS
    coded = []
    for row in rows:
        source, target = pair(row)
        shown = {"text": row["sentence"], "source": source, "target": target}
        coded.append((*encode(tokenizer, shown), LABELS.index(row["root"]), 1.0))
    voices: dict[str, np.ndarray] = {"shipped coder": own(rows)}
    for name in ("cut network", "whole network", "linear"):
        voices[name] = np.zeros((len(rows), len(LABELS)))
    for fold in range(FOLDS):
        asked = sorted(order[fold::FOLDS])
        learned = sorted(set(order) - set(asked))
        few, others = [coded[at] for at in learned], [coded[at] for at in asked]
        torch.manual_seed(fold)
        voices["cut network"][asked] = fine_tuned(started(given), few, others, given.epochs, fold)
        torch.manual_seed(fold)
        voices["whole network"][asked] = fine_tuned(Whole(given.base, len(LABELS)), few, others, given.epochs, fold)
        voices["linear"][asked] = linear([rows[at] for at in learned], [rows[at] for at in asked])
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    voices["research variant (their mean)"] = np.mean(list(voices.values()), axis=0)
    gold = [row["root"] for row in rows]
    print(f"{'':32}root  quad   accuracy   (macro-F1, five folds)")
    for name, chances in voices.items():
        found = [LABELS[at] for at in chances.argmax(axis=1)]
        root = 100 * f1_score(gold, found, labels=LABELS, average="macro", zero_division=0)
        quad = 100 * f1_score([QUAD[g] for g in gold], [QUAD[f] for f in found], average="macro")
        right = np.mean([g == f for g, f in zip(gold, found, strict=True)])
        print(f"{name:32}{root:4.1f}  {quad:4.1f}   {right:.3f}")


if __name__ == "__main__":
    main()
