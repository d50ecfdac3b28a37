#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# DRAWS (100,000 unless set) draws of every sampler from broken generators: zeros, ones, both in turn, period 3.
# Writes results/generators.tsv: sampler, draws, most words of one draw, words allowed, source.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
PROVABLY_DRAWS=${DRAWS:-100000} swift test -c release -Xswiftc -enable-testing --scratch-path .build/tests \
  --filter WordBudgetTests >"$log" 2>&1 || { grep -A2 ✘ "$log" | head -20; exit 1; }
mkdir -p Robustness/results
sed -n 's/^WORDS\t//p' "$log" | awk -F '\t' -v OFS='\t' -v source="$(git rev-parse --short HEAD:Sources)" '
  !($1 in draws) { order[++n] = $1 }
  { draws[$1] += $3; if ($4 > most[$1]) most[$1] = $4; limit[$1] = $5 }
  END { for (i = 1; i <= n; i++) print order[i], draws[order[i]], most[order[i]], limit[order[i]], source }' |
  sort >Robustness/results/generators.tsv
cat Robustness/results/generators.tsv
