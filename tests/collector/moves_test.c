/*
 * moves_test.c - printers that are found, change their address, stand at two, or leave.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/bed.h"
#include "fleet/simulated.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SITE "[site all]\nranges = 127.16.0.0/24\ndiscover = no\n"

TEST(what_is_found_is_asked)
{
	struct bed bed;
	union br_address address;

	bed_open(&bed, "-n 4", NULL, SITE);
	bed_find(&bed, "127.16.0.1");
	bed_find(&bed, "127.16.0.3");
	bed_find(&bed, "127.16.0.3");
	CHECK(br_address_numeric(&address, "10.0.0.1", fleet.port));
	CHECK(collector_found(bed.drive.collector, &address, "default", false) == NULL);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(bed_counts(&bed)->full, 2);
	/* The store knows them now: they are asked without being found again. */
	drive_close(&bed.drive);
	CHECK_INT(drive_open(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 2);
	/* Until they are in no site any more. */
	bed_config(&bed, "[site all]\nranges = 127.16.0.0/24\nexclude = 127.16.0.3\n"
			 "discover = no\n");
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	CHECK_INT(bed.drive.collector->stations.n, 1);
	bed_close(&bed);
}

/* After a second of the farm's, the printer of .1 stands at .4, and nothing at .1. */
#define SERIAL "1.3.6.1.2.1.43.5.1.1.17.1"
static const char moving[] = "0 127.16.0.4 " SERIAL " set MADEUP4\n"
			     "1 127.16.0.4 " SERIAL " set MADEUP1101\n"
			     "1 127.16.0.1 off\n";

TEST(a_printer_moves)
{
	struct bed bed;
	int64_t id;

	bed_open(&bed, "-n 4 --as-recorded", moving, SITE);
	bed_find(&bed, "127.16.0.1");
	bed_find(&bed, "127.16.0.4");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(bed_station(&bed, "127.16.0.1")->n_ids, 1);
	id = bed_station(&bed, "127.16.0.1")->n_ids ? bed_station(&bed, "127.16.0.1")->ids[0].id
						    : 0;
	usleep(1100000);
	drive_until(&bed.drive, MONDAY + 32 * HOUR); /* a full reading sees it */
	CHECK_INT(bed_counts(&bed)->moved, 1);
	CHECK(bed_station(&bed, "127.16.0.1") == NULL);
	CHECK_INT(bed_station(&bed, "127.16.0.4")->n_ids, 1);
	CHECK_INT(bed_station(&bed, "127.16.0.4")->ids[0].id, id);
	bed_close(&bed);
}

/* Every row of the Printer-MIB of the second device goes, and its hrDeviceTable. */
static void write_removal(char *script, size_t size)
{
	FILE *in = fopen("tests/recordings/printserver_two.snmprec", "r");
	char line[512];
	size_t used = 0;

	CHECK(in != NULL);
	while (in && fgets(line, sizeof line, in)) {
		char *bar = strchr(line, '|'), *dot;
		bool printer = strncmp(line, "1.3.6.1.2.1.43.", 15) == 0;
		bool host = strncmp(line, "1.3.6.1.2.1.25.3.", 17) == 0;

		if (!bar || (!printer && !host))
			continue;
		*bar = '\0';
		/* The device is the arc behind the column: …43.TABLE.1.COLUMN.DEVICE */
		dot = line + (printer ? 15 : 17);
		for (int i = 0; dot && i < (printer ? 4 : 3); i++) {
			dot = strchr(dot, '.');
			dot = dot ? dot + 1 : NULL;
		}
		if (!dot || (strcmp(dot, "2") != 0 && strncmp(dot, "2.", 2) != 0))
			continue;
		used += (size_t)snprintf(script + used, size - used, "1 127.16.0.2 %s remove\n",
					 line);
		CHECK(used < size);
	}
	if (in)
		fclose(in);
}

TEST(one_is_taken_off_its_print_server)
{
	static char script[65536];
	struct bed bed;

	write_removal(script, sizeof script);
	bed_open(&bed, "-n 3", script, "[printer 127.16.0.2]\n");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 2);
	usleep(1100000);
	drive_until(&bed.drive, MONDAY + 31 * HOUR);
	CHECK_INT(bed_station(&bed, "127.16.0.2")->n_ids, 1);
	bed_close(&bed);
}

struct places {
	char asked[64], all[256];
};

static void add_place(void *user, const struct br_store_printer *printer)
{
	struct places *places = user;
	size_t used = strlen(places->all);

	snprintf(places->all + used, sizeof places->all - used, "%.*s%s\n",
		 (int)printer->target.len, printer->target.at,
		 printer->asked ? "" : " not asked");
}

/* That is all the store knows: one printer, there, and asked. */
static void check_only_place(struct bed *bed, const char *host)
{
	struct places places = {.all = ""};

	CHECK(collector_finish(bed->drive.collector));
	snprintf(places.asked, sizeof places.asked, "udp:%s:%u\n", host, fleet.port);
	CHECK_INT(br_store_each(bed->drive.collector->store, add_place, &places, NULL), BR_OK);
	CHECK_STR(places.all, places.asked);
}

TEST(two_addresses_of_one_printer)
{
	struct bed bed;

	bed_open(&bed, "-n 4 --as-recorded", NULL,
		 "[printer 127.16.0.1]\n[printer 127.16.0.4]\n");
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK_INT(bed_counts(&bed)->full, 2);
	CHECK_INT(bed.drive.collector->n_twins, 1);
	CHECK_INT(bed_counts(&bed)->same + bed_counts(&bed)->status, 6);
	check_only_place(&bed,
			 bed_station(&bed, "127.16.0.1")->twin ? "127.16.0.4" : "127.16.0.1");
	bed_close(&bed);
}

TEST(the_other_address_is_tried_when_one_falls_silent)
{
	struct bed bed;

	bed_open(&bed, "-n 4 --as-recorded",
		 "1 127.16.0.1 off\n1 127.16.0.4 off\n2 127.16.0.4 on\n",
		 "[printer 127.16.0.1]\n[printer 127.16.0.4]\n");
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK_INT(bed.drive.collector->n_twins, 1);
	check_only_place(&bed,
			 bed_station(&bed, "127.16.0.1")->twin ? "127.16.0.4" : "127.16.0.1");
	usleep(2100000);
	drive_until(&bed.drive, MONDAY + 10 * HOUR);
	CHECK_INT(bed.drive.collector->n_twins, 0);
	CHECK(bed_counts(&bed)->moved <= 1);
	CHECK_INT(bed_station(&bed, "127.16.0.4")->n_ids, 1);
	CHECK_INT(bed_station(&bed, "127.16.0.4")->slot.missed, 0);
	bed_close(&bed);
}

TEST(one_that_was_found_gives_way_to_the_configuration)
{
	struct bed bed;

	bed_open(&bed, "-n 4 --as-recorded", NULL, "[printer 127.16.0.1]\n" SITE);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	bed_find(&bed, "127.16.0.4");
	drive_until(&bed.drive, MONDAY + 9 * HOUR);
	CHECK(bed_station(&bed, "127.16.0.4") == NULL);
	CHECK_INT(bed_station(&bed, "127.16.0.1")->n_ids, 1);
	check_only_place(&bed, "127.16.0.1");
	bed_close(&bed);
}

/* A reload names what a search has found and nobody has read so far. */
TEST(one_that_was_found_is_configured_before_it_was_read)
{
	struct bed bed;
	union br_address address;

	bed_open(&bed, "-n 1 --fault 127.16.0.1:dead", NULL, SITE);
	CHECK(br_address_numeric(&address, "127.16.0.1", fleet.port));
	CHECK(collector_found(bed.drive.collector, &address, "default", true) != NULL);
	bed_config(&bed, "[printer 127.16.0.1]\n" SITE);
	CHECK_INT(drive_reload(&bed.drive), BR_OK);
	drive_until(&bed.drive, MONDAY + 8 * HOUR + 60);
	CHECK(bed_station(&bed, "127.16.0.1") != NULL);
	CHECK(bed_counts(&bed)->missed > 0);
	check_only_place(&bed, "127.16.0.1");
	bed_close(&bed);
}
