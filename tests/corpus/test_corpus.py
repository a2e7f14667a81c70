"""The corpus proves itself: every span is found, codes exist, splits do not leak, nothing is told twice outside of the stories."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import layouts  # noqa: E402
import markup  # noqa: E402
import measure  # noqa: E402
import quill  # noqa: E402
import shelf  # noqa: E402


@pytest.fixture(scope="module")
def pieces():
    return shelf.full_pieces()


def test_every_source_is_right(pieces):
    assert len(pieces) >= 500
    assert len({piece["id"] for piece in pieces}) == len(pieces)


def test_spans_hold_and_lie_inside_sentences(pieces):
    for piece in pieces:
        for event in piece["events"]:
            start, end = event["spans"]["sentence"]
            low, high = event["spans"]["trigger"]
            assert [start, end] in piece["sentences"]
            assert start <= low < high <= end


def test_every_type_and_status_is_there(pieces):
    events = [event for piece in pieces for event in piece["events"]]
    types = Counter(event["type"] for event in events)
    modes = {(event["type"], event["mode"]) for event in events}
    assert set(types) == set(quill.MODES)
    assert min(types.values()) >= 50
    assert {(kind, mode) for kind, named in quill.MODES.items() for mode in named.split()} <= modes
    assert {event["status"] for event in events} == quill.STATUSES


def test_regions_and_silence(pieces):
    articles = [piece for piece in pieces if "story" not in piece["meta"]]
    regions = Counter(piece["meta"]["region"] for piece in pieces)
    assert min(regions.values()) >= 0.05 * len(pieces)
    quiet = sum(sum(event["core"] for event in piece["events"]) <= 1 for piece in articles)
    assert quiet >= 0.15 * len(articles)


def test_splits_do_not_leak():
    by_story = {}
    for piece in shelf.stories():
        if story := piece["meta"].get("story"):
            by_story.setdefault(story, set()).add(shelf.split_of(piece["id"]))
    assert by_story
    assert all(len(splits) == 1 for splits in by_story.values())
    for piece in shelf.stories():
        if "of" in piece["meta"]:
            assert shelf.split_of(piece["meta"]["of"]) == shelf.split_of(piece["id"])


def test_nothing_is_told_twice_outside_of_the_stories():
    assert measure.doubles(shelf.articles()) == []


def test_pages_are_whole_and_the_same_every_time():
    pages = list(layouts.pages(1))
    assert len(pages) >= 30
    assert {kind for page in pages for kind in page.kinds if kind} == layouts.KINDS
    again = list(layouts.pages(1))
    assert [page.flat_text for page in pages] == [page.flat_text for page in again]
    for page in pages:
        assert len(page.flat_text.split("\n")) == len(page.kinds)
        assert "{" not in page.flat_text


def test_html_pages_have_their_gold():
    by_id = {piece["id"]: piece for piece in layouts.articles()}
    page = next(layouts.pages(1))
    made = markup.markup(page, by_id[page.article])
    assert made["metadata"] in markup.FAULTS
    assert made["html"].startswith("<!doctype html>")
    assert all(text for _, text in made["kinds"])


def test_real_sentences_are_kept_without_their_text():
    for line in (CORPUS / "wikipedia.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert set(record) == {"item", "reader", "times", "places", "statements", "events", "hard"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("E COERCE.fly | seized | a1 > - | occurred | - | - | -", "no mode"),
        ("E COERCE.seize | grabbed | a1 > - | occurred | - | - | -", "is not in the text"),
        ("E COERCE.seize | seized | a9 > - | occurred | - | - | -", "no actor"),
        ("E COERCE.seize | seized | a1 > - | maybe | - | - | -", "no status"),
        ("X what", "begins with A, T, P, S or E"),
    ],
)
def test_wrong_layers_are_told(line, says):
    text, sentences = quill.lay_out("The navy seized a boat.")
    piece = quill.Piece("x", text)
    with pytest.raises(quill.Wrong, match=says):
        quill.layers(piece, sentences, ["A a1 organisation CHL MIL | navy | The navy", line])
