/*
 * plan.h - what a full reading asks: the standard tables, then what the first answers lead to.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_PLAN_H
#define BR_TALK_PLAN_H

#include "talk/conversation.h"

/* The cursors of the standard tables. */
void br_plan_first(struct br_conversation *talk);

/*
 * Adds what the answers so far lead to: the printers' rows in hrDeviceTable, the character set,
 * the maker's tables. With force, does so although some keys are still open. True if something
 * was added.
 */
bool br_plan_more(struct br_conversation *talk, bool force);

/* The maker's single rows: which to ask next (false: none left), their names, their answers. */
bool br_plan_rows(struct br_conversation *talk);
void br_plan_row_names(const struct br_conversation *talk, struct br_oid *names);
bool br_plan_take_rows(struct br_conversation *talk, const struct br_answer *answer);
void br_plan_drop_rows(struct br_conversation *talk, size_t k);

/* True if the maker's row i is for this model, as far as that was known when it was asked. */
bool br_plan_row_is_for(const struct br_conversation *talk, size_t i);

/* Two scalars that every agent has. Returns how many. */
size_t br_plan_probe_names(struct br_oid *names);

#endif
