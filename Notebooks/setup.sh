#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Creates Notebooks/.venv with the packages of requirements.txt; does nothing when they are there.
# PYTHON=... names another Python than python3.
set -euo pipefail
cd "$(dirname "$0")"
if cmp -s requirements.txt .venv/installed.txt; then exit 0; fi

python="${PYTHON:-python3}"
rm -rf .venv
"$python" -m venv .venv || {
  rm -rf .venv
  echo "error: $python cannot make virtual environments" >&2
  echo "hint: apt-get install python3-venv, or name another Python: PYTHON=... $0" >&2
  exit 1
}
echo "installing the packages of Notebooks/requirements.txt"
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
# Written last, so that a broken installation is made again.
cp requirements.txt .venv/installed.txt
