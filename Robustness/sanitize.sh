#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The sanitizers, those named (memory, thread, leaks) or all; writes results/sanitize.tsv: sanitizer, what,
# tests, seconds (without the build), reports of the sanitizer, source. JOBS=n limits the build.
#
# memory: the whole test suite under AddressSanitizer (Swift, C, C++) and UndefinedBehaviorSanitizer (C, C++;
#   Swift traps by itself, and its compiler knows no such option on Linux). A report ends the process.
# thread: ThreadSanitizer on the suites below, which run all files that have threads; mutex.c tells it of
#   Swift's Mutex.
# leaks: Sources/Leaks under LeakSanitizer, the kernels once for each instruction set; first with leaks planted.
#
# One object of Swift's library is excepted, by thread.supp. Reports go to files, so that those of programs that
# the tests run count too.
set -euo pipefail
cd "$(dirname "$0")/.."
checks=("$@")
[ $# -gt 0 ] || checks=(memory thread leaks)
export OPENBLAS_NUM_THREADS=1
place=$PWD/.build/sanitize
mkdir -p Robustness/results "$place"
source=$(git rev-parse --short HEAD:Sources)
[ -z "$(git status --porcelain Sources)" ] || source+=" changed"
status=0
# Undefined in C and C++ although the compiler's short name for all leaves it out: a double beyond an integer.
undefined=undefined,float-cast-overflow
undefined_flags=(-Xcc "-fsanitize=$undefined" -Xcc "-fno-sanitize-recover=$undefined")

# What has threads, or is shared by them: a file of Sources, and the suites that run it so.
threads="
CShims/kernels.c                    LinearAlgebraTests.CanonicalOrderTests
LinearAlgebra/BLAS.swift            LinearAlgebraTests.BLASTests
LinearAlgebra/BandedLU.swift        LinearAlgebraTests.BandedLUTests PlanningTests.BandedEvaluationTests
LinearAlgebra/SparseLU.swift        LinearAlgebraTests.SparseLUTests
ExactArithmetic/RationalStorage.swift ExactArithmeticTests.RationalVectorTests
Randomness/Gaussian.swift           RandomnessTests.DistributionsTests
ModelFormats/ArchiveReader.swift    ModelFormatsTests.HostileArchiveTests
Planning/SecondThread.swift         PlanningTests.BellmanOperatorTests
Planning/BellmanOperator.swift      PlanningTests.BellmanOperatorTests
Planning/PolicyRows.swift           PlanningTests.BellmanOperatorTests
Planning/InPlaceSweep.swift         PlanningTests.InPlaceSweepTests
Planning/OrderedRows.swift          PlanningTests.OrderedRowsTests
Planning/LazySweep.swift            PlanningTests.InPlaceSweepTests
Planning/RowBounds.swift            PlanningTests.InPlaceSweepTests
Planning/CertifiedBounds.swift      PlanningTests.InPlaceSweepTests
Planning/FactoredOperator.swift     PlanningTests.LowRankPlannerTests
Planning/FactoredSweep.swift        PlanningTests.LowRankPlannerTests
Planning/AutomaticPlanner.swift     PlanningTests.AgreementTests
Hardness/Diameter.swift             HardnessTests.DiameterTests
Hardness/GreatestVisits.swift       HardnessTests.CoverageTests
Experiments/Runner.swift            ExperimentsTests.RunnerTests ClaimsTests.TaleOfPessimismTests
Experiments/Store.swift             ExperimentsTests.StoreTests ReportingTests.ReportTests
ProvablyCLI/ProgressLine.swift      CommandLineTests.SolveTests
ProvablyCLI/Reproduce.swift         CommandLineTests.SweepTests
"
threading='concurrentPerform|Thread \{|SecondThread\(|Mutex[(<]|Atomic[(<]|DatabasePool\(|@unchecked Sendable|'
threading+='nonisolated\(unsafe\)|TaskGroup|Task \{'

# build FOLDER OPTION...: the tests, in a build folder of their own.
build() {
  nice -n 5 swift build --build-tests -c release -Xswiftc -enable-testing --scratch-path "$place/$1" \
    ${JOBS:+--jobs "$JOBS"} "${@:2}" >"$place/$1-build.log" 2>&1 || {
    tail -n 30 "$place/$1-build.log"
    echo "error: the build for $1 failed; $place/$1-build.log has all of it"
    exit 1
  }
}

# instrumented FOLDER SYMBOL...: fails unless all our objects in C and C++ call the sanitizer.
instrumented() {
  local object symbol symbols
  for object in CShims.build/kernels.c CBoost.build/distributions.cpp CFLINT.build/rationals.c; do
    symbols=$(nm "$1/release/$object.o")
    for symbol in "${@:2}"; do
      grep -q "$symbol" <<<"$symbols" || {
        echo "error: $object is not instrumented: it calls no $symbol"
        exit 1
      }
    done
  done
}

# reports CHECK PATTERN: how many reports there are, in the files and in the log.
reports() {
  cat "$place/$1.log" "$place/reports/$1".* 2>/dev/null | grep -acE "$2" || true
}

# row SANITIZER WHAT TESTS SECONDS REPORTS
row() {
  local line
  line=$(printf '%s\t%s\t%s\t%s\t%s\t%s' "$@" "$source")
  echo "$line"
  { grep -v "^$1	" Robustness/results/sanitize.tsv 2>/dev/null || true; echo "$line"; } |
    sort >Robustness/results/sanitize.new
  mv Robustness/results/sanitize.new Robustness/results/sanitize.tsv
}

# run_tests CHECK OPTION...: sets tests and seconds; a test that fails, or none that ran, is a failure.
run_tests() {
  local begin code=0
  begin=$(date +%s)
  ${preload:+env LD_PRELOAD="$preload"} swift test --skip-build -c release -Xswiftc -enable-testing --scratch-path "$place/$1" \
    "${@:2}" >"$place/$1.log" 2>&1 || code=$?
  seconds=$(($(date +%s) - begin))
  tests=$(grep -aoE 'Test run with [0-9]+ tests' "$place/$1.log" | grep -oE '[0-9]+' | tail -n 1 || true)
  tests=${tests:-0}
  [ $code = 0 ] && [ "$tests" != 0 ] || status=1
}

# explain CHECK: the first lines of what went wrong.
explain() {
  grep -aE '✘|error:|ERROR: |WARNING: |runtime error:' "$place/$1.log" | head -n 20 || true
  cat "$place/reports/$1".* 2>/dev/null | head -n 40 || true
  echo "more in $place/$1.log and $place/reports"
}

begin_check() {
  mkdir -p "$place/reports"
  rm -f "$place/reports/$1".* "$place/$1.log"
  local to="log_path=$place/reports/$1"
  export ASAN_OPTIONS="detect_leaks=$2:strict_string_checks=1:exitcode=99:$to"
  export LSAN_OPTIONS="exitcode=99:$to"
  export UBSAN_OPTIONS="print_stacktrace=1:exitcode=99:$to"
  export TSAN_OPTIONS="second_deadlock_stack=1:exitcode=99:suppressions=$PWD/Robustness/thread.supp:$to"
}

memory() {
  begin_check memory 0
  build memory --sanitize address "${undefined_flags[@]}"
  instrumented "$place/memory" __asan_report __ubsan_handle
  run_tests memory --sanitize address
  local wrong undefined
  wrong=$(reports memory 'ERROR: AddressSanitizer')
  undefined=$(reports memory 'runtime error:')
  row AddressSanitizer "the whole suite: Swift, C and C++" "$tests" "$seconds" "$wrong"
  row UndefinedBehaviorSanitizer "the whole suite, in the same run: C and C++" "$tests" "$seconds" \
    "$undefined"
  [ "$wrong$undefined" = 00 ] || status=1
  [ $status = 0 ] || explain memory
}

thread() {
  begin_check thread 0
  build thread --sanitize thread
  instrumented "$place/thread" __tsan_
  local suite suites list found
  # The table names all files that have threads, and only those; and every suite has tests.
  diff <(awk 'NF { print "Sources/" $1 }' <<<"$threads" | LC_ALL=C sort) \
    <(grep -rlE "$threading" Sources | LC_ALL=C sort) || {
    echo "error: the table in $0 is out of date: < is in the table only, > has threads and is not in it"
    exit 1
  }
  suites=$(awk '{ for (i = 2; i <= NF; i++) print $i }' <<<"$threads" | sort -u)
  list=$(swift test list --skip-build -c release --scratch-path "$place/thread" 2>/dev/null)
  for suite in $suites; do
    grep -q "^$suite/" <<<"$list" || {
      echo "error: there is no test in $suite; the table in $0 is out of date"
      exit 1
    }
  done
  clang -O1 -Wall -Werror -shared -fPIC Robustness/mutex.c -o "$place/mutex.so"
  local preload=$place/mutex.so
  run_tests thread --sanitize thread --filter "^($(paste -sd '|' <<<"$suites"))/"
  found=$(reports thread 'WARNING: ThreadSanitizer')
  row ThreadSanitizer "$(wc -l <<<"$suites") suites, which run all files that have threads" "$tests" \
    "$seconds" "$found"
  [ "$found" = 0 ] || status=1
  [ $status = 0 ] || explain thread
}

leaks() {
  begin_check leaks 1
  local name begin cpu code seconds drivers found
  # All that the headers declare is called.
  for name in $(grep -ohE '\b(provably|cboost)_[a-z_]+\(' Sources/{CShims,CBoost,CFLINT}/include/*.h |
    tr -d '(' | sort -u); do
    grep -q "\b$name(" Robustness/Sources/Leaks/Shims.swift || {
      echo "error: Robustness/Sources/Leaks/Shims.swift does not call $name"
      exit 1
    }
  done
  nice -n 5 swift build -c release --package-path Robustness --product Leaks \
    --scratch-path "$place/leaks" ${JOBS:+--jobs "$JOBS"} --sanitize address "${undefined_flags[@]}" \
    >"$place/leaks-build.log" 2>&1 || {
    tail -n 30 "$place/leaks-build.log"
    exit 1
  }
  instrumented "$place/leaks" __asan_report __ubsan_handle
  # A check that misses what was planted would miss everything.
  code=0
  ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=exitcode=99 UBSAN_OPTIONS= \
    "$place/leaks/release/Leaks" 100 planted \
    >"$place/planted.log" 2>&1 || code=$?
  if [ $code = 0 ] || [ "$(grep -c '^LEAK' "$place/planted.log")" != 2 ] ||
    ! grep -q 'ERROR: LeakSanitizer' "$place/planted.log"; then
    cat "$place/planted.log"
    echo "error: the leaks that were planted were not found"
    exit 1
  fi
  begin=$(date +%s)
  "$place/leaks/release/Leaks" 125 >>"$place/leaks.log" 2>&1 || status=1
  drivers=$(sed -n 's/^\([0-9]*\) drivers.*/\1/p' "$place/leaks.log")
  for cpu in base avx2; do
    PROVABLY_CPU=$cpu "$place/leaks/release/Leaks" 125 CShims >>"$place/leaks.log" 2>&1 || status=1
  done
  seconds=$(($(date +%s) - begin))
  found=$(reports leaks '^LEAK|ERROR: (Leak|Address)Sanitizer|runtime error:')
  row LeakSanitizer "the shims and the wrappers of libraries, 1,125 rounds each, error paths too" \
    "${drivers:-0}" "$seconds" "$found"
  [ "$found" = 0 ] || status=1
  [ $status = 0 ] || { cat "$place/leaks.log"; explain leaks; }
}

for check in "${checks[@]}"; do
  case $check in
    memory | thread | leaks) $check ;;
    *)
      echo "error: there is no check $check; they are memory, thread, leaks"
      exit 64
      ;;
  esac
done
exit $status
