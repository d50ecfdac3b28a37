#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes Proofs/vectors.json: what Proofs/Vectors.v prints, the test vectors that the verified checkers
# computed. With --check, fails when the committed file differs. Part of check-proofs.sh, which has built
# the files in .build/proofs.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/proofs
[ -f "$out/CertHorizon.vo" ] || { echo "error: Proofs is not built; make proofs does both" >&2; exit 1; }
(cd "$out" && coqc -Q . Proofs -w -notation-overridden,-ambiguous-paths Vectors.v >Vectors.txt)
# The one line  = "[...]"  with ' for ", one vector a line.
sed -n "s/^ *= \"\\(.*\\)\"\$/\\1/p" "$out/Vectors.txt" | tr "'" '"' \
  | sed 's/},{"name"/},\n{"name"/g' >"$out/vectors.json"
[ -s "$out/vectors.json" ]
if [ "${1:-}" = --check ]; then
  diff -u Proofs/vectors.json "$out/vectors.json"
else
  cp "$out/vectors.json" Proofs/vectors.json
fi
