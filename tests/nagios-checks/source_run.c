/*
 * source_run.c - see source_run.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "nagios-checks/source_run.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

void run_init(struct run *run, unsigned check)
{
	memset(run, 0, sizeof *run);
	for (run->check = plugin_checks; run->check->check != check; run->check++)
		if (!run->check[1].name) {
			check_failed(__FILE__, __LINE__, "no such check");
			break;
		}
	plugin_settings_init(&run->settings, check);
	run->settings.timeout_ms = 1000;
	run->settings.max_age_s = 0;
	run->environment.home = "/nonexistent";
}

void run_check(struct run *run, const char *host)
{
	static struct plugin_answer answer;
	struct br_buf out;

	run->settings.host = host;
	plugin_run(&answer, run->check, &run->settings, &run->environment,
		   br_clock_ms() + run->settings.timeout_ms);
	br_buf_init(&out, sizeof run->text);
	plugin_write(&answer, &run->settings.look, &out);
	snprintf(run->text, sizeof run->text, "%s", out.data ? out.data : "");
	if (run->settings.look.verbose < 3)
		run->text[strcspn(run->text, "\n")] = '\0';
	plugin_answer_clear(&answer);
	run->code = plugin_exit_code(&answer, &run->settings.look);
	br_buf_clear(&out);
}

void run_check_at(struct run *run, const char *host, uint16_t port)
{
	const char *device = strchr(host, '#');
	const size_t len = device ? (size_t)(device - host) : strlen(host);
	char target[BR_TARGET_SIZE];

	snprintf(target, sizeof target, "%.*s:%u%s", (int)len, host, port,
		 device ? device : "");
	run_check(run, target);
}
