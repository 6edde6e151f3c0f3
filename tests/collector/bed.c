/*
 * bed.c - see bed.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "collector/bed.h"

#include "check.h"
#include "fleet/simulated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void bed_config(struct bed *bed, const char *sections)
{
	FILE *out = fopen(bed->drive.config, "w");

	CHECK(out != NULL);
	if (!out)
		return;
	fprintf(out,
		"[profile default]\nport = %u\ntimeout = 60ms\nretries = 1\ndeadline = 2s\n"
		"[profile other]\nport = %u\ntimeout = 70ms\nretries = 1\ndeadline = 2s\n"
		"[collector]\nstore = %s/store.db\nhealth = %s/health.json\npace = 0\n%s",
		fleet.port, fleet.port, bed->dir, bed->dir, sections);
	CHECK_INT(fclose(out), 0);
}

void bed_needs_localhost(void)
{
	union br_address address, want;
	struct br_target target;

	CHECK_INT(br_target_parse(&target, "localhost", NULL), BR_OK);
	if (br_address_resolve(&address, &target, NULL) != BR_OK ||
	    !br_address_numeric(&want, "127.0.0.1", br_address_port(&address)) ||
	    !br_address_same(&address, &want))
		check_skip("localhost is not 127.0.0.1 here (a line of /etc/hosts)");
}

void bed_close(struct bed *bed)
{
	static const char *const files[] = {"store.db",
					    "store.db-wal",
					    "store.db-shm",
					    "store.db.lock",
					    "store.db.searches",
					    "brayer.conf",
					    ""};
	char path[128];

	drive_clear(&bed->drive);
	if (bed->drive.say_fd >= 0)
		close(bed->drive.say_fd);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", bed->dir, files[i]);
		(void)remove(path);
	}
	fleet_stop();
}

/* Built without the store there is nothing to try. */
static void open_or_skip(struct bed *bed)
{
	enum br_status status = drive_open(&bed->drive);

	if (status == BR_E_UNSUPPORTED) {
		bed_close(bed);
		check_skip("the store was left out of this build (Debian: libsqlite3-dev)");
	}
	CHECK_INT(status, BR_OK);
	if (status != BR_OK)
		check_skip(bed->drive.error.text);
}

void bed_open_files(struct bed *bed, const char *farm, const char *script, const char *sections,
		    char *const *recordings)
{
	char config[100];
	size_t n = 0;

	while (recordings[n])
		n++;
	fleet_start_files(farm, script, recordings, n);
	snprintf(bed->dir, sizeof bed->dir, "/tmp/brayer-core-XXXXXX");
	CHECK(mkdtemp(bed->dir) != NULL);
	snprintf(config, sizeof config, "%s/brayer.conf", bed->dir);
	drive_init(&bed->drive, config, MONDAY + 8 * HOUR);
	bed_config(bed, sections);
	open_or_skip(bed);
}

void bed_open(struct bed *bed, const char *farm, const char *script, const char *sections)
{
	char one[] = "tests/recordings/hp_mono.snmprec",
	     two[] = "tests/recordings/printserver_two.snmprec",
	     three[] = "tests/recordings/lexmark_color_mfp.snmprec";
	char *recordings[] = {one, two, three, NULL};

	bed_open_files(bed, farm, script, sections, recordings);
}

const struct collector_counts *bed_counts(const struct bed *bed)
{
	return &bed->drive.collector->counts;
}

struct collector_station *bed_station(const struct bed *bed, const char *host)
{
	char target[64];

	snprintf(target, sizeof target, "udp:%s:%u", host, fleet.port);
	return collector_station_find(&bed->drive.collector->stations, br_view(target));
}

void bed_find(struct bed *bed, const char *host)
{
	union br_address address;

	CHECK(br_address_numeric(&address, host, fleet.port));
	CHECK(collector_found(bed->drive.collector, &address, "default", false) != NULL);
}

void bed_listen(struct bed *bed)
{
	bed->drive.say_fd = memfd_create("said", MFD_CLOEXEC);
	CHECK(bed->drive.say_fd >= 0);
	bed->drive.collector->voice.fd = bed->drive.say_fd;
}

unsigned bed_said(const struct bed *bed, const char *text)
{
	static char said[65536];
	ssize_t len = pread(bed->drive.say_fd, said, sizeof said - 1, 0);
	unsigned n = 0;

	said[len > 0 ? len : 0] = '\0';
	for (const char *at = said; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}
