/*
 * pdu_pair.c - compares; the rules of pdu_pair.h are functions here.
 *
 * SPDX-License-Identifier: MIT
 */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include "oracle/pdu_pair.h"

#include <stdlib.h>
#include <string.h>

enum { THEIR_COMMUNITY = 256, THEIR_LENGTH = 8 };

/* Theirs: NULL if refused. */
static netsnmp_pdu *read_theirs(const uint8_t *data, size_t len)
{
	static netsnmp_session session;
	static bool quiet;
	netsnmp_pdu *pdu = SNMP_MALLOC_TYPEDEF(netsnmp_pdu);
	u_char *copy = malloc(len ? len : 1);

	if (!quiet) {
		netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
		snmp_sess_init(&session);
		quiet = true;
	}
	if (!pdu || !copy)
		abort();
	if (len)
		memcpy(copy, data, len);
	if (snmp_parse(NULL, &session, pdu, copy, len) != 0) {
		snmp_free_pdu(pdu);
		pdu = NULL;
	}
	free(copy);
	return pdu;
}

/* The elements of a message, by the same reader; what they hold is not judged. */
struct parts {
	struct br_tlv version, community, pdu, request_id, error, error_index, list;
	size_t n; /* how many of them are there */
};

static void part(struct parts *parts, struct br_ber *in, struct br_tlv *tlv)
{
	if (br_ber_take(in, tlv))
		parts->n++;
}

static void take_parts(struct parts *parts, const uint8_t *data, size_t len)
{
	struct br_ber in = {data, data + len};
	struct br_tlv message;

	*parts = (struct parts){.n = 0};
	if (!br_ber_take(&in, &message))
		return;
	in = (struct br_ber){message.data, message.data + message.len};
	part(parts, &in, &parts->version);
	part(parts, &in, &parts->community);
	part(parts, &in, &parts->pdu);
	if (parts->n < 3)
		return;
	in = (struct br_ber){parts->pdu.data, parts->pdu.data + parts->pdu.len};
	part(parts, &in, &parts->request_id);
	part(parts, &in, &parts->error);
	part(parts, &in, &parts->error_index);
	part(parts, &in, &parts->list);
}

static bool beyond_int32(const struct br_tlv *tlv)
{
	int64_t value;

	return tlv->tag == BR_BER_INTEGER && br_ber_number(tlv, &value) &&
	       (value < INT32_MIN || value > INT32_MAX);
}

/* A varbind before the broken one has octets behind its value: from there on they read another
 * list. */
static const char *rest_in(const struct br_tlv *whole)
{
	struct br_ber list = {whole->data, whole->data + whole->len};
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&list, &varbind, &broken))
		if (varbind.value.data + varbind.value.len != list.at)
			return "rest";
	return NULL;
}

/* The rule by which net-snmp alone took it; NULL: there is none. */
static const char *stricter(const uint8_t *data, size_t len)
{
	struct parts parts;

	take_parts(&parts, data, len);
	if (parts.n >= 3 && parts.community.tag != BR_BER_OCTETS)
		return "community";
	if (parts.n >= 3 && beyond_int32(&parts.version))
		return "int32";
	if (parts.n >= 3 && parts.pdu.tag == SNMP_MSG_TRAP)
		return "trap";
	if (parts.n == 7 && (beyond_int32(&parts.request_id) || beyond_int32(&parts.error) ||
			     beyond_int32(&parts.error_index)))
		return "int32";
	return parts.n == 7 ? rest_in(&parts.list) : NULL;
}

/* Octets of the length of the element that begins here, as net-snmp counts them. */
static bool long_length(const uint8_t *at, const uint8_t *contents)
{
	return contents - at > 2 + THEIR_LENGTH;
}

static bool known_type(uint8_t type)
{
	return type >= SNMP_MSG_GET && type <= SNMP_MSG_REPORT;
}

/* A name that net-snmp takes as we do. */
static bool good_name(const uint8_t *name, size_t len)
{
	struct br_oid oid;
	size_t arcs = 1;

	for (size_t i = 0; i < len; i++)
		arcs += !(name[i] & 0x80);
	return br_oid_from_ber(&oid, name, len) == BR_OK && arcs <= MAX_OID_LEN;
}

static bool good_number(const struct br_tlv *value)
{
	int64_t number;

	return value->len > 0 && value->len <= 8 && br_ber_number(value, &number);
}

static bool good_value(const struct br_varbind *varbind)
{
	const struct br_tlv *value = &varbind->value;

	switch (value->tag) {
	case BR_BER_INTEGER:
	case BR_BER_COUNTER32:
	case BR_BER_GAUGE32:
	case BR_BER_TIMETICKS:
		return good_number(value);
	case BR_BER_COUNTER64:
		return value->len > 0 && value->len <= 8;
	case BR_BER_OCTETS:
		return true;
	case BR_BER_IPADDRESS:
		return value->len == 4;
	case BR_BER_OID:
		return good_name(value->data, value->len);
	case BR_BER_NULL:
	case BR_BER_NO_SUCH_OBJECT:
	case BR_BER_NO_SUCH_INSTANCE:
	case BR_BER_END_OF_MIB:
		return true;
	}
	return false; /* Opaque holds a format of net-snmp's own */
}

/* The rule by which a varbind of ours may be none of theirs. */
static const char *lax_varbind(const struct br_varbind *varbind)
{
	const uint8_t *end = varbind->value.data + varbind->value.len;

	if (end != varbind->raw + varbind->raw_len)
		return "rest";
	if (!good_name(varbind->name, varbind->name_len))
		return "name";
	if (!good_value(varbind))
		return "value";
	if (long_length(varbind->name + varbind->name_len, varbind->value.data) ||
	    varbind->name - varbind->raw > 2 * (2 + THEIR_LENGTH))
		return "length";
	return NULL;
}

static const char *lax_list(struct br_ber varbinds)
{
	struct br_varbind varbind;
	const char *why = NULL;
	bool broken;

	while (!why && br_varbind_take(&varbinds, &varbind, &broken))
		why = lax_varbind(&varbind);
	return why;
}

static bool long_lengths(const struct parts *parts, const uint8_t *data)
{
	const struct br_tlv *const in_order[] = {
		&parts->version, &parts->community,   &parts->pdu, &parts->request_id,
		&parts->error,   &parts->error_index, &parts->list};
	const uint8_t *at = data;

	/* Between the contents of one and of the next there are one header or, into the PDU,
	 * two. */
	for (size_t i = 0; i < 7; i++) {
		if (in_order[i]->data - at > (i == 0 ? 2 : 1) * (2 + THEIR_LENGTH))
			return true;
		at = in_order[i]->data + (i == 2 ? 0 : in_order[i]->len);
	}
	return false;
}

/* The rule by which we alone took it, or took something else. */
static const char *laxer(const uint8_t *data, size_t len, const struct br_answer *answer)
{
	struct parts parts;

	take_parts(&parts, data, len);
	if (answer->community.len > THEIR_COMMUNITY)
		return "community";
	if (!known_type(answer->type) || answer->type == SNMP_MSG_TRAP)
		return "type";
	if (parts.version.len > 8 || parts.request_id.len > 8 || parts.error.len > 8 ||
	    parts.error_index.len > 8)
		return "int32";
	if (long_lengths(&parts, data))
		return "length";
	return lax_list(answer->varbinds);
}

/* Both took the varbind, and none of the rules is in it. */
static bool same_varbind(const struct br_varbind *ours, const netsnmp_variable_list *theirs)
{
	const uint8_t *at = ours->name, *end = at + ours->name_len;
	size_t arcs = 0;
	int64_t number;
	uint32_t arc;

	for (; br_oid_next_arc(&at, end, &arc); arcs++) {
		if (arcs == 0) {
			uint32_t top = arc < 80 ? arc / 40 : 2;

			if (theirs->name_length < 2 || theirs->name[0] != top)
				return false;
			arc -= top * 40;
			arcs = 1;
		}
		if (arcs >= theirs->name_length || theirs->name[arcs] != arc)
			return false;
	}
	if (arcs != theirs->name_length || ours->value.tag != theirs->type)
		return false;
	if (ours->value.tag == BR_BER_OCTETS || ours->value.tag == BR_BER_IPADDRESS)
		return ours->value.len == theirs->val_len &&
		       (ours->value.len == 0 ||
			memcmp(ours->value.data, theirs->val.string, theirs->val_len) == 0);
	if (ours->value.tag == BR_BER_COUNTER64 || !br_ber_number(&ours->value, &number))
		return true;
	if (ours->value.tag != BR_BER_INTEGER)
		return (ours->value.len < 4 && ours->value.data[0] & 0x80) ||
		       (uint32_t)number == (uint32_t)*theirs->val.integer;
	return number < INT32_MIN || number > INT32_MAX || number == *theirs->val.integer;
}

static const char *compare_lists(struct br_ber varbinds, const netsnmp_variable_list *theirs)
{
	struct br_varbind ours;
	bool broken;

	for (; br_varbind_take(&varbinds, &ours, &broken); theirs = theirs->next_variable) {
		if (!theirs)
			return "fewer varbinds";
		if (!same_varbind(&ours, theirs))
			return "a varbind";
	}
	if (broken)
		return "a broken varbind";
	return theirs ? "more varbinds" : NULL;
}

static const char *compare(const struct br_answer *ours, const netsnmp_pdu *theirs)
{
	if ((long)ours->version != theirs->version)
		return "version";
	if (ours->community.len != theirs->community_len ||
	    (theirs->community_len &&
	     memcmp(ours->community.data, theirs->community, theirs->community_len) != 0))
		return "community";
	if (ours->type != theirs->command)
		return "type";
	if (ours->request_id != theirs->reqid || ours->error != theirs->errstat ||
	    ours->error_index != theirs->errindex)
		return "ids";
	return compare_lists(ours->varbinds, theirs->variables);
}

static bool reads_to_the_end(struct br_ber varbinds)
{
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&varbinds, &varbind, &broken))
		continue;
	return !broken;
}

enum pair_verdict pair_read(const uint8_t *data, size_t len, const char **why)
{
	netsnmp_pdu *theirs = read_theirs(data, len);
	struct br_answer answer;
	bool ours = br_message_read(data, len, &answer) && reads_to_the_end(answer.varbinds);
	enum pair_verdict verdict = PAIR_SAME;

	*why = NULL;
	if (!ours && !theirs)
		return PAIR_NEITHER;
	if (!ours) {
		*why = stricter(data, len);
		verdict = *why ? PAIR_STRICTER : PAIR_FINDING;
	} else {
		const char *differs = theirs ? compare(&answer, theirs) : "refused";

		if (differs) {
			*why = laxer(data, len, &answer);
			verdict = *why ? PAIR_LAXER : PAIR_FINDING;
			*why = *why ? *why : differs;
		}
	}
	snmp_free_pdu(theirs);
	return verdict;
}

const char *pair_write(enum br_version version, struct br_view community,
		       const struct br_question *question)
{
	bool bulk = question->type == BR_PDU_GETBULK;
	uint8_t buffer[BR_REQUEST_MAX];
	struct br_answer answer;
	netsnmp_pdu *theirs;
	const char *differs;
	size_t len;
	const uint8_t *message =
		br_message_write(buffer, sizeof buffer, version, community, question, &len);

	if (!message)
		return NULL;
	for (size_t i = 0; i < question->n_names; i++)
		if (!good_name(question->names[i]->ber, question->names[i]->len))
			return NULL;
	theirs = read_theirs(message, len);
	if (!theirs)
		return "refused";
	if (!br_message_read(message, len, &answer))
		differs = "refused by ourselves";
	else if (answer.type != question->type || answer.request_id != question->request_id ||
		 theirs->non_repeaters != (bulk ? question->non_repeaters : 0) ||
		 theirs->max_repetitions != (bulk ? question->max_repetitions : 0))
		differs = "what was asked";
	else
		differs = compare(&answer, theirs);
	snmp_free_pdu(theirs);
	return differs;
}
