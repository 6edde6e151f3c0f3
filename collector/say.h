/*
 * say.h - what the collector tells an operator: one line a message, on stderr.
 *
 * Under systemd each line begins with the priority that journald understands. Never a secret,
 * never what a printer said of its users.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_SAY_H
#define BR_COLLECTOR_SAY_H

#include "brayer.h"

enum collector_loudness { /* syslog's numbers */
			  COLLECTOR_ERROR = 3,
			  COLLECTOR_WARNING = 4,
			  COLLECTOR_NOTICE = 5,
			  COLLECTOR_INFO = 6,
			  COLLECTOR_DETAIL = 7, /* with --verbose only */
};

struct collector_voice {
	int fd; /* -1: silent */
	bool journal, verbose;
	bool bare; /* without the program's name */
};

void collector_say(const struct collector_voice *voice, enum collector_loudness loudness,
		   const char *format, ...) BR_FORMAT(3, 4);

#endif
