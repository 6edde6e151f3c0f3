/*
 * judge.c - which checks there are, and what half an answer is worth.
 *
 * SPDX-License-Identifier: MIT
 */
#include "judge.h"

/* clang-format off */
const struct plugin_check plugin_checks[] = {
	{"check_printer_all", "PRINTER", "printer",
	 "supplies, status, trays and pages of a printer, as one service", PLUGIN_ALL,
	 {plugin_judge_supplies, plugin_judge_status, plugin_judge_trays, plugin_judge_pages}},
	{"check_printer_supplies", "SUPPLIES", "printer-supplies",
	 "toner, ink, drums, waste boxes and whatever else a printer uses up", PLUGIN_SUPPLIES,
	 {plugin_judge_supplies}},
	{"check_printer_status", "STATUS", "printer-status",
	 "alerts, errors and covers of a printer, and what it is doing", PLUGIN_STATUS,
	 {plugin_judge_status}},
	{"check_printer_trays", "TRAYS", "printer-trays",
	 "paper in the trays of a printer, and room in its output bins", PLUGIN_TRAYS,
	 {plugin_judge_trays}},
	{"check_printer_pages", "PAGES", "printer-pages",
	 "page counters of a printer, and the pages it prints a day", PLUGIN_PAGES,
	 {plugin_judge_pages}},
	{NULL, NULL, NULL, NULL, 0, {NULL}},
};
/* clang-format on */

/*
 * What did not come may have been the alert. What was found wrong stays wrong, so this only
 * ever takes an OK away.
 */
static void doubt(struct plugin_answer *answer, const struct plugin_case *about)
{
	if (!about->reading->partial || plugin_answer_state(answer) != PLUGIN_OK)
		return;
	if (about->cut)
		plugin_line(answer, about->settings->timeout_state,
			    "time was up before the printer had said everything");
	else
		plugin_line(answer, PLUGIN_UNKNOWN, "the printer's answer is not complete");
}

void plugin_judge(struct plugin_answer *answer, const struct plugin_check *check,
		  const struct plugin_case *about)
{
	for (size_t i = 0; check->judges[i] && !answer->failed; i++)
		check->judges[i](answer, about);
	if (answer->failed)
		return;
	if (answer->n_lines == 0)
		plugin_fail(answer, PLUGIN_UNKNOWN, "%s",
			    about->reading->partial
				    ? "the printer's answer is not complete: nothing to judge"
				    : "the printer says nothing that this check could judge");
	else
		doubt(answer, about);
}
