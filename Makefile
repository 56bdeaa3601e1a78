# The commands of the project. Each is safe to run twice; `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
# More for pytest, for example: make test-fast ARGS="tests/search -x"
ARGS ?=

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py
# Each worker takes a run of whole files, so that what a file sets up is set up once.
PYTEST := $(RUN) -m pytest -n $(WORKERS) --dist worksteal
SERVICES := $(PYTHON) deploy/services/services.py
# Two steps, so that a server that is not there stops the recipe.
WITH_SERVICES := reach="$$($(SERVICES) env)"; eval "$$reach";

.PHONY: help demo run test test-full test-fast real-data test-real check check-production format bench \
	services-up services-down assets

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
		while IFS=$$'\t' read -r name words; do printf '  make %-14s %s\n' "$$name" "$$words"; done

# --- Setting up -------------------------------------------------------------------------------
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python lacks its venv module: on Debian, install the package python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.requirements: requirements.txt | $(VENV)/bin/python
	$(RUN) -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.requirements-dev: requirements-dev.txt | $(VENV)/bin/python
	$(RUN) -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.requirements

# --- Using the portal -------------------------------------------------------------------------
demo: $(VENV)/.requirements ## Set up a fictional borough's portal and serve it (PORT=8000)
	@PORT=$(PORT) $(MANAGE) demo

run: $(VENV)/.requirements ## Serve the portal as it stands, for development (PORT=8000)
	$(MANAGE) migrate
	$(MANAGE) runserver 127.0.0.1:$(PORT)

# --- Testing ----------------------------------------------------------------------------------
test: test-full ## Run all tests: on PostgreSQL with Elasticsearch, then on SQLite alone
	@$(MAKE) test-fast ARGS="--create-db $(ARGS)"

test-full: $(VENV)/.requirements-dev services-up
	@echo "The suite on PostgreSQL and Elasticsearch:"
	@$(WITH_SERVICES) PORTAL_TEST_DB=postgres SEARCH_ENGINE=elasticsearch \
		$(PYTEST) --create-db -m "not real" $(ARGS)

test-fast: $(VENV)/.requirements-dev ## Run the tests that need no server and no browser, on SQLite
	@echo "The suite on SQLite with the embedded search engine:"
	@env -u DATABASE_URL -u ELASTICSEARCH_URL PORTAL_TEST_DB=sqlite SEARCH_ENGINE=database \
		$(PYTEST) -m "not real and not elasticsearch and not browser" $(ARGS)

real-data:
	@test -n "$(DATA)" || { echo "Say where the real files are: make test-real DATA=folder" >&2; exit 1; }
	@test -d "$(DATA)" || { echo "There is no folder $(DATA)." >&2; exit 1; }

test-real: real-data $(VENV)/.requirements-dev services-up ## Run the tests on real files: DATA=folder
	@echo "The tests on the real files of $(DATA):"
	@$(WITH_SERVICES) PORTAL_TEST_DB=postgres SEARCH_ENGINE=elasticsearch \
		PORTAL_REAL_DATA="$(abspath $(DATA))" $(PYTEST) --create-db -m real $(ARGS)

check: $(VENV)/.requirements-dev ## Check style, types, layers, migrations and deployment settings
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	PORTAL_TEST_DB=sqlite $(VENV)/bin/mypy
	$(VENV)/bin/djlint --lint --quiet .
	$(VENV)/bin/lint-imports
	PORTAL_TEST_DB=sqlite $(MANAGE) makemigrations --check --dry-run --settings portal.settings.test
	@$(MAKE) check-production

# Values that stand in for real ones: no server is asked anything.
check-production:
	SECRET_KEY="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	CASE_KEY_SECRETS="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	ALLOWED_HOSTS=portal.example.org PORTAL_URL=https://portal.example.org \
	DATABASE_URL=postgres://portal:unused@127.0.0.1:1/portal \
	SEARCH_ENGINE=database \
		$(MANAGE) check --deploy --fail-level WARNING --settings portal.settings.production

format: $(VENV)/.requirements-dev ## Put the code into its agreed form
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.requirements-dev services-up ## Measure speed, and print ratios
	@$(WITH_SERVICES) $(MANAGE) bench $(ARGS)

# --- Servers and styles -----------------------------------------------------------------------
services-up: ## Find or start PostgreSQL, Elasticsearch and Chromium for the tests
	@$(SERVICES) up

services-down: ## Stop the servers that services-up started
	@$(SERVICES) down

assets: ## Compile styles and scripts (needs Node; the result is committed)
	cd portal/assets && npm install --no-fund --no-audit && npm run build
