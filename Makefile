# The two commands a newcomer types are `make demo` and `make test`; each does all its own set-up.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
BIN = .venv/bin
# One more than there are cores: many tests wait for servers and sockets.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: demo docs fuzz audit sbom wheel test test-cluster lint types check floors cluster cluster-stop clean

demo: .venv/bahith
	$(BIN)/bahith demo

# All that needs no cluster, with a worker for each core and one more; WORKERS=0: without workers.
test: .venv/dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m 'not cluster'

# What asks a real cluster of three, which is started for it; needs java and mvn.
test-cluster: .venv/dev
	BAHITH_CLUSTER=1 $(BIN)/python -m pytest -m cluster tests

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/dev
	$(BIN)/mypy

# Quality on the measuring data, where it is there; fails below benchmarks/floors.json.
floors: .venv/dev
	$(BIN)/python -m benchmarks.floors

# Random pages, queries and requests, and those of the laws, far more than `make test` tries;
# BAHITH_FUZZ says how many.
fuzz: .venv/dev
	BAHITH_FUZZ=$${BAHITH_FUZZ:-2000} $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile \
		-o python_files='fuzz_*.py test_law_*.py test_index_*.py' -o python_functions='fuzz_* test_*' \
		-k 'not opensearch' tests/fuzz_*.py tests/test_law_[ehtv]*.py tests/test_index_whoosh_[ns]*.py

# What a stranger could use: faults in our code, known ones in the libraries; a list of all parts.
audit: .venv/dev
	$(BIN)/bandit --configfile pyproject.toml --quiet --severity-level medium --recursive crawl index searcher web bahith.py
	@told=$$($(BIN)/pip-audit --skip-editable --progress-spinner off --timeout 10 2>&1); status=$$?; \
	if [ $$status != 0 ] && echo "$$told" | grep -qE 'ConnectionError|ConnectTimeout|ServiceError|Max retries'; then \
		echo "the service of known faults cannot be reached: libraries are not checked"; \
	else echo "$$told" | grep -v 'could not be audited'; exit $$status; fi

sbom: .venv/dev
	@mkdir -p dist
	$(BIN)/cyclonedx-py environment --output-format JSON --output-file dist/bahith.cdx.json .venv

# The pages that are made from docstrings.
docs: .venv/dev
	$(BIN)/python docs/make_reference.py

# A real OpenSearch of three nodes on loopback, kept until `make cluster-stop`; needs java and mvn.
cluster: .venv/dev
	$(BIN)/python -m tests.cluster start

cluster-stop: .venv/dev
	$(BIN)/python -m tests.cluster stop

check: test test-cluster lint types floors

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "bahith needs Python 3.11 or newer; install it, or say make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/bahith: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/bahith

# The same commit gives the same wheel, byte by byte, wherever it is built.
wheel: .venv/dev
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --wheel --outdir dist . >/dev/null

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
