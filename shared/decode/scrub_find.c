/*
 * scrub_find.c - addresses, UUIDs, mail addresses, hosts of URLs and serial numbers behind
 * their key, in any text.
 *
 * Four numbers with dots are an address or a version. What follows a letter is taken for a
 * version, unless it is of a private network.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scrub_inside.h"

#include "decode/recording_text.h"

#include <ctype.h>
#include <string.h>

enum { MIN_HOST = 4, MIN_SERIAL = 5, MIN_IPV6 = 4, MAX_RUN = BR_SECRET_SIZE_MAX };

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(int c)
{
	return c >= 0 && c < 128 && isalnum(c);
}

static bool is_hex(int c)
{
	return c >= 0 && br_hex_digit((char)c) >= 0;
}

static int before(const struct br_lens *lens, size_t i)
{
	return i > 0 ? br_lens_get(lens, i - 1) : -1;
}

bool br_scrub_harmless(const uint8_t address[4])
{
	return address[0] == 0 || address[0] == 127 || address[0] >= 224;
}

size_t br_scrub_take_address(const struct br_lens *lens, size_t i, uint8_t address[4])
{
	size_t at = i;

	if (is_digit(before(lens, i)) ||
	    (before(lens, i) == '.' && i > 1 && is_digit(br_lens_get(lens, i - 2))))
		return 0;
	for (int octet = 0; octet < 4; octet++) {
		unsigned value = 0, digits = 0;

		if (octet > 0 && br_lens_get(lens, at++) != '.')
			return 0;
		for (; digits < 3 && is_digit(br_lens_get(lens, at)); at++, digits++)
			value = value * 10 + (unsigned)(br_lens_get(lens, at) - '0');
		if (digits == 0 || value > 255)
			return 0;
		address[octet] = (uint8_t)value;
	}
	if (is_digit(br_lens_get(lens, at)) ||
	    (br_lens_get(lens, at) == '.' && is_digit(br_lens_get(lens, at + 1))))
		return 0;
	return at - i;
}

size_t br_scrub_take_mac(const struct br_lens *lens, size_t i, uint8_t mac[6])
{
	size_t at = i;

	for (size_t nibble = 0; nibble < 12; nibble++, at++) {
		int c = br_lens_get(lens, at);

		if (nibble > 0 && (c == ':' || c == '-' || c == '.' || c == ' '))
			c = br_lens_get(lens, ++at);
		if (!is_hex(c))
			return 0;
		if (nibble % 2 == 0)
			mac[nibble / 2] = (uint8_t)(br_hex_digit((char)c) << 4);
		else
			mac[nibble / 2] |= (uint8_t)br_hex_digit((char)c);
	}
	return at - i;
}

static bool is_private(const uint8_t a[4])
{
	return a[0] == 10 || (a[0] == 172 && (a[1] & 0xf0) == 16) ||
	       (a[0] == 192 && a[1] == 168) || (a[0] == 169 && a[1] == 254);
}

static size_t learn_address(struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	uint8_t address[4];
	size_t len = br_scrub_take_address(lens, i, address);

	if (len == 0 || br_scrub_harmless(address))
		return len;
	if (is_alnum(before(lens, i)) && !is_private(address))
		return len;
	br_secrets_add(secrets, BR_SECRET_ADDRESS, address, sizeof address);
	return len;
}

static bool is_nothing(const uint8_t mac[6])
{
	static const uint8_t zeros[6], ones[6] = {255, 255, 255, 255, 255, 255};

	return memcmp(mac, zeros, 6) == 0 || memcmp(mac, ones, 6) == 0;
}

/* With a separator behind each pair: without any, it could be any number. */
static size_t learn_spelt_mac(struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	int separator = br_lens_get(lens, i + 2);
	uint8_t mac[6];

	if ((separator != ':' && separator != '-') || is_hex(before(lens, i)) ||
	    is_hex(br_lens_get(lens, i + 17)))
		return 0;
	for (size_t pair = 1; pair < 5; pair++)
		if (br_lens_get(lens, i + 3 * pair + 2) != separator)
			return 0;
	if (br_scrub_take_mac(lens, i, mac) != 17 || br_lens_get(lens, i + 17) == separator)
		return 0;
	if (!is_nothing(mac))
		br_secrets_add(secrets, BR_SECRET_MAC, mac, sizeof mac);
	return 17;
}

bool br_scrub_learn_mac(struct br_secrets *secrets, const uint8_t *octets, size_t len)
{
	uint8_t mac[6], copy[32];
	struct br_lens lens;

	if (len == 6) {
		if (!is_nothing(octets))
			br_secrets_add(secrets, BR_SECRET_MAC, octets, len);
		return true;
	}
	if (len < 12 || len > sizeof copy)
		return false;
	memcpy(copy, octets, len);
	lens = br_lens_of(copy, len, 0);
	if (br_scrub_take_mac(&lens, 0, mac) == 0)
		return false;
	if (!is_nothing(mac))
		br_secrets_add(secrets, BR_SECRET_MAC, mac, sizeof mac);
	return true;
}

/* Copies the characters from i on and adds them. */
static void add_run(struct br_secrets *secrets, enum br_secret_kind kind,
		    const struct br_lens *lens, size_t i, size_t len)
{
	uint8_t run[MAX_RUN];

	if (len > sizeof run)
		len = sizeof run;
	for (size_t k = 0; k < len; k++)
		run[k] = (uint8_t)br_lens_get(lens, i + k);
	if (kind == BR_SECRET_NAME)
		br_scrub_learn_host(secrets, run, len);
	else
		br_secrets_add(secrets, kind, run, len);
}

static size_t learn_uuid(struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	if (is_hex(before(lens, i)) || is_hex(br_lens_get(lens, i + 36)))
		return 0;
	for (size_t k = 0; k < 36; k++) {
		int c = br_lens_get(lens, i + k);
		bool dash = k == 8 || k == 13 || k == 18 || k == 23;

		if (dash ? c != '-' : !is_hex(c))
			return 0;
	}
	add_run(secrets, BR_SECRET_HEX, lens, i, 36);
	return 36;
}

/* At least "::" and two groups, or eight groups: a time of day has fewer colons. */
static size_t learn_ipv6(struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	size_t len = 0, colons = 0, digits = 0, in_group = 0;
	bool gap = false;

	if (is_alnum(before(lens, i)) || before(lens, i) == ':')
		return 0;
	for (int c; (c = br_lens_get(lens, i + len)) == ':' || is_hex(c); len++) {
		gap = gap || (c == ':' && in_group == 0 && len > 0);
		in_group = c == ':' ? 0 : in_group + 1;
		if (in_group > 4)
			return 0;
		colons += c == ':';
		digits += c != ':';
	}
	if (is_alnum(br_lens_get(lens, i + len)) || digits < MIN_IPV6 || colons > 7 ||
	    !(colons == 7 || (gap && colons >= 2)))
		return 0;
	add_run(secrets, BR_SECRET_HEX, lens, i, len);
	return len;
}

static bool in_host(int c)
{
	return is_alnum(c) || c == '.' || c == '-' || c == '_' || c >= 0x80;
}

static bool in_mailbox(int c)
{
	return in_host(c) || c == '+' || c == '%';
}

static void learn_mail(struct br_secrets *secrets, const struct br_lens *lens, size_t at)
{
	size_t from = at, to = at + 1;
	bool dot = false;

	while (from > 0 && at - from < MAX_RUN / 2 && in_mailbox(br_lens_get(lens, from - 1)))
		from--;
	for (; to - at < MAX_RUN / 2 && in_host(br_lens_get(lens, to)); to++)
		dot = dot || br_lens_get(lens, to) == '.';
	if (from == at || to == at + 1)
		return;
	add_run(secrets, BR_SECRET_NAME, lens, from, at - from);
	if (dot)
		add_run(secrets, BR_SECRET_NAME, lens, at + 1, to - at - 1);
}

/* The host of a URL, at the second slash. */
static void learn_url(struct br_secrets *secrets, const struct br_lens *lens, size_t slash)
{
	size_t from = slash + 1, to;

	for (to = from; to - from < MAX_RUN && in_host(br_lens_get(lens, to)); to++)
		;
	if (to - from >= MIN_HOST)
		add_run(secrets, BR_SECRET_NAME, lens, from, to - from);
}

/* What follows the key of a serial number, in a device id or in a sentence. */
static void learn_serial(struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	/* clang-format off */
	static const char *const keys[] = {
		"sn:", "s/n:", "s/n ", "sern:", "ser:", "serialnumber:", "serial number:", "serial:", "serial=", "sn=", "fn:",
	};
	/* clang-format on */
	for (size_t key = 0; key < sizeof keys / sizeof keys[0]; key++) {
		size_t len = strlen(keys[key]), k = 0, run = 0;
		bool digit = false;

		while (k < len) {
			int c = br_lens_get(lens, i + k);

			if (c < 0 || c > 127 || tolower(c) != keys[key][k])
				break;
			k++;
		}
		if (k < len)
			continue;
		while (br_lens_get(lens, i + k) == ' ')
			k++;
		for (int c; is_alnum(c = br_lens_get(lens, i + k + run)) || c == '-'; run++)
			digit = digit || is_digit(c);
		if (run >= MIN_SERIAL && digit)
			add_run(secrets, BR_SECRET_SERIAL, lens, i + k, run);
		return;
	}
}

/* Each shape begins with characters of its own, so few are tried at a place. */
static size_t learn_at(struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	int c = br_lens_get(lens, i);
	size_t len = 0;

	if (c == '@')
		learn_mail(secrets, lens, i);
	if (c == '/' && i > 1 && before(lens, i) == '/' && br_lens_get(lens, i - 2) == ':')
		learn_url(secrets, lens, i);
	if ((c == 's' || c == 'S' || c == 'f' || c == 'F') && !is_alnum(before(lens, i)))
		learn_serial(secrets, lens, i);
	if (is_digit(c))
		len = learn_address(secrets, lens, i);
	if (is_hex(c) && len == 0)
		len = learn_spelt_mac(secrets, lens, i);
	if (is_hex(c) && len == 0)
		len = learn_uuid(secrets, lens, i);
	if ((is_hex(c) || c == ':') && len == 0)
		len = learn_ipv6(secrets, lens, i);
	return len;
}

void br_scrub_learn_text(struct br_secrets *secrets, uint8_t *octets, size_t len)
{
	for (size_t which = 0; which < 3; which++) {
		struct br_lens lens = br_lens_of(octets, len, which);
		size_t n = br_lens_len(&lens), took;

		for (size_t i = 0; i < n; i += took ? took : 1)
			took = learn_at(secrets, &lens, i);
	}
}

void br_scrub_learn_host(struct br_secrets *secrets, const uint8_t *name, size_t len)
{
	const uint8_t *dot = memchr(name, '.', len);
	size_t first = dot ? (size_t)(dot - name) : len, digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += is_digit(name[i]) || name[i] == '.';
	if (digits == len) /* an address, or none of our business */
		return;
	br_secrets_add(secrets, BR_SECRET_NAME, name, len);
	if (first >= MIN_HOST && first < len && memchr(name, ' ', len) == NULL)
		br_secrets_add(secrets, BR_SECRET_NAME, name, first);
}
