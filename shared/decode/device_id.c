/*
 * device_id.c - picks values out of "KEY:value;KEY:value;".
 *
 * Some printers leave the two octets of length in front (IEEE 1284 has them there), and what is
 * left of those after cleaning may stick to the first key as one stray character.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/device_id.h"

#include <string.h>

/* clang-format off */
const char *const br_device_id_maker[] = {"MFG", "MANUFACTURER", NULL};
const char *const br_device_id_model[] = {"MDL", "MODEL", NULL};
const char *const br_device_id_serial[] = {"SN", "SERN", "SERIALNUMBER", "SER", NULL};
const char *const br_device_id_commands[] = {"CMD", "COMMAND SET", NULL};

static const char *const known_keys[] = {
	"MFG", "MANUFACTURER", "MDL", "MODEL", "CMD", "COMMAND SET", "CLS", "CLASS", "DES",
	"DESCRIPTION", "SN", "SERN", "CID", "COMPATIBLEID", NULL,
};
/* clang-format on */

struct pair {
	struct br_view key, value;
	bool first;  /* of the id */
	bool closed; /* a ';' ended it */
};

/* The length in front is under 2 KB, so its first octet is a control. */
static struct br_view skip_length(struct br_view id)
{
	if (id.len > 2 && (unsigned char)id.at[0] < 8)
		return (struct br_view){id.at + 2, id.len - 2};
	return id;
}

/* Takes the next pair off the front; false at the end. */
static bool take_pair(struct br_view *rest, struct pair *pair)
{
	while (rest->len > 0) {
		const char *end = memchr(rest->at, ';', rest->len);
		size_t len = end != NULL ? (size_t)(end - rest->at) : rest->len;
		const char *colon = memchr(rest->at, ':', len);
		struct br_view text = {rest->at, len};

		pair->closed = end != NULL;
		rest->at += len + pair->closed;
		rest->len -= len + pair->closed;
		if (colon == NULL)
			continue;
		size_t key = (size_t)(colon - text.at);
		pair->key = br_view_trim((struct br_view){text.at, key});
		pair->value = br_view_trim((struct br_view){colon + 1, len - key - 1});
		return true;
	}
	return false;
}

static bool has_key(const struct pair *pair, const char *key)
{
	if (br_view_is_nocase(pair->key, key))
		return true;
	if (!pair->first || pair->key.len != strlen(key) + 1)
		return false;
	return br_view_is_nocase((struct br_view){pair->key.at + 1, pair->key.len - 1}, key);
}

static struct br_view find(struct br_view id, const char *key)
{
	struct br_view rest = skip_length(id);
	struct pair pair = {.first = true};

	while (take_pair(&rest, &pair)) {
		if (pair.value.len > 0 && has_key(&pair, key))
			return pair.value;
		pair.first = false;
	}
	return (struct br_view){id.at, 0};
}

struct br_view br_device_id_get(struct br_view id, const char *const *keys)
{
	for (; *keys != NULL; keys++) {
		struct br_view value = find(id, *keys);
		if (value.len > 0)
			return value;
	}
	return (struct br_view){id.at, 0};
}

bool br_device_id_looks(struct br_view text)
{
	struct br_view rest = skip_length(text);
	struct pair pair = {.first = true};

	while (take_pair(&rest, &pair)) {
		for (const char *const *key = known_keys; *key != NULL; key++) {
			if (pair.closed && pair.value.len > 0 && has_key(&pair, *key))
				return true;
		}
		pair.first = false;
	}
	return false;
}
