/*
 * v3_inside.h - what the files of SNMPv3 tell each other; for nobody else.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TALK_V3_INSIDE_H
#define BR_TALK_V3_INSIDE_H

#include "talk/v3.h"

/* Octets of a MAC on the wire: 12, 12, 16, 24, 32, 48; 0 without authentication. */
size_t br_v3_mac_len(enum br_v3_auth auth);

/* Localises the user's keys to v3->engine, and lengthens the one for privacy as its name says.
 */
bool br_v3_localise(struct br_v3 *v3);

/* MAC of a whole message whose own MAC field is zero. */
bool br_v3_mac(const struct br_v3 *v3, const uint8_t *message, size_t len, uint8_t *mac);

/* Takes the next salt. False if there is no random start to be had. */
bool br_v3_next_salt(struct br_v3 *v3, uint8_t salt[BR_USM_SALT_LEN]);

/* Deciphers or enciphers in place; boots, time and salt are those of the message. */
bool br_v3_cipher(const struct br_v3 *v3, bool encrypt, const struct br_usm *usm, uint8_t *data,
		  size_t len);

/* What a report complains of, by the counter it shows. */
enum br_v3_why br_v3_report_why(const struct br_answer *report);

/* Notes why, writes its sentence, awaits nothing more. Always BR_V3_FAILED. */
enum br_v3_verdict br_v3_fail(struct br_v3 *v3, enum br_v3_why why, struct br_error *err);

#endif
