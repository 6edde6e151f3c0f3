/*
 * judge_supplies_days_test.c - --days: what the forecast says of a supply, and the verdict.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "nagios-checks/supplied.h"

static const struct row days[] = {
	{.name = "it lasts",
	 .options = "days=14/7 history=30",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, empty in about 30 days (21 to 48) "
		    "[toner-black=40%;20:;10:] [toner-black-days=30;14:;7:]\n"
		    "= 1 supply, toner-black 40 %"},
	{.name = "what is shown and what is compared are the same days",
	 .options = "days=14/7 history=13",
	 .supplies = {{AT("toner-black", 40, MEASURED)},
		      {AT("waste-toner", 40, MEASURED), .role = FILLED}},
	 .verdict = "WARNING toner-black 40 %, empty in about 13 days (9 to 20) "
		    "[toner-black=40%;20:;10:] [toner-black-days=13;14:;7:]\n"
		    "WARNING waste-toner 40 % free, full in about 13 days (9 to 20) "
		    "[waste-toner=40%;10:;5:] [waste-toner-days=13;14:;7:]\n"
		    "= 2 supplies, lowest toner-black 40 %"},
	{.name = "at the limit",
	 .options = "days=14/14 history=14",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, empty in about 14 days (9 to 22) "
		    "[toner-black=40%;20:;10:] [toner-black-days=14;14:;14:]\n"
		    "= 1 supply, toner-black 40 %"},
	{.name = "soon",
	 .options = "days=14/7 history=1",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "CRITICAL toner-black 40 %, empty in about 1 day (0 to 1) "
		    "[toner-black=40%;20:;10:] [toner-black-days=1;14:;7:]\n"
		    "= 1 supply, toner-black 40 %"},
	{.name = "today, and only the warning is asked for",
	 .options = "days=14/0 history=0",
	 .supplies = {{AT("toner-black", 5, MEASURED)}},
	 .verdict = "CRITICAL toner-black 5 %, empty within a day [toner-black=5%;20:;10:] "
		    "[toner-black-days=0;14:;]\n= 1 supply, toner-black 5 %"},
	{.name = "only the critical limit",
	 .options = "days=0/7 history=8",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, empty in about 8 days (5 to 12) "
		    "[toner-black=40%;20:;10:] [toner-black-days=8;;7:]\n"
		    "= 1 supply, toner-black 40 %"},
	{.name = "years",
	 .options = "days=14/7 history=9000",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, lasts 1095 days or more [toner-black=40%;20:;10:] "
		    "[toner-black-days=1095;14:;7:]\n= 1 supply, toner-black 40 %"},
	{.name = "a printer that is new",
	 .options = "days=14/7 history=few",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, no forecast yet: too few points "
		    "[toner-black=40%;20:;10:]\n= 1 supply, toner-black 40 %"},
	{.name = "a supply that is new",
	 .options = "days=14/7 history=none",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, no forecast yet: the store has no history of it "
		    "[toner-black=40%;20:;10:]\n= 1 supply, toner-black 40 %"},
	{.name = "a history that cannot be read",
	 .options = "days=14/7 history=damaged",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "UNKNOWN toner-black 40 %, no forecast: store.db: it is damaged "
		    "[toner-black=40%;20:;10:]\n= 1 supply, toner-black 40 %"},
	{.name = "one that cannot be forecast",
	 .options = "days=14/7 history=coarse",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 %, no forecast: coarse level [toner-black=40%;20:;10:]\n"
		    "= 1 supply, toner-black 40 %"},
	{.name = "a collector that has stopped",
	 .options = "days=14/7 history=stale",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "UNKNOWN toner-black 40 %, no forecast: the last level in the store is too "
		    "old [toner-black=40%;20:;10:]\n= 1 supply, toner-black 40 %"},
	{.name = "what is not measured is not forecast",
	 .options = "days=14/7 history=3",
	 .supplies = {{AT("toner-black", 0, SOME)}, {AT("drum", 0, FREE), .type = OPC}},
	 .verdict = "OK toner-black some remaining [toner-black=U;20:;10:]\n"
		    "OK drum unlimited\n= 2 supplies, none measured"},
	{.name = "no history at all: the option would do nothing",
	 .options = "days=14/0",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 % [toner-black=40%;20:;10:]\n"
		    "UNKNOWN no history for --days: it needs the collector's store\n"
		    "= 1 supply, toner-black 40 %"},
	{.name = "not asked for",
	 .options = "history=3",
	 .supplies = {{AT("toner-black", 40, MEASURED)}},
	 .verdict = "OK toner-black 40 % [toner-black=40%;20:;10:]\n"
		    "= 1 supply, toner-black 40 %"},
};

TEST(days_by_forecast)
{
	judge_all(days);
}
