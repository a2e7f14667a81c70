# What a newcomer and CI run alike. Everything is kept in .venv/; a second run installs nothing.
#
#   make demo     code the pages in examples/ and show the events
#   make test     the tests
#   make check    style and types
#   make bench    speed, accuracy where labelled articles are at hand, a watch over bad sites, and the peers (docs/benchmarks.md)
#   make docs     write the generated pages of docs/ again
#   make guide    the guide as a site, into build/guide

BIN := .venv/bin
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p) >/dev/null 2>&1 && $(p) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $(p))))

.PHONY: demo test check bench docs guide clean

demo: .venv/.installed
	$(BIN)/quidnunc code --table $(wildcard examples/*.txt examples/*.html)
	@echo
	@echo "The events are in quidnunc.db. Next: $(BIN)/quidnunc show, and $(BIN)/quidnunc why EVENT"

test: .venv/.developing
	$(BIN)/python -m pytest

check: .venv/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.developing
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/articles.py
	$(BIN)/python benchmarks/stories.py
	$(BIN)/python benchmarks/gate.py
	$(BIN)/python benchmarks/watch.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/peers.py --write

docs: .venv/.developing
	$(BIN)/python docs/generate.py

guide: .venv/.developing
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

clean:
	rm -rf .venv quidnunc.db quidnunc.db-wal quidnunc.db-shm

.venv/.created:
	@test -n "$(PYTHON)" || { echo "quidnunc needs Python 3.11, 3.12 or 3.13, and none was found: install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "quidnunc needs Python 3.11, 3.12 or 3.13; $(PYTHON) is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.developing: .venv/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/.installed
