/*
 * judge_alive.c - whether anybody answers: for a host check where ping is not let through, and
 * to notice that SNMP was switched off on a printer that is there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "judge.h"

#include <inttypes.h>
#include <stdio.h>

void plugin_judge_alive(struct plugin_answer *answer, const struct plugin_case *about)
{
	const struct br_reading *reading = about->reading;
	const struct br_identity *identity = &reading->identity;
	const char *maker = br_text(reading, identity->maker);
	const char *model = br_text(reading, identity->model);
	struct plugin_group *group = plugin_group(answer, "alive");

	if (!reading->reachable)
		return;
	if (!*model)
		model = br_text(reading, identity->description);
	snprintf(group->well, sizeof group->well, "%s%s%s answers", maker,
		 *maker && *model ? " " : "", *maker || *model ? model : "it");
	plugin_line(answer, PLUGIN_OK, "%" PRIu32 " questions", reading->questions);
}
