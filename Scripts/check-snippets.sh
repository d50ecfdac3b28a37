#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Type-checks the Swift blocks of README.md and MIGRATING.md against the modules of the release build.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
modules=.build/release/Modules
for file in README.md MIGRATING.md; do
  stem=$(basename "$file" .md)
  awk -v stem="$work/$stem" '
    /^```swift$/ { n++; inside = 1; next }
    /^```$/ { inside = 0 }
    inside { print > (stem "-" n ".swift") }' "$file"
done
source Scripts/module-flags.sh
count=0
for snippet in "$work"/*.swift; do
  # Only blocks that stand by themselves.
  grep -q '^import Provably' "$snippet" || continue
  mv "$snippet" "$work/main.swift"
  swiftc -typecheck -swift-version 6 -I "$modules" "${flags[@]}" "$work/main.swift" || {
    echo "error: $(basename "$snippet") does not compile" >&2
    exit 1
  }
  count=$((count + 1))
done
echo "$count Swift blocks of README.md and MIGRATING.md compile"
