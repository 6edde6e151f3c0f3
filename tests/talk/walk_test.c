/*
 * walk_test.c - walks recordings by way of the agent, and looks at every name that is asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "link/reread.h"
#include "talk/scene.h"

#include <stdlib.h>
#include <string.h>

/* A recording without what the usual walk leaves out. */
static void expect(struct scene *scene, struct br_buf *text)
{
	struct br_oid usual[BR_WALK_MAX_ROOTS];
	size_t n;

	br_walk_usual(&n, usual);
	br_buf_init(text, BR_RECORDING_MAX_BYTES);
	for (size_t i = 0; i < scene->recording.n_rows; i++) {
		const struct br_recorded *row = &scene->recording.rows[i];
		bool wanted = false;

		for (size_t k = 0; k < n; k++)
			wanted = wanted || br_oid_below(row->name.ber, row->name.len,
							usual[k].ber, usual[k].len);
		if (wanted && !br_makers_never(&scene->makers, row->name.ber, row->name.len))
			br_recording_line(text, row->name.ber, row->name.len, row->tag,
					  scene->recording.values + row->at, row->len);
	}
}

static void same_reading(struct scene *scene)
{
	struct br_buf original, before, after;

	reread_text(&scene->recording, &original);
	br_buf_init(&before, 1 << 22);
	br_buf_init(&after, 1 << 22);
	CHECK(reread((struct br_view){original.data, original.len}, &scene->makers, false,
		     &before));
	CHECK(reread((struct br_view){scene->text.data, scene->text.len}, &scene->makers, false,
		     &after));
	CHECK_STR(after.data, before.data);
	br_buf_clear(&original);
	br_buf_clear(&before);
	br_buf_clear(&after);
}

static void round_trip(const char *path, enum manner manner)
{
	struct scene scene;
	struct br_buf want;
	struct br_error err;

	check_case(path);
	scene_open(&scene, NULL);
	scene.manner = manner;
	CHECK_INT(br_recording_load(&scene.recording, path, &err), BR_OK);
	CHECK_INT(scene_walk(&scene, NULL, NULL), BR_OK);
	CHECK(!scene.walker.partial);
	CHECK_INT(scene.forbidden_names, 0);
	expect(&scene, &want);
	CHECK_STR(TEXT(scene), want.data);
	if (manner == HONEST)
		same_reading(&scene);
	br_buf_clear(&want);
	scene_close(&scene);
}

TEST(every_recording_comes_back)
{
	size_t n;
	char **paths = reread_recordings(&n);

	CHECK(n > 10);
	for (size_t i = 0; i < n; i++)
		round_trip(paths[i], HONEST);
	reread_forget(paths, n);
}

TEST(without_getbulk_the_same_comes_back)
{
	round_trip("tests/recordings/hp_color_mfp.snmprec", NO_BULK);
	round_trip("tests/recordings/kyocera_color_mfp.snmprec", BULK_ERR);
}

/* Job rows, what stands right behind them, and an instance that GETNEXT from there would leave
 * out. */
static const char jobs[] = "1.3.6.1.4.1.2699.1.0.1|4|before\n"
			   "1.3.6.1.4.1.2699.1.1.1.1.1|4|secret owner\n"
			   "1.3.6.1.4.1.2699.1.1.1.1.2|4|secret document\n"
			   "1.3.6.1.4.1.2699.1.1.2.5.1|4|secret user\n"
			   "1.3.6.1.4.1.2699.1.2|4|itself\n"
			   "1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1|4|MFG:Example;\n"
			   "1.3.6.1.6.3.15.1.2.2.1.3.1|4|secret v3 user\n"
			   "1.3.6.1.6.3.16.1.2.1.3.1|4|secret group\n"
			   "1.3.6.1.6.3.18.1.1.1.2.1|4|secret community\n"
			   "1.3.6.1.7.1.0|2|1\n";
static const char no_jobs[] = "1.3.6.1.4.1.2699.1.0.1|4|before\n"
			      "1.3.6.1.4.1.2699.1.2|4|itself\n"
			      "1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1|4|MFG:Example;\n"
			      "1.3.6.1.7.1.0|2|1\n";

TEST(forbidden_subtrees_are_not_asked_nor_kept)
{
	static const struct {
		const char *name;
		enum manner manner;
		enum br_version version;
	} cases[] = {
		{"v2c", HONEST, BR_SNMP_V2C},
		{"v1", HONEST, BR_SNMP_V1},
		{"without GETBULK", NO_BULK, BR_SNMP_V2C},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct br_walker_options how = {.session.version = cases[i].version};
		struct scene scene;

		check_case(cases[i].name);
		scene_open(&scene, jobs);
		scene.manner = cases[i].manner;
		CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1"), &how), BR_OK);
		CHECK_INT(scene.forbidden_names, 0);
		CHECK_STR(TEXT(scene), no_jobs);
		/* Nor anywhere in what was kept. */
		CHECK(memmem(scene.harvest.data, scene.harvest.len, "secret", 6) == NULL);
		scene_close(&scene);
	}
}

TEST(beside_a_forbidden_subtree_one_row_comes_in_vain)
{
	struct scene scene;

	scene_open(&scene, "1.3.6.1.4.1.2699.1.0.1|4|before\n"
			   "1.3.6.1.4.1.2699.1.1.1.1.1|4|secret owner\n"
			   "1.3.6.1.4.1.2699.1.1.1.1.2|4|secret document\n"
			   "1.3.6.1.4.1.2699.1.2.1.0|4|behind\n");
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.4.1.2699.1"), NULL), BR_OK);
	CHECK_INT(scene.walker.dropped, 1);
	CHECK_STR(scene.notes.data,
		  "1 value of subtrees that are never walked came unasked: dropped\n");
	scene_close(&scene);
}

TEST(scalars_in_front_of_a_forbidden_subtree_are_the_last)
{
	struct scene scene;

	/* 641.1.1.3 is forbidden: behind 2.0, which follows 1.0, nothing can be. */
	scene_open(&scene, "1.3.6.1.4.1.641.1.1.1.0|2|1\n1.3.6.1.4.1.641.1.1.2.0|2|2\n"
			   "1.3.6.1.4.1.641.1.1.3.0|4|secret\n1.3.6.1.4.1.641.1.1.4.0|2|4\n");
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.4.1.641.1.1"), NULL), BR_OK);
	CHECK_INT(scene.walker.dropped, 0);
	CHECK_STR(TEXT(scene), "1.3.6.1.4.1.641.1.1.1.0|2|1\n1.3.6.1.4.1.641.1.1.2.0|2|2\n"
			       "1.3.6.1.4.1.641.1.1.4.0|2|4\n");
	scene_close(&scene);
	/* But of a column whose first row is 0 there are more. */
	scene_open(&scene, "1.3.6.1.4.1.641.1.1.1.5|2|1\n1.3.6.1.4.1.641.1.1.2.0|2|2\n"
			   "1.3.6.1.4.1.641.1.1.2.1|2|3\n1.3.6.1.4.1.641.1.1.3.0|4|secret\n");
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.4.1.641.1.1"), NULL), BR_OK);
	CHECK_STR(TEXT(scene), "1.3.6.1.4.1.641.1.1.1.5|2|1\n1.3.6.1.4.1.641.1.1.2.0|2|2\n"
			       "1.3.6.1.4.1.641.1.1.2.1|2|3\n");
	scene_close(&scene);
}

TEST(a_forbidden_root_is_refused_with_the_reason)
{
	struct br_oid root;
	struct br_error err;
	struct scene scene;

	scene_open(&scene, jobs);
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.2.1.1", "1.3.6.1.4.1.2699.1.1.1"), NULL),
		  BR_E_UNSUPPORTED);
	CHECK_INT(br_oid_parse(&root, "1.3.6.1.4.1.2699.1.1.1", 22), BR_OK);
	CHECK_INT(br_walk_may(&scene.makers, &root, &err), BR_E_UNSUPPORTED);
	CHECK_STR(err.text,
		  "1.3.6.1.4.1.2699.1.1.1 is never walked, because of what stands there: "
		  "jobs and their owners (Job Monitoring MIB)");
	scene_close(&scene);
}

static const char few[] =
	"1.3.6.1.2.1.1.1.0|4|a\n1.3.6.1.2.1.1.2.0|6|1.3.6.1\n1.3.6.1.2.1.1.3.0|67|5\n"
	"1.3.6.1.2.1.2.1.0|2|1\n1.3.6.1.2.1.43.5.1.1.1.1|65|3\n";

TEST(roots_are_put_in_order_and_an_instance_is_one)
{
	struct scene scene;

	scene_open(&scene, few);
	CHECK_INT(scene_walk(&scene,
			     ROOTS("1.3.6.1.2.1.2", "1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.2.1",
				   "1.3.6.1.2.1.9"),
			     NULL),
		  BR_OK);
	CHECK_STR(TEXT(scene), "1.3.6.1.2.1.1.1.0|4|a\n1.3.6.1.2.1.2.1.0|2|1\n");
	scene_close(&scene);
}

TEST(v1_is_tried_before_giving_up)
{
	struct scene scene;

	scene_open(&scene, few);
	scene.manner = V1_ONLY;
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.2.1"), NULL), BR_OK);
	CHECK_STR(TEXT(scene), few);
	CHECK_STR(scene.notes.data, "the printer answers SNMPv1 only\n");
	scene_close(&scene);
	scene_open(&scene, few);
	scene.manner = DUMB;
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.2.1"), NULL), BR_E_TIMEOUT);
	CHECK_INT(scene.walker.questions, 3);
	scene_close(&scene);
}

static const struct br_recorded *around(void *user, const uint8_t *name, size_t len)
{
	struct scene *scene = user;
	bool exact;
	size_t at = br_recording_find(&scene->recording, name, len, &exact) + exact;

	return &scene->recording.rows[at % scene->recording.n_rows];
}

/* Rows without end: the last arc counts up for ever. */
static const struct br_recorded *endless(void *user, const uint8_t *name, size_t len)
{
	static struct br_recorded row;
	struct scene *scene = user;

	(void)name, (void)len;
	row = scene->recording.rows[0];
	CHECK_INT(br_oid_append(&row.name, (uint32_t)++scene->next), BR_OK);
	return &row;
}

TEST(names_that_do_not_increase_end_the_subtree)
{
	struct scene scene;

	scene_open(&scene, few);
	scene.agent.next = around;
	scene.agent.user = &scene;
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.2.1"), NULL), BR_OK);
	CHECK_STR(TEXT(scene), few);
	CHECK(scene.walker.partial && scene.walker.backward);
	scene_close(&scene);
}

TEST(rows_without_end_are_cut)
{
	struct br_walker_options how = {.session.version = BR_SNMP_V2C, .max_rows = 77};
	struct scene scene;

	scene_open(&scene, few);
	scene.agent.next = endless;
	scene.agent.user = &scene;
	CHECK_INT(scene_walk(&scene, ROOTS("1.3.6.1.2.1"), &how), BR_OK);
	CHECK_INT(scene.walker.rows, 77);
	CHECK(scene.walker.partial && scene.walker.too_many);
	scene_close(&scene);
}

TEST(a_printer_that_falls_silent_is_left_in_the_end)
{
	struct scene scene;
	struct br_error err;

	scene_open(&scene, NULL);
	scene.manner = FALLS_SILENT;
	CHECK_INT(br_recording_load(&scene.recording, "tests/recordings/hp_mono.snmprec", &err),
		  BR_OK);
	CHECK_INT(scene_walk(&scene, NULL, NULL), BR_OK);
	CHECK(scene.walker.partial);
	CHECK(scene.walker.rows > 50);
	scene_close(&scene);
}

static bool count_up(void *self, uint8_t *out, size_t len)
{
	uint8_t *n = self;

	memset(out, ++*n, len);
	return true;
}

/* In v3 each writing has a message id of its own: a slow printer's answer would fit none. */
TEST(a_question_is_sent_again_as_it_was)
{
	uint8_t drawn = 0, first[BR_REQUEST_MAX], again[BR_REQUEST_MAX];
	const struct br_v3_crypto crypto = {.random = count_up, .self = &drawn};
	const struct br_v3_user user = {.name = "operator"};
	struct br_walker_options options = {.session.version = BR_SNMP_V3};
	const uint8_t *datagram, *once_more;
	size_t len, again_len;
	struct scene scene;
	struct br_v3 v3;

	scene_open(&scene, few);
	br_v3_init(&v3, &user, &crypto);
	options.session.v3 = &v3;
	options.makers = &scene.makers;
	CHECK_INT(br_walker_init(&scene.walker, &options, &scene.harvest, NULL), BR_OK);
	CHECK(br_walker_next(&scene.walker, 0, first, sizeof first, &datagram, &len));
	br_walker_silence(&scene.walker);
	CHECK(br_walker_next(&scene.walker, 0, again, sizeof again, &once_more, &again_len));
	CHECK_INT(again_len, len);
	CHECK(len == again_len && memcmp(datagram, once_more, len) == 0);
	scene_close(&scene);
}

TEST(the_deadline_keeps_what_came)
{
	struct br_walker_options options = {.session.version = BR_SNMP_V2C};
	uint8_t question[BR_REQUEST_MAX], out[2048];
	const uint8_t *datagram;
	struct scene scene;
	size_t len;

	scene_open(&scene, few);
	options.makers = &scene.makers;
	options.session.community = br_view("public");
	CHECK_INT(br_walker_init(&scene.walker, &options, &scene.harvest, NULL), BR_OK);
	CHECK(br_walker_next(&scene.walker, 0, question, sizeof question, &datagram, &len));
	len = scene_answer(&scene, datagram, len, out, sizeof out);
	CHECK(br_walker_hear(&scene.walker, 0, out, len));
	br_walker_stop(&scene.walker);
	CHECK(!br_walker_next(&scene.walker, 0, question, sizeof question, &datagram, &len));
	CHECK(scene.walker.status == BR_OK && scene.walker.partial && scene.walker.rows == 1);
	br_walker_tell(&scene.walker, &scene.notes);
	CHECK_STR(scene.notes.data, "the time was over at 1.3.6.1.2.1.1.1.0\n");
	scene_close(&scene);
}
