/*
 * usm_fuzz.c - any octets as the envelope of SNMPv3; what reads must stand inside the datagram.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/usm.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_inside(const uint8_t *start, size_t size, const struct br_tlv *tlv)
{
	if (tlv->data < start || tlv->len > size - (size_t)(tlv->data - start))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct br_usm usm;
	struct br_scoped scoped;
	struct br_answer answer;
	uint8_t *exact = malloc(size ? size : 1);
	if (!exact)
		return 0;
	memcpy(exact, data, size);
	if (br_usm_read(exact, size, &usm)) {
		const struct br_tlv *const fields[] = {&usm.engine, &usm.user, &usm.mac,
						       &usm.salt, &usm.data};
		for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
			must_be_inside(exact, size, fields[i]);
		if (br_scoped_read(usm.data.data, usm.data.len, &scoped))
			(void)br_pdu_read(scoped.pdu, &answer);
	}
	free(exact);
	return 0;
}
