"""What the line model sees of a flattened page: numbers about each line, its neighbours and the page, no words.

``BASE`` names the values of a line by itself and of its place; ``columns()`` names all, with those of neighbours and windows.
docs/model-pages.md explains them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from quidnunc.pages._knowledge import word_list
from quidnunc.pages._line import Line
from quidnunc.pages._marks import is_section, tells_of_writer
from quidnunc.pages._prose import content_words, ends_sentence, is_cut, is_prose, is_title, weight

Matrix = npt.NDArray[np.float64]

KIND_ORDER = (
    "paragraph", "quote", "list", "heading", "standfirst", "headline", "dateline", "byline", "published", "caption",
    "credit", "table", "other", "related", "read_more", "promo", "video", "comments", "most_read", "navigation", "legal",
)  # fmt: skip
_CODE = {kind: float(code) for code, kind in enumerate(KIND_ORDER)}
_BODY = 4.0
_RULERS = ("read_more", "most_read", "video", "comments", "promo")
_YOU = frozenset("you your we our us i my me".split())
_SAYS = frozenset("said says told added asked according sagte dijo déclaré".split())
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[\"'“‘«(]*[^\W\d_a-z])")
_MARKS = ',"“”„«»:;|/•·>-–—()?!%$€£©@#&…'
_MARK_GROUPS = (",", '"“”„«»', ":;", "|/•·>", "-–—", "()", "?!", "%$€£", "©@#&", "…")

SHAPE = (
    "characters", "words", "word_length", "sentence_end", "cut", "colon_end", "question_end", "quote_end",
    "first_upper", "first_quote", "first_digit", "first_lower", "bullet", "capital_words", "upper_share",
    "digit_share", "sentences", "commas", "quotes", "colons", "bars", "dashes", "brackets", "asks", "money", "signs",
    "dots", "stopwords", "you_words", "say_words", "notices", "biography", "prose", "title", "section", "gap",
)  # fmt: skip
KNOWN = ("kind", "ruled_body", "head_kind", "furniture_kind", "zone_kind", "in_run")
PLACE = (
    "index", "index_share", "to_end", "characters_before", "to_headline", "to_byline", "from_start", "from_stop",
    "run_share", "prose_before", "to_prose_above", "to_prose_below", "streak", "ruler", "from_ruler", "copies",
    "copy_above", "title_words", "body_words", "rest_words", "writer", "same_bullet", "gap_below", "since_gap", "until_gap",
)  # fmt: skip
PAGE = (
    "lines", "page_prose", "prose_lines", "median_words", "gap_lines", "page_stopwords", "body_lines", "run_lines",
    "has_headline", "has_byline", "middle",
)  # fmt: skip
BASE = SHAPE + KNOWN + PLACE + PAGE
_NEAR = (
    "words", "sentence_end", "capital_words", "prose", "kind", "gap", "body_words", "stopwords", "bullet", "title",
)  # fmt: skip
_STEPS = (-3, -2, -1, 1, 2, 3)
_WINDOW = (
    "notices",
    "biography",
    "words",
    "prose",
    "ruled_body",
    "capital_words",
    "body_words",
    "furniture_kind",
    "sentence_end",
)
_SPANS = (2, 5, 10)


@cache
def columns() -> tuple[str, ...]:
    """The names of the first model's columns."""
    near = [f"{name}{step:+d}" for step in _STEPS for name in _NEAR]
    window = [f"{name}~{span}" for span in _SPANS for name in _WINDOW]
    return (*BASE, *near, *window)


def page_features(lines: Sequence[Line]) -> Matrix:
    """One row a line, after the rules have given every line its kind: the columns of ``columns()``."""
    base = np.hstack([_shape(lines), _known(lines), np.zeros((len(lines), len(PLACE) + len(PAGE)))])
    _fill_place(lines, base)
    _fill_page(base)
    near = [shifted(base[:, [BASE.index(name) for name in _NEAR]], step) for step in _STEPS]
    window = [mean_of(base[:, [BASE.index(name) for name in _WINDOW]], span) for span in _SPANS]
    return np.hstack([base, *near, *window])


def shifted(values: Matrix, step: int) -> Matrix:
    """The values of the line ``step`` further down; -1 beyond the page's ends."""
    moved = np.full_like(values, -1.0)
    if abs(step) < len(values):
        if step > 0:
            moved[:-step] = values[step:]
        else:
            moved[-step:] = values[:step]
    return moved


def mean_of(values: Matrix, span: int) -> Matrix:
    """Means over the lines up to ``span`` above and below."""
    count = len(values)
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    low = np.maximum(np.arange(count) - span, 0)
    high = np.minimum(np.arange(count) + span + 1, count)
    mean: Matrix = (sums[high] - sums[low]) / (high - low)[:, None]
    return mean


def _shape(lines: Sequence[Line]) -> Matrix:
    return np.array([_shape_of(line) for line in lines])


def _shape_of(line: Line) -> list[float]:
    text, low = line.text, line.low
    words = text.split()[:60]
    count, size = len(words), len(text)
    head = text[:400]
    first, last = text[0], text.rstrip("\"'”’»)")[-1:]
    letters = max(1, len(head))
    english = word_list("english")
    bare = [word.strip(".,;:!?\"'“”’()") for word in low.split()[:60]]
    marks = [sum(map(head.count, group)) / letters * 100 for group in _MARK_GROUPS]
    return [
        math.log1p(size), float(weight(line)), min(30.0, size / max(1, line.words)), float(ends_sentence(text)),
        float(is_cut(text)), float(last == ":"), float(last in "?!"), float(text[-1] in "\"”’»'"), float(first.isupper()),
        float(first in "\"“‘«'„"), float(first.isdigit()), float(first.islower()), float(line.bullet),
        sum(word[0].isupper() for word in words) / count, sum(map(str.isupper, head)) / letters,
        sum(map(str.isdigit, head)) / letters, float(len(_SENTENCE.findall(text[:1500]))), *marks,
        sum(word in english for word in bare) / count, sum(word in _YOU for word in bare) / count,
        float(any(word in _SAYS for word in bare)), sum(map(_is_notice, bare)) / count, float(tells_of_writer(text)),
        float(is_prose(line)), float(is_title(line)),
        float(size <= 60 and is_section(text)), float(line.gap),
    ]  # fmt: skip


@cache
def _notices() -> tuple[str, ...]:
    return tuple(sorted(word_list("notices")))


def _is_notice(word: str) -> bool:
    return word.startswith(_notices())


def _known(lines: Sequence[Line]) -> Matrix:
    """What the rules said: the kind, whether it is body, whether the words alone or a heading above decided."""
    rows = []
    kinds = [_CODE[line.kind or "other"] for line in lines]
    body = [i for i, code in enumerate(kinds) if code < _BODY]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    for i, (line, code) in enumerate(zip(lines, kinds, strict=True)):
        because = line.because
        sure = 2.0 if " words: " in because else 1.0 if because.startswith(("under", "between two")) else 0.0
        zone = (
            3.0 if because.startswith("a card") else 2.0 if "twice" in because else 1.0 if "credit" in because else 0.0
        )
        head = 4.0 <= code <= 8.0
        rows.append([code, float(code < _BODY), float(head), sure, zone, float(first <= i <= last)])
    return np.array(rows)


def _fill_place(lines: Sequence[Line], base: Matrix) -> None:
    count = len(lines)
    kinds = [line.kind for line in lines]
    index = np.arange(count, dtype=np.float64)
    prose = base[:, BASE.index("prose")] > 0
    body = base[:, BASE.index("ruled_body")] > 0
    words = np.minimum(base[:, BASE.index("words")], 150.0)
    sizes = np.array([len(line.text) for line in lines], dtype=np.float64)
    runs = np.flatnonzero(body)
    first, last = (float(runs[0]), float(runs[-1])) if len(runs) else (float(count), -1.0)
    mass = np.cumsum(words * prose)
    values = {
        "index": np.minimum(index, 400),
        "index_share": index / count,
        "to_end": np.minimum(count - 1 - index, 400),
        "characters_before": (np.cumsum(sizes) - sizes) / sizes.sum(),
        "to_headline": _from(index, kinds, "headline"),
        "to_byline": _from(index, kinds, "byline"),
        "from_start": np.clip(index - first, -60, 60),
        "from_stop": np.clip(index - last, -60, 60),
        "run_share": np.clip((index - first) / max(1.0, last - first), -1, 2),
        "prose_before": (mass - words * prose) / max(1.0, float(mass[-1])),
        "to_prose_above": _since(prose),
        "to_prose_below": _since(prose[::-1])[::-1],
        "streak": _streak(words < 9),
        "same_bullet": mean_of(base[:, [BASE.index("bullet")]], 2)[:, 0],
        "writer": _writers(lines),
        **_rulers(kinds, lines),
        **_copies(lines),
        **_shared(lines, body),
        **_gaps(base[:, BASE.index("gap")] > 0),
    }
    for name, column in values.items():
        base[:, BASE.index(name)] = column


def _from(index: Matrix, kinds: Sequence[str | None], kind: str) -> Matrix:
    """How far below the first line of a kind; -99 where there is none."""
    if kind not in kinds:
        return np.full(len(index), -99.0)
    return np.clip(index - kinds.index(kind), -60, 120)


def _since(marks: npt.NDArray[np.bool_]) -> Matrix:
    """Lines since the last marked line above (1 is the neighbour), at most 40."""
    distance, out = 40.0, np.zeros(len(marks))
    for i, marked in enumerate(marks.tolist()):
        out[i] = distance
        distance = 1.0 if marked else min(40.0, distance + 1)
    return out


def _streak(short: npt.NDArray[np.bool_]) -> Matrix:
    """Length of the unbroken run of short lines that a line stands in, at most 40; 0 for long lines."""
    out = np.zeros(len(short))
    start = 0
    marks = [*short.tolist(), False]
    for i, marked in enumerate(marks):
        if not marked:
            out[start:i] = min(40, i - start)
            start = i + 1
    return out


def _gaps(gap: npt.NDArray[np.bool_]) -> dict[str, Matrix]:
    below = np.append(gap[1:], True)
    since = _since(np.append(gap[1:], False))
    return {"gap_below": below.astype(np.float64), "since_gap": since, "until_gap": _since(below[::-1])[::-1]}


def _rulers(kinds: Sequence[str | None], lines: Sequence[Line]) -> dict[str, Matrix]:
    """The last line above that the words alone made a kind which lists often follow, and how far it is."""
    ruler, since = np.full(len(kinds), -1.0), np.full(len(kinds), 60.0)
    last, at = -1.0, -60
    for i, (kind, line) in enumerate(zip(kinds, lines, strict=True)):
        ruler[i], since[i] = last, min(60, i - at)
        if kind in _RULERS and " words: " in line.because and line.words <= 8:
            last, at = float(_RULERS.index(kind)), i
    return {"ruler": ruler, "from_ruler": since}


def _writers(lines: Sequence[Line]) -> Matrix:
    """1 where a line below the byline begins with a name that the byline holds."""
    at = next((i for i, line in enumerate(lines) if line.kind == "byline"), len(lines))
    name = lines[at].text if at < len(lines) else ""
    marks = [
        i > at and len(line.text) > 8 and " ".join(line.text.split()[:2]).strip(",.:") in name
        for i, line in enumerate(lines)
    ]
    return np.array(marks, dtype=np.float64)


def _copies(lines: Sequence[Line]) -> dict[str, Matrix]:
    counts = Counter(line.low for line in lines)
    seen: set[str] = set()
    above = []
    for line in lines:
        above.append(float(line.low in seen))
        seen.add(line.low)
    return {"copies": np.array([float(min(5, counts[line.low])) for line in lines]), "copy_above": np.array(above)}


def _shared(lines: Sequence[Line], body: npt.NDArray[np.bool_]) -> dict[str, Matrix]:
    """Shares of a line's longer words that the headline, the rules' body and the rest of the page have too."""
    sets = [content_words(line.text) if len(line.text) > 3 else set() for line in lines]
    head = next((s for s, line in zip(sets, lines, strict=True) if line.kind == "headline"), set())
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for words, is_body in zip(sets, body.tolist(), strict=True):
        (inside if is_body else outside).update(words)
    rows = []
    for words, is_body in zip(sets, body.tolist(), strict=True):
        size = len(words) + 1.0
        least_in, least_out = (1, 0) if is_body else (0, 1)
        shared = sum(inside[word] > least_in for word in words) / size
        rest = sum(outside[word] > least_out for word in words) / size
        rows.append((len(words & head) / size, shared, rest))
    values = np.array(rows)
    return {"title_words": values[:, 0], "body_words": values[:, 1], "rest_words": values[:, 2]}


def _fill_page(base: Matrix) -> None:
    def column(name: str) -> Matrix:
        return base[:, BASE.index(name)]

    count = len(base)
    words, prose = column("words"), column("prose")
    values = (
        math.log1p(count), math.log1p(float((words * prose).sum())), float(prose.sum()) / count, float(np.median(words)),
        float(column("gap").sum()) / count, float((column("stopwords") * words).sum() / max(1.0, float(words.sum()))),
        float(column("ruled_body").sum()), float(column("in_run").sum()),
        float((column("kind") == _CODE["headline"]).any()), float((column("kind") == _CODE["byline"]).any()),
        float((column("characters_before") * column("ruled_body")).sum() / max(1.0, float(column("ruled_body").sum()))),
    )  # fmt: skip
    base[:, [BASE.index(name) for name in PAGE]] = values


SECOND = (
    "p", *(f"p{step:+d}" for step in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)), "p~2", "p~5", "p~10", "p_above", "p_below",
    "p_before", "p_after", "in_stretch", "from_stretch_start", "from_stretch_stop", "p_most", "p_sum",
)  # fmt: skip
_KEPT = BASE


@cache
def second_columns() -> tuple[str, ...]:
    """The names of the second model's columns: the first model's probabilities around a line, and the line's own values."""
    return (*SECOND, *_KEPT)


def second_features(features: Matrix, p: Matrix) -> Matrix:
    """One row a line: what the first model said of the lines around it, and the line's own values."""
    one = p[:, None]
    count = len(p)
    steps = [shifted(one, step) for step in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)]
    means = [mean_of(one, span) for span in _SPANS]
    words = np.sqrt(np.minimum(features[:, BASE.index("words")], 100.0))
    mass = p * words
    total = max(1e-9, float(mass.sum()))
    before = (np.cumsum(mass) - mass) / total
    above = np.append(0.0, np.maximum.accumulate(p)[:-1])
    below = np.append(np.maximum.accumulate(p[::-1])[::-1][1:], 0.0)
    first, last = _stretch((p - 0.4) * words)
    index = np.arange(count, dtype=np.float64)
    around = [
        above, below, before, 1 - before - mass / total, ((index >= first) & (index < last)).astype(np.float64),
        np.clip(index - first, -60, 60), np.clip(index - last, -60, 60), np.full(count, p.max()),
        np.full(count, math.log1p(float(p.sum()))),
    ]  # fmt: skip
    return np.hstack([one, *steps, *means, *(column[:, None] for column in around), features[:, : len(BASE)]])


def kind_features(features: Matrix, p: Matrix, words: Matrix) -> Matrix:
    """One row a line for the model of kinds: the first model's columns, the probability of body around the line, and ``word_features``."""
    one = p[:, None]
    near = [shifted(one, step) for step in (-2, -1, 1, 2)]
    index = np.arange(len(p), dtype=np.float64)
    first, last = _stretch(p - 0.4)
    place = [np.clip(index - first, -60, 60)[:, None], np.clip(index - last, -60, 60)[:, None]]
    return np.hstack([features, one, *near, mean_of(one, 5), *place, words])


def _stretch(gains: Matrix) -> tuple[int, int]:
    """The stretch with the greatest sum (Kadane)."""
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for i, gain in enumerate(gains.tolist()):
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if total > best:
            best, span = total, (start, i + 1)
    return span
