/*
 * pdu_oracle_fuzz.c - net-snmp and we read every message alike, but for the rules of
 * pdu_pair.h.
 *
 * The input is a message; where the first octet is not that of a message, it is a question that
 * we write and net-snmp reads: type, version, then numbers, community and names.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz/sound.h"
#include "oracle/pdu_pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t take_number(const uint8_t **at, const uint8_t *end)
{
	size_t len = *at < end ? **at & 3u : 0;
	uint32_t value = *at < end && **at & 0x80 ? UINT32_MAX : 0;

	if (*at < end)
		++*at;
	for (len += 1; len && *at < end; len--)
		value = value << 8 | *(*at)++;
	return (int32_t)value;
}

static void write_one(const uint8_t *at, const uint8_t *end)
{
	static const enum br_pdu_type types[] = {BR_PDU_GET, BR_PDU_GETNEXT, BR_PDU_GETBULK};
	struct br_oid names[BR_PDU_MAX_NAMES];
	struct br_question question = {.type = types[at[0] % 3]};
	enum br_version version = at[0] & 0x10 ? BR_SNMP_V1 : BR_SNMP_V2C;
	struct br_view community;

	at++;
	question.request_id = take_number(&at, end);
	question.non_repeaters = take_number(&at, end) & INT32_MAX;
	question.max_repetitions = take_number(&at, end) & INT32_MAX;
	community.len = at < end ? *at++ : 0;
	community.len = community.len < (size_t)(end - at) ? community.len : (size_t)(end - at);
	community.at = (const char *)at;
	at += community.len;
	while (question.n_names < BR_PDU_MAX_NAMES && at < end) {
		size_t len = *at++ % (BR_OID_BYTES + 1);

		len = len < (size_t)(end - at) ? len : (size_t)(end - at);
		if (br_oid_from_ber(&names[question.n_names], at, len) == BR_OK) {
			question.names[question.n_names] = &names[question.n_names];
			question.n_names++;
		}
		at += len;
	}
	const char *differs = pair_write(version, community, &question);
	if (differs)
		sound_failed(__FILE__, __LINE__, differs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *why = NULL;
	uint8_t *exact;

	if (size == 0)
		return 0;
	if (data[0] != BR_BER_SEQUENCE) {
		write_one(data, data + size);
		return 0;
	}
	exact = malloc(size);
	if (!exact)
		return 0;
	memcpy(exact, data, size);
	if (pair_read(exact, size, &why) == PAIR_FINDING)
		sound_failed(__FILE__, __LINE__,
			     why ? why : "net-snmp alone took it, by no rule");
	free(exact);
	return 0;
}
