#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The tests under the sanitizers named (address, undefined, thread), or all; writes results/sanitize.tsv:
# sanitizer, tests, seconds, reports of the sanitizer, source.
#
# address: leaks are left out (Swift's runtime and SQLite keep globals); `leaks` looks for those of the shims.
# thread: only what has threads. GRDB and Foundation are instrumented too; there is no list of exceptions.
set -euo pipefail
cd "$(dirname "$0")/.."
sanitizers=("$@")
[ $# -gt 0 ] || sanitizers=(address undefined thread)
export OPENBLAS_NUM_THREADS=1
mkdir -p Robustness/results .build/sanitize
status=0
for sanitizer in "${sanitizers[@]}"; do
  log=.build/sanitize/$sanitizer.log
  filter=()
  # Threads: the shared sweep, the planners that use it, the runner of experiments and its store.
  [ "$sanitizer" != thread ] || filter=(--filter 'SecondThread|Threads|Agreement|Runner|Store|Sweep|LazySweep')
  begin=$(date +%s)
  code=0
  ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=0 \
    swift test -c release -Xswiftc -enable-testing --sanitize "$sanitizer" \
    --scratch-path ".build/sanitize/$sanitizer" "${filter[@]}" >"$log" 2>&1 || code=$?
  found=$(grep -acE 'runtime error:|ERROR: AddressSanitizer|WARNING: ThreadSanitizer' "$log" || true)
  tests=$(grep -aoE 'Test run with [0-9]+ tests' "$log" | grep -oE '[0-9]+' | tail -n 1 || true)
  row="$sanitizer	${tests:-0}	$(($(date +%s) - begin))	$found	$(git rev-parse --short HEAD:Sources)"
  echo "$row"
  if [ $code != 0 ] || [ "$found" != 0 ] || [ -z "$tests" ]; then
    status=1
    grep -aE '✘|runtime error:|ERROR: AddressSanitizer|WARNING: ThreadSanitizer|error:' "$log" | head -n 20 || true
  fi
  { grep -v "^$sanitizer	" Robustness/results/sanitize.tsv 2>/dev/null || true; echo "$row"; } |
    sort >Robustness/results/sanitize.new
  mv Robustness/results/sanitize.new Robustness/results/sanitize.tsv
done
exit $status
