/*
 * names.c - the standard enumerations as words: RFC 3805, IANA-PRINTER-MIB (2016), RFC 2790.
 *
 * A word is the MIB's label in kebab case. The tables are indexed by the number itself; a
 * number that was never assigned has no row and so no name. Alerts are in names_alert.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "model/names.h"

#include <stddef.h>

/* clang-format off */
static const char *const supply_types[] = { /* PrtMarkerSuppliesTypeTC */
	[1] = "other", [2] = "unknown", [3] = "toner", [4] = "waste-toner", [5] = "ink",
	[6] = "ink-cartridge", [7] = "ink-ribbon", [8] = "waste-ink", [9] = "opc",
	[10] = "developer", [11] = "fuser-oil", [12] = "solid-wax", [13] = "ribbon-wax",
	[14] = "waste-wax", [15] = "fuser", [16] = "corona-wire", [17] = "fuser-oil-wick",
	[18] = "cleaner-unit", [19] = "fuser-cleaning-pad", [20] = "transfer-unit",
	[21] = "toner-cartridge", [22] = "fuser-oiler", [23] = "water", [24] = "waste-water",
	[25] = "glue-water-additive", [26] = "waste-paper", [27] = "binding-supply",
	[28] = "banding-supply", [29] = "stitching-wire", [30] = "shrink-wrap",
	[31] = "paper-wrap", [32] = "staples", [33] = "inserts", [34] = "covers",
	[35] = "matte-toner", [36] = "matte-ink",
};

/* The three unit enumerations share their numbers; each knows a part of them. */
static const char *const supply_units[] = { /* PrtMarkerSuppliesSupplyUnitTC */
	[1] = "other", [2] = "unknown", [3] = "ten-thousandths-of-inches", [4] = "micrometers",
	[7] = "impressions", [8] = "sheets", [11] = "hours", [12] = "thousandths-of-ounces",
	[13] = "tenths-of-grams", [14] = "hundredths-of-fluid-ounces",
	[15] = "tenths-of-milliliters", [16] = "feet", [17] = "meters", [18] = "items",
	[19] = "percent",
};

static const char *const capacity_units[] = { /* PrtCapacityUnitTC */
	[1] = "other", [2] = "unknown", [3] = "ten-thousandths-of-inches", [4] = "micrometers",
	[8] = "sheets", [16] = "feet", [17] = "meters", [18] = "items", [19] = "percent",
};

static const char *const counter_units[] = { /* PrtMarkerCounterUnitTC */
	[1] = "other", [2] = "unknown", [3] = "ten-thousandths-of-inches", [4] = "micrometers",
	[5] = "characters", [6] = "lines", [7] = "impressions", [8] = "sheets", [9] = "dot-row",
	[11] = "hours", [16] = "feet", [17] = "meters",
};

static const char *const input_types[] = { /* PrtInputTypeTC */
	[1] = "other", [2] = "unknown", [3] = "sheet-feed-auto-removable-tray",
	[4] = "sheet-feed-auto-non-removable-tray", [5] = "sheet-feed-manual",
	[6] = "continuous-roll", [7] = "continuous-fan-fold", [8] = "sheet-feed-pull",
};

static const char *const output_types[] = { /* PrtOutputTypeTC */
	[1] = "other", [2] = "unknown", [3] = "removable-bin", [4] = "unremovable-bin",
	[5] = "continuous-roll-device", [6] = "mail-box", [7] = "continuous-fan-fold",
};

static const char *const cover_statuses[] = { /* PrtCoverStatusTC */
	[1] = "other", [2] = "unknown", [3] = "cover-open", [4] = "cover-closed",
	[5] = "interlock-open", [6] = "interlock-closed",
};

static const char *const console_colors[] = { /* PrtConsoleColorTC */
	[1] = "other", [2] = "unknown", [3] = "white", [4] = "red", [5] = "green", [6] = "blue",
	[7] = "cyan", [8] = "magenta", [9] = "yellow", [10] = "orange",
};

static const char *const interpreters[] = { /* PrtInterpreterLangFamilyTC, spelt as there */
	[1] = "other", [2] = "unknown", [3] = "PCL", [4] = "HPGL", [5] = "PJL", [6] = "PS",
	[7] = "IPDS", [8] = "PPDS", [9] = "EscapeP", [10] = "Epson", [11] = "DDIF",
	[12] = "Interpress", [13] = "ISO6429", [14] = "LineData", [15] = "MODCA", [16] = "REGIS",
	[17] = "SCS", [18] = "SPDL", [19] = "TEK4014", [20] = "PDS", [21] = "IGP",
	[22] = "CodeV", [23] = "DSCDSE", [24] = "WPS", [25] = "LN03", [26] = "CCITT",
	[27] = "QUIC", [28] = "CPAP", [29] = "DecPPL", [30] = "SimpleText", [31] = "NPAP",
	[32] = "DOC", [33] = "imPress", [34] = "Pinwriter", [35] = "NPDL", [36] = "NEC201PL",
	[37] = "Automatic", [38] = "Pages", [39] = "LIPS", [40] = "TIFF", [41] = "Diagnostic",
	[42] = "PSPrinter", [43] = "CaPSL", [44] = "EXCL", [45] = "LCDS", [46] = "XES",
	[47] = "PCLXL", [48] = "ART", [49] = "TIPSI", [50] = "Prescribe", [51] = "LinePrinter",
	[52] = "IDP", [53] = "XJCL", [54] = "PDF", [55] = "RPDL", [56] = "IntermecIPL",
	[57] = "UBIFingerprint", [58] = "UBIDirectProtocol", [59] = "Fujitsu", [60] = "CGM",
	[61] = "JPEG", [62] = "CALS1", [63] = "CALS2", [64] = "NIRS", [65] = "C4", [66] = "XPS",
	[67] = "OpenXPS", [68] = "JDF", [69] = "JMF", [70] = "PPML", [71] = "XHTMLPrint",
	[72] = "PDFis", [73] = "PDF13", [74] = "PDF14", [75] = "PDF15", [76] = "PDF16",
	[77] = "PDF17", [78] = "PS2", [79] = "PS3", [80] = "PCL3", [81] = "PCL3GUI",
	[82] = "PCL5e", [83] = "PCL5c", [84] = "PWGRaster", [85] = "AppleRaster",
};

static const char *const marker_technologies[] = { /* PrtMarkerMarkTechTC */
	[1] = "other", [2] = "unknown", [3] = "electrophotographic-led",
	[4] = "electrophotographic-laser", [5] = "electrophotographic-other",
	[6] = "impact-moving-head-dot-matrix-9pin", [7] = "impact-moving-head-dot-matrix-24pin",
	[8] = "impact-moving-head-dot-matrix-other", [9] = "impact-moving-head-fully-formed",
	[10] = "impact-band", [11] = "impact-other", [12] = "inkjet-aqueous",
	[13] = "inkjet-solid", [14] = "inkjet-other", [15] = "pen", [16] = "thermal-transfer",
	[17] = "thermal-sensitive", [18] = "thermal-diffusion", [19] = "thermal-other",
	[20] = "electroerosion", [21] = "electrostatic", [22] = "photographic-microfiche",
	[23] = "photographic-imagesetter", [24] = "photographic-other", [25] = "ion-deposition",
	[26] = "e-beam", [27] = "typesetter",
};

static const char *const error_bits[] = { /* hrPrinterDetectedErrorState */
	[BR_ERR_LOW_PAPER] = "low-paper", [BR_ERR_NO_PAPER] = "no-paper",
	[BR_ERR_LOW_TONER] = "low-toner", [BR_ERR_NO_TONER] = "no-toner",
	[BR_ERR_DOOR_OPEN] = "door-open", [BR_ERR_JAMMED] = "jammed",
	[BR_ERR_OFFLINE] = "offline", [BR_ERR_SERVICE_REQUESTED] = "service-requested",
	[BR_ERR_INPUT_TRAY_MISSING] = "input-tray-missing",
	[BR_ERR_OUTPUT_TRAY_MISSING] = "output-tray-missing",
	[BR_ERR_MARKER_SUPPLY_MISSING] = "marker-supply-missing",
	[BR_ERR_OUTPUT_NEAR_FULL] = "output-near-full", [BR_ERR_OUTPUT_FULL] = "output-full",
	[BR_ERR_INPUT_TRAY_EMPTY] = "input-tray-empty",
	[BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE] = "overdue-prevent-maint",
};

static const char *const states[] = {
	[BR_STATE_UNKNOWN] = "unknown", [BR_STATE_OTHER] = "other", [BR_STATE_IDLE] = "idle",
	[BR_STATE_PRINTING] = "printing", [BR_STATE_WARMUP] = "warmup",
	[BR_STATE_STOPPED] = "stopped",
};

static const char *const devices[] = { /* absent has no word: the member is left out */
	[BR_DEVICE_UNKNOWN] = "unknown", [BR_DEVICE_RUNNING] = "running",
	[BR_DEVICE_WARNING] = "warning", [BR_DEVICE_TESTING] = "testing",
	[BR_DEVICE_DOWN] = "down",
};

static const char *const severities[] = {
	[BR_SEVERITY_UNKNOWN] = "unknown", [BR_SEVERITY_OK] = "ok",
	[BR_SEVERITY_WARNING] = "warning", [BR_SEVERITY_CRITICAL] = "critical",
};

static const char *const level_kinds[] = {
	[BR_LEVEL_UNKNOWN] = "unknown", [BR_LEVEL_MEASURED] = "measured",
	[BR_LEVEL_SOME] = "some", [BR_LEVEL_UNLIMITED] = "unlimited",
};

static const char *const supply_states[] = {
	[BR_SUPPLY_UNKNOWN] = "unknown", [BR_SUPPLY_OK] = "ok", [BR_SUPPLY_LOW] = "low",
	[BR_SUPPLY_EMPTY] = "empty", [BR_SUPPLY_MISSING] = "missing",
};

static const char *const roles[] = {
	[BR_ROLE_UNKNOWN] = "unknown", [BR_ROLE_CONSUMED] = "consumed", [BR_ROLE_FILLED] = "filled",
};

static const char *const tray_states[] = {
	[BR_TRAY_UNKNOWN] = "unknown", [BR_TRAY_OK] = "ok", [BR_TRAY_LOW] = "low",
	[BR_TRAY_EMPTY] = "empty", [BR_TRAY_MISSING] = "missing", [BR_TRAY_OPEN] = "open",
	[BR_TRAY_FULL] = "full", [BR_TRAY_PROBLEM] = "problem",
};

static const char *const cover_states[] = {
	[BR_COVER_UNKNOWN] = "unknown", [BR_COVER_OPEN] = "open", [BR_COVER_CLOSED] = "closed",
	[BR_COVER_OTHER] = "other",
};

static const char *const lits[] = {
	[BR_LIT_UNKNOWN] = "unknown", [BR_LIT_OFF] = "off", [BR_LIT_ON] = "on",
	[BR_LIT_BLINKING] = "blinking",
};

static const char *const sources[] = {
	[BR_SOURCE_SNMP] = "snmp", [BR_SOURCE_PJL] = "pjl", [BR_SOURCE_HTTP] = "http",
	[BR_SOURCE_IPP] = "ipp", [BR_SOURCE_RECORDING] = "recording",
};

static const char *const colorants[] = { /* none has no word */
	[BR_COLORANT_BLACK] = "black", [BR_COLORANT_CYAN] = "cyan",
	[BR_COLORANT_MAGENTA] = "magenta", [BR_COLORANT_YELLOW] = "yellow",
};
/* clang-format on */

static const char *pick(const char *const *table, size_t count, int64_t number)
{
	return number >= 0 && (uint64_t)number < count ? table[number] : NULL;
}

#define NAME(function, argument, table)                                                  \
	const char *function(argument number)                                            \
	{                                                                                \
		return pick(table, sizeof(table) / sizeof((table)[0]), (int64_t)number); \
	}

NAME(br_name_supply_type, int32_t, supply_types)
NAME(br_name_supply_unit, int32_t, supply_units)
NAME(br_name_capacity_unit, int32_t, capacity_units)
NAME(br_name_counter_unit, int32_t, counter_units)
NAME(br_name_input_type, int32_t, input_types)
NAME(br_name_output_type, int32_t, output_types)
NAME(br_name_cover_status, int32_t, cover_statuses)
NAME(br_name_console_color, int32_t, console_colors)
NAME(br_name_interpreter, int32_t, interpreters)
NAME(br_name_marker_technology, int32_t, marker_technologies)
NAME(br_name_error_bit, enum br_error_bit, error_bits)
NAME(br_name_state, enum br_state, states)
NAME(br_name_device, enum br_device_state, devices)
NAME(br_name_severity, enum br_severity, severities)
NAME(br_name_level_kind, enum br_level_kind, level_kinds)
NAME(br_name_supply_state, enum br_supply_state, supply_states)
NAME(br_name_role, enum br_role, roles)
NAME(br_name_tray_state, enum br_tray_state, tray_states)
NAME(br_name_cover_state, enum br_cover_state, cover_states)
NAME(br_name_lit, enum br_lit, lits)
NAME(br_name_source, enum br_source, sources)
NAME(br_name_colorant, enum br_colorant, colorants)

bool br_supply_type_is_colorant(int32_t type)
{
	switch (type) {
	case 3:  /* toner */
	case 5:  /* ink */
	case 6:  /* ink-cartridge */
	case 7:  /* ink-ribbon */
	case 12: /* solid-wax */
	case 13: /* ribbon-wax */
	case 21: /* toner-cartridge */
	case 35: /* matte-toner */
	case 36: /* matte-ink */
		return true;
	default: /* every other number, assigned or not */
		return false;
	}
}
