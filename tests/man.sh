#!/bin/sh
# man.sh - lints each manual with mandoc, else with groff, and for what neither of them sees.
# SPDX-License-Identifier: MIT
set -u
passed=0 failed=0 skipped=0

lint() {
	if command -v mandoc >/dev/null; then
		mandoc -T lint -W warning "$1"
	else
		said=$(groff -mdoc -ww -z -Tutf8 "$1" 2>&1)
		[ -z "$said" ] || { printf '%s\n' "$said"; return 1; }
	fi
}

# A sign that is meant itself is taken for punctuation, and stands outside of the quotes: .Sq \&!
bare='^\.(Sq|Dq|Ql|Qq|Pq|Li|Ic|Cm|Fl|Ar|Pa|Sy|Em) [].,:;()?!|[]( |$)'
told() {
	! grep -nHE "$bare" "$1"
}

if ! command -v mandoc >/dev/null && ! command -v groff >/dev/null; then
	echo 'skipped man-check: needs mandoc or groff (Debian: mandoc)'
	skipped=1
else
	for page in docs/man/*.[1578]; do
		[ -e "$page" ] || continue
		if lint "$page" && told "$page"; then
			passed=$((passed + 1))
		else
			echo "failed $page"
			failed=$((failed + 1))
		fi
	done
	if [ $((passed + failed)) -eq 0 ]; then
		echo 'skipped man-check: docs/man/ holds no page'
		skipped=1
	fi
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
