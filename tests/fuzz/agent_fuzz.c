/*
 * agent_fuzz.c - any datagram, asked of a small printer: silence or a well-formed response that
 * stays under its limit. The first octet of the input chooses the limit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/agent.h"
#include "decode/pdu.h"

#include <stdlib.h>
#include <string.h>

static const char printer[] =
	"1.3.6.1.2.1.1.1.0|4|Printer\n1.3.6.1.2.1.1.3.0|67|99\n"
	"1.3.6.1.2.1.43.11.1.1.9.1.1|2|-3\n1.3.6.1.2.1.43.11.1.1.9.1.2|2|80\n"
	"1.3.6.1.4.1.1.1.0|70|18446744073709551615\n1.3.6.1.4.1.1.2.0|5|\n";

static void must_be_well_formed(const uint8_t *reply, size_t len)
{
	struct br_answer answer;
	struct br_varbind varbind;
	bool broken = false;

	if (!br_message_read(reply, len, &answer) || answer.type != BR_PDU_RESPONSE)
		abort();
	while (br_varbind_take(&answer.varbinds, &varbind, &broken))
		continue;
	if (broken)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_recording recording;
	struct br_agent agent = {.recording = &recording};

	if (size == 0 || br_recording_parse(&recording, br_view(printer), "p", NULL) != BR_OK)
		return 0;
	size_t limit = (size_t)data[0] * 8;
	agent.max_message = limit;
	uint8_t *request = malloc(size), *reply = malloc(limit + 1);
	memcpy(request, data + 1, size - 1);
	size_t len = br_agent_answer(&agent, request, size - 1, reply, limit);
	if (len > limit)
		abort();
	if (len > 0)
		must_be_well_formed(reply, len);
	free(request);
	free(reply);
	br_recording_clear(&recording);
	return 0;
}
