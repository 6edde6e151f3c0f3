/*
 * agent_test.c - what a recorded printer answers, request by request.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/agent.h"

#include "base/buf.h"
#include "check.h"
#include "decode/pdu.h"

#include <stdlib.h>
#include <string.h>

static const char printer[] = "1.3.6.1.1.0|4|one\n"
			      "1.3.6.1.2.0|70|5\n"
			      "1.3.6.1.3.1.1|2|11\n"
			      "1.3.6.1.3.1.2|2|12\n"
			      "1.3.6.1.3.2.1|66|21\n"
			      "1.3.6.1.3.2.2|66|22\n"
			      "1.3.6.1.4.0|70|6\n";

struct reply {
	uint8_t bytes[4096];
	size_t len;
	char text[8192]; /* "error/index name=TAG:value …", values in hex */
};

static void describe(struct reply *reply)
{
	struct br_buf buf;
	struct br_answer answer;
	struct br_varbind varbind;
	char name[BR_OID_TEXT_SIZE];
	bool broken = true;

	br_buf_init(&buf, sizeof(reply->text));
	if (reply->len == 0)
		br_buf_text(&buf, "silence");
	else if (!br_message_read(reply->bytes, reply->len, &answer) ||
		 answer.type != BR_PDU_RESPONSE)
		br_buf_text(&buf, "nonsense");
	else {
		br_buf_format(&buf, "%d/%d", answer.error, answer.error_index);
		while (br_varbind_take(&answer.varbinds, &varbind, &broken)) {
			br_oid_format(name, sizeof(name), varbind.name, varbind.name_len);
			br_buf_format(&buf, " %s=%02x:", name + strlen("1.3.6.1."),
				      varbind.value.tag);
			for (size_t i = 0; i < varbind.value.len; i++)
				br_buf_format(&buf, "%02x", varbind.value.data[i]);
		}
		if (broken)
			br_buf_text(&buf, " broken");
	}
	CHECK_INT(buf.status, BR_OK);
	(void)br_text_copy(reply->text, sizeof(reply->text),
			   (struct br_view){buf.data, buf.len});
	br_buf_clear(&buf);
}

/* Names are "1.0 3.1" below 1.3.6.1. */
static size_t ask(uint8_t *out, size_t size, enum br_version version,
		  const struct br_question *shape, const char *names)
{
	static struct br_oid oids[BR_PDU_MAX_NAMES];
	struct br_question question = *shape;
	struct br_view rest = br_view(names), word;
	size_t len = 0;

	question.request_id = -77;
	while ((word = br_view_word(&rest)).len > 0) {
		char dotted[200] = "1.3.6.1.";
		memcpy(dotted + 8, word.at, word.len);
		CHECK_INT(br_oid_parse(&oids[question.n_names], dotted, 8 + word.len), BR_OK);
		question.names[question.n_names] = &oids[question.n_names];
		question.n_names++;
	}
	const uint8_t *at =
		br_message_write(out, size, version, br_view("public"), &question, &len);
	CHECK(at != NULL);
	memmove(out, at, len);
	return len;
}

/* Request and room for the reply are heap blocks of the exact size. */
static void answer(const struct br_agent *agent, const uint8_t *request, size_t len,
		   size_t room, struct reply *reply)
{
	uint8_t *in = malloc(len > 0 ? len : 1), *out = malloc(room > 0 ? room : 1);

	memcpy(in, request, len);
	reply->len = br_agent_answer(agent, in, len, out, room);
	CHECK(reply->len <= room);
	memcpy(reply->bytes, out, reply->len);
	free(in);
	free(out);
	describe(reply);
}

static const struct {
	const char *name;
	enum br_version version;
	struct br_question shape;
	const char *names, *want;
	size_t max_message;
} cases[] = {
#define GET                        \
	{                          \
		.type = BR_PDU_GET \
	}
#define NEXT                           \
	{                              \
		.type = BR_PDU_GETNEXT \
	}
#define BULK(single, repeat)                                                               \
	{                                                                                  \
		.type = BR_PDU_GETBULK, .non_repeaters = single, .max_repetitions = repeat \
	}
	/* clang-format off */
	{"v1 get", BR_SNMP_V1, GET, "1.0 3.1.2", "0/0 1.0=04:6f6e65 3.1.2=02:0c", 0},
	{"v2c get", BR_SNMP_V2C, GET, "3.1.2 2.0 1.0", "0/0 3.1.2=02:0c 2.0=46:05 1.0=04:6f6e65", 0},
	{"get of nothing", BR_SNMP_V2C, GET, "", "0/0", 0},
	{"v1 get of what is not there", BR_SNMP_V1, GET, "1.0 9.0 3.1.2", "2/2 1.0=05: 9.0=05: 3.1.2=05:", 0},
	{"v1 get, the first error counts", BR_SNMP_V1, GET, "8.0 9.0", "2/1 8.0=05: 9.0=05:", 0},
	{"v1 knows no Counter64", BR_SNMP_V1, GET, "2.0", "2/1 2.0=05:", 0},
	{"no such object", BR_SNMP_V2C, GET, "9.0 1.0", "0/0 9.0=80: 1.0=04:6f6e65", 0},
	{"no such object, in between", BR_SNMP_V2C, GET, "3.3.1", "0/0 3.3.1=80:", 0},
	{"no such instance, behind", BR_SNMP_V2C, GET, "3.2.9", "0/0 3.2.9=81:", 0},
	{"no such instance, a column", BR_SNMP_V2C, GET, "3.1", "0/0 3.1=81:", 0},
	{"no such instance, long arc", BR_SNMP_V2C, GET, "3.1.70000", "0/0 3.1.70000=81:", 0},
	{"v1 next", BR_SNMP_V1, NEXT, "1.0 3.1.2 3", "0/0 3.1.1=02:0b 3.2.1=42:15 3.1.1=02:0b", 0},
	{"v1 next at the end", BR_SNMP_V1, NEXT, "1.0 3.2.2", "2/2 1.0=05: 3.2.2=05:", 0},
	{"v2c next", BR_SNMP_V2C, NEXT, "1.0 3.1 3.1.1.0", "0/0 2.0=46:05 3.1.1=02:0b 3.1.2=02:0c", 0},
	{"v2c next at the end", BR_SNMP_V2C, NEXT, "4.0 9", "0/0 4.0=82: 9=82:", 0},
	{"v1 has no bulk", BR_SNMP_V1, BULK(0, 5), "1", "silence", 0},
	{"bulk", BR_SNMP_V2C, BULK(1, 2), "1 3.1 3.2",
	 "0/0 1.0=04:6f6e65 3.1.1=02:0b 3.2.1=42:15 3.1.2=02:0c 3.2.2=42:16", 0},
	{"bulk over the end", BR_SNMP_V2C, BULK(0, 9), "3.2.1 4",
	 "0/0 3.2.2=42:16 4.0=46:06 4.0=46:06 4.0=82: 4.0=82: 4.0=82:", 0},
	{"bulk at the end stops", BR_SNMP_V2C, BULK(0, 50), "5 6", "0/0 5=82: 6=82:", 0},
	{"bulk of non-repeaters", BR_SNMP_V2C, BULK(9, 50), "1 3.1", "0/0 1.0=04:6f6e65 3.1.1=02:0b", 0},
	{"bulk without repetitions", BR_SNMP_V2C, BULK(1, 0), "1 3.1", "0/0 1.0=04:6f6e65", 0},
	{"bulk with negative numbers", BR_SNMP_V2C, BULK(-3, -1), "1 3.1", "0/0", 0},
	{"bulk with a negative number", BR_SNMP_V2C, BULK(-3, 1), "1 3.1", "0/0 1.0=04:6f6e65 3.1.1=02:0b", 0},
	{"bulk with too many repetitions", BR_SNMP_V2C, BULK(0, 2147483647), "3.2.2", "0/0 4.0=46:06 4.0=82:", 0},
	{"bulk of no names", BR_SNMP_V2C, BULK(0, 2147483647), "", "0/0", 0},
	{"bulk is cut", BR_SNMP_V2C, BULK(0, 9), "1", "0/0 1.0=04:6f6e65 2.0=46:05", 64},
	{"bulk is cut one later", BR_SNMP_V2C, BULK(0, 9), "1", "0/0 1.0=04:6f6e65 2.0=46:05 3.1.1=02:0b", 65},
	{"bulk is cut to nothing", BR_SNMP_V2C, BULK(0, 9), "1", "0/0", 39},
	{"v2c too big", BR_SNMP_V2C, GET, "1.0 1.0 1.0", "1/0", 60},
	{"v1 too big", BR_SNMP_V1, GET, "1.0 1.0", "1/0 1.0=05: 1.0=05:", 53},
	{"v1 just fits", BR_SNMP_V1, GET, "1.0 1.0", "0/0 1.0=04:6f6e65 1.0=04:6f6e65", 54},
	{"v2c next too big", BR_SNMP_V2C, NEXT, "1 1", "1/0", 53},
	{"v1 error that does not fit", BR_SNMP_V1, GET, "1.0 1.0 1.0", "silence", 58},
	{"no room at all", BR_SNMP_V2C, GET, "1.0", "silence", 25},
	/* clang-format on */
};

static void with_printer(struct br_recording *recording)
{
	CHECK_INT(br_recording_parse(recording, br_view(printer), "printer", NULL), BR_OK);
}

TEST(answers)
{
	struct br_recording recording;
	uint8_t request[512];
	static struct reply reply;

	with_printer(&recording);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct br_agent agent = {.recording = &recording,
					 .community = br_view("public"),
					 .max_message = cases[i].max_message};
		check_case(cases[i].name);
		size_t len = ask(request, sizeof(request), cases[i].version, &cases[i].shape,
				 cases[i].names);
		answer(&agent, request, len, 4096, &reply);
		CHECK_STR(reply.text, cases[i].want);
		struct br_answer read;
		if (br_message_read(reply.bytes, reply.len, &read))
			CHECK_INT(read.request_id, -77);
		/* A small buffer is a small limit, and every cut of the request is silence. */
		if (cases[i].max_message > 0) {
			agent.max_message = 0;
			answer(&agent, request, len, cases[i].max_message, &reply);
			CHECK_STR(reply.text, cases[i].want);
		}
		for (size_t room = 0; room < 100; room++)
			answer(&agent, request, len, room, &reply);
		for (size_t cut = 0; cut < len; cut++) {
			answer(&agent, request, cut, 4096, &reply);
			CHECK_STR(reply.text, "silence");
		}
	}
	br_recording_clear(&recording);
}

TEST(is_silent)
{
	static const struct {
		const char *name;
		size_t at;
		uint8_t octet;
	} changed[] = {
		/* clang-format off */
		{"v3", 4, 3},
		{"wrong community", 7, 'q'},
		{"a set", 13, 0xa3},
		{"a trap", 13, 0xa7},
		{"a response", 13, 0xa2},
		{"no list", 24, 0x31},
		{"no varbind", 26, 0x31},
		{"no name", 28, 0x05},
		/* clang-format on */
	};
	static const struct br_question get = GET;
	struct br_recording recording;
	static struct reply reply;
	uint8_t request[512];

	with_printer(&recording);
	struct br_agent agent = {.recording = &recording, .community = br_view("public")};
	size_t len = ask(request, sizeof(request), BR_SNMP_V2C, &get, "1.0");
	answer(&agent, request, len, 4096, &reply);
	CHECK_STR(reply.text, "0/0 1.0=04:6f6e65");
	for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++) {
		uint8_t kept = request[changed[i].at];
		check_case(changed[i].name);
		CHECK(kept != changed[i].octet);
		request[changed[i].at] = changed[i].octet;
		answer(&agent, request, len, 4096, &reply);
		CHECK_STR(reply.text, "silence");
		request[changed[i].at] = kept;
	}
	br_recording_clear(&recording);
}

TEST(community)
{
	static const struct {
		const char *name;
		struct br_view community;
		const char *want;
	} communities[] = {
		{"any", {NULL, 0}, "0/0 1.0=04:6f6e65"},
		{"the same", {"public", 6}, "0/0 1.0=04:6f6e65"},
		{"longer", {"publicly", 8}, "silence"},
		{"shorter", {"publi", 5}, "silence"},
		{"empty", {"", 0}, "silence"},
	};
	static const struct br_question get = GET;
	struct br_recording recording;
	static struct reply reply;
	uint8_t request[512];

	with_printer(&recording);
	size_t len = ask(request, sizeof(request), BR_SNMP_V1, &get, "1.0");
	for (size_t i = 0; i < sizeof(communities) / sizeof(communities[0]); i++) {
		struct br_agent agent = {.recording = &recording,
					 .community = communities[i].community};
		check_case(communities[i].name);
		answer(&agent, request, len, 4096, &reply);
		CHECK_STR(reply.text, communities[i].want);
	}
	br_recording_clear(&recording);
}

/* Lengths of one, two and three octets, and what is just too long for the message. */
TEST(long_values)
{
	static const size_t lengths[] = {127, 128, 255, 256, 1000, 1425, 1426, 70000};
	static const struct br_question get = GET;
	static struct reply reply;
	uint8_t request[512], name[] = {0x2b, 6, 1, 1, 0};

	size_t len = ask(request, sizeof(request), BR_SNMP_V2C, &get, "1.0");
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct br_recording recording;
		struct br_buf buf;
		uint8_t *value = calloc(1, lengths[i]);
		br_buf_init(&buf, 1u << 20);
		br_recording_line(&buf, name, sizeof(name), 4, value, lengths[i]);
		CHECK_INT(br_recording_parse(&recording, (struct br_view){buf.data, buf.len},
					     "x", NULL),
			  BR_OK);
		struct br_agent agent = {.recording = &recording};
		uint8_t out[2000];
		reply.len = br_agent_answer(&agent, request, len, out, sizeof(out));
		struct br_answer read;
		struct br_varbind varbind = {0};
		bool broken;
		CHECK(reply.len <= 1472);
		CHECK(br_message_read(out, reply.len, &read));
		if (lengths[i] <= 1425) {
			CHECK_INT(read.error, 0);
			CHECK(br_varbind_take(&read.varbinds, &varbind, &broken));
			CHECK_MEM(varbind.value.data, varbind.value.len, value, lengths[i]);
		} else {
			CHECK_INT(read.error, BR_PDU_TOO_BIG);
		}
		free(value);
		br_buf_clear(&buf);
		br_recording_clear(&recording);
	}
}

/* A message may be filled to its last octet, whatever the size of the request's number. */
TEST(full_messages)
{
	static const struct {
		int32_t id;
		size_t octets;
	} ids[] = {
		{0, 1},       {127, 1},      {128, 2},      {-128, 1},      {-129, 2},
		{32767, 2},   {32768, 3},    {-32768, 2},   {-32769, 3},    {8388607, 3},
		{8388608, 4}, {-8388608, 3}, {-8388609, 4}, {INT32_MAX, 4}, {INT32_MIN, 4},
	};
	static const uint8_t value[1500], name[] = {0x2b, 6, 1, 1, 0};
	struct br_oid oid;
	uint8_t request[512], out[2000];

	CHECK_INT(br_oid_from_ber(&oid, name, sizeof(name)), BR_OK);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		struct br_question get = {.type = BR_PDU_GET,
					  .request_id = ids[i].id,
					  .n_names = 1,
					  .names = {&oid}};
		size_t len = 0, fits = 1426 - ids[i].octets;
		const uint8_t *at = br_message_write(request, sizeof(request), BR_SNMP_V2C,
						     br_view("public"), &get, &len);
		for (size_t more = 0; more < 2; more++) {
			struct br_recording recording;
			struct br_buf buf;
			br_buf_init(&buf, 1u << 20);
			br_recording_line(&buf, name, sizeof(name), 4, value, fits + more);
			CHECK_INT(br_recording_parse(&recording,
						     (struct br_view){buf.data, buf.len}, "x",
						     NULL),
				  BR_OK);
			struct br_agent agent = {.recording = &recording};
			size_t got = br_agent_answer(&agent, at, len, out, sizeof(out));
			CHECK_INT(got > 1000 ? got : 0, more ? 0 : 1472);
			struct br_answer read;
			CHECK(br_message_read(out, got, &read));
			CHECK_INT(read.error, more ? BR_PDU_TOO_BIG : 0);
			CHECK_INT(read.request_id, ids[i].id);
			br_buf_clear(&buf);
			br_recording_clear(&recording);
		}
	}
}

static bool lie(void *user, const struct br_recorded *row, uint8_t *tag, const uint8_t **value,
		size_t *len)
{
	(void)user;
	if (row->tag != BR_BER_OCTETS)
		return false;
	*tag = BR_BER_INTEGER;
	*value = (const uint8_t *)"\x07";
	*len = 1;
	return true;
}

/* The first row comes again behind the third one, for ever. */
static const struct br_recorded *circle(void *user, const uint8_t *name, size_t len)
{
	const struct br_recording *recording = user;
	bool exact;
	size_t at = br_recording_find(recording, name, len, &exact) + (exact ? 1 : 0);
	return &recording->rows[at < 3 ? at : 0];
}

TEST(plays_what_it_is_told)
{
	static const struct br_question get = GET, bulk = BULK(0, 5);
	struct br_recording recording;
	static struct reply reply;
	uint8_t request[512];

	with_printer(&recording);
	struct br_agent agent = {
		.recording = &recording, .override = lie, .next = circle, .user = &recording};
	size_t len = ask(request, sizeof(request), BR_SNMP_V2C, &get, "1.0 3.1.1");
	answer(&agent, request, len, 4096, &reply);
	CHECK_STR(reply.text, "0/0 1.0=02:07 3.1.1=02:0b");
	len = ask(request, sizeof(request), BR_SNMP_V2C, &bulk, "1.0");
	answer(&agent, request, len, 4096, &reply);
	CHECK_STR(reply.text, "0/0 2.0=46:05 3.1.1=02:0b 1.0=02:07 2.0=46:05 3.1.1=02:0b");
	br_recording_clear(&recording);
}

/* 30 04 06 00 05 00: the smallest varbind there is, as often as a datagram holds it. */
TEST(crowded_requests)
{
	static const uint8_t varbind[] = {0x30, 5, 6, 1, 0x2b, 5, 0};
	static const uint8_t types[] = {BR_PDU_GET, BR_PDU_GETNEXT, BR_PDU_GETBULK};
	static const size_t counts[] = {256, 257, 9000};
	static const char *const want[3][3] = {
		{"1/0", "1/0", "1/0"}, {"1/0", "1/0", "1/0"}, {"0/0", "1/0", "1/0"}};
	struct br_recording recording;
	static struct reply reply;
	static uint8_t request[65507];

	with_printer(&recording);
	struct br_agent agent = {.recording = &recording};
	for (size_t t = 0; t < 3; t++) {
		for (size_t c = 0; c < 3; c++) {
			struct br_ber_out out;
			br_ber_out_init(&out, request, sizeof(request));
			for (size_t i = 0; i < counts[c]; i++)
				br_ber_put_raw(&out, varbind, sizeof(varbind));
			br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
			br_ber_put_int(&out, BR_BER_INTEGER, 1);
			br_ber_put_int(&out, BR_BER_INTEGER, 0);
			br_ber_put_int(&out, BR_BER_INTEGER, 1);
			br_ber_wrap(&out, types[t], out.end);
			br_ber_put(&out, BR_BER_OCTETS, "public", 6);
			br_ber_put_int(&out, BR_BER_INTEGER, BR_SNMP_V2C);
			br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
			CHECK(!out.full);
			answer(&agent, out.at, (size_t)(out.end - out.at), 1472, &reply);
			reply.text[3] = '\0';
			CHECK_STR(reply.text, want[t][c]);
		}
	}
	br_recording_clear(&recording);
}
