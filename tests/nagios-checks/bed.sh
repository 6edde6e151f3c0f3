# shellcheck shell=sh disable=SC2016,SC2034
# bed.sh - printers of our own invention, served on loopback, and what is asked of every answer. Sourced.
#
# Sets build, work, passed, failed, skipped; the tests end with `finish`. Whatever check asks: stderr
# stays empty, the exit status is the state that the first line names, and the grammar holds.
# SPDX-License-Identifier: MIT
export LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent TZ=UTC
unset MP_CONFIG_FILE NAGIOS_CONFIG_PATH

build=${BRAYER_BUILD:-build/release}
here=tests/nagios-checks
programs=$(cd "$build/nagios-checks" 2>/dev/null && pwd)
farms='' farm_pid=''
passed=0 failed=0 skipped=0
port='' name='' broken=''
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-checks.XXXXXX") || exit 1
# shellcheck disable=SC2317
clean() {
	for pid in $farms; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

close_test() {
	[ -n "$name" ] || return 0
	if [ -z "$broken" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name:$broken"
		printf '    exit status %s, stdout, stderr:\n' "$rc"
		sed 's/^/    /' "$work/out" "$work/err" | cut -c 1-600
	fi
	name='' broken=
}
finish() {
	close_test
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
skip() {
	echo "skipped $1"
	skipped=$((skipped + 1))
}

if [ ! -x "$programs/check_printer_all" ] || [ ! -x "$build/tests/farm/farm" ]; then
	echo "failed: the checks or the simulated fleet were not built in $build"
	failed=1
	finish
fi

# Nothing of the machine's own configuration; attempts that end soon, where nobody answers.
mkdir "$work/cases" "$work/mibs.d"
(
	umask 077
	printf '[brayer]\nmibs = %s/mibs.d\n[profile default]\ntimeout = 300ms\nretries = 1\n[collector]\nstore = %s/none\n' "$work" "$work" >"$work/brayer.conf"
)

# Every section of cases/changes becomes a recording in $work/cases.
make_cases() {
	cp $here/cases/office.snmprec "$work/cases/"
	LC_ALL=C awk -F '|' -v dir="$work/cases" '
	BEGIN {
		mib = "1.3.6.1.2.1."
		name["supply"] = mib "43.11.1.1"; name["colorant"] = mib "43.12.1.1"; name["alert"] = mib "43.18.1.1"
		name["tray"] = mib "43.8.2.1"; name["output"] = mib "43.9.2.1"; name["cover"] = mib "43.6.1.1"
		name["panel"] = mib "43.16.5.1.2"; name["charset"] = mib "43.7.1.1.4.1.1"
		name["device"] = mib "25.3.2.1.5.1"; name["printer"] = mib "25.3.5.1.1.1"; name["errors"] = mib "25.3.5.1.2.1"
	}
	function write(   oid) {
		if (section == "") return
		for (oid in row) printf "%s|%s\n", oid, row[oid] >(dir "/" section ".snmprec")
		close(dir "/" section ".snmprec")
	}
	function load(base,   line, at) {
		split("", row)
		while ((getline line <(dir "/" base ".snmprec")) > 0) {
			at = index(line, "|")
			row[substr(line, 1, at - 1)] = substr(line, at + 1)
		}
		close(dir "/" base ".snmprec")
	}
	function full(text,   dot) {
		dot = match(text, /[.|]/)
		if (!dot) return (text in name) ? name[text] : text
		return (substr(text, 1, dot - 1) in name) ? name[substr(text, 1, dot - 1)] substr(text, dot) : text
	}
	/^#/ || NF == 0 { next }
	/^\[/ {
		write()
		gsub(/[][]/, "")
		n = split($0, word, " ")
		section = word[1]
		load(n == 3 ? word[3] : "office")
		next
	}
	/^-/ {
		gone = full(substr($0, 2))
		for (oid in row)
			if (oid == gone || index(oid, gone ".") == 1 || (gone ~ /[.]$/ && index(oid, gone) == 1))
				delete row[oid]
		next
	}
	{ row[full($1)] = $2 "|" substr($0, length($1) + length($2) + 3) }
	END { write() }' $here/cases/changes
}

# farm BASE OPTION... -- FILE...: serves these on consecutive addresses, from a port of its own; sets port and
# farm_pid.
farm() {
	first=$1
	shift
	options=
	while [ "$1" != -- ]; do
		options="$options $1"
		shift
	done
	shift
	# shellcheck disable=SC2086
	"$build/tests/farm/farm" -b "$first" -n $# -p 0 $options "$@" >"$work/farm$first" 2>&1 &
	farm_pid=$!
	farms="$farms $farm_pid"
	tries=0
	until grep -q '^ready' "$work/farm$first" 2>/dev/null || [ $tries -ge 100 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	port=$(sed -n 's/^ready *//p' "$work/farm$first")
	if ! grep -q '^ready' "$work/farm$first"; then
		cat "$work/farm$first"
		echo 'failed: the simulated fleet does not start'
		failed=1
		finish
	fi
}

# check NAME WORD...: runs check_printer_NAME; its answer stays in $work/out, its exit status in rc.
check() {
	checked=$1
	shift
	"$programs/check_printer_$checked" "$@" >"$work/out" 2>"$work/err" </dev/null
	rc=$?
}

# --- what is demanded ---

# t NAME: the demands that follow are one test, up to the next t or finish.
t() {
	close_test
	name=$1
}
demand() { # demand WHAT COMMAND...: noted if the command fails
	wanted=$1
	shift
	"$@" || broken="$broken
    wanted: $wanted"
}

# ask NAME PRINTER OPTION...: the check over a made-up printer's recording; what holds of every answer.
ask() {
	asked=$1 printer=$2
	shift 2
	check "$asked" --config "$work/brayer.conf" -H "walk:$work/cases/$printer.snmprec" "$@"
	sound classic "$(loudness "$@")"
}
loudness() { # loudness WORD...: how many -v, 0 to 3
	loud=0
	for word in "$@"; do
		case $word in
		-v) loud=1 ;;
		-vv) loud=2 ;;
		-vvv) loud=3 ;;
		esac
	done
	echo $loud
}
sound() { # sound FORMAT VERBOSE
	demand 'nothing on stderr' [ ! -s "$work/err" ]
	demand 'no NUL' [ "$(wc -c <"$work/out")" -eq "$(tr -d '\000' <"$work/out" | wc -c)" ]
	demand 'UTF-8' sh -c "iconv -f UTF-8 -t UTF-8 <'$work/out' >/dev/null 2>&1"
	case $1 in
	mp-test-json)
		demand 'exit status 0, as monitoring-plugins has it' [ "$rc" -eq 0 ]
		;;
	*)
		said=$(printf 'answer\t%s\t%s\t%s\t%s\n' "$work/out" "$rc" "$1" "$2" | LC_ALL=C awk -f $here/grammar.awk)
		demand "sound: $said" [ -z "$said" ]
		;;
	esac
}
state() {
	case $1 in
	OK) code=0 ;;
	WARNING) code=1 ;;
	CRITICAL) code=2 ;;
	*) code=3 ;;
	esac
	demand "$1" [ "$rc" -eq $code ]
}
says() { demand "it says '$1'" grep -qF -e "$1" "$work/out"; }
never() { demand "it does not say '$1'" sh -c '! grep -qiF -e "$1" "$2"' sh "$1" "$work/out"; }
matches() { demand "it matches '$1'" grep -qE -e "$1" "$work/out"; }
# measures WORD: this measurement is in the performance data.
measures() {
	demand "it measures $1" sh -c 'sed -n "1s/.*|//p" "$2" | tr " " "\n" | grep -qxF -e "$1"' sh "$1" "$work/out"
}
