/*
 * trace.c - one datagram, described.
 *
 * SPDX-License-Identifier: MIT
 */
#include "talk/trace.h"

#include "base/oid.h"
#include "decode/pdu.h"

#include <inttypes.h>

static const char *pdu_name(unsigned type)
{
	switch (type) {
	case BR_PDU_GET:
		return "get";
	case BR_PDU_GETNEXT:
		return "getnext";
	case BR_PDU_GETBULK:
		return "getbulk";
	case BR_PDU_RESPONSE:
		return "response";
	case BR_PDU_REPORT:
		return "report";
	}
	return "unknown";
}

static size_t count_names(struct br_ber varbinds, char *first, size_t size)
{
	struct br_varbind varbind;
	bool broken = false;
	size_t n = 0;

	first[0] = '\0';
	while (br_varbind_take(&varbinds, &varbind, &broken))
		if (n++ == 0)
			br_oid_format(first, size, varbind.name, varbind.name_len);
	return n;
}

void br_trace(struct br_buf *line, bool out, const uint8_t *data, size_t len)
{
	char first[BR_OID_TEXT_SIZE];
	struct br_answer answer;
	size_t n;

	br_buf_format(line, "%s %zu octets", out ? "->" : "<-", len);
	if (!br_message_read(data, len, &answer)) {
		br_buf_text(line, ", SNMPv3 or no SNMP");
		return;
	}
	n = count_names(answer.varbinds, first, sizeof first);
	br_buf_format(line, ", v%s %s %" PRId32 ", %zu name%s",
		      answer.version == BR_SNMP_V1 ? "1" : "2c", pdu_name(answer.type),
		      answer.request_id, n, n == 1 ? "" : "s");
	if (answer.type == BR_PDU_GETBULK)
		br_buf_format(line, ", %" PRId32 " once, others %" PRId32 " times",
			      answer.error, answer.error_index);
	else if (answer.error)
		br_buf_format(line, ", error %" PRId32 " at %" PRId32, answer.error,
			      answer.error_index);
	if (n)
		br_buf_format(line, ", first %s", first);
}
