#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How often each planted false claim is found out: Tests/ClaimsTests/Lies.swift, told with several
# seeds at quick scale and at full scale. Writes Robustness/results/planted.tsv.
#
#     Robustness/planted.sh               20 seeds quick, 3 seeds full
#     Robustness/planted.sh 5 1           5 and 1; 0 leaves a scale out
#     Robustness/planted.sh 5 0 ucbvi/    claims with this in their names; other rows stay
#
# Claims whose run would take longer than 30 s by their own estimate are left out, and named.
set -eu
cd "$(dirname "$0")/.."
quick=${1:-20}
full=${2:-3}
part=${3:-}
tree=$(git rev-parse --short HEAD:Sources)
out=Robustness/results/planted.tsv
new=$out.new
log=$(mktemp)
trap 'rm -f "$log" "$new"' EXIT
export OPENBLAS_NUM_THREADS=1
mkdir -p Robustness/results
touch "$out"
columns="claim kind lie scale seeds inconsistent inconclusive passed errors lower upper note sources"
tell() {
  [ "$2" -gt 0 ] || return 0
  echo "$1: $2 seeds"
  env ${part:+"PROVABLY_PLANTED_CLAIM=$part"} PROVABLY_PLANTED_SCALE=$1 PROVABLY_PLANTED_SEEDS=$2 \
    ${PLANTED_TESTS:-swift test -c release -Xswiftc -enable-testing --scratch-path .build/tests} \
    --filter PlantedClaimsTests >"$log" 2>&1 ||
    { cat "$log"; echo "error: a lie passed, or the tests did not run"; status=1; }
  # Rows of the same claim and scale are replaced.
  { echo "$columns" | tr ' ' '\t'
    { awk -F '\t' -v scale="$1" -v part="$part" \
        'NR > 1 && !($4 == scale && (part == "" || index($1, part)))' "$out"
      sed -n 's/^PLANTED\t//p' "$log" | awk -F '\t' -v OFS='\t' -v scale="$1" -v tree="$tree" '
        $2 == "left out" { print $1, "-", "-", scale, 0, 0, 0, 0, 0, "-", "-", "left out: " $3, tree; next }
        { $1 = $1; print $0, tree }'
    } | sort -t "$(printf '\t')" -k4,4r -k1,3; } >"$new"
  mv "$new" "$out"
}
status=0
tell quick "$quick"
tell full "$full"
awk -F '\t' 'NR > 1 && $2 != "-" && $2 != "none" {
    seeds[$4] += $5; found[$4] += $6; open[$4] += $7; passed[$4] += $8; bad[$4] += $9; lies[$4]++
    if ($8 > 0) print "passed: " $4 ", " $1 ", " $3 ": " $8 " of " $5
  }
  $2 == "none" && $6 > 0 { print "false alarm: " $4 ", " $1 ": " $6 " of " $5 }
  END { for (s in lies) printf "%s: %d lies, %d runs: inconsistent %d (%.1f %%), inconclusive %d, passed %d, errors %d\n",
    s, lies[s], seeds[s], found[s], 100 * found[s] / seeds[s], open[s], passed[s], bad[s] }' "$out"
echo "wrote $out"
exit $status
