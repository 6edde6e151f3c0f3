/*
 * check.h - what the file says well, and what yet cannot work, or not as it was meant.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_COLLECTOR_CHECK_H
#define BR_COLLECTOR_CHECK_H

#include "say.h"
#include "settings.h"

/* Says what nobody can have meant. False: the file names nothing to ask. */
bool collector_check_meant(const struct collector_settings *settings,
			   const struct collector_voice *voice);

/* Says which places are not there. False: it could not start with them. A place that is not
 * named is the unit's to make. */
bool collector_check_places(const struct collector_settings *settings,
			    const struct collector_voice *voice);

#endif
