/*
 * names_test.c - the standards' words, spot-checked at the ends of every table.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include "check.h"

#include <stddef.h>

typedef const char *(*name_fn)(int32_t);

static const struct {
	const char *what;
	name_fn name;
	int32_t number;
	const char *want; /* NULL: no name */
} cases[] = {
	{"supply type", br_name_supply_type, 1, "other"},
	{"supply type", br_name_supply_type, 3, "toner"},
	{"supply type", br_name_supply_type, 21, "toner-cartridge"},
	{"supply type", br_name_supply_type, 34, "covers"},
	{"supply type", br_name_supply_type, 36, "matte-ink"},
	{"supply type", br_name_supply_type, 37, NULL},
	{"supply type", br_name_supply_type, 0, NULL},
	{"supply type", br_name_supply_type, -1, NULL},
	{"supply type", br_name_supply_type, INT32_MIN, NULL},
	{"supply type", br_name_supply_type, INT32_MAX, NULL},
	{"supply unit", br_name_supply_unit, 7, "impressions"},
	{"supply unit", br_name_supply_unit, 13, "tenths-of-grams"},
	{"supply unit", br_name_supply_unit, 19, "percent"},
	{"supply unit", br_name_supply_unit, 9, NULL},
	{"capacity unit", br_name_capacity_unit, 8, "sheets"},
	{"capacity unit", br_name_capacity_unit, 7, NULL},
	{"counter unit", br_name_counter_unit, 9, "dot-row"},
	{"counter unit", br_name_counter_unit, 17, "meters"},
	{"input type", br_name_input_type, 3, "sheet-feed-auto-removable-tray"},
	{"input type", br_name_input_type, 8, "sheet-feed-pull"},
	{"output type", br_name_output_type, 6, "mail-box"},
	{"cover", br_name_cover_status, 3, "cover-open"},
	{"cover", br_name_cover_status, 6, "interlock-closed"},
	{"code", br_name_alert_code, 1, "other"},
	{"code", br_name_alert_code, 8, "jam"},
	{"code", br_name_alert_code, 38, "subunit-thermistor-failure"},
	{"code", br_name_alert_code, 39, NULL},
	{"code", br_name_alert_code, 0, NULL},
	{"code", br_name_alert_code, 501, "door-open"},
	{"code", br_name_alert_code, 801, "input-media-tray-missing"},
	{"code", br_name_alert_code, 813, "input-cannot-feed-size-selected"},
	{"code", br_name_alert_code, 904, "output-mailbox-select-failure"},
	{"code", br_name_alert_code, 1005, "marker-adjusting-print-quality"},
	{"code", br_name_alert_code, 1104, "marker-toner-almost-empty"},
	{"code", br_name_alert_code, 1115, "marker-toner-cartridge-missing"},
	{"code", br_name_alert_code, 1304, "media-path-cannot-duplex-media-selected"},
	{"code", br_name_alert_code, 1508, NULL},
	{"code", br_name_alert_code, 1509, "interpreter-complex-page-encountered"},
	{"code", br_name_alert_code, 1801, "alert-removal-of-binary-change-entry"},
	{"code", br_name_alert_code, 2000, NULL},
	{"code", br_name_alert_code, 30203, "stapler-cover-open"},
	{"code", br_name_alert_code, 30238, "stapler-thermistor-failure"},
	{"code", br_name_alert_code, 30239, NULL},
	{"code", br_name_alert_code, 30202, NULL},
	{"code", br_name_alert_code, 30103, NULL},
	{"code", br_name_alert_code, 30413, "folder-empty"},
	{"code", br_name_alert_code, 31108, "separation-cutter-jam"},
	{"code", br_name_alert_code, 31838, "inserter-thermistor-failure"},
	{"code", br_name_alert_code, 31903, NULL},
	{"code", br_name_alert_code, INT32_MIN, NULL},
	{"code", br_name_alert_code, INT32_MAX, NULL},
	{"group", br_name_alert_group, 11, "marker-supplies"},
	{"group", br_name_alert_group, 18, "alert"},
	{"group", br_name_alert_group, 19, NULL},
	{"group", br_name_alert_group, 30, "fin-device"},
	{"severity", br_name_alert_severity, 3, "critical"},
	{"severity", br_name_alert_severity, 5, "warning-binary-change-event"},
	{"severity", br_name_alert_severity, 2, NULL},
	{"training", br_name_alert_training, 5, "field-service"},
	{"training", br_name_alert_training, 7, "no-intervention-required"},
	{"console", br_name_console_color, 5, "green"},
	{"console", br_name_console_color, 10, "orange"},
	{"language", br_name_interpreter, 3, "PCL"},
	{"language", br_name_interpreter, 6, "PS"},
	{"language", br_name_interpreter, 47, "PCLXL"},
	{"language", br_name_interpreter, 54, "PDF"},
	{"language", br_name_interpreter, 70, "PPML"},
	{"language", br_name_interpreter, 85, "AppleRaster"},
	{"language", br_name_interpreter, 86, NULL},
	{"technology", br_name_marker_technology, 4, "electrophotographic-laser"},
	{"technology", br_name_marker_technology, 27, "typesetter"},
	{"reason", br_reason_of_alert_code, 1104, "toner-low"},
	{"reason", br_reason_of_alert_code, 1101, "toner-empty"},
	{"reason", br_reason_of_alert_code, 1105, "marker-supply-low"},
	{"reason", br_reason_of_alert_code, 1107, "marker-waste-almost-full"},
	{"reason", br_reason_of_alert_code, 807, "media-low"},
	{"reason", br_reason_of_alert_code, 808, "media-empty"},
	{"reason", br_reason_of_alert_code, 801, "input-tray-missing"},
	{"reason", br_reason_of_alert_code, 903, "output-area-full"},
	{"reason", br_reason_of_alert_code, 8, "media-jam"},
	{"reason", br_reason_of_alert_code, 3, "cover-open"},
	{"reason: an event has none", br_reason_of_alert_code, 4, NULL},
	{"reason: an event has none", br_reason_of_alert_code, 503, NULL},
	{"reason", br_reason_of_alert_code, 30208, "stapler-jam"},
	{"reason: an event has none", br_reason_of_alert_code, 30225, NULL},
	{"reason", br_reason_of_alert_code, 39, NULL},
	{"reason", br_reason_of_alert_code, -1, NULL},
};

TEST(numbers_have_their_standard_words)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check_case(cases[i].want != NULL ? cases[i].want : cases[i].what);
		const char *got = cases[i].name(cases[i].number);
		if (cases[i].want == NULL || got == NULL)
			CHECK(got == cases[i].want);
		else
			CHECK_STR(got, cases[i].want);
	}
}

TEST(every_assigned_code_is_found)
{
	static const struct {
		int32_t first, last;
	} ranges[] = {{1, 38},      {501, 507},   {801, 813},   {901, 904},   {1001, 1005},
		      {1101, 1115}, {1301, 1304}, {1501, 1507}, {1509, 1509}, {1801, 1801}};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		for (int32_t code = ranges[i].first; code <= ranges[i].last; code++)
			CHECK(br_name_alert_code(code) != NULL);
		CHECK(br_name_alert_code(ranges[i].last + 1) == NULL || ranges[i].last == 1507);
	}
}

TEST(every_error_bit_has_a_name_and_a_reason)
{
	for (int i = 0; i < BR_ERR_BITS; i++) {
		CHECK(br_name_error_bit((enum br_error_bit)i) != NULL);
		CHECK(br_reason_of_error_bit((enum br_error_bit)i) != NULL);
	}
	CHECK_STR(br_name_error_bit(BR_ERR_LOW_TONER), "low-toner");
	CHECK_STR(br_reason_of_error_bit(BR_ERR_LOW_TONER), "toner-low");
	CHECK_STR(br_reason_of_error_bit(BR_ERR_OUTPUT_NEAR_FULL), "output-area-almost-full");
	CHECK(br_name_error_bit(BR_ERR_BITS) == NULL);
	CHECK(br_reason_of_error_bit(BR_ERR_BITS) == NULL);
}

TEST(our_own_enumerations_have_words)
{
	CHECK_STR(br_name_state(BR_STATE_UNKNOWN), "unknown");
	CHECK_STR(br_name_state(BR_STATE_STOPPED), "stopped");
	CHECK(br_name_device(BR_DEVICE_ABSENT) == NULL);
	CHECK_STR(br_name_device(BR_DEVICE_DOWN), "down");
	CHECK_STR(br_name_severity(BR_SEVERITY_CRITICAL), "critical");
	CHECK_STR(br_name_level_kind(BR_LEVEL_SOME), "some");
	CHECK_STR(br_name_supply_state(BR_SUPPLY_MISSING), "missing");
	CHECK_STR(br_name_role(BR_ROLE_FILLED), "filled");
	CHECK_STR(br_name_tray_state(BR_TRAY_PROBLEM), "problem");
	CHECK_STR(br_name_cover_state(BR_COVER_OTHER), "other");
	CHECK_STR(br_name_lit(BR_LIT_BLINKING), "blinking");
	CHECK_STR(br_name_source(BR_SOURCE_RECORDING), "recording");
	CHECK_STR(br_name_colorant(BR_COLORANT_YELLOW), "yellow");
	CHECK(br_name_colorant(BR_COLORANT_NONE) == NULL);
}

TEST(colorants_are_what_is_bought_as_refill)
{
	CHECK(br_supply_type_is_colorant(3));
	CHECK(br_supply_type_is_colorant(6));
	CHECK(br_supply_type_is_colorant(21));
	CHECK(!br_supply_type_is_colorant(4));
	CHECK(!br_supply_type_is_colorant(9));
	CHECK(!br_supply_type_is_colorant(0));
}
