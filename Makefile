# `make book` and `make test` do everything on a fresh machine; the rest is for authors.
# Without make (Windows): README.md has the same in plain commands.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
NOTEBOOKS := chapters solutions
# On Linux the default build of PyTorch brings gigabytes of CUDA; for the CPU's own build:
#   make test TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=

.PHONY: book serve test check browser derived lessons bench bench-full clean

book: $(VENV)/book.done
	$(BIN)/python -m unrolled.book build

serve: $(VENV)/book.done
	$(BIN)/python -m unrolled.book serve

# Every test, and every notebook executed and compared with its stored outputs. A file's tests stay on
# one core (a notebook's cells must), but those of the tasks, most of all, need not.
test: $(VENV)/test.done browser
	UNROLLED_BUDGET=small $(BIN)/python -m pytest -q -n 2 tests/test_tasks.py
	UNROLLED_BUDGET=small $(BIN)/python -m pytest -n 2 --dist loadfile --nbval \
	  --ignore tests/test_tasks.py tests $(NOTEBOOKS)

# What to run while you work: under two minutes, no notebooks, no browser.
check: $(VENV)/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m unrolled.content
	$(BIN)/autograder build --check
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not browser" tests

# Starters and solutions from the tasks.
derived: $(VENV)/test.done
	$(BIN)/autograder build

# Execute the lessons in place, with the full budget, and store their outputs.
lessons: $(VENV)/test.done
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False \
	  $(filter-out %_exercises.ipynb,$(wildcard chapters/[0-9]*.ipynb))

# Everything that the README and the book quote, measured again: in 20 minutes what fits, or all of it.
# With the real MNIST only: UNROLLED_DATA=/where/it/is, or the network.
bench: $(VENV)/test.done book
	$(BIN)/python -m benchmarks

bench-full: $(VENV)/test.done book
	$(BIN)/python -m benchmarks --full

$(BIN)/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed: make PYTHON=python3.11 …')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/book.done: requirements/book.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/book.txt
	touch $@

# A torch that is already there is never replaced: then its pin is left out.
$(VENV)/test.done: constraints.txt pyproject.toml $(VENV)/book.done
	if $(BIN)/python -c "import torch" 2>/dev/null; then grep -v '^torch==' constraints.txt; \
	else cat constraints.txt; fi > $(VENV)/constraints.txt
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --quiet -c $(VENV)/constraints.txt torch --index-url $(TORCH_INDEX))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  -c $(VENV)/constraints.txt -e ".[book,torch,keras,test]"
	touch $@

# The browser's tests skip, and say so, where there is no Chromium and none can be installed.
browser:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get -qq update && apt-get -qq install -y chromium chromium-driver fonts-noto-cjk bubblewrap \
	  >/dev/null; } || echo "No Chromium here, and none could be installed: its tests will skip."

clean:
	rm -rf _build $(VENV)
