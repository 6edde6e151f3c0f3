#!/bin/sh
# stored_documents_test.sh - what status, history and forecast write for programs is what it says: XML, JSON, CSV.
#
# It reads the goldens of stored_test.c, which are what the program writes.
# SPDX-License-Identifier: MIT
set -u
golden=tests/golden/stored
passed=0 failed=0 skipped=0
work=$(mktemp "${TMPDIR:-/tmp}/brayer-documents.XXXXXX") || exit 1
trap 'rm -f "$work"' EXIT

verdict() { # verdict NAME STATUS
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		echo "failed $1"
		failed=$((failed + 1))
	fi
}

if command -v xmllint >/dev/null; then
	xmllint --noout "$golden/plot.svg"
	verdict 'the plot is XML' $?
	[ -z "$(grep -i -e '<script' -e 'href=' -e 'url(' -e '@import' "$golden/plot.svg")" ]
	verdict 'the plot needs nothing from elsewhere' $?
else
	echo 'skipped plot.svg: xmllint is not here (Debian: libxml2-utils)'
	skipped=1
fi

if command -v python3 >/dev/null; then
	for file in "$golden"/*.json; do
		python3 -c 'import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    assert json.loads(line)["schema"].startswith("brayer."), line
    assert "null" not in line, line' "$file"
		verdict "$file" $?
	done
	python3 -c 'import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
assert rows and all(None not in row and int(row["low"]) <= int(row["last"]) <= int(row["high"]) for row in rows)
assert all(row["begin"] <= row["end"] for row in rows)
assert any(row["gap"] == "1" for row in rows)' "$golden/series.csv"
	verdict series.csv $?
else
	echo 'skipped JSON and CSV: needs python3 (Debian: python3)'
	skipped=$((skipped + 1))
fi
# The examples of the manuals, with the goldens in the place of the command.
if command -v jq >/dev/null; then
	for command in status forecast; do
		# shellcheck disable=SC2016 # it is the example's prompt
		sed -n "s/^\.Dl \$ brayer $command --json | //p" "docs/man/brayer-$command.1" | grep '^jq' |
			while IFS= read -r example; do
				sh -c "$example" <"$golden/$command.json" || echo "failed $example"
			done
	done >"$work"
	# Two are unreachable; of the forecasts one is soon, and no row without a forecast is one.
	printf '%s\n' udp:192.0.2.11:161 udp:192.0.2.13:161 'office	toner-black' | diff -u - "$work"
	verdict 'the examples with jq' $?
	jq -r 'select(.days.low | . and . < 14) | .supply' "$golden/forecast.json" | grep -q .
	verdict 'there is a soon one' $?
	jq -r 'select(.not_enough_data) | .supply' "$golden/forecast.json" | grep -q .
	verdict 'there is one without a forecast' $?
else
	echo 'skipped the examples with jq (Debian: jq)'
	skipped=$((skipped + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
