/*
 * live.c - asks the printer, and tells what it means when nobody answers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "source_inside.h"

#include "diagnosis.h"

#include <stdio.h>
#include <string.h>

struct asked {
	struct plugin_source *source;
	int64_t since_ms, until_ms;
	bool heard; /* a datagram came, whatever was in it */
	size_t n;   /* printers there */
	char choices[200];
};

const char *plugin_plain(const char *sentence)
{
	return strncmp(sentence, "udp:", 4) == 0 ? sentence + 4 : sentence;
}

/* The first datagram goes out when the name is resolved. */
static void listen_in(void *user, bool out, const uint8_t *data, size_t len)
{
	struct asked *asked = user;

	plugin_stage = "asking the printer";
	asked->heard = asked->heard || !out;
	if (asked->source->settings->look.verbose >= 3)
		plugin_diagnose_datagram(asked->source->answer, br_clock_ms() - asked->since_ms,
					 out, data, len);
}

static void add_choice(struct asked *asked, const char *target)
{
	const size_t len = strlen(asked->choices);
	const char *plain = plugin_plain(target), *port = strstr(plain, ":161#");

	snprintf(asked->choices + len, sizeof asked->choices - len, "%s%.*s%s", len ? ", " : "",
		 port ? (int)(port - plain) : (int)strlen(plain), plain, port ? port + 4 : "");
}

static void take(void *user, const struct br_reading *reading)
{
	struct asked *asked = user;

	add_choice(asked, reading->target);
	if (asked->n++ == 0)
		plugin_source_judge(asked->source, reading,
				    reading->partial && br_clock_ms() >= asked->until_ms);
}

/* All attempts fit into the time there is, so that -t 2 still asks more than once; with a
 * little left, since an attempt that is cut tells less than one that is over. */
static bool fit_in(struct plugin_source *source, int64_t left)
{
	struct br_profile *profile = &source->profile;
	const int64_t each = (left - left / 16) / (profile->retries + 1);

	if (each < 1)
		return false;
	profile->deadline_ms = left < UINT32_MAX ? (unsigned)left : UINT32_MAX;
	if (profile->timeout_ms > each)
		profile->timeout_ms = (unsigned)each;
	return true;
}

/* "3 s", "1.5 s" */
static void write_seconds(char out[24], int64_t ms)
{
	const int64_t tenths = (ms + 50) / 100;

	if (tenths % 10)
		snprintf(out, 24, "%lld.%lld s", (long long)tenths / 10,
			 (long long)tenths % 10);
	else
		snprintf(out, 24, "%lld s", (long long)tenths / 10);
}

static void tell_silence(struct plugin_source *source, enum br_status status,
			 const struct br_error *err)
{
	const struct br_profile *profile = &source->profile;
	const struct plugin_settings *settings = source->settings;
	const bool v3 = profile->version == BR_SNMP_V3;
	char within[24];

	write_seconds(within, (int64_t)profile->timeout_ms * (profile->retries + 1));
	if (status == BR_E_UNREACHABLE)
		plugin_fail(source->answer, settings->offline_state,
			    "%s: it is switched off, or the way there is cut",
			    plugin_plain(err->text));
	else if (v3)
		plugin_fail(source->answer, settings->offline_state,
			    "no answer to SNMPv3 within %s: it is switched off, or SNMPv3 is",
			    within);
	else
		plugin_fail(source->answer, settings->offline_state,
			    "no answer within %s: it is switched off, or SNMP is, or the "
			    "community is wrong",
			    within);
}

/* Not a reading: false if nobody is there at all. */
static bool judge_failure(const struct asked *asked, enum br_status status,
			  const struct br_error *err)
{
	struct plugin_source *source = asked->source;
	const bool late = status == BR_E_TIMEOUT && br_clock_ms() >= asked->until_ms;
	const char *elsewhere = strstr(err->text, "no answer, but "); /* it is on */

	if (elsewhere) {
		plugin_fail(source->answer, PLUGIN_UNKNOWN, "%s", elsewhere);
		return true;
	}
	if ((status == BR_E_TIMEOUT || status == BR_E_UNREACHABLE) && !asked->heard) {
		tell_silence(source, status, err);
		return false;
	}
	plugin_fail(source->answer, late ? source->settings->timeout_state : PLUGIN_UNKNOWN,
		    "%s", plugin_plain(err->text));
	return true;
}

static bool ask(struct plugin_source *source, int64_t left)
{
	const int64_t now = br_clock_ms();
	struct asked asked = {.source = source, .since_ms = now, .until_ms = now + left};
	const struct br_read_options options = {
		.profile = &source->profile,
		.makers = &source->makers,
		.trace = listen_in,
		.trace_user = &asked,
	};
	struct br_error err;
	enum br_status status;

	plugin_stage = "resolving the name";
	status = br_read(&source->target, &options, take, &asked, &err);
	if (status != BR_OK)
		return judge_failure(&asked, status, &err);
	if (asked.n > 1)
		plugin_fail(source->answer, PLUGIN_UNKNOWN,
			    "%zu printers are behind this address: name one with -H: %s",
			    asked.n, asked.choices);
	return true;
}

bool plugin_live(struct plugin_source *source)
{
	const int64_t left = source->deadline_ms - br_clock_ms();

	if (source->cannot_ask) {
		plugin_fail(source->answer, PLUGIN_UNKNOWN, "%s", source->why.text);
		return true;
	}
	if (!fit_in(source, left)) {
		plugin_fail(source->answer, source->settings->timeout_state,
			    "time was up before the printer could be asked");
		return true;
	}
	return ask(source, left);
}
