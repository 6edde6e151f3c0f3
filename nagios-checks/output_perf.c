/*
 * output_perf.c - performance data: label=value[unit];[warning];[critical]
 *
 * SPDX-License-Identifier: MIT
 */
#include "output_inside.h"

#include <string.h>

/* All digits there are, and a '0' before the point. */
size_t plugin_number_text(char out[PLUGIN_NUMBER_SIZE], const struct plugin_perf *perf)
{
	uint64_t rest = perf->value < 0 ? 0 - (uint64_t)perf->value : (uint64_t)perf->value;
	char digits[PLUGIN_NUMBER_SIZE];
	size_t at = sizeof digits, len;
	unsigned decimals = perf->decimals;

	for (; decimals > 0 && rest % 10 == 0; decimals--)
		rest /= 10;
	for (unsigned i = 0; i < decimals; i++, rest /= 10)
		digits[--at] = (char)('0' + rest % 10);
	if (decimals)
		digits[--at] = '.';
	do
		digits[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (perf->value < 0)
		digits[--at] = '-';
	len = sizeof digits - at;
	memcpy(out, digits + at, len);
	out[len] = '\0';
	return len;
}

static size_t put(char *out, size_t used, const char *text, size_t len)
{
	if (len > PLUGIN_PERF_SIZE - 1 - used)
		return used;
	if (len)
		memcpy(out + used, text, len);
	return used + len;
}

size_t plugin_perf_text(char out[PLUGIN_PERF_SIZE], const struct plugin_perf *perf)
{
	const struct plugin_range *warning = &perf->thresholds.warning;
	const struct plugin_range *critical = &perf->thresholds.critical;
	char number[PLUGIN_NUMBER_SIZE];
	size_t len = plugin_number_text(number, perf), used = 0;

	used = put(out, used, perf->label, strlen(perf->label));
	used = put(out, used, "=", 1);
	used = put(out, used, number, len);
	if (perf->unit)
		used = put(out, used, perf->unit, strlen(perf->unit));
	if (warning->given || critical->given)
		used = put(out, used, ";", 1);
	if (warning->given)
		used = put(out, used, warning->text.at, warning->text.len);
	if (critical->given) {
		used = put(out, used, ";", 1);
		used = put(out, used, critical->text.at, critical->text.len);
	}
	out[used] = '\0';
	return used;
}

size_t plugin_perf_fit(const struct plugin_answer *answer, size_t room, size_t *n_octets)
{
	char text[PLUGIN_PERF_SIZE];
	size_t n = 0;

	*n_octets = 0;
	for (; n < answer->n_perf && !answer->failed; n++) {
		size_t more = plugin_perf_text(text, &answer->perf[n]) + (n > 0);

		if (*n_octets + more > room)
			break;
		*n_octets += more;
	}
	return n;
}

void plugin_perf_write(struct br_buf *out, const struct plugin_answer *answer, size_t n)
{
	char text[PLUGIN_PERF_SIZE];

	for (size_t i = 0; i < n; i++) {
		size_t len = plugin_perf_text(text, &answer->perf[i]);

		if (i > 0)
			br_buf_char(out, ' ');
		br_buf_add(out, text, len);
	}
}
