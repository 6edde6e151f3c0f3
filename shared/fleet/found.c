/*
 * found.c - what was found, put in order: one line for one printer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fleet/discover.h"

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_worth(const struct br_found *x, const struct br_found *y)
{
	if (x->read != y->read)
		return x->read ? -1 : 1;
	if (x->bare + x->engine != y->bare + y->engine)
		return x->bare + x->engine < y->bare + y->engine ? -1 : 1;
	return x->device < y->device ? -1 : x->device > y->device;
}

static int by_address(const void *a, const void *b)
{
	const struct br_found *x = *(struct br_found *const *)a;
	const struct br_found *y = *(struct br_found *const *)b;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return by_worth(x, y);
}

static int by_key(const void *a, const void *b, bool mac)
{
	const struct br_found *x = *(struct br_found *const *)a;
	const struct br_found *y = *(struct br_found *const *)b;
	int order = strcmp(mac ? x->key.mac : x->key.serial, mac ? y->key.mac : y->key.serial);

	return order ? order : by_address(a, b);
}

static int by_serial(const void *a, const void *b)
{
	return by_key(a, b, false);
}

static int by_mac(const void *a, const void *b)
{
	return by_key(a, b, true);
}

/* Hangs one below another, at the end of its chain. */
static void hang(struct br_found *first, struct br_found *other)
{
	while (first->same)
		first = first->same;
	first->same = other;
	other->dropped = true;
}

/* Sorted by one of the keys, those of one printer stand together, the lowest address first. */
static void unite(struct br_found **found, size_t n, bool mac)
{
	struct br_found *first = NULL;

	qsort(found, n, sizeof *found, mac ? by_mac : by_serial);
	for (size_t i = 0; i < n; i++) {
		const char *key = mac ? found[i]->key.mac : found[i]->key.serial;

		if (!*key || found[i]->dropped || found[i]->kind != BR_FOUND_PRINTER)
			continue;
		if (first && strcmp(key, mac ? first->key.mac : first->key.serial) == 0 &&
		    first->index != found[i]->index &&
		    br_printer_same(&first->key, &found[i]->key) == BR_SAME_YES)
			hang(first, found[i]);
		else
			first = found[i];
	}
}

/* What answered twice at one address, in two profiles: the better half stays. */
static void drop_doubles(struct br_found **found, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct br_found *best = found[i - 1];

		if (best->index != found[i]->index)
			continue;
		if (!found[i]->read || !found[i]->several ||
		    (best->read && best->device == found[i]->device))
			found[i]->dropped = true;
	}
}

void br_found_settle(struct br_found **found, size_t n)
{
	if (n == 0)
		return;
	qsort(found, n, sizeof *found, by_address);
	drop_doubles(found, n);
	unite(found, n, false);
	unite(found, n, true);
	qsort(found, n, sizeof *found, by_address);
}

/* The name of the interface, since its number is another one after the next start. */
void br_found_host(const union br_address *address, char *out, size_t size)
{
	uint32_t zone = address->any.sa_family == AF_INET6 ? address->v6.sin6_scope_id : 0;
	char name[IF_NAMESIZE];
	size_t len;

	br_address_format(address, out, size);
	len = strlen(out);
	if (zone && if_indextoname(zone, name))
		snprintf(out + len, size - len, "%%%s", name);
	else if (zone)
		snprintf(out + len, size - len, "%%%u", (unsigned)zone);
}
