#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every claim at quick scale and compares the digest of its results, and of the pages made from
# them, with Reports/quick-digests.txt: the same bits on every machine. With --write the file is made
# anew; do that when a claim was revised on purpose.
set -euo pipefail
cd "$(dirname "$0")/.."
provably=$PWD/.build/release/provably
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
  echo "# Digests of every study at quick scale, seed 1: results, then pages without run.json."
  for study in $("$provably" claims --studies); do
    # Exit code 2, an inconsistent verdict, is a result.
    "$provably" reproduce "$study" --quick --seed 1 --store "$work/$study.db" \
      --out "$work/$study" >"$work/log" || [ $? = 2 ] || { cat "$work/log" >&2; exit 1; }
    pages=$(cd "$work/$study" && find . -type f ! -name run.json | LC_ALL=C sort | xargs cat |
      sha256sum | cut -c1-16)
    echo "$study $("$provably" store digest "$work/$study.db") $pages"
  done
} >"$work/digests"
if [ "${1:-}" = --write ]; then
  cp "$work/digests" Reports/quick-digests.txt
elif ! diff -u Reports/quick-digests.txt "$work/digests"; then
  echo "error: a claim gives other numbers or pages than Reports/quick-digests.txt records" >&2
  echo "hint: if it was revised on purpose, raise its revision and run make generate" >&2
  exit 1
else
  echo "Reports/quick-digests.txt: every study gives the same bits"
fi
