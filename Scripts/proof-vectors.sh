#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes Proofs/vectors.json: what Proofs/Vectors.v prints, the test vectors that the verified checkers
# computed. With --check, fails when the committed file differs. Needs Coq; `make proofs` installs it.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/proof-vectors
rm -rf "$out"
mkdir -p "$out"
cp Proofs/{Fin,Discounted,Horizon,Cert,CertHorizon,Vectors}.v "$out"
(
  cd "$out"
  for file in Fin Discounted Horizon Cert CertHorizon Vectors; do
    coqc -Q . Proofs -w -notation-overridden,-ambiguous-paths "$file.v" >"$file.txt"
  done
)
# The one line  = "[...]"  with ' for ", one vector a line.
sed -n "s/^ *= \"\\(.*\\)\"\$/\\1/p" "$out/Vectors.txt" | tr "'" '"' \
  | sed 's/},{"name"/},\n{"name"/g' >"$out/vectors.json"
[ -s "$out/vectors.json" ]
if [ "${1:-}" = --check ]; then
  diff -u Proofs/vectors.json "$out/vectors.json"
else
  cp "$out/vectors.json" Proofs/vectors.json
fi
