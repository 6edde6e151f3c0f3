#!/bin/sh
# exact_test.sh - what every check says in every state and every form, to the letter.
#
# BRAYER_GOLDEN=1 (make golden) rewrites tests/golden/checks/: one file for each check and state, with the
# options of each run above its answer and the exit status below.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh
golden=tests/golden/checks
make_cases
mkdir "$work/checks"
# What -vvv adds for who looks for a fault has no contract, and times in it.
without_diagnosis='/^[0-9]* ms [-<]/d; /^read 20/d; /^note: /d; /^not from the store: /d; /^[a-z]*:.*, serial .*, firmware/d'

base=127.16.85
# .1 is switched off; the others answer one question and then no more, so each is for one run.
farm $base.1 --fault all:stall=1 --fault $base.1:dead -n 60 -- "$work/cases/office.snmprec"

# tell FILE CHECK OPTION...: what $work/out, $work/err and rc hold, with this machine's own taken out.
tell() {
	file=$work/checks/$1.txt each=$2
	shift 2
	case "$*" in
	*mp-test-json*) format=mp-test-json ;;
	*multi-line*) format=multi-line ;;
	*) format=classic ;;
	esac
	t "check_printer_$each $*"
	sound $format "$(loudness "$@")"
	close_test
	{
		printf '$ check_printer_%s\n' "$each $*"
		cat "$work/out"
		[ ! -s "$work/err" ] || sed 's/^/stderr: /' "$work/err"
		printf 'exit status %s\n\n' "$rc"
	} | sed -e "$without_diagnosis" -e "s|$work/cases/|cases/|g" -e "s|$base\.[0-9]*|192.0.2.1|g" -e "s/:$port/:161/g" -e "s/-p $port/-p 161/g" >>"$file"
}
# run FILE CHECK OPTION...: at once.
run() {
	file=$1 each=$2
	shift 2
	check "$each" --config "$work/brayer.conf" "$@"
	tell "$file" "$each" "$@"
}
# wait_for FILE CHECK OPTION...: all of these wait for nobody at the same time, and are told afterwards, in order.
waiting=0 pids=
wait_for() {
	waiting=$((waiting + 1))
	printf '%s\n' "$@" >"$work/wait.$waiting"
	(
		file=$work/wait.$waiting
		shift
		each=$1
		shift
		"$programs/check_printer_$each" --config "$work/brayer.conf" "$@" >"$file.out" 2>"$file.err" </dev/null
		echo $? >"$file.rc"
	) &
	pids="$pids $!"
}
tell_waiting() {
	for pid in $pids; do wait "$pid"; done
	i=0
	while [ $i -lt $waiting ]; do
		i=$((i + 1))
		cp "$work/wait.$i.out" "$work/out"
		cp "$work/wait.$i.err" "$work/err"
		rc=$(cat "$work/wait.$i.rc")
		set --
		while IFS= read -r word; do set -- "$@" "$word"; done <"$work/wait.$i"
		tell "$@"
	done
}

# forms FILE CHECK WORD...: once in each form there is.
forms() {
	for form in '' -v -vv -vvv --output-format=multi-line --output-format=mp-test-json; do
		# shellcheck disable=SC2086
		run "$@" $form
	done
}
made() { echo "walk:$work/cases/$1.snmprec"; }

forms supplies-ok supplies -H "$(made office)"
forms supplies-warning supplies -H "$(made low)"
forms supplies-critical supplies -H "$(made flaps)"
forms supplies-unknown supplies -H "$(made all_unknown)"
forms status-ok status -H "$(made office)"
forms status-warning status -H "$(made service)"
forms status-critical status -H "$(made jam)"
forms status-unknown status -H "$(made no_printer)"
forms trays-ok trays -H "$(made office)"
forms trays-warning trays -H "$(made tray_empty_alert)"
forms trays-critical trays -H "$(made trays_empty)"
forms trays-unknown trays -H "$(made no_printer)"
forms pages-ok pages -H "$(made office)"
forms pages-warning pages -H "$(made office)" -w 10000 -c 20000
forms pages-critical pages -H "$(made office)" -w 10000 -c 12000
forms pages-unknown pages -H "$(made no_pages)"
forms all-ok all -H "$(made office)"
forms all-warning all -H "$(made manual_low)"
forms all-critical all -H "$(made cover)"
forms all-unknown all -H "$(made no_printer)"
next=1
for each in all supplies status trays pages; do
	for form in -v0 -v -vv -vvv --output-format=multi-line --output-format=mp-test-json \
		--timeout-state=ok --timeout-state=warning --timeout-state=critical; do
		next=$((next + 1))
		[ $form != -v0 ] || form=
		# shellcheck disable=SC2086
		wait_for $each-timeout $each -H $base.$next -p "$port" -e 10 -t 1s $form
		form=$(echo "$form" | sed s/timeout/offline/)
		# shellcheck disable=SC2086
		wait_for $each-offline $each -H $base.1 -p "$port" -e 0 $form
	done
done
tell_waiting

# Who said so, and what else a sentence can be made of.
for printer in alert_only mono_100_panel mono_some_bit color_bit waste_panel waste_full missing empty some unlimited two_black \
	no_supplies; do
	run witnesses supplies -H "$(made $printer)"
	run witnesses supplies -H "$(made $printer)" -v
done
for printer in sleeping own_code no_paper jam_bit offline_bit bits_two panel_lines output_full; do
	run conditions status -H "$(made $printer)"
	run conditions status -H "$(made $printer)" -v
done
for printer in tray_5 tray_empty tray_some tray_missing manual_alert no_trays output_full; do
	run paper trays -H "$(made $printer)"
	run paper trays -H "$(made $printer)" -v -w 25: -c 10:
done
for form in '' -v -vv '-vv --ascii' --output-format=multi-line --output-format=mp-test-json; do
	for printer in hostile accents nul; do
		# shellcheck disable=SC2086
		run hostile all -H "$(made $printer)" $form
	done
done
for wrong in '' '-H' '-H x -w 20:10' '-H x -w junk' '-H x -c ,' '-H x --no-such-option' '-H x --offline-state=maybe' '-H x -t never' \
	'-H x --supply toner' '-H x --alert 1104' '-H x --output-format=xml' '-H x -P 4' '-H x one' '-H a:b:c'; do
	# shellcheck disable=SC2086
	run wrong-use all $wrong
done
close_test

if [ "${BRAYER_GOLDEN:-}" = 1 ]; then
	rm -rf "${golden:?}"
	mkdir -p "$golden"
	cp "$work"/checks/* "$golden/"
fi
for file in "$golden"/*; do
	[ -e "$work/checks/${file##*/}" ] && continue
	echo "failed $file: nothing makes this file any more"
	failed=$((failed + 1))
done
for file in "$work"/checks/*; do
	if diff -u "$golden/${file##*/}" "$file"; then
		passed=$((passed + 1))
	else
		echo "failed ${file##*/}: if that is meant, make golden T=exact_test"
		failed=$((failed + 1))
	fi
done
finish
