/*
 * judge_supplies_test.c - what printers say of their supplies, and the verdict, to the letter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "nagios-checks/supplied.h"

static const struct row levels[] = {
	{.name = "all is well",
	 .supplies = {{AT("toner-black", 80, MEASURED)},
		      {AT("toner-cyan", 42, MEASURED)},
		      {AT("waste-toner", 55, MEASURED), .role = FILLED}},
	 .verdict = "OK toner-black 80 % [toner-black=80%;20:;10:]\n"
		    "OK toner-cyan 42 % [toner-cyan=42%;20:;10:]\n"
		    "OK waste-toner 55 % free [waste-toner=55%;10:;5:]\n"
		    "= 3 supplies, lowest toner-cyan 42 %"},
	{.name = "at the limits, and below",
	 .supplies = {{AT("toner-black", 20, MEASURED)},
		      {AT("toner-cyan", 19, MEASURED)},
		      {AT("toner-magenta", 10, MEASURED)},
		      {AT("toner-yellow", 9, MEASURED)},
		      {AT("drum", 0, MEASURED), .type = OPC}},
	 .verdict = "OK toner-black 20 % [toner-black=20%;20:;10:]\n"
		    "WARNING toner-cyan 19 % [toner-cyan=19%;20:;10:]\n"
		    "WARNING toner-magenta 10 % [toner-magenta=10%;20:;10:]\n"
		    "CRITICAL toner-yellow 9 % [toner-yellow=9%;20:;10:]\n"
		    "CRITICAL drum 0 % [drum=0%;20:;10:]\n"
		    "= 5 supplies, lowest drum 0 %"},
	{.name = "a waste box is not judged like a toner",
	 .supplies = {{AT("waste-toner", 12, MEASURED), .role = FILLED},
		      {AT("waste-toner-2", 9, MEASURED), .role = FILLED},
		      {AT("waste-ink", 4, MEASURED), .role = FILLED}},
	 .verdict = "OK waste-toner 12 % free [waste-toner=12%;10:;5:]\n"
		    "WARNING waste-toner-2 9 % free [waste-toner-2=9%;10:;5:]\n"
		    "CRITICAL waste-ink 4 % free [waste-ink=4%;10:;5:]\n"
		    "= 3 supplies, lowest waste-ink 4 % free"},
	{.name = "nor one that the printer calls a consumable",
	 .supplies = {{AT("waste-toner", 12, MEASURED)},
		      {AT("waste-ink", 0, SOME), SAID(LOW, "panel: x")}},
	 .verdict = "OK waste-toner 12 % free [waste-toner=12%;10:;5:]\n"
		    "WARNING waste-ink nearly full (panel: x) [waste-ink=U;10:;5:]\n"
		    "= 2 supplies, lowest waste-toner 12 % free"},
	{.name = "thresholds of one's own are obeyed: a level is low only by them",
	 .options = "supplies=5:/2: filled=3:/",
	 .supplies = {{AT("toner-black", 9, MEASURED)},
		      {AT("toner-cyan", 4, MEASURED)},
		      {AT("waste-toner", 0, MEASURED), .role = FILLED}},
	 .verdict = "OK toner-black 9 % [toner-black=9%;5:;2:]\n"
		    "WARNING toner-cyan 4 % [toner-cyan=4%;5:;2:]\n"
		    "WARNING waste-toner 0 % free [waste-toner=0%;3:;]\n"
		    "= 3 supplies, lowest waste-toner 0 % free"},
	{.name = "without any threshold nothing alerts by its level",
	 .options = "supplies=/",
	 .supplies = {{AT("toner-black", 0, MEASURED)}},
	 .verdict = "OK toner-black 0 % [toner-black=0%;;]\n= 1 supply, toner-black 0 %"},
	{.name = "an override, and the first that fits",
	 .options = "supply=toner-black=5:/ supply=toner-*=60:/50:",
	 .supplies = {{AT("toner-black", 6, MEASURED)},
		      {AT("toner-cyan", 55, MEASURED)},
		      {AT("drum", 30, MEASURED), .type = OPC}},
	 .verdict = "OK toner-black 6 % [toner-black=6%;5:;]\n"
		    "WARNING toner-cyan 55 % [toner-cyan=55%;60:;50:]\n"
		    "OK drum 30 % [drum=30%;20:;10:]\n"
		    "= 3 supplies, lowest toner-black 6 %"},
	{.name = "some remaining, no limit, not known",
	 .supplies = {{AT("toner-black", 0, SOME)},
		      {AT("waste-toner", 0, SOME), .role = FILLED},
		      {AT("staples", 0, FREE), .type = 32},
		      {AT("fuser", 0, TELLS_NONE), .type = 15}},
	 .verdict = "OK toner-black some remaining [toner-black=U;20:;10:]\n"
		    "OK waste-toner some room left [waste-toner=U;10:;5:]\n"
		    "OK staples unlimited\n"
		    "OK fuser level unknown [fuser=U;20:;10:]\n"
		    "= 4 supplies, none measured"},
	{.name = "the same, as one may want it",
	 .options = "some=warning level=unknown",
	 .supplies = {{AT("toner-black", 0, SOME)}, {AT("fuser", 0, TELLS_NONE), .type = 15}},
	 .verdict = "WARNING toner-black some remaining [toner-black=U;20:;10:]\n"
		    "UNKNOWN fuser level unknown [fuser=U;20:;10:]\n"
		    "= 2 supplies, none measured"},
	{.name = "none says anything",
	 .supplies = {{AT("toner-black", 0, TELLS_NONE)},
		      {AT("drum", 0, TELLS_NONE), .type = OPC}},
	 .verdict = "OK toner-black level unknown [toner-black=U;20:;10:]\n"
		    "OK drum level unknown [drum=U;20:;10:]\n"
		    "UNKNOWN no supply tells its level\n"
		    "= 2 supplies, none measured"},
	{.name = "one that is unlimited says something",
	 .supplies = {{AT("toner-black", 0, FREE)}},
	 .verdict = "OK toner-black unlimited\n= 1 supply, none measured"},
	{.name = "a maker's record says that all is well, and no level",
	 .options = "level=unknown",
	 .supplies = {{AT("toner-black", 0, TELLS_NONE), .state = BR_SUPPLY_OK}},
	 .verdict = "OK toner-black ok, level unknown [toner-black=U;20:;10:]\n"
		    "= 1 supply, none measured"},
	{.name = "nothing at all",
	 .verdict = "UNKNOWN the printer tells of no supplies\n"
		    "= no supplies told"},
	{.name = "nothing at all, in a whole check: label printers have none",
	 .options = "whole",
	 .verdict = "OK no supplies told\n= no supplies told"},
};

TEST(levels_and_thresholds)
{
	judge_all(levels);
}

static const struct row witnesses[] = {
	{.name = "the level says 100, the panel says low (Brother)",
	 .supplies = {{AT("toner-black", 100, MEASURED), SAID(LOW, "panel: Toner Low")}},
	 .verdict = "WARNING toner-black low (panel: Toner Low), level says 100 % "
		    "[toner-black=100%;20:;10:]\n= 1 supply, toner-black 100 %"},
	{.name = "-3, and the panel says low (Brother)",
	 .supplies = {{AT("toner-black", 0, SOME), SAID(LOW, "panel: Toner Low")}},
	 .verdict = "WARNING toner-black low (panel: Toner Low) [toner-black=U;20:;10:]\n"
		    "= 1 supply, none measured"},
	{.name = "-3, and an alert row",
	 .supplies = {{AT("toner-black", 0, SOME),
		       SAID(LOW, "alert marker-toner-almost-empty")}},
	 .verdict = "WARNING toner-black low (alert marker-toner-almost-empty) "
		    "[toner-black=U;20:;10:]\n= 1 supply, none measured"},
	{.name = "-2, and an error bit",
	 .supplies = {{AT("toner-black", 0, TELLS_NONE), .state = EMPTY,
		       .witness = "error bit no-toner"}},
	 .verdict = "CRITICAL toner-black empty (error bit no-toner) [toner-black=U;20:;10:]\n"
		    "= 1 supply, none measured"},
	{.name = "a witness is heard, so the level need not be known",
	 .options = "level=unknown some=critical",
	 .supplies = {{AT("toner-black", 0, TELLS_NONE), .state = LOW,
		       .witness = "error bit low-toner"},
		      {AT("toner-cyan", 0, SOME), SAID(LOW, "panel: Toner Low (C)")}},
	 .verdict = "WARNING toner-black low (error bit low-toner) [toner-black=U;20:;10:]\n"
		    "WARNING toner-cyan low (panel: Toner Low (C)) [toner-cyan=U;20:;10:]\n"
		    "= 2 supplies, none measured"},
	{.name = "Brother's own record",
	 .supplies = {{AT("toner-yellow", 0, SOME), SAID(LOW, "brother record: 2")}},
	 .verdict = "WARNING toner-yellow low (brother record: 2) [toner-yellow=U;20:;10:]\n"
		    "= 1 supply, none measured"},
	{.name = "toner at 3 %, drum and waste box -3 of -2, alert 1104",
	 .supplies = {{AT("toner-black", 3, MEASURED),
		       SAID(LOW, "alert marker-toner-almost-empty")},
		      {AT("drum", 0, SOME), .type = OPC},
		      {AT("waste-toner", 0, SOME), .role = FILLED}},
	 .verdict = "CRITICAL toner-black 3 % [toner-black=3%;20:;10:]\n"
		    "OK drum some remaining [drum=U;20:;10:]\n"
		    "OK waste-toner some room left [waste-toner=U;10:;5:]\n"
		    "= 3 supplies, lowest toner-black 3 %"},
	{.name = "the same without a witness",
	 .supplies = {{AT("toner-black", 3, MEASURED)},
		      {AT("drum", 0, SOME), .type = OPC},
		      {AT("waste-toner", 0, SOME), .role = FILLED}},
	 .verdict = "CRITICAL toner-black 3 % [toner-black=3%;20:;10:]\n"
		    "OK drum some remaining [drum=U;20:;10:]\n"
		    "OK waste-toner some room left [waste-toner=U;10:;5:]\n"
		    "= 3 supplies, lowest toner-black 3 %"},
	{.name = "a witness is heard where the thresholds are silent",
	 .options = "supplies=5:/2:",
	 .supplies = {{AT("toner-black", 9, MEASURED), SAID(LOW, "panel: Toner Low")}},
	 .verdict = "WARNING toner-black low (panel: Toner Low), level says 9 % "
		    "[toner-black=9%;5:;2:]\n"
		    "= 1 supply, toner-black 9 %"},
	{.name = "and is not, where one said so",
	 .options = "low=ok empty=warning",
	 .supplies = {{AT("toner-black", 60, MEASURED), SAID(LOW, "panel: Toner Low")},
		      {AT("toner-cyan", 8, MEASURED), SAID(LOW, "panel: Toner Low (C)")},
		      {AT("drum", 0, SOME), SAID(EMPTY, "panel: Replace Drum"), .type = OPC}},
	 .verdict = "OK toner-black 60 %, low (panel: Toner Low) [toner-black=60%;20:;10:]\n"
		    "CRITICAL toner-cyan 8 % [toner-cyan=8%;20:;10:]\n"
		    "WARNING drum empty (panel: Replace Drum) [drum=U;20:;10:]\n"
		    "= 3 supplies, lowest toner-cyan 8 %"},
	{.name = "the level and the witness agree that it is low, not that it is empty",
	 .supplies = {{AT("toner-black", 11, MEASURED), SAID(LOW, "panel: Toner Low")},
		      {AT("toner-cyan", 11, MEASURED),
		       SAID(EMPTY, "panel: Replace Toner (C)")}},
	 .verdict = "WARNING toner-black 11 %, low (panel: Toner Low) "
		    "[toner-black=11%;20:;10:]\n"
		    "CRITICAL toner-cyan empty (panel: Replace Toner (C)), level says 11 % "
		    "[toner-cyan=11%;20:;10:]\n"
		    "= 2 supplies, lowest toner-black 11 %"},
	{.name = "a state that nobody explains, and the level does not either",
	 .supplies = {{AT("toner-black", 60, MEASURED), .state = EMPTY}},
	 .verdict = "CRITICAL toner-black empty, level says 60 % [toner-black=60%;20:;10:]\n"
		    "= 1 supply, toner-black 60 %"},
	{.name = "what is missing has no level",
	 .options = "missing=warning days=14/7 history=3",
	 .supplies = {{AT("toner-black", 3, MEASURED),
		       SAID(MISSING, "alert toner-cartridge-missing")}},
	 .verdict = "WARNING toner-black missing (alert toner-cartridge-missing) "
		    "[toner-black=3%;20:;10:]\n= 1 supply, none measured"},
	{.name = "a waste box is full, not empty",
	 .supplies = {{AT("waste-toner", 0, SOME), SAID(LOW, "panel: WT box end soon"),
		       .role = FILLED},
		      {AT("waste-toner-2", 30, MEASURED), SAID(EMPTY, "panel: WT box full"),
		       .role = FILLED},
		      {AT("waste-ink", 0, MEASURED), SAID(EMPTY, "alert 1110"),
		       .role = FILLED}},
	 .verdict = "WARNING waste-toner nearly full (panel: WT box end soon) "
		    "[waste-toner=U;10:;5:]\n"
		    "CRITICAL waste-toner-2 full (panel: WT box full), level says 30 % free "
		    "[waste-toner-2=30%;10:;5:]\n"
		    "CRITICAL waste-ink 0 % free [waste-ink=0%;10:;5:]\n"
		    "= 3 supplies, lowest waste-ink 0 % free"},
};

TEST(one_verdict_from_all_witnesses)
{
	judge_all(witnesses);
}

static const struct row hearsays[] = {
	{.name = "which one is not said",
	 .supplies = {{AT("toner-black", 80, MEASURED)}, {AT("toner-cyan", 70, MEASURED)}},
	 .hearsay = {{LOW, BR_ROLE_CONSUMED, NULL, "error bit low-toner"}},
	 .verdict = "OK toner-black 80 % [toner-black=80%;20:;10:]\n"
		    "OK toner-cyan 70 % [toner-cyan=70%;20:;10:]\n"
		    "WARNING a supply is low (error bit low-toner), which one is not said\n"
		    "= 2 supplies, lowest toner-cyan 70 %"},
	{.name = "where no level is known, the word of one is enough to know",
	 .supplies = {{AT("toner-black", 0, TELLS_NONE)}, {AT("toner-cyan", 0, TELLS_NONE)}},
	 .hearsay = {{EMPTY, BR_ROLE_CONSUMED, NULL, "error bit no-toner"}},
	 .verdict = "OK toner-black level unknown [toner-black=U;20:;10:]\n"
		    "OK toner-cyan level unknown [toner-cyan=U;20:;10:]\n"
		    "CRITICAL a supply is empty (error bit no-toner), which one is not said\n"
		    "= 2 supplies, none measured"},
	{.name = "no supply rows",
	 .hearsay = {{LOW, BR_ROLE_CONSUMED, "cyan", "panel: Cyan low"},
		     {EMPTY, FILLED, NULL, "panel: WT box full"}},
	 .verdict = "WARNING a cyan supply is low (panel: Cyan low), which one is not said\n"
		    "CRITICAL a waste box is full (panel: WT box full), which one is not said\n"
		    "= no supplies told"},
	{.name = "states of one's own",
	 .options = "low=critical missing=ok",
	 .hearsay = {{LOW, BR_ROLE_UNKNOWN, NULL, NULL},
		     {MISSING, BR_ROLE_CONSUMED, NULL, "error bit marker-supply-missing"}},
	 .verdict =
		 "CRITICAL a supply is low, which one is not said\n"
		 "OK a supply is missing (error bit marker-supply-missing), which one is not "
		 "said\n= no supplies told"},
	{.name = "all of its role are excluded",
	 .options = "exclude=toner-*",
	 .supplies = {{AT("toner-black", 80, MEASURED)},
		      {AT("waste-toner", 50, MEASURED), .role = FILLED}},
	 .hearsay = {{LOW, BR_ROLE_CONSUMED, NULL, "error bit low-toner"},
		     {LOW, FILLED, NULL, "panel: WT box end soon"}},
	 .verdict = "OK waste-toner 50 % free [waste-toner=50%;10:;5:]\n"
		    "WARNING a waste box is nearly full (panel: WT box end soon), which one is "
		    "not said\n= 1 supply, waste-toner 50 % free"},
	{.name = "one of its role is not",
	 .options = "exclude=toner-black",
	 .supplies = {{AT("toner-black", 80, MEASURED)}, {AT("toner-cyan", 80, MEASURED)}},
	 .hearsay = {{LOW, BR_ROLE_CONSUMED, NULL, "error bit low-toner"}},
	 .verdict = "OK toner-cyan 80 % [toner-cyan=80%;20:;10:]\n"
		    "WARNING a supply is low (error bit low-toner), which one is not said\n"
		    "= 1 supply, toner-cyan 80 %"},
	{.name = "everything is excluded, and the role has no row",
	 .options = "exclude=*",
	 .supplies = {{AT("toner-black", 80, MEASURED)}},
	 .hearsay = {{LOW, FILLED, NULL, "panel: WT box end soon"}},
	 .verdict = "UNKNOWN no supply fits --include and --exclude\n= no supply judged"},
};

TEST(a_supply_that_is_not_named)
{
	judge_all(hearsays);
}

static const struct row choices[] = {
	{.name = "included",
	 .options = "include=drum include=toner-c*",
	 .supplies = {{AT("toner-black", 3, MEASURED)},
		      {AT("toner-cyan", 42, MEASURED)},
		      {AT("drum", 50, MEASURED), .type = OPC}},
	 .verdict = "OK toner-cyan 42 % [toner-cyan=42%;20:;10:]\n"
		    "OK drum 50 % [drum=50%;20:;10:]\n"
		    "= 2 supplies, lowest toner-cyan 42 %"},
	{.name = "excluded by type",
	 .options = "exclude=type:opc",
	 .supplies = {{AT("toner-black", 42, MEASURED)}, {AT("drum", 0, SOME), .type = OPC}},
	 .care = {{"drum", 3, 900}},
	 .verdict = "OK toner-black 42 % [toner-black=42%;20:;10:]\n"
		    "= 1 supply, toner-black 42 %"},
	{.name = "none is left",
	 .options = "include=tonr-*",
	 .supplies = {{AT("toner-black", 3, MEASURED)}},
	 .verdict = "UNKNOWN no supply fits --include and --exclude\n= no supply judged"},
	{.name = "none is left, nor in a whole check",
	 .options = "whole include=tonr-*",
	 .supplies = {{AT("toner-black", 3, MEASURED)}},
	 .verdict = "UNKNOWN no supply fits --include and --exclude\n= no supply judged"},
	{.name = "a whole check that is not to judge supplies",
	 .options = "whole exclude=*",
	 .supplies = {{AT("toner-black", 3, MEASURED)}},
	 .care = {{"fuser", 3, -1}},
	 .verdict = "OK all supplies excluded\n= no supply judged"},
	{.name = "a part alone is excluded",
	 .options = "exclude=fuser",
	 .care = {{"fuser", 3, -1}},
	 .verdict = "UNKNOWN no supply fits --include and --exclude\n= no supplies told"},
};

TEST(include_and_exclude)
{
	judge_all(choices);
}

/* Of a description, a serial and a colour each. */
#define BLACK "Black Toner Cartridge"

static const struct row repeated[] = {
	{.name = "each row twice (Lexmark XC9255)",
	 .supplies = {{AT("toner-black", 60, MEASURED), .description = BLACK,
		       .colorant = "black"},
		      {AT("toner-cyan", 60, MEASURED), .description = "Cyan Toner Cartridge"},
		      {AT("waste-toner", 0, SOME), .description = "Waste Bottle",
		       .role = FILLED},
		      {AT("toner-black-2", 60, MEASURED), .description = BLACK,
		       .colorant = "black"},
		      {AT("waste-toner-2", 0, SOME), .description = "Waste Bottle",
		       .role = FILLED}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:] "
		    "[toner-black-2=60%;20:;10:]\n"
		    "OK toner-cyan 60 % [toner-cyan=60%;20:;10:]\n"
		    "OK waste-toner some room left [waste-toner=U;10:;5:] "
		    "[waste-toner-2=U;10:;5:]\n"
		    "= 3 supplies, lowest toner-black 60 %"},
	{.name = "of two that are two after all each label is the same on every run",
	 .supplies = {{AT("staples", 60, MEASURED), .description = "Staples"},
		      {AT("staples-2", 8, MEASURED), .description = "Staples"}},
	 .verdict = "OK staples 60 % [staples=60%;20:;10:]\n"
		    "CRITICAL staples-2 8 % [staples-2=8%;20:;10:]\n"
		    "= 2 supplies, lowest staples-2 8 %"},
	{.name = "of two that seem to be one, one is not asked for",
	 .options = "exclude=staples-2",
	 .supplies = {{AT("staples", 60, MEASURED), .description = "Staples"},
		      {AT("staples-2", 60, MEASURED), .description = "Staples"}},
	 .verdict = "OK staples 60 % [staples=60%;20:;10:]\n= 1 supply, staples 60 %"},
	{.name = "or the first is not",
	 .options = "exclude=staples",
	 .supplies = {{AT("staples", 60, MEASURED), .description = "Staples"},
		      {AT("staples-2", 60, MEASURED), .description = "Staples"}},
	 .verdict = "OK staples-2 60 % [staples-2=60%;20:;10:]\n= 1 supply, staples-2 60 %"},
	{.name = "three times",
	 .supplies = {{AT("drum", 5, MEASURED), .description = "Drum", .type = OPC},
		      {AT("drum-2", 5, MEASURED), .description = "Drum", .type = OPC},
		      {AT("drum-3", 5, MEASURED), .description = "Drum", .type = OPC}},
	 .verdict = "CRITICAL drum 5 % [drum=5%;20:;10:] [drum-2=5%;20:;10:] "
		    "[drum-3=5%;20:;10:]\n= 1 supply, drum 5 %"},
	{.name = "one serial, another description",
	 .supplies = {{AT("toner-black", 60, MEASURED), .description = BLACK,
		       .serial = "MADEUP12"},
		      {AT("toner-black-2", 0, SOME), .description = "K", .serial = "MADEUP12"}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "= 1 supply, toner-black 60 %"},
	{.name = "one serial, in another order",
	 .supplies = {{AT("drum-2", 60, MEASURED), .description = "b", .serial = "MADEUP12"},
		      {AT("drum", 0, SOME), .description = "a", .serial = "MADEUP12"}},
	 .verdict = "OK drum-2 60 % [drum-2=60%;20:;10:]\n= 1 supply, drum-2 60 %"},
	{.name = "one name, and the colour is in the id alone",
	 .supplies = {{AT("toner-black", 60, MEASURED), .description = "Cartridge"},
		      {AT("toner-cyan", 60, MEASURED), .description = "Cartridge"}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "OK toner-cyan 60 % [toner-cyan=60%;20:;10:]\n"
		    "= 2 supplies, lowest toner-black 60 %"},
	{.name = "a serial that is none",
	 .supplies = {{AT("toner-black", 60, MEASURED), .description = BLACK,
		       .serial = "00000000"},
		      {AT("toner-black-2", 50, MEASURED), .description = BLACK,
		       .serial = "00000000"}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "OK toner-black-2 50 % [toner-black-2=50%;20:;10:]\n"
		    "= 2 supplies, lowest toner-black-2 50 %"},
	{.name = "one serial in all rows, of the printer maybe",
	 .supplies = {{AT("toner-black", 60, MEASURED), .serial = "MADEUP12"},
		      {AT("toner-cyan", 5, MEASURED), .serial = "MADEUP12"}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "CRITICAL toner-cyan 5 % [toner-cyan=5%;20:;10:]\n"
		    "= 2 supplies, lowest toner-cyan 5 %"},
	{.name = "two with serials of their own",
	 .supplies = {{AT("toner-black", 60, MEASURED), .description = BLACK,
		       .serial = "MADEUP12"},
		      {AT("toner-black-2", 60, MEASURED), .description = BLACK,
		       .serial = "MADEUP13"}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "OK toner-black-2 60 % [toner-black-2=60%;20:;10:]\n"
		    "= 2 supplies, lowest toner-black 60 %"},
	{.name = "a witness speaks of the later row",
	 .supplies = {{AT("toner-black", 60, MEASURED), .description = BLACK,
		       .serial = "MADEUP12"},
		      {AT("toner-black-2", 60, MEASURED),
		       SAID(LOW, "alert marker-toner-almost-empty"), .description = BLACK,
		       .serial = "MADEUP12"}},
	 .verdict = "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "WARNING toner-black-2 low (alert marker-toner-almost-empty), level says "
		    "60 %\n"
		    "= 2 supplies, lowest toner-black 60 %"},
	{.name = "rows without a description are not known to be one",
	 .supplies = {{AT("toner", 60, MEASURED)}, {AT("toner-2", 60, MEASURED)}},
	 .verdict = "OK toner 60 % [toner=60%;20:;10:]\n"
		    "OK toner-2 60 % [toner-2=60%;20:;10:]\n"
		    "= 2 supplies, lowest toner 60 %"},
};

TEST(one_supply_told_twice)
{
	judge_all(repeated);
}

/* Sixty letters of three octets each. */
#define TEN     "用紙カセット印刷用紙"
#define LETTERS TEN TEN TEN TEN TEN TEN

static const struct row names[] = {
	{.name = "an id that says nothing is explained",
	 .supplies = {{AT("other", 60, MEASURED), .description = "Kit de entretien é"},
		      {AT("other-2", 60, MEASURED), .description = "PF Kit"},
		      {AT("other-3", 50, MEASURED)},
		      {AT("otherwise", 60, MEASURED), .description = "x"},
		      {AT("toner-black", 60, MEASURED), .description = "Noir"}},
	 .verdict = "OK other (Kit de entretien é) 60 % [other=60%;20:;10:]\n"
		    "OK other-2 (PF Kit) 60 % [other-2=60%;20:;10:]\n"
		    "OK other-3 50 % [other-3=50%;20:;10:]\n"
		    "OK otherwise 60 % [otherwise=60%;20:;10:]\n"
		    "OK toner-black 60 % [toner-black=60%;20:;10:]\n"
		    "= 5 supplies, lowest other-3 50 %"},
	{.name = "long text is cut at a letter, and the level is not lost",
	 .supplies = {{AT("other", 60, MEASURED), SAID(LOW, "panel: " LETTERS),
		       .description = LETTERS}},
	 .verdict = "WARNING other (" TEN TEN "用紙カセット) low (panel: " TEN TEN
		    "用紙カセ), level says 60 % [other=60%;20:;10:]\n= 1 supply, other 60 %"},
};

TEST(names)
{
	judge_all(names);
}

static const struct row parts[] = {
	{.name = "parts that wear are judged as what is consumed",
	 .options = "supply=laser=95:/",
	 .supplies = {{AT("toner-black", 80, MEASURED)}},
	 .care = {{"fuser", 9, 1200}, {"laser", 89, -1}},
	 .verdict = "OK toner-black 80 % [toner-black=80%;20:;10:]\n"
		    "CRITICAL fuser 9 %, 1200 pages left [fuser=9%;20:;10:]\n"
		    "WARNING laser 89 % [laser=89%;95:;]\n"
		    "= 1 supply and 2 parts, lowest fuser 9 %"},
	{.name = "due by pages",
	 .care = {{"fuser", -1, -2}, {"belt", 40, -2}},
	 .verdict = "WARNING fuser due\n"
		    "WARNING belt 40 %, due [belt=40%;20:;10:]\n"
		    "= 2 parts, lowest belt 40 %"},
	{.name = "pages alone",
	 .care = {{"fuser", -1, 500}, {"belt", -1, -1}},
	 .verdict = "OK fuser 500 pages left\n= 1 part, none measured"},
	{.name = "a part that a supply row tells of is said once",
	 .supplies = {{AT("drum", 58, MEASURED), .type = OPC}},
	 .care = {{"drum", 58, 29115}},
	 .verdict = "OK drum 58 % [drum=58%;20:;10:]\n= 1 supply, drum 58 %"},
	{.name = "but not where the row tells no level",
	 .options = "supply=type:opc=5:/2:",
	 .supplies = {{AT("drum", 0, SOME), .type = OPC}},
	 .care = {{"drum", 4, 1210}},
	 .verdict = "OK drum some remaining [drum=U;5:;2:]\n"
		    "WARNING care-drum 4 %, 1210 pages left [care-drum=4%;5:;2:]\n"
		    "= 1 supply and 1 part, lowest care-drum 4 %"},
	{.name = "nor where only the part knows that it is due",
	 .supplies = {{AT("drum", 30, MEASURED), .type = OPC}},
	 .care = {{"drum", 30, -2}},
	 .verdict = "OK drum 30 % [drum=30%;20:;10:]\n"
		    "WARNING care-drum 30 %, due [care-drum=30%;20:;10:]\n"
		    "= 1 supply and 1 part, lowest drum 30 %"},
};

TEST(parts_that_wear)
{
	judge_all(parts);
}
