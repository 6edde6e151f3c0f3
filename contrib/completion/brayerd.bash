# brayerd.bash - bash completion for brayerd(8).
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

_brayerd()
{
	COMPREPLY=()
	case ${COMP_WORDS[COMP_CWORD - 1]} in
	-c | --config)
		mapfile -t COMPREPLY < <(compgen -f -- "$2")
		compopt -o filenames
		;;
	*) mapfile -t COMPREPLY < <(compgen -W '--config --check --once --foreground --verbose --help --version' -- "$2") ;;
	esac
}
complete -F _brayerd brayerd
