/*
 * oid_test.c - text and bytes both ways, what is refused, and order against a slow compare of
 * arcs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/oid.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct {
	const char *text, *ber;
	size_t len;
} both[] = {
	{"0.0", "\x00", 1}, {"0.39", "\x27", 1}, {"1.0", "\x28", 1}, {"1.39", "\x4f", 1}, {"2.0", "\x50", 1},
	{"2.47", "\x7f", 1}, {"2.48", "\x81\x00", 2}, {"2.999.3", "\x88\x37\x03", 3}, {"1.3.6.1", "\x2b\x06\x01", 3},
	{"2.4294967215", "\x8f\xff\xff\xff\x7f", 5}, {"1.3.0", "\x2b\x00", 2}, {"1.3.127", "\x2b\x7f", 2}, {"1.3.128", "\x2b\x81\x00", 3},
	{"1.3.16383", "\x2b\xff\x7f", 3}, {"1.3.16384", "\x2b\x81\x80\x00", 4}, {"1.3.4294967295", "\x2b\x8f\xff\xff\xff\x7f", 6},
	{"1.3.6.1.2.1.43.11.1.1.9.1.1", "\x2b\x06\x01\x02\x01\x2b\x0b\x01\x01\x09\x01\x01", 12},
	{"1.3.6.1.4.1.2435.2.3", "\x2b\x06\x01\x04\x01\x93\x03\x02\x03", 9},
};

static const char *const bad_text[] = {
	"", ".", "1", ".1", "1.", "1.3.", "1..3", "..1.3", "3.1", "0.40", "1.40", "1.3.x", "1.3 ", " 1.3", "1.3.-1", "1.3.+1", "1,3",
	"1.3.4294967296", "1.4294967296", "99999999999999999999.1", "1.3.99999999999999999999999", "1.3.0x1", "iso.3",
};

static const struct {
	const char *name, *ber;
	size_t len;
	enum br_status status;
} bytes[] = {
	{"one octet", "\x2b", 1, BR_OK}, {"largest arc", "\x2b\x8f\xff\xff\xff\x7f", 6, BR_OK},
	{"nothing", "", 0, BR_E_MALFORMED}, {"cut arc", "\x2b\x81", 2, BR_E_MALFORMED}, {"cut at once", "\xff", 1, BR_E_MALFORMED},
	{"leading 0x80", "\x2b\x80\x01", 3, BR_E_MALFORMED}, {"leading 0x80 first", "\x80\x01", 2, BR_E_MALFORMED},
	{"33 bits", "\x2b\x90\x80\x80\x80\x00", 6, BR_E_MALFORMED}, {"six octets", "\x2b\x81\x80\x80\x80\x80\x00", 7, BR_E_MALFORMED},
	{"0x80 inside an arc", "\x2b\x81\x80\x00", 4, BR_OK},
};
/* clang-format on */

/* In a block of the exact size. */
static void *exact(const void *data, size_t len)
{
	char *copy = malloc(len ? len : 1);

	if (copy && len)
		memcpy(copy, data, len);
	return copy;
}

TEST(text_and_bytes)
{
	for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
		size_t len = strlen(both[i].text);
		char *text = exact(both[i].text, len), out[BR_OID_TEXT_SIZE];
		struct br_oid oid;

		check_case(both[i].text);
		CHECK_INT(br_oid_parse(&oid, text, len), BR_OK);
		CHECK_MEM(oid.ber, oid.len, both[i].ber, both[i].len);
		CHECK_INT(br_oid_format(out, sizeof out, oid.ber, oid.len), len);
		CHECK_STR(out, both[i].text);
		free(text);
	}
}

TEST(leading_dot)
{
	struct br_oid oid;

	CHECK_INT(br_oid_parse(&oid, ".1.3.6", 6), BR_OK);
	CHECK_MEM(oid.ber, oid.len, "\x2b\x06", 2);
	CHECK_INT(br_oid_parse(&oid, "01.003.6", 8), BR_OK); /* zeros in front say nothing */
	CHECK_MEM(oid.ber, oid.len, "\x2b\x06", 2);
}

TEST(refused_text)
{
	for (size_t i = 0; i < sizeof bad_text / sizeof bad_text[0]; i++) {
		size_t len = strlen(bad_text[i]);
		char *text = exact(bad_text[i], len);
		struct br_oid oid = {.len = 9};

		check_case(bad_text[i]);
		CHECK_INT(br_oid_parse(&oid, text, len), BR_E_SYNTAX);
		CHECK_INT(oid.len, 0);
		free(text);
	}
}

TEST(wire)
{
	for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
		uint8_t *ber = exact(bytes[i].ber, bytes[i].len);
		struct br_oid oid = {.len = 9};

		check_case(bytes[i].name);
		CHECK_INT(br_oid_from_ber(&oid, ber, bytes[i].len), bytes[i].status);
		CHECK_INT(oid.len, bytes[i].status == BR_OK ? bytes[i].len : 0);
		if (bytes[i].status == BR_OK)
			CHECK_MEM(oid.ber, oid.len, ber, bytes[i].len);
		free(ber);
	}
}

TEST(longest)
{
	uint8_t ber[BR_OID_BYTES + 1] = {0x2b};
	char text[2 * BR_OID_BYTES + 16] = "1.3";
	struct br_oid oid;

	CHECK_INT(br_oid_from_ber(&oid, ber, BR_OID_BYTES), BR_OK);
	CHECK_INT(br_oid_append(&oid, 0), BR_E_LIMIT);
	CHECK_INT(oid.len, BR_OID_BYTES);
	CHECK_INT(br_oid_from_ber(&oid, ber, BR_OID_BYTES + 1), BR_E_LIMIT);
	for (size_t i = 1; i < BR_OID_BYTES; i++)
		memcpy(text + strlen(text), ".0", 3);
	CHECK_INT(br_oid_parse(&oid, text, strlen(text)), BR_OK);
	CHECK_INT(oid.len, BR_OID_BYTES);
	memcpy(text + strlen(text), ".0", 3);
	CHECK_INT(br_oid_parse(&oid, text, strlen(text)), BR_E_LIMIT);
	CHECK_INT(oid.len, 0);
}

TEST(an_arc_that_half_fits_is_not_appended)
{
	uint8_t ber[BR_OID_BYTES] = {0x2b};
	struct br_oid oid;

	CHECK_INT(br_oid_from_ber(&oid, ber, BR_OID_BYTES - 2), BR_OK);
	CHECK_INT(br_oid_append(&oid, 1 << 20), BR_E_LIMIT);
	CHECK_INT(oid.len, BR_OID_BYTES - 2);
	CHECK_INT(br_oid_append(&oid, 128), BR_OK);
	CHECK_INT(oid.len, BR_OID_BYTES);
}

TEST(text_always_fits_its_size)
{
	char out[BR_OID_TEXT_SIZE];
	struct br_oid oid, back;
	size_t len;

	memset(&oid, 0x7f, sizeof oid);
	oid.len = BR_OID_BYTES;
	len = br_oid_format(out, sizeof out, oid.ber, oid.len);
	CHECK_INT(len, 4 + 4 * (BR_OID_BYTES - 1)); /* "2.47", then ".127" each */
	CHECK_INT(br_oid_parse(&back, out, len), BR_OK);
	CHECK_MEM(back.ber, back.len, oid.ber, oid.len);
}

TEST(small_room)
{
	for (size_t size = 0; size < 12; size++) {
		char *out = malloc(size ? size : 1);
		size_t len;

		if (!out)
			return;
		out[0] = '?';
		len = br_oid_format(out, size, (const uint8_t *)"\x2b\x06\x81\x00", 4);
		CHECK(size == 0 ? len == 0 && out[0] == '?' : len < size && out[len] == '\0');
		CHECK(size == 0 || strncmp("1.3.6.128", out, len) == 0);
		free(out);
	}
}

/* The slow reference: arcs one by one. */
static int by_arcs(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b)
{
	for (size_t i = 0; i < n_a && i < n_b; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return n_a < n_b ? -1 : n_a > n_b;
}

static uint32_t random_arc(uint32_t *seed)
{
	static const uint32_t edges[] = {
		0,     1,     126,     127,     128,       129,       255,         16383,
		16384, 16385, 2097151, 2097152, 268435455, 268435456, 4294967294u, 4294967295u};

	*seed = *seed * 1664525u + 1013904223u;
	if (*seed >> 31)
		return edges[(*seed >> 16) % (sizeof edges / sizeof edges[0])];
	return *seed << 1 >> (*seed >> 8) % 32;
}

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

struct arcs {
	uint32_t arc[6];
	size_t n;
	uint8_t *ber; /* of the exact size */
	size_t len;
};

/* With much in common with another, or nearly every pair would differ in the first arc. */
static void random_arcs(struct arcs *arcs, const struct arcs *like, uint32_t *seed)
{
	struct br_oid oid = {.len = 0};

	arcs->n = random_arc(seed) % 6;
	for (size_t i = 0; i < arcs->n; i++) {
		bool same = like && i < like->n && random_arc(seed) % 4;

		arcs->arc[i] = same ? like->arc[i] : random_arc(seed);
		CHECK_INT(br_oid_append(&oid, arcs->arc[i]), BR_OK);
	}
	arcs->ber = exact(oid.ber, oid.len);
	arcs->len = oid.len;
}

TEST(order_is_the_order_of_arcs)
{
	uint32_t seed = 1;

	for (int round = 0; round < 20000; round++) {
		struct arcs a, b;
		int want;

		random_arcs(&a, NULL, &seed);
		random_arcs(&b, &a, &seed);
		want = by_arcs(a.arc, a.n, b.arc, b.n);
		CHECK_INT(sign(br_oid_compare(a.ber, a.len, b.ber, b.len)), want);
		CHECK_INT(sign(br_oid_compare(b.ber, b.len, a.ber, a.len)), -want);
		CHECK_INT(br_oid_below(a.ber, a.len, b.ber, b.len),
			  a.n >= b.n && by_arcs(a.arc, b.n, b.arc, b.n) == 0);
		free(a.ber);
		free(b.ber);
	}
}

TEST(arcs_one_by_one)
{
	static const uint8_t ber[] = {0x06, 0x81, 0x00, 0x8f, 0xff, 0xff, 0xff, 0x7f};
	const uint8_t *at = ber, *end = ber + sizeof ber;
	uint32_t arc = 0;

	CHECK(br_oid_next_arc(&at, end, &arc) && arc == 6);
	CHECK(br_oid_next_arc(&at, end, &arc) && arc == 128);
	CHECK(br_oid_next_arc(&at, end, &arc) && arc == 4294967295u);
	CHECK(at == end);
	CHECK(!br_oid_next_arc(&at, end, &arc));
	CHECK(at == end && arc == 4294967295u);
}

TEST(broken_arcs)
{
	static const struct {
		const char *name;
		uint8_t ber[6];
		size_t len;
	} cases[] = {
		{"cut", {0x81}, 1},
		{"33 bits", {0x90, 0x80, 0x80, 0x80, 0x00}, 5},
		{"without end", {0x81, 0x80, 0x80, 0x80, 0x80, 0x00}, 6},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t *ber = exact(cases[i].ber, cases[i].len);
		const uint8_t *at = ber;
		uint32_t arc = 7;

		check_case(cases[i].name);
		CHECK(!br_oid_next_arc(&at, ber + cases[i].len, &arc));
		CHECK(at == ber && arc == 7);
		free(ber);
	}
}
