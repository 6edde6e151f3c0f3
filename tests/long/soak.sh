#!/bin/sh
# soak.sh - every recording two thousand times in one process, under a ceiling of memory.
#
# Of a sanitized build the ceiling is left out, since the sanitizer reserves what it never uses.
# SPDX-License-Identifier: MIT
set -u
soak=${BRAYER_BUILD:-build/release}/tests/long/soak
rounds=${SOAK_ROUNDS:-2000}

if [ ! -x "$soak" ]; then
	echo 'skipped soak: the program was not built'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi
# shellcheck disable=SC3045 # dash, bash and busybox have it
case ${BRAYER_BUILD:-} in
*/release | '') ulimit -v 65536 ;; # KB: ten times what it needs
esac
if "$soak" "$rounds" tests/recordings/*; then
	echo '1 passed, 0 failed, 0 skipped'
else
	echo 'failed soak: the memory grew, or a recording was not read'
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
