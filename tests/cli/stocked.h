/*
 * stocked.h - a store in which a small fleet has 120 days of history, all of it invented.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_TESTS_CLI_STOCKED_H
#define BR_TESTS_CLI_STOCKED_H

#include "tests/store/sample.h"

#define STOCKED_NOW_TEXT "1795280400" /* 2026-11-21 */
#define STOCKED_NOW      INT64_C(1795280400)

/*
 * Fills a new store, and closes it:
 *   192.0.2.10 office   black used up and changed twice, cyan in steps of 10, a counter reset,
 *                       a toner-low alert, another room
 *   192.0.2.11          silent for three days; its host name has all that a terminal obeys
 *   192.0.2.12 archive  hardly used, nothing measured; the last slot was missed, and the
 *                       configuration calls it "Archive, 2nd floor"
 *   192.0.2.13          never answered; "Cellar" in the configuration
 * For two days nobody asked any of them. Skips the test where the store was left out of the
 * build.
 */
void stocked_init(struct sample *sample);

#endif
