/*
 * scrub_inside.h - between scrub.c (which rows), scrub_find.c (what it looks like),
 * scrub_swap.c (what stands instead) and scrub_lens.c (what a character is). Nobody else
 * includes this.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_SCRUB_INSIDE_H
#define BR_DECODE_SCRUB_INSIDE_H

#include "decode/scrub.h"

#define BR_SECRET_SIZE_MAX 255

enum br_secret_kind {
	BR_SECRET_SERIAL,
	BR_SECRET_NAME,    /* of a host, a person, a place */
	BR_SECRET_HEX,     /* UUID, IPv6: what stands instead is hex too */
	BR_SECRET_ADDRESS, /* IPv4, four octets */
	BR_SECRET_MAC,     /* six octets; the maker's three stay */
	BR_SECRET_KINDS,
};

struct br_secret {
	uint8_t kind, len;
	bool word; /* counts only where no letter or digit stands before or behind */
	bool own;  /* counts only in the row it was learned from: a common word, or the model */
	int32_t next; /* shorter one that begins alike, or -1 */
	uint8_t was[BR_SECRET_SIZE_MAX], now[BR_SECRET_SIZE_MAX];
};

struct br_secrets {
	struct br_secret *list;
	size_t n, cap;
	uint32_t ordinals[BR_SECRET_KINDS]; /* of the next substitute */
	int32_t first[256];                 /* by first letter, lower case; text only */
	char models[2048];                  /* what stays, one a line */
	enum br_status status;              /* the first failure sticks */
};

/*
 * A view of a value as characters: its octets, every second one (UTF-16), or pairs of hex
 * digits. What is no character in it is -1.
 */
struct br_lens {
	uint8_t *octets;
	size_t len;
	uint8_t start, step;
	bool wide, hex;
};

#define BR_LENSES 18 /* 0 is the octets, 1 and 2 are UTF-16, the others hex */
struct br_lens br_lens_of(uint8_t *octets, size_t len, size_t which);
int br_lens_get(const struct br_lens *lens, size_t i);
size_t br_lens_len(const struct br_lens *lens);
/* Puts a character where one was, a letter in the case of that. */
void br_lens_put(const struct br_lens *lens, size_t i, uint8_t c);
uint8_t br_lens_hex(int value, bool upper);

/* scrub_swap.c: the dictionary */
void br_secrets_init(struct br_secrets *secrets);
void br_secrets_clear(struct br_secrets *secrets);
void br_secrets_add(struct br_secrets *secrets, enum br_secret_kind kind, const uint8_t *was,
		    size_t len);
void br_secrets_add_model(struct br_secrets *secrets, const char *model);
void br_secrets_settle(struct br_secrets *secrets); /* once all are added */
const struct br_secret *br_secrets_find(const struct br_secrets *secrets,
					enum br_secret_kind kind, const uint8_t *was,
					size_t len);
void br_secrets_swap(const struct br_secrets *secrets, uint8_t *octets, size_t len);
/* All of it, whether it is in the dictionary or too long for that. */
void br_secrets_mask(const struct br_secrets *secrets, enum br_secret_kind kind,
		     uint8_t *octets, size_t len);

/* scrub_find.c: what gives itself away by its shape, in any value of octets */
void br_scrub_learn_text(struct br_secrets *secrets, uint8_t *octets, size_t len);
/* Adds a host name, and its first label. */
void br_scrub_learn_host(struct br_secrets *secrets, const uint8_t *name, size_t len);
/* Six octets, or text that spells them: true if it was an address. */
bool br_scrub_learn_mac(struct br_secrets *secrets, const uint8_t *octets, size_t len);
/* Takes "192.0.2.7" at i of a lens; returns how many characters it is, 0 if it is none. */
size_t br_scrub_take_address(const struct br_lens *lens, size_t i, uint8_t address[4]);
/* Twelve hex digits, with or without separators. */
size_t br_scrub_take_mac(const struct br_lens *lens, size_t i, uint8_t mac[6]);
/* True for addresses that tell nothing of a site: masks, loopback, multicast. */
bool br_scrub_harmless(const uint8_t address[4]);

#endif
