#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# MODELS (100,000 unless set) hostile models through every planner; writes results/numbers.tsv: criterion, runs,
# converged, honestly not converged, refused, seconds, source.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
begin=$(date +%s)
OPENBLAS_NUM_THREADS=1 PROVABLY_MODELS=${MODELS:-100000} swift test -c release -Xswiftc -enable-testing \
  --scratch-path .build/tests --filter HostileModelsTests >"$log" 2>&1 || { grep -A2 ✘ "$log" | head -20; exit 1; }
seconds=$(($(date +%s) - begin))
mkdir -p Robustness/results
grep -a '^hostile models' "$log" | cut -f2- | sort |
  sed "s/\$/	$seconds	$(git rev-parse --short HEAD:Sources)/" >Robustness/results/numbers.tsv
cat Robustness/results/numbers.tsv
