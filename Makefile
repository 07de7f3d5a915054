# make run    the whole system on this machine, without Docker; Ctrl-C stops it
# make demo   one complaint from filing to a kept promise, against the running system
# make test   lint and all tests        (ARGS="tests/unit -k ledger" for lint, then some)
# make screenshots  every page, on a phone and on a desk, into artifacts/pages
# make bench  the figures in the README
# make faults ten minutes in which everything breaks that can; ARGS="--seed 7" for the same again, "--mutants" for the proof
# make audit  what is known of the pinned packages, without a network; ARGS=all.zip for a whole export of osv.dev
# make clean  stop it and forget everything: data, caches of this clone, .venv

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo test screenshots lint bench faults audit kafka browser stop clean

unexport PYTHONDONTWRITEBYTECODE  # nine processes that compile their imports anew would start twice as slowly

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
KAFKA := $(VENV)/.kafka

help:
	@sed -n 's/^# //p' Makefile

run: $(KAFKA)
	@exec $(PYTHON) -m deploy.local

demo: $(INSTALLED)
	@exec $(VENV)/bin/shangju demo $(ARGS)

bench: $(KAFKA)
	@exec $(VENV)/bin/shangju bench $(ARGS)

faults: $(KAFKA)
	@exec $(PYTHON) -m tests.faults $(ARGS)

test: $(if $(ARGS),lint) $(KAFKA) browser
	@exec $(if $(ARGS),$(PYTHON) -m pytest $(ARGS),deploy/run-tests $(PYTHON))

screenshots: $(KAFKA) browser
	@exec $(PYTHON) -m pytest tests/browser/screenshots.py

lint: $(INSTALLED)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

audit: $(INSTALLED)
	@exec $(PYTHON) -m tests.support.advisories $(ARGS)

kafka: $(KAFKA)

$(KAFKA): $(INSTALLED) deploy/local/kafka/pom.xml
	@echo "Kafka: fetching its jars, once per machine, and preparing its start"
	@$(PYTHON) -m deploy.local.kafka
	@touch $@

$(INSTALLED): pyproject.toml constraints.txt deploy/install-python
	@deploy/install-python $(VENV)
	@touch $@

browser:
	@deploy/install-browser

stop:
	@test ! -x $(PYTHON) || $(PYTHON) -m deploy.local stop

clean:
	@test ! -e $(INSTALLED) || $(PYTHON) -m deploy.local clean
	@rm -rf .shangju $(VENV) *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
