#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes what the compiler knows of the public symbols of every module of the library, with their
# documentation, into .build/symbol-graphs. Reads the modules of the release build, so it compiles
# nothing. The modules are those that Sources/Provably/Provably.swift exports.
set -euo pipefail
cd "$(dirname "$0")/.."
modules=.build/release/Modules
out=.build/symbol-graphs
[ -e "$modules/Provably.swiftmodule" ] || {
  echo "error: $modules holds no module Provably" >&2
  echo "hint: make build" >&2
  exit 1
}
rm -rf "$out"
mkdir -p "$out"
target=$(swift -print-target-info | sed -n 's/^ *"triple": "\(.*\)",$/\1/p')
flags=()
for map in Sources/C*/module.modulemap .build/release/C*.build/module.modulemap .build/checkouts/GRDB.swift/Sources/GRDBSQLite/module.modulemap; do
  if [ -e "$map" ]; then flags+=(-Xcc "-fmodule-map-file=$map"); fi
done
for library in lapacke openblas clp libcmark-gfm libarchive; do
  for flag in $(pkg-config --cflags "$library"); do flags+=(-Xcc "$flag"); done
done
export_list=$(sed -n 's/^@_exported import //p' Sources/Provably/Provably.swift)
printf "%s\n" Provably $export_list | xargs -P 2 -I {} swift symbolgraph-extract -module-name {} -I "$modules" \
  -target "$target" -minimum-access-level public -skip-synthesized-members \
  -emit-extension-block-symbols -output-dir "$out" "${flags[@]}"
