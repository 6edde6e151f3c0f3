/*
 * main.c - the only place that reads the environment.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const struct cli_environment environment = {
		.home = getenv("HOME"),
		.xdg_config_home = getenv("XDG_CONFIG_HOME"),
		.no_color = getenv("NO_COLOR"),
		.term = getenv("TERM"),
		.lc_all = getenv("LC_ALL"),
		.lc_ctype = getenv("LC_CTYPE"),
		.lang = getenv("LANG"),
		.source_date_epoch = getenv("SOURCE_DATE_EPOCH"),
	};

	(void)signal(SIGPIPE, SIG_IGN); /* "brayer read … | head" is told by write */
	return cli_main(argc, argv, &environment, STDOUT_FILENO, STDERR_FILENO);
}
