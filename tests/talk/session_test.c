/*
 * session_test.c - which datagrams are an answer to the question that is out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "talk/session.h"

#include <stdlib.h>
#include <string.h>

/* A message of one version, PDU type and request id, with an empty list. */
static size_t message(uint8_t *out, int version, uint8_t type, int32_t id)
{
	uint8_t room[64];
	struct br_ber_out ber;

	br_ber_out_init(&ber, room, sizeof room);
	br_ber_wrap(&ber, BR_BER_SEQUENCE, ber.end);
	br_ber_put_int(&ber, BR_BER_INTEGER, 0);
	br_ber_put_int(&ber, BR_BER_INTEGER, 0);
	br_ber_put_int(&ber, BR_BER_INTEGER, id);
	br_ber_wrap(&ber, type, ber.end);
	br_ber_put(&ber, BR_BER_OCTETS, "other", 5);
	br_ber_put_int(&ber, BR_BER_INTEGER, version);
	br_ber_wrap(&ber, BR_BER_SEQUENCE, ber.end);
	memcpy(out, ber.at, (size_t)(ber.end - ber.at));
	return (size_t)(ber.end - ber.at);
}

TEST(answers)
{
	static const struct {
		const char *name;
		enum br_version version;
		int sent;
		uint8_t type;
		int32_t id;
		enum br_heard heard;
	} rows[] = {
		{"v2c", BR_SNMP_V2C, 1, BR_PDU_RESPONSE, 7, BR_HEARD_ANSWER},
		{"v1", BR_SNMP_V1, 0, BR_PDU_RESPONSE, 7, BR_HEARD_ANSWER},
		{"v1 to v2c", BR_SNMP_V2C, 0, BR_PDU_RESPONSE, 7, BR_HEARD_IGNORE},
		{"v2c to v1", BR_SNMP_V1, 1, BR_PDU_RESPONSE, 7, BR_HEARD_IGNORE},
		{"v3 to v2c", BR_SNMP_V2C, 3, BR_PDU_RESPONSE, 7, BR_HEARD_IGNORE},
		{"another id", BR_SNMP_V2C, 1, BR_PDU_RESPONSE, 8, BR_HEARD_IGNORE},
		{"a negative id", BR_SNMP_V2C, 1, BR_PDU_RESPONSE, -7, BR_HEARD_IGNORE},
		{"a question", BR_SNMP_V2C, 1, BR_PDU_GETBULK, 7, BR_HEARD_IGNORE},
		{"a report", BR_SNMP_V2C, 1, BR_PDU_REPORT, 7, BR_HEARD_IGNORE},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct br_session session = {.version = rows[i].version};
		struct br_answer answer;
		struct br_error err;
		uint8_t datagram[64];
		size_t len = message(datagram, rows[i].sent, rows[i].type, rows[i].id);

		check_case(rows[i].name);
		CHECK_INT(br_session_read(&session, 7, 0, datagram, len, &answer, &err),
			  rows[i].heard);
		for (size_t cut = 0; cut < len; cut++) {
			uint8_t *copy = malloc(cut ? cut : 1);

			if (!copy)
				abort();
			memcpy(copy, datagram, cut);
			CHECK_INT(br_session_read(&session, 7, 0, copy, cut, &answer, &err),
				  BR_HEARD_IGNORE);
			free(copy);
		}
	}
}

TEST(a_question_that_has_no_room_is_not_written)
{
	static const uint8_t name_octets[] = {0x2b, 6, 1, 2, 1, 1, 5, 0};
	struct br_session session = {.version = BR_SNMP_V2C, .community = br_view("public")};
	struct br_question question = {.type = BR_PDU_GET, .request_id = 1, .n_names = 1};
	struct br_oid name;
	size_t len = 0, whole;
	uint8_t buffer[128];

	CHECK_INT(br_oid_from_ber(&name, name_octets, sizeof name_octets), BR_OK);
	question.names[0] = &name;
	CHECK(br_session_write(&session, &question, 0, buffer, sizeof buffer, &len) != NULL);
	whole = len;
	for (size_t size = 0; size < whole; size++) {
		uint8_t *small = malloc(size ? size : 1);

		CHECK(br_session_write(&session, &question, 0, small, size, &len) == NULL);
		free(small);
	}
}
