/*
 * discover_state.c - the file of --resume: how far a search is, and what it found.
 *
 *   brayer discover 1
 *   range DIGEST COUNT            of the addresses and of how they are asked
 *   place START ROUND POSITION
 *   found TARGET PROFILE VERSION  one line each; they are read again
 *
 * Written to a file beside it that then takes its place, so that there is always a whole one.
 * It names addresses and holds no secret; nobody else may read it all the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include "discover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATE_MAX = 64 << 20, PATH_SIZE = 4096 };

static const char head[] = "brayer discover 1";

/* Another range, other passes or profiles: another search. */
static uint64_t digest(const struct finding *finding)
{
	const struct br_scan_options *scan = &finding->options.scan;
	uint64_t value = br_range_digest(&finding->range);

	value = value * 31 + scan->passes;
	value = value * 31 + (unsigned)scan->ping;
	for (size_t i = 0; i < finding->n_profiles; i++) {
		for (const char *at = finding->profiles[i].name; *at; at++)
			value = value * 31 + (unsigned char)*at;
		value = value * 31 + (unsigned)finding->profiles[i].version;
		value = value * 31 + finding->profiles[i].port;
	}
	return value >> 1;
}

static bool next_number(struct br_view *rest, int64_t *out)
{
	return br_parse_number(br_view_word(rest), 0, INT64_MAX, out);
}

static bool wrong(struct finding *finding, const char *why)
{
	cli_complain(finding->cli, "%s: %s", finding->cli->given.resume, why);
	return false;
}

static bool take_head(struct finding *finding, struct br_view *text,
		      struct br_scan_place *place)
{
	struct br_view line;
	int64_t is, count, start, round, position;

	if (!br_view_line(text, &line) || !br_view_is(line, head))
		return wrong(finding, "is not a file of brayer discover --resume");
	if (!br_view_line(text, &line) || !br_view_is(br_view_word(&line), "range") ||
	    !next_number(&line, &is) || !next_number(&line, &count))
		return wrong(finding, "is damaged");
	if ((uint64_t)is != digest(finding) || (uint64_t)count != finding->range.count)
		return wrong(finding, "is of another search: other ranges, profiles or passes; "
				      "give those again, or remove the file");
	if (!br_view_line(text, &line) || !br_view_is(br_view_word(&line), "place") ||
	    !next_number(&line, &start) || !next_number(&line, &round) ||
	    !next_number(&line, &position) || round > 100000 ||
	    (uint64_t)position > finding->range.count)
		return wrong(finding, "is damaged");
	*place = (struct br_scan_place){.start = (uint64_t)start,
					.round = (uint32_t)round,
					.position = (uint64_t)position};
	return true;
}

/* Absent: a search from the beginning, and true. */
static bool load(struct finding *finding, struct br_file *file)
{
	struct br_error err;
	enum br_status status = br_file_read(file, finding->cli->given.resume, STATE_MAX, &err);

	if (status == BR_OK || status == BR_E_ABSENT)
		return true;
	cli_complain(finding->cli, "%s", err.text);
	return false;
}

bool find_resume(struct finding *finding, struct br_scan_place *place)
{
	struct br_file file = {0};
	struct br_view text;
	bool good = load(finding, &file);

	if (good && file.data) {
		text = (struct br_view){file.data, file.len};
		good = take_head(finding, &text, place);
		finding->options.scan.resumes = good;
	}
	br_file_clear(&file);
	return good;
}

static bool take_found(struct finding *finding, struct br_view line)
{
	struct br_view name = br_view_word(&line);
	char text[BR_TARGET_SIZE];
	struct br_target target;
	union br_address address;
	int64_t profile, version;

	return br_text_copy(text, sizeof text, name) && next_number(&line, &profile) &&
	       next_number(&line, &version) && (version <= 1 || version == 3) &&
	       br_target_parse(&target, text, NULL) == BR_OK && target.kind == BR_TARGET_UDP &&
	       br_address_numeric(&address, target.host, target.port) &&
	       br_discover_again(finding->discover, &address, (unsigned)profile,
				 (enum br_version)version, NULL) == BR_OK;
}

bool find_resume_found(struct finding *finding)
{
	struct br_file file = {0};
	struct br_scan_place place;
	struct br_view text, line;
	bool good = load(finding, &file);

	text = (struct br_view){file.data ? file.data : "", file.len};
	good = good && (!file.data || take_head(finding, &text, &place));
	while (good && br_view_line(&text, &line))
		if (br_view_is(br_view_word(&line), "found") && !take_found(finding, line))
			good = wrong(finding, "is damaged");
	br_file_clear(&file);
	return good;
}

static void write_state(struct finding *finding, struct br_buf *out)
{
	struct br_scan_place place = br_scan_place(br_discover_scan(finding->discover));
	bool full;
	size_t n;
	struct br_found *const *found = br_discover_found(finding->discover, &n, &full);

	br_buf_format(out, "%s\nrange %llu %llu\nplace %llu %u %llu\n", head,
		      (unsigned long long)digest(finding),
		      (unsigned long long)finding->range.count, (unsigned long long)place.start,
		      place.round, (unsigned long long)place.position);
	for (size_t i = 0; i < n; i++) {
		char target[sizeof found[i]->target];
		char *hash;

		/* An engine that nobody opened is asked again. */
		if (found[i]->bare || found[i]->engine)
			continue;
		br_text_copy(target, sizeof target, br_view(found[i]->target));
		hash = strchr(target, '#');
		if (hash)
			*hash = '\0';
		br_buf_format(out, "found %s %u %d\n", target, found[i]->profile,
			      (int)found[i]->version);
	}
}

bool find_save(struct finding *finding)
{
	const char *path = finding->cli->given.resume;
	char beside[PATH_SIZE];
	struct br_buf text;
	int fd = -1, code = 0;
	bool good;

	br_buf_init(&text, STATE_MAX);
	write_state(finding, &text);
	good = text.status == BR_OK &&
	       snprintf(beside, sizeof beside, "%s.%ld.tmp", path, (long)getpid()) < PATH_SIZE;
	if (good) { /* what lies there is of an earlier run, or of somebody who waits for us */
		(void)unlink(beside);
		fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	}
	if (fd >= 0) {
		good = br_file_put(fd, text.data, text.len) && fsync(fd) == 0;
		code = errno;
		good = close(fd) == 0 && good && rename(beside, path) == 0;
	} else {
		code = errno;
		good = false;
	}
	if (!good && fd >= 0)
		unlink(beside);
	br_buf_clear(&text);
	return good || wrong(finding, code ? strerror(code) : "cannot be written");
}

void find_forget(struct finding *finding)
{
	if (unlink(finding->cli->given.resume) != 0 && errno != ENOENT)
		wrong(finding, strerror(errno));
}
