# make run      install, ingest plans/, open the chat on this machine
# make test     install what tests need and run them
# make check    ruff, mypy, import directions
# make eval     answers and retrieval, measured
# make train    the bundled embedding model, from the corpora in CORPORA, into MODEL
# make screenshots   the page in pictures, into screenshots/
# make lock     requirements*.lock anew from pyproject.toml

PYTHON ?= python3
CORPORA ?= ../shared/corpora
MODEL ?= vectorstore/models/hoi-static-vi
BIN := .venv/bin

.PHONY: run test check eval train lock screenshots
.DELETE_ON_ERROR:

run: .venv/run.stamp
	$(BIN)/hoi ingest plans
	$(BIN)/hoi app

test: .venv/dev.stamp
	$(BIN)/pytest -n auto --dist loadfile  # a file to a worker: what its tests share is made once

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

eval: .venv/dev.stamp
	$(BIN)/python -m evals.run

train: .venv/dev.stamp
	$(BIN)/python -m training.train --corpora $(CORPORA) --output $(MODEL)

screenshots: .venv/dev.stamp
	$(BIN)/python -m tests.browser.screenshots screenshots

lock: .venv/dev.stamp
	$(BIN)/uv pip compile -q --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --no-annotate --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock
# Which build of torch is installed is for each machine to choose, and what that build needs comes with it.
	sed -i -e 's/^\(torch==[0-9.]*\)+cpu$$/\1/' -e '/^\(nvidia-\|cuda-\|triton==\)/d' requirements.lock requirements-dev.lock

# ----- the virtual environment, made once and again when what it is made from changes ---------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.lock
	@touch $@
