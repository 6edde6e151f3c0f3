/*
 * scrub.h - takes out of a recording what says whose printer it is and where it stands.
 *
 * Serial numbers, addresses, host names, places and people are replaced by others of the same
 * length and shape: the same one everywhere by the same substitute, in text of any case, in
 * UTF-16, in hex and in octets. Types, lengths, models, part numbers and counters stay. Rows
 * whose index is an address of somebody go.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_SCRUB_H
#define BR_DECODE_SCRUB_H

#include "decode/makers.h"
#include "decode/recording.h"

#define BR_SCRUB_SECRETS 8192

/*
 * In place. What the makers' files call a serial, address, name or place is found by them.
 * After a failure the recording is empty: half of it scrubbed would be taken for all of it.
 */
enum br_status br_scrub(struct br_recording *recording, struct br_makers *makers,
			struct br_error *err) BR_MUST_CHECK;

#endif
