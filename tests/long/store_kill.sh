#!/bin/sh
# store_kill.sh - the collector's store under kill -9, two hundred times.
# SPDX-License-Identifier: MIT
set -u
kill=${BRAYER_BUILD:-build/release}/tests/long/store_kill
rounds=${KILL_ROUNDS:-200} seed=${KILL_SEED:-$$}

if [ ! -x "$kill" ]; then
	echo 'skipped store_kill: the program was not built'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/brayer-kill.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

said=$("$kill" "$dir/store.db" "$rounds" "$seed" 2>&1)
rc=$?
echo "$said, seed $seed"
case $said in
*'left out of this build'*)
	echo 'skipped store_kill: the store was left out (Debian: libsqlite3-dev)'
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
	;;
esac
if [ $rc -eq 0 ]; then
	echo '1 passed, 0 failed, 0 skipped'
else
	echo "failed store_kill $rounds rounds, seed $seed"
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
