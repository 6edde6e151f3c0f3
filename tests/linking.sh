#!/bin/sh
# linking.sh - what the built program and library carry: few libraries, no mutable global.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
brayer=$build/cli/brayer
passed=0 failed=0 skipped=0

verdict() { # verdict NAME FOUND: what was found is wrong
	if [ -n "$2" ]; then
		printf '%s\nfailed %s\n' "$2" "$1"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

# libcrypto and libnetsnmp at start would cost more than a whole reading.
if [ -x "$brayer" ]; then
	needed=$(readelf -dW "$brayer" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
	verdict needed "$(echo "$needed" | grep -v -e '^libc\.so' -e '^ld-linux' -e '^ld64\.so' -e '^ld\.so')"
	verdict libc-is-seen "$(echo "$needed" | grep -q '^libc\.' || echo 'readelf showed no libc: is this test blind?')"
	size=$(wc -c <"$brayer")
	verdict relro "$(readelf -lW "$brayer" | grep -q GNU_RELRO || echo "$brayer has no GNU_RELRO segment")"
	echo "$brayer: $size octets"
else
	echo "skipped linking: $brayer is not built"
	skipped=1
fi

# Objects in .data or .bss are mutable; .data.rel.ro is constant after relocation.
verdict library "$([ -s "$build/libbrayer.a" ] || echo "$build/libbrayer.a is not built")"
verdict no-mutable-globals "$(objdump -t "$build/libbrayer.a" 2>/dev/null |
	awk '/file format/ { file = $1; next }
	     /^[0-9a-f]+ .* d[ ]+\./ { next } # the section itself
	     /^[0-9a-f]+ .*[ \t](\.t?data|\.t?bss|\*COM\*)/ && !/ \.data\.rel\.ro/ {
		print file " " $NF " is a mutable global" }')"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
