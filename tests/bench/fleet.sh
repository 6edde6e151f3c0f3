#!/bin/sh
# fleet.sh - what reading many printers costs, beside the limit and what others need, in one run.
#
# Gates nothing: it ends with 0 and says MISSED where a target of docs/PERFORMANCE.md was missed.
# BENCH_RUNS=5 turns of each program in each setting; BENCH_PEER_RUNS=3 of the slow ones.
# BENCH_FULL=1: every combination of size, delay, loss and dead printers (hours, not minutes).
# BENCH_ONLY=WORDS: only settings whose name holds these. BENCH_OUT=FILE: every run as JSON.
# BRAYER_BENCH: sources of the reference programs (../shared/bench). Without them: skipped aloud.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
sources=${BRAYER_BENCH:-../shared/bench}
here=$(dirname "$0")/fleet
home=''

skip() { echo "skipped $1"; }
give_up() {
	skip "$1"
	exit 0
}

[ -e "$sources/sim.c" ] || give_up "fleet: $sources has no reference programs (BRAYER_BENCH)"
[ -x "$build/tests/bench/cost" ] || give_up "fleet: $build/tests/bench/cost was not built"
command -v python3 >/dev/null || give_up 'fleet: python3 is not here'
command -v ip >/dev/null || give_up 'fleet: ip is not here (Debian: iproute2)'

# A network of our own: port 161 is free there, and nothing leaves the machine. As root a new
# network is enough, and receive buffers may be as large as we like; else we become root of it.
if [ -z "${FLEET_ALONE:-}" ]; then
	option=-n
	[ "$(id -u)" -eq 0 ] || option=-rn
	unshare "$option" true 2>/dev/null || give_up 'fleet: no network namespace is to be had here'
	FLEET_ALONE=yes exec unshare "$option" sh "$0" "$@"
fi
ip link set lo up || give_up 'fleet: no loopback in this namespace'

home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-fleet.XXXXXX") || exit 0
trap 'rm -rf "$home"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$home/reference" "$home/home"

build_reference() { # build_reference NAME LIBRARY...
	name=$1
	shift
	${CC:-gcc} -O2 -w -o "$home/reference/$name" "$sources/$name.c" "$@" 2>"$home/said" ||
		skip "$name: $(head -n 1 "$home/said")"
}
build_reference sim
build_reference lim
build_reference nsa -lnetsnmp # Debian: libsnmp-dev
[ -x "$home/reference/sim" ] || give_up 'fleet: the simulated fleet does not compile'

# shellcheck disable=SC3045
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -H -n)" # net-snmp wants a socket for each printer
echo "machine   $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
awk -v cores="$(nproc)" '$1 + 0 > cores + 0 { print "note      more work than cores: wall times and their ratios tell of that too" }' /proc/loadavg

FLEET_REFERENCE=$home/reference FLEET_SOURCES=$sources FLEET_BUILD=$build FLEET_HOME=$home/home \
	PYTHONDONTWRITEBYTECODE=1 python3 "$here/fleet.py"
exit 0
