#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the package Examples and runs its programs in order; compares what each prints, and the figure
# that the last one draws, with Examples/Expected. Digits after the sixth decimal are masked: they may
# depend on the LAPACK library.
# With --write the expected files are written anew.
#
# The library is not compiled again: the programs are built in the build folder of the repository, which
# is then planned anew for the repository itself.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
finish() {
  rm -rf "$work"
  swift build -c release --product provably >/dev/null 2>&1 || true
}
trap finish EXIT
# The same versions of the dependencies, or they would be built again.
cp Package.resolved Examples/Package.resolved
mask() { sed -E 's/([0-9]\.[0-9]{6})[0-9]+/\1/g'; }
programs=$PWD/.build/release
failed=0
for name in SolveOwnModel LearnOwnModel JudgeOwnClaim ReportOwnClaim; do
  # One product at a time: for "everything" SwiftPM takes the plan of the other package that it finds there.
  if ! swift build -c release --package-path Examples --scratch-path .build --product $name >"$work/log" 2>&1
  then
    cat "$work/log" >&2
    echo "error: Examples/Sources/$name does not compile" >&2
    exit 1
  fi
  if ! (cd "$work" && "$programs/$name") >"$work/$name.txt" 2>&1; then
    cat "$work/$name.txt" >&2
    echo "error: $name failed" >&2
    exit 1
  fi
  if [ "${1:-}" = --write ]; then
    cp "$work/$name.txt" "Examples/Expected/$name.txt"
  elif diff -u <(mask <"Examples/Expected/$name.txt") <(mask <"$work/$name.txt"); then
    echo "$name: prints what Examples/Expected/$name.txt shows"
  else
    failed=1
  fi
done
# The figure of the page, light and dark, as DocC names the two.
for pair in machine.svg:machine.svg machine-dark.svg:machine~dark.svg; do
  drawn="$work/report/machine/figures/${pair%:*}" expected="Examples/Expected/${pair#*:}"
  if [ "${1:-}" = --write ]; then
    cp "$drawn" "$expected"
  elif ! cmp "$expected" "$drawn"; then
    failed=1
  fi
done
if [ $failed = 1 ]; then
  echo "error: an example prints something else than Examples/Expected shows" >&2
  echo "hint: Scripts/check-examples.sh --write, then read the difference" >&2
  exit 1
fi
