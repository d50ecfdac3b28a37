# SPDX-License-Identifier: Apache-2.0
# Sourced at the root of the repository: the array `flags` finds the C modules that the library imports.
flags=()
for map in Sources/C*/module.modulemap .build/release/C*.build/module.modulemap .build/checkouts/GRDB.swift/Sources/GRDBSQLite/module.modulemap; do
  if [ -e "$map" ]; then flags+=(-Xcc "-fmodule-map-file=$map"); fi
done
for library in lapacke openblas clp libcmark-gfm libarchive; do
  for flag in $(pkg-config --cflags "$library"); do flags+=(-Xcc "$flag"); done
done
