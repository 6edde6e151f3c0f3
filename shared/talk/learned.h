/*
 * learned.h - what one whole reading taught about a printer, as a string of octets.
 *
 * Which instances can change and so are asked by a status reading (talk/glance.h), in which
 * version and how large questions the printer stands, its uptime and its count of configuration
 * changes at that moment. A few hundred octets, so that a fleet can hold one for each printer
 * and a store can keep it. It is read back from a file, so it is checked like anything else
 * that comes from outside.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_LEARNED_H
#define BR_TALK_LEARNED_H

#include "base/buf.h"
#include "base/text.h"
#include "talk/conversation.h"

#define BR_LEARNED_MAX 4096

/*
 * From a conversation that is over and whole. BR_E_ABSENT where there is nothing to learn from
 * (no Printer-MIB, a partial reading, too many instances for a few datagrams): such a printer
 * is read in full each time.
 */
enum br_status br_learn(const struct br_conversation *talk, const struct br_harvest *harvest,
			struct br_buf *out) BR_MUST_CHECK;

/* True if the octets are such a string, of this version of ours. */
bool br_learned_sound(struct br_view learned);

/* True if both ask the same of the standard's and know the same parts, whatever the values
 * were. A maker's counters fill the room that the alerts leave. */
bool br_learned_alike(struct br_view a, struct br_view b);

/* For --explain: each name that a status reading asks, in order. */
typedef void (*br_learned_fn)(void *user, const struct br_oid *name, bool table);
void br_learned_each(struct br_view learned, br_learned_fn each, void *user);

/* How many questions a status reading sends while nothing overflows; 0 if not sound. */
unsigned br_learned_questions(struct br_view learned);

/*
 * What the printer stands, for a full reading; all zero if not sound. One that was found to
 * answer v1 only is asked in v1 from the start (a session of v2c alone becomes one of v1). Not
 * to be used after a restart of the printer: it may have learned something, too.
 */
struct br_tolerance br_learned_tolerance(struct br_view learned);
bool br_learned_v1_only(struct br_view learned);

#endif
