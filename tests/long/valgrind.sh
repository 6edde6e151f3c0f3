#!/bin/sh
# valgrind.sh - brayer read, walk and makers over every recording under valgrind, and the fault tests.
#
# The sanitizers cannot see an uninitialised octet that decides something; valgrind does.
# SPDX-License-Identifier: MIT
set -u
build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
passed=0 failed=0
said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT

if ! command -v valgrind >/dev/null; then
	echo 'skipped valgrind: not here (Debian: valgrind)'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi

# check NAME PROGRAM...: an error of valgrind's is 99; what the program itself returns is judged elsewhere.
check() {
	name=$1
	shift
	valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
		--errors-for-leak-kinds=definite,indirect,possible "$@" >"$said" 2>&1
	rc=$?
	if [ "$rc" -eq 99 ] || [ "$rc" -gt 127 ]; then
		echo "failed $name: exit status $rc"
		grep -a '^==' "$said" | head -n 30
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

for file in tests/recordings/*; do
	check "read $file" "$brayer" read --json "walk:$file"
done
set -- tests/recordings/*
check 'a table' "$brayer" read "walk:$1"
check 'explained' "$brayer" read --explain "walk:$1"
check 'walk' "$brayer" walk "walk:$1"
check 'walk --scrub' "$brayer" walk --scrub "walk:$1"
check 'makers' "$brayer" makers
check 'doctor' "$brayer" doctor "walk:$1"
for program in "$build"/tests/fault/*_test; do
	[ ! -x "$program" ] || check "$program" "$program"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
