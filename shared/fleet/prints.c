/*
 * prints.c - see prints.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/prints.h"

#include "decode/charset.h"
#include "decode/maker.h"

static bool is_claimed(struct br_makers *makers, const struct br_probed *said)
{
	struct br_hints hints = {.n = 1};
	const struct br_mib *mib = NULL;

	if (said->object_id.len)
		(void)!br_oid_from_ber(&hints.object_id, (const uint8_t *)said->object_id.at,
				       said->object_id.len);
	if (said->description.len)
		br_charset_decode(hints.text[0], sizeof hints.text[0],
				  (const uint8_t *)said->description.at, said->description.len,
				  BR_CHARSET_UNKNOWN);
	return makers && br_maker_by(makers, &hints, 1, &mib) == BR_OK && mib;
}

bool br_worth_reading(struct br_makers *makers, const struct br_probed *said)
{
	switch (said->seen) {
	case BR_SEEN_NONE:
	case BR_SEEN_BARE:
		return false;
	case BR_SEEN_AGENT:
		return is_claimed(makers, said);
	case BR_SEEN_UNSURE:
	case BR_SEEN_ENGINE:
	case BR_SEEN_PRINTER:
		return true;
	}
	return false;
}

/*
 * Label printers often know nothing of the Printer-MIB: of those a maker's file speaks for, the
 * counters, the serial number or the firmware are its rows, answered.
 */
bool br_prints(const struct br_reading *reading, bool claimed)
{
	const struct br_identity *who = &reading->identity;

	for (size_t i = 0; i < BR_COUNTER_COUNT; i++)
		if (reading->counters[i].value.known)
			return true;
	return reading->device || reading->n_supplies || reading->n_trays ||
	       reading->status.state != BR_STATE_UNKNOWN ||
	       (claimed && (who->serial || who->firmware || who->device_id));
}
