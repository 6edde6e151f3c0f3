/*
 * collector_test.c - each allocation and each system call of a collector's first minutes fails
 * in turn: it says so or goes on, loses no memory and does not hang.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "collector/drive.h"
#include "fault/fault.h"
#include "fleet/simulated.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MONDAY (INT64_C(20408) * 86400)

static char dir[64];
static enum br_status opening; /* how the first start of a run ended */

static void remove_store(void)
{
	static const char *const files[] = {"store.db", "store.db-wal", "store.db-shm",
					    "store.db.lock"};
	char path[128];

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		(void)unlink(path);
	}
}

static void write_config(const char *path)
{
	FILE *out = fopen(path, "w");

	CHECK(out != NULL);
	if (!out)
		return;
	fprintf(out,
		"[profile default]\nport = %u\ntimeout = 50ms\nretries = 0\n"
		"[collector]\nstore = %s/store.db\nhealth = %s/h\npace = 0\nstatus = 60s\n"
		"[site s]\nranges = 127.16.0.1-5\ndiscover = no\n"
		"[printer 127.16.0.1]\n[printer 127.16.0.2]\n",
		fleet.port, dir, dir);
	CHECK_INT(fclose(out), 0);
}

/* A start, three minutes, a reload, a restart, a minute. */
static bool run(const char *config)
{
	struct drive drive;
	bool opened;

	remove_store();
	drive_init(&drive, config, MONDAY + 8 * 3600);
	drive.blind = true;
	opening = drive_open(&drive);
	opened = opening == BR_OK;
	if (opened) {
		drive_until(&drive, MONDAY + 8 * 3600 + 150);
		(void)(drive_reload(&drive) == BR_OK);
		drive_close(&drive);
		opened = drive_open(&drive) == BR_OK;
		if (opened)
			drive_until(&drive, drive_wall(&drive) + 60);
	}
	drive_clear(&drive);
	return opened;
}

TEST(whatever_fails)
{
	static const struct {
		enum fault_call call;
		const char *name;
		int code;
		size_t most; /* of them; then every seventh */
	} calls[] = {
		{FAULT_MEMORY, "memory", ENOMEM, 120},
		{FAULT_OPEN, "open", EMFILE, 20},
		{FAULT_READ, "read", EIO, 20},
		{FAULT_SOCKET, "socket", EMFILE, 20},
		{FAULT_GETRANDOM, "getrandom", EAGAIN, 10},
		{FAULT_DLOPEN, "dlopen", 0, 10},
		{FAULT_EPOLL_CREATE, "epoll_create", EMFILE, 10},
		{FAULT_EPOLL_CTL, "epoll_ctl", ENOMEM, 20},
		{FAULT_SENDMMSG, "sendmmsg", ENOBUFS, 20},
		{FAULT_RECVMMSG, "recvmmsg", ENOMEM, 20},
	};
	char one[] = "tests/recordings/hp_mono.snmprec",
	     two[] = "tests/recordings/printserver_two.snmprec", config[100];
	char *recordings[] = {one, two};

	fleet_start_files("-n 2", NULL, recordings, 2);
	snprintf(dir, sizeof dir, "/tmp/brayer-fault-XXXXXX");
	CHECK(mkdtemp(dir) != NULL);
	snprintf(config, sizeof config, "%s/brayer.conf", dir);
	write_config(config);
	if (!run(config) && opening == BR_E_UNSUPPORTED) {
		remove_store();
		(void)unlink(config);
		(void)rmdir(dir);
		fleet_stop();
		check_skip("the store was left out of this build (Debian: libsqlite3-dev)");
	}
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		size_t all;

		check_case(calls[i].name);
		fault_arm(calls[i].call, 0, false, calls[i].code);
		CHECK(run(config));
		fault_disarm();
		CHECK_INT(fault.live, 0);
		all = fault.counts[calls[i].call];
		for (size_t k = 1; k <= all; k += k < calls[i].most ? 1 : 7) {
			fault_arm(calls[i].call, k, false, calls[i].code);
			(void)run(config);
			fault_disarm();
			if (fault.live)
				check_failed(__FILE__, __LINE__,
					     "%s %zu of %zu: %ld blocks lost", calls[i].name, k,
					     all, fault.live);
		}
	}
	remove_store();
	(void)unlink(config);
	CHECK_INT(rmdir(dir), 0);
	fleet_stop();
}
