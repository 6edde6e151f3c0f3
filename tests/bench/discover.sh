#!/bin/sh
# discover.sh - what finding printers costs, beside other scanners, in the same minute.
#
# A /16 that is routed, where 1,000 addresses answer ICMP and SNMP and the rest are silent; then a
# /20 that lies on the link, where the kernel's table of neighbours must not overflow. Both in
# network namespaces of our own, which needs root; skipped aloud otherwise. Gates nothing.
# BRAYER_BENCH: sources of the reference scanner and simulator (../shared/bench). ROUNDS=5.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C

build=${BRAYER_BUILD:-build/release}
sources=${BRAYER_BENCH:-../shared/bench}
rounds=${ROUNDS:-5}
brayer=$build/cli/brayer
name=brd$$ far=far$$ link=lnk$$
home='' sims=''

skip() {
	echo "skipped discover: $1"
	exit 0
}
[ "$(id -u)" -eq 0 ] || skip 'needs root, for network namespaces'
[ -r "$sources/scan.c" ] || skip "no reference scanner in $sources (BRAYER_BENCH)"
[ -x "$brayer" ] || skip "$brayer was not built"
command -v ip >/dev/null || skip 'needs ip (Debian: iproute2)'

# shellcheck disable=SC2317
clean() {
	for pid in $sims; do kill "$pid" 2>/dev/null; done
	for space in $name $far $link; do ip netns del "$space" 2>/dev/null; done
	rm -rf "$home"
}
home=$(mktemp -d "${TMPDIR:-/tmp}/brayer-discover.XXXXXX") || exit 0
trap clean EXIT
trap 'exit 1' HUP INT TERM
${CC:-cc} -O2 -w -o "$home/scan" "$sources/scan.c" && ${CC:-cc} -O2 -w -o "$home/sim" "$sources/sim.c" || skip 'the reference programs do not build'
printf '[profile default]\nversion = 2c\n' >"$home/brayer.conf"
chmod 0600 "$home/brayer.conf"

for space in $name $far $link; do ip netns add "$space" 2>/dev/null || skip 'network namespaces are not allowed here'; done
inside() { ip netns exec "$name" "$@"; }
ip link add r0 netns "$name" type veth peer name r1 netns "$far"
ip link add l0 netns "$name" type veth peer name l1 netns "$link"
ip -n "$name" link set lo up
for side in "$name r0" "$name l0" "$far r1" "$link l1" "$far lo" "$link lo"; do
	ip -n "${side% *}" link set "${side#* }" up
done
ip -n "$name" addr add 10.15.0.1/30 dev r0
ip -n "$far" addr add 10.15.0.2/30 dev r1
ip -n "$name" route add 10.16.0.0/16 via 10.15.0.2
ip -n "$name" addr add 10.32.15.254/20 dev l0
ip -n "$link" route add 10.32.15.254/32 dev l1

# live SPACE BASE STRIDE: a thousand printers there, and a simulator that answers for them.
live() {
	awk -v base="$2" -v stride="$3" 'BEGIN {
		split(base, o, "."); at = ((o[1] * 256 + o[2]) * 256 + o[3]) * 256 + o[4]
		for (i = 0; i < 1000; i++) {
			printf "route add local %d.%d.%d.%d/32 dev lo\n", at / 16777216, at / 65536 % 256, at / 256 % 256, at % 256
			at += stride
		}
	}' | ip -n "$1" -batch -
	: >"$home/sim.$1"
	ip netns exec "$1" "$home/sim" -b "$2" -n 1000 -k "$3" -d 2 "$sources"/printers/*.snmprec 2>"$home/sim.$1" &
	sims="$sims $!"
	tries=0
	while ! grep -q ready "$home/sim.$1" && [ $tries -lt 50 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}
live "$far" 10.16.0.1 65
live "$link" 10.32.0.1 4

# run NAME COMMAND...: its wall and CPU seconds in $home/NAME.times, its output in NAME.out.
run() {
	what=$1
	shift
	inside bash -c 'TIMEFORMAT="%R %U %S"; { time "$@" >"$0.out" 2>"$0.err"; } 2>"$0.time"' "$home/$what" "$@" </dev/null
	awk '{ printf "%.2f %.3f\n", $1, $2 + $3 }' "$home/$what.time" >>"$home/$what.times"
}
median() { cut -d' ' -f"$2" "$home/$1.times" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
found() { grep "$2" "$home/$1.out" | grep -o '10\.[0-9]*\.[0-9]*\.[0-9]*' | sort -u | wc -l; }
row() { printf '%-46s %8s %8s %8s  %s\n' "$@"; }
tell() { # tell NAME TEXT PATTERN [NOTE]
	row "$2" "$(median "$1" 1)" "$(median "$1" 2)" "$(found "$1" "$3")" "${4:-}"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b }'; }
judge() { awk -v a="${1:-x}" -v b="$2" 'BEGIN { print (a ~ /^[0-9.]+$/ && a + 0 <= b + 0) ? "met" : "MISSED" }'; }

find_all="$brayer discover --config $home/brayer.conf -o jsonl"
for round in $(seq "$rounds"); do
	run scan2 "$home/scan" -b 10.16.0.0 -n 65536 -p 2
	# shellcheck disable=SC2086
	{
		run two $find_all --rate 0 --passes 2 10.16.0.0/16
		run twosnmp $find_all --rate 0 --passes 2 --ping none 10.16.0.0/16
		run scan1 "$home/scan" -b 10.16.0.0 -n 65536 -p 1 -r 20000
		run paced $find_all --rate 20000 --passes 1 --ping none 10.16.0.0/16
		run pacedquick $find_all --rate 20000 --passes 1 --ping none --quick 10.16.0.0/16
		run pacedping $find_all --rate 40000 --passes 1 10.16.0.0/16
	}
	[ "$round" -eq 1 ] || continue
	gate=$(ip -n "$far" link show r1 | awk '/ether/ { print $2 }')
	command -v zmap >/dev/null && {
		printf '\060\051\002\001\001\004\006public\240\034\002\004\001\002\003\004\002\001\000\002\001\000\060\016\060\014\006\010\053\006\001\002\001\001\001\000\005\000' >"$home/probe.bin"
		run zmap zmap -q -M udp -p 161 --probe-args="file:$home/probe.bin" -r 20000 -c 1 -i r0 -G "$gate" -b /dev/null \
			-o "$home/zmap.found" 10.16.0.0/16
		cp "$home/zmap.found" "$home/zmap.out" 2>/dev/null
	}
	command -v onesixtyone >/dev/null && run onesixtyone onesixtyone -w 0 10.16.0.0/16 public
	command -v braa >/dev/null && run braa braa -r 1 -t 1 public@10.16.0.0-10.16.255.255:.1.3.6.1.2.1.1.1.0
	command -v fping >/dev/null && run fping fping -a -q -r 0 -t 500 -i 0.1 -g 10.16.0.1 10.16.255.254
done

row 'a routed /16, 1,000 live' 'wall s' 'CPU s' found ''
row 'reference scanner, 2 passes unpaced' "$(median scan2 1)" "$(median scan2 2)" "$(sed -n 's/found=\([0-9]*\).*/\1/p' "$home/scan2.err")" 'alive only'
share=$(ratio "$(median two 1)" "$(median scan2 1)")
tell two 'brayer, 2 passes unpaced, pings too' '"model"' "identified; $share of the reference, limit 1.2: $(judge "$share" 1.2)"
share=$(ratio "$(median twosnmp 1)" "$(median scan2 1)")
tell twosnmp 'brayer, 2 passes unpaced, no pings' '"model"' "identified; $share: $(judge "$share" 1.2)"
row 'reference scanner, 1 pass at 20,000/s' "$(median scan1 1)" "$(median scan1 2)" "$(sed -n 's/found=\([0-9]*\).*/\1/p' "$home/scan1.err")" 'alive only'
tell paced 'brayer, 1 pass at 20,000/s' '"model"' "identified; limit 4.5 s: $(judge "$(median paced 1)" 4.5)"
tell pacedquick 'brayer --quick, 1 pass at 20,000/s' '"kind":"printer"' "printers; limit 4.5 s: $(judge "$(median pacedquick 1)" 4.5)"
tell pacedping 'brayer, 1 pass at 20,000 addresses/s, pings too' '"model"' "identified; 40,000 datagrams/s"
for peer in zmap onesixtyone braa fping; do
	[ -s "$home/$peer.times" ] || {
		echo "skipped $peer: not here (Debian: $peer)"
		continue
	}
	tell $peer "$peer" '10\.16\.' 'alive only'
done
[ ! -s "$home/zmap.times" ] || {
	for ours in paced pacedquick; do
		share=$(ratio "$(median $ours 2)" "$(median zmap 2)")
		echo "CPU of brayer ($ours) to zmap's: $share, limit 0.1: $(judge "$share" 0.1)"
	done
}
echo 'skipped fusioninventory-netdiscovery: about two hours for a /16 (docs/DISCOVERY.md)'

# shellcheck disable=SC2086
run onlink $find_all --rate 0 --passes 2 10.32.0.0/20 --exclude 10.32.15.254
row 'a /20 on the link, 1,000 live' 'wall s' 'CPU s' found ''
grep -q 'overflowed 0 times' "$home/onlink.err" && verdict=never || verdict='MISSED'
tell onlink 'brayer, 2 passes unpaced' '"model"' "identified; the table overflowed: $verdict"
sed -n 's/^brayer: /  /p' "$home/onlink.err"
exit 0
