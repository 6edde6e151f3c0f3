#!/bin/sh
# complaints_test.sh - what users complain of in the printer checks there are, a test each by project and issue:
# ours has none of it. defects_test.sh has what was found by trying them.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2086
set -u
# shellcheck source=tests/nagios-checks/bed.sh disable=SC2154
. tests/nagios-checks/bed.sh
make_cases

t 'Tylan #39, #10: low toner that only the panel, a bit or an alert tells'
for printer in mono_some_panel mono_100_panel mono_some_bit mono_100_alert; do
	ask supplies $printer
	state WARNING
	says 'toner-black low'
	ask all $printer
	state WARNING
done
ask supplies mono_100_panel
says 'panel: Toner Low'
ask supplies mono_some_bit
says 'low-toner'
ask supplies color_bit
state WARNING
ask supplies empty_bit
state CRITICAL
ask supplies waste_panel
state CRITICAL
says 'waste-toner'
ask supplies missing
state CRITICAL
says 'toner-cyan missing'

t 'Tylan #31: CRITICAL when the printer is switched off'
farm 127.16.83.1 --fault all:dead -- "$work/cases/office.snmprec"
for option in '' --offline-state=unknown; do
	check all --config "$work/brayer.conf" -H 127.16.83.1 -p "$port" -e 0 $option
	sound classic 0
	state UNKNOWN
done
check all --config "$work/brayer.conf" -H 127.16.83.1 -p "$port" -e 0 --offline-state=ok
sound classic 0
state OK

t 'monitoring-plugins #1410, Tylan #14, #18: noise of the manual feed'
for printer in office manual_alert; do
	for each in trays status all; do
		ask $each $printer
		state OK
	done
done
ask trays manual_alert --manual
state WARNING
says 'manual empty'

t 'monitoring-plugins #1569: no way to leave paper out'
ask trays tray_empty
state WARNING
ask trays tray_empty --exclude tray-1
state OK
ask all tray_empty_alert
state WARNING
ask all tray_empty_alert --exclude tray:tray-1
state OK
ask trays tray_empty --include tray-2
state OK

t 'Centreon #3460: paper thresholds are read backwards'
ask trays office -w 25: -c 10:
state OK
ask trays tray_5 -w 25: -c 10:
state CRITICAL
measures 'tray-1=2%;25:;10:'
ask trays tray_5 --tray 'tray-1=2:/1:'
state OK
ask trays tray_5
state OK

t 'Tylan #22: a supply that is listed twice'
ask supplies twice -v
state OK
says '7 supplies'
demand 'it is said once' [ "$(sed 's/|.*//' "$work/out" | grep -c 'toner-black-2')" -eq 0 ]
measures 'toner-black-2=80%;20:;10:'
ask supplies two_black
state CRITICAL
says 'toner-black-2 4 %'
says '|'
measures 'toner-black=80%;20:;10:'

t 'Tylan #6: no colour in the name'
ask supplies no_colour
state CRITICAL
says 'toner-magenta 7 %'
measures 'toner-yellow=71%;20:;10:'

t 'Kyocera P2135dn: no description'
ask supplies no_description
state CRITICAL
says 'toner-cyan 7 %'
measures 'toner-black=80%;20:;10:'

t 'Tylan #26: names in hexadecimal, with accents'
ask all accents -vv
never '0x'
never 'c3'
matches '[a-z]'
ask all accents -vv --ascii
demand 'ASCII' [ "$(tr -d '\001-\177' <"$work/out" | wc -c)" -eq 0 ]

t 'check_printer_health 1.1.0.2: a NUL ends the performance data'
for options in '' -v -vv -vvv; do
	# shellcheck disable=SC2086
	ask all nul $options
	state CRITICAL
	measures 'toner-black=80%;20:;10:'
	measures 'drum=8%;20:;10:'
done

t 'a bar, quotes and ends of lines in what a printer says'
for each in all supplies status trays pages; do
	for options in '' -v -vv; do
		# shellcheck disable=SC2086
		ask $each hostile $options
		never '|x=1'
		matches '^[A-Z]+ (OK|WARNING|CRITICAL)'
		demand 'one first line' [ "$(grep -cE '^(OK|CRITICAL): ' "$work/out")" -eq 0 ]
	done
done

t 'Centreon #2777, #2778: division by zero'
for each in supplies trays all; do
	ask $each zero_capacity -v
	never 'nan'
	never 'inf '
done
ask supplies zero_capacity
state OK
never 'toner-black=0%'
never 'toner-cyan=50%'

t 'Centreon #4706: unit other(1)'
ask supplies unit_other
state CRITICAL
says 'toner-cyan 8 %'
measures 'toner-black=80%;20:;10:'

t 'Centreon #490: no unit'
ask supplies no_unit
state WARNING
says 'toner-black 12 %'

t 'Centreon #640: units 7 and 8 without performance data'
ask supplies units_7_8
state CRITICAL
says 'toner-black 14 %'
says 'drum 8 %'
measures 'toner-black=14%;20:;10:'
measures 'drum=8%;20:;10:'

t 'OpenPrinting/cups #1462: a waste box is judged as toner'
ask supplies waste_15
state OK
measures 'waste-toner=15%;10:;5:'
ask supplies waste_7
state WARNING
ask supplies waste_full
state CRITICAL
says 'waste-toner'
ask supplies waste_7 --filled-warning 5: --filled-critical 2:
state OK

t 'Tylan #11: -3 of a tray'
ask trays tray_some
state OK
ask trays tray_some -v
says 'tray-1 has paper'
ask trays tray_some -w 20: -c 10:
state OK
never '-3'

t 'riskersen #24: an empty alert table is UNKNOWN'
ask status office
state OK

t 'monitoring-plugins #457: paper out and paper jam are swapped'
ask status no_paper
state CRITICAL
matches 'no-paper|media-empty'
never 'jam'
ask status jam_bit
state CRITICAL
says 'jam'
never 'paper out'
never 'no-paper'

t 'monitoring-plugins #651: the online bit is inverted'
ask status offline_bit
state CRITICAL
says 'offline'
ask status office
state OK
never 'offline'

t 'monitoring-plugins #457: a panel of several lines'
ask status panel_lines
state WARNING
demand 'one line' [ "$(wc -l <"$work/out")" -eq 1 ]
ask status panel_lines -v
says 'Ready'
demand 'one line' [ "$(wc -l <"$work/out")" -eq 1 ]

t 'monitoring-plugins #321: the panel in hexadecimal'
ask status panel_hex -v
says 'panel: Pret'
never '5072'

t 'Centreon printererror.pm: the bits of the error state in another order'
ask status bits_one
matches 'no-toner|toner-empty'
never 'door'
ask supplies bits_one
state CRITICAL
ask trays bits_two
state WARNING
ask all bits_two
state WARNING
ask status bits_none
state OK

finish
