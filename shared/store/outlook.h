/*
 * outlook.h - what the history in the store lets one expect of one printer.
 *
 * Gathers the series that a forecast needs, so that every front end that tells of days left
 * tells the same. docs/FORECAST.md has the method.
 *
 *	if (br_outlook_open(&outlook, reader, printer->id, now, &err) == BR_OK &&
 *	    br_outlook_forecast(outlook, "toner-black", &forecast, NULL, &err) == BR_OK &&
 *	    forecast.why == BR_FORECAST_GIVEN)
 *		… forecast.days.middle …
 *	br_outlook_close(outlook);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_STORE_OUTLOOK_H
#define BR_STORE_OUTLOOK_H

#include "store/forecast.h"
#include "store/reader.h"

/* Over so many days are the pages a day. */
#define BR_OUTLOOK_DAYS 14

struct br_outlook;

/*
 * Of the printer with this number in the store. The reader is lent until it is closed; what is
 * known of the printer is read when it is asked for. now: wall seconds, nothing later counts.
 * After a failure *outlook is NULL; closing NULL is allowed.
 */
enum br_status br_outlook_open(struct br_outlook **outlook, struct br_reader *reader,
			       int64_t printer, int64_t now,
			       struct br_error *err) BR_MUST_CHECK;
void br_outlook_close(struct br_outlook *outlook);

/* Whose level has a history, by id: supplies, and trays too, one after the other; NULL at the
 * end. Lent until it is closed. */
const char *br_outlook_level_of(const struct br_outlook *outlook, size_t i);

/*
 * How long a supply lasts, or in forecast->why the reason why nobody can say. level, which may
 * be NULL, is the last percentage that the history knows. BR_E_ABSENT: it has no history, since
 * its level was never measured. After any failure the forecast is BR_FORECAST_FEW.
 */
enum br_status br_outlook_forecast(struct br_outlook *outlook, const char *supply,
				   struct br_forecast *forecast, struct br_number *level,
				   struct br_error *err) BR_MUST_CHECK;

/*
 * Pages on an average day of the last BR_OUTLOOK_DAYS, in tenths of a page, of the counter that
 * the forecast takes. Only time between two values counts; where the counter did not go on
 * (br_reader_breaks) neither its leap nor that time does. BR_E_ABSENT: there is no counter, or
 * less than a day of it is known.
 */
enum br_status br_outlook_per_day(struct br_outlook *outlook, int64_t *tenths,
				  struct br_error *err) BR_MUST_CHECK;

#endif
