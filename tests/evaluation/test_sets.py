"""Every set is read as its authors publish it and as JSON lines. The miniatures are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quidnunc import _cli_evaluation
from quidnunc.cli import main
from quidnunc.errors import InputError
from quidnunc.evaluation import SETS, evaluate
from quidnunc.evaluation.sets import actors, coped, gsr, pages, plv, polnear, timeml

SENTENCE = "Peru condemned Chile on Monday."
MARKED = "<s>Peru</s> condemned <t>Chile</t> on Monday."


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_command_names_every_set() -> None:
    assert _cli_evaluation.SET_NAMES == SETS


def test_plv_both_ways(tmp_path: Path) -> None:
    table = tmp_path / "PLV_test.tsv"
    head = "\tsentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root"
    other = SENTENCE.replace("condemned", "praised"), MARKED.replace("condemned", "praised")
    table.write_text(f'{head}\n\t1\t{SENTENCE}\t{MARKED}\tPeru\tChile\t3\tACCUSE\n\t2\t{other[0]} "\t{other[1]} "\tPeru\tChile\t1\tSUPPORT\n', encoding="utf-8")  # fmt: skip
    rows = plv.load(table)
    assert [row["root"] for row in rows] == ["ACCUSE", "SUPPORT"]
    assert plv.pair(rows[0]) == ((0, 4), (15, 20))
    same = plv.load(lines(tmp_path / "plv.jsonl", {"sentence": SENTENCE, "marked": MARKED, "root": "ACCUSE"}))
    assert plv.pair(same[0]) == plv.pair(rows[0])
    result = evaluate("plv", table, rounds=20)
    assert result["accuracy"].value == 1.0
    assert result["root macro-F1"].value == pytest.approx(
        2 / 15
    )  # labels that do not occur count 0, as in the published table
    assert "ZSP (RoBERTa-large NLI, GPU)" in "\n".join(result.lines("quidnunc"))
    assert evaluate("plv", table, rounds=20) == result


def test_coped_both_ways(tmp_path: Path) -> None:
    tagged = tmp_path / "cameo_ner"
    tagged.mkdir()
    (tagged / "test.txt").write_text("Southern B-S\nPeru I-S\ncondemned O\nChile B-T\n. O\n\nPeru B-R\nand O\nChile B-R\nmet O\n", encoding="utf-8")  # fmt: skip
    first, second = coped.load(tagged)
    assert first["spans"] == [["S", 0, 2], ["T", 3, 4]]
    assert [span[0] for span in second["spans"]] == ["R", "R"]
    row = {"tokens": ["Peru", "condemned", "Chile", "."], "spans": [["S", 0, 1, "Peru"], ["T", 2, 3, "Chile"]], "penta": 3}  # fmt: skip
    result = evaluate("coped", lines(tmp_path / "coped.jsonl", row), rounds=0)
    assert result["penta accuracy"].value == 1.0
    assert result["parties F1"].value == 1.0


def test_gsr_as_objects_one_after_another(tmp_path: Path) -> None:
    record = {"id": "G1", "event": "DISAPPROVE", "text": SENTENCE, "source": [{"actorText": "Peru", "code": "PER"}], "target": [{"actorText": "Chile", "code": "CHL"}]}  # fmt: skip
    path = tmp_path / "GSR.txt"
    path.write_text(json.dumps(record, indent=2) + "\n\n" + json.dumps({**record, "event": "CRIME"}, indent=2), encoding="utf-8")  # fmt: skip
    rows = gsr.load(path)
    assert [row["event"] for row in rows] == ["ACCUSE"]
    result = evaluate("gsr", path, rounds=0)
    assert {measure.name: measure.value for measure in result.measures}["type and countries found"] == 1.0
    path.write_text("{not json", encoding="utf-8")
    with pytest.raises(InputError, match="not JSON"):
        gsr.load(path)


TESTS = """
import os
os.system("touch owned")

def test_nat1(ag):
    cc, text = ag.search_nat("Republic of Peru")
    assert cc == "PER"
    assert text == ""

def test_minister(ag):
    d = {"actor": "the Peruvian defence minister", "context": "Peru", "date": "today", "correct_country": "PER", "correct_code1": "GOV"}
    code = ag.agent_to_code(d['actor'], d['context'], d['date'])
    assert code['country'] == d['correct_country']

def test_other(ag):
    assert ag.something_else("x") is None
"""


def test_actors_from_the_authors_tests_without_running_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "test_actor_resolution.py"
    path.write_text(TESTS, encoding="utf-8")
    first, second = actors.load(path)
    assert (first["text"], first["expect"]) == ("Republic of Peru", {"country": "PER"})
    assert (second["text"], second["context"]) == ("the Peruvian defence minister", ["Peru", "today"])
    assert evaluate("actors", path, rounds=0)["country"].value == 1.0
    assert not (tmp_path / "owned").exists()


TML = """<?xml version="1.0" ?>
<TimeML><DOCID>x1</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2015-03-02" functionInDocument="CREATION_TIME">2015-03-02</TIMEX3></DCT>
<TEXT>Peru <EVENT eid="e1" class="OCCURRENCE">met</EVENT> Chile on <TIMEX3 tid="t1" type="DATE" value="2015-02-27">February 27</TIMEX3> &amp; left.</TEXT></TimeML>"""


def test_timeml_both_ways(tmp_path: Path) -> None:
    (tmp_path / "TimeBank").mkdir()
    (tmp_path / "TimeBank" / "x1.tml").write_text(TML, encoding="utf-8")
    (tmp_path / "TimeBank" / "._x1.tml").write_bytes(b"\0\1")
    (row,) = timeml.load(tmp_path)
    timex = row["timexes"][0]
    assert row["text"][timex["start"] : timex["end"]] == "February 27"
    assert row["created"] == "2015-03-02"
    result = evaluate("timeml", lines(tmp_path / "timeml.jsonl", row), rounds=0)
    assert result["CAL F1"].value == result["ALL F1"].value == 1.0


def test_timeml_entities_are_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden", encoding="utf-8")
    bad = f'<!DOCTYPE t [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>' + TML.split("\n", 1)[1].replace("left", "&x;")
    (tmp_path / "x.tml").write_text(bad, encoding="utf-8")
    assert "hidden" not in timeml.load(tmp_path / "x.tml")[0]["text"]
    (tmp_path / "y.tml").write_text("<TimeML>", encoding="utf-8")
    with pytest.raises(InputError, match="not TimeML"):
        timeml.load(tmp_path / "y.tml")


ANN = "T1\tSource 0 11\tThe mayor of\nT2\tCue 20 24\tsaid\nT3\tContent 25 46;48 52\t...\nT4\tAttribution 20 24\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"  # fmt: skip


def test_polnear_both_ways(tmp_path: Path) -> None:
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text").mkdir()
    for coder in ("_5fec", "_4e07"):
        (tmp_path / "attributions" / f"one{coder}.ann").write_text(ANN, encoding="utf-8")
    (tmp_path / "text" / "one.txt").write_text(
        "The mayor of Arica said that the port was closed, too.", encoding="utf-8"
    )
    (row,) = polnear.load(tmp_path)
    assert row["attributions"] == [{"source": [[0, 11]], "cue": [[20, 24]], "content": [[25, 46], [48, 52]]}]
    found = evaluate("polnear", lines(tmp_path / "polnear.jsonl", row), rounds=0)
    assert found["who+what F1"].value == 1.0


PAGE = "<html><head><title>Peru closes port</title></head><body><nav>Home World</nav><article><h1>Peru closes port</h1>{}</article></body></html>"
BODY = [
    f"The port of Arica was closed on Monday for the {n} time this year, officials said after a meeting."
    for n in ("first", "second", "third")
]


def test_pages_both_ways(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    page = PAGE.format("".join(f"<p>{text}</p>" for text in BODY)).encode()
    (tmp_path / "html" / "a1.html.gz").write_bytes(gzip.compress(page))
    truth = {"a1": {"articleBody": "\n".join(BODY), "url": "https://example.org/a1"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    assert evaluate("pages", tmp_path, rounds=0)["F1"].value == 1.0
    row = {"id": "a1", "html": "html/a1.html.gz", "body": "\n".join(BODY), "title": "Peru closes port"}
    assert evaluate("pages", lines(tmp_path / "p.jsonl", row), rounds=0)["headline"].value == 1.0
    with pytest.raises(InputError, match="below the set's folder"):
        pages.load(lines(tmp_path / "p.jsonl", {**row, "html": "../../etc/passwd"}))


def test_articles(tmp_path: Path) -> None:
    event = {"sentence": SENTENCE, "type": "ACCUSE", "source": [{"country": "PER"}], "target": [{"country": "CHL"}], "status": "occurred", "date": None}  # fmt: skip
    path = lines(tmp_path / "articles.jsonl", {"id": "a1", "text": f"{SENTENCE} Nothing else was said about it.\n\nThe two governments had been at odds over the port for years, it was said in Lima.", "published": "2015-03-02", "events": [event]})  # fmt: skip
    run = CliRunner().invoke(main, ["evaluate", "articles", str(path), "--json"])
    assert run.exit_code == 0, run.output
    told = {one["name"]: one for one in json.loads(run.output)["measures"]}
    assert told["who R"]["value"] == 1.0
    assert told["who R"]["low"] is None  # one article has no interval


def test_what_is_not_there_or_does_not_fit_is_said(tmp_path: Path) -> None:
    for name in SETS:
        with pytest.raises(InputError, match="not there"):
            evaluate(name, tmp_path / "none")
        with pytest.raises(InputError):
            evaluate(name, lines(tmp_path / "x.jsonl", {"a": 1}))
    with pytest.raises(InputError, match="there is no set"):
        evaluate("nothing", tmp_path)
    run = CliRunner().invoke(main, ["evaluate", "plv", str(tmp_path / "none")])
    assert run.exit_code == 1
    assert "Traceback" not in run.output
