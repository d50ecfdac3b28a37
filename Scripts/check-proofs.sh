#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Proofs/ in .build/proofs and writes checked.txt: the hash of each file, and for each proved
# claim of claims.tsv and every other theorem what Coq says that it assumes; then the same of the one file
# about Coq's own real numbers, ExpReal.v, which does rest on their axioms. With --check, fails when the
# committed files differ.
set -euo pipefail
cd "$(dirname "$0")/.."
start=$SECONDS
out=.build/proofs
rm -rf "$out"
mkdir -p "$out"
cp Proofs/*.v Proofs/_CoqProject "$out"
proved() { awk -F'\t' 'NR > 1 && $2 == "proved" { print $4, $3 }' Proofs/claims.tsv; }
(
  cd "$out"
  coq_makefile -f _CoqProject -o Makefile.coq
  make -f Makefile.coq -j2 >build.log 2>&1 || { cat build.log >&2; exit 1; }
)
# What each theorem of a list of "File.v theorem" assumes, one line a theorem.
assumptions() {
  local name=$1 file lemma
  {
    echo "From Coq Require Import String."
    sed -n 's/\.v$//p' Proofs/_CoqProject | sed 's/^/From Proofs Require /; s/$/./'
    while read -r file lemma; do
      echo "Eval compute in (\"@ $file $lemma\"%string)."
      echo "Print Assumptions ${file%.v}.$lemma."
    done
  } >"$out/$name.v"
  (cd "$out" && coqc -Q . Proofs -w -notation-overridden,-ambiguous-paths "$name.v" >"$name.txt")
  # A title, then the answer, which is one line or a list of axioms and their types.
  awk '/^ *= "@ / { if (line) print line; sub(/^ *= "@ /, ""); sub(/".*/, ""); line = $0 ":"; next }
       /^ *: string$/ { next }
       /^Closed under/ { line = line " " $0; next }
       /^Axioms:/ { line = line " axioms"; next }
       /^[A-Za-z_.]+ *:/ || /^[A-Za-z_.]+$/ { line = line " " $1; next }
       END { if (line) print line }' "$out/$name.txt"
}
# The theorems of every file but ExpReal.v that are not claims themselves.
others() {
  local file
  for file in Proofs/*.v; do
    [ "$file" = Proofs/ExpReal.v ] || sed -n \
      "s/^\(Theorem\|Corollary\|Example\) \([a-zA-Z0-9_']*\).*/$(basename "$file") \2/p" "$file"
  done | sort -u | comm -23 - <(proved | sort -u)
}
{
  echo "# sha256 of each file"
  (cd Proofs && sha256sum -- *.v)
  echo "# what each proved claim assumes, as Print Assumptions says"
  proved | assumptions claims
  echo "# and what the other theorems assume, restatements and instances included"
  others | assumptions others
  echo "# the exponential of Coq's real numbers is an instance: with the axioms of these numbers"
  sed -n 's/^\(Theorem\|Lemma\) \([a-zA-Z0-9_]*\).*/ExpReal.v \2/p' Proofs/ExpReal.v | assumptions reals
} >"$out/checked.txt"
claims=$(proved | wc -l)
theorems=$((claims + $(others | wc -l)))
closed=$(sed '/^# the exponential/,$d' "$out/checked.txt" | grep -c ': Closed under the global context$' || true)
if [ "$closed" != "$theorems" ]; then
  echo "error: $((theorems - closed)) of $theorems theorems rest on an axiom; see $out/checked.txt" >&2
  exit 1
fi
if [ "${1:-}" = --check ]; then
  diff -u Proofs/checked.txt "$out/checked.txt"
  Scripts/proof-vectors.sh --check
else
  cp "$out/checked.txt" Proofs/checked.txt
  Scripts/proof-vectors.sh
fi
echo "Proofs: $(ls Proofs/*.v | wc -l) files, $theorems theorems, $claims of them claims, no axioms, in $((SECONDS - start)) s"
