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
	{"check_printer_alive", "ALIVE", "printer-alive",
	 "whether a printer answers at all", PLUGIN_ALIVE, {plugin_judge_alive}},
	{NULL, NULL, NULL, NULL, 0, {NULL}},
};
/* clang-format on */

/*
 * What did not come may have been the alert. Where time was up, the same printer will say more
 * another time: so it is told whatever was found, and what was measured is left out, since
 * parts without their names are called otherwise. What is never complete keeps what was found
 * wrong.
 */
static void doubt(struct plugin_answer *answer, const struct plugin_case *about)
{
	if (!about->reading->partial || about->settings->check == PLUGIN_ALIVE)
		return;
	if (about->cut) {
		plugin_line(answer, about->settings->timeout_state,
			    "time was up before the printer had said everything");
		plugin_perf_settle(answer, true);
	} else if (plugin_answer_state(answer) == PLUGIN_OK)
		plugin_line(answer, PLUGIN_UNKNOWN, "the printer's answer is not complete");
}

void plugin_silence(struct plugin_answer *answer, const struct plugin_case *about,
		    const char *sentence)
{
	if (!about->reading->partial)
		plugin_line(answer, PLUGIN_UNKNOWN, "%s", sentence);
}

static void judge_nothing(struct plugin_answer *answer, const struct plugin_case *about)
{
	if (about->cut)
		plugin_fail(answer, about->settings->timeout_state,
			    "time was up before the printer had said enough");
	else if (about->reading->partial)
		plugin_fail(answer, PLUGIN_UNKNOWN,
			    "the printer's answer is not complete: nothing to judge");
	else
		plugin_fail(answer, PLUGIN_UNKNOWN,
			    "the printer says nothing that this check could judge");
}

void plugin_judge(struct plugin_answer *answer, const struct plugin_check *check,
		  const struct plugin_case *about)
{
	for (size_t i = 0; check->judges[i] && !answer->failed; i++)
		check->judges[i](answer, about);
	if (answer->failed)
		return;
	if (answer->n_lines == 0)
		judge_nothing(answer, about);
	else
		doubt(answer, about);
	plugin_perf_settle(answer, false);
}
