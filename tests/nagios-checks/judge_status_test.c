/*
 * judge_status_test.c - what printers answer of their state, and the verdict, to the letter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "nagios-checks/judged.h"

#define PRINTER(status) "G2.1|2|1\nH1.1|2|" status "\n"
#define DEVICE(status)  "V5.1|2|" status "\n"
#define BITS(octets)    "H2.1|4x|" octets "\n"
#define IDLE            PRINTER("3") DEVICE("2") BITS("00")
#define WARNS           PRINTER("3") DEVICE("3") BITS("00")
#define DOWN            PRINTER("1") DEVICE("5") BITS("00")
#define ALERT(row, severity, training, group, index, code, text)                          \
	"A2.1." row "|2|" severity "\nA3.1." row "|2|" training "\nA4.1." row "|2|" group \
	"\nA5.1." row "|2|" index "\nA7.1." row "|2|" code "\nA8.1." row "|4|" text "\n"
#define COVER(row, name, status) "C2.1." row "|4|" name "\nC3.1." row "|2|" status "\n"
#define PANEL(row, text)         "D2.1." row "|4|" text "\n"
#define TONER(level)                                                              \
	"S3.1.1|2|1\nS4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black Toner\nS7.1.1|2|19\n" \
	"S8.1.1|2|100\nS9.1.1|2|" level "\n"
#define TRAY(level) "I9.1.1|2|250\nI10.1.1|2|" level "\nI11.1.1|2|0\nI13.1.1|4|Tray 1\n"

static const struct judged states[] = {
	{.name = "nothing at all",
	 .answers = "",
	 .verdict = "UNKNOWN the printer tells nothing of its state\n= "},
	{.name = "nothing at all, in a whole answer",
	 .options = "whole",
	 .answers = "",
	 .verdict = "UNKNOWN the printer tells nothing of its state\n= "},
	{.name = "a counter alone, as label printers tell",
	 .options = "whole",
	 .answers = "M4.1.1|65|12345\n",
	 .verdict = "OK state not told\n= state not told"},
	{.name = "which is no state",
	 .answers = "M4.1.1|65|12345\n",
	 .verdict = "UNKNOWN the printer tells nothing of its state\n= "},
	{.name = "an empty alert table is ok",
	 .answers = IDLE,
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "an empty alert table and no host resources",
	 .answers = TONER("80"),
	 .verdict = "OK no alerts [alerts=0]\n= no alerts"},
	{.name = "printing",
	 .answers = PRINTER("4") DEVICE("2"),
	 .verdict = "OK printing [alerts=0]\n= printing"},
	{.name = "warming up",
	 .answers = PRINTER("5") DEVICE("2"),
	 .verdict = "OK warming up [alerts=0]\n= warming up"},
	{.name = "testing",
	 .answers = DEVICE("4"),
	 .verdict = "OK testing itself [alerts=0]\n= testing itself"},
	{.name = "running, and no more is said",
	 .answers = DEVICE("2"),
	 .verdict = "OK running [alerts=0]\n= running"},
	{.name = "other: standby",
	 .answers = PRINTER("1") DEVICE("2"),
	 .verdict = "OK idle or asleep [alerts=0]\n= idle or asleep"},
	{.name = "down, and about to be ready",
	 .answers = PRINTER("5") DEVICE("5") BITS("00"),
	 .verdict = "OK warming up [alerts=0]\n= warming up"},
	{.name = "down because it sleeps",
	 .answers = PRINTER("1") DEVICE("5") ALERT("1", "4", "7", "5", "1", "23", "Sleep"),
	 .verdict = "OK asleep [alerts=0]\n= asleep"},
	{.name = "down, about to be ready, and a cover is open",
	 .answers = PRINTER("5") DEVICE("5") BITS("08"),
	 .verdict = "CRITICAL cover open (error bit door-open) [alerts=0]\n= stopped"},
	{.name = "down", .answers = DOWN, .verdict = "CRITICAL stopped [alerts=0]\n= stopped"},
	{.name = "down, and the panel says why, on two lines",
	 .answers = DOWN PANEL("1", "Load paper") PANEL("2", "A4 plain"),
	 .verdict = "CRITICAL stopped; panel: Load paper / A4 plain [alerts=0]\n= stopped"},
	{.name = "down while printing: the panel may name a job",
	 .answers = PRINTER("4") DEVICE("5") PANEL("1", "Job salary.pdf"),
	 .verdict = "CRITICAL stopped [alerts=0]\n= printing"},
	{.name = "a warning of nothing",
	 .answers = WARNS PANEL("1", "Clean the scanner glass"),
	 .verdict = "WARNING the printer warns and does not say of what; panel: Clean the "
		    "scanner glass [alerts=0]\n= idle"},
	{.name = "a warning of a toner that is low: that is said elsewhere",
	 .answers = WARNS TONER("15"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "a warning of a tray that is empty",
	 .answers = WARNS TRAY("0"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "full supplies explain no warning",
	 .answers = WARNS TONER("80") TRAY("200"),
	 .verdict = "WARNING the printer warns and does not say of what [alerts=0]\n= idle"},
	{.name = "a panel where all is well is not told",
	 .answers = IDLE PANEL("1", "Ready"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
};

TEST(states)
{
	JUDGE_ALL(plugin_judge_status, PLUGIN_STATUS, states);
}

static const struct judged alerts[] = {
	{.name = "sleep is no problem, by its code",
	 .answers = PRINTER("1") DEVICE("3") BITS("00")
		 ALERT("1", "4", "7", "5", "1", "23", "Power saver"),
	 .verdict = "OK asleep [alerts=0]\n= asleep"},
	{.name = "toner that is low by words alone is told of by another check",
	 .answers = IDLE TONER("50") ALERT("1", "4", "3", "5", "1", "1", "Toner low"),
	 .verdict = "OK idle [alerts=1]\n= idle"},
	{.name = "sleep is no problem, by its word alone",
	 .answers = WARNS ALERT("1", "4", "1", "5", "1", "1", "Energiesparmodus"),
	 .verdict = "OK asleep [alerts=0]\n= asleep"},
	{.name = "Sleep, without code, severity or group",
	 .answers = IDLE ALERT("1", "0", "0", "0", "40000", "0", "Sleep"),
	 .verdict = "OK asleep [alerts=0]\n= asleep"},
	{.name = "a word for sleep in a longer sentence is not that",
	 .answers = IDLE ALERT("1", "4", "3", "5", "1", "1", "Sleep timer failed"),
	 .verdict = "WARNING Sleep timer failed\nOK idle [alerts=1]\n= idle"},
	{.name = "other, that calls itself nothing",
	 .answers = IDLE ALERT("1", "1", "1", "1", "-1", "1", "Idle"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "a cover that was closed",
	 .answers = IDLE ALERT("1", "4", "3", "6", "1", "4", "Front cover closed"),
	 .verdict = "OK cover closed: Front cover closed\nOK idle [alerts=0]\n= idle"},
	{.name = "a jam",
	 .answers = DOWN ALERT("1", "3", "3", "13", "1", "8", "Jam inside tray 2"),
	 .verdict = "CRITICAL paper jam: Jam inside tray 2 [alerts=1]\n= stopped"},
	{.name = "a jam, and no more words",
	 .answers = DOWN ALERT("1", "3", "3", "13", "1", "8", ""),
	 .verdict = "CRITICAL paper jam: media-path [alerts=1]\n= stopped"},
	{.name = "a jam that is called a warning by a printer that does not go on",
	 .answers = DOWN ALERT("1", "4", "3", "13", "1", "8", "Jam"),
	 .verdict = "CRITICAL paper jam: media-path [alerts=1]\n= stopped"},
	{.name = "a jam that is called a warning by one that goes on",
	 .answers = WARNS ALERT("1", "4", "3", "30", "1", "30208", "Stapler jam"),
	 .verdict = "WARNING paper jam: Stapler jam\nOK idle [alerts=1]\n= idle"},
	{.name = "the bit and the alert of a jam are one thing",
	 .answers = PRINTER("1") DEVICE("5") BITS("04")
		 ALERT("1", "3", "3", "13", "1", "8", "Paper jam: rear"),
	 .verdict = "CRITICAL Paper jam: rear [alerts=1]\n= stopped"},
	{.name = "field service",
	 .answers = IDLE ALERT("1", "1", "5", "10", "1", "33", "Error C7990"),
	 .verdict = "WARNING field service needed: motor failure: Error C7990\n"
		    "OK idle [alerts=1]\n= idle"},
	{.name = "field service, and the bit that asks for it",
	 .answers = WARNS BITS("01") ALERT("1", "4", "5", "10", "1", "33", ""),
	 .verdict = "WARNING field service needed: motor failure (marker)\n"
		    "OK idle [alerts=1]\n= idle"},
	{.name = "no intervention required",
	 .answers = WARNS ALERT("1", "4", "7", "10", "1", "36", "Cooling"),
	 .verdict = "OK over temperature: Cooling\nOK idle [alerts=0]\n= idle"},
	{.name = "a maker's own code, without words",
	 .answers = IDLE ALERT("1", "3", "3", "5", "1", "25001", ""),
	 .verdict = "CRITICAL alert 25001, general-printer\nOK idle [alerts=1]\n= idle"},
	{.name = "a severity, and nothing else",
	 .answers = ALERT("1", "4", "3", "0", "0", "0", ""),
	 .verdict =
		 "WARNING alert without code or words, warning\nOK state not told [alerts=1]\n"
		 "= state not told"},
	{.name = "what was changed is no fault, though it is called a warning",
	 .answers = IDLE ALERT("1", "5", "3", "8", "1", "802", ""),
	 .verdict = "OK input media size change\nOK idle [alerts=0]\n= idle"},
	{.name = "severity not said: by the code",
	 .answers = IDLE ALERT("1", "0", "0", "5", "1", "34", ""),
	 .verdict = "WARNING memory exhausted (general-printer)\nOK idle [alerts=1]\n= idle"},
	{.name = "the same row again and again",
	 .answers = IDLE ALERT("1", "4", "3", "15", "1", "1507", "Font card")
		 ALERT("2", "4", "3", "15", "2", "1507", "Font card"),
	 .verdict = "WARNING interpreter resource unavailable: Font card\nOK idle [alerts=2]\n"
		    "= idle"},
	{.name = "staples stand in no supply row: said here",
	 .options = "whole",
	 .answers = WARNS ALERT("1", "4", "3", "31", "1", "30213", ""),
	 .verdict = "WARNING stapler empty\nOK idle [alerts=1]\n= idle"},
};

TEST(alerts_are_told)
{
	JUDGE_ALL(plugin_judge_status, PLUGIN_STATUS, alerts);
}

static const struct judged others[] = {
	{.name = "low toner is for the supplies",
	 .answers = WARNS TONER("8") ALERT("1", "4", "3", "11", "1", "1104", "Toner low"),
	 .verdict = "OK idle [alerts=1]\n= idle"},
	{.name = "low toner, also where its bit is all that tells",
	 .answers = PRINTER("3") DEVICE("3") BITS("20"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "a toner that the printer stands still for",
	 .answers = DOWN TONER("0") ALERT("1", "3", "3", "11", "1", "1101", "Replace toner"),
	 .verdict = "CRITICAL marker toner empty: Replace toner [alerts=1]\n= stopped"},
	{.name = "the same in a whole answer: the supplies say it",
	 .options = "whole",
	 .answers = DOWN TONER("0") ALERT("1", "3", "3", "11", "1", "1101", "Replace toner"),
	 .verdict = "CRITICAL stopped [alerts=1]\n= stopped"},
	{.name = "a tray that the printer stands still for, by its bit",
	 .answers = PRINTER("1") DEVICE("5") BITS("4004") TRAY("0"),
	 .verdict = "CRITICAL no paper (error bit no-paper) [alerts=0]\n= stopped"},
	{.name = "the bit and the alert of it are one thing",
	 .answers = PRINTER("1") DEVICE("5") BITS("40") TRAY("0")
		 ALERT("1", "3", "3", "8", "1", "808", "Load Tray 1"),
	 .verdict = "CRITICAL input media supply empty: Load Tray 1 [alerts=1]\n= stopped"},
	{.name = "a tray that is called a warning is not why it stands still",
	 .answers = PRINTER("1") DEVICE("5") BITS("48") TRAY("0") COVER("1", "Front Cover", "3")
		 ALERT("1", "4", "3", "8", "1", "808", "Load Tray 1"),
	 .verdict = "CRITICAL cover open: Front Cover [alerts=1]\n= stopped"},
	{.name = "a bypass that is empty is not why it stands still",
	 .answers = DOWN "I2.1.9|2|5\nI9.1.9|2|50\nI10.1.9|2|0\nI13.1.9|4|Bypass\n" ALERT(
		 "1", "3", "3", "8", "9", "808", "Load Bypass"),
	 .verdict = "CRITICAL stopped [alerts=1]\n= stopped"},
	{.name = "the same where it was asked for",
	 .options = "manual",
	 .answers = DOWN "I2.1.9|2|5\nI9.1.9|2|50\nI10.1.9|2|0\nI13.1.9|4|Bypass\n" ALERT(
		 "1", "3", "3", "8", "9", "808", "Load Bypass"),
	 .verdict = "CRITICAL input media supply empty: Load Bypass [alerts=1]\n= stopped"},
	{.name = "a toner that is critical to itself, and the printer goes on without",
	 .answers = IDLE TONER("0") ALERT("1", "3", "3", "11", "1", "1101", "Replace toner"),
	 .verdict = "OK idle [alerts=1]\n= idle"},
	{.name = "the same of a printer that says nothing of itself",
	 .answers = TONER("0") ALERT("1", "3", "3", "11", "1", "1101", "Replace toner"),
	 .verdict = "CRITICAL marker toner empty: Replace toner\nOK state not told [alerts=1]\n"
		    "= state not told"},
	{.name = "service that the supplies will tell of",
	 .answers = WARNS BITS("01") ALERT("1", "4", "5", "11", "1", "1109", "Box full"),
	 .verdict = "OK idle [alerts=1]\n= idle"},
	{.name = "one tray of several, and it goes on",
	 .answers = PRINTER("3") DEVICE("3") BITS("40") TRAY("0")
		 ALERT("1", "3", "3", "8", "1", "808", "Load Tray 1"),
	 .verdict = "OK idle [alerts=1]\n= idle"},
};

TEST(what_others_say_is_left_to_them)
{
	JUDGE_ALL(plugin_judge_status, PLUGIN_STATUS, others);
}

static const struct judged covers[] = {
	{.name = "a cover row",
	 .answers = IDLE COVER("1", "Front Cover", "3") COVER("2", "Rear Door", "4"),
	 .verdict = "WARNING cover open: Front Cover\nOK idle [alerts=0]\n= idle"},
	{.name = "bit, alert and two rows are one thing",
	 .answers = PRINTER("1") DEVICE("5") BITS("08") COVER("1", "Front Cover", "3")
		 COVER("2", "Rear Door", "5")
			 ALERT("1", "3", "3", "6", "1", "3", "Close the front cover"),
	 .verdict = "CRITICAL cover open: Front Cover, Rear Door [alerts=1]\n= stopped"},
	{.name = "an alert without a row: its words",
	 .answers = WARNS ALERT("1", "4", "3", "5", "1", "501", "Door A is open"),
	 .verdict = "WARNING cover open: Door A is open\nOK idle [alerts=1]\n= idle"},
	{.name = "the bit alone",
	 .answers = PRINTER("3") DEVICE("3") BITS("08"),
	 .verdict = "WARNING cover open (error bit door-open)\nOK idle [alerts=0]\n= idle"},
	{.name = "the bit alone, and it stands still",
	 .answers = PRINTER("1") DEVICE("5") BITS("08"),
	 .verdict = "CRITICAL cover open (error bit door-open) [alerts=0]\n= stopped"},
	{.name = "a rule about the cover is one about its row and its bit",
	 .options = "ignore=cover-open",
	 .answers = PRINTER("3") DEVICE("3") BITS("08") COVER("1", "Front Cover", "3"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "and about its alert",
	 .options = "alert=cover-open=critical",
	 .answers = PRINTER("3") DEVICE("3") BITS("08") COVER("1", "Front Cover", "3")
		 ALERT("1", "4", "3", "6", "1", "3", ""),
	 .verdict = "CRITICAL cover open: Front Cover\nOK idle [alerts=1]\n= idle"},
	{.name = "a rule that took the alert takes the row of it",
	 .options = "ignore=group:general-printer",
	 .answers = WARNS COVER("1", "Front Cover", "3")
		 ALERT("1", "4", "3", "5", "1", "501", "Front door"),
	 .verdict = "OK idle [alerts=0]\n= idle"},
	{.name = "called a warning by a printer that stands still",
	 .answers = DOWN ALERT("1", "4", "3", "6", "1", "3", "Front"),
	 .verdict = "CRITICAL cover open: Front [alerts=1]\n= stopped"},
	{.name = "a rule about one cover is none about the other",
	 .options = "ignore=text:rear*",
	 .answers = IDLE COVER("1", "Rear Door", "3") COVER("2", "Front Cover", "3"),
	 .verdict = "WARNING cover open: Front Cover\nOK idle [alerts=0]\n= idle"},
};

TEST(covers_are_told_once)
{
	JUDGE_ALL(plugin_judge_status, PLUGIN_STATUS, covers);
}

static const struct judged bits[] = {
	{.name = "one octet, high bit first: jammed",
	 .answers = PRINTER("1") DEVICE("5") BITS("04"),
	 .verdict = "CRITICAL paper jam (error bit jammed) [alerts=0]\n= stopped"},
	{.name = "offline at the panel",
	 .answers = PRINTER("1") DEVICE("3") BITS("02"),
	 .verdict = "WARNING offline (error bit offline)\nOK idle or asleep [alerts=0]\n"
		    "= idle or asleep"},
	{.name = "offline and down",
	 .answers = PRINTER("1") DEVICE("5") BITS("02"),
	 .verdict = "CRITICAL offline (error bit offline) [alerts=0]\n= stopped"},
	{.name = "service, and overdue in the second octet",
	 .answers = PRINTER("3") DEVICE("3") BITS("0102"),
	 .verdict = "WARNING service requested (error bit service-requested)\n"
		    "WARNING maintenance overdue (error bit overdue-prevent-maint)\n"
		    "OK idle [alerts=0]\n= idle"},
	{.name = "a rule by the bit's name",
	 .options = "ignore=service-requested alert=overdue-*=critical",
	 .answers = PRINTER("3") DEVICE("3") BITS("0102"),
	 .verdict = "CRITICAL maintenance overdue (error bit overdue-prevent-maint)\n"
		    "OK idle [alerts=0]\n= idle"},
};

TEST(error_bits)
{
	JUDGE_ALL(plugin_judge_status, PLUGIN_STATUS, bits);
}

static const struct judged rules[] = {
	{.name = "the first rule that fits decides",
	 .options = "alert=severity:warning=ok alert=1507=critical",
	 .answers = WARNS ALERT("1", "4", "3", "15", "1", "1507", "Font card"),
	 .verdict =
		 "OK interpreter resource unavailable: Font card\nOK idle [alerts=0]\n= idle"},
	{.name = "a rule holds also for what others would say",
	 .options = "whole alert=marker-toner-*=critical",
	 .answers = WARNS TONER("8") ALERT("1", "4", "3", "11", "1", "1104", "Toner low"),
	 .verdict =
		 "CRITICAL marker toner almost empty: Toner low\nOK idle [alerts=1]\n= idle"},
	{.name = "what is not ok is followed by what the panel shows",
	 .options = "alert=text:*font*=warning",
	 .answers = IDLE ALERT("1", "1", "3", "15", "1", "1", "Font card") PANEL("1", "Ready"),
	 .verdict = "WARNING Font card\nOK idle [alerts=1]\nOK panel: Ready\n= idle"},
};

TEST(rules_of_the_user)
{
	JUDGE_ALL(plugin_judge_status, PLUGIN_STATUS, rules);
}

TEST(stopped_by_its_own_word)
{
	static struct br_reading reading;

	br_reading_init(&reading);
	reading.status.state = BR_STATE_STOPPED;
	judged_reading(plugin_judge_status, PLUGIN_STATUS, &reading, NULL,
		       "CRITICAL stopped [alerts=0]\n= stopped");
}
