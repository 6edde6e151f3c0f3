/*
 * makers_test.c - which .mib file speaks for a printer, site files, and what is never asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include "decode/embedded.h"
#include "decode/makers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64]; /* of this process */

static void write_file(const char *name, const char *text, mode_t mode)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "w");
	CHECK(file != NULL);
	if (!file)
		return;
	fputs(text, file);
	fclose(file);
	chmod(path, mode);
}

static void open_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/brayer-makers-XXXXXX");
	CHECK(mkdtemp(dir) != NULL);
}

static void close_dir(const char *const *names)
{
	char path[128];

	for (; *names; names++) {
		snprintf(path, sizeof path, "%s/%s", dir, *names);
		unlink(path);
	}
	CHECK_INT(rmdir(dir), 0);
}

/* The maker found for a sysObjectID and up to one text; "" for none. */
static const char *found(struct br_makers *makers, const char *object, const char *text)
{
	static char name[64];
	struct br_view view = text ? br_view(text) : (struct br_view){0};
	struct br_oid oid = {0};
	struct br_maker_clue clue = {.texts = &view, .n_texts = text != NULL};
	const struct br_mib *mib;
	struct br_error err = {""};

	if (object)
		CHECK_INT(br_oid_parse(&oid, object, strlen(object)), BR_OK);
	clue.object = oid.ber;
	clue.object_len = oid.len;
	CHECK_INT(br_makers_find(makers, &clue, &mib, &err), BR_OK);
	CHECK_STR(err.text, "");
	br_text_copy(name, sizeof name, mib ? mib->maker : (struct br_view){"", 0});
	return name;
}

TEST(shipped_files_parse_and_name_their_proof)
{
	for (size_t i = 0; i < br_embedded_mibs_count; i++) {
		struct br_view text = {br_embedded_mibs[i].text, br_embedded_mibs[i].len};
		struct br_error err = {""};
		struct br_mib mib;

		check_case(br_embedded_mibs[i].name);
		CHECK_INT(br_mib_parse(&mib, text, br_embedded_mibs[i].name, false, &err),
			  BR_OK);
		CHECK_STR(err.text, "");
		CHECK(mib.n_proofs > 0);
		CHECK(mib.n_objects > 0);
		br_mib_clear(&mib);
	}
	check_case(NULL);
	CHECK(br_embedded_mibs_count > 0);
}

/* A `made` proof that is not there proves nothing. */
TEST(shipped_files_have_their_made_recordings)
{
	for (size_t i = 0; i < br_embedded_mibs_count; i++) {
		struct br_view text = {br_embedded_mibs[i].text, br_embedded_mibs[i].len}, line;

		check_case(br_embedded_mibs[i].name);
		while (br_view_line(&text, &line)) {
			struct br_view first = br_view_word(&line), kind = br_view_word(&line);
			struct br_view name = br_view_word(&line);
			char path[256];

			if (!br_view_is(first, "proof") || !br_view_is(kind, "made"))
				continue;
			snprintf(path, sizeof path, "tests/recordings/%.*s", (int)name.len,
				 name.at);
			if (access(path, R_OK) != 0)
				check_failed(__FILE__, __LINE__, "no such recording: %s", path);
		}
	}
	check_case(NULL);
}

TEST(compiled_in)
{
	static const struct {
		const char *name, *object, *text, *maker;
	} cases[] = {
		{"by object", "1.3.6.1.4.1.2435.2.3.9.1", NULL, "Brother"},
		{"object itself", "1.3.6.1.4.1.2435", NULL, "Brother"},
		{"another arc that begins alike", "1.3.6.1.4.1.24351", NULL, ""},
		{"shorter than any", "1.3.6.1.4.1", NULL, ""},
		{"by description", "1.3.6.1.4.1.8072.3.2.10", "Brother HL-1 series", "Brother"},
		{"by description in other case", NULL, "BROTHER hl-1", "Brother"},
		{"by device id", NULL, "MFG:Brother;MDL:X;", "Brother"},
		{"object over description", "1.3.6.1.4.1.2435.2", "HP LaserJet", "Brother"},
		{"nobody", "1.3.6.1.4.1.999999", "Some Thing", ""},
		{"nothing known", NULL, NULL, ""},
		{"another's print server", "1.3.6.1.4.1.11.2.3.9.1", "Brother HL-1 series",
		 "Brother"},
	};
	struct br_makers makers;

	br_makers_init(&makers);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		CHECK_STR(found(&makers, cases[i].object, cases[i].text), cases[i].maker);
	}
	check_case(NULL);
	br_makers_clear(&makers);
}

TEST(found_twice_is_parsed_once)
{
	struct br_view text = br_view("Brother x");
	struct br_maker_clue clue = {.texts = &text, .n_texts = 1};
	const struct br_mib *once, *twice;
	struct br_makers makers;

	br_makers_init(&makers);
	CHECK(makers.embedded == NULL);
	CHECK_INT(br_makers_find(&makers, &clue, &once, NULL), BR_OK);
	CHECK_INT(br_makers_find(&makers, &clue, &twice, NULL), BR_OK);
	CHECK(once != NULL && once == twice);
	CHECK(once && once->n_rows > 0);
	br_makers_clear(&makers);
}

TEST(site_files)
{
	static const char *const names[] = {"a.mib",       "b.mib",     "c.mib", "d.mib",
					    ".hidden.mib", "notes.txt", NULL};
	static const struct {
		const char *name, *object, *text, *maker;
	} cases[] = {
		{"longest object", "1.3.6.1.4.1.9999.1.5", NULL, "B"},
		{"longest object, file before", "1.3.6.1.4.1.9999.2", NULL, "A"},
		{"equal objects, description decides", "1.3.6.1.4.1.7777.1", "Model C 1", "C"},
		{"equal objects, no description: first file", "1.3.6.1.4.1.7777.1", "Thing",
		 "A"},
		{"object over description", "1.3.6.1.4.1.9999.2", "Model C 1", "A"},
		{"more of the glob spelled out", NULL, "Model D plus", "D"},
		{"less of the glob spelled out", NULL, "Model E", "C"},
		{"JetDirect: description over object", "1.3.6.1.4.1.11.2.3.9.1", "Model C 1",
		 "C"},
		{"JetDirect: no description", "1.3.6.1.4.1.11.2.3.9.1", "X", "B"},
		{"site over compiled in", "1.3.6.1.4.1.2435.2.3.9.1", "Model D", "D"},
		{"compiled in", "1.3.6.1.4.1.2435.2.3.9.1", "HL-1", "Brother"},
	};
	struct br_makers makers;
	struct br_error err = {""};

	open_dir();
	write_file("b.mib", "maker B\nobject 1.3.6.1.4.1.9999.1\nobject 1.3.6.1.4.1.11.2.3.9\n",
		   0644);
	write_file("a.mib",
		   "maker A\nobject \"1.3.6.1.4.1.9999\"\nobject\t.1.3.6.1.4.1.7777# x\n",
		   0600);
	write_file("c.mib", "maker C\nobject 1.3.6.1.4.1.7777\ndescr \"Model *\"\n", 0644);
	write_file("d.mib",
		   "maker D\ndescr \"Mo*\"\ndescr \"Model D*\"\nnever 1.3.6.1.4.1.9999.6 "
		   "\"faxes\"\n",
		   0644);
	write_file(".hidden.mib", "nonsense\n", 0644);
	write_file("notes.txt", "nonsense\n", 0644);
	br_makers_init(&makers);
	CHECK_INT(br_makers_load_dir(&makers, dir, &err), BR_OK);
	CHECK_STR(err.text, "");
	CHECK_INT(makers.n_site, 4);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].name);
		CHECK_STR(found(&makers, cases[i].object, cases[i].text), cases[i].maker);
	}
	check_case(NULL);

	struct br_oid fax;
	CHECK_INT(br_oid_parse(&fax, "1.3.6.1.4.1.9999.6.1.2", 22), BR_OK);
	const struct br_mib_never *row = br_makers_never(&makers, fax.ber, fax.len);
	CHECK(row && br_view_is(row->why, "faxes"));
	CHECK_INT(br_makers_load_dir(&makers, dir, &err), BR_OK); /* anew */
	CHECK_INT(makers.n_site, 4);
	br_makers_clear(&makers);
	close_dir(names);
}

/* What follows on the line is no part of it. */
TEST(a_short_object_with_a_comment_behind_it)
{
	static const char *const names[] = {"a.mib", NULL};
	struct br_makers makers;
	struct br_error err = {""};

	open_dir();
	write_file("a.mib", "maker A\nobject 1.3.6.1.4.1 # everybody\n", 0644);
	br_makers_init(&makers);
	CHECK_INT(br_makers_load_dir(&makers, dir, &err), BR_OK);
	CHECK_STR(found(&makers, "1.3.6.1.4.1.999999", NULL), "A");
	CHECK_STR(found(&makers, "1.3.6.1.4.2.999999", NULL), "");
	br_makers_clear(&makers);
	close_dir(names);
}

TEST(site_files_refused)
{
	static const struct {
		const char *name, *text, *says;
		mode_t mode;
		enum br_status status;
	} cases[] = {
		{"mistake", "maker A\nobject 1.3\nfirst 1.3.6.1 text consol\n",
		 ":3: 'consol' is not a field; did you mean 'console'?", 0644, BR_E_SYNTAX},
		{"everybody may write", "maker A\nobject 1.3\n",
		 ": everybody may write it; chmod o-w", 0646, BR_E_FILE},
	};
	static const char *const names[] = {"a.mib", "b.mib", NULL};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_makers makers;
		struct br_error err = {""};
		char says[256];

		check_case(cases[i].name);
		open_dir();
		write_file("a.mib", "maker A\nobject 1.3.6.1.4.1.1\n", 0644);
		write_file("b.mib", cases[i].text, cases[i].mode);
		br_makers_init(&makers);
		CHECK_INT(br_makers_load_dir(&makers, dir, &err), cases[i].status);
		snprintf(says, sizeof says, "%s/b.mib%s", dir, cases[i].says);
		CHECK_STR(err.text, says);
		CHECK_INT(makers.n_site, 0);
		CHECK_STR(found(&makers, "1.3.6.1.4.1.2435", NULL),
			  "Brother"); /* still usable */
		br_makers_clear(&makers);
		close_dir(names);
	}
	check_case(NULL);
}

TEST(site_directory_that_is_none)
{
	struct br_makers makers;
	struct br_error err = {""};
	char path[128];

	open_dir();
	br_makers_init(&makers);
	snprintf(path, sizeof path, "%s/absent", dir);
	CHECK_INT(br_makers_load_dir(&makers, path, &err), BR_E_ABSENT);
	CHECK(br_view_contains(br_view(err.text), "absent: cannot be read"));
	CHECK_INT(br_makers_load_dir(&makers, dir, &err), BR_OK); /* empty */
	write_file("big.mib", "", 0644);
	snprintf(path, sizeof path, "%s/big.mib", dir);
	CHECK_INT(br_makers_load_dir(&makers, path, &err), BR_E_FILE); /* a file */
	CHECK_INT(truncate(path, BR_MAKERS_FILE_MAX + 1), 0);
	CHECK_INT(br_makers_load_dir(&makers, dir, &err), BR_E_LIMIT);
	unlink(path);
	CHECK_INT(mkdir(path, 0755), 0);
	CHECK_INT(br_makers_load_dir(&makers, dir, &err),
		  BR_E_FILE); /* a directory of such a name */
	CHECK_INT(rmdir(path), 0);
	CHECK_INT(symlink("/nowhere/at/all", path), 0);
	CHECK_INT(br_makers_load_dir(&makers, dir, &err),
		  BR_E_FILE); /* not "no such directory" */
	br_makers_clear(&makers);
	close_dir((const char *const[]){"big.mib", NULL});
}

TEST(site_directory_that_everybody_may_write)
{
	static const mode_t modes[] = {0777, 01777};

	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		struct br_makers makers;
		struct br_error err = {""};

		open_dir();
		write_file("a.mib", "maker A\nobject 1.3.6.1.4.1.1\n", 0644);
		CHECK_INT(chmod(dir, modes[i]), 0);
		br_makers_init(&makers);
		CHECK_INT(br_makers_load_dir(&makers, dir, &err), BR_E_FILE);
		CHECK(br_view_contains(br_view(err.text), "everybody may write there"));
		CHECK_INT(makers.n_site, 0);
		br_makers_clear(&makers);
		close_dir((const char *const[]){"a.mib", NULL});
	}
}

TEST(never)
{
	static const struct {
		const char *oid;
		bool forbidden;
	} cases[] = {
		{"1.3.6.1.4.1.2699.1.1", true},
		{"1.3.6.1.4.1.2699.1.1.1.5.1.3.1", true},
		{"1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1", false}, /* PWG port monitor */
		{"1.3.6.1.4.1.2699.1.11", false},
		{"1.3.6.1.6.3.15.1.2.2.1.1", true},
		{"1.3.6.1.6.3.16.1.2.1.3", true},
		{"1.3.6.1.6.3.18.1.1.1.2", true},
		{"1.3.6.1.6.3.12.1.2.1.1", true},
		{"1.3.6.1.6.3.13.1.1.1.1", true},
		{"1.3.6.1.6.3.10.2.1.1.0", false}, /* snmpEngineID */
		{"1.3.6.1.6.3", false},            /* above what is forbidden */
		{"1.3.6.1.2.1.43.11.1.1.9.1.1", false},
		{"1.3.6.1.4.1.2435.2.3.9.4.2.1.5.1.2.63.7.1.2.1", true},
		{"1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.8.0", false},
	};
	struct br_makers makers;

	br_makers_init(&makers);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_oid oid;

		check_case(cases[i].oid);
		CHECK_INT(br_oid_parse(&oid, cases[i].oid, strlen(cases[i].oid)), BR_OK);
		CHECK_INT(br_makers_never(&makers, oid.ber, oid.len) != NULL,
			  cases[i].forbidden);
	}
	check_case(NULL);
	CHECK(makers.embedded == NULL); /* rows that only a reading needs were let go */
	br_makers_clear(&makers);
}

/* No row of a file may ask for what a never row of any file forbids. */
static enum br_status check_rows(void *user, const struct br_mib *mib, bool site,
				 struct br_error *err)
{
	struct br_makers *makers = user;

	(void)err;
	CHECK(!site);
	for (size_t i = 0; i < mib->n_rows; i++)
		if (br_makers_never(makers, mib->rows[i].oid.ber, mib->rows[i].oid.len))
			check_failed(__FILE__, __LINE__, "%s:%u asks for what is never asked",
				     mib->file, mib->rows[i].line);
	return BR_OK;
}

TEST(each_and_no_forbidden_row)
{
	struct br_makers makers;

	br_makers_init(&makers);
	CHECK_INT(br_makers_each(&makers, check_rows, &makers, NULL), BR_OK);
	br_makers_clear(&makers);
}
