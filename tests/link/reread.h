/*
 * reread.h - reads a recording as `brayer read` would, and says it as text that two readings
 * may be compared by.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_REREAD_H
#define BR_TESTS_REREAD_H

#include "brayer.h"

/* A path in tests/recordings/ for each, in order; free with reread_forget(). */
char **reread_recordings(size_t *n);
void reread_forget(char **paths, size_t n);

/* The snmprec text of a recording. Clear the buffer. */
void reread_text(const struct br_recording *recording, struct br_buf *text);

/*
 * Writes text to a file of its own, reads that as a target and appends each reading as JSON,
 * without target, time and questions; with anonymous also without what says whose printer it
 * is.
 */
bool reread(struct br_view text, struct br_makers *makers, bool anonymous, struct br_buf *json);

#endif
