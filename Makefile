# On Record, one command each; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help env demo run test lint format bench backup restore pins clean

PORT ?= 8000
HOST ?= 127.0.0.1
FORCE ?=
PYTEST_ARGS ?= -n 2 --dist worksteal
BENCH_ARGS ?=
PY := .venv/bin/python
MANAGE := $(PY) manage.py
TEMPLATES := find templates -name '*.html'
DJADE := .venv/bin/djade --target-version 5.2
PIN := .venv/bin/pip-compile --quiet --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# `make backup` and `make restore` serve the demo as well as a production site.
SITE_ENV := ON_RECORD_ENV=$${ON_RECORD_ENV:-$$(test -n "$$SECRET_KEY" && echo production || echo demo)}

help: ## List these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

env: .venv/.ready ## Make .venv with everything that On Record and its tests need

.venv/.ready: requirements-dev.txt
	@set -eu; \
	if ! .venv/bin/python -c 'import pip' 2>/dev/null; then \
		for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
			if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
				python=$$candidate; break; \
			fi; \
		done; \
		if [ -z "$${python:-}" ]; then \
			echo "On Record needs Python 3.11 or later: apt-get install python3 python3-venv, or brew install python" >&2; \
			exit 1; \
		fi; \
		if ! $$python -c 'import ensurepip' 2>/dev/null; then \
			echo "$$python cannot make virtual environments: apt-get install python3-venv" >&2; \
			exit 1; \
		fi; \
		echo "making .venv with $$($$python --version)"; \
		$$python -m venv --clear .venv; \
	fi; \
	$(PY) -m pip install --quiet --disable-pip-version-check --upgrade pip; \
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt; \
	touch $@

demo: env ## Try it: database, sample newsroom and web server on PORT (8000); Ctrl-C stops all
	@ON_RECORD_ENV=demo exec $(MANAGE) serve --demo --host $(HOST) --port $(PORT)

run: env ## The same without samples, with production settings (needs SECRET_KEY)
	@ON_RECORD_ENV=production exec $(MANAGE) serve --host $(HOST) --port $(PORT)

test: lint ## Everything that must hold: lint, then all tests, in a real browser too
	@$(PY) -m tests.ensure_browser
	@ON_RECORD_ENV=test $(PY) -m pytest $(PYTEST_ARGS)

lint: env ## Style, types, layers, templates and missing migrations
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@ON_RECORD_ENV=test .venv/bin/mypy
	@.venv/bin/lint-imports
	@$(TEMPLATES) -exec $(DJADE) --check {} +
	@ON_RECORD_ENV=test $(MANAGE) makemigrations --check --dry-run

format: env ## Put code and templates in their form
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format
	@$(TEMPLATES) -exec $(DJADE) {} +

bench: env ## Measure against the budgets (BENCH_ARGS=--write keeps the table, --quick is a look)
	@$(PY) -m tests.bench $(BENCH_ARGS)

backup: env ## Write the database to var/backups/
	@$(SITE_ENV) $(MANAGE) backup

restore: env ## Bring a backup back: FILE=var/backups/….dump (FORCE=1 replaces what is there)
	@test -n "$(FILE)" || { echo "say which: make restore FILE=var/backups/….dump" >&2; exit 2; }
	@$(SITE_ENV) $(MANAGE) restore "$(FILE)" $(if $(FORCE),--force)

pins: env ## Compile requirements*.in to pinned requirements*.txt
	@$(PIN) requirements.in -o requirements.txt
	@$(PIN) requirements-dev.in -o requirements-dev.txt

clean: ## Remove .venv and caches; data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
