"""Every shipped model and knowledge file has a datasheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEETS = ROOT / "docs" / "datasheets"
FILES = sorted(path for path in (ROOT / "src" / "quidnunc").glob("*/data/*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_it_is_in_the_overview_and_in_its_sheet(path: Path) -> None:
    overview = (SHEETS / "README.md").read_text(encoding="utf-8")
    row = next((line for line in overview.splitlines() if f"{path.parts[-3]}/data/" in line and f"{path.name}`" in line), None)  # fmt: skip
    assert row, f"docs/datasheets/README.md has no row for {path.parts[-3]}/data/{path.name}"
    sheet = re.search(r"\(([\w-]+\.md)\)", row)
    assert sheet
    text = (SHEETS / sheet[1]).read_text(encoding="utf-8")
    assert path.name in text
    for word in ("Data.", "Weak"):
        assert f"**{word}" in text, (sheet[1], word)
