# RegAI. "make help" lists the targets. Needs Python 3.11 or later with venv, make and git.
.NOTPARALLEL:
.DEFAULT_GOAL = help
export PIP_DISABLE_PIP_VERSION_CHECK = 1

PY = .venv/bin/python
VENV = .venv/made
RUN = .venv/installed-for-running
TEST = .venv/installed-for-testing
CODE = manage.py regai reports cohorts voting deminimis companies outbox accounts ground tests $(wildcard benchmarks)

# Tests on SQLite know nothing of the services that the environment names, or of the data in var/.
ON_SQLITE = env -u DATABASE_URL -u REDIS_URL
test quick migrations: export REGAI_VAR = $(CURDIR)/.venv/var

# The example region lives on SQLite only: the first of the two runs plays it.
SQLITE_ONLY = --ignore=tests/journeys/test_example_region.py

# What a file prepares is prepared once; tests/conftest.py puts the long files first.
BY_FILE = -n 2 --dist loadfile --no-loadscope-reorder

# The first Python that can do it; PYTHON names another one.
FIND_PYTHON = for one in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python3.14); do \
  $$one -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && echo $$one && break; done
ROOT_ON_DEBIAN = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
APT = apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends

.PHONY: help setup run reset prodlike test quick check lint types contracts migrations templates fix \
  messages words lock bench clean python browser

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: $(RUN) ## make .venv with what RegAI runs on, nothing more
	@echo ".venv is ready."

run: $(RUN) ## start the example site on PORT (8000): web, worker and beat together
	@exec $(PY) manage.py start

reset: $(RUN) ## forget the example's data; the next "make run" starts over
	@$(PY) manage.py start --reset

prodlike: $(TEST) ## start the site as in production, on PORT (8100), with data that is forgotten afterwards
	@exec $(PY) -m tests.prodlike

test: python $(TEST) browser ## all tests: the main path on SQLite, then everything on PostgreSQL and Redis
	$(ON_SQLITE) $(PY) -m pytest $(BY_FILE) tests/journeys
	$(PY) -m tests.services -- $(PY) -m pytest $(BY_FILE) $(SQLITE_ONLY)

quick: $(TEST) ## pure tests, and those of rows on SQLite, without services in under a minute
	$(ON_SQLITE) $(PY) -m pytest -n 2 -m quick --ignore=tests/browser --ignore=tests/journeys

check: lint types contracts migrations templates words test ## all that must hold before a change goes in

lint: $(TEST) ## ruff: format and rules
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .

types: $(TEST) ## mypy, strict
	$(PY) -m mypy $(CODE)

contracts: $(TEST) ## who may import whom
	$(PY) .venv/bin/lint-imports

migrations: $(TEST) ## every model change has its migration
	DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run

templates: $(TEST) ## djlint
	$(PY) -m djlint --lint --quiet templates

words: $(TEST) ## every text has its English
	$(PY) manage.py messages --check

fix: $(TEST) ## format, and correct what can be corrected
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format .

messages: $(RUN) ## collect the texts, merge locale/en/LC_MESSAGES/parts, compile
	$(PY) manage.py messages

lock: $(VENV) ## renew requirements/*.txt from the .in files
	$(PY) -m pip install --quiet uv
	$(LOCK) requirements/run.in -o requirements/run.txt
	$(LOCK) -c requirements/run.txt requirements/test.in -o requirements/test.txt
LOCK = $(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

bench: $(TEST) ## the benchmarks
	$(PY) -m benchmarks

clean: ## delete what was installed and compiled; the data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} + ; rm -f locale/*/LC_MESSAGES/*.mo

# --- what the targets above need ---

$(VENV):
	@[ -w . ] || { echo "$(CURDIR) cannot be written to: copy RegAI to a folder that can."; exit 2; }
	@python=$$($(FIND_PYTHON)); \
	[ -n "$$python" ] || { echo "No Python 3.11 or later with venv was found. Install it (Debian: apt install python3-venv), or name it: make PYTHON=/path/to/python3."; exit 2; }; \
	echo "Making .venv with $$($$python --version) ..."; \
	$$python -m venv .venv
	@touch $@

INSTALL = $(PY) -m pip install -qq --require-hashes --requirement $< \
  || { echo "The packages could not be installed: see above. Is the network there?"; exit 2; }

$(RUN): requirements/run.txt | $(VENV)
	@echo "Installing what RegAI runs on ..."
	@$(INSTALL)
	@touch $@

$(TEST): requirements/test.txt requirements/run.txt | $(VENV)
	@echo "Installing what the tests need ..."
	@$(INSTALL)
	@touch $(RUN) $@

python: # on Debian as root a missing venv is installed
	@if [ ! -e $(VENV) ] && [ -z "$$($(FIND_PYTHON))" ] && $(ROOT_ON_DEBIAN); then \
	  echo "Installing python3-venv ..."; $(APT) python3-venv >/dev/null; fi

browser: $(TEST) # on Debian as root a missing browser or Redis is installed
	@packages=$$($(PY) -m tests.services --missing 2>/dev/null); \
	if [ -n "$$packages" ] && $(ROOT_ON_DEBIAN); then \
	  echo "Installing $$packages ..."; $(APT) $$packages >/dev/null; fi; \
	$(PY) -m tests.services --missing >/dev/null
