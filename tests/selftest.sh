#!/bin/sh
# selftest.sh - breaks things on purpose and demands that the harness says so.
# Works in copies under build/, never in the tree.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2086
set -u
export LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL B O T V VARIANT WERROR BRAYER_GOLDEN

build=${BRAYER_BUILD:-build/release}
top=$PWD
mkdir -p "$build" && build=$(cd "$build" && pwd) && work=$(mktemp -d "$build/selftest.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0 failed=0

# demands NAME STATUS PATTERN COMMAND...: STATUS is 0 or 1 (any failure), PATTERN stands in the output.
demands() {
	name=$1 status=$2 pattern=$3
	shift 3
	"$@" >"$work/said" 2>&1
	rc=$?
	if [ "$((rc != 0))" -eq "$status" ] && grep -q -e "$pattern" "$work/said"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "failed $name: exit status $rc, wanted $([ "$status" -eq 0 ] && echo 0 || echo 'a failure') and '$pattern' in:"
	sed 's/^/    /' "$work/said"
}

# --- the runner -------------------------------------------------------------------------------

program() { # program NAME: a test program from the C on stdin
	cat >"$work/$1.c"
	${CC:-cc} -std=c11 -D_GNU_SOURCE -I"$top/tests" -o "$work/$1" "$work/$1.c" "$top/tests/check.c"
}

program good_test <<'C'
#include "check.h"
TEST(equal) { CHECK_INT(1, 1); CHECK_STR("a", "a"); CHECK_MEM("ab", 2, "ab", 2); CHECK(1); }
TEST(later) { check_skip("for a reason"); }
C
program bad_test <<'C'
#include "check.h"
TEST(number) { CHECK_INT(1, 2); }
TEST(string) { CHECK_STR("a", "b"); }
TEST(null) { CHECK_STR(NULL, ""); }
TEST(octets) { CHECK_MEM("ab", 2, "ac", 2); }
TEST(length) { CHECK_MEM("ab", 2, "ab", 1); }
TEST(truth) { CHECK(0); }
TEST(fine) { CHECK(1); }
C
program crash_test <<'C'
#include "check.h"
#include <stdlib.h>
TEST(before) { CHECK(1); }
TEST(crash) { abort(); }
C
program quiet_test <<'C'
#include <stdlib.h>
__attribute__((constructor)) static void leave(void) { _Exit(0); }
C
program late_test <<'C'
#include "check.h"
#include <stdlib.h>
TEST(fine) { CHECK(1); }
__attribute__((destructor)) static void leave(void) { abort(); }
C
program empty_test </dev/null
program hang_test <<'C'
#include "check.h"
#include <unistd.h>
TEST(hang) { for (;;) pause(); }
C
printf 'echo "0 passed, 1 failed, 0 skipped"; exit 1\n' >"$work/bad.sh"
printf 'echo "3 passed, 0 failed, 1 skipped"\n' >"$work/good.sh"

run() {
	sh "$top/tests/run.sh" "$@"
}
demands 'good program' 0 '^1 passed, 0 failed, 1 skipped$' run "$work/good_test"
demands 'each check' 1 '^1 passed, 6 failed, 0 skipped$' run "$work/bad_test"
demands 'the value is shown' 1 'bad_test.c:2: number: 1 is 1, not 2' run "$work/bad_test"
demands 'one name' 0 '^1 passed, 0 failed, 0 skipped$' "$work/bad_test" fine
demands 'crash' 1 '^0 passed, 1 failed, 0 skipped$' run "$work/crash_test"
demands 'crash beside good' 1 '^1 passed, 1 failed, 1 skipped$' run -p "$work/crash_test" "$work/good_test"
demands 'no summary, exit 0' 1 '^0 passed, 1 failed, 0 skipped$' run "$work/quiet_test"
demands 'crash after the summary' 1 '^1 passed, 1 failed, 0 skipped$' run "$work/late_test"
demands 'no test in it' 1 'ran no test' run "$work/empty_test"
demands 'not built' 1 'was not built' run "$work/absent_test"
demands 'hang' 1 'no end after 1 s' env TEST_TIMEOUT=1 sh tests/run.sh "$work/hang_test"
demands 'script' 1 '^3 passed, 1 failed, 1 skipped$' run "$work/bad.sh" "$work/good.sh"
demands 'broken build' 1 '^1 passed, 1 failed, 1 skipped$' run -b "$work/good_test"
demands 'left out' 0 '^1 passed, 0 failed, 2 skipped$' run -s 'a part' "$work/good_test"
demands 'nothing to run' 1 'no test was run' run

# --- make check, with one real case broken ----------------------------------------------------

tree=$work/tree
mkdir "$tree"
cp -a Makefile VERSION mk shared cli collector nagios-checks mibs tests "$tree"
mkdir -p "$tree/build/release" &&
	for part in "$build"/*; do
		case $part in
		*/selftest.* | */stage) ;;
		*) cp -a "$part" "$tree/build/release" ;;
		esac
	done
unit() {
	"${MAKE:-make}" -C "$tree" -s CC="${CC:-cc}" unit "T=$1"
}
victim=$(grep -l 'CHECK_INT(.*);$' tests/base/*_test.c tests/*/*_test.c 2>/dev/null | head -n 1)
if [ -n "$victim" ]; then
	word=${victim#tests/} word=${word%.c}
	demands 'the case before' 0 ' passed, 0 failed' unit "$word"
	sed -i '0,/CHECK_INT(.*);$/s/\(CHECK_INT(.*\));$/\1 + 1);/' "$tree/$victim"
	demands 'a broken case' 1 ' passed, [1-9][0-9]* failed, ' unit "$word"
	echo 'not C' >>"$tree/$victim"
	demands 'a test that does not compile' 1 'FAILED  the build' unit "$word"
fi

# --- the house rules --------------------------------------------------------------------------

house=$work/house
spdx='/* SPDX-License-Identifier: MIT */'
fresh() {
	rm -rf "$house"
	mkdir -p "$house/shared/base" "$house/shared/talk" "$house/shared/link" "$house/cli" "$house/tests"
	echo "$spdx" | tee "$house/shared/base/text.h" "$house/shared/brayer.h" "$house/cli/own.h" >"$house/shared/talk/v3.h"
	printf '%s\n#include "base/text.h"\nstatic const char s[] = "system(1)"; /* strcpy( */\n' "$spdx" >"$house/shared/talk/v3.c"
	printf '%s\n#include "brayer.h"\n#include "own.h"\n#include <stdio.h>\nint f(void) { return printf("x"); }\n' \
		"$spdx" >"$house/cli/own.c"
}
# refuses RULE FILE LINE: a fresh house passes, and with this line added to FILE that rule fails alone.
refuses() {
	fresh
	mkdir -p "$(dirname "$house/$2")"
	[ -e "$house/$2" ] || echo "$spdx" >"$house/$2"
	printf '%b\n' "$3" >>"$house/$2"
	demands "shape: $1: $2: $3" 1 "^failed $1\$" sh tests/shape.sh "$house"
	demands "shape: only $1" 1 '^8 passed, 1 failed, 0 skipped$' sh tests/shape.sh "$house"
}
fresh
demands 'shape: a good house' 0 '^9 passed, 0 failed, 0 skipped$' sh tests/shape.sh "$house"
refuses floors shared/base/text.c '#include "talk/v3.h"'
refuses floors shared/talk/v3.c '#include "v3_inside.h"'
refuses floors shared/talk/v3.c '#include "../base/text.h"'
refuses floors shared/attic/a.c '#include "base/text.h"'
refuses floors cli/own.c '#include "base/text.h"'
refuses banned cli/own.c 'int g(char *a) { return atoi(a); }'
refuses banned tests/a.c 'void g(char *a) { /* x */ strcpy(a, a); }'
refuses library-manners shared/talk/v3.c 'void g(void) { exit (1); }'
refuses third-party shared/talk/v3.c '#include <openssl/evp.h>'
refuses third-party cli/own.c '#include <net-snmp/net-snmp-config.h>'
refuses names shared/base/utils.c ' '
refuses headers shared/base/text.h 'size_t f(void);'
fresh
echo 'int x;' >"$house/cli/bare.c"
demands 'shape: no licence' 1 'cli/bare.c: no SPDX line' sh tests/shape.sh "$house"
fresh
yes '/* a line */' | head -n 500 >>"$house/cli/own.c"
demands 'shape: a long file' 1 '^failed length$' sh tests/shape.sh "$house"

# --- embedded text: every octet but NUL, and two trigraphs ------------------------------------

embeds() {
	"${AWK:-awk}" 'BEGIN { for (i = 1; i < 256; i++) printf "%c", i; print "??/??=\\n\"" }' >"$work/odd.mib"
	"${AWK:-awk}" -f mk/embed.awk "$work/odd.mib" "$work/odd.mib" </dev/null >"$work/odd.c" &&
		cat >>"$work/odd.c" <<'C' &&
#include <stdio.h>
int main(void)
{
	for (size_t i = 0; i < br_embedded_mibs_count; i++)
		fwrite(br_embedded_mibs[i].text, 1, br_embedded_mibs[i].len, stdout);
}
C
		${CC:-cc} -std=c11 -Wall -Wextra -Werror -Ishared -o "$work/odd" "$work/odd.c" &&
		"$work/odd" >"$work/odd.out" && cat "$work/odd.mib" "$work/odd.mib" | cmp - "$work/odd.out" && echo same
}
demands 'embedded octets' 0 '^same$' embeds

# --- mutable globals --------------------------------------------------------------------------

archive() { # archive FLAGS LINE...: a library of this C
	flags=$1
	shift
	rm -f "$work/libbrayer.a"
	printf '%s\n' "$@" | ${CC:-cc} $flags -fPIE -c -x c - -o "$work/a.o" && ar rcs "$work/libbrayer.a" "$work/a.o"
}
library() {
	archive "$@" && BRAYER_BUILD=$work sh tests/linking.sh
}
demands 'constants' 0 '^2 passed' library -O0 \
	'static const char *const a[] = {"x"}; const char *const *f(void) { return a; } const int b = 1;'
demands 'a counter' 1 '^failed no-mutable' library -O0 'int *f(void) { static int n; return &n; }'
demands 'a table' 1 '^failed no-mutable' library -O0 'const char *table[] = {"x"};'
demands 'a section of its own' 1 '^failed no-mutable' library -fdata-sections 'int n = 3;'
demands 'common' 1 '^failed no-mutable' library -fcommon 'int n;'
demands 'a thread local' 1 '^failed no-mutable' library -O0 '_Thread_local int n;'

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
