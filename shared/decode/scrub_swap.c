/*
 * scrub_swap.c - what was found and what stands instead of it.
 *
 * Substitutes are counted, not hashed: from a hash of an address the address can be found by
 * trying all of them. A letter becomes a letter and a digit a digit, so that what parses the
 * value still does; the count stands in the last ones.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/scrub_inside.h"

#include "decode/recording_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	SHORTEST_ELSEWHERE = 4,
	SHORTEST_SERIAL = 5,
	SHORTEST_FREE_NUMBER = 8,
	EMBEDDED_FROM = 100,
	TAIL = 6
};

void br_secrets_init(struct br_secrets *secrets)
{
	memset(secrets, 0, sizeof *secrets);
	memset(secrets->first, 0xff, sizeof secrets->first);
}

void br_secrets_clear(struct br_secrets *secrets)
{
	if (secrets->list)
		explicit_bzero(secrets->list, secrets->cap * sizeof *secrets->list);
	free(secrets->list);
	br_secrets_init(secrets);
}

static int lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool is_alnum(int c)
{
	return c >= 0 && c < 128 && isalnum(c);
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool same_text(const uint8_t *a, const uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

const struct br_secret *br_secrets_find(const struct br_secrets *secrets,
					enum br_secret_kind kind, const uint8_t *was,
					size_t len)
{
	for (size_t i = 0; i < secrets->n; i++) {
		const struct br_secret *secret = &secrets->list[i];
		bool text = kind < BR_SECRET_ADDRESS && secret->kind < BR_SECRET_ADDRESS;

		if (secret->len == len &&
		    (text ? same_text(secret->was, was, len)
			  : secret->kind == kind && memcmp(secret->was, was, len) == 0))
			return secret;
	}
	return NULL;
}

static size_t width(unsigned octet)
{
	return octet > 99 ? 3 : octet > 9 ? 2 : 1;
}

/* Octets with as many digits as there were. */
static void address_instead(uint8_t now[4], const uint8_t was[4], uint32_t ordinal)
{
	static const uint8_t from[] = {0, 1, 10, 100}, count[] = {0, 9, 90, 100},
			     first[] = {0, 9, 10, 198};

	for (int i = 3; i > 0; i--) {
		size_t digits = width(was[i]);

		now[i] = (uint8_t)(from[digits] + ordinal % count[digits]);
		ordinal /= count[digits];
	}
	now[0] = first[width(was[0])];
}

static uint8_t instead(uint8_t c, bool hex, uint32_t *ordinal)
{
	uint32_t range = is_digit(c) ? 10 : hex ? 6 : 26, n = *ordinal % range;

	if (c < 0x80 && !is_alnum(c))
		return c;
	*ordinal /= range;
	if (is_digit(c))
		return (uint8_t)('0' + n);
	return (uint8_t)('a' + (hex ? n : (n + 'x' - 'a') % 26));
}

static void text_instead(uint8_t *now, const uint8_t *was, size_t len, bool hex,
			 uint32_t ordinal)
{
	for (size_t i = len; i > 0; i--) {
		now[i - 1] = instead(was[i - 1], hex, &ordinal);
		if (isupper(was[i - 1]))
			now[i - 1] = (uint8_t)toupper(now[i - 1]);
	}
}

static void choose_instead(struct br_secret *secret, uint32_t ordinal)
{
	switch ((enum br_secret_kind)secret->kind) {
	case BR_SECRET_ADDRESS:
		address_instead(secret->now, secret->was, ordinal);
		break;
	case BR_SECRET_MAC:
		memcpy(secret->now, secret->was, 3);
		for (int i = 0; i < 3; i++)
			secret->now[3 + i] = (uint8_t)(ordinal >> (16 - 8 * i));
		break;
	case BR_SECRET_SERIAL:
	case BR_SECRET_NAME:
	case BR_SECRET_HEX:
	case BR_SECRET_KINDS:
		text_instead(secret->now, secret->was, secret->len,
			     secret->kind == BR_SECRET_HEX, ordinal);
		if (secret->len > 4 && same_text(secret->was, (const uint8_t *)"fe80",
						 4)) /* link-local stays so */
			memcpy(secret->now, secret->was, 4);
		break;
	}
}

/* How far a text may be looked for without hitting what only looks alike. */
static void set_reach(const struct br_secrets *secrets, struct br_secret *secret)
{
	struct br_view was = {(const char *)secret->was, secret->len};
	char text[BR_SECRET_SIZE_MAX + 1];
	bool digits = true, alike = true, any = false;

	for (size_t i = 0; i < was.len; i++) {
		any = any || is_digit(was.at[i]);
		digits = digits && is_digit(was.at[i]);
		alike = alike && was.at[i] == was.at[0];
	}
	br_text_copy(text, sizeof text, was);
	secret->own = alike || was.len < SHORTEST_ELSEWHERE;
	if (secret->kind ==
	    BR_SECRET_SERIAL) /* some stand behind the model: they go there too */
		secret->own = secret->own || was.len < SHORTEST_SERIAL || !any;
	else
		secret->own = secret->own || br_view_contains(br_view(secrets->models), text);
	secret->word =
		secret->kind == BR_SECRET_NAME || (digits && was.len < SHORTEST_FREE_NUMBER);
}

void br_secrets_add_model(struct br_secrets *secrets, const char *model)
{
	size_t used = strlen(secrets->models), len = strlen(model);

	if (len == 0 || len + 2 > sizeof secrets->models - used ||
	    br_view_contains(br_view(secrets->models), model))
		return;
	memcpy(secrets->models + used, model, len);
	memcpy(secrets->models + used + len, "\n", 2);
}

static struct br_secret *new_secret(struct br_secrets *secrets)
{
	size_t cap = secrets->cap ? secrets->cap * 2 : 16;
	struct br_secret *list;

	if (secrets->n == BR_SCRUB_SECRETS) {
		secrets->status = BR_E_LIMIT;
		return NULL;
	}
	if (secrets->n == secrets->cap) {
		list = realloc(secrets->list, cap * sizeof *list);
		if (!list) {
			secrets->status = BR_E_MEMORY;
			return NULL;
		}
		secrets->list = list;
		secrets->cap = cap;
	}
	return &secrets->list[secrets->n++];
}

void br_secrets_add(struct br_secrets *secrets, enum br_secret_kind kind, const uint8_t *was,
		    size_t len)
{
	struct br_secret *secret;

	if (len == 0 || len > BR_SECRET_SIZE_MAX || secrets->status != BR_OK ||
	    br_secrets_find(secrets, kind, was, len))
		return;
	secret = new_secret(secrets);
	if (!secret)
		return;
	*secret = (struct br_secret){.kind = (uint8_t)kind, .len = (uint8_t)len, .next = -1};
	memcpy(secret->was, was, len);
	if (kind < BR_SECRET_ADDRESS)
		set_reach(secrets, secret);
	/* Not what it is already: a few tries are enough, since the next count differs. */
	for (int i = 0; i < 2; i++) {
		choose_instead(secret, ++secrets->ordinals[kind]);
		if (memcmp(secret->was, secret->now, len) != 0)
			break;
	}
}

static int by_len(const void *a, const void *b)
{
	const struct br_secret *x = a, *y = b;

	return (int)x->len - (int)y->len;
}

/* Chains by first letter, the longest in front. */
void br_secrets_settle(struct br_secrets *secrets)
{
	if (secrets->n)
		qsort(secrets->list, secrets->n, sizeof *secrets->list, by_len);
	for (size_t i = 0; i < secrets->n; i++) {
		struct br_secret *secret = &secrets->list[i];
		int32_t *first = &secrets->first[lower(secret->was[0])];

		if (secret->kind >= BR_SECRET_ADDRESS || secret->own)
			continue;
		secret->next = *first;
		*first = (int32_t)i;
	}
}

static bool stands_alone(const struct br_lens *lens, size_t i, size_t len)
{
	return !(i > 0 && is_alnum(br_lens_get(lens, i - 1))) &&
	       !is_alnum(br_lens_get(lens, i + len));
}

static bool stands_at(const struct br_secret *secret, const struct br_lens *lens, size_t i)
{
	for (size_t k = 0; k < secret->len; k++)
		if (lower(br_lens_get(lens, i + k)) != lower(secret->was[k]))
			return false;
	return !secret->word || stands_alone(lens, i, secret->len);
}

/* Each of these returns how many characters it replaced at i, 0: none. */
static size_t swap_text(const struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	int c = br_lens_get(lens, i);

	for (int32_t s = c < 0 ? -1 : secrets->first[lower(c)]; s >= 0;
	     s = secrets->list[s].next) {
		const struct br_secret *secret = &secrets->list[s];

		if (!stands_at(secret, lens, i))
			continue;
		for (size_t k = 0; k < secret->len; k++)
			br_lens_put(lens, i + k, secret->now[k]);
		return secret->len;
	}
	return 0;
}

static size_t swap_address(const struct br_secrets *secrets, const struct br_lens *lens,
			   size_t i)
{
	uint8_t address[4];
	size_t len = br_scrub_take_address(lens, i, address), octet = 4, value;
	const struct br_secret *secret =
		len ? br_secrets_find(secrets, BR_SECRET_ADDRESS, address, sizeof address)
		    : NULL;

	if (!secret)
		return 0;
	value = secret->now[--octet];
	for (size_t k = len; k > 0; k--) {
		if (br_lens_get(lens, i + k - 1) == '.') {
			value = secret->now[--octet];
			continue;
		}
		br_lens_put(lens, i + k - 1, (uint8_t)('0' + value % 10));
		value /= 10;
	}
	return len;
}

static size_t swap_mac(const struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	uint8_t mac[6];
	size_t len = br_scrub_take_mac(lens, i, mac), nibble = 0;
	const struct br_secret *secret =
		len ? br_secrets_find(secrets, BR_SECRET_MAC, mac, sizeof mac) : NULL;

	for (size_t k = 0; secret && k < len; k++) {
		int c = br_lens_get(lens, i + k);
		int octet = secret->now[nibble / 2];

		if (br_hex_digit((char)c) < 0)
			continue;
		/* The maker's half keeps its letters; a digit has no case to take over. */
		if (nibble >= 6)
			br_lens_put(lens, i + k,
				    br_lens_hex(nibble % 2 ? octet : octet >> 4, isupper(c)));
		nibble++;
	}
	return secret ? len : 0;
}

/* The half of a hardware address that is the printer's own, as host names have it: "NPI5C698E".
 */
static size_t swap_tail(const struct br_secrets *secrets, const struct br_lens *lens, size_t i)
{
	bool letter =
		i > 0 && br_lens_get(lens, i - 1) > 0 && isalpha(br_lens_get(lens, i - 1));
	uint8_t tail[3] = {0};

	for (size_t k = 0; k < TAIL; k++) {
		int c = br_lens_get(lens, i + k), digit = c < 0 ? -1 : br_hex_digit((char)c);

		if (digit < 0)
			return 0;
		letter = letter || !is_digit(c);
		tail[k / 2] = (uint8_t)(tail[k / 2] << 4 | digit);
	}
	for (size_t s = 0; letter && s < secrets->n; s++) {
		const struct br_secret *secret = &secrets->list[s];

		if (secret->kind != BR_SECRET_MAC || memcmp(secret->was + 3, tail, 3) != 0)
			continue;
		for (size_t k = 0; k < TAIL; k++) {
			int octet = secret->now[3 + k / 2];
			bool upper = isupper(br_lens_get(lens, i + k));

			br_lens_put(lens, i + k,
				    br_lens_hex(k % 2 ? octet : octet >> 4, upper));
		}
		return TAIL;
	}
	return 0;
}

static void swap_all(uint8_t *octets, size_t len, const uint8_t *was, const uint8_t *now,
		     size_t n)
{
	for (size_t i = 0; i + n <= len; i++)
		if (memcmp(octets + i, was, n) == 0)
			memcpy(octets + i, now, n);
}

/* IPv6 interface ids are made of hardware addresses: RFC 4291, appendix A. */
static void as_interface(const uint8_t mac[6], uint8_t id[8])
{
	const uint8_t out[] = {mac[0] ^ 2, mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]};

	memcpy(id, out, sizeof out);
}

/* Addresses as octets. Small ones look like numbers, and count only where they are all of the
 * value. */
static void swap_octets(const struct br_secrets *secrets, uint8_t *octets, size_t len)
{
	uint8_t was[8], now[8];

	for (size_t s = 0; s < secrets->n; s++) {
		const struct br_secret *secret = &secrets->list[s];
		bool whole = secret->len == len;

		if (secret->kind < BR_SECRET_ADDRESS || secret->len > len ||
		    (!whole && secret->kind == BR_SECRET_ADDRESS &&
		     secret->was[0] < EMBEDDED_FROM))
			continue;
		swap_all(octets, len, secret->was, secret->now, secret->len);
		if (secret->kind == BR_SECRET_MAC) {
			as_interface(secret->was, was);
			as_interface(secret->now, now);
			swap_all(octets, len, was, now, sizeof was);
		}
	}
}

void br_secrets_swap(const struct br_secrets *secrets, uint8_t *octets, size_t len)
{
	for (size_t which = 0; which < BR_LENSES; which++) {
		struct br_lens lens = br_lens_of(octets, len, which);
		size_t n = br_lens_len(&lens), took;

		for (size_t i = 0; i < n; i += took ? took : 1) {
			took = swap_text(secrets, &lens, i);
			if (!took)
				took = swap_address(secrets, &lens, i);
			if (!took)
				took = swap_mac(secrets, &lens, i);
			if (!took)
				took = swap_tail(secrets, &lens, i);
		}
	}
	swap_octets(secrets, octets, len);
}

/* The text that a lens shows, if all of it is one, without what pads it; 0: none. */
static size_t shown(const struct br_lens *lens, uint8_t text[BR_SECRET_SIZE_MAX])
{
	size_t n = br_lens_len(lens);

	while (n > 0 && br_lens_get(lens, n - 1) == 0)
		n--;
	if (n > BR_SECRET_SIZE_MAX)
		return 0;
	for (size_t i = 0; i < n; i++) {
		int c = br_lens_get(lens, i);

		if (c < 0)
			return 0;
		text[i] = (uint8_t)c;
	}
	return n;
}

/* Two makers' files may name the same row. */
static bool is_masked(const struct br_secrets *secrets, const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < secrets->n; i++)
		if (secrets->list[i].len == len && same_text(secrets->list[i].now, text, len))
			return true;
	return false;
}

void br_secrets_mask(const struct br_secrets *secrets, enum br_secret_kind kind,
		     uint8_t *octets, size_t len)
{
	uint8_t text[BR_SECRET_SIZE_MAX];

	for (size_t which = 0; which < 3; which++) {
		struct br_lens lens = br_lens_of(octets, len, which);
		size_t n = shown(&lens, text);
		const struct br_secret *secret =
			n ? br_secrets_find(secrets, kind, text, n) : NULL;

		for (size_t i = 0; secret && i < n; i++)
			br_lens_put(&lens, i, secret->now[i]);
		if (secret || (n && is_masked(secrets, text, n)))
			return;
	}
	text_instead(octets, octets, len, kind == BR_SECRET_HEX, 0);
}
