/*
 * status.c - one place where a failure gets its sentence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

enum br_status br_fail(struct br_error *err, enum br_status status, const char *format, ...)
{
	if (err) {
		va_list args;

		va_start(args, format);
		vsnprintf(err->text, sizeof err->text, format, args);
		va_end(args);
	}
	return status;
}

const char *br_status_name(enum br_status status)
{
	switch (status) {
	case BR_OK:
		return "no failure";
	case BR_E_MEMORY:
		return "out of memory";
	case BR_E_LIMIT:
		return "over a limit";
	case BR_E_SYNTAX:
		return "does not parse";
	case BR_E_MALFORMED:
		return "malformed answer";
	case BR_E_FILE:
		return "file not usable";
	case BR_E_NAME:
		return "name does not resolve";
	case BR_E_NETWORK:
		return "network failure";
	case BR_E_TIMEOUT:
		return "no answer in time";
	case BR_E_AUTH:
		return "not authorised";
	case BR_E_REFUSED:
		return "refused by the printer";
	case BR_E_UNSUPPORTED:
		return "not supported";
	case BR_E_ABSENT:
		return "not there";
	case BR_E_UNREACHABLE:
		return "host unreachable";
	}
	return "unknown status";
}
