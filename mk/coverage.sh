#!/bin/sh
# coverage.sh - prints the lines covered of each source of the library and the command line.
# Usage: coverage.sh build/coverage
# SPDX-License-Identifier: MIT
set -eu

find "$1/shared" "$1/cli" -name '*.gcda' 2>/dev/null | sort | while read -r data; do
	gcov -n "$data" 2>/dev/null
done | awk -F"[':%]" '
/^File / { file = $2 }
/^Lines executed/ && (file ~ /^(shared|cli)\/.*\.c$/) {
	split($0, part, " of "); lines = part[2]
	printf "%6.1f%% of %5d  %s\n", $2, lines, file
	all += lines; hit += lines * $2 / 100; file = ""
}
END { if (all > 0) printf "%6.1f%% of %5d  in all\n", 100 * hit / all, all; else print "no data" }'
