# make run     serve the hub on http://localhost:8000/ (PORT=, DEBUG=1, DATABASE_URL=…; docs/operator.md)
# make test    all tests, in a real browser too          make lint    style, templates, migrations, messages
# make bench   how fast it is: docs/performance.md       make pins    exact versions from requirements*.in
# make bench-forums   pages of forums with a thousand and with a million posts (BENCH_POSTGRES=postgres://…)
# make bench-search   the search over a million posts, in the hubs of bench-forums
# make messages   collect the interface's strings for translators (needs Debian's gettext)
# make guide-pictures   take the pictures of the editor's guide anew (GUIDE_LANGUAGES=, GUIDE_PICTURES=)
# make languages  how much is translated into each language, and how it stands

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python
# Settings of a public hub that checks must find nothing wrong with.
PUBLIC = ALLOWED_HOSTS=hub.example.org SECRET_KEY=$(shell printf 'check-only-%.0s' 1 2 3 4 5 6)x7k2 DEBUG=0
TESTS ?= tests

.PHONY: run test lint bench bench-forums bench-search pins dev format messages languages guide-pictures

run:
	@$(PYTHON) scripts/install.py requirements.txt
	@exec $(VENV_PYTHON) scripts/serve.py

dev:
	@$(PYTHON) scripts/install.py requirements.txt requirements-dev.txt

test: dev
	@$(VENV_PYTHON) scripts/test.py $(TESTS)

# What `make test` makes itself when it is not there: DATABASES="postgres://…" makes it on PostgreSQL too, at the same time.
test-databases: dev
	@$(VENV_PYTHON) scripts/prepare_tests.py $(DATABASES)

lint: dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet hub courses forums
	$(VENV_PYTHON) manage.py makemigrations --check --dry-run
	$(PUBLIC) $(VENV_PYTHON) manage.py check --deploy --fail-level WARNING
	$(VENV_PYTHON) scripts/lint_messages.py

format: dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: dev
	@$(VENV_PYTHON) scripts/bench.py

bench-search: dev
	@$(VENV_PYTHON) scripts/bench_search.py

bench-forums: dev
	@$(VENV_PYTHON) scripts/bench_forums.py

pins: dev
	.venv/bin/uv pip compile -q --python-version 3.11 --no-emit-index-url --custom-compile-command "make pins" requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q --python-version 3.11 --no-emit-index-url --custom-compile-command "make pins" requirements-dev.in -o requirements-dev.txt

messages: dev
	@$(VENV_PYTHON) scripts/messages.py

languages: dev
	@$(VENV_PYTHON) scripts/language_figures.py

guide-pictures: dev
	@$(VENV_PYTHON) scripts/guide_pictures.py
