#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Creates Benchmarks/.venv with the rivals from PyPI. A rival that does not install is reported and
# left out; the benchmark then runs without it.
set -euo pipefail
cd "$(dirname "$0")"

python="${PYTHON:-python3}"
if [ ! -x .venv/bin/pip ]; then
  "$python" -m venv --clear .venv || {
    rm -rf .venv
    echo "error: $python cannot make virtual environments"
    echo "hint: apt-get install python3-venv, or name another Python: PYTHON=... $0"
    exit 1
  }
fi

has() { .venv/bin/python -c "from importlib.metadata import version; version('$1')" 2>/dev/null; }

.venv/bin/pip install --quiet --disable-pip-version-check numpy scipy
for package in quantecon stormpy mdpsolver pymdptoolbox mdpax numba; do
  if has "$package"; then continue; fi
  # The reason of a failure goes to the report, so it is kept beside the packages.
  log=".venv/not-installed-$package.txt"
  if timeout 300 .venv/bin/pip install --quiet --disable-pip-version-check "$package" 2>"$log"; then
    rm -f "$log"
    echo "installed $package"
  else
    [ -s "$log" ] || echo "no answer within 300 s" >"$log"
    echo "warning: $package did not install, it is left out: $(grep -m 1 -i error "$log" || head -n 1 "$log")"
  fi
done
