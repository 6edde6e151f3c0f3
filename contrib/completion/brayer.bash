# brayer.bash - bash completion for brayer(1).
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

# Names of profiles in the file that would be read. Names only, no value.
_brayer_profiles()
{
	local file=$1

	[ -n "$file" ] || file=${XDG_CONFIG_HOME:-$HOME/.config}/brayer/brayer.conf
	[ -n "$1" ] || [ -e "$file" ] || file=/etc/brayer/brayer.conf
	echo default
	sed -n 's/^[[:blank:]]*\[[[:blank:]]*profile[[:blank:]]\{1,\}\([A-Za-z0-9._-]*\)[[:blank:]]*\].*/\1/p' \
		"$file" 2>/dev/null
}

_brayer_words() # WORD-LIST WORD
{
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_brayer_files() # WORD [PREFIX]
{
	mapfile -t COMPREPLY < <(compgen -f -P "${2-}" -- "$1")
	[ -n "${2-}" ] || compopt -o filenames
}

# Bash takes "walk:FILE" for three words, unless COMP_WORDBREAKS lost its colon.
_brayer_target()
{
	local word=$1 before=$2 kind=''

	[ "$before" != : ] || kind=${COMP_WORDS[COMP_CWORD - 2]}
	[ "${COMP_WORDS[COMP_CWORD]}" != : ] || kind=$before
	case $kind,$word in
	walk,*) _brayer_files "${word#:}" ;;
	,walk:*) _brayer_files "${word#walk:}" walk: ;;
	,*) _brayer_words 'walk: udp:' "$word"; compopt -o nospace ;;
	esac
}

_brayer_option_value() # OPTION WORD CONFIG COMMAND; false: it takes none
{
	case $4,$1 in
	discover,-o | discover,--output)
		_brayer_words 'table jsonl targets brayerd nagios icinga collectd zabbix' "$2"; return ;;
	esac
	case $1 in
	--ping) _brayer_words 'auto only none' "$2" ;;
	-f | --file | --resume) _brayer_files "$2" ;;
	--rate) _brayer_words '0 100 1000 10000' "$2" ;;
	--passes) _brayer_words '1 2 3' "$2" ;;
	--wait) _brayer_words '500ms 1s 2s' "$2" ;;
	--neighbours) _brayer_words "$(cd /sys/class/net 2>/dev/null && echo *)" "$2" ;;
	-x | --exclude | --limit) COMPREPLY=() ;;
	--color) _brayer_words 'auto always never' "$2" ;;
	--snmp) _brayer_words '1 2c' "$2" ;;
	-p | --profile) _brayer_words "$(_brayer_profiles "$3")" "$2" ;;
	-c | --config | -o | --output | --targets | --store) _brayer_files "$2" ;;
	--timeout | --deadline) _brayer_words '500ms 1s 2s 5s 10s 30s' "$2" ;;
	--retries) _brayer_words '0 1 2 3 5' "$2" ;;
	--max-rows) _brayer_words '1000 10000 100000' "$2" ;;
	--since | --until) _brayer_words '1d 7d 30d 90d 1y' "$2" ;;
	--resolution) _brayer_words '1h 1d 1w' "$2" ;;
	--port) _brayer_words '161 1161' "$2" ;;
	--community) COMPREPLY=() ;; # nothing to guess, and no file names either
	*) return 1 ;;
	esac
}

_brayer()
{
	local word=$2 before=${COMP_WORDS[COMP_CWORD - 1]} command='' config='' i
	local asking='--config --profile --community --snmp --port --timeout --deadline --retries --verbose'
	local stored='--store --config --color --help --version'

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i - 1]},${COMP_WORDS[i]} in
		-c,* | --config,*) config=${COMP_WORDS[i]} ;;
		*,read | *,discover | *,walk | *,makers | *,doctor | *,status | *,history | *,forecast | *,help | *,version)
			[ -n "$command" ] || command=${COMP_WORDS[i]} ;;
		esac
	done
	_brayer_option_value "$before" "$word" "$config" "$command" && return
	case $command,$word in
	read,-*) _brayer_words "--json --pretty --explain --targets --color $asking --help --version" "$word" ;;
	discover,-*) _brayer_words "--file --exclude --neighbours --rate --passes --wait --ping --quick --all --output --resume --limit --quiet --color ${asking% --verbose} --help --version" "$word" ;;
	walk,-*) _brayer_words "--scrub --output --max-rows $asking --help --version" "$word" ;;
	doctor,-*) _brayer_words "--color $asking --help --version" "$word" ;;
	makers,-*) _brayer_words '--config --help --version' "$word" ;;
	status,-*) _brayer_words "--json --all $stored" "$word" ;;
	history,-*) _brayer_words "--json --csv --plot --svg --since --until --resolution $stored" "$word" ;;
	forecast,-*) _brayer_words "--json $stored" "$word" ;;
	,-*) _brayer_words '--help --version' "$word" ;;
	,*) _brayer_words 'read discover walk makers doctor status history forecast help version' "$word" ;;
	help,*) _brayer_words 'read discover walk makers doctor status history forecast' "$word" ;;
	read,* | walk,* | doctor,*) _brayer_target "$word" "$before" ;;
	esac
}
complete -F _brayer brayer
