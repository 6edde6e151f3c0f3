/*
 * diagnosis.h - what -vvv says below the answer: every datagram, and what was odd about the
 * reading.
 *
 * For a person who looks for a fault, so lines without a contract. Secrets are not among them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_DIAGNOSIS_H
#define BR_NAGIOS_CHECKS_DIAGNOSIS_H

#include "answer.h"

void plugin_diagnose_datagram(struct plugin_answer *answer, int64_t after_ms, bool out,
			      const uint8_t *data, size_t len);
void plugin_diagnose_reading(struct plugin_answer *answer, const struct br_reading *reading);
void plugin_diagnose(struct plugin_answer *answer, const char *format, ...) BR_FORMAT(2, 3);

#endif
