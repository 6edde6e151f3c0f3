/*
 * pdu_fuzz.c - any octets as a message; what it asks is written anew and must read the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/pdu.h"
#include "fuzz/sound.h"

#include <stdlib.h>
#include <string.h>

struct names {
	size_t n;
	struct br_oid oid[BR_PDU_MAX_NAMES];
};

/* Every varbind; the good names are kept for a question. */
static void walk(struct br_ber varbinds, struct names *names)
{
	const uint8_t *end = varbinds.end;
	struct br_varbind varbind;
	bool broken;
	int64_t value;

	while (br_varbind_take(&varbinds, &varbind, &broken)) {
		MUST(varbind.raw + varbind.raw_len == varbinds.at && varbinds.at <= end);
		MUST(varbind.name > varbind.raw &&
		     varbind.name + varbind.name_len < varbinds.at);
		MUST(varbind.value.data + varbind.value.len <= varbinds.at);
		(void)br_ber_number(&varbind.value, &value);
		(void)br_varbind_is_absent(&varbind);
		if (names->n < BR_PDU_MAX_NAMES &&
		    br_oid_from_ber(&names->oid[names->n], varbind.name, varbind.name_len) ==
			    BR_OK)
			names->n++;
	}
	MUST(broken || varbinds.at == end);
}

static void must_ask_the_same(const struct br_answer *asked, const struct br_question *question)
{
	struct br_ber rest = asked->varbinds;
	bool bulk = question->type == BR_PDU_GETBULK, broken;
	struct br_varbind varbind;
	size_t n = 0;

	MUST(asked->type == question->type && asked->request_id == question->request_id);
	MUST(asked->error == (bulk ? question->non_repeaters : 0));
	MUST(asked->error_index == (bulk ? question->max_repetitions : 0));
	for (; br_varbind_take(&rest, &varbind, &broken); n++)
		MUST(n < question->n_names && varbind.name_len == question->names[n]->len &&
		     memcmp(varbind.name, question->names[n]->ber, varbind.name_len) == 0 &&
		     varbind.value.tag == BR_BER_NULL);
	MUST(!broken && n == question->n_names);
}

static void ask_anew(const struct br_answer *answer, const struct names *names)
{
	static const enum br_pdu_type types[] = {BR_PDU_GET, BR_PDU_GETNEXT, BR_PDU_GETBULK};
	struct br_question question = {.type = types[(unsigned)answer->request_id % 3],
				       .request_id = answer->request_id,
				       .non_repeaters = answer->error,
				       .max_repetitions = answer->error_index,
				       .n_names = names->n};
	struct br_view community = {(const char *)answer->community.data,
				    answer->community.len};
	size_t size = (size_t)(answer->error_index & 0xfff), len = 0;
	uint8_t *buffer = malloc(size + 1);
	struct br_answer again;

	for (size_t i = 0; i < names->n; i++)
		question.names[i] = &names->oid[i];
	const uint8_t *message =
		br_message_write(buffer, size, answer->version, community, &question, &len);
	if (message) {
		MUST(message >= buffer && message + len == buffer + size);
		MUST(br_message_read(message, len, &again) && again.version == answer->version);
		MUST(again.community.len == community.len &&
		     memcmp(again.community.data, community.at, community.len) == 0);
		must_ask_the_same(&again, &question);
	}
	free(buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);
	struct names names = {.n = 0};
	struct br_answer answer;

	if (!exact)
		return 0;
	if (size)
		memcpy(exact, data, size);
	if (br_message_read(exact, size, &answer)) {
		walk(answer.varbinds, &names);
		ask_anew(&answer, &names);
	} else if (br_pdu_read((struct br_ber){exact, exact + size}, &answer)) {
		walk(answer.varbinds, &names);
	}
	free(exact);
	return 0;
}
