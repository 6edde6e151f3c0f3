/*
 * probe.c - writes the question of a scan once, and reads the answers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/probe.h"

#include "decode/pdu.h"
#include "decode/usm.h"

#include <string.h>

/* In this order in the question. The last two have rows in printers only. */
enum { SYS_DESCR, SYS_OBJECT_ID, SYS_NAME, PRINTER_STATUS, CONFIG_CHANGES, N_NAMES };

static const char *const names[N_NAMES] = {
	[SYS_DESCR] = "1.3.6.1.2.1.1.1",
	[SYS_OBJECT_ID] = "1.3.6.1.2.1.1.2",
	[SYS_NAME] = "1.3.6.1.2.1.1.5",
	[PRINTER_STATUS] = "1.3.6.1.2.1.25.3.5.1.1", /* hrPrinterStatus */
	[CONFIG_CHANGES] = "1.3.6.1.2.1.43.5.1.1.1", /* prtGeneralConfigChanges */
};

static void parse_names(struct br_oid oids[N_NAMES])
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (br_oid_parse(&oids[i], names[i], strlen(names[i])) != BR_OK)
			oids[i].len = 0;
}

static const uint8_t *write_community(uint8_t *buffer, enum br_probe_kind kind,
				      const struct br_profile *profile, int32_t id, size_t *len)
{
	struct br_oid oids[N_NAMES];
	struct br_question question = {
		.type = BR_PDU_GETNEXT, .request_id = id, .n_names = N_NAMES};

	parse_names(oids);
	for (size_t i = 0; i < N_NAMES; i++)
		question.names[i] = &oids[i];
	return br_message_write(buffer, BR_PROBE_SIZE,
				kind == BR_PROBE_V1 ? BR_SNMP_V1 : BR_SNMP_V2C,
				br_view(profile->community), &question, len);
}

/* The discovery of RFC 3414, 4: an empty engine, no user, no names. */
static const uint8_t *write_engine(uint8_t *buffer, int32_t id, size_t *len)
{
	const struct br_question question = {.type = BR_PDU_GET, .request_id = 1};
	const struct br_usm usm = {.id = id, .max_size = 65507, .flags = BR_USM_REPORTABLE};
	struct br_ber_out out;
	const uint8_t *end;

	br_ber_out_init(&out, buffer, BR_PROBE_SIZE);
	end = out.at;
	br_scoped_write(&out, &usm.engine, br_view(""), &question);
	br_usm_write(&out, &usm, end);
	*len = (size_t)(out.end - out.at);
	return out.full ? NULL : out.at;
}

enum br_status br_probe_make(struct br_probe *probe, enum br_probe_kind kind,
			     const struct br_profile *profile, struct br_error *err)
{
	/* Two ids that differ in each octet: where the messages differ, the id stands. */
	static const int32_t ids[2] = {0x41424344, 0x51525354};
	uint8_t buffer[2][BR_PROBE_SIZE];
	const uint8_t *at[2];
	size_t len = 0;

	*probe = (struct br_probe){.kind = kind, .port = profile->port ? profile->port : 161};
	for (int i = 0; i < 2; i++) {
		at[i] = kind == BR_PROBE_ENGINE
				? write_engine(buffer[i], ids[i], &len)
				: write_community(buffer[i], kind, profile, ids[i], &len);
		if (!at[i])
			return br_fail(err, BR_E_LIMIT,
				       "the community of profile %s is too long",
				       profile->name);
	}
	while (probe->id_at + 4u < len && at[0][probe->id_at] == at[1][probe->id_at])
		probe->id_at++;
	memcpy(probe->octets, at[0], len);
	probe->len = (uint16_t)len;
	return BR_OK;
}

/* Four octets of a positive INTEGER always, so that the message keeps its length. */
int32_t br_probe_id(const struct br_siphash_key *key, const union br_address *address,
		    const struct br_probe *probe)
{
	uint8_t data[17];
	size_t len = 4;

	data[0] = probe->number;
	if (address->any.sa_family == AF_INET6)
		memcpy(data + 1, &address->v6.sin6_addr, len = 16);
	else
		memcpy(data + 1, &address->v4.sin_addr, len);
	return (int32_t)(br_siphash(key, data, 1 + len) & 0x3fffffff) | 0x40000000;
}

void br_probe_write(const struct br_probe *probe, int32_t id, uint8_t *out)
{
	memcpy(out, probe->octets, probe->len);
	for (int i = 0; i < 4; i++)
		out[probe->id_at + i] = (uint8_t)(id >> (24 - 8 * i));
}

static void hear_engine(int32_t id, const uint8_t *datagram, size_t len,
			struct br_probed *probed)
{
	struct br_usm usm;

	if (br_usm_read(datagram, len, &usm) && usm.id == id && usm.engine.len > 0)
		probed->seen = BR_SEEN_ENGINE;
}

static bool below(const struct br_varbind *varbind, const struct br_oid *column)
{
	return varbind->name_len > column->len && column->len &&
	       br_oid_below(varbind->name, varbind->name_len, column->ber, column->len) &&
	       !br_varbind_is_absent(varbind);
}

static struct br_view text_of(const struct br_tlv *value)
{
	return (struct br_view){(const char *)value->data, value->len};
}

static void take(struct br_probed *probed, size_t which, const struct br_varbind *varbind)
{
	struct br_oid checked;
	const struct br_tlv *value = &varbind->value;

	if (probed->seen < BR_SEEN_AGENT)
		probed->seen = BR_SEEN_AGENT;
	if (which == SYS_DESCR && value->tag == BR_BER_OCTETS)
		probed->description = text_of(value);
	else if (which == SYS_NAME && value->tag == BR_BER_OCTETS)
		probed->name = text_of(value);
	else if (which == SYS_OBJECT_ID && value->tag == BR_BER_OID &&
		 br_oid_from_ber(&checked, value->data, value->len) == BR_OK)
		probed->object_id = text_of(value);
	else if (which == PRINTER_STATUS || which == CONFIG_CHANGES)
		probed->seen = BR_SEEN_PRINTER;
}

void br_probe_hear(const struct br_probe *probe, int32_t id, const uint8_t *datagram,
		   size_t len, struct br_probed *probed)
{
	struct br_oid oids[N_NAMES];
	struct br_varbind varbind;
	struct br_answer answer;
	bool broken = false;

	memset(probed, 0, sizeof *probed);
	if (probe->kind == BR_PROBE_ENGINE) {
		hear_engine(id, datagram, len, probed);
		return;
	}
	if (!br_message_read(datagram, len, &answer) || answer.type != BR_PDU_RESPONSE ||
	    answer.request_id != id)
		return;
	probed->seen = BR_SEEN_BARE;
	/* In v1 one column behind the last name of the agent fails the whole question. */
	if (answer.error == BR_PDU_NO_SUCH_NAME || answer.error == BR_PDU_GEN_ERR ||
	    answer.error == BR_PDU_TOO_BIG)
		probed->seen = BR_SEEN_UNSURE;
	if (answer.error)
		return;
	parse_names(oids);
	for (size_t i = 0; i < N_NAMES && br_varbind_take(&answer.varbinds, &varbind, &broken);
	     i++)
		if (below(&varbind, &oids[i]))
			take(probed, i, &varbind);
}
