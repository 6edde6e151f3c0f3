#!/bin/sh
# burst_test.sh - 500 checks at once from one host, as a worker of mod-gearman may be told to: on a fleet with loss
# and delay and a few that are switched off, each gives the verdict it gives alone, and ends by itself.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh
make_cases

printers=100 each=5 # each of the five checks asks each printer: 500
case $build in
*/sanitize) printers=20 ;; # a sanitized process takes ten times the memory
esac
n_checks=$((printers * each))
base=127.16.86
dead='7 20 77'
faults=
for n in $dead; do
	[ "$n" -gt $printers ] || faults="$faults --fault $base.$n:dead"
done
set --
for kind in office low flaps all_some alert_only mono_100_panel waste_7 jam tray_empty_alert sleeping; do
	set -- "$@" "$work/cases/$kind.snmprec"
done
# One fleet without a fault to ask in peace, one beside it that has them all.
serve() { # serve OPTION...: the printers on a port of their own; the recordings are in $profiles
	"$build/tests/farm/farm" -b $base.1 -n $printers -p 0 "$@" >"$work/fleet" 2>&1 &
	farms="$farms $!"
	tries=0
	until grep -q '^ready' "$work/fleet" || [ $tries -ge 100 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	port=$(sed -n 's/^ready *//p' "$work/fleet")
	: >"$work/fleet"
}
# shellcheck disable=SC2086
serve $faults "$@"
calm=$port
# shellcheck disable=SC2086
serve --fault all:loss=5 --fault all:delay=20 $faults --seed 4 "$@"
wild=$port
if [ -z "$calm" ] || [ -z "$wild" ]; then
	echo 'failed: the simulated fleet does not start'
	failed=1
	finish
fi
mkdir "$work/calm" "$work/wild"

# one DIRECTORY NAME PORT CHECK ADDRESS: its answer, its complaints, and its exit status as the shell has it.
one() {
	"$programs/check_printer_$4" --config "$work/burst.conf" -H "$5" -p "$3" -t 60 >"$1/$2.out" 2>"$1/$2.err" </dev/null
	echo $? >"$1/$2.rc"
}
# What is lost is asked again, often enough that no answer is lost for good; the dead are given up sooner than time.
(
	umask 077
	printf '[brayer]\nmibs = %s/mibs.d\n[profile default]\ntimeout = 1s\nretries = 7\ndeadline = 50s\n' "$work" >"$work/burst.conf"
)
# shellcheck disable=SC2317
is_dead() {
	case " $dead " in
	*" $1 "*) return 0 ;;
	esac
	return 1
}
all() { # all FUNCTION: for each check of each printer
	n=1
	while [ $n -le $printers ]; do
		for check in all supplies status trays pages; do
			"$1" $check $n
		done
		n=$((n + 1))
	done
}
# shellcheck disable=SC2317
in_peace() { # the dead are what they are: their verdict is the one that help promises
	if is_dead "$2"; then
		echo 3 >"$work/calm/$1.$2.rc"
	elif [ "$2" -le 10 ]; then
		one "$work/calm" "$1.$2" "$calm" "$1" "$base.$2"
	else # the same recording as that of ten before
		for part in out err rc; do cp "$work/calm/$1.$((($2 - 1) % 10 + 1)).$part" "$work/calm/$1.$2.$part" 2>/dev/null; done
	fi
}
# shellcheck disable=SC2317
at_once() {
	one "$work/wild" "$1.$2" "$wild" "$1" "$base.$2" &
	started="$started $!"
}
all in_peace
for check in all supplies status trays pages; do # 7 is dead; what it would say is known from 17
	one "$work/calm" "$check.17" "$calm" "$check" "$base.17"
	for n in 27 37 47 57 67 87 97; do
		for part in out err rc; do cp "$work/calm/$check.17.$part" "$work/calm/$check.$n.$part"; done
	done
done

started=
all at_once
for pid in $started; do wait "$pid"; done

rc=0
: >"$work/err"
wrong=0 other=0 noisy=0 signals=0 late=0 n_answers=0
: >"$work/out"
# shellcheck disable=SC2317
compare() {
	name_of=$1.$2
	n_answers=$((n_answers + 1))
	got=$(cat "$work/wild/$name_of.rc" 2>/dev/null)
	want=$(cat "$work/calm/$name_of.rc")
	case ${got:-none} in
	[0123]) ;;
	*) signals=$((signals + 1)) && echo "$name_of: exit status ${got:-none}" >>"$work/out" ;;
	esac
	if [ "$got" != "$want" ]; then
		wrong=$((wrong + 1))
		echo "$name_of: $got, not $want: $(cat "$work/wild/$name_of.out")" >>"$work/out"
	elif ! is_dead "$2" && ! cmp -s "$work/calm/$name_of.out" "$work/wild/$name_of.out"; then
		other=$((other + 1))
		diff "$work/calm/$name_of.out" "$work/wild/$name_of.out" >>"$work/out"
	fi
	[ ! -s "$work/wild/$name_of.err" ] || noisy=$((noisy + 1))
	if grep -qiE 'time (is )?(out|up)|timed out' "$work/wild/$name_of.out"; then
		late=$((late + 1))
		cat "$work/wild/$name_of.out" >>"$work/out"
	fi
}
all compare
t "$n_checks checks at once: the verdict of each is the one it gives in peace"
demand "$n_checks answers" [ "$n_answers" -eq $n_checks ]
demand 'no wrong verdict' [ $wrong -eq 0 ]
demand 'to the letter' [ $other -eq 0 ]
t "$n_checks checks at once: each ends by itself, with a state"
demand 'a state' [ $signals -eq 0 ]
demand 'nothing on stderr' [ $noisy -eq 0 ]
t "$n_checks checks at once: none over its deadline"
demand 'none' [ $late -eq 0 ]
finish
