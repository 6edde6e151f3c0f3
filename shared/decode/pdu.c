/*
 * pdu.c - the SNMP message, both ways.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/pdu.h"

#include <string.h>

/* A name with NULL for a value. Mostly there is room, and its lengths are of one octet each. */
static void put_name(struct br_ber_out *out, const struct br_oid *name)
{
	enum { AROUND = 6, SHORT = 0x7f - AROUND };
	static const uint8_t null[] = {BR_BER_NULL, 0};
	const uint8_t *end = out->at;

	if (name->len <= SHORT && out->at - out->start >= name->len + AROUND) {
		out->at -= name->len + AROUND;
		out->at[0] = BR_BER_SEQUENCE;
		out->at[1] = (uint8_t)(name->len + AROUND - 2);
		out->at[2] = BR_BER_OID;
		out->at[3] = name->len;
		memcpy(out->at + 4, name->ber, name->len);
		memcpy(out->at + 4 + name->len, null, sizeof null);
		return;
	}
	br_ber_put_raw(out, null, sizeof null);
	br_ber_put(out, BR_BER_OID, name->ber, name->len);
	br_ber_wrap(out, BR_BER_SEQUENCE, end);
}

void br_pdu_write(struct br_ber_out *out, const struct br_question *question)
{
	const uint8_t *pdu_end = out->at, *list_end = out->at;
	bool bulk = question->type == BR_PDU_GETBULK;

	for (size_t i = question->n_names; i > 0; i--)
		put_name(out, question->names[i - 1]);
	br_ber_wrap(out, BR_BER_SEQUENCE, list_end);
	br_ber_put_int(out, BR_BER_INTEGER, bulk ? question->max_repetitions : 0);
	br_ber_put_int(out, BR_BER_INTEGER, bulk ? question->non_repeaters : 0);
	br_ber_put_int(out, BR_BER_INTEGER, question->request_id);
	br_ber_wrap(out, (uint8_t)question->type, pdu_end);
}

const uint8_t *br_message_write(uint8_t *buffer, size_t size, enum br_version version,
				struct br_view community, const struct br_question *question,
				size_t *len)
{
	struct br_ber_out out;

	br_ber_out_init(&out, buffer, size);
	br_pdu_write(&out, question);
	br_ber_put(&out, BR_BER_OCTETS, community.at, community.len);
	br_ber_put_int(&out, BR_BER_INTEGER, version);
	br_ber_wrap(&out, BR_BER_SEQUENCE, out.end);
	if (out.full)
		return NULL;
	*len = (size_t)(out.end - out.at);
	return out.at;
}

bool br_pdu_read(struct br_ber in, struct br_answer *answer)
{
	struct br_tlv pdu, list;
	struct br_ber body;

	if (!br_ber_take(&in, &pdu))
		return false;
	answer->type = pdu.tag;
	body = (struct br_ber){pdu.data, pdu.data + pdu.len};
	if (!br_ber_take_int(&body, &answer->request_id) ||
	    !br_ber_take_int(&body, &answer->error) ||
	    !br_ber_take_int(&body, &answer->error_index) ||
	    !br_ber_take_tag(&body, BR_BER_SEQUENCE, &list))
		return false;
	answer->varbinds = (struct br_ber){list.data, list.data + list.len};
	return true;
}

bool br_message_read(const uint8_t *data, size_t len, struct br_answer *answer)
{
	struct br_ber in = {data, data + len}, body;
	struct br_tlv message;
	int32_t version;

	if (!br_ber_take_tag(&in, BR_BER_SEQUENCE, &message))
		return false;
	body = (struct br_ber){message.data, message.data + message.len};
	if (!br_ber_take_int(&body, &version) ||
	    (version != BR_SNMP_V1 && version != BR_SNMP_V2C) ||
	    !br_ber_take_tag(&body, BR_BER_OCTETS, &answer->community))
		return false;
	answer->version = (enum br_version)version;
	return br_pdu_read(body, answer);
}

bool br_varbind_take_long(struct br_ber *varbinds, struct br_varbind *varbind, bool *broken)
{
	struct br_tlv pair, name;
	struct br_ber body;
	const uint8_t *raw = varbinds->at;

	*broken = false;
	if (varbinds->at == varbinds->end)
		return false;
	*broken = true;
	if (!br_ber_take_tag(varbinds, BR_BER_SEQUENCE, &pair))
		return false;
	body = (struct br_ber){pair.data, pair.data + pair.len};
	if (!br_ber_take_tag(&body, BR_BER_OID, &name) || !br_ber_take(&body, &varbind->value))
		return false;
	*broken = false;
	varbind->name = name.data;
	varbind->name_len = name.len;
	varbind->raw = raw;
	varbind->raw_len = (size_t)(varbinds->at - raw);
	return true;
}
