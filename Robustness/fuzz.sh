#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every reader of untrusted files under libFuzzer and AddressSanitizer: RUNS inputs each (1,000,000 unless
# set), of the readers named, or of all. Writes results/fuzz.tsv; crashes stay in .build/fuzz/READER.
set -euo pipefail
cd "$(dirname "$0")"
runs=${RUNS:-1000000}
readers=("$@")
[ $# -gt 0 ] || readers=(npz npz-members umb umb-members drn prism gymnasium json certificate bounds
  sweep csv store)
swift build -c release --product Fuzz --scratch-path .build --sanitize fuzzer \
  -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address,fuzzer-no-link
source=$(git rev-parse --short "HEAD:Sources")
export ASAN_OPTIONS=detect_leaks=0
mkdir -p .build/fuzz results
python3 seeds.py .build/fuzz/seeds >/dev/null
status=0
for reader in "${readers[@]}"; do
  corpus=.build/fuzz/corpus-$reader crashes=.build/fuzz/crashes-$reader log=.build/fuzz/$reader.log
  mkdir -p "$corpus" "$crashes"
  longest=4096
  case $reader in umb | umb-members | store) longest=60000 ;; esac
  begin=$(date +%s)
  # An input that takes more than 10 s or 1.5 GB counts as a crash.
  if PROVABLY_FUZZ=$reader .build/release/Fuzz "$corpus" ".build/fuzz/seeds/$reader" \
    -runs="$runs" -max_len=$longest -timeout=10 -rss_limit_mb=1500 -seed=1 \
    -artifact_prefix="$crashes/" >"$log" 2>&1; then found=none; else found=crash status=1; fi
  done=$(sed -n 's/^#\([0-9]*\)[[:space:]]*DONE.*/\1/p' "$log" | tail -n 1)
  covered=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | cut -c6-)
  memory=$(grep -o 'rss: [0-9]*' "$log" | tail -n 1 | cut -c6-)
  row="$reader	${done:-0}	$(($(date +%s) - begin))	${covered:-0}	${memory:-0}	$found	$source"
  echo "$row"
  { grep -v "^$reader	" results/fuzz.tsv 2>/dev/null || true; echo "$row"; } >results/fuzz.new
  sort results/fuzz.new >results/fuzz.tsv
  rm results/fuzz.new
done
exit $status
