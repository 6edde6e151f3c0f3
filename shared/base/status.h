/*
 * status.h - how a function says that it could not.
 *
 * Zero is success. The status is for the caller's code, the text in br_error is for a
 * person: one sentence that says what was wrong and, where there is one, which file and line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BASE_STATUS_H
#define BR_BASE_STATUS_H

#define BR_MUST_CHECK            __attribute__((warn_unused_result))
#define BR_FORMAT(string, first) __attribute__((format(printf, string, first)))

enum br_status {
	BR_OK = 0,
	BR_E_MEMORY,      /* allocation failed */
	BR_E_LIMIT,       /* a ceiling was reached: too long, too many, too deep */
	BR_E_SYNTAX,      /* text that does not parse: a file, an option, a target */
	BR_E_MALFORMED,   /* bytes from the wire that do not parse */
	BR_E_FILE,        /* a file that cannot be opened, read or trusted */
	BR_E_NAME,        /* a host name that does not resolve */
	BR_E_NETWORK,     /* no socket, or the port is closed */
	BR_E_TIMEOUT,     /* nothing answered before the deadline */
	BR_E_AUTH,        /* v3: unknown user, wrong password, wrong level, clock */
	BR_E_REFUSED,     /* the printer answered that it will not */
	BR_E_UNSUPPORTED, /* left out of this build, or refused by design */
	BR_E_ABSENT,      /* asked for something that is not there */
	BR_E_UNREACHABLE, /* no way there, or a router says that nobody is there */
};

/* One sentence for a person. Never holds a secret. */
struct br_error {
	char text[320];
};

/* Writes the sentence (err may be NULL) and returns status, so that a failure is one line. */
enum br_status br_fail(struct br_error *err, enum br_status status, const char *format, ...)
	BR_FORMAT(3, 4);

/* A short English name of a status, for messages that have nothing better. */
const char *br_status_name(enum br_status status);

#endif
