/*
 * inside.c - what a reading costs inside the process, without socket and start.
 *
 *   inside FILE…             the recording with most rows of the Printer-MIB, decoded and
 * written inside standard TARGET   one reading without the makers' rows, for others to count
 * its questions
 *
 * Prints one figure a line: a name, a tab, a value. Times are microseconds of CPU, each the
 * median of 25 batches; allocations are those of one decode.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/table.h"
#include "decode/agent.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCHES = 25, BATCH_US = 4000, MOST_ANSWERS = 64 };

static unsigned long allocations;

/* A sanitizer brings its own; there the count stays at zero, and nobody measures there. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void *malloc(size_t size)
{
	static void *(*real)(size_t);

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "malloc");
	allocations++;
	return real(size);
}

void *realloc(void *old, size_t size)
{
	static void *(*real)(void *, size_t);

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "realloc");
	allocations++;
	return real(old, size);
}
#endif

/* What the printer answered, question by question: so that a conversation can be timed alone.
 */
struct spoken {
	size_t n, len[MOST_ANSWERS];
	uint8_t answer[MOST_ANSWERS][BR_REQUEST_MAX];
};

struct bench {
	struct br_harvest said;    /* what a full reading was answered */
	struct br_harvest printer; /* every row of the Printer-MIB in the recording */
	size_t n_printer;
	const struct br_mib *mib;
	struct br_makers makers;
	struct br_reading reading;
	struct br_buf out;
	const char *path;
	struct br_recording recording;
	struct br_profile profile;
	struct br_conversation talk;
	struct br_harvest heard; /* by that */
	struct spoken spoken;
};

static struct bench bench;
static const uint8_t printer_mib[] = {0x2b, 6, 1, 2, 1, 43};

static double now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* others may be at work here */
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* One call, in microseconds: batches long enough for the clock, and the median of them. */
static double cost(void (*work)(void))
{
	double batches[BATCHES], start = now_us(), once;
	unsigned times;

	work();
	once = now_us() - start;
	times = once < BATCH_US ? (unsigned)(BATCH_US / (once + 0.1)) + 1 : 1;
	for (size_t i = 0; i < BATCHES; i++) {
		start = now_us();
		for (unsigned k = 0; k < times; k++)
			work();
		batches[i] = (now_us() - start) / times;
	}
	qsort(batches, BATCHES, sizeof batches[0], by_size);
	return batches[BATCHES / 2];
}

static void decode_of(const struct br_harvest *harvest, const struct br_mib *mib)
{
	uint32_t devices[BR_MAX_DEVICES];

	br_decode_devices(harvest, devices);
	br_reading_init(&bench.reading);
	br_decode_snmp(harvest, devices[0], mib, NULL, &bench.reading);
}

static void decode_printer(void)
{
	decode_of(&bench.printer, NULL);
}

static void decode_said(void)
{
	decode_of(&bench.said, bench.mib);
}

static void write_json(void)
{
	br_buf_reset(&bench.out);
	br_reading_json(&bench.reading, &bench.out, false);
}

static void write_table(void)
{
	static const struct cli_look plain;

	br_buf_reset(&bench.out);
	cli_table(&bench.out, &plain, &bench.reading);
}

static void find_maker(struct br_makers *makers)
{
	struct br_hints hints;
	struct br_view texts[BR_MAX_HINTS];
	struct br_maker_clue clue = {.texts = texts};
	uint32_t devices[BR_MAX_DEVICES];
	struct br_error err;

	br_decode_devices(&bench.said, devices);
	br_decode_hints(&bench.said, devices[0], &hints);
	for (size_t i = 0; i < hints.n; i++)
		texts[i] = br_view(hints.text[i]);
	clue.n_texts = hints.n;
	clue.object = hints.object_id.ber;
	clue.object_len = hints.object_id.len;
	if (br_makers_find(makers, &clue, &bench.mib, &err) != BR_OK)
		bench.mib = NULL;
}

static void find_again(void)
{
	find_maker(&bench.makers);
}

/* As a command that starts anew does: the file that is found is parsed too. */
static void find_first(void)
{
	struct br_makers makers;

	br_makers_init(&makers);
	find_maker(&makers);
	br_makers_clear(&makers);
	bench.mib = NULL;
}

static size_t rows_of(const struct br_recording *recording)
{
	size_t n = 0;

	for (size_t i = 0; i < recording->n_rows; i++)
		n += br_oid_below(recording->rows[i].name.ber, recording->rows[i].name.len,
				  printer_mib, sizeof printer_mib);
	return n;
}

/* Keeps the recording with most rows of the Printer-MIB. */
static void choose(char **paths)
{
	struct br_recording recording;
	struct br_error err;

	for (; *paths; paths++) {
		if (br_recording_load(&recording, *paths, &err) != BR_OK)
			continue;
		if (rows_of(&recording) > bench.n_printer) {
			br_recording_clear(&bench.recording);
			bench.recording = recording;
			bench.n_printer = rows_of(&recording);
			bench.path = *paths;
		} else {
			br_recording_clear(&recording);
		}
	}
}

static bool harvest_row(const struct br_recorded *row, const uint8_t *value)
{
	static uint8_t raw[65536];
	struct br_ber_out out;
	struct br_varbind varbind = {0};

	br_ber_out_init(&out, raw, sizeof raw);
	br_ber_put(&out, row->tag, value, row->len);
	br_ber_put(&out, BR_BER_OID, row->name.ber, row->name.len);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	varbind.raw = out.at;
	varbind.raw_len = (size_t)(out.end - out.at);
	return !out.full && br_harvest_add(&bench.printer, &varbind) == BR_OK;
}

static bool harvest_printer(void)
{
	const struct br_recording *recording = &bench.recording;

	br_harvest_init(&bench.printer, 16u * 1024 * 1024);
	for (size_t i = 0; i < recording->n_rows; i++) {
		const struct br_recorded *row = &recording->rows[i];

		if (br_oid_below(row->name.ber, row->name.len, printer_mib,
				 sizeof printer_mib) &&
		    !harvest_row(row, recording->values + row->at))
			return false;
	}
	return true;
}

/* A whole conversation with the recording; its answers stay in bench.said. */
static bool converse(unsigned *questions)
{
	struct br_conversation_options options = {.makers = &bench.makers, .seed = 4711};
	static struct br_conversation talk;
	struct br_target target = {.kind = BR_TARGET_WALK};
	struct br_wire wire;
	struct br_error err;
	bool good;

	br_text_copy(target.host, sizeof target.host, br_view(bench.path));
	br_text_copy(target.text, sizeof target.text, br_view(bench.path));
	if (br_wire_open(&wire, &target, &bench.profile, &err) != BR_OK)
		return false;
	options.session = wire.session;
	br_harvest_init(&bench.said, BR_HARVEST_CEILING);
	br_conversation_init(&talk, &options, &bench.said);
	good = br_wire_run(&wire, &talk, &err) == BR_OK;
	*questions = talk.questions;
	bench.mib = talk.mib;
	br_wire_close(&wire);
	return good;
}

/* The same conversation without a link; what is not answered yet the agent answers. */
static void converse_again(void)
{
	const struct br_conversation_options options = {
		.session = {.version = BR_SNMP_V2C, .community = br_view("public")},
		.makers = &bench.makers,
		.seed = 4711,
	};
	const struct br_agent agent = {.recording = &bench.recording};
	struct spoken *spoken = &bench.spoken;
	uint8_t room[BR_REQUEST_MAX];
	const uint8_t *question;
	size_t len;

	br_harvest_reset(&bench.heard);
	br_conversation_init(&bench.talk, &options, &bench.heard);
	for (size_t i = 0;
	     i < MOST_ANSWERS &&
	     br_conversation_next(&bench.talk, 0, room, sizeof room, &question, &len);
	     i++) {
		if (i == spoken->n)
			spoken->len[spoken->n++] =
				br_agent_answer(&agent, question, len, spoken->answer[i],
						sizeof spoken->answer[i]);
		br_conversation_hear(&bench.talk, 0, spoken->answer[i], spoken->len[i]);
	}
}

static unsigned long allocations_of(void (*work)(void))
{
	unsigned long before = allocations;

	work();
	return allocations - before;
}

static int measure(char **paths)
{
	unsigned questions;

	choose(paths);
	if (!bench.path || !harvest_printer() || !converse(&questions))
		return 1;
	const struct br_mib *mib = bench.mib;

	printf("rows\t%zu\n", bench.n_printer);
	printf("decode_printer_us\t%.2f\n", cost(decode_printer));
	printf("decode_printer_allocations\t%lu\n", allocations_of(decode_printer));
	printf("answers\t%zu\n", bench.said.len);
	printf("decode_us\t%.2f\n", cost(decode_said));
	printf("decode_allocations\t%lu\n", allocations_of(decode_said));
	printf("questions\t%u\n", questions);
	printf("conversation_us\t%.2f\n", cost(converse_again));
	printf("conversation_allocations\t%lu\n", allocations_of(converse_again));
	printf("conversation_bytes\t%zu\n", sizeof bench.talk);
	printf("harvest_bytes\t%zu\n", bench.heard.cap);
	br_buf_init(&bench.out, 1u << 22);
	printf("json_us\t%.2f\n", cost(write_json));
	printf("json_bytes\t%zu\n", bench.out.len);
	printf("table_us\t%.2f\n", cost(write_table));
	printf("find_first_us\t%.2f\n", cost(find_first));
	printf("find_again_us\t%.2f\n", cost(find_again));
	printf("maker\t%s\n", mib ? "known" : "none");
	br_buf_clear(&bench.out);
	return 0;
}

static void ignore(void *user, const struct br_reading *reading)
{
	(void)user;
	printf("questions\t%u\n", reading->questions);
}

static int read_standard(const char *text)
{
	const struct br_read_options options = {.profile = &bench.profile};
	struct br_target target;
	struct br_error err;

	if (br_target_parse(&target, text, &err) == BR_OK &&
	    br_read(&target, &options, ignore, NULL, &err) == BR_OK)
		return 0;
	fprintf(stderr, "inside: %s\n", err.text);
	return 1;
}

int main(int argc, char **argv)
{
	static struct br_config config;
	int code;

	br_config_init(&config);
	bench.profile = config.profiles[0];
	br_makers_init(&bench.makers);
	br_harvest_init(&bench.heard, BR_HARVEST_CEILING);
	code = argc == 3 && strcmp(argv[1], "standard") == 0 ? read_standard(argv[2])
							     : measure(argv + 1);
	br_makers_clear(&bench.makers);
	br_harvest_clear(&bench.said);
	br_harvest_clear(&bench.heard);
	br_harvest_clear(&bench.printer);
	br_recording_clear(&bench.recording);
	return code;
}
