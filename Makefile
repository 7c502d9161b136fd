# The only list of commands. `make` alone prints them.
SHELL := /bin/bash
UV := .uv/bin/uv
RUN := $(UV) run --frozen
SAMPLE := evals/datasets/sample_study
OUT := build/sample

.DEFAULT_GOAL := help
.PHONY: help setup run test check format lint types layers deps spelling fix eval train bench

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(UV):
	@python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.8'

setup: $(UV)  ## set up what `make run` and `make test` need, and run nothing
	@$(UV) sync --frozen --quiet
