# Everything runs in a virtual environment of its own; only Python 3.10 or newer and make are needed.
#   make demo    install, lint and render the examples
#   make test    install what tests need, run all of them
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NOW := 2030-01-01T00:00:00Z
DEMO := build/demo
FUZZ_SECONDS ?= 60

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint fuzz soak kill bench docs examples screenshots clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	@$(BIN)/msgspec-tool lint specs_examples --now $(NOW)
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@for spec in specs_examples/*/*.msg.yaml; do \
	  body=$(DEMO)/$$(basename $$spec .msg.yaml).json; \
	  $(BIN)/msgspec-tool render $$spec --env production --now $(NOW) > $$body || exit; \
	done
	@echo
	@echo "Request bodies are in $(DEMO)/, one file for each example of specs_examples/. Compare, for example:"
	@echo "  specs_examples/sms-personalised/card-payment-due.msg.yaml"
	@echo "  $(DEMO)/card-payment-due.json"
	@echo "The program is $(BIN)/msgspec-tool; the README has a first project, step by step."
	@echo
	@echo "A project made by init, sent to a sandbox of the API on this machine:"
	@rm -rf $(DEMO)/shop && $(BIN)/msgspec-tool init $(DEMO)/shop > /dev/null 2>&1
	@tool=$(CURDIR)/$(BIN)/msgspec-tool; cd $(DEMO)/shop && export MSGSPEC_SANDBOX_KEY=sandbox-demo XDG_STATE_HOME=$$PWD/state; \
	  $$tool sandbox --port 0 --key sandbox-demo --state .msgspec/sandbox --ready-file ready.json > sandbox.log 2>&1 & pid=$$!; \
	  while [ ! -f ready.json ]; do kill -0 $$pid 2> /dev/null || { cat sandbox.log; exit 3; }; sleep 0.1; done; \
	  url=$$(sed 's/.*"url": "//; s/".*//' ready.json); \
	  sed "s#https://localhost:8443/resources/v1/messaging#$$url#" msgspec.yaml > msgspec.new && mv msgspec.new msgspec.yaml; \
	  $$tool submit messages/welcome.msg.yaml --env sandbox --confirm; \
	  code=$$?; kill $$pid; exit $$code

test: $(VENV)/.tested lint
	$(BIN)/python -m pytest -n auto --cov --cov-branch --cov-fail-under=95

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Coverage-guided fuzzing of what reads other people's files; FUZZ_SECONDS says how long for each.
fuzz: $(VENV)/.fuzzed
	@for target in yaml json spec body template recipients; do \
	  $(BIN)/python -m tests.coverage_fuzz $$target -max_total_time=$(FUZZ_SECONDS) -max_len=2000 || exit; \
	done

# Looks for new examples in every property and fuzz test, twenty times as many as `make test` draws, other ones each time.
soak: $(VENV)/.tested
	env -u CI $(BIN)/python -m pytest -n auto --hypothesis-profile soak -m hypothesis tests

# Writes the documentation that comes from the program: the index and the reference of the rules, and the output of every command that is shown.
docs: $(VENV)/.tested
	$(BIN)/python -m tests.rule_index
	$(BIN)/python -m tests.update_readme

# Kills runs of submit at every durable operation, and again while they recover; the tests take some of these points.
kill: $(VENV)/.tested
	EVERY_KILL=1 $(BIN)/python -m pytest tests/delivery/test_killed.py tests/delivery/test_model.py

# Takes the pictures of the preview for the documentation again, with Chromium. Look at them.
screenshots: $(VENV)/.tested
	$(BIN)/python -m tests.update_screenshots

# Writes again what tests compare: rendered examples, and the documentation. Read the difference.
examples: docs
	$(BIN)/python -m tests.update_examples

# What the analysis of templates costs, whether its bounds are true, and how tight they are; how many sown mistakes lint finds.
bench: $(VENV)/.tested
	$(BIN)/python -m benchmarks.analysis
	$(BIN)/python -m benchmarks.lint_speed
	$(BIN)/python -m benchmarks.render_speed
	$(BIN)/python -m benchmarks.cluster_speed
	$(BIN)/python -m benchmarks.review_speed
	$(BIN)/python -m benchmarks.preview_speed
	$(BIN)/python -m benchmarks.seeded_mistakes
	$(BIN)/python -m benchmarks.submit

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# `--group` needs pip 25.1.
$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else "msgspec-tool needs Python 3.10 or newer, this is " + sys.version.split()[0] + "; say which with PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[sandbox]'
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

$(VENV)/.fuzzed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group fuzz
	@touch $@
