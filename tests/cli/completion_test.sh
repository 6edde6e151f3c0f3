#!/bin/sh
# completion_test.sh - bash completion offers the options that help has, no more and no fewer.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2039,SC3000-SC4000
set -u
if [ -z "${BASH_VERSION:-}" ]; then
	if ! command -v bash >/dev/null; then
		echo 'skipped completion: needs bash (Debian: bash)'
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
# shellcheck source=contrib/completion/brayerd.bash
. contrib/completion/brayerd.bash

# compare NAME HELP: what COMPREPLY has, with the long options of a help text.
compare() {
	offered=$(printf '%s\n' "${COMPREPLY[@]}" | sort)
	helped=$(echo "$2" | grep -o -- '^ *\(-[a-zA-Z], \)\?--[a-z-]*' | grep -o -- '--[a-z-]*' | sort)
	if [ -n "$helped" ] && [ "$offered" = "$helped" ]; then
		passed=$((passed + 1))
	else
		echo "failed $1: completion and help differ:"
		diff <(echo "$offered") <(echo "$helped")
		failed=$((failed + 1))
	fi
}

for command in read discover doctor walk makers status history forecast; do
	COMP_WORDS=(brayer "$command" --) COMP_CWORD=2 COMPREPLY=()
	_brayer brayer -- "$command" 2>/dev/null
	compare "$command" "$("$brayer" help "$command")"
done
COMP_WORDS=(brayerd --) COMP_CWORD=1 COMPREPLY=()
_brayerd brayerd -- brayerd 2>/dev/null
compare brayerd "$("${BRAYER_BUILD:-build/release}/collector/brayerd" --help)"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
