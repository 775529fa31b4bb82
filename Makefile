# Needs Python 3.11 or newer with venv, and a C toolchain. Everything lands in .venv.
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 7860

# Compiled modules are kept, or every process that a test starts compiles the whole program.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install demo test test-all lint bench clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 18

install: .venv/installed ## Make .venv and install Minutebook into it

demo: .venv/installed ## Load the sample minutes, index them, open the web page
	$(BIN)/minutebook demo --host $(HOST) --port $(PORT)

test: lint ## Install what the tests need, check the code, run the tests of minutes
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest

test-all: lint ## The same with every kill, every night and many examples; prints what took long and the coverage
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest --all --cov --cov-report=term --durations=60

lint: .venv/installed-dev ## Check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: .venv/installed-dev ## Measure: make bench DATA=FILE (minutes) or a folder, with questions, too; FULL=1 takes all
	HF_HUB_OFFLINE=1 $(BIN)/python -m tests.bench $(DATA)

clean: ## Remove what was installed and cached
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info

.venv/bin/python:
	$(PYTHON) -m venv .venv

# torch comes first and by its exact version: a looser requirement pulls gigabytes of CUDA packages.
.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
