/*
 * corpus.c - lists the recordings and reads them as the command line does, with a witness.
 *
 * SPDX-License-Identifier: MIT
 */
#include "corpus.h"

#include "check.h"
#include "link/read.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILES 160

struct corpus {
	size_t n;
	char files[MAX_FILES][96]; /* below the corpus: "snmp/ident/….snmprec", sorted */
};

static const char *root(void)
{
	const char *corpus = getenv("BRAYER_CORPUS");

	return corpus ? corpus : "../shared/corpus";
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void add_directory(struct corpus *corpus, const char *below)
{
	char path[512];
	DIR *directory;
	struct dirent *entry;

	snprintf(path, sizeof path, "%s/%s", root(), below);
	directory = opendir(path);
	while (directory && (entry = readdir(directory)) != NULL) {
		size_t len = strlen(entry->d_name);

		if (len < 9 || strcmp(entry->d_name + len - 8, ".snmprec") != 0 ||
		    corpus->n == MAX_FILES || len + strlen(below) + 2 > sizeof corpus->files[0])
			continue;
		snprintf(corpus->files[corpus->n++], sizeof corpus->files[0], "%s/%.80s", below,
			 entry->d_name);
	}
	if (directory)
		closedir(directory);
}

static const struct corpus *corpus_files(void)
{
	static struct corpus corpus;

	corpus.n = 0;
	add_directory(&corpus, "snmp");
	add_directory(&corpus, "snmp/fragments");
	add_directory(&corpus, "snmp/ident");
	if (corpus.n == 0)
		check_skip(CHECK_NO_CORPUS);
	qsort(corpus.files, corpus.n, sizeof corpus.files[0], by_name);
	return &corpus;
}

/* Each answer that is taken must be a row of the file, to the octet. */
static void saw(void *user, const char *field, const struct br_varbind *varbind)
{
	struct corpus_case *at = user;
	bool exact;
	size_t row =
		br_recording_find(&at->recording, varbind->name, varbind->name_len, &exact);

	if (exact && at->recording.rows[row].tag == varbind->value.tag &&
	    at->recording.rows[row].len == varbind->value.len &&
	    memcmp(at->recording.values + at->recording.rows[row].at, varbind->value.data,
		   varbind->value.len) == 0) {
		at->seen[row] = true;
		return;
	}
	at->n_strangers++;
	check_failed(__FILE__, __LINE__, "%s: the answer is not in the file", field);
}

static void keep(void *user, const struct br_reading *reading)
{
	struct corpus_case *at = user;

	if (at->n_readings < CORPUS_MAX_READINGS)
		at->readings[at->n_readings++] = *reading;
}

static bool corpus_open(struct corpus_case *at, const char *file)
{
	char path[512], walk[520];
	struct br_error err = {0};
	struct br_target target;
	struct br_witness witness = {saw, at};
	struct br_read_options options = {.makers = &at->makers, .witness = &witness};

	check_case(file);
	memset(at, 0, sizeof *at);
	at->file = file;
	br_config_init(&at->config);
	br_makers_init(&at->makers);
	options.profile = &at->config.profiles[0];
	snprintf(path, sizeof path, "%s/%s", root(), file);
	snprintf(walk, sizeof walk, "walk:%s", path);
	if (br_recording_load(&at->recording, path, &err) != BR_OK) {
		check_failed(__FILE__, __LINE__, "%s", err.text);
		return false;
	}
	at->seen = calloc(at->recording.n_rows + 1, sizeof *at->seen);
	at->readings = calloc(CORPUS_MAX_READINGS, sizeof *at->readings);
	if (!at->seen || !at->readings || br_target_parse(&target, walk, &err) != BR_OK ||
	    br_read(&target, &options, keep, at, &err) != BR_OK) {
		check_failed(__FILE__, __LINE__, "%s", err.text);
		return false;
	}
	return true;
}

static void corpus_close(struct corpus_case *at)
{
	free(at->seen);
	free(at->readings);
	br_recording_clear(&at->recording);
	br_makers_clear(&at->makers);
	br_config_clear(&at->config);
	check_case(NULL);
}

const struct br_recorded *corpus_row(const struct corpus_case *at, const char *format, ...)
{
	char dotted[256];
	struct br_oid name;
	va_list args;
	bool exact;
	size_t row;

	va_start(args, format);
	vsnprintf(dotted, sizeof dotted, format, args);
	va_end(args);
	if (br_oid_parse(&name, dotted, strlen(dotted)) != BR_OK)
		return NULL;
	row = br_recording_find(&at->recording, name.ber, name.len, &exact);
	return exact && at->recording.rows[row].tag != BR_BER_NULL ? &at->recording.rows[row]
								   : NULL;
}

struct br_view corpus_octets(const struct corpus_case *at, const struct br_recorded *row)
{
	return (struct br_view){(const char *)at->recording.values + row->at, row->len};
}

bool corpus_number(const struct corpus_case *at, const struct br_recorded *row, int64_t *out)
{
	struct br_view octets = corpus_octets(at, row);
	struct br_tlv value = {row->tag, (const uint8_t *)octets.at, octets.len};

	if (row->tag == BR_BER_OCTETS)
		return br_parse_number(br_view_trim(octets), INT64_MIN, INT64_MAX, out);
	return br_ber_number(&value, out);
}

void corpus_each(corpus_fn check)
{
	const struct corpus *corpus = corpus_files();
	struct corpus_case at;

	for (size_t i = 0; i < corpus->n; i++) {
		if (corpus_open(&at, corpus->files[i]))
			check(&at);
		corpus_close(&at);
	}
}
