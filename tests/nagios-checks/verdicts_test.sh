#!/bin/sh
# verdicts_test.sh - the verdict of each check where a person who reads the panel would know it, in a table;
# and that no recording, whoever's, makes an answer that is not one.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh
make_cases

# PRINTER, then the states of supplies, status, trays, pages and all: O W C U; . is not told here.
cases() {
	cat <<'END'
office            O O O O O
low               W O O O W
critical          C . O O C
empty             C . O O C
flaps             C O O O C
some              O O O O O
all_some          O O O O O
all_unknown       U O O O U
no_supplies       U O O O O
unlimited         O O O O O
alert_only        W O O O W
mono              O O O O O
mono_some_panel   W . O O W
mono_100_panel    W . O O W
mono_some_bit     W . O O W
mono_100_alert    W . O O W
color_bit         W . O O W
empty_bit         C . O O C
waste_panel       C . O O C
missing           C C O O C
twice             O O O O O
two_black         C . O O C
no_colour         C . O O C
no_description    C . O O C
accents           O O O O O
nul               C . O O C
zero_capacity     O O . O O
unit_other        C . O O C
units_7_8         C . O O C
no_unit           W . O O W
waste_15          O O O O O
waste_7           W . O O W
waste_full        C . O O C
sleeping          O O O O O
cover             O C O O C
jam               O C O O C
no_paper          O C . O C
jam_bit           O C O O C
offline_bit       O C O O C
service           O W O O W
own_code          O W O O W
bits_one          C . O O C
bits_two          O O W O W
bits_none         O O O O O
panel_lines       O W O O W
panel_hex         O W O O W
tray_5            O O O O O
tray_empty        O O W O W
tray_empty_alert  O O W O W
trays_empty       O . C O C
tray_some         O O O O O
tray_missing      O O W O W
manual_alert      O O O O O
no_trays          O O O O O
no_paper_path     O O U O O
output_full       O . W O .
no_pages          O O O U O
big_counter       O O O O O
no_printer        U U U U U
END
}

# The recordings beside the unit tests: what their panels would say, by what is in them.
recordings() {
	cat <<'END'
brother_hl-mono     C O O O C
brother_mfc-color   C C O O C
canon_lbp           C . O O C
canon_plotter       O O O O O
dell_color          O O O O O
epson_ink           C . W O C
fujifilm_color_mfp  O O W O W
fujifilm_mono       O O O O O
hp_mono             C . W O C
kyocera_color_mfp   C C W O C
lanier_color_mfp    O O O O O
lexmark_color_mfp   C C C O C
lexmark_mono        O O O O O
pantum_mono         O O O O O
printserver_two     U U U U U
ricoh_color_mfp     C C O O C
ricoh_mono          W C O O C
samsung_mono        O O O O O
sharp_fax           O O O O O
toshiba_tec_mfp     O C O O C
utax_mono           O O O O O
xerox_color_mfp     C W O O C
xerox_mono          O O O O O
END
}

letter() { # letter EXIT-STATUS
	case $1 in
	0) echo O ;;
	1) echo W ;;
	2) echo C ;;
	3) echo U ;;
	*) echo "exit $1" ;;
	esac
}
# table DIRECTORY: rows as above on stdin.
table() {
	while read -r printer supplies status trays pages all; do
		for row in "supplies $supplies" "status $status" "trays $trays" "pages $pages" "all $all"; do
			want=${row#* }
			[ "$want" != . ] || continue
			t "$printer, ${row% *}"
			check "${row% *}" --config "$work/brayer.conf" -H "walk:$1/$printer.snmprec"
			sound classic 0
			got=$(letter $rc)
			demand "$want, not $got" [ "$want" = "$got" ]
		done
	done
}
cases >"$work/table"
table "$work/cases" <"$work/table"
recordings >"$work/table"
table tests/recordings <"$work/table"

# Every printer there is, every check, every form: a state, well formed. Where each run takes ten times as long
# because it is watched, the whole printer in every form and the others in one.
forms_of() {
	case $build-$1 in
	*sanitize-all) echo '. -vv -vvv --output-format=multi-line' ;;
	*sanitize-*) echo . ;;
	*) echo '. -v -vv -vvv --output-format=multi-line' ;;
	esac
}
all_forms() {
	for file in "$@"; do
		for each in all supplies status trays pages; do
			for form in $(forms_of $each); do
				made=$((made + 1))
				[ "$form" != . ] || form=
				# shellcheck disable=SC2086
				"$programs/check_printer_$each" --config "$work/brayer.conf" -H "walk:$file" $form \
					>"$work/forms/$made" 2>"$work/err" </dev/null
				rc=$?
				kind=classic
				[ "$form" != --output-format=multi-line ] || kind=multi-line
				verbose=$(($(printf %s "$form" | tr -cd v | wc -c)))
				[ $kind = classic ] || verbose=0
				printf '%s\t%s\t%s\t%s\t%s\n' "check_printer_$each $form ${file##*/}" "$work/forms/$made" $rc $kind $verbose
				[ ! -s "$work/err" ] || echo "check_printer_$each $form $file" >>"$work/noisy"
			done
			[ "$form" != '' ] || continue
			"$programs/check_printer_$each" --config "$work/brayer.conf" -H "walk:$file" --output-format=mp-test-json \
				>"$work/json/$made" 2>"$work/err" </dev/null || echo "check_printer_$each $file: exit status $?" >>"$work/noisy"
		done
	done
}
sweep() { # sweep NAME FILE...
	t "$1"
	shift
	rc=0 made=0
	rm -rf "$work/forms" "$work/json"
	mkdir "$work/forms" "$work/json"
	: >"$work/noisy"
	all_forms "$@" >"$work/index"
	LC_ALL=C awk -f $here/grammar.awk "$work/index" >"$work/out"
	demand 'well formed' [ ! -s "$work/out" ]
	cp "$work/noisy" "$work/err"
	demand 'nothing on stderr, and 0 with mp-test-json' [ ! -s "$work/noisy" ]
	demand 'UTF-8' sh -c "cat '$work'/forms/* | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1"
	demand 'no NUL' [ "$(cat "$work"/forms/* | tr -cd '\000' | wc -c)" -eq 0 ]
	demand 'a state' sh -c "! cut -f 3 '$work/index' | grep -qv '^[0-3]$'"
	if command -v python3 >/dev/null; then
		demand 'JSON' python3 -c '
import json, os, sys
for name in os.listdir(sys.argv[1]):
    with open(os.path.join(sys.argv[1], name), encoding="utf-8") as file:
        assert json.load(file)["state"] in ("OK", "WARNING", "CRITICAL", "UNKNOWN")' "$work/json"
	else
		skip 'JSON of every recording: needs python3'
	fi
	close_test
}
sweep 'every printer of our own invention' "$work"/cases/*.snmprec tests/recordings/*.snmprec

corpus=${BRAYER_CORPUS:-../shared/corpus}
if [ -d "$corpus/snmp" ]; then
	# shellcheck disable=SC2046
	sweep 'every recording of a real printer' $(find "$corpus/snmp" -name '*.snmprec' | sort)
else
	skip "recordings of real printers: $corpus is not here (BRAYER_CORPUS)"
fi
finish
