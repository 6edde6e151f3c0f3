/*
 * judge_trays_test.c - what printers answer of their paper, and the verdict, to the letter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "nagios-checks/judged.h"

#define ALERT(severity, group, index, code)                                      \
	"A2.1.1|2|" severity "\nA3.1.1|2|3\nA4.1.1|2|" group "\nA5.1.1|2|" index \
	"\nA7.1.1|2|" code "\nA8.1.1|4|x\n"
#define RUNS         "G2.1|2|1\nH1.1|2|3\nV5.1|2|2\n"
#define DOWN         "G2.1|2|1\nH1.1|2|1\nV5.1|2|5\n"
#define BITS(octets) "H2.1|4x|" octets "\n"
/* PrtInputTypeTC: 3 and 4 feed by themselves, 5 is fed by hand. */
#define TRAY(row, type, capacity, level, status, name)                                 \
	"I2.1." row "|2|" type "\nI9.1." row "|2|" capacity "\nI10.1." row "|2|" level \
	"\nI11.1." row "|2|" status "\nI13.1." row "|4|" name "\n"
#define BIN(row, capacity, room, status)                                               \
	"O4.1." row "|2|" capacity "\nO5.1." row "|2|" room "\nO6.1." row "|2|" status \
	"\nO7.1." row "|4|Bin " row "\n"
#define ONE   TRAY("1", "3", "250", "100", "0", "Tray 1")
#define TWO   TRAY("2", "3", "500", "500", "0", "Tray 2")
#define EMPTY TRAY("1", "3", "250", "0", "0", "Tray 1")

static const struct judged levels[] = {
	{.name = "percent is what remains",
	 .answers = RUNS ONE TWO,
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 40 %"},
	{.name = "thresholds are about what remains",
	 .options = "trays=50:/10:",
	 .answers = RUNS ONE TWO,
	 .verdict = "WARNING tray-1 40 % [tray-1=40%;50:;10:]\n"
		    "OK tray-2 100 % [tray-2=100%;50:;10:]\n= 2 trays, lowest tray-1 40 %"},
	{.name = "thresholds of one tray",
	 .options = "trays=5:/2: tray=tray-1=45:/41:",
	 .answers = RUNS ONE TWO,
	 .verdict = "CRITICAL tray-1 40 % [tray-1=40%;45:;41:]\n"
		    "OK tray-2 100 % [tray-2=100%;5:;2:]\n= 2 trays, lowest tray-1 40 %"},
	{.name = "some paper is not low, also where the capacity is known",
	 .answers = RUNS TRAY("1", "3", "250", "-3", "0", "Tray 1"),
	 .verdict = "OK tray-1 has paper [tray-1=U%]\n= 1 tray"},
	{.name = "neither level nor capacity: nothing is measured",
	 .answers = RUNS TRAY("1", "3", "-2", "-2", "5", "Tray 1"),
	 .verdict = "OK tray-1 level not known\n= 1 tray"},
	{.name = "low by its status",
	 .answers = RUNS TRAY("1", "3", "250", "-3", "8", "Tray 1"),
	 .verdict = "OK tray-1 low [tray-1=U%]\n= 1 tray"},
	{.name = "low, and that is a warning",
	 .options = "tray-low=warning",
	 .answers = RUNS TRAY("1", "3", "250", "20", "8", "Tray 1") TWO,
	 .verdict = "WARNING tray-1 low, 8 % [tray-1=8%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 8 %"},
};

TEST(levels_of_trays)
{
	JUDGE_ALL(plugin_judge_trays, PLUGIN_TRAYS, levels);
}

static const struct judged empties[] = {
	{.name = "one of two",
	 .answers = RUNS EMPTY TWO,
	 .verdict = "WARNING tray-1 empty [tray-1=0%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 0 %"},
	{.name = "every one that feeds by itself",
	 .answers = RUNS EMPTY TRAY("2", "3", "500", "0", "0", "Tray 2")
		 TRAY("3", "5", "50", "50", "0", "Manual Feed"),
	 .verdict = "CRITICAL tray-1 empty [tray-1=0%]\nCRITICAL tray-2 empty [tray-2=0%]\n"
		    "= 2 trays, lowest tray-1 0 %"},
	{.name = "the only one",
	 .answers = RUNS EMPTY,
	 .verdict = "CRITICAL tray-1 empty [tray-1=0%]\n= 1 tray, tray-1 0 %"},
	{.name = "the only one, by an alert alone",
	 .answers = RUNS TRAY("1", "3", "250", "-3", "0", "Tray 1") ALERT("3", "8", "1", "808"),
	 .verdict = "CRITICAL tray-1 empty [tray-1=U%]\n= 1 tray"},
	{.name = "nobody cares",
	 .options = "tray-empty=ok",
	 .answers = RUNS EMPTY,
	 .verdict = "OK tray-1 empty [tray-1=0%]\n= 1 tray, tray-1 0 %"},
	{.name = "one that nobody judges feeds all the same",
	 .options = "exclude=tray-2",
	 .answers = RUNS EMPTY TWO,
	 .verdict = "WARNING tray-1 empty [tray-1=0%]\n= 1 tray, tray-1 0 %"},
	{.name = "one that is missing feeds nothing",
	 .answers = RUNS EMPTY TRAY("2", "3", "500", "-2", "0", "Tray 2")
		 ALERT("4", "8", "2", "801"),
	 .verdict = "CRITICAL tray-1 empty [tray-1=0%]\nWARNING tray-2 missing [tray-2=U%]\n"
		    "= 2 trays, tray-1 0 %"},
	{.name = "missing, open, and one that feeds",
	 .options = "tray-missing=critical",
	 .answers = RUNS ONE TRAY("2", "3", "500", "-2", "0", "Tray 2")
		 ALERT("4", "8", "2", "801"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nCRITICAL tray-2 missing [tray-2=U%]\n"
		    "= 2 trays, tray-1 40 %"},
	{.name = "open",
	 .answers = RUNS ONE TWO ALERT("4", "8", "2", "18"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nWARNING tray-2 open, 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 40 %"},
	{.name = "broken, and the printer goes on",
	 .answers = RUNS ONE TRAY("2", "3", "500", "-3", "19", "Tray 2"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nWARNING tray-2 problem [tray-2=U%]\n"
		    "= 2 trays, tray-1 40 %"},
	{.name = "broken, they say, and no alert speaks of it: another source is used (Epson)",
	 .answers = RUNS TRAY("1", "6", "-2", "-2", "19", "Tractor")
		 TRAY("2", "6", "-2", "-2", "19", "Roll") ALERT("1", "1", "-1", "1"),
	 .verdict = "OK tractor not in use\nOK roll not in use\n= 2 trays"},
	{.name = "broken, and an alert speaks of paper",
	 .answers = RUNS TRAY("1", "6", "-2", "-2", "19", "Tractor") ALERT("3", "8", "1", "29"),
	 .verdict = "WARNING tractor problem\n= 1 tray"},
	{.name = "broken, no alert, and it stands still",
	 .answers = DOWN TRAY("1", "6", "-2", "-2", "19", "Tractor") ALERT("1", "1", "-1", "1"),
	 .verdict = "CRITICAL tractor problem\n= 1 tray"},
	{.name = "broken, and it does not",
	 .answers = DOWN ONE TRAY("2", "3", "500", "-3", "19", "Tray 2"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nCRITICAL tray-2 problem [tray-2=U%]\n"
		    "= 2 trays, tray-1 40 %"},
};

TEST(empty_trays)
{
	JUDGE_ALL(plugin_judge_trays, PLUGIN_TRAYS, empties);
}

static const struct judged by_hand[] = {
	{.name = "manual feed, bypass, multi-purpose: no paper is how it should be",
	 .answers = RUNS ONE TRAY("2", "5", "1", "0", "0", "Manual Feed")
		 TRAY("3", "3", "100", "0", "9", "Bypass Tray")
			 TRAY("4", "4", "100", "0", "0", "MP Tray"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
	{.name = "by its type, whatever it is called",
	 .answers = RUNS ONE TRAY("2", "5", "50", "0", "0", "Slot"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
	{.name = "by a name in front of something else",
	 .answers = RUNS ONE TRAY("2", "3", "50", "0", "0", "Manual Envelope"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
	{.name = "asked for",
	 .options = "manual",
	 .answers = RUNS ONE TRAY("4", "4", "100", "0", "0", "MP Tray"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nWARNING mp-tray empty [mp-tray=0%]\n"
		    "= 2 trays, lowest mp-tray 0 %"},
	{.name = "nothing else",
	 .answers = RUNS TRAY("4", "4", "100", "0", "0", "MP Tray"),
	 .verdict = "OK no tray to judge\n= no tray to judge"},
	{.name = "what was asked for is not there",
	 .options = "include=tray-9",
	 .answers = RUNS ONE,
	 .verdict = "UNKNOWN no tray fits --include and --exclude\n= no tray to judge"},
	{.name = "and nothing was asked for",
	 .options = "exclude=tray-*",
	 .answers = RUNS ONE,
	 .verdict = "OK no tray to judge\n= no tray to judge"},
	{.name = "a bit that the empty bypass explains",
	 .answers = RUNS BITS("4004") ONE TRAY("4", "4", "100", "0", "0", "MP Tray"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
	{.name = "one roll is not one sheet",
	 .answers = RUNS TRAY("1", "6", "1", "0", "0", "Roll"),
	 .verdict = "CRITICAL roll empty [roll=0%]\n= 1 tray, roll 0 %"},
	{.name = "room for one sheet, whatever it is called",
	 .answers = RUNS ONE TRAY("2", "3", "1", "0", "0", "Slot"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
	{.name = "asked for: it feeds where another is empty",
	 .options = "manual",
	 .answers = RUNS EMPTY TRAY("4", "4", "100", "50", "0", "MP Tray"),
	 .verdict = "WARNING tray-1 empty [tray-1=0%]\nOK mp-tray 50 % [mp-tray=50%]\n"
		    "= 2 trays, lowest tray-1 0 %"},
	{.name = "a bit that the empty manual feeder explains",
	 .answers = RUNS BITS("40") ONE TRAY("2", "5", "50", "0", "0", "Manual Feed"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
};

TEST(fed_by_hand)
{
	JUDGE_ALL(plugin_judge_trays, PLUGIN_TRAYS, by_hand);
}

static const struct judged bins[] = {
	{.name = "room is what remains",
	 .answers = RUNS ONE BIN("1", "500", "200", "0"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nOK bin-1 40 % free [bin-1=40%]\n"
		    "= 1 tray, tray-1 40 %"},
	{.name = "full",
	 .answers = RUNS ONE BIN("1", "500", "0", "0"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nWARNING bin-1 full [bin-1=0%]\n"
		    "= 1 tray, tray-1 40 %"},
	{.name = "nearly full by its status; its own thresholds",
	 .options = "tray=bin-*=30:/10:",
	 .answers = RUNS BIN("1", "500", "100", "8"),
	 .verdict = "WARNING bin-1 nearly full, 20 % free [bin-1=20%;30:;10:]\n= "},
	{.name = "has room, and no capacity",
	 .answers = RUNS BIN("1", "-2", "-3", "0"),
	 .verdict = "OK bin-1 has room\n= "},
};

TEST(output_bins)
{
	JUDGE_ALL(plugin_judge_trays, PLUGIN_TRAYS, bins);
}

static const struct judged loose[] = {
	{.name = "no tray, no word",
	 .answers = RUNS,
	 .verdict = "UNKNOWN the printer tells of no tray\n= "},
	{.name = "no tray, no word, in a whole answer",
	 .options = "whole",
	 .answers = RUNS,
	 .verdict = "= "},
	{.name = "no paper, by its bits alone, and it goes on",
	 .answers = RUNS BITS("4004") ONE,
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nWARNING no paper (error bit no-paper)\n"
		    "= 1 tray, tray-1 40 %"},
	{.name = "no paper, by its bit alone, and it stands still",
	 .answers = DOWN BITS("40"),
	 .verdict = "CRITICAL no paper (error bit no-paper)\n= "},
	{.name = "the tray explains the bit",
	 .answers = RUNS BITS("4004") EMPTY TWO,
	 .verdict = "WARNING tray-1 empty [tray-1=0%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 0 %"},
	{.name = "an empty tray explains low paper too",
	 .options = "tray-low=warning",
	 .answers = RUNS BITS("80") EMPTY TWO,
	 .verdict = "WARNING tray-1 empty [tray-1=0%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 0 %"},
	{.name = "low paper of nobody knows which",
	 .answers = RUNS BITS("80") TWO,
	 .verdict = "OK tray-2 100 % [tray-2=100%]\nOK paper low (error bit low-paper)\n"
		    "= 1 tray, tray-2 100 %"},
	{.name = "missing, full: second octet",
	 .answers = RUNS BITS("00e8") TWO,
	 .verdict = "OK tray-2 100 % [tray-2=100%]\n"
		    "WARNING input tray missing (error bit input-tray-missing)\n"
		    "WARNING output full (error bit output-full)\n"
		    "WARNING output tray missing (error bit output-tray-missing)\n"
		    "= 1 tray, tray-2 100 %"},
	{.name = "an alert of a tray that is not listed",
	 .answers = RUNS ONE ALERT("4", "8", "7", "808"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n"
		    "WARNING no paper (alert input-media-supply-empty)\n"
		    "= 1 tray, tray-1 40 %"},
	{.name = "and a rule about it",
	 .options = "ignore=input-media-supply-empty",
	 .answers = RUNS ONE ALERT("4", "8", "7", "808"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n= 1 tray, tray-1 40 %"},
	{.name = "an input tray is empty, by the second octet's bit alone",
	 .answers = RUNS BITS("0004") ONE,
	 .verdict =
		 "OK tray-1 40 % [tray-1=40%]\nWARNING no paper (error bit input-tray-empty)\n"
		 "= 1 tray, tray-1 40 %"},
	{.name = "a tray that is empty by an alert explains low paper",
	 .options = "tray-low=warning",
	 .answers = RUNS BITS("80") TRAY("1", "3", "250", "-3", "0", "Tray 1")
		 TWO ALERT("3", "8", "1", "808"),
	 .verdict = "WARNING tray-1 empty [tray-1=U%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, tray-2 100 %"},
	{.name = "a bin that is full explains that it is nearly so",
	 .options = "tray-low=warning",
	 .answers = RUNS BITS("0010") ONE BIN("1", "500", "0", "0"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\nWARNING bin-1 full [bin-1=0%]\n"
		    "= 1 tray, tray-1 40 %"},
	{.name = "an alert of a tray that is listed is in its row",
	 .answers = RUNS EMPTY TWO ALERT("4", "8", "1", "801"),
	 .verdict = "WARNING tray-1 empty [tray-1=0%]\nOK tray-2 100 % [tray-2=100%]\n"
		    "= 2 trays, lowest tray-1 0 %"},
	{.name = "an alert of paper in another group than its own",
	 .answers = RUNS ONE ALERT("4", "5", "1", "808"),
	 .verdict = "OK tray-1 40 % [tray-1=40%]\n"
		    "WARNING no paper (alert input-media-supply-empty)\n"
		    "= 1 tray, tray-1 40 %"},
};

TEST(what_no_tray_explains)
{
	JUDGE_ALL(plugin_judge_trays, PLUGIN_TRAYS, loose);
}
