#!/bin/sh
# install.sh - installs into a stage and compares the list of files with tests/install.list.
# BRAYER_GOLDEN=1 rewrites the list.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL O T V VARIANT WERROR

build=${BRAYER_BUILD:-build/release}
mkdir -p "$build" && build=$(cd "$build" && pwd) || exit 1
stage=$build/stage
rm -rf "$stage"
if ! "${MAKE:-make}" -s CC="${CC:-cc}" B="$(dirname "$build")" DESTDIR="$stage" PREFIX=/usr install; then
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
(cd "$stage" && find . -type f -printf '%m %P\n' | sort -k 2) >"$build/install.list"

if [ "${BRAYER_GOLDEN:-}" = 1 ]; then
	cp "$build/install.list" tests/install.list
fi
if diff -u tests/install.list "$build/install.list"; then
	echo '1 passed, 0 failed, 0 skipped'
else
	echo 'failed install-file-list: if that is meant, make golden'
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
