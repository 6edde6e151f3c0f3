/*
 * answers_test.c - what becomes of answers: what the store keeps of them, and of half ones.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ONE "full = 10:00\n[printer 127.16.0.1]\n"

struct kept {
	size_t harvest, learned;
	uint64_t sum; /* of the harvest */
	char serial[64], name[64];
	int64_t full_at;
};

static void look(void *user, const struct br_store_printer *printer)
{
	struct kept *kept = user;

	kept->harvest = printer->kept.harvest.len;
	kept->learned = printer->kept.learned.len;
	kept->full_at = printer->kept.full_at;
	br_text_copy(kept->name, sizeof kept->name, printer->name);
	br_text_copy(kept->serial, sizeof kept->serial, printer->serial);
	for (size_t i = 0; i < kept->harvest; i++)
		kept->sum = kept->sum * 31 + (uint8_t)printer->kept.harvest.at[i];
}

static struct kept kept_of(const struct bed *bed, const char *host)
{
	const struct collector_station *station = bed_station(bed, host);
	struct kept kept = {0};
	struct br_error err = {""};

	CHECK(station && station->n_ids);
	if (station && station->n_ids)
		CHECK_INT(br_store_kept(bed->drive.collector->store, station->ids[0].id, look,
					&kept, &err),
			  BR_OK);
	CHECK_STR(err.text, "");
	return kept;
}

static unsigned questions(const struct bed *bed)
{
	struct br_fleet_health health;

	br_fleet_health(bed->drive.collector->fleet, &health);
	return (unsigned)health.questions;
}

/* The daily full reading breaks off after two answers: what was known of the printer stays. */
TEST(half_a_full_reading_does_not_replace_a_whole_one)
{
	struct bed bed;
	struct kept before, after;
	char farm[80];

	bed_open(&bed, "-n 1", NULL, ONE);
	drive_until(&bed.drive, MONDAY + 10 * HOUR - 1);
	snprintf(farm, sizeof farm, "-n 1 --fault all:stall=%u", questions(&bed) + 2);
	bed_close(&bed);

	bed_open(&bed, farm, NULL, ONE);
	drive_until(&bed.drive, MONDAY + 10 * HOUR - 1);
	CHECK_INT(bed_counts(&bed)->full, 1);
	before = kept_of(&bed, "127.16.0.1");
	CHECK(before.harvest > 1000 && before.learned > 0 && before.full_at > 0);
	usleep(30000); /* its uptime goes on */
	drive_until(&bed.drive, MONDAY + 10 * HOUR + 601);
	CHECK_INT(bed_counts(&bed)->full, 2);
	CHECK_INT(bed_counts(&bed)->missed, 0);
	after = kept_of(&bed, "127.16.0.1");
	CHECK(after.harvest > before.harvest - before.harvest / 20);
	CHECK_INT(after.learned, before.learned);
	CHECK_INT(after.full_at, before.full_at);
	CHECK(after.sum != before.sum); /* what came, its uptime at least, is in it */
	CHECK(before.serial[0]);
	CHECK_STR(after.serial, before.serial);
	bed_close(&bed);
}

/* `name =` of a [printer] goes before what the printer calls itself; a reload changes it. */
TEST(names_of_the_configuration)
{
	static const struct {
		const char *line, *name;
	} cases[] = {
		{"name = Front desk\n", "Front desk"},
		{"name = Back office\n", "Back office"},
		{"", "prn-16-0-1"},
		{"name = Front desk\n", "Front desk"},
	};
	struct bed bed;
	char sections[100];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		check_case(cases[i].line);
		snprintf(sections, sizeof sections, "[printer 127.16.0.1]\n%s", cases[i].line);
		if (i == 0) {
			bed_open(&bed, "-n 1", NULL, sections);
		} else {
			bed_config(&bed, sections);
			CHECK_INT(drive_reload(&bed.drive), BR_OK);
		}
		drive_until(&bed.drive, drive_wall(&bed.drive) + 60);
		CHECK_STR(kept_of(&bed, "127.16.0.1").name, cases[i].name);
	}
	/* Also after a restart with another file. */
	drive_close(&bed.drive);
	bed_config(&bed, "[printer 127.16.0.1]\n");
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	drive_until(&bed.drive, drive_wall(&bed.drive) + 60);
	CHECK_STR(kept_of(&bed, "127.16.0.1").name, "prn-16-0-1");
	bed_close(&bed);
}
