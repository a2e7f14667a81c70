"""``quidnunc code`` on what carries many pages: each record counts, a bad one costs itself alone."""

from __future__ import annotations

import json
from pathlib import Path

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Accra Wire</title>
<item><title>Ghana expels envoy</title><link>https://wire.example/1</link><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate>
<description>Ghana expelled a diplomat of Togo on Monday, the foreign ministry said.</description></item>
<item><title>Mali praises Niger</title><link>https://wire.example/2</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>
<description>Mali praised Niger for opening its border on Monday.</description></item></channel></rss>"""


def code(tmp_path: Path, path: Path) -> tuple[list[dict], str, int]:
    from click.testing import CliRunner

    from quidnunc.cli import main

    result = CliRunner().invoke(main, ["code", str(path), "--json", "--db", str(tmp_path / "x.db")])
    return [json.loads(line) for line in result.stdout.splitlines()], result.stderr, result.exit_code


def test_a_feed(tmp_path):
    path = tmp_path / "feed"
    path.write_text(FEED, encoding="utf8")
    articles, told, code_ = code(tmp_path, path)
    assert [a["article"]["headline"] for a in articles] == ["Ghana expels envoy", "Mali praises Niger"]
    assert [a["article"]["url"] for a in articles] == ["https://wire.example/1", "https://wire.example/2"]
    assert {e["type"] for a in articles for e in a["events"]} == {"SANCTION", "SUPPORT"}
    assert "2 inputs = 2 articles" in told
    assert code_ == 0


def test_a_bad_line_costs_itself_alone(tmp_path):
    path = tmp_path / "rows"
    good = {"text": "Ghana expelled a diplomat of Togo on Monday.", "title": "T", "date": "2024-03-04"}
    path.write_text("\n".join([json.dumps(good), '{"text": "Mali', json.dumps(good | {"title": "U"})]), encoding="utf8")
    articles, told, code_ = code(tmp_path, path)
    assert [a["article"]["headline"] for a in articles] == ["T", "U"]
    assert "3 inputs = 2 articles + 0 duplicates + 0 skipped + 1 failed" in told
    assert code_ == 1
