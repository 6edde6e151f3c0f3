#!/bin/sh
# golden_test.sh - every recording as table and as JSON, and what the other commands say, to the letter.
#
# BRAYER_GOLDEN=1 (make golden) rewrites tests/golden/. The JSON has the number of questions, so an
# extra round trip is a difference. Of several printers in a recording each has a file.
# SPDX-License-Identifier: MIT
set -u
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1795280400 HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset NO_COLOR

brayer=${BRAYER_BUILD:-build/release}/cli/brayer
golden=tests/golden
passed=0 failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/brayer-golden.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# A machine's own configuration and makers' files are none of ours.
mkdir "$work/mibs.d" "$work/table" "$work/json" "$work/cli"
printf '[brayer]\nmibs = %s/mibs.d\n' "$work" >"$work/brayer.conf"
chmod 0600 "$work/brayer.conf"

# ask FILE COMMAND [ARGUMENT...]: what it says stays in FILE, its exit status is a line of stderr's.
ask() {
	file=$work/$1
	command=$2
	shift 2
	"$brayer" "$command" --config "$work/brayer.conf" "$@" >"$file" 2>"$work/said"
	rc=$?
	if [ $rc -ne 0 ] || [ -s "$work/said" ]; then
		echo "exit status $rc" >>"$file"
		cat "$work/said" >>"$file"
	fi
}

for recording in tests/recordings/*.snmprec; do
	name=$(basename "$recording" .snmprec)
	ask "table/$name.txt" read "walk:$recording"
	ask "json/$name.json" read --json "walk:$recording"
	sed -n 's/.*"target":"\([^"]*\)".*/\1/p' "$work/json/$name.json" >"$work/targets"
	[ "$(wc -l <"$work/targets")" -eq 1 ] || rm "$work/json/$name.json"
	while IFS= read -r target; do
		case $target in
		*#*) ask "json/$name-${target##*#}.json" read --json --pretty "$target" ;;
		*) ask "json/$name.json" read --json --pretty "$target" ;;
		esac
	done <"$work/targets"
done

small=walk:tests/recordings/tsc_label.snmprec
color=walk:tests/recordings/brother_mfc-color.snmprec
ask cli/explain.txt read --explain "$color"
ask several read --json $small walk:tests/recordings/none.snmprec $small
grep '^{' "$work/several" >"$work/cli/several.json"
grep -v '^{' "$work/several" >"$work/cli/several.txt"
ask cli/doctor.txt doctor "$color"
sed "s|$work|/etc/brayer|" "$work/cli/doctor.txt" >"$work/doctor" && mv "$work/doctor" "$work/cli/doctor.txt"
ask cli/makers-brother.txt makers brother
for command in read discover doctor walk makers status history forecast; do
	"$brayer" help $command >"$work/cli/help-$command.txt" 2>&1
done
"$brayer" help >"$work/cli/help.txt" 2>&1
LC_ALL=C ask cli/ascii.txt read walk:tests/recordings/epson_ink.snmprec
ask cli/color.txt read --color=always "$color"

if [ "${BRAYER_GOLDEN:-}" = 1 ]; then
	for part in table json cli; do
		rm -rf "${golden:?}/$part"
		mkdir -p "$golden/$part"
		cp "$work/$part"/* "$golden/$part/"
	done
fi

for file in "$golden"/table/*.txt "$golden"/json/*.json "$golden"/cli/*; do
	[ -e "$work/${file#"$golden"/}" ] && continue
	echo "failed $file: nothing makes this file any more"
	failed=$((failed + 1))
done
for file in "$work"/table/* "$work"/json/* "$work"/cli/*; do
	name=${file#"$work"/}
	if diff -u "$golden/$name" "$file"; then
		passed=$((passed + 1))
	else
		echo "failed $name: if that is meant, make golden T=golden_test"
		failed=$((failed + 1))
	fi
done

# No line is wider than a terminal, by cells.
wide=$(for file in "$work"/table/* "$work"/cli/[adehm]*.txt; do
	[ "$(wc -L <"$file")" -le 80 ] || echo "$file is wider"
done)
if [ -z "$wide" ]; then
	passed=$((passed + 1))
else
	printf '%s\nfailed 80 columns\n' "$wide"
	failed=$((failed + 1))
fi

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
