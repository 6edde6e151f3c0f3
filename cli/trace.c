/*
 * trace.c - one line for each datagram, for -v.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli.h"

#include <inttypes.h>
#include <unistd.h>

void cli_trace(void *user, bool out, const uint8_t *data, size_t len)
{
	struct cli *cli = user;
	struct br_buf line;

	br_buf_init(&line, 4096);
	br_buf_format(&line, "%" PRId64 " ms ", br_clock_ms());
	br_trace(&line, out, data, len);
	br_buf_char(&line, '\n');
	/* A trace that cannot be written is no reason to stop reading. */
	if (line.status == BR_OK && write(cli->err_fd, line.data, line.len) < 0)
		line.len = 0;
	br_buf_clear(&line);
}
