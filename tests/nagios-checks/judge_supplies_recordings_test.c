/*
 * judge_supplies_recordings_test.c - the verdict on printers that answer, from octets to words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "decode/bed.h"
#include "nagios-checks/supplied.h"

#include <stdio.h>

struct recorded {
	const char *file, *options, *verdict;
};

static void judge_one(void *user, const struct br_reading *reading)
{
	const struct recorded *row = user;

	supplied_judge_reading(reading, row->options, row->verdict);
}

static void judge_recording(struct recorded row)
{
	struct br_config config;
	struct br_makers makers;
	struct br_target target;
	struct br_error err = {""};
	struct br_read_options options = {.makers = &makers};
	char text[200];

	check_case(row.file);
	br_config_init(&config);
	br_makers_init(&makers);
	options.profile = &config.profiles[0];
	snprintf(text, sizeof text, "walk:tests/recordings/%s", row.file);
	if (br_target_parse(&target, text, &err) != BR_OK ||
	    br_read(&target, &options, judge_one, &row, &err) != BR_OK)
		check_failed(__FILE__, __LINE__, "%s", err.text);
	br_makers_clear(&makers);
	br_config_clear(&config);
}

static const struct recorded recordings[] = {
	{"brother_hl-mono.snmprec", "exclude=paper-*",
	 "CRITICAL toner-black 7 % [toner-black=7%;20:;10:]\n"
	 "OK drum 58 % [drum=58%;20:;10:]\n"
	 "OK laser 89 %, 178257 pages left [laser=89%;20:;10:]\n"
	 "OK fuser 89 %, 178257 pages left [fuser=89%;20:;10:]\n"
	 "= 2 supplies and 2 parts, lowest toner-black 7 %"},
	{"epson_ink.snmprec", "include=*-cyan include=type:waste-*",
	 "CRITICAL ink-cyan 7 % [ink-cyan=7%;20:;10:]\n"
	 "OK waste-ink 64 % free [waste-ink=64%;10:;5:]\n"
	 "= 2 supplies, lowest ink-cyan 7 %"},
	{"kyocera_mono.snmprec", "supply=toner-black=8:/4:",
	 "WARNING toner-black 5 % [toner-black=5%;8:;4:]\n"
	 "OK waste-toner some room left [waste-toner=U;10:;5:]\n"
	 "= 2 supplies, lowest toner-black 5 %"},
	{"fujifilm_color_mfp.snmprec", "include=toner-black*",
	 "OK toner-black 100 % [toner-black=100%;20:;10:]\n"
	 "OK toner-black-2 90 % [toner-black-2=90%;20:;10:]\n"
	 "= 2 supplies, lowest toner-black-2 90 %"},
	{"pantum_mono.snmprec", "",
	 "OK toner-black 63 % [toner-black=63%;20:;10:]\n"
	 "OK drum 88 % [drum=88%;20:;10:]\n"
	 "= 1 supply and 1 part, lowest toner-black 63 %"},
	{"oki_dot_matrix.snmprec", "whole",
	 "OK ribbon some remaining [ribbon=U;20:;10:]\n"
	 "OK print-head level unknown [print-head=U;20:;10:]\n"
	 "= 2 supplies, none measured"},
	{"tsc_label.snmprec", "",
	 "UNKNOWN the printer tells of no supplies\n= no supplies told"},
	{"tsc_label.snmprec", "whole", "OK no supplies told\n= no supplies told"},
};

TEST(recorded_printers)
{
	for (size_t i = 0; i < sizeof recordings / sizeof recordings[0]; i++)
		judge_recording(recordings[i]);
}

/* A supply: row, class (3 consumed, 4 filled), type, description, unit, capacity, level. */
#define SUPPLY(row, class, type, name, unit, capacity, level)                                 \
	"S4.1." row "|2|" class "\nS5.1." row "|2|" type "\nS6.1." row "|" name "\nS7.1." row \
				"|2|" unit "\nS8.1." row "|2|" capacity "\nS9.1." row         \
				"|2|" level "\n"
#define TONER(row, name, level) SUPPLY(row, "3", "3", name, "19", "100", level)

static const struct answered {
	const char *name, *answers, *verdict;
} answered[] = {
	{"capacity 0, of a third-party cartridge: nothing is divided",
	 SUPPLY("1", "3", "3", "4|Black Toner", "7", "0", "0")
		 SUPPLY("2", "3", "3", "4|Cyan Toner", "7", "0", "40")
			 TONER("3", "4|Yellow Toner", "40"),
	 "OK toner-black level unknown [toner-black=U;20:;10:]\n"
	 "OK toner-cyan level unknown [toner-cyan=U;20:;10:]\n"
	 "OK toner-yellow 40 % [toner-yellow=40%;20:;10:]\n"
	 "= 3 supplies, lowest toner-yellow 40 %"},
	{"units other (Epson), impressions, sheets, and none",
	 SUPPLY("1", "3", "5", "4|Black Ink", "1", "100", "30")
		 SUPPLY("2", "3", "5", "4|Cyan Ink", "7", "2000", "300")
			 SUPPLY("3", "3", "5", "4|Magenta Ink", "8", "2000",
				"1000") "S4.1.4|2|3\nS5.1.4|2|5\nS6.1.4|4|Yellow "
					"Ink\nS8.1.4|2|200\nS9.1.4|2|100\n",
	 "OK ink-black 30 % [ink-black=30%;20:;10:]\n"
	 "WARNING ink-cyan 15 % [ink-cyan=15%;20:;10:]\n"
	 "OK ink-magenta 50 % [ink-magenta=50%;20:;10:]\n"
	 "OK ink-yellow 50 % [ink-yellow=50%;20:;10:]\n"
	 "= 4 supplies, lowest ink-cyan 15 %"},
	{"an empty description is no reason to leave a supply out", TONER("1", "4|", "9"),
	 "CRITICAL toner 9 % [toner=9%;20:;10:]\n= 1 supply, toner 9 %"},
	{"a NUL behind the name, accents, octets that are no text",
	 TONER("1", "4x|426c61636b20546f6e657200", "50")
		 SUPPLY("2", "3", "1", "4x|4b697420c3a90a7c27c3", "19", "100", "50"),
	 "OK toner-black 50 % [toner-black=50%;20:;10:]\n"
	 "OK kit-e 50 % [kit-e=50%;20:;10:]\n"
	 "= 2 supplies, lowest toner-black 50 %"},
	{"a name that is in no alphabet of ids",
	 SUPPLY("1", "3", "1", "4x|e38388e383ac", "19", "100", "50"),
	 "OK other (トレ) 50 % [other=50%;20:;10:]\n= 1 supply, other 50 %"},
	{"four of one name, each a colour by its row of colorants",
	 TONER("1", "4|Toner Cartridge", "50") "S3.1.1|2|1\nK4.1.1|4|cyan\n" TONER(
		 "2", "4|Toner Cartridge", "50") "S3.1.2|2|2\nK4.1.2|4|magenta\n",
	 "OK toner-cyan 50 % [toner-cyan=50%;20:;10:]\n"
	 "OK toner-magenta 50 % [toner-magenta=50%;20:;10:]\n"
	 "= 2 supplies, lowest toner-cyan 50 %"},
	{"every row twice: its labels stay when the levels part",
	 TONER("1", "4|Black Toner", "50") SUPPLY("2", "4", "4", "4|Waste Toner Bottle", "19",
						  "-2", "-3") TONER("3", "4|Black Toner", "50")
		 SUPPLY("4", "4", "4", "4|Waste Toner Bottle", "19", "-2", "-3"),
	 "OK toner-black 50 % [toner-black=50%;20:;10:] [toner-black-2=50%;20:;10:]\n"
	 "OK waste-toner some room left [waste-toner=U;10:;5:] [waste-toner-2=U;10:;5:]\n"
	 "= 2 supplies, lowest toner-black 50 %"},
	{"a witness that says no more than the level",
	 TONER("1", "4|Black Toner", "9") "D2.1.1|4|Toner Low\n",
	 "CRITICAL toner-black 9 % [toner-black=9%;20:;10:]\n"
	 "= 1 supply, toner-black 9 %"},
	{"what a bit means is said by the supply that is at 19 % (Sharp)",
	 TONER("1", "4|Cyan Toner", "55") TONER("2", "4|Magenta Toner", "19") "H2.1|4x|20\n",
	 "OK toner-cyan 55 % [toner-cyan=55%;20:;10:]\n"
	 "WARNING toner-magenta 19 % [toner-magenta=19%;20:;10:]\n"
	 "= 2 supplies, lowest toner-magenta 19 %"},
	{"a drum at 19 % is no toner that is low",
	 TONER("1", "4|Cyan Toner", "55") TONER("2", "4|Magenta Toner", "60")
		 SUPPLY("3", "3", "9", "4|Drum", "19", "100", "19") "H2.1|4x|20\n",
	 "OK toner-cyan 55 % [toner-cyan=55%;20:;10:]\n"
	 "OK toner-magenta 60 % [toner-magenta=60%;20:;10:]\n"
	 "WARNING drum 19 % [drum=19%;20:;10:]\n"
	 "WARNING a supply is low (error bit low-toner), which one is not said\n"
	 "= 3 supplies, lowest drum 19 %"},
	{"toner at 19 % is none that is empty",
	 TONER("1", "4|Cyan Toner", "55") TONER("2", "4|Magenta Toner", "19") "H2.1|4x|10\n",
	 "OK toner-cyan 55 % [toner-cyan=55%;20:;10:]\n"
	 "WARNING toner-magenta 19 % [toner-magenta=19%;20:;10:]\n"
	 "CRITICAL a supply is empty (error bit no-toner), which one is not said\n"
	 "= 2 supplies, lowest toner-magenta 19 %"},
	{"levels that make no sense",
	 TONER("1", "4|Black Toner", "-100") TONER("2", "4|Cyan Toner", "2147483647")
		 TONER("3", "4|Yellow Toner", "-2147483648"),
	 "OK toner-black level unknown [toner-black=U;20:;10:]\n"
	 "OK toner-cyan 100 % [toner-cyan=100%;20:;10:]\n"
	 "OK toner-yellow level unknown [toner-yellow=U;20:;10:]\n"
	 "= 3 supplies, lowest toner-cyan 100 %"},
	{"toner 3 %, drum and waste box -3 of -2",
	 TONER("1", "4|Black Toner", "3") SUPPLY("2", "3", "9", "4|Drum", "19", "-2", "-3")
		 SUPPLY("3", "4", "4", "4|Waste Toner", "19", "-2", "-3"),
	 "CRITICAL toner-black 3 % [toner-black=3%;20:;10:]\n"
	 "OK drum some remaining [drum=U;20:;10:]\n"
	 "OK waste-toner some room left [waste-toner=U;10:;5:]\n"
	 "= 3 supplies, lowest toner-black 3 %"},
};

/* The same panel at every level: with thresholds below ours it never falls silent between. */
TEST(a_witness_does_not_flap)
{
	static const char *const levels[] = {"100", "12", "11", "10", "9", "6", "5"};
	char answers[400], verdict[200];

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		check_case(levels[i]);
		snprintf(answers, sizeof answers,
			 "S4.1.1|2|3\nS5.1.1|2|3\nS6.1.1|4|Black Toner\nS7.1.1|2|19\n"
			 "S8.1.1|2|100\nS9.1.1|2|%s\nD2.1.1|4|Toner Low\n",
			 levels[i]);
		snprintf(verdict, sizeof verdict,
			 "WARNING toner-black low (panel: Toner Low), level says %s %% "
			 "[toner-black=%s%%;5:;2:]\n= 1 supply, toner-black %s %%",
			 levels[i], levels[i], levels[i]);
		supplied_judge_reading(bed_read(answers), "supplies=5:/2:", verdict);
	}
}

TEST(answers_of_odd_printers)
{
	for (size_t i = 0; i < sizeof answered / sizeof answered[0]; i++) {
		check_case(answered[i].name);
		supplied_judge_reading(bed_read(answered[i].answers), "", answered[i].verdict);
	}
}
