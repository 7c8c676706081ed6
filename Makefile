# Every verb of the project. A bare `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= python3

# A build that this file starts must not answer to a parent's environment.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: help demo test generate check lint format types docs-changed cases bench clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## the main job, shown: regenerate, refuse, quote, cap, submit, poll, save, book
	@$(BIN)/python contract_tests/demo.py

test: $(READY) check lint types ## every check and every test
	HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-ci} $(BIN)/python -m pytest -q -n auto

generate: $(READY) ## write generated/ from specs/
	@$(BIN)/proviso generate

check: $(READY) ## is generated/ what specs/ gives?
	$(BIN)/proviso lint
	$(BIN)/proviso check

lint: $(READY) ## style of everything, generated code included
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY) ## strict types: mypy for all, pyright for what users import
	$(BIN)/mypy
	$(BIN)/basedpyright

format: $(READY) ## lay the code out
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs-changed: $(READY) ## from changed pages (DOCS=folder) to one change to review: specs, clients, summary
	$(BIN)/proviso docs changed --docs $(DOCS) --tests contract_tests $(if $(REQUESTS),--requests $(REQUESTS))

cases: $(READY) ## rewrite what the case folders expect
	$(BIN)/python generator/tests/rewrite_cases.py

bench: $(READY) ## figures, side by side with peers
	@sh generator/setup.sh $(VENV) $(PYTHON) bench
	$(BIN)/python generator/benchmarks/run.py

clean: ## remove what the verbs made
	rm -rf $(VENV) out generated/.proviso_cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml constraints.txt generator/setup.sh
	@sh generator/setup.sh $(VENV) $(PYTHON) test
	@touch $@
