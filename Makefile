# Amparo on a bare Debian 12 or 13 (git, make, python3) or anything with Python 3.11 or newer.
# Two commands are enough for most people: make demo, make test.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON3 ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
PYTEST := $(PY) -m pytest --numprocesses 2 --dist loadfile
# What is already done is remembered inside the environment, so it is forgotten together with it.
DONE := $(VENV)/done
BENCH := .venv-bench
# What is asked of the system before anything else, so that all of it is asked at once.
NEEDS := venv fonts
test test-sqlite: NEEDS += browser
export PYTHON3

# PostgreSQL is tried where a database is used at all; these folders never open one.
WITHOUT_DATABASE := house journeys pathways cases lens

##@ Using it
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DONE)/base $(DONE)/fonts $(DONE)/kernels ## .venv with the command .venv/bin/amparo, and the fonts that letters print with
	@echo "Ready: $(VENV)/bin/amparo"

demo: setup ## build the fictional training world and serve it at http://localhost:8000/
	@$(VENV)/bin/amparo demo $(ARGS)

##@ Working on it
test: lint types test-sqlite test-postgres ## everything: style, types, floors, tests on both databases and in a browser

test-sqlite: $(DONE)/dev $(DONE)/fonts $(DONE)/browser ## all tests, on SQLite, journeys in Chromium included
	@echo "== tests on SQLite, journeys in Chromium"
	@$(PYTEST) $(ARGS)

test-postgres: $(DONE)/dev $(DONE)/fonts ## the tests that use a database, on PostgreSQL
	@echo "== tests on PostgreSQL"
	@$(PY) -W ignore::UserWarning:platformdirs.api tools/with_postgres.py $(PYTEST) $(WITHOUT_DATABASE:%=--ignore=tests/%) $(ARGS)

lint: $(DONE)/dev ## style (ruff) and floors (import-linter)
	@echo "== style and floors"
	@$(PY) -m ruff check .
	@$(VENV)/bin/lint-imports --no-cache

types: $(DONE)/dev ## types (mypy --strict)
	@echo "== types"
	@$(PY) -m mypy

house: $(DONE)/dev ## lengths and nesting of our functions, beside those of calm repositories
	@$(PY) tools/house.py

lock: ## pin requirements/*.in anew, for every Python from 3.11 on, with hashes
	@bash tools/lock $(ARGS)

bench: $(BENCH)/done ## race the rules, the engine and the simulator against others, in an environment of their own
	@for race in race_rules race_engine peers; do echo; echo "== bench/$$race.py"; $(BENCH)/bin/python bench/$$race.py; done

clean: ## remove what make and the tests made here, but never a site's data in var/
	@rm -rf $(VENV) $(BENCH) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -exec rm -rf {} +

$(PY):
	@sh tools/system-packages $(NEEDS)
	@echo "Making $(VENV)"
	@$(PYTHON3) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(DONE)/base: requirements/base.txt pyproject.toml tools/link.py | $(PY)
	@echo "Installing what Amparo needs"
	@$(PIP) -r requirements/base.txt
	@$(PY) tools/link.py
	@mkdir -p $(DONE) && touch $@

$(DONE)/kernels: amparo/simulation/kernels/*.py $(DONE)/base
	@echo "Compiling the simulator's kernel"
	@$(PY) -m amparo.simulation.kernels.warm
	@touch $@

$(DONE)/dev: requirements/dev.txt requirements/postgres.txt $(DONE)/base
	@echo "Installing what the tests need"
	@$(PIP) -r requirements/postgres.txt -r requirements/dev.txt
	@touch $@

$(DONE)/fonts: tools/system-packages | $(PY)
	@sh tools/system-packages fonts
	@mkdir -p $(DONE) && touch $@

$(DONE)/browser: tools/system-packages | $(PY)
	@sh tools/system-packages browser
	@mkdir -p $(DONE) && touch $@

# Whom the product is raced against never gets into $(VENV). What has to be compiled is left out where that fails.
$(BENCH)/done: requirements/base.txt requirements/bench.txt requirements/bench-compiled.txt tools/link.py
	@sh tools/system-packages venv
	@echo "Making $(BENCH)"
	@$(PYTHON3) -m venv --clear $(BENCH)
	@$(PIP:$(PY)%=$(BENCH)/bin/python%) -r requirements/base.txt -r requirements/bench.txt
	@$(PIP:$(PY)%=$(BENCH)/bin/python%) -r requirements/bench-compiled.txt >$(BENCH)/compiled.log 2>&1 \
		|| echo "neworder is left out, it could not be compiled: $(BENCH)/compiled.log"
	@$(BENCH)/bin/python tools/link.py
	@touch $@

.PHONY: help setup demo test test-sqlite test-postgres lint types house lock bench clean
