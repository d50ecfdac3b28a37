# SPDX-License-Identifier: Apache-2.0
# make demo and make test need nothing but Debian 12 and Swift 6.3: they install what is missing.

PACKAGES := g++ git libarchive-dev liblapacke-dev libopenblas-dev coinor-libclp-dev \
  libflint-dev libsuitesparse-dev libsqlite3-dev libcmark-gfm-dev \
  libcmark-gfm-extensions-dev libboost-math-dev pkg-config
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# Tests have a build folder of their own, so that they and the program do not rebuild each other.
TESTFLAGS := -c release -Xswiftc -enable-testing --scratch-path .build/tests
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: setup build install demo test bench bench-quick bench-build check-migrating coq proofs check-proofs \
  generate check-generated reports check-pages examples python check-documentation docs lint format \
  sanitize robustness mutation planted clean

# install, packages: of these of Debian's, those that are missing.
install = missing=$$(for p in $(1); do \
  dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || echo $$p; done); \
  if [ -n "$$missing" ]; then \
    echo "installing" $$missing; \
    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq \
      --no-install-recommends $$missing >/dev/null; \
  fi

setup:
	@$(call install,$(PACKAGES))
	@command -v swift >/dev/null || { \
	  echo "error: swift is not on the PATH; Provably needs Swift 6.3 (swift.org/install)"; exit 1; }

build: setup
	swift build -c release --product provably

# The program and its completions, for a user's own account unless PREFIX says otherwise.
PREFIX ?= $(HOME)/.local
install: build
	@install -D -m 755 .build/release/provably $(DESTDIR)$(PREFIX)/bin/provably
	@for place in bash:bash-completion/completions/provably zsh:zsh/site-functions/_provably \
	  fish:fish/vendor_completions.d/provably.fish; do \
	  .build/release/provably --generate-completion-script $${place%%:*} >.build/completions && \
	  install -D -m 644 .build/completions $(DESTDIR)$(PREFIX)/share/$${place#*:} || exit 1; \
	done
	@echo "installed $(DESTDIR)$(PREFIX)/bin/provably"

demo: build
	@.build/release/provably demo exact
	@echo; echo "A paper held against measurement (Rashidinejad et al. 2021), about half a minute:"; echo
	@.build/release/provably reproduce tale-of-pessimism --quick --store .build/demo.db \
	  --out .build/demo

# All tests, or with FILTER=Citation those whose name contains it.
test: setup
	swift test $(TESTFLAGS) $(if $(FILTER),--filter '$(FILTER)')

# The whole suite under AddressSanitizer and UndefinedBehaviorSanitizer (C and C++), what runs on several threads
# under ThreadSanitizer, and a search for leaks. About an hour with the builds; not part of make test.
sanitize: setup
	Robustness/sanitize.sh

# Everything that tries to break the program, an hour or two, then Reports/robustness.md; see Robustness/README.md.
robustness: build
	Robustness/fuzz.sh
	Robustness/archives.py
	Robustness/numbers.sh
	Robustness/generators.sh
	Robustness/safety.py
	Robustness/store.py
	Robustness/load.py
	Robustness/determinism.sh
	Robustness/sanitize.sh
	Robustness/mutate.py
	Robustness/planted.sh
	Robustness/report.py

# The machine-checked lemmas; Coq is large, so it is not part of make test.
COQ_PACKAGES := coq libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics libcoq-mathcomp-zify \
  libcoq-mathcomp-analysis
coq:
	@$(call install,$(COQ_PACKAGES))

proofs: coq
	Scripts/check-proofs.sh

# Fails when a committed file of Proofs is not what Coq says.
check-proofs: coq
	Scripts/check-proofs.sh --check

# Ours against the rivals, on this machine: Reports/benchmarks. Continues a run that was broken off;
# BENCHFLAGS=--fresh measures all again.
bench: bench-build
	Benchmarks/.venv/bin/python Benchmarks/run.py $(BENCHFLAGS)

# Small sizes, minutes: Benchmarks/.quick.
bench-quick: bench-build
	Benchmarks/.venv/bin/python Benchmarks/run.py --quick --fresh $(BENCHFLAGS)

bench-build: build
	swift build -c release --package-path Benchmarks
	Benchmarks/setup.sh

# The Python of MIGRATING.md, run with the packages it names; they are installed under Benchmarks.
check-migrating:
	python3 Benchmarks/check_migrating.py

# The files that commands of the repository write, made again.
generate: build
	.build/release/provably list guarantees --tsv >Proofs/claims.tsv
	Scripts/check-readme.sh --write
	Scripts/check-digests.sh --write

check-generated: build
	Scripts/check-readme.sh
	Scripts/check-digests.sh

# The verdicts that count: every claim at full scale, about half an hour on two cores, then the pages.
# Broken off, it goes on where it was.
reports: build
	.build/release/provably reproduce --full --seed 11 --store .build/reports.db --jobs 2 || [ $$? = 2 ]
	.build/release/provably report --full --seed 11 --store .build/reports.db --out Reports

# The committed pages, opened and used in headless Chromium.
check-pages:
	@command -v chromium >/dev/null || { $(call install,chromium); }
	Scripts/check-pages.sh Reports/index.html

# Python's packages live in Notebooks/.venv; Debian may lack Python, or the part that makes such a folder.
.PHONY: notebook-tools notebooks check-notebooks
notebook-tools: build
	@$${PYTHON:-python3} -c 'import ensurepip, venv' 2>/dev/null || { $(call install,python3 python3-venv); }
	Notebooks/setup.sh

# Executes the notebooks from top to bottom and writes their outputs.
notebooks: notebook-tools
	Notebooks/.venv/bin/python Notebooks/execute.py $(NOTEBOOKS)

# Executes copies, and fails when a committed output is not what comes out.
check-notebooks: notebook-tools
	Notebooks/.venv/bin/python Notebooks/execute.py --check $(NOTEBOOKS)

# The package of a user of the library: built, run, and compared with what it printed before.
examples: build
	Scripts/check-examples.sh

python:
	@command -v python3 >/dev/null || { $(call install,python3-minimal); }

# Every public symbol is documented and says what it throws, and the Swift that README.md and MIGRATING.md show
# compiles; seconds after a build.
check-documentation: build python
	Scripts/symbol-graphs.sh
	python3 Scripts/check-documentation.py
	Scripts/check-snippets.sh

# The documentation of the library as a static site in .build/docs; SITE=name if it will be served
# below that name.
SITE ?=
docs: build python
	Scripts/symbol-graphs.sh
	python3 Scripts/build-docs.py $(SITE)

# Every mutant of Robustness/mutants.py against the tests of its file; fails below 95 % killed.
mutation: setup
	Robustness/mutate.py

# How often planted false claims are found out, at quick and at full scale.
planted: setup
	Robustness/planted.sh

lint:
	swift format lint --strict --recursive Sources Tests Package.swift \
	  Benchmarks/Sources Benchmarks/Package.swift Examples/Sources Examples/Package.swift \
	  Robustness/Sources Robustness/Package.swift

format:
	swift format --in-place --recursive Sources Tests Package.swift \
	  Benchmarks/Sources Benchmarks/Package.swift Examples/Sources Examples/Package.swift \
	  Robustness/Sources Robustness/Package.swift

clean:
	swift package clean
