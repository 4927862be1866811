# Thin: every line is a creditlib or a python -m command; README.md gives the same without make.
PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin
export PATH := $(BIN):$(PATH)

.PHONY: course test lab clean demo-zh demo-en

course: .venv/installed
	python -m creditlib data check
	python -m creditlib book
	@$(MAKE) --no-print-directory -j2 demo-zh demo-en

demo-zh demo-en: demo-%: .venv/installed
	python -m creditlib class demo _build/class-$* --lang $*

test: .venv/installed
	python -m ruff check .
	python -m ruff format --check .
	python -m creditlib data check
	python -m creditlib editions check
	python -m creditlib book
	python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 25
	python -m pytest -n 2 --dist loadfile -o addopts="" -p tests.published_notebooks --nbval --nbval-current-env \
		_build/book/zh/notebooks _build/book/en/notebooks

lab: .venv/installed
	python -m creditlib lab

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	python -m pip install --quiet --constraint constraints.txt --editable ".[book,classroom,test]"
	touch $@

clean:
	rm -rf _build .venv
