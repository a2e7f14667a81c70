"""Fine-tunes the small transformer that tells what one party does to another in a sentence (quidnunc.events._pairs).

    python training/pairs_data.py --text WIKIPEDIA.jsonl.gz --out PAIRS.jsonl
    python training/pairs.py PAIRS.jsonl --base MODEL_DIR --out FOLDER [--epochs 6] [--write]

Starts from layers 0, 2 and 5 of MiniLM-L6 (all-MiniLM-L6-v2, Apache-2.0; MODEL_DIR holds its model.safetensors, config.json and vocab.txt), marks source and target, and
predicts the pair of PLOVER 2.0 type and CAMEO root, or none. The vocabulary is cut to the word pieces that English news uses; weights are stored as int8 in ONNX. Needs
torch, transformers, onnx and onnxruntime; 40 minutes on two cores. Saves a checkpoint each epoch; seeds and order are fixed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertModel, BertTokenizerFast

LAYERS, LONGEST, BATCH = (0, 2, 5), 128, 24
MARKS = {"s": (1, 2), "t": (3, 4)}
"""Ids of unused word pieces that open and close source and target."""
CLS, SEP = 101, 102
NONE_SHARE = 0.6
"""Pairs without event, for each pair with one."""


def encode(tokenizer: BertTokenizerFast, pair: dict) -> tuple[list[int], int, int]:
    """Ids with marks; where source and target open. Text far from both is cut."""
    text, cuts = pair["text"], []
    for name in ("source", "target"):
        start, end = pair[name]
        open_, close = MARKS[name[0]]
        cuts += [(start, 1, open_), (end, 0, close)]
    cuts.sort()
    ids, at = [], 0
    for place, _, mark in cuts:
        ids += tokenizer.encode(text[at:place], add_special_tokens=False) if text[at:place].strip() else []
        ids.append(mark)
        at = place
    ids += tokenizer.encode(text[at:], add_special_tokens=False) if text[at:].strip() else []
    marked = [k for k, piece in enumerate(ids) if 1 <= piece <= 4]
    if len(ids) > LONGEST - 2:
        first = max(0, min(marked) - 20)
        first = min(first, max(0, len(ids) - (LONGEST - 2)))
        ids = ids[first : first + LONGEST - 2]
    ids = [CLS, *ids, SEP]
    return ids, _where(ids, 1), _where(ids, 3)


def _where(ids: list[int], mark: int) -> int:
    return ids.index(mark) if mark in ids else 0


class Net(nn.Module):
    """The cut transformer with one linear layer over [mean, source mark, target mark]."""

    def __init__(self, base: str, labels: int) -> None:
        super().__init__()
        self.body = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        self.body.encoder.layer = nn.ModuleList([self.body.encoder.layer[i] for i in LAYERS])
        self.body.config.num_hidden_layers = len(LAYERS)
        self.drop = nn.Dropout(0.15)
        self.out = nn.Linear(3 * self.body.config.hidden_size, labels)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, source: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The labels' logits, and what they are read from."""
        hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        rows = torch.arange(ids.shape[0])
        told = torch.cat([mean, hidden[rows, source], hidden[rows, target]], dim=-1)
        return self.out(self.drop(told)), told


def batches(rows: list[tuple], rng: random.Random) -> list[list[tuple]]:
    """Batches of like length, mixed."""
    order = sorted(rows, key=lambda row: len(row[0]) + 8 * rng.random())
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    rng.shuffle(made)
    return made


def tensors(batch: list[tuple]) -> tuple[torch.Tensor, ...]:
    longest = max(len(row[0]) for row in batch)
    ids = torch.tensor([row[0] + [0] * (longest - len(row[0])) for row in batch])
    mask = torch.tensor([[1] * len(row[0]) + [0] * (longest - len(row[0])) for row in batch])
    return ids, mask, torch.tensor([row[1] for row in batch]), torch.tensor([row[2] for row in batch])


def main() -> None:
    """Train, save, export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument(
        "--news", type=Path, nargs="*", default=[], help="text files whose word pieces are kept in the vocabulary"
    )
    parser.add_argument("--write", action="store_true", help="copy the result into the package")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    torch.set_num_threads(2)
    rng = random.Random(1)
    tokenizer = BertTokenizerFast.from_pretrained(given.base)
    every = [json.loads(line) for line in given.pairs.read_text(encoding="utf-8").splitlines()]
    counts = Counter(f"{pair['type']} {pair['root']}" for pair in every if pair["split"] == "train")
    labels = sorted(label for label, count in counts.items() if count >= 8)
    index = {label: at for at, label in enumerate(labels)}
    rows: dict[str, list[tuple]] = {"train": [], "dev": []}
    for pair in every:
        label = f"{pair['type']} {pair['root']}"
        if pair["split"] in rows and label in index:
            rows[pair["split"]].append((*encode(tokenizer, pair), index[label], pair["weight"]))
    none = index["NONE NONE"]
    events = [row for row in rows["train"] if row[3] != none]
    empty = [row for row in rows["train"] if row[3] == none]
    rng.shuffle(empty)
    learned = events + empty[: int(NONE_SHARE * len(events))]
    print(f"{len(learned)} pairs, {len(events)} with an event, {len(labels)} labels", flush=True)
    share = Counter(row[3] for row in learned)
    balance = torch.tensor([(len(learned) / len(labels) / share[at]) ** 0.4 for at in range(len(labels))])
    net = Net(given.base, len(labels))
    for parameter in net.body.embeddings.word_embeddings.parameters():
        parameter.requires_grad = False
    body = [p for name, p in net.named_parameters() if name.startswith("body.") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": 1.5e-4}, {"params": net.out.parameters(), "lr": 1e-3}], weight_decay=0.01
    )
    steps = given.epochs * len(batches(learned, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
    )
    start = time.time()
    for epoch in range(given.epochs):
        net.train()
        lost = 0.0
        for batch in batches(learned, rng):
            logits, _ = net(*tensors(batch))
            gold, weight = torch.tensor([row[3] for row in batch]), torch.tensor([row[4] for row in batch])
            each = nn.functional.cross_entropy(logits, gold, weight=balance, reduction="none", label_smoothing=0.05)
            loss = (each * weight).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            lost += loss.item()
        net.eval()
        with torch.no_grad():
            right = [int(net(*tensors([row]))[0].argmax()) == row[3] for row in rows["dev"] if row[3] != none]
        print(
            f"epoch {epoch + 1}: loss {lost:.0f}, dev events right {np.mean(right):.3f} of {len(right)}, {time.time() - start:.0f} s",
            flush=True,
        )
        torch.save({"net": net.state_dict(), "labels": labels}, given.out / "pairs.pt")
    export(net, labels, tokenizer, given)


def export(net: Net, labels: list[str], tokenizer: BertTokenizerFast, given: argparse.Namespace) -> None:
    """Cut the vocabulary, write int8 ONNX, the word pieces and the labels."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    pieces = sorted(tokenizer.vocab, key=tokenizer.vocab.get)
    seen = Counter[int]()
    for path in [given.pairs, *given.news]:
        for line in path.read_text(encoding="utf-8").splitlines():
            seen.update(tokenizer.encode(line[:2000], add_special_tokens=False))
    kept = [
        at
        for at, piece in enumerate(pieces)
        if at < 5 or 100 <= at < 104 or len(piece.removeprefix("##")) == 1 or seen[at] >= 2
    ]
    net.body.embeddings.word_embeddings.weight = nn.Parameter(net.body.embeddings.word_embeddings.weight[kept])
    (given.out / "pairs.vocab.txt").write_text("".join(pieces[at] + "\n" for at in kept), encoding="utf-8")
    (given.out / "pairs.labels.txt").write_text("".join(label + "\n" for label in labels), encoding="utf-8")
    net.eval()
    sample = (torch.tensor([[5, 6, 7, 8]]), torch.ones(1, 4, dtype=torch.long), torch.tensor([1]), torch.tensor([2]))
    names = ["ids", "mask", "source", "target"]
    dynamic = {"ids": {1: "length"}, "mask": {1: "length"}}
    torch.onnx.export(
        net,
        sample,
        given.out / "full.onnx",
        input_names=names,
        output_names=["logits", "told"],
        dynamic_axes=dynamic,
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(given.out / "full.onnx", given.out / "pairs.onnx", weight_type=QuantType.QInt8, per_channel=True)
    print(f"{len(kept)} word pieces, {(given.out / 'pairs.onnx').stat().st_size:,} bytes")
    if given.write:
        home = Path(__file__).resolve().parent.parent / "src" / "quidnunc" / "events" / "data"
        for name in ("pairs.onnx", "pairs.vocab.txt", "pairs.labels.txt"):
            shutil.copyfile(given.out / name, home / name)


if __name__ == "__main__":
    main()
