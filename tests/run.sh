#!/bin/sh
# run.sh - runs test programs and adds up what they say.
#
# Usage: run.sh [-b] [-p] [-s WHY] PROGRAM...
#   -b      the build before this run failed: counted as a failure
#   -p      run JOBS programs at a time (scripts start servers and take ports: always one by one)
#   -s WHY  something was left out: counted as skipped, aloud
# A program is a binary, a *.sh, a BUILD@SCRIPT that tests the programs in BUILD, or a fuzzer
# (*_fuzz). Its last summary line counts; a crash, a time out, a missing summary or a program that
# was not built is a failure. The last line is the total.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1:allocator_may_return_null=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

summary='^[0-9][0-9]* passed, [0-9][0-9]* failed, [0-9][0-9]* skipped$'

# fuzz PROGRAM: its own corpus grows under the build, the seeds are only read.
fuzz() {
	name=$(basename "$1" _fuzz)
	corpus=${1%/tests/fuzz/*}/corpus/$name
	mkdir -p "$corpus" || return 1
	set -- "$1" "-max_total_time=${FUZZ_SECONDS:-3}" -timeout=10 -print_final_stats=1 -verbosity=0 \
		"-artifact_prefix=$corpus-" "$corpus"
	[ ! -f "tests/fuzz/$name.dict" ] || set -- "$@" "-dict=tests/fuzz/$name.dict"
	[ ! -d "tests/fuzz/seeds/$name" ] || set -- "$@" "tests/fuzz/seeds/$name"
	if "$@"; then
		echo '1 passed, 0 failed, 0 skipped'
	else
		echo '0 passed, 1 failed, 0 skipped'
		return 1
	fi
}

# one PROGRAM DIRECTORY: leaves the record "passed failed skipped" and what was said.
one() {
	program=$1
	record=$2/$(echo "$1" | tr / _)
	case $program in
	*@*) BRAYER_BUILD=${program%%@*} && set -- sh "${program#*@}" ;;
	*.sh) set -- sh "$program" ;;
	*_fuzz) set -- sh "$0" --fuzz "$program" ;;
	*/thread/*) set -- setarch -R "$program" ;; # TSan of gcc 12 cannot have all of today's ASLR
	*) set -- "$program" ;;
	esac
	case $program in
	*.sh) file=${program#*@} ;;
	*) file=$program && BRAYER_BUILD=${program%%/tests/*} ;;
	esac
	export BRAYER_BUILD
	if [ -f "$file" ]; then
		timeout -k 5 "${TEST_TIMEOUT:-600}" "$@" >"$record.said" 2>&1 </dev/null
		rc=$?
	else
		echo 'was not built' >"$record.said"
		rc=127
	fi
	judge
	echo "$passed $failed $skipped" >"$record.count"
	tell
}

# Sets passed, failed, skipped, and why where the program's own word is not enough.
judge() {
	# shellcheck disable=SC2046
	set -- $(grep "$summary" "$record.said" | tail -n 1)
	passed=${1:-0} failed=${3:-0} skipped=${5:-0} why=
	if [ $# -eq 0 ] && [ "$rc" -eq 124 ]; then
		why="no end after ${TEST_TIMEOUT:-600} s"
	elif [ $# -eq 0 ]; then
		why="no summary, exit status $rc"
	elif [ "$rc" -ne 0 ] && [ "$failed" -eq 0 ]; then
		why="exit status $rc, though nothing failed"
	elif [ $((passed + failed + skipped)) -eq 0 ]; then
		why='ran no test'
	fi
	[ -z "$why" ] || failed=$((failed + 1))
}

tell() {
	if [ "$failed" -gt 0 ]; then
		mark=FAILED
		sed 's/^/    /' "$record.said"
	else
		mark=ok
		if [ "${V:-}" = 1 ]; then sed 's/^/    /' "$record.said"; fi
		grep '^skipped ' "$record.said" | sort | uniq -c | sed 's/^ *1 /    /; s/^ *\([0-9]\)/    \1 x/'
	fi
	units=$(sed -n 's/^stat::number_of_executed_units: *//p' "$record.said")
	printf '%-7s %-48s %s passed, %s failed, %s skipped%s%s\n' "$mark" "$program" "$passed" "$failed" \
		"$skipped" "${units:+  ($units inputs)}" "${why:+  ($why)}"
}

case ${1:-} in
--one) one "$2" "$3" >"$3/line.$$" && cat "$3/line.$$"; exit 0 ;;
--fuzz) fuzz "$2"; exit ;;
esac

records=$(mktemp -d "${TMPDIR:-/tmp}/brayer-run.XXXXXX") || exit 1
trap 'rm -rf "$records"' EXIT
trap 'exit 1' HUP INT TERM

parallel=1 scripts=
while [ $# -gt 0 ]; do
	case $1 in
	-b)
		echo 'FAILED  the build: see above'
		echo '0 1 0' >"$records/build.count"
		;;
	-p) parallel=${JOBS:-1} ;;
	-s)
		echo "skipped $2"
		echo '0 0 1' >"$records/left-out.count"
		shift
		;;
	*.sh) scripts="$scripts $1" ;;
	*) echo "$1" >>"$records/programs" ;;
	esac
	shift
done

if [ -s "$records/programs" ]; then
	xargs -P "$parallel" -I '{}' sh "$0" --one '{}' "$records" <"$records/programs"
fi
for script in $scripts; do
	sh "$0" --one "$script" "$records"
done

find "$records" -name '*.count' -exec cat {} + | awk '
{ passed += $1; failed += $2; skipped += $3 }
END {
	if (passed + failed + skipped == 0) { print "no test was run"; failed = 1 }
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0
}'
