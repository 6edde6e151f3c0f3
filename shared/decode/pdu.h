/*
 * pdu.h - SNMP messages of v1 and v2c, and the PDU that v3 carries too.
 *
 * There is no tag for SetRequest here, and no way to give a value with a name: what this
 * file can write cannot change a printer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_PDU_H
#define BR_DECODE_PDU_H

#include "base/oid.h"
#include "base/text.h"
#include "decode/ber.h"

#define BR_PDU_MAX_NAMES 64
#define BR_DATAGRAM_MAX  65507 /* what UDP over IPv4 can carry */
#define BR_REQUEST_MAX   1472  /* ours stay in one Ethernet frame */

enum br_version { BR_SNMP_V1 = 0, BR_SNMP_V2C = 1, BR_SNMP_V3 = 3 };

enum br_pdu_type {
	BR_PDU_GET = 0xa0,
	BR_PDU_GETNEXT = 0xa1,
	BR_PDU_RESPONSE = 0xa2,
	BR_PDU_GETBULK = 0xa5,
	BR_PDU_REPORT = 0xa8,
};

enum br_pdu_error {
	BR_PDU_NO_ERROR = 0,
	BR_PDU_TOO_BIG = 1,
	BR_PDU_NO_SUCH_NAME = 2,
	BR_PDU_BAD_VALUE = 3,
	BR_PDU_READ_ONLY = 4,
	BR_PDU_GEN_ERR = 5,
	BR_PDU_NO_ACCESS = 6,
	BR_PDU_AUTHORIZATION_ERROR = 16,
};

/* What is asked. Names are lent. */
struct br_question {
	enum br_pdu_type type; /* GET, GETNEXT or GETBULK */
	int32_t request_id;
	int32_t non_repeaters, max_repetitions; /* GETBULK only */
	bool again; /* no answer came to it yet: a late one counts (v3 keeps its message id) */
	size_t n_names;
	const struct br_oid *names[BR_PDU_MAX_NAMES];
};

/* What was answered; points into the datagram. */
struct br_answer {
	enum br_version version;
	struct br_tlv community; /* v1, v2c */
	uint8_t type;            /* BR_PDU_RESPONSE or BR_PDU_REPORT, or what came */
	int32_t request_id, error,
		error_index;    /* of a GETBULK request: non-repeaters, repetitions */
	struct br_ber varbinds; /* take them with br_varbind_take() */
};

struct br_varbind {
	const uint8_t *name; /* OID contents; arcs are not checked: br_oid_from_ber does */
	size_t name_len;
	struct br_tlv value;
	const uint8_t *raw; /* the whole varbind, header included */
	size_t raw_len;
};

/* Writes the PDU alone (v3 wraps it); out is written backwards, see ber.h. */
void br_pdu_write(struct br_ber_out *out, const struct br_question *question);

/* Writes a v1 or v2c message into buffer's end; *len and return say where. NULL: no room. */
const uint8_t *br_message_write(uint8_t *buffer, size_t size, enum br_version version,
				struct br_view community, const struct br_question *question,
				size_t *len);

/* Reads a PDU, then a whole v1/v2c message. Checks the structure, not what it says. */
bool br_pdu_read(struct br_ber in, struct br_answer *answer);
bool br_message_read(const uint8_t *data, size_t len, struct br_answer *answer);

/*
 * A varbind whose lengths are one octet each, as nearly all are. Readings take them out of the
 * harvest several times over, so this decides what they cost, and stands here to be compiled
 * into each pass. False: br_varbind_take_long looks at it step by step.
 */
static inline bool br_varbind_take_short(struct br_ber *varbinds, struct br_varbind *varbind)
{
	const uint8_t *at = varbinds->at, *value;
	size_t left = (size_t)(varbinds->end - at), len, name_len;

	if (left < 6 || at[0] != BR_BER_SEQUENCE || at[2] != BR_BER_OID)
		return false;
	len = at[1];
	name_len = at[3];
	if (len & 0x80 || len > left - 2 ||
	    name_len + 4 > len) /* a long name_len is over 127 too */
		return false;
	value = at + 4 + name_len;
	if (value[1] & 0x80 || value[1] > len - 4 - name_len || (value[0] & 0x1f) == 0x1f)
		return false;
	varbind->name = at + 4;
	varbind->name_len = name_len;
	varbind->value = (struct br_tlv){value[0], value + 2, value[1]};
	varbind->raw = at;
	varbind->raw_len = len + 2;
	varbinds->at = at + 2 + len;
	return true;
}

bool br_varbind_take_long(struct br_ber *varbinds, struct br_varbind *varbind, bool *broken);

/* Takes the next varbind; false at the end or where it is broken (then *broken is set). */
static inline bool br_varbind_take(struct br_ber *varbinds, struct br_varbind *varbind,
				   bool *broken)
{
	*broken = false;
	return br_varbind_take_short(varbinds, varbind) ||
	       br_varbind_take_long(varbinds, varbind, broken);
}

/*
 * For those who look for a few among many: the name of the varbind that is next, if its lengths
 * are of one octet each, without taking it; NULL: take it. br_varbind_skip goes on behind it.
 */
static inline const uint8_t *br_varbind_peek(const struct br_ber *varbinds, size_t *name_len)
{
	const uint8_t *at = varbinds->at;
	size_t left = (size_t)(varbinds->end - at);

	if (left < 6 || at[0] != BR_BER_SEQUENCE || at[1] & 0x80 || at[1] > left - 2 ||
	    at[2] != BR_BER_OID || at[3] + 4u > at[1])
		return NULL;
	*name_len = at[3];
	return at + 4;
}

static inline void br_varbind_skip(struct br_ber *varbinds)
{
	varbinds->at += 2 + varbinds->at[1];
}

/* True if the value is an exception of v2 or a NULL: nothing was said. */
static inline bool br_varbind_is_absent(const struct br_varbind *varbind)
{
	return varbind->value.tag >= BR_BER_NO_SUCH_OBJECT || varbind->value.tag == BR_BER_NULL;
}

#endif
