#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The same bits for every kernel (PROVABLY_CPU), number of threads and build: results of every study at quick
# scale, and the values and policies of every planner. Writes results/determinism.tsv: what, variants, seconds,
# outcome, source.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OPENBLAS_NUM_THREADS=1
swift build -c release --product provably >/dev/null
swift build --product provably --scratch-path .build/debug-program >/dev/null
release=$PWD/.build/release/provably
debug=$PWD/.build/debug-program/debug/provably
models=(taxi frozenlake:map=8x8 maze:cells=3000,slip=0.1,seed=1 maze:cells=12000,slip=0.1,seed=1
  garnet:states=300,branching=5,seed=1 garnet:states=300,branching=5,window=20,seed=1
  garnet:states=200,branching=200,seed=2 riverswim:states=50)
mkdir -p Robustness/results

# The values and policies of every planner, as one hash.
planners() { # program
  local program=$1 model method
  cd "$work"
  for model in "${models[@]}"; do
    for method in vi gs pi mpi lp auto; do
      "$program" solve "$model" --discount 0.99 --method "$method" --epsilon 1e-7 --quiet \
        --values v.csv --policy p.csv --force >/dev/null || [ $? = 2 ]
      sha256sum <v.csv
      sha256sum <p.csv
    done
    "$program" solve "$model" --horizon 20 --quiet --values v.csv --policy p.csv --force >/dev/null
    sha256sum <v.csv
    sha256sum <p.csv
  done | sha256sum | cut -c1-16
  cd - >/dev/null
}

# The digests of every study, as one hash.
studies() { # jobs
  for study in $("$release" claims --studies); do
    rm -f "$work"/s.db*
    "$release" reproduce "$study" --quick --jobs "$1" --store "$work/s.db" >/dev/null || [ $? = 2 ]
    "$release" store digest "$work/s.db"
  done | sha256sum | cut -c1-16
}

rows=Robustness/results/determinism.new
: >"$rows"
status=0
record() { # what, variants, begin, file of hashes
  local outcome="the same bits"
  [ "$(sort -u "$4" | wc -l)" = 1 ] || outcome="different bits" status=1
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" $(($(date +%s) - $3)) "$outcome" \
    "$(git rev-parse --short HEAD:Sources)" | tee -a "$rows"
}
begin=$(date +%s)
for cpu in base avx2 avx512; do PROVABLY_CPU=$cpu planners "$release"; done >"$work/planners"
planners "$debug" >>"$work/planners"
record "planners: kernels base, avx2, avx512; debug build" 4 "$begin" "$work/planners"
begin=$(date +%s)
for cpu in base avx2 avx512; do PROVABLY_CPU=$cpu studies 2; done >"$work/studies"
for jobs in 1 5; do studies $jobs; done >>"$work/studies"
record "learners of every study: kernels base, avx2, avx512; 1, 2, 5 threads" 5 "$begin" "$work/studies"
mv "$rows" Robustness/results/determinism.tsv
exit $status
