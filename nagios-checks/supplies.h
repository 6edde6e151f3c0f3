/*
 * supplies.h - between the files that judge supplies; nobody else includes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_SUPPLIES_H
#define BR_NAGIOS_CHECKS_SUPPLIES_H

#include "judge.h"

/* A sentence that grows; what does not fit is left out, and no character is cut in two. */
struct plugin_words {
	char text[190];
	size_t len;
};
void plugin_say(struct plugin_words *words, const char *format, ...) BR_FORMAT(2, 3);

/* Text of a printer, as much of it as belongs into a line. */
void plugin_say_text(struct plugin_words *words, const char *text);

/* The row that speaks for this one: an earlier one of the same supply that says as much, or
 * itself. wanted: 1 << row. */
size_t plugin_supply_said_at(const struct br_reading *reading, size_t at, uint64_t wanted);

/* A serial proves that an earlier row is the same supply. */
bool plugin_supply_proved(const struct br_reading *reading, size_t at);

/* What is filled by its name is filled, where the printer says nothing of it, or calls its
 * waste box a consumable. */
bool plugin_supply_filled(const struct br_supply *supply);

/* Somebody else than the level decided on its state. */
bool plugin_supply_witnessed(const struct br_supply *supply);

/* "toner-black 18 %, low (panel: Toner Low)", "toner-black 8 %" where the level says so by
 * itself; where it would not alert as the witness does: "toner-black low (panel: Toner Low),
 * level says 60 %". */
void plugin_say_supply(struct plugin_words *words, const struct br_reading *reading,
		       const struct br_supply *supply, bool agrees);

/* "drum 58 %, 29115 pages left" */
void plugin_say_care(struct plugin_words *words, const char *name, const struct br_care *care);

/* "a supply is low (error bit low-toner), which one is not said" */
void plugin_say_hearsay(struct plugin_words *words, const struct br_reading *reading,
			const struct br_hearsay *hearsay);

/* The forecast of a measured supply: said, judged, and its days; not known: there is none. */
bool plugin_days_asked(const struct plugin_settings *settings);
enum plugin_state plugin_days_judge(struct plugin_words *words, const struct plugin_case *about,
				    const struct br_supply *supply, struct br_number *days);
void plugin_days_perf(struct plugin_answer *answer, const struct plugin_settings *settings,
		      const struct br_supply *supply, struct br_number days);

#endif
