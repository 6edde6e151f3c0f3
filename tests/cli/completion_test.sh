#!/bin/sh
# completion_test.sh - bash completion offers the options that help has, no more and no fewer.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2039,SC3000-SC4000
set -u
if [ -z "${BASH_VERSION:-}" ]; then
	if ! command -v bash >/dev/null; then
		echo 'skipped completion: bash is not here'
		echo '0 passed, 0 failed, 1 skipped'
		exit 0
	fi
	exec bash "$0"
fi
eval 'set +o posix' # "sh" may be bash itself
brayer=${BRAYER_BUILD:-build/release}/cli/brayer
passed=0 failed=0
# shellcheck source=contrib/completion/brayer.bash
. contrib/completion/brayer.bash

for command in read discover doctor walk makers status history forecast; do
	COMP_WORDS=(brayer "$command" --) COMP_CWORD=2 COMPREPLY=()
	_brayer brayer -- "$command" 2>/dev/null
	offered=$(printf '%s\n' "${COMPREPLY[@]}" | sort)
	helped=$("$brayer" help "$command" | grep -o -- '^ *\(-[a-z], \)\?--[a-z-]*' | grep -o -- '--[a-z-]*' | sort)
	if [ -n "$helped" ] && [ "$offered" = "$helped" ]; then
		passed=$((passed + 1))
	else
		echo "failed $command: completion and help differ:"
		diff <(echo "$offered") <(echo "$helped")
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
