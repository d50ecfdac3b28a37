#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every command that README.md, MIGRATING.md and Proofs/VILCB.md show after "$ " and compares what it prints with
# the lines below it. Times are masked, since no two runs agree on them. With --write the lines are replaced.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.build/release:$PATH" NO_COLOR=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mask() { sed -E 's/[0-9]+\.[0-9]+ (ms|s)\b/TIME/g; s/ +[0-9]+\.[0-9]{4}( +-?[0-9]+\.[0-9]{8})/ TIME\1/; s/[0-9]+ MB/MEMORY/; s/ +$//'; }

# Rebuilds a file: a line "    $ provably …" is kept, the indented and blank lines after it are made
# anew by running the command.
rebuild() {
  local skipping=0 line command
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      '    $ provably '*)
        [ $skipping = 0 ] || printf '\n'
        printf '%s\n' "$line"
        command=${line#'    $ '}
        (cd "$work" && bash -c "$command") >"$work/out" 2>&1 || true
        sed -e 's/^/    /' -e 's/^ *$//' "$work/out"
        skipping=1 ;;
      ''|'    '*) [ $skipping = 1 ] || printf '%s\n' "$line" ;;
      *)
        [ $skipping = 0 ] || printf '\n'
        skipping=0
        printf '%s\n' "$line" ;;
    esac
  done <"$1"
}

for file in README.md MIGRATING.md Proofs/VILCB.md; do
  rebuild "$file" >"$work/new.md"
  if [ "${1:-}" = --write ]; then
    cp "$work/new.md" "$file"
  elif ! diff -u <(mask <"$file") <(mask <"$work/new.md"); then
    echo "error: $file shows what the program no longer prints" >&2
    echo "hint: make generate, then read the difference" >&2
    exit 1
  else
    echo "$file: every command prints what is shown"
  fi
done
