/*
 * alarm.h - the end of a run, whatever hangs: one line on stdout, and out.
 *
 * The answer is written beforehand; when time is up the handler puts into it what the run was
 * doing (plugin_stage) and ends the process, with nothing but write and _exit.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_NAGIOS_CHECKS_ALARM_H
#define BR_NAGIOS_CHECKS_ALARM_H

#include "source.h"

/* From now on: settings->timeout_ms, in real time. The line of passive results is UNKNOWN, and
 * on stderr: on stdout it would be taken for a result. */
void plugin_alarm_set(const struct plugin_check *check, const struct plugin_settings *settings);

/* The real answer is about to be written: an alarm that comes now ends the run without a word
 * of its own, with that answer's code. */
void plugin_alarm_yield(int code);

#endif
