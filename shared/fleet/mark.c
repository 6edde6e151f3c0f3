/*
 * mark.c - SipHash-2-4 (Aumasson and Bernstein, 2012).
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/mark.h"

#include <string.h>

struct state {
	uint64_t a, b, c, d;
};

static uint64_t turn(uint64_t value, unsigned bits)
{
	return value << bits | value >> (64 - bits);
}

static void rounds(struct state *s, unsigned n)
{
	while (n--) {
		s->a += s->b;
		s->c += s->d;
		s->b = turn(s->b, 13) ^ s->a;
		s->d = turn(s->d, 16) ^ s->c;
		s->a = turn(s->a, 32);
		s->c += s->b;
		s->a += s->d;
		s->b = turn(s->b, 17) ^ s->c;
		s->d = turn(s->d, 21) ^ s->a;
		s->c = turn(s->c, 32);
	}
}

static uint64_t word(const uint8_t *at, size_t len)
{
	uint64_t value = 0;

	for (size_t i = len; i-- > 0;)
		value = value << 8 | at[i];
	return value;
}

static void take(struct state *s, uint64_t value)
{
	s->d ^= value;
	rounds(s, 2);
	s->a ^= value;
}

uint64_t br_mark(const struct br_mark_key *key, const uint8_t *data, size_t len)
{
	struct state s = {
		.a = key->low ^ UINT64_C(0x736f6d6570736575),
		.b = key->high ^ UINT64_C(0x646f72616e646f6d),
		.c = key->low ^ UINT64_C(0x6c7967656e657261),
		.d = key->high ^ UINT64_C(0x7465646279746573),
	};
	size_t whole = len & ~(size_t)7;

	for (size_t i = 0; i < whole; i += 8)
		take(&s, word(data + i, 8));
	take(&s, word(data + whole, len - whole) | (uint64_t)len << 56);
	s.c ^= 0xff;
	rounds(&s, 4);
	return s.a ^ s.b ^ s.c ^ s.d;
}

uint64_t br_mark_address(const struct br_mark_key *key, const union br_address *address,
			 uint32_t what)
{
	uint8_t data[20];

	memcpy(data, &what, 4);
	if (address->any.sa_family != AF_INET6) {
		memcpy(data + 4, &address->v4.sin_addr, 4);
		return br_mark(key, data, 8);
	}
	memcpy(data + 4, &address->v6.sin6_addr, 16);
	return br_mark(key, data, 20);
}
