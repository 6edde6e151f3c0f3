/*
 * memory_test.c - every allocation of the library fails in turn: an error, and nothing lost.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/recording.h"
#include "fault/fault.h"
#include "link/walk_run.h"
#include "model/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const recordings[] = {"tests/recordings/brother_mfc-color.snmprec",
					 "tests/recordings/printserver_two.snmprec",
					 "tests/recordings/hp_color_mfp.snmprec",
					 "tests/recordings/oki_dot_matrix.snmprec"};
enum { RECORDINGS = sizeof recordings / sizeof recordings[0] };

static enum br_status load_recording(void *user, struct br_error *err)
{
	struct br_recording recording;
	enum br_status status = br_recording_load(&recording, user, err);

	if (status != BR_OK)
		CHECK(recording.n_rows == 0 && !recording.rows && !recording.values);
	br_recording_clear(&recording);
	return status;
}

TEST(recording_load)
{
	/* What is shrunk at the end may as well stay as large as it is. */
	for (size_t i = 0; i < RECORDINGS; i++)
		fault_each_allocation(recordings[i], load_recording, (char *)recordings[i], 2);
}

static enum br_status parse_unsorted(void *user, struct br_error *err)
{
	struct br_recording recording;
	enum br_status status = br_recording_parse(&recording, br_view(user), "f", err);

	if (status == BR_OK)
		CHECK_INT(recording.n_rows, 2);
	br_recording_clear(&recording);
	return status;
}

TEST(recording_that_is_not_sorted)
{
	fault_each_allocation("unsorted", parse_unsorted,
			      (char *)"1.3.6.2|2|1\n1.3.6.1|4|x\n1.3.6.2|2|2\n", 2);
}

static enum br_status parse_mib(void *user, struct br_error *err)
{
	struct br_mib mib;
	enum br_status status = br_mib_parse(&mib, br_view(user), "f", false, err);

	if (status != BR_OK)
		CHECK(mib.n_rows == 0 && !mib.rows && !mib.never);
	br_mib_clear(&mib);
	return status;
}

TEST(mib_parse)
{
	enum { ROWS = 200 };
	static char text[ROWS * 64];
	size_t used =
		(size_t)snprintf(text, sizeof text, "maker \"M\"\nobject 1.3.6.1.4.1.9\n");

	for (int i = 0; i < ROWS; i++)
		used += (size_t)snprintf(
			text + used, sizeof text - used,
			i % 4 ? "get 1.3.6.1.4.1.9.%d.0 number counters.total\n"
			      : "never 1.3.6.1.4.1.9.%d \"no\"\n",
			i + 1);
	fault_each_allocation("two hundred rows", parse_mib, text, 0);
}

static enum br_status find_maker(void *user, struct br_error *err)
{
	struct br_makers makers;
	const struct br_mib *mib;
	struct br_oid oid;
	struct br_maker_clue clue = {.object = oid.ber};
	enum br_status status;

	CHECK_INT(br_oid_parse(&oid, user, strlen(user)), BR_OK);
	clue.object_len = oid.len;
	br_makers_init(&makers);
	status = br_makers_find(&makers, &clue, &mib, err);
	CHECK((status == BR_OK) == (mib != NULL));
	br_makers_clear(&makers);
	return status;
}

TEST(makers_find)
{
	fault_each_allocation("brother", find_maker, (char *)"1.3.6.1.4.1.2435.2.3.9.1", 0);
	fault_each_allocation("kyocera", find_maker, (char *)"1.3.6.1.4.1.1347.41", 0);
}

static enum br_status count_files(void *user, const struct br_mib *mib, bool site,
				  struct br_error *err)
{
	(void)mib, (void)site, (void)err;
	++*(size_t *)user;
	return BR_OK;
}

/* The same set is used on after a failure: what was parsed before stays good. */
static enum br_status each_maker_twice(void *user, struct br_error *err)
{
	struct br_makers makers;
	size_t n = 0;
	enum br_status status;

	(void)user;
	br_makers_init(&makers);
	status = br_makers_each(&makers, count_files, &n, err);
	if (status == BR_OK)
		CHECK_INT(br_makers_each(&makers, count_files, &n, NULL), BR_OK);
	br_makers_clear(&makers);
	return status;
}

TEST(makers_each)
{
	fault_each_allocation("every file", each_maker_twice, NULL, 0);
}

static enum br_status ask_never(void *user, struct br_error *err)
{
	static const uint8_t jobs[] = {0x2b, 6, 1, 4, 1, 0x95, 0x0b, 1, 1, 1};
	static const uint8_t system[] = {0x2b, 6, 1, 2, 1, 1, 1, 0};
	struct br_makers makers;
	enum br_status status = BR_OK;

	(void)user;
	br_makers_init(&makers);
	CHECK(br_makers_never(&makers, jobs, sizeof jobs) != NULL);
	/* Where it is not known what is forbidden, everything is; later it is known. */
	if (br_makers_never(&makers, system, sizeof system))
		status = br_fail(err, BR_E_MEMORY, "out of memory");
	br_makers_clear(&makers);
	return status;
}

TEST(makers_never_forbids_everything_where_it_does_not_know)
{
	size_t n;

	/* One that fails alone is made up for by the second call, so only the half of the runs
	 * fail. */
	fault_arm(FAULT_MEMORY, 0, false, 0);
	CHECK_INT(ask_never(NULL, NULL), BR_OK);
	fault_disarm();
	n = fault.counts[FAULT_MEMORY];
	for (size_t which = 1; which <= n; which++) {
		fault_arm(FAULT_MEMORY, which, false, 0);
		CHECK_INT(ask_never(NULL, NULL), BR_OK);
		fault_disarm();
		CHECK_INT(fault.live, 0);
		fault_arm(FAULT_MEMORY, which, true, 0);
		CHECK_INT(ask_never(NULL, NULL), BR_E_MEMORY);
		fault_disarm();
		CHECK_INT(fault.live, 0);
	}
}

static enum br_status load_dir(void *user, struct br_error *err)
{
	struct br_makers makers;
	enum br_status status;

	br_makers_init(&makers);
	status = br_makers_load_dir(&makers, user, err);
	CHECK_INT(makers.n_site, status == BR_OK ? 12 : 0);
	br_makers_clear(&makers);
	return status;
}

TEST(makers_load_dir)
{
	char dir[] = "/tmp/brayer-fault.XXXXXX", path[64];

	CHECK(mkdtemp(dir) != NULL);
	for (int i = 0; i < 12; i++) {
		snprintf(path, sizeof path, "%s/%02d.mib", dir, i);
		FILE *file = fopen(path, "w");

		if (!file)
			continue;
		fprintf(file,
			"maker \"M%d\"\nobject 1.3.6.1.4.1.9.%d\n"
			"get 1.3.6.1.4.1.9.1.0 number counters.total\n",
			i, i);
		fclose(file);
		chmod(path, 0644);
	}
	fault_each_allocation("a site's twelve files", load_dir, dir, 0);
	for (int i = 0; i < 12; i++) {
		snprintf(path, sizeof path, "%s/%02d.mib", dir, i);
		unlink(path);
	}
	rmdir(dir);
}

static enum br_status grow_harvest(void *user, struct br_error *err)
{
	static const uint8_t one[] = {0x30, 7, 6, 3, 0x2b, 6, 1, 5, 0};
	struct br_varbind varbind = {.raw = one, .raw_len = sizeof one};
	struct br_harvest harvest;
	enum br_status status = BR_OK;

	(void)user;
	br_harvest_init(&harvest, BR_HARVEST_CEILING);
	for (size_t i = 0; status == BR_OK && i < 10000; i++) {
		size_t before = harvest.len;

		status = br_harvest_add(&harvest, &varbind);
		if (status != BR_OK) {
			CHECK_INT(harvest.len, before);
			br_fail(err, status, "out of memory");
		}
	}
	br_harvest_clear(&harvest);
	return status;
}

TEST(harvest)
{
	fault_each_allocation("ten thousand varbinds", grow_harvest, NULL, 0);
}

static enum br_status write_buf(void *user, struct br_error *err)
{
	enum br_status status;
	struct br_buf buf;

	(void)user;
	br_buf_init(&buf, 1 << 20);
	for (int i = 0; i < 2000; i++) {
		size_t before = buf.len;

		br_buf_add(&buf, "abc", 3);
		br_buf_format(&buf, "%d", i);
		br_buf_number(&buf, -i);
		if (buf.status != BR_OK) /* the first failure sticks, what was there stays */
			CHECK(buf.len <= before + 7 && (!buf.data || !buf.data[buf.len]));
	}
	status = buf.status;
	if (status != BR_OK)
		br_fail(err, status, "%s", br_status_name(status));
	br_buf_clear(&buf);
	return status;
}

static enum br_status write_json(void *user, struct br_error *err)
{
	enum br_status status;
	struct br_buf buf;

	br_buf_init(&buf, 1 << 20);
	br_reading_json(user, &buf, true);
	status = buf.status;
	if (status != BR_OK)
		br_fail(err, status, "%s", br_status_name(status));
	br_buf_clear(&buf);
	return status;
}

TEST(writers)
{
	static struct br_reading reading;

	br_reading_init(&reading);
	for (int i = 0; i < 20; i++)
		br_reading_note(&reading, "note %d of many, so that the buffer grows and grows",
				i);
	fault_each_allocation("buffer", write_buf, NULL, 0);
	fault_each_allocation("JSON", write_json, &reading, 0);
}

static void must_be_whole(void *user, const struct br_reading *reading)
{
	size_t *n = user;

	*n += 1;
	CHECK(reading->reachable && !reading->partial);
}

static enum br_status read_target(void *user, struct br_error *err)
{
	static struct br_config config;
	struct br_read_options options = {.profile = &config.profiles[0]};
	struct br_target target;
	struct br_makers makers;
	enum br_status status;
	char text[128];
	size_t n = 0;

	br_config_init(&config);
	br_makers_init(&makers);
	options.makers = &makers;
	snprintf(text, sizeof text, "walk:%s", (const char *)user);
	CHECK_INT(br_target_parse(&target, text, NULL), BR_OK);
	status = br_read(&target, &options, must_be_whole, &n, err);
	CHECK(status != BR_OK || n > 0);
	br_makers_clear(&makers);
	return status;
}

/* Once a maker's file that found no memory was left out in silence, and the reading passed for
 * whole. */
TEST(read_of_a_recording)
{
	for (size_t i = 0; i < RECORDINGS; i++)
		fault_each_allocation(recordings[i], read_target, (char *)recordings[i], 2);
}

static enum br_status walk_target(void *user, struct br_error *err)
{
	static struct br_config config;
	static struct br_walker walker;
	struct br_walk_options options = {.profile = &config.profiles[0]};
	struct br_target target;
	struct br_makers makers;
	struct br_harvest harvest;
	enum br_status status;
	char text[128];

	br_config_init(&config);
	br_makers_init(&makers);
	options.makers = &makers;
	snprintf(text, sizeof text, "walk:%s", (const char *)user);
	CHECK_INT(br_target_parse(&target, text, NULL), BR_OK);
	br_harvest_init(&harvest, 1 << 20);
	status = br_walk(&target, &options, &harvest, &walker, err);
	if (status == BR_OK && walker.partial)
		status = br_fail(err, BR_E_MALFORMED, "the walk is partial");
	br_harvest_clear(&harvest);
	br_makers_clear(&makers);
	return status;
}

TEST(walk_of_a_recording)
{
	fault_each_allocation(recordings[0], walk_target, (char *)recordings[0], 2);
}

static enum br_status load_config(void *user, struct br_error *err)
{
	static struct br_config config;
	enum br_status status = br_config_load(&config, user, NULL, NULL, err);

	CHECK_INT(config.n_profiles, status == BR_OK ? 3 : 1);
	br_config_clear(&config);
	return status;
}

TEST(config_load_with_secrets_beside_it)
{
	char dir[] = "/tmp/brayer-fault.XXXXXX", conf[64], secrets[64], secret[96];
	FILE *file;

	CHECK(mkdtemp(dir) != NULL);
	snprintf(conf, sizeof conf, "%s/brayer.conf", dir);
	snprintf(secrets, sizeof secrets, "%s/secrets.d", dir);
	snprintf(secret, sizeof secret, "%s/b", secrets);
	mkdir(secrets, 0700);
	file = fopen(conf, "w");
	if (file) {
		fputs("[profile a]\nversion = 1\n[profile b]\nport = 1161\n", file);
		fclose(file);
	}
	file = fopen(secret, "w");
	if (file) {
		fputs("community = secret\n", file);
		fclose(file);
		chmod(secret, 0600);
	}
	fault_each_allocation("brayer.conf", load_config, conf, 0);
	unlink(secret);
	rmdir(secrets);
	unlink(conf);
	rmdir(dir);
}

static enum br_status open_crypto(void *user, struct br_error *err)
{
	struct br_v3_user who = {.name = "u", .auth = BR_AUTH_SHA256, .priv = BR_PRIV_AES128};
	struct br_v3_crypto ops;
	struct br_crypto *crypto = NULL;
	enum br_status status = br_crypto_open(&crypto, &ops, err);

	(void)user;
	if (status == BR_OK)
		status = br_v3_user_set_passwords(&who, &ops, br_view("password"),
						  br_view("password"), err);
	br_crypto_close(crypto);
	return status;
}

TEST(crypto_open)
{
	struct br_error err;

	if (open_crypto(NULL, &err) == BR_E_UNSUPPORTED)
		check_skip(err.text);
	fault_each_allocation("libcrypto", open_crypto, NULL, 0);
}
