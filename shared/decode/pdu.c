/*
 * pdu.c - the SNMP message, both ways.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/pdu.h"

void br_pdu_write(struct br_ber_out *out, const struct br_question *question)
{
	const uint8_t *pdu_end = out->at, *list_end = out->at;
	bool bulk = question->type == BR_PDU_GETBULK;

	for (size_t i = question->n_names; i > 0; i--) {
		const struct br_oid *name = question->names[i - 1];
		const uint8_t *end = out->at;

		br_ber_put(out, BR_BER_NULL, NULL, 0);
		br_ber_put(out, BR_BER_OID, name->ber, name->len);
		br_ber_wrap(out, BR_BER_SEQUENCE, end);
	}
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

/*
 * A varbind whose lengths are one octet each, as nearly all are. Readings take them out of the
 * harvest several times over, so this decides what they cost. False: br_varbind_take looks at
 * it step by step.
 */
static inline bool take_short(struct br_ber *varbinds, struct br_varbind *varbind)
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

bool br_varbind_take(struct br_ber *varbinds, struct br_varbind *varbind, bool *broken)
{
	struct br_tlv pair, name;
	struct br_ber body;
	const uint8_t *raw = varbinds->at;

	*broken = false;
	if (varbinds->at == varbinds->end)
		return false;
	if (take_short(varbinds, varbind))
		return true;
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

bool br_varbind_is_absent(const struct br_varbind *varbind)
{
	return varbind->value.tag >= BR_BER_NO_SUCH_OBJECT || varbind->value.tag == BR_BER_NULL;
}
