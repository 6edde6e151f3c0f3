/*
 * same.c - what tells one printer from another: serial number with maker, else MAC.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/same.h"

#include <stdio.h>
#include <string.h>

enum { SERIAL_LEAST = 4, MAC_DIGITS = 12 };

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

/* Upper case without blanks, so that "hp" and "HP ", or a padded serial, are the same. */
static size_t squeeze(char *out, size_t size, const char *text)
{
	size_t used = 0;

	for (; *text && used + 1 < size; text++)
		if (*text != ' ' && *text != '\t')
			out[used++] = upper(*text);
	out[used] = '\0';
	return used;
}

static bool all_one(const char *text)
{
	for (const char *at = text; *at; at++)
		if (*at != *text)
			return false;
	return true;
}

/* What makers write where nobody wrote a number; squeezed. */
static bool is_no_serial(const char *serial)
{
	static const char *const words[] = {
		"NOTAVAILABLE", "NOTAPPLICABLE", "NOTSPECIFIED",
		"NOTSET",       "UNKNOWN",       "UNDEFINED",
		"UNSPECIFIED",  "DEFAULT",       "NONE",
		"NULL",         "SERIAL",        "SERIALNUMBER",
		"SERIALNO",     "NOSERIAL",      "TOBEFILLEDBYO.E.M.",
		"0123456789",   "1234567890",    "123456789",
		"12345678",     "XXXXYYYYY",
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(serial, words[i]) == 0)
			return true;
	/* Zeros, X, dashes, question marks: a place that was never filled in. */
	return all_one(serial);
}

static void key_of_serial(const struct br_reading *reading, char out[BR_KEY_SIZE])
{
	char serial[80], maker[60];

	out[0] = '\0';
	if (squeeze(serial, sizeof serial, br_text(reading, reading->identity.serial)) <
		    SERIAL_LEAST ||
	    is_no_serial(serial))
		return;
	squeeze(maker, sizeof maker, br_text(reading, reading->identity.maker));
	snprintf(out, BR_KEY_SIZE, "serial:%s:%s", maker, serial);
}

static int digit(char c)
{
	c = upper(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Twelve hexadecimal digits, whatever stands between them; false: something else. */
static bool mac_digits(const char *text, char out[MAC_DIGITS + 1])
{
	size_t n = 0;

	for (; *text; text++) {
		if (digit(*text) < 0 && !strchr(":-. ", *text))
			return false;
		if (digit(*text) < 0)
			continue;
		if (n == MAC_DIGITS)
			return false;
		out[n++] = "0123456789abcdef"[digit(*text)];
	}
	out[n] = '\0';
	return n == MAC_DIGITS;
}

static void key_of_mac(const struct br_reading *reading, char out[BR_KEY_SIZE])
{
	char digits[MAC_DIGITS + 1];

	out[0] = '\0';
	/* The lowest bit of the first octet is a group's, not a station's; broadcast has it. */
	if (!mac_digits(br_text(reading, reading->identity.mac), digits) || all_one(digits) ||
	    digit(digits[1]) & 1)
		return;
	if (strchr(reading->target, '#'))
		snprintf(out, BR_KEY_SIZE, "mac:%s#%u", digits, reading->device);
	else
		snprintf(out, BR_KEY_SIZE, "mac:%s", digits);
}

void br_printer_key(const struct br_reading *reading, struct br_printer_key *key)
{
	key_of_serial(reading, key->serial);
	key_of_mac(reading, key->mac);
}

static enum br_same compare(const char *a, const char *b)
{
	if (!*a || !*b)
		return BR_SAME_UNKNOWN;
	return strcmp(a, b) == 0 ? BR_SAME_YES : BR_SAME_NO;
}

enum br_same br_printer_same(const struct br_printer_key *a, const struct br_printer_key *b)
{
	const enum br_same same = compare(a->serial, b->serial);

	return same == BR_SAME_UNKNOWN ? compare(a->mac, b->mac) : same;
}
