#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Proofs/ in .build/proofs and writes checked.txt: the hash of each file, and for each claim of
# claims.tsv what Coq says that it assumes. With --check, fails when the committed file differs.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/proofs
rm -rf "$out"
mkdir -p "$out"
cp Proofs/*.v Proofs/_CoqProject "$out"
(
  cd "$out"
  coq_makefile -f _CoqProject -o Makefile.coq
  make -f Makefile.coq -j2 >build.log 2>&1 || { cat build.log >&2; exit 1; }
  {
    echo 'From Proofs Require Import Fin Discounted Existence Horizon LinAlg Pigeonhole Cert.'
    awk -F'\t' 'NR > 1 && $2 == "proved" { sub(/\.v$/, "", $4); print "Print Assumptions " $4 "." $3 "." }' \
      ../../Proofs/claims.tsv
  } >Assumptions.v
  coqc -Q . Proofs -w -notation-overridden,-ambiguous-paths Assumptions.v >assumptions.txt
)
{
  echo "# sha256 of each file"
  (cd Proofs && sha256sum -- *.v)
  echo "# what each proved claim assumes, as Print Assumptions says"
  paste -d' ' <(awk -F'\t' 'NR > 1 && $2 == "proved" { print $4, $3 ":" }' Proofs/claims.tsv) \
    "$out/assumptions.txt"
} >"$out/checked.txt"
claims=$(awk -F'\t' 'NR > 1 && $2 == "proved"' Proofs/claims.tsv | wc -l)
if [ "$(wc -l <"$out/assumptions.txt")" != "$claims" ] \
  || [ "$(grep -c '^Closed under the global context$' "$out/assumptions.txt")" != "$claims" ]; then
  echo "error: a claim rests on an axiom; see $out/assumptions.txt" >&2
  exit 1
fi
if [ "${1:-}" = --check ]; then
  diff -u Proofs/checked.txt "$out/checked.txt"
else
  cp "$out/checked.txt" Proofs/checked.txt
fi
echo "Proofs: $claims claims proved, no axioms"
