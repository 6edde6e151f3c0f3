/*
 * status.h - between the files of brayer status.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_CLI_STATUS_H
#define BR_CLI_STATUS_H

#include "stored.h"

/* One line, "brayer.status/1". reading NULL: it has none. */
void status_json(struct stored *stored, const struct stored_printer *printer,
		 const struct br_reading *reading);

#endif
