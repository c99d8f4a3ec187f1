# Each target sets up what it needs; the second time it starts at once.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# An extra package index, for example one with CPU builds of PyTorch: make app EXTRA_INDEX=https://...
EXTRA_INDEX ?=
PIP := $(BIN)/python -m pip install --disable-pip-version-check $(if $(EXTRA_INDEX),--extra-index-url $(EXTRA_INDEX)) -c constraints.txt

.PHONY: help app test ask index lint eval bench soak model

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/runtime: pyproject.toml constraints.txt
	@echo "Setting up .venv (a few minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --upgrade pip -c constraints.txt
	@$(PIP) --progress-bar on .
	@touch $@

$(VENV)/test: $(VENV)/runtime
	@$(PIP) --quiet '.[test]'
	@touch $@

app: $(VENV)/runtime ## serve the page on http://127.0.0.1:7860
	@$(BIN)/python app.py $(ARGS)

ask: export QUESTION := $(value Q)
ask: $(VENV)/runtime ## answer in the terminal: make ask Q="..."
	@$(BIN)/python -m qa ask "$$QUESTION"

index: $(VENV)/runtime ## build or update the index
	@$(BIN)/python -m index build

test: $(VENV)/test ## run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: $(VENV)/test ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

eval: $(VENV)/runtime ## measure retrieval and answers on the development half
	@$(BIN)/python -m eval retrieval
	@$(BIN)/python -m eval answers

$(VENV)/bench: $(VENV)/runtime
	@$(PIP) --quiet '.[bench]'
	@touch $@

bench: $(VENV)/bench ## time it, by itself and beside the usual stack: make bench SET=... ARGS=--keep
	@$(BIN)/python -m eval.bench $(SET) $(ARGS)

soak: $(VENV)/test ## kill builders, flip bits, refuse writes, at length: make soak ARGS="--kills 200"
	@$(BIN)/python tests/soak.py $(ARGS)

model: $(VENV)/runtime ## train the bundled model: make model DATA=folder-of-training-data
	@$(BIN)/python -m index.training --data "$(DATA)"
