/*
 * range.c - spans of IPv4 addresses and single ones of IPv6, sorted so that each has an index.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/range.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 64 };
#define GROUPS UINT32_C(0xe0000000) /* 224.0.0.0; above it nobody has an address */

void br_range_init(struct br_range *range)
{
	memset(range, 0, sizeof *range);
}

void br_range_clear(struct br_range *range)
{
	free(range->in.at);
	free(range->out.at);
	free(range->in6.at);
	free(range->out6.at);
	br_range_init(range);
}

/* Room for one more of size octets; the new cap, 0 where there is none. */
static size_t grow(void **at, size_t n, size_t cap, size_t size)
{
	size_t wanted = cap ? cap * 2 : 8;
	void *more;

	if (n < cap)
		return cap;
	if (n >= BR_RANGE_SPANS_MAX)
		return 0;
	more = realloc(*at, wanted * size);
	if (!more)
		return 0;
	*at = more;
	return wanted;
}

static enum br_status no_room(size_t n, struct br_error *err)
{
	if (n >= BR_RANGE_SPANS_MAX)
		return br_fail(err, BR_E_LIMIT, "more than %u ranges", BR_RANGE_SPANS_MAX);
	return br_fail(err, BR_E_MEMORY, "out of memory");
}

static enum br_status put_span(struct br_spans *spans, uint32_t first, uint32_t last,
			       struct br_error *err)
{
	void *at = spans->at;
	size_t cap = grow(&at, spans->n, spans->cap, sizeof *spans->at);

	spans->at = at;
	if (!cap)
		return no_room(spans->n, err);
	spans->cap = cap;
	spans->at[spans->n++] = (struct br_span){.first = first, .last = last};
	return BR_OK;
}

static enum br_status put_host6(struct br_hosts6 *hosts, const struct br_host6 *host,
				struct br_error *err)
{
	void *at = hosts->at;
	size_t cap = grow(&at, hosts->n, hosts->cap, sizeof *hosts->at);

	hosts->at = at;
	if (!cap)
		return no_room(hosts->n, err);
	hosts->cap = cap;
	hosts->at[hosts->n++] = *host;
	return BR_OK;
}

enum br_status br_range_add_host6(struct br_range *range, const struct br_host6 *host,
				  struct br_error *err)
{
	return put_host6(&range->in6, host, err);
}

static enum br_status wrong(struct br_view text, const char *why, struct br_error *err)
{
	char shown[SHOWN];

	br_text_clean(shown, sizeof shown, text);
	return br_fail(err, BR_E_SYNTAX, "%s%s%s", shown, *shown ? ": " : "", why);
}

static bool parse_v4(struct br_view text, uint32_t *address)
{
	char copy[INET_ADDRSTRLEN];
	struct in_addr in;

	if (memchr(text.at, '\0', text.len) || !br_text_copy(copy, sizeof copy, text) ||
	    inet_pton(AF_INET, copy, &in) != 1)
		return false;
	*address = ntohl(in.s_addr);
	return true;
}

static struct br_view before(struct br_view text, const char *sign)
{
	return (struct br_view){text.at, (size_t)(sign - text.at)};
}

static struct br_view behind(struct br_view text, const char *sign)
{
	return (struct br_view){sign + 1, text.len - (size_t)(sign + 1 - text.at)};
}

static enum br_status parse_network(struct br_view text, const char *slash,
				    struct br_span *span, struct br_error *err)
{
	uint32_t address, mask;
	int64_t bits;

	if (!parse_v4(before(text, slash), &address) ||
	    !br_parse_number(behind(text, slash), 0, 32, &bits))
		return wrong(text, "is no network; one is 192.0.2.0/24", err);
	mask = bits ? ~UINT32_C(0) << (32 - bits) : 0;
	*span = (struct br_span){.first = address & mask, .last = address | ~mask};
	return BR_OK;
}

static enum br_status parse_from_to(struct br_view text, const char *dash, struct br_span *span,
				    struct br_error *err)
{
	struct br_view to = behind(text, dash);
	int64_t octet;

	if (!parse_v4(br_view_trim(before(text, dash)), &span->first))
		return wrong(text, "is no range; one is 192.0.2.10-192.0.2.99", err);
	to = br_view_trim(to);
	if (br_parse_number(to, 0, 255, &octet))
		span->last = (span->first & ~UINT32_C(255)) | (uint32_t)octet;
	else if (!parse_v4(to, &span->last))
		return wrong(text, "is no range; one is 192.0.2.10-192.0.2.99", err);
	if (span->last < span->first)
		return wrong(text, "ends before it begins", err);
	return BR_OK;
}

static enum br_status parse_v6(struct br_view text, struct br_host6 *host, struct br_error *err)
{
	union br_address address;
	struct br_view bare = text;
	const char *slash = memchr(text.at, '/', text.len);
	char copy[256];

	if (slash && br_view_is(behind(text, slash), "128"))
		bare = before(text, slash);
	else if (slash)
		return wrong(text,
			     "an IPv6 network has too many addresses to ask them all: list "
			     "single ones, or take those of --neighbours",
			     err);
	if (bare.len > 2 && bare.at[0] == '[' && bare.at[bare.len - 1] == ']')
		bare = (struct br_view){bare.at + 1, bare.len - 2};
	if (memchr(bare.at, '\0', bare.len) || !br_text_copy(copy, sizeof copy, bare) ||
	    !br_address_numeric(&address, copy, 0) || address.any.sa_family != AF_INET6)
		return wrong(text, "is no IPv6 address, or there is no such interface", err);
	*host = (struct br_host6){.address = address.v6.sin6_addr,
				  .scope = address.v6.sin6_scope_id};
	return BR_OK;
}

enum br_status br_range_add(struct br_range *range, struct br_view text, bool exclude,
			    struct br_error *err)
{
	struct br_span span = {.last = 0};
	const char *sign;
	enum br_status status = BR_OK;

	text = br_view_trim(text);
	if (text.len == 0)
		return br_fail(err, BR_E_SYNTAX, "an empty range");
	if (memchr(text.at, ':', text.len)) {
		struct br_host6 host;

		status = parse_v6(text, &host, err);
		if (status != BR_OK)
			return status;
		return put_host6(exclude ? &range->out6 : &range->in6, &host, err);
	}
	if ((sign = memchr(text.at, '/', text.len)) != NULL)
		status = parse_network(text, sign, &span, err);
	else if ((sign = memchr(text.at, '-', text.len)) != NULL)
		status = parse_from_to(text, sign, &span, err);
	else if (parse_v4(text, &span.first))
		span.last = span.first;
	else
		status = wrong(text, "is neither an address, a network nor a range", err);
	if (status != BR_OK)
		return status;
	return put_span(exclude ? &range->out : &range->in, span.first, span.last, err);
}

enum br_status br_range_add_list(struct br_range *range, struct br_view text, const char *file,
				 struct br_error *err)
{
	struct br_error why = {""};
	struct br_view line;
	unsigned number = 0;

	while (br_view_line(&text, &line)) {
		enum br_status status;
		bool out;

		number++;
		line = br_view_trim(line);
		if (line.len == 0 || line.at[0] == '#')
			continue;
		out = line.at[0] == '!';
		if (out)
			line = (struct br_view){line.at + 1, line.len - 1};
		status = br_range_add(range, line, out, &why);
		if (status != BR_OK)
			return br_fail(err, status, "%s:%u: %s", file, number, why.text);
	}
	return BR_OK;
}

static int by_first(const void *a, const void *b)
{
	const struct br_span *x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

/* Sorted, and no two that touch. */
static void merge(struct br_spans *spans)
{
	size_t kept = 0;

	if (spans->n == 0)
		return;
	qsort(spans->at, spans->n, sizeof *spans->at, by_first);
	for (size_t i = 1; i < spans->n; i++) {
		struct br_span *last = &spans->at[kept], *next = &spans->at[i];

		if ((uint64_t)next->first > (uint64_t)last->last + 1)
			spans->at[++kept] = *next;
		else if (next->last > last->last)
			last->last = next->last;
	}
	spans->n = kept + 1;
}

/* What is left of one span; *o is the first exclusion that may touch it. */
static enum br_status cut(const struct br_span *span, const struct br_spans *out, size_t *o,
			  struct br_spans *left, struct br_error *err)
{
	uint64_t at = span->first;
	enum br_status status = BR_OK;

	while (*o < out->n && out->at[*o].last < span->first)
		(*o)++;
	for (size_t i = *o; i < out->n && out->at[i].first <= span->last; i++) {
		if (out->at[i].first > at)
			status = put_span(left, (uint32_t)at, out->at[i].first - 1, err);
		if (status != BR_OK)
			return status;
		at = (uint64_t)out->at[i].last + 1;
	}
	return at <= span->last ? put_span(left, (uint32_t)at, span->last, err) : BR_OK;
}

static enum br_status exclude_v4(struct br_range *range, struct br_error *err)
{
	struct br_spans left = {NULL, 0, 0};
	enum br_status status = put_span(&range->out, GROUPS, UINT32_MAX, err);

	merge(&range->in);
	merge(&range->out);
	for (size_t i = 0, o = 0; status == BR_OK && i < range->in.n; i++)
		status = cut(&range->in.at[i], &range->out, &o, &left, err);
	if (status != BR_OK) {
		free(left.at);
		return status;
	}
	free(range->in.at);
	range->in = left;
	return BR_OK;
}

static int by_host(const void *a, const void *b)
{
	const struct br_host6 *x = a, *y = b;
	int order = memcmp(&x->address, &y->address, sizeof x->address);

	return order ? order : x->scope < y->scope ? -1 : x->scope > y->scope;
}

/* An exclusion without a zone is of all. */
static bool is_out(const struct br_hosts6 *out, const struct br_host6 *host)
{
	const struct br_host6 anywhere = {.address = host->address};

	return out->n && (bsearch(host, out->at, out->n, sizeof *host, by_host) ||
			  bsearch(&anywhere, out->at, out->n, sizeof *host, by_host));
}

static void exclude_v6(struct br_range *range)
{
	size_t kept = 0;

	if (range->in6.n == 0)
		return;
	qsort(range->in6.at, range->in6.n, sizeof *range->in6.at, by_host);
	if (range->out6.n)
		qsort(range->out6.at, range->out6.n, sizeof *range->out6.at, by_host);
	for (size_t i = 0; i < range->in6.n; i++) {
		const struct br_host6 *host = &range->in6.at[i];

		if (!IN6_IS_ADDR_MULTICAST(&host->address) && !is_out(&range->out6, host) &&
		    (kept == 0 || by_host(&range->in6.at[kept - 1], host) != 0))
			range->in6.at[kept++] = *host;
	}
	range->in6.n = kept;
}

enum br_status br_range_settle(struct br_range *range, uint64_t max, struct br_error *err)
{
	enum br_status status = exclude_v4(range, err);

	if (status != BR_OK)
		return status;
	exclude_v6(range);
	range->count_v4 = 0;
	for (size_t i = 0; i < range->in.n; i++) {
		struct br_span *span = &range->in.at[i];

		span->before = range->count_v4;
		range->count_v4 += (uint64_t)span->last - span->first + 1;
	}
	range->count = range->count_v4 + range->in6.n;
	if (range->count == 0)
		return br_fail(err, BR_E_ABSENT, "no address is left to ask");
	if (range->count > max)
		return br_fail(err, BR_E_LIMIT, "%llu addresses; the limit is %llu",
			       (unsigned long long)range->count, (unsigned long long)max);
	return BR_OK;
}

void br_range_at(const struct br_range *range, uint64_t index, uint16_t port,
		 union br_address *address)
{
	size_t low = 0, high = range->in.n;

	memset(address, 0, sizeof *address);
	if (index >= range->count_v4) {
		const struct br_host6 *host = &range->in6.at[index - range->count_v4];

		address->v6.sin6_family = AF_INET6;
		address->v6.sin6_addr = host->address;
		address->v6.sin6_scope_id = host->scope;
		address->v6.sin6_port = htons(port);
		return;
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (range->in.at[middle].before <= index)
			low = middle;
		else
			high = middle;
	}
	address->v4.sin_family = AF_INET;
	address->v4.sin_port = htons(port);
	address->v4.sin_addr.s_addr =
		htonl(range->in.at[low].first + (uint32_t)(index - range->in.at[low].before));
}

static bool find_v4(const struct br_range *range, uint32_t address, uint64_t *index)
{
	size_t low = 0, high = range->in.n;

	if (high == 0 || address < range->in.at[0].first)
		return false;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (range->in.at[middle].first <= address)
			low = middle;
		else
			high = middle;
	}
	if (address > range->in.at[low].last)
		return false;
	*index = range->in.at[low].before + (address - range->in.at[low].first);
	return true;
}

bool br_range_find(const struct br_range *range, const union br_address *address,
		   uint64_t *index)
{
	struct br_host6 host;
	const struct br_host6 *found;

	if (address->any.sa_family == AF_INET)
		return find_v4(range, ntohl(address->v4.sin_addr.s_addr), index);
	if (address->any.sa_family != AF_INET6 || range->in6.n == 0)
		return false;
	host = (struct br_host6){.address = address->v6.sin6_addr,
				 .scope = address->v6.sin6_scope_id};
	found = bsearch(&host, range->in6.at, range->in6.n, sizeof host, by_host);
	if (!found && host.scope) { /* asked without a zone, answered with one */
		host.scope = 0;
		found = bsearch(&host, range->in6.at, range->in6.n, sizeof host, by_host);
	}
	if (!found)
		return false;
	*index = range->count_v4 + (uint64_t)(found - range->in6.at);
	return true;
}

static uint64_t mix(uint64_t digest, const void *data, size_t len)
{
	const uint8_t *at = data;

	for (size_t i = 0; i < len; i++)
		digest = (digest ^ at[i]) * UINT64_C(0x100000001b3);
	return digest;
}

uint64_t br_range_digest(const struct br_range *range)
{
	uint64_t digest = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < range->in.n; i++) {
		digest = mix(digest, &range->in.at[i].first, sizeof range->in.at[i].first);
		digest = mix(digest, &range->in.at[i].last, sizeof range->in.at[i].last);
	}
	for (size_t i = 0; i < range->in6.n; i++)
		digest =
			mix(digest, &range->in6.at[i].address, sizeof range->in6.at[i].address);
	return digest;
}
