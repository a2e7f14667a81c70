"""Whole pages: in, coded, the same again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quidnunc
import quidnunc.actors
from quidnunc.coder import Page, code_all
from quidnunc.errors import CodingError, EmptyInput, InputError, TooLarge

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
WORDS = """
France Iran the Kremlin he they it police two three hundred protesters minister army said accused of attacking urged to
stop will not has been for centuries since 2016 last week in Paris by , . " and that which on Tuesday from with against
agreed offered weapons talks sanctions its their Russian troops Wang Mr. President 's who would if yesterday ago decades
""".split()
EXAMPLES = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".html"))


def lines(path):
    return quidnunc.code(path.read_bytes()).lines()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_an_example_gives_events_with_true_words(path):
    coded = quidnunc.code(path.read_bytes())
    assert coded.events
    for one in (coded, *coded.related):
        text = one.article.text
        actors = {a.id: a for a in one.actors}
        statements = {s.id for s in one.statements}
        for event in one.events:
            start, end = event.spans.sentence
            assert start <= event.spans.trigger[0] < event.spans.trigger[1] <= end
            assert all(p.actor in actors for p in (*event.sources, *event.targets))
            assert event.attribution is None or event.attribution in statements
            for party, span in zip(
                (*event.sources, *event.targets), (*event.spans.sources, *event.spans.targets), strict=True
            ):
                assert text[slice(*span)] == party.text
            if event.date is not None and event.spans.date is not None:
                assert text[slice(*event.spans.date)] == event.date.text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_no_actor_without_a_mention(path):
    for one in (coded := quidnunc.code(path.read_bytes()), *coded.related):
        for actor in one.actors:
            assert actor.mentions
            assert actor.resolved_by


def test_two_runs_give_the_same_bytes():
    program = (
        "import quidnunc,json,sys;print(json.dumps([quidnunc.code(open(p,'rb').read()).lines() for p in sys.argv[1:]]))"
    )
    paths = [str(p) for p in EXAMPLES[:2]]
    runs = [
        subprocess.run([sys.executable, "-c", program, *paths], capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]


def test_a_batch_gives_what_single_pages_give():
    pages = [Page(p.name, p.read_bytes()) for p in EXAMPLES]
    together = [c.lines() for c in code_all(pages) if not isinstance(c, InputError)]
    assert together == [lines(p) for p in EXAMPLES]


def test_a_bad_page_does_not_stop_the_others():
    good = Page("good", "France condemned Iran on Monday over the arrest of two tourists.", published="2024-03-05")
    results = list(code_all([good, Page("empty.txt", "  \n "), good]))
    assert isinstance(results[1], EmptyInput)
    assert "empty.txt" in str(results[1])
    assert results[0].events
    assert results[0] == results[2]


def test_a_bug_in_a_room_costs_one_page(monkeypatch):
    def fail_on_mali(doc, **kwargs):
        if "Mali" in doc.text:
            raise ZeroDivisionError("division by zero")
        return cast(doc, **kwargs)

    cast = quidnunc.actors.cast
    monkeypatch.setattr("quidnunc.actors.cast", fail_on_mali)
    pages = [Page(name, f"{name} expelled two French diplomats on Monday.") for name in ("Niger", "Mali", "Chad")]
    results = list(code_all(pages))
    assert [isinstance(r, CodingError) for r in results] == [False, True, False]
    assert str(results[1]).startswith("Mali: ")


def test_a_book_is_no_article():
    with pytest.raises(TooLarge, match="characters"):
        quidnunc.code("The army attacked the town on Sunday, the ministry said.\n" * 7000)


def test_other_languages_are_read_and_marked():
    coded = quidnunc.code(
        "中国公安部长王小洪上周访问布达佩斯，会见了匈牙利总理。双方签署了执法和安全合作文件。新华社周日报道了这一消息。"
        * 3
    )
    assert coded.article.language == "zh"
    assert coded.skipped is not None
    assert coded.events == ()


def test_to_dict_and_back():
    coded = quidnunc.code(EXAMPLES[0].read_bytes())
    plain = json.loads(json.dumps(coded.to_dict()))
    assert quidnunc.records.CodedArticle.from_dict(plain).to_dict() == coded.to_dict()


@pytest.mark.skipif(not (SHARED / "pages/seed.txt").exists(), reason="the seed page is not here")
def test_the_seed_page(tmp_path):
    coded = quidnunc.code((SHARED / "pages/seed.txt").read_bytes())
    out = tmp_path / "out.jsonl"
    out.write_text("\n".join(json.dumps(line) for line in coded.lines()), encoding="utf8")
    gold = SHARED / "pages/seed.gold.json"
    printed = subprocess.run(
        [sys.executable, str(SHARED / "score_events.py"), str(gold), str(out)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    scores = {row.split()[0]: row.split() for row in printed.splitlines() if row.startswith(("who", "full"))}
    assert "FORBIDDEN" not in printed
    assert float(scores["who"][4]) >= 0.80
    assert float(scores["who"][2]) >= 0.65
    assert float(scores["full"][4]) >= 0.60
    article = json.loads(gold.read_text(encoding="utf8"))["article"]
    assert coded.article.headline == article["headline"]
    assert list(coded.article.authors) == article["authors"]
    assert coded.article.published == article["published"]
    assert coded.article.agency == article["agency"]
    assert coded.article.section == article["section"]
    assert coded.article.text.count("\n\n") + 1 == article["paragraphs"]
    for card, gold_card in zip(coded.article.related, article["related"], strict=True):
        assert card.headline == gold_card["headline"]
        assert card.published_window is not None
        assert card.published_window[0] <= gold_card["window"][1]
        assert gold_card["window"][0] <= card.published_window[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_any_words_are_coded_without_failing(words):
    (result,) = code_all([Page("words", " ".join(words), published="2024-03-05", form="body")])
    assert not isinstance(result, CodingError), result
