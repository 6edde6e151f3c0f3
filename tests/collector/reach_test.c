/*
 * reach_test.c - printers that are known by a name, and a resolver that knows it no more.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"

#include <string.h>

#define NAMED "[printer localhost]\n"

TEST(by_name)
{
	struct bed bed;

	bed_needs_localhost();
	bed_open(&bed, "-b 127.0.0.1 -n 1", NULL, NAMED);
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 1);
	CHECK_INT(bed_counts(&bed)->missed, 0);
	CHECK_INT(bed.drive.asked, 7);
	bed_close(&bed);
}

/* It is asked where it was: a printer that prints is not silent. */
TEST(a_name_that_is_forgotten)
{
	struct bed bed;
	struct collector_station *station;
	char *host;

	bed_needs_localhost();
	bed_open(&bed, "-b 127.0.0.1 -n 1", NULL, NAMED);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 1200);
	station = bed_station(&bed, "localhost");
	host = station ? strstr(station->target, "localhost") : NULL;
	CHECK(host != NULL);
	if (!host)
		return;
	memcpy(host, "x.invalid", strlen("x.invalid"));
	station->resolved_at -= 2 * 86400;
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed_counts(&bed)->missed, 0);
	CHECK_INT(station->slot.missed, 0);
	CHECK(station->resolved_at > MONDAY); /* not asked for again in every slot */
	memcpy(host, "localhost", strlen("localhost"));
	bed_close(&bed);
}

/* While its name is looked for it is taken out of the file, and put back or not. */
TEST(gone_while_it_is_resolved)
{
	bed_needs_localhost();
	for (int back = 0; back < 2; back++) {
		struct bed bed;
		struct collector_time time = {0};

		bed_open(&bed, "-b 127.0.0.1 -n 1", NULL, NAMED);
		time.mono_ms = br_clock_ms();
		time.wall_ms = time.mono_ms + bed.drive.wall_ms;
		collector_tick(bed.drive.collector, &time);
		CHECK_INT(bed.drive.collector->n_resolving, 1);
		bed_config(&bed, "");
		CHECK_INT(drive_reload(&bed.drive), BR_OK);
		CHECK(bed_station(&bed, "localhost") &&
		      bed_station(&bed, "localhost")->leaving);
		if (back) {
			bed_config(&bed, NAMED);
			CHECK_INT(drive_reload(&bed.drive), BR_OK);
		}
		drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
		CHECK_INT(bed.drive.collector->stations.n, back);
		CHECK_INT(bed_counts(&bed)->full, back);
		CHECK_INT(bed_counts(&bed)->missed, 0);
		bed_close(&bed);
	}
}

/* Its address is in a site's range as well: whoever answers by his name is not searched for. */
TEST(a_name_within_a_site)
{
	struct bed bed;
	struct br_buf json;

	bed_needs_localhost();
	bed_open(&bed, "-b 127.0.0.1 -n 1", NULL, NAMED);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(bed_counts(&bed)->full, 1);
	bed_config(&bed, NAMED "[site s]\nranges = 127.0.0.1\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	drive_real(&bed.drive, 500);
	br_buf_init(&json, 1 << 16);
	CHECK_INT(collector_health(bed.drive.collector, "running", &json), BR_OK);
	CHECK(strstr(json.data, "\"sites\": 1") != NULL);
	CHECK(strstr(json.data, "\"found\": 0") != NULL);
	br_buf_clear(&json);
	CHECK_INT(bed.drive.collector->stations.n, 1);
	bed_close(&bed);
}
