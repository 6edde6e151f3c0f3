/*
 * judge_pages_test.c - counters, and the verdict on them, to the letter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "nagios-checks/judged.h"

struct counted {
	const char *name, *options;
	struct {
		enum br_counter counter;
		int64_t value;
		const char *basis;
	} counters[4];
	const char *verdict;
};

#define TOTAL BR_COUNTER_TOTAL
#define MONO  BR_COUNTER_MONO
#define SENT  BR_COUNTER_FAX_SENT
#define SCANS BR_COUNTER_SCAN_TOTAL
#define NONE  BR_COUNTER_COUNT

static const struct counted rows[] = {
	{"pages",
	 NULL,
	 {{TOTAL, 12345, "pages"}},
	 "OK 12345 pages [count-total=12345c]\n= 12345 pages"},
	{"impressions are pages",
	 NULL,
	 {{TOTAL, 12345, "impressions"}},
	 "OK 12345 pages [count-total=12345c]\n= 12345 pages"},
	{"what is not pages is called what it is",
	 NULL,
	 {{TOTAL, 12345, "engine-cycles"}},
	 "OK 12345 engine-cycles [count-total=12345c]\n= 12345 engine-cycles"},
	{"beyond 32 bits",
	 NULL,
	 {{TOTAL, 99999999999, ""}},
	 "OK 99999999999 pages [count-total=99999999999c]\n= 99999999999 pages"},
	{"the usual ones; others are not asked for",
	 NULL,
	 {{TOTAL, 100, "pages"}, {MONO, 60, "pages"}, {SENT, 7, "pages"}, {SCANS, 5, "scans"}},
	 "OK 100 pages [count-total=100c]\nOK mono 60 [count-mono=60c]\n"
	 "OK scan_total 5 scans [count-scan_total=5c]\n= 100 pages"},
	{"chosen",
	 "counter=fax_* counter=mono",
	 {{TOTAL, 100, "pages"}, {MONO, 60, "pages"}, {SENT, 7, "pages"}, {SCANS, 5, "scans"}},
	 "OK mono 60 [count-mono=60c]\nOK fax_sent 7 [count-fax_sent=7c]\n= 100 pages"},
	{"chosen, and none of it is told",
	 "counter=belt",
	 {{TOTAL, 100, "pages"}},
	 "OK 100 pages, none of the counters asked for\n"
	 "= 100 pages, none of the counters asked for"},
	{"chosen, and nothing at all is told",
	 "counter=belt",
	 {{NONE, 0, ""}},
	 "UNKNOWN the printer tells none of these counters\n= "},
	{"no total",
	 NULL,
	 {{MONO, 60, "pages"}, {SCANS, 5, "scans"}},
	 "OK mono 60 [count-mono=60c]\nOK scan_total 5 scans [count-scan_total=5c]\n= mono 60"},
	{"nothing", NULL, {{NONE, 0, ""}}, "UNKNOWN the printer tells no counter\n= "},
	{"nothing, in a whole answer", "whole", {{NONE, 0, ""}}, "= "},
	{"a threshold of the total",
	 "pages=100/200",
	 {{TOTAL, 150, "pages"}, {MONO, 500, ""}},
	 "WARNING 150 pages [count-total=150c;100;200]\nOK mono 500 [count-mono=500c]\n"
	 "= 150 pages"},
	{"a threshold judges a total that was not chosen",
	 "pages=/200 counter=mono",
	 {{TOTAL, 201, "pages"}, {MONO, 5, ""}},
	 "CRITICAL 201 pages [count-total=201c;;200]\nOK mono 5 [count-mono=5c]\n= 201 pages"},
	{"pages a day",
	 "per-day=130/200 history=1325",
	 {{TOTAL, 9, ""}},
	 "OK 9 pages [count-total=9c]\n"
	 "WARNING about 132.5 pages a day [per-day=1325/10^1;130;200]\n"
	 "= 9 pages, about 132.5 a day"},
	{"pages a day, and none is printed",
	 "per-day=1:/ history=0",
	 {{TOTAL, 9, ""}},
	 "OK 9 pages [count-total=9c]\n"
	 "WARNING about 0.0 pages a day [per-day=0/10^1;1:;]\n= 9 pages, about 0.0 a day"},
	{"pages a day without a store",
	 "per-day=130/200",
	 {{TOTAL, 9, ""}},
	 "OK 9 pages [count-total=9c]\nUNKNOWN pages a day: no history to look at\n= 9 pages"},
	{"pages a day of a printer that is new",
	 "per-day=130/200 history=-",
	 {{TOTAL, 9, ""}},
	 "OK 9 pages [count-total=9c]\nUNKNOWN pages a day: too short a history\n= 9 pages"},
	{"a history that cannot be read",
	 "per-day=130/200 history=damaged",
	 {{TOTAL, 9, ""}},
	 "OK 9 pages [count-total=9c]\nUNKNOWN pages a day: store.db: it is damaged\n= 9 "
	 "pages"},
	{"a history that nobody asked of",
	 "history=1325",
	 {{TOTAL, 9, ""}},
	 "OK 9 pages [count-total=9c]\n= 9 pages"},
};

TEST(counters_are_told)
{
	static struct br_reading reading;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check_case(rows[i].name);
		br_reading_init(&reading);
		for (size_t k = 0; k < 4 && rows[i].counters[k].basis; k++) {
			enum br_counter counter = rows[i].counters[k].counter;

			if (counter == NONE)
				continue;
			reading.counters[counter].value = (struct br_number){
				.known = true, .value = rows[i].counters[k].value};
			reading.counters[counter].basis =
				br_reading_put(&reading, rows[i].counters[k].basis);
		}
		judged_reading(plugin_judge_pages, PLUGIN_PAGES, &reading, rows[i].options,
			       rows[i].verdict);
	}
}
