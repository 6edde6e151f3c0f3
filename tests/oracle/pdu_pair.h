/*
 * pdu_pair.h - one message, read by us and by net-snmp; one question of ours, read by net-snmp.
 *
 * The two must say the same, but for these rules, which tests/oracle/pdu_oracle_test.c shows
 * one by one and the fuzzer checks: a difference that is none of them is a finding.
 *
 * We are stricter:
 *
 * - community: it must be an OCTET STRING; net-snmp takes IpAddress, Opaque and NSAP too.
 * - int32: version, ids and errors beyond 32 bits are refused; net-snmp cuts them.
 * - trap: the PDU of a v1 trap has another shape and is not ours to read.
 *
 * We are laxer, because printers are sloppy and we look at what we use only:
 *
 * - community: of any length; of net-snmp up to 256 octets.
 * - length: of any number of octets with zeros in front; of net-snmp up to 8.
 * - type: any type of PDU; net-snmp has a list.
 * - value: its type and what it holds are not looked at before it is used.
 * - name: nor is what a name holds, which is for br_oid_from_ber() to judge; and one of 128
 *   octets has up to 129 arcs, of net-snmp's 128.
 * - int32: nine octets, the first zero.
 * - rest: octets behind the value in a varbind are passed over; net-snmp reads them as the next
 *   varbind.
 *
 * And of numbers: a Counter32, Gauge32 or TimeTicks of one to three octets with its high bit
 * set is what stands there; net-snmp takes it for negative.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_PDU_PAIR_H
#define BR_TESTS_PDU_PAIR_H

#include "decode/pdu.h"

enum pair_verdict {
	PAIR_SAME,     /* both took it, and it says the same */
	PAIR_NEITHER,  /* both refused it */
	PAIR_STRICTER, /* net-snmp alone took it, by a rule above */
	PAIR_LAXER,    /* we alone took it, or took more, by a rule above */
	PAIR_FINDING,  /* by no rule */
};

/* why: which rule, or what differs. */
enum pair_verdict pair_read(const uint8_t *data, size_t len, const char **why);

/* NULL if net-snmp reads the question as it was meant, or it is too long for a message or for
 * the rule of names; else what differs. */
const char *pair_write(enum br_version version, struct br_view community,
		       const struct br_question *question);

#endif
