#!/bin/sh
# peers_test.sh - the comparison with other tools' readings, where the corpus and a python are here.
# SPDX-License-Identifier: MIT
set -u
corpus=${BRAYER_CORPUS:-../shared/corpus}

skip() {
	echo "skipped the comparison with the peers: $1"
	echo '0 passed, 0 failed, 1 skipped'
	exit 0
}
[ -d "$corpus/expected" ] || skip 'no recordings of real printers (BRAYER_CORPUS); they are optional and not published'
python3 -c 'import json, subprocess' 2>/dev/null || skip 'needs python3 (Debian: python3-minimal with libpython3-stdlib, or python3)'
exec env LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 python3 tests/corpus/peers.py \
	"${BRAYER_BUILD:-build/release}/cli/brayer" "$corpus" docs/PEERS.md
