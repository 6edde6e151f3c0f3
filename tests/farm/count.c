/*
 * count.c - what the fleet was asked, so that a test can say what was asked too much.
 *
 * SPDX-License-Identifier: MIT
 */
#include "farm.h"

#include <inttypes.h>
#include <sys/resource.h>

#define SET_REQUEST 0xa3 /* named here only: the library has no word for it */

/* Subtrees that nobody may ask for: jobs (PWG Job Monitoring), users and views of SNMPv3. */
static const struct {
	uint8_t len, name[9];
} forbidden[] = {
	{9, {0x2b, 6, 1, 4, 1, 0x95, 0x0b, 1, 1}}, /* 1.3.6.1.4.1.2699.1.1 */
	{6, {0x2b, 6, 1, 6, 3, 15}},               /* 1.3.6.1.6.3.15 */
	{6, {0x2b, 6, 1, 6, 3, 16}},               /* 1.3.6.1.6.3.16 */
};

static void count_names(struct farm_counts *counts, struct br_ber rest)
{
	struct br_varbind varbind;
	bool broken;

	while (br_varbind_take(&rest, &varbind, &broken)) {
		counts->names++;
		for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
			counts->forbidden += br_oid_below(varbind.name, varbind.name_len,
							  forbidden[i].name, forbidden[i].len);
	}
	counts->malformed += broken;
}

static void log_request(FILE *log, const uint8_t *request, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		putc(digits[request[i] >> 4], log);
		putc(digits[request[i] & 15], log);
	}
	putc('\n', log);
}

void farm_count_request(struct farm *farm, const uint8_t *request, size_t len)
{
	struct farm_counts *counts = &farm->counts;
	struct br_answer asked;

	counts->requests++;
	counts->bytes_in += len;
	if (farm->log != NULL)
		log_request(farm->log, request, len);
	if (!br_message_read(request, len, &asked)) {
		counts->malformed++;
		return;
	}
	switch (asked.type) {
	case BR_PDU_GET:
		counts->get++;
		break;
	case BR_PDU_GETNEXT:
		counts->next++;
		break;
	case BR_PDU_GETBULK:
		counts->bulk++;
		break;
	case SET_REQUEST:
		counts->set++;
		break;
	default:
		counts->unknown++;
	}
	count_names(counts, asked.varbinds);
}

static void print_printers(const struct farm *farm)
{
	uint64_t asked = 0, min = UINT64_MAX, max = 0;

	for (size_t i = 0; i < farm->n_printers; i++) {
		uint64_t requests = farm->printers[i].requests;
		if (requests == 0)
			continue;
		asked++;
		min = requests < min ? requests : min;
		max = requests > max ? requests : max;
	}
	printf(",\"printers\":%" PRIu64 ",\"min\":%" PRIu64 ",\"max\":%" PRIu64, asked,
	       asked > 0 ? min : 0, max);
}

void farm_count_print(const struct farm *farm)
{
	const struct farm_counts *c = &farm->counts;
	const struct {
		const char *name;
		uint64_t value;
	} members[] = {
		{"replies", c->replies},
		{"get", c->get},
		{"next", c->next},
		{"bulk", c->bulk},
		{"set", c->set},
		{"unknown", c->unknown},
		{"malformed", c->malformed},
		{"forbidden", c->forbidden},
		{"names", c->names},
		{"values", c->values},
		{"bytes_in", c->bytes_in},
		{"bytes_out", c->bytes_out},
		{"community", c->community},
		{"lost", c->lost},
		{"ignored", c->ignored},
		{"stray", c->stray},
		{"send_errors", c->send_errors},
	};
	struct rusage use;

	printf("{\"requests\":%" PRIu64, c->requests);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		printf(",\"%s\":%" PRIu64, members[i].name, members[i].value);
	print_printers(farm);
	getrusage(RUSAGE_SELF, &use);
	printf(",\"cpu_ms\":%ld,\"rss_kb\":%ld}\n",
	       (long)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 +
		       (long)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000,
	       use.ru_maxrss);
	(void)fflush(stdout);
	if (farm->log != NULL)
		(void)fflush(farm->log);
}
