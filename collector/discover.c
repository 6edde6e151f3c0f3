/*
 * discover.c - the daily search of the sites' ranges.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inside.h"

enum br_status collector_discovery_open(struct collector *c, struct br_error *err)
{
	(void)c;
	(void)err;
	return BR_OK;
}

void collector_discovery_close(struct collector_discovery *discovery)
{
	(void)discovery;
}

void collector_discovery_step(struct collector *c)
{
	(void)c;
}

bool collector_discovery_busy(const struct collector_discovery *discovery)
{
	(void)discovery;
	return false;
}

int64_t collector_discovery_next_ms(const struct collector *c)
{
	(void)c;
	return INT64_MAX;
}

int collector_discovery_fd(const struct collector_discovery *discovery)
{
	(void)discovery;
	return -1;
}
