# Everything one needs from a fresh clone: `make run`, `make test`. `make help` lists the rest.

# The first Python that is new enough. A Mac's own python3 is too old, so look further.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11, \
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
VERSION := $(if $(PYTHON),$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
READY := .venv/ready-$(VERSION)

PY := .venv/bin/python
EXEC := $(PY) -m imrsite.trial exec
FRESH := $(EXEC) --fresh

ARGS ?=
PORT ?= 8000
ADDRESS ?= http://127.0.0.1:$(PORT)
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test setup lint format shell screens bench-pages bench-export bench-intake bench-reading accuracy clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

run: setup  ## the site with sample letters on http://127.0.0.1:8000/ (PORT=8001 for another)
	@exec $(PY) -m imrsite.trial run

test: setup  ## the whole test suite (ARGS="-k export" for a part of it)
	@exec $(FRESH) python -m pytest $(ARGS)

setup: $(READY)  ## .venv and the packages

lint: setup  ## what CI checks besides the tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	$(FRESH) sh -c 'python -m mypy . && python manage.py makemigrations --check --dry-run'

format: setup  ## what lint asks for, as far as a program can do it
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

shell: setup  ## a Python shell on the data of `make run`
	@exec $(EXEC) python manage.py shell

bench-pages: setup  ## milliseconds of every page and search (ARGS="--cases 200000 --keep")
	@exec $(EXEC) python manage.py bench_pages $(ARGS)

bench-export: setup  ## rows per second of the export, beside bare COPY and the csv module
	@exec $(EXEC) python manage.py bench_export $(ARGS)

bench-intake: setup  ## letters per second from upload to read, with one and two workers
	@exec $(FRESH) python manage.py bench_intake $(ARGS)

bench-reading: setup  ## letters per second, beside pypdf's own text extraction
	@exec $(PY) -m reviews.reading.bench $(ARGS)

accuracy: setup  ## what the reader gets right (ARGS="--show 5", "--record"; see docs/accuracy.md)
	@exec $(PY) -m samples.accuracy $(ARGS)

screens: setup  ## docs/screens anew, of a running site (ADDRESS=http://127.0.0.1:8000)
	@exec $(PY) -m tests.browser.screens $(ADDRESS)

clean:  ## remove what `make` has made, the trial run's data with it
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.txt requirements-dev.txt
ifeq ($(PYTHON),)
	@echo "Python 3.11 or newer is needed, and no python3 here is that new." \
		"Debian, Ubuntu: apt install python3 python3-venv. Mac: brew install python." >&2
	@exit 1
else
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv: about a minute, once."
	@$(PY) -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' 2>/dev/null \
		|| $(PYTHON) -m venv --clear .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@
endif
