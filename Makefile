# `make run` and `make test` are each the only command that a fresh clone needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# the first interpreter that is new enough; PYTHON=/path/to/python chooses another
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV_VERSION := 0.13.9
UV := VIRTUAL_ENV=.venv .venv/bin/uv sync --frozen --inexact --active --quiet

# tests start the program hundreds of times: what is compiled is kept, wherever they run
test slow: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check slow venv lock clean

help:
	@echo 'make run    start the bot (or, without BOT_TOKEN, the sandbox in your browser)'
	@echo 'make test   lint, types, layers and every test'
	@echo 'make slow   the long measurements'
	@echo 'make venv   only build .venv; .venv/bin/mojaz is then the command line'

run: .venv/.ready
	@exec .venv/bin/mojaz run

venv: .venv/.ready

test: .venv/.ready-dev check
	.venv/bin/pytest -n 3 --dist worksteal -m 'not slow'

check: .venv/.ready-dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

slow: .venv/.ready-dev
	.venv/bin/pytest -m slow

.venv/bin/uv:
	@test -n "$(PYTHON)" || { echo 'mojaz needs Python 3.11 or newer; set PYTHON=/path/to/python'; exit 1; }
	@echo 'Building .venv (once)…' >&2
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: .venv/bin/uv pyproject.toml uv.lock
	@$(UV) --no-dev
	@touch $@

.venv/.ready-dev: .venv/bin/uv pyproject.toml uv.lock
	@$(UV) --compile-bytecode
	@touch .venv/.ready $@

lock: .venv/bin/uv
	.venv/bin/uv lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
