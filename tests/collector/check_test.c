/*
 * check_test.c - files that are written well and cannot work.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define P "[printer 192.0.2.1]\n"

/* clang-format off */
static const struct {
	const char *name, *text;
	bool asks, places;
	const char *said;
} cases[] = {
	{"a printer", P, true, true, ""},
	{"a range", "[site a]\nranges = 192.0.2.0/24\n", true, true, ""},
	{"nothing", "", false, true, "F: names nothing to ask: neither a [printer] nor a [site] with ranges\n"},
	{"a site of nobody", P "[site a]\n", true, true, "F:2: [site a] has no ranges, and no printer names it: nobody is asked for it\n"},
	{"a site of a printer", P "site = a\n[site a]\n", true, true, ""},
	{"store in no directory", "[collector]\nstore = /nonexist/store.db\n" P, true, false, "F:2: store: /nonexist: No such file or directory\n"},
	{"store below a file", "[collector]\nstore = /dev/null/store.db\n" P, true, false, "F:2: store: /dev/null: Not a directory\n"},
	{"store at the root", "[collector]\nstore = /store.db\n" P, true, true, ""},
	{"the usual store", "[collector]\nstore = /var/lib/brayer/store.db\n" P, true, true, ""},
	{"health in no directory", "[collector]\nhealth = /nonexist/h.json\n" P, true, true, "F:2: health: /nonexist: No such file or directory\n"},
	{"no makers' files", "[brayer]\nmibs = /nonexist\n" P, true, false, "F:2: mibs: /nonexist: No such file or directory\n"},
};
/* clang-format on */

static void load(struct collector_settings *settings, const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	struct br_error err = {""};

	CHECK(out != NULL);
	fputs(text, out);
	CHECK_INT(fclose(out), 0);
	memset(settings, 0, sizeof *settings);
	if (collector_settings_load(settings, path, NULL, NULL, &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
}

TEST(what_cannot_work)
{
	char path[] = "/tmp/brayer-check-XXXXXX", said[1024], want[1024];
	int file = mkstemp(path);

	CHECK(file >= 0);
	close(file);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct collector_voice voice = {.fd = memfd_create("said", 0), .bare = true};
		struct collector_settings settings;
		ssize_t len;

		check_case(cases[i].name);
		load(&settings, path, cases[i].text);
		CHECK_INT(collector_check_meant(&settings, &voice), cases[i].asks);
		CHECK_INT(collector_check_places(&settings, &voice), cases[i].places);
		len = pread(voice.fd, said, sizeof said - 1, 0);
		said[len > 0 ? len : 0] = '\0';
		snprintf(want, sizeof want, "%s%s", cases[i].said[0] ? path : "",
			 cases[i].said[0] ? cases[i].said + 1 : "");
		CHECK_STR(said, want);
		collector_settings_clear(&settings);
		close(voice.fd);
	}
	(void)unlink(path);
}
