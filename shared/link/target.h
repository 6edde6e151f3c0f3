/*
 * target.h - how to reach one printer, as an operator writes it.
 *
 *   printer.example   192.0.2.10   192.0.2.10:1161   2001:db8::1   [2001:db8::1]:1161
 *   udp:HOST[:PORT]   walk:FILE    any of them with #N for one printer behind a print server
 *
 * A kind before the first colon always wins, so a host that is called "usb" is written udp:usb.
 * An IPv6 address without brackets has no port: 2001:db8::1:161 is all address. What is refused
 * is not repeated in the sentence: a password may stand in it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_TARGET_H
#define BR_LINK_TARGET_H

#include "base/status.h"
#include "model/reading.h"

enum br_target_kind { BR_TARGET_UDP, BR_TARGET_WALK };

struct br_target {
	enum br_target_kind kind;
	char host[256];  /* name, address without brackets, or the file of a walk */
	uint16_t port;   /* 0: not given (161, or the profile's) */
	uint32_t device; /* hrDeviceIndex after '#'; 0: not given */
	bool has_device;
	char text[BR_TARGET_SIZE]; /* canonical: udp:192.0.2.10:161, udp:[2001:db8::1]:161,
				      walk:FILE */
};

enum br_status br_target_parse(struct br_target *target, const char *text,
			       struct br_error *err) BR_MUST_CHECK;

/* Gives a port where the target named none, and rewrites text; walks have none. */
void br_target_set_port(struct br_target *target, uint16_t port);

#endif
