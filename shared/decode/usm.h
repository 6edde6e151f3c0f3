/*
 * usm.h - the envelope of an SNMPv3 message: header, USM parameters, scoped PDU.
 *
 * Structure only, by RFC 3412 and 3414: nothing here knows a key, a digest or a cipher, and
 * nothing that is read has been proved to be authentic.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_DECODE_USM_H
#define BR_DECODE_USM_H

#include "decode/pdu.h"

#define BR_USM_ENGINE_MAX 32
#define BR_USM_SALT_LEN   8
#define BR_USM_MODEL      3

enum br_usm_flag {
	BR_USM_AUTH = 0x01,
	BR_USM_PRIV = 0x02,
	BR_USM_REPORTABLE = 0x04,
};

/* One message. The data of every br_tlv is lent: by the datagram, or by who writes. */
struct br_usm {
	int32_t id, max_size;
	uint8_t flags;
	int32_t boots, time;
	struct br_tlv engine, user;
	struct br_tlv mac;  /* msgAuthenticationParameters; to write: only its length counts */
	struct br_tlv salt; /* msgPrivacyParameters */
	struct br_tlv data; /* read: scoped PDU with its header, or the ciphertext of it */
	size_t whole_len;   /* read: octets of the message, what lies behind it not counted */
};

/* A scoped PDU, readable or deciphered. */
struct br_scoped {
	struct br_tlv engine, context;
	struct br_ber pdu;
};

/*
 * Reads the envelope. False for what is no v3 message with USM, for privacy without
 * authentication, and for numbers and lengths outside what RFC 3412 and 3414 allow.
 */
bool br_usm_read(const uint8_t *datagram, size_t len, struct br_usm *usm);

/* Reads a scoped PDU; what follows it (padding of a block cipher) is not looked at. */
bool br_scoped_read(const uint8_t *data, size_t len, struct br_scoped *scoped);

/* Writes a scoped PDU; engine is that of the context. */
void br_scoped_write(struct br_ber_out *out, const struct br_tlv *engine,
		     struct br_view context, const struct br_question *question);

/*
 * Puts the envelope before what was written since end_of_data, which must be the scoped PDU or
 * its OCTET STRING. Returns where mac.len zeros wait for the MAC, NULL if the buffer was too
 * small.
 */
uint8_t *br_usm_write(struct br_ber_out *out, const struct br_usm *usm,
		      const uint8_t *end_of_data);

#endif
