/*
 * farm_walk_test.c - net-snmp walks the simulated fleet and its print, read back, is the
 * recording.
 *
 * Shows at once that the agent answers as RFC 3416 wants it and that walks are read without
 * loss.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/buf.h"
#include "check.h"
#include "decode/recording.h"
#include "fleet/simulated.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char printer[] = "1.3.6.1.2.1.1.1.0|4|Printer\n"
			      "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99\n"
			      "1.3.6.1.2.1.1.3.0|67|100\n"
			      "1.3.6.1.2.1.1.5.0|4|recorded\n"
			      "1.3.6.1.2.1.43.5.1.1.17.1|4|A1\n"
			      "1.3.6.1.2.1.43.11.1.1.8.1.1|2|100\n"
			      "1.3.6.1.2.1.43.11.1.1.8.1.2|2|100\n"
			      "1.3.6.1.2.1.43.11.1.1.9.1.1|2|50\n"
			      "1.3.6.1.2.1.43.11.1.1.9.1.2|2|-3\n"
			      "1.3.6.1.4.1.99.1.0|65|4294967295\n"
			      "1.3.6.1.4.1.99.2.0|70|18446744073709551615\n"
			      "1.3.6.1.4.1.99.3.0|4x|00ff0a\n"
			      "1.3.6.1.4.1.99.4.0|64|192.0.2.1\n";

static bool is_same(const struct br_recording *a, const struct br_recording *b)
{
	if (a->n_rows != b->n_rows)
		return false;
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct br_recorded *x = &a->rows[i], *y = &b->rows[i];
		if (br_oid_compare(x->name.ber, x->name.len, y->name.ber, y->name.len) != 0 ||
		    x->tag != y->tag || x->len != y->len ||
		    memcmp(a->values + x->at, b->values + y->at, x->len) != 0) {
			char name[BR_OID_TEXT_SIZE];
			br_oid_format(name, sizeof(name), x->name.ber, x->name.len);
			check_failed(__FILE__, __LINE__, "differs at %s", name);
			return false;
		}
	}
	return true;
}

/* What a tool of net-snmp prints, as a recording. */
static void walk(const char *tool, const char *version, const char *form, uint32_t address,
		 struct br_recording *walked)
{
	char where[64];
	char *arguments[] = {(char *)(uintptr_t)tool,
			     (char *)(uintptr_t)version,
			     (char *)(uintptr_t) "-m",
			     (char *)(uintptr_t) "",
			     (char *)(uintptr_t)form,
			     (char *)(uintptr_t) "-cpublic",
			     where,
			     (char *)(uintptr_t) ".1",
			     NULL};
	struct br_error err = {""};
	struct br_buf buf;
	char part[4096];
	size_t n;
	FILE *said;

	snprintf(where, sizeof(where), "127.%u.%u.%u:%u", address >> 16 & 255,
		 address >> 8 & 255, address & 255, fleet.port);
	pid_t pid = fleet_run(arguments, &said);
	br_buf_init(&buf, 16u << 20);
	while ((n = fread(part, 1, sizeof(part), said)) > 0)
		br_buf_add(&buf, part, n);
	fclose(said);
	waitpid(pid, NULL, 0);
	CHECK_INT(br_recording_parse(walked, (struct br_view){buf.data, buf.len}, tool, &err),
		  BR_OK);
	CHECK_STR(err.text, "");
	br_buf_clear(&buf);
}

static void need_tools(void)
{
	char *arguments[] = {(char *)(uintptr_t) "snmpbulkwalk", (char *)(uintptr_t) "-V",
			     NULL};
	FILE *said;
	int status = 0;
	pid_t pid = fleet_run(arguments, &said);

	waitpid(pid, &status, 0);
	fclose(said);
	if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
		check_skip("no snmpbulkwalk (Debian: snmp)");
}

static const struct {
	const char *name, *tool, *version, *form;
} tools[] = {
	{"bulk walk", "snmpbulkwalk", "-v2c", "-On"},
	{"bulk walk, plain ticks, no units", "snmpbulkwalk", "-v2c", "-OnetU"},
	{"walk by GETNEXT", "snmpwalk", "-v2c", "-Oe"},
	{"walk in hex", "snmpbulkwalk", "-v2c", "-Onx"},
	{"walk of v1", "snmpwalk", "-v1", "-On"},
};

static void drop_counter64(struct br_recording *recording)
{
	size_t kept = 0;

	for (size_t i = 0; i < recording->n_rows; i++)
		if (recording->rows[i].tag != BR_BER_COUNTER64)
			recording->rows[kept++] = recording->rows[i];
	recording->n_rows = kept;
}

/* Walks one printer with every tool and compares with what it was made from. */
static void compare_walks(const char *path, uint32_t address)
{
	struct br_recording want, walked;

	CHECK_INT(br_recording_load(&want, path, NULL), BR_OK);
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		char name[512];
		snprintf(name, sizeof(name), "%s, %s", path, tools[i].name);
		check_case(name);
		walk(tools[i].tool, tools[i].version, tools[i].form, address, &walked);
		if (strcmp(tools[i].version, "-v1") == 0)
			drop_counter64(&want);
		CHECK_INT(walked.n_rows, want.n_rows);
		CHECK(is_same(&want, &walked));
		br_recording_clear(&walked);
	}
	br_recording_clear(&want);
	check_case(NULL);
}

TEST(net_snmp_walks_what_was_recorded)
{
	need_tools();
	fleet_start("--as-recorded", NULL, printer);
	compare_walks(fleet.recording, FLEET_FIRST);
	fleet_stop();
}

TEST(net_snmp_walks_the_corpus)
{
	const char *corpus = getenv("BRAYER_CORPUS");
	char pattern[512];
	glob_t found;

	need_tools();
	(void)fleet_program();
	snprintf(pattern, sizeof(pattern), "%s/snmp/*.snmprec",
		 corpus != NULL ? corpus : "../shared/corpus");
	if (glob(pattern, 0, NULL, &found) != 0)
		check_skip(CHECK_NO_CORPUS);
	fleet.recording[0] = '\0';
	fleet_start_files("-n 60 --as-recorded", NULL, found.gl_pathv, found.gl_pathc);
	for (size_t i = 0; i < found.gl_pathc && i < 60; i++)
		compare_walks(found.gl_pathv[i], FLEET_FIRST + (uint32_t)i);
	fleet_stop();
	globfree(&found);
}
