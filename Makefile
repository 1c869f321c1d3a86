# Two commands are enough: `make serve` and `make test`. Both need Python >= 3.11 and make, and nothing else.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV   := .venv
NODE   := .node
CLIENTS := .clients
PEERS  := .peers
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip --disable-pip-version-check --no-input
PINNED := install --progress-bar off --require-hashes --requirement
UV     := uv==0.13.9
LOCK   := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help serve setup test check lint docs licences audit sbom eval eval-llm bench bench-peers conformance node clients screenshots fonts lock clean

help:  ## List what can be made.
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | while IFS='	' read -r name what; do \
		printf '  make %-11s %s\n' "$$name" "$$what"; done

serve: $(VENV)/.runtime  ## Set up if needed and run the service; ARGS="--port 9000" is passed on.
	$(PY) -m service serve $(ARGS)

setup: $(VENV)/.runtime  ## Set up the command without running it: .venv/bin/wattcite.

test: $(VENV)/.development  ## Set up if needed and run all tests; ARGS="-k homes" is passed on.
	$(PY) -m pytest $(ARGS)

check: lint test  ## All that must hold before a change lands: style, types, layers, generated files, tests.

lint: $(VENV)/.development  ## The part of `check` that runs no test.
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache --no-logo
	$(PY) -m tests.generate --check

docs: $(VENV)/.development  ## Write openapi.yaml and the generated parts of the documents again.
	$(PY) -m tests.generate

licences: $(VENV)/.development  ## Print the licence of every pinned dependency; refuse one that does not go with Apache-2.0.
	$(PY) -m tests.supply.licences

audit: $(VENV)/.development  ## Look for known vulnerabilities of what is pinned; says why where no database can be asked.
	@$(PY) -m tests.supply.audit $(ARGS) || test $$? -eq 3

sbom: $(VENV)/.development  ## Write what the service runs with into dist, as a CycloneDX document.
	$(PY) -m tests.supply.sbom

eval: $(VENV)/.development  ## Ask the questions of tests/ask, check the texts of tests/check, and print every miss.
	$(PY) -m tests.ask.evaluate
	$(PY) -m tests.check.evaluate

eval-llm: $(VENV)/.development  ## Ask a language model these questions, with and without the tools; LLM_URL says where it is.
	$(PY) -m tests.chat.evaluate $(ARGS)

bench: $(VENV)/.development  ## Measure speed, start-up time and the questions answered well.
	$(PY) -m tests.benchmarks $(ARGS)

fuzz: $(VENV)/.development  ## Fuzz the parsers, a minute each; ARGS="questions 600" for one of them and longer.
	$(PIP) $(PINNED) tests/fuzz.txt
	$(PY) -m tests.fuzz $(ARGS)

soak: $(VENV)/.development  ## Load the service with everything at once for ten minutes and watch its memory; ARGS=60 for one.
	$(PY) -m tests.soak $(ARGS)

bench-peers: $(VENV)/.development $(PEERS)/.installed  ## Measure speed beside EcoLogits, BoaviztAPI, FastAPI and FastMCP.
	$(PY) -m tests.benchmarks.peers
	$(PY) -m tests.generate

conformance: $(VENV)/.development $(NODE)/.installed  ## Run the MCP conformance suite and the MCP Inspector; needs npm.
	$(PY) -m pytest -m node tests/tools $(ARGS)

node: $(NODE)/.installed  ## Install what judges pages and MCP; needs npm. Tests of pages use it where it is there.

clients: $(VENV)/.development $(CLIENTS)/.installed  ## Run the snippets of /register against real chat libraries.
	$(PY) -m pytest -m clients tests/tools tests/web $(ARGS)

screenshots: $(VENV)/.development  ## Take pictures of every kind of page into .screenshots; needs chromium and chromedriver.
	$(PY) -m tests.web.screenshots $(ARGS)

fonts: $(VENV)/.development  ## Cut the fonts of pictures again; needs Debian's fonts-noto-core and fonts-noto-cjk (ARGS=folder).
	$(PY) -m tests.web.fonts $(ARGS)

lock: $(VENV)/.development  ## Pin again what pyproject.toml asks for; UPGRADE=1 takes newer versions.
	$(PIP) install --quiet --progress-bar off $(UV)
	$(LOCK) $(if $(UPGRADE),--upgrade) --group build --extra valkey --output-file requirements.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --all-extras --constraints requirements.txt --output-file requirements-dev.txt

clean:  ## Remove the environment, caches and everything built.
	rm -rf $(VENV) $(NODE) $(CLIENTS) $(PEERS) .screenshots build dist __pycache__ .*_cache .hypothesis
	find service tests hatch_build.py -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@touch $@

# The service itself is installed last, from this folder and as it stands, so that edits take effect at once.
$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/.created
	$(PIP) $(PINNED) requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(PIP) $(PINNED) requirements-dev.txt
	@touch $@

$(NODE)/.installed: tests/tools/node/package.json
	mkdir -p $(NODE) && cp $< $(NODE)/
	npm install --prefix $(NODE) --no-audit --no-fund --no-package-lock
	@touch $@

# Chat libraries pin one another's dependencies, so they live apart from the service.
$(CLIENTS)/.installed: tests/tools/clients.txt | $(VENV)/.created
	$(PYTHON) -m venv --clear $(CLIENTS)
	$(CLIENTS)/bin/python -m pip install --progress-bar off --disable-pip-version-check --requirement $<
	@touch $@

# Each peer in an environment of its own, and the service beside them with what it needs and no more.
$(PEERS)/.installed: requirements.txt $(wildcard tests/benchmarks/peers/*.txt) | $(VENV)/.created
	for peer in ecologits boaviztapi fastapi; do $(PYTHON) -m venv --clear $(PEERS)/$$peer && \
		$(PEERS)/$$peer/bin/python -m pip install --progress-bar off --disable-pip-version-check \
			--requirement tests/benchmarks/peers/$$peer.txt || exit 1; done
	$(PYTHON) -m venv --clear $(PEERS)/wattcite
	$(PEERS)/wattcite/bin/python -m pip $(PINNED) requirements.txt
	@touch $@
