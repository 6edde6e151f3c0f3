/*
 * reading.h - what one printer said at one moment.
 *
 * A plain value: no pointers, so it may be copied, kept and compared as bytes. Text stands
 * in an arena inside the reading and is named by its offset. Whatever was not said is
 * absent: a number that is not known, a text at offset zero, an enumeration that is zero.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_MODEL_READING_H
#define BR_MODEL_READING_H

#include "base/status.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BR_MAX_SUPPLIES  64
#define BR_MAX_TRAYS     32
#define BR_MAX_OUTPUTS   32
#define BR_MAX_COVERS    32
#define BR_MAX_ALERTS    64
#define BR_MAX_CONSOLE   16
#define BR_MAX_LIGHTS    16
#define BR_MAX_MEDIA     64
#define BR_MAX_LANGUAGES 32
#define BR_MAX_REASONS   32
#define BR_MAX_NOTES     24
#define BR_MAX_CARE      16
#define BR_MAX_HEARSAY   8
#define BR_LOW_PERCENT   10 /* a measured level at or below this reads low by itself */
#define BR_READING_TEXT  24576
#define BR_TEXT_RECENT   256 /* a power of two */
#define BR_ID_SIZE       48
#define BR_TARGET_SIZE   288

/* Offset into the arena; zero is absent. Read with br_text(). */
typedef uint16_t br_text_at;

struct br_number {
	bool known;
	int64_t value;
};

struct br_identity {
	br_text_at maker, model, serial, mac, hostname, firmware, location, contact, asset,
		description, object_id, device_id, uuid;
};

struct br_capabilities {
	enum br_yes { BR_YES_UNKNOWN = 0, BR_YES, BR_NO } color, duplex;
	size_t n_media, n_languages;
	br_text_at media[BR_MAX_MEDIA];         /* PWG self-describing names */
	br_text_at languages[BR_MAX_LANGUAGES]; /* "PCL", "PS", … standard names */
};

enum br_state {
	BR_STATE_UNKNOWN = 0,
	BR_STATE_OTHER,
	BR_STATE_IDLE,
	BR_STATE_PRINTING,
	BR_STATE_WARMUP,
	BR_STATE_STOPPED,
};

enum br_device_state { /* hrDeviceStatus */
		       BR_DEVICE_ABSENT = 0,
		       BR_DEVICE_UNKNOWN,
		       BR_DEVICE_RUNNING,
		       BR_DEVICE_WARNING,
		       BR_DEVICE_TESTING,
		       BR_DEVICE_DOWN,
};

enum br_severity {
	BR_SEVERITY_UNKNOWN = 0,
	BR_SEVERITY_OK,
	BR_SEVERITY_WARNING,
	BR_SEVERITY_CRITICAL
};

/* The bits of hrPrinterDetectedErrorState, first octet's high bit first. */
enum br_error_bit {
	BR_ERR_LOW_PAPER,
	BR_ERR_NO_PAPER,
	BR_ERR_LOW_TONER,
	BR_ERR_NO_TONER,
	BR_ERR_DOOR_OPEN,
	BR_ERR_JAMMED,
	BR_ERR_OFFLINE,
	BR_ERR_SERVICE_REQUESTED,
	BR_ERR_INPUT_TRAY_MISSING,
	BR_ERR_OUTPUT_TRAY_MISSING,
	BR_ERR_MARKER_SUPPLY_MISSING,
	BR_ERR_OUTPUT_NEAR_FULL,
	BR_ERR_OUTPUT_FULL,
	BR_ERR_INPUT_TRAY_EMPTY,
	BR_ERR_OVERDUE_PREVENTIVE_MAINTENANCE,
	BR_ERR_BITS,
};

struct br_light {
	br_text_at description, color; /* color: standard name, "green" */
	enum br_lit { BR_LIT_UNKNOWN = 0, BR_LIT_OFF, BR_LIT_ON, BR_LIT_BLINKING } lit;
};

struct br_status_part {
	enum br_state state;
	enum br_device_state device;
	enum br_severity severity;
	bool errors_known; /* the printer answered hrPrinterDetectedErrorState */
	uint32_t errors;   /* 1u << enum br_error_bit */
	size_t n_reasons, n_console, n_lights;
	br_text_at reasons[BR_MAX_REASONS]; /* IPP printer-state-reasons words, no duplicates */
	br_text_at console[BR_MAX_CONSOLE];
	struct br_light lights[BR_MAX_LIGHTS];
	struct br_number uptime;         /* seconds */
	struct br_number config_changes; /* prtGeneralConfigChanges */
};

enum br_level_kind {
	BR_LEVEL_UNKNOWN = 0, /* -2, or an answer that makes no sense */
	BR_LEVEL_MEASURED,    /* percent is valid */
	BR_LEVEL_SOME,        /* -3: not empty, and no more is known */
	BR_LEVEL_UNLIMITED,   /* -1: the printer sets no limit */
};

enum br_supply_state {
	BR_SUPPLY_UNKNOWN = 0,
	BR_SUPPLY_OK,
	BR_SUPPLY_LOW,
	BR_SUPPLY_EMPTY, /* of a filled one: full */
	BR_SUPPLY_MISSING,
};

enum br_role { BR_ROLE_UNKNOWN = 0, BR_ROLE_CONSUMED, BR_ROLE_FILLED };

struct br_supply {
	char id[BR_ID_SIZE]; /* see br_supplies_name() */
	int32_t index;       /* prtMarkerSuppliesIndex, or the maker's row */
	int32_t marker;      /* prtMarkerSuppliesMarkerIndex; 0: not said */
	int32_t type;        /* PrtMarkerSuppliesTypeTC as sent; 0: not said */
	int32_t unit;        /* PrtMarkerSuppliesSupplyUnitTC as sent; 0: not said */
	int32_t colorant_index;
	enum br_role role;
	br_text_at colorant, description, part, serial, origin;
	struct br_number capacity, level; /* raw, as sent */
	enum br_level_kind kind;
	uint8_t percent; /* remaining, or remaining room; valid only if kind is MEASURED */
	enum br_supply_state state;
	br_text_at witness;      /* who says so besides the level: "panel: Toner Low", "alert
				    marker-toner-almost-empty" */
	struct br_number status; /* raw code of the maker's own record */
	struct br_number
		shown; /* percent as the maker's panel shows it: often in steps of ten */
};

/* A supply is low, empty or missing, and which one was not said. */
struct br_hearsay {
	enum br_supply_state state;
	enum br_role role;            /* FILLED: a waste box; UNKNOWN: it may be either */
	br_text_at colorant, witness; /* colorant: standard name, where it was said */
	uint64_t meant; /* 1 << row of each supply that may be the one; 0: it has no row */
};

/* X-macro: every counter the reading knows. name is the JSON word. */
/* clang-format off */
#define BR_COUNTERS(X)                                                                        \
	X(TOTAL, total) X(MONO, mono) X(COLOR, color) X(DUPLEX, duplex)                       \
	X(SIMPLEX, simplex) X(PRINT_TOTAL, print_total) X(PRINT_MONO, print_mono)             \
	X(PRINT_COLOR, print_color) X(COPY_TOTAL, copy_total) X(COPY_MONO, copy_mono)         \
	X(COPY_COLOR, copy_color) X(FAX_TOTAL, fax_total) X(FAX_SENT, fax_sent)               \
	X(FAX_RECEIVED, fax_received) X(SCAN_TOTAL, scan_total) X(SCAN_MONO, scan_mono)       \
	X(SCAN_COLOR, scan_color) X(SCAN_COPY, scan_copy) X(SCAN_FAX, scan_fax)               \
	X(SCAN_SEND, scan_send) X(TWO_COLOR, two_color) X(SINGLE_COLOR, single_color)         \
	X(A3, a3) X(A4, a4) X(A5, a5) X(LETTER, letter) X(LEGAL, legal)                       \
	X(LEDGER, ledger) X(LARGE, large) X(SMALL, small) X(ENVELOPE, envelope)               \
	X(OTHER_SIZE, other_size) X(A3_MONO, a3_mono) X(A3_COLOR, a3_color)                   \
	X(A4_MONO, a4_mono) X(A4_COLOR, a4_color) X(LARGE_MONO, large_mono)                   \
	X(LARGE_COLOR, large_color) X(ADF, adf) X(FLATBED, flatbed) X(LISTS, lists)           \
	X(DEVELOPMENT, development) X(POWER_ON, power_on)                                     \
	X(POWER_ON_MINUTES, power_on_minutes) X(DRUM, drum) X(DRUM_BLACK, drum_black)         \
	X(DRUM_CYAN, drum_cyan) X(DRUM_MAGENTA, drum_magenta)                                 \
	X(DRUM_YELLOW, drum_yellow) X(BELT, belt) X(FUSER, fuser) X(JAMS, jams)               \
	X(LABELS, labels) X(CUTS, cuts) X(LENGTH_CM, length_cm)                               \
	X(LENGTH_INCH, length_inch) X(HEAD_INCH, head_inch) X(SQUARE_DM, square_dm)           \
	X(IMAGES, images) X(IMAGES_BLACK, images_black) X(IMAGES_CYAN, images_cyan)           \
	X(IMAGES_MAGENTA, images_magenta) X(IMAGES_YELLOW, images_yellow)

enum br_counter {
#define X(upper, lower) BR_COUNTER_##upper,
	BR_COUNTERS(X)
#undef X
	BR_COUNTER_COUNT,
};
/* clang-format on */

struct br_counter_value {
	struct br_number value;
	br_text_at basis;  /* "impressions", "sheets", "engine-cycles", "pages", "scans", … */
	br_text_at origin; /* the OID it was read from */
};

enum br_colorant {
	BR_COLORANT_NONE = 0,
	BR_COLORANT_BLACK,
	BR_COLORANT_CYAN,
	BR_COLORANT_MAGENTA,
	BR_COLORANT_YELLOW,
	BR_COLORANT_COUNT,
};

struct br_coverage {
	struct br_number thousandths; /* of a percent: 4.7 % is 4700 */
	br_text_at origin;
};

/* A part that is cared for by pages or by percent and has no supply row of its own. */
struct br_care {
	char part[BR_ID_SIZE];            /* "drum", "belt", "fuser", "laser", "paper-feed-mp",
					     "paper-feed-1" */
	struct br_number percent;         /* life remaining */
	struct br_number remaining_pages; /* until it is due */
	struct br_number status;          /* raw code of the maker */
	br_text_at origin;
};

enum br_tray_state {
	BR_TRAY_UNKNOWN = 0,
	BR_TRAY_OK,
	BR_TRAY_LOW,
	BR_TRAY_EMPTY,
	BR_TRAY_MISSING,
	BR_TRAY_OPEN,
	BR_TRAY_FULL,    /* outputs */
	BR_TRAY_PROBLEM, /* a critical alert by prtInputStatus / prtOutputStatus */
};

/* An input tray or an output bin. */
struct br_tray {
	char id[BR_ID_SIZE];
	int32_t index;
	int32_t type;            /* PrtInputTypeTC / PrtOutputTypeTC as sent; 0: not said */
	int32_t unit;            /* PrtCapacityUnitTC as sent */
	struct br_number status; /* PrtSubUnitStatusTC as sent */
	br_text_at name, description, media, media_name, model, serial;
	struct br_number capacity, level; /* raw; of an output: remaining capacity */
	enum br_level_kind kind;
	uint8_t percent; /* sheets left, or room left; only if MEASURED */
	enum br_tray_state state;
};

enum br_cover_state { BR_COVER_UNKNOWN = 0, BR_COVER_OPEN, BR_COVER_CLOSED, BR_COVER_OTHER };

struct br_cover {
	int32_t index;
	int32_t status; /* PrtCoverStatusTC as sent */
	br_text_at description;
	enum br_cover_state state;
};

struct br_alert {
	int32_t index;
	int32_t severity;    /* PrtAlertSeverityLevelTC as sent; 0: not said */
	int32_t training;    /* PrtAlertTrainingLevelTC as sent; 0: not said */
	int32_t group;       /* PrtAlertGroupTC as sent; 0: not said */
	int32_t group_index; /* -1 or 0: none */
	int32_t code;        /* PrtAlertCodeTC as sent; 0: not said */
	bool of_supply;      /* a supply is low, empty or missing: it was heard as a witness */
	struct br_number location,
		time; /* time: sysUpTime ticks (1/100 s) when it was raised */
	br_text_at description;
};

struct br_reading {
	char target[BR_TARGET_SIZE];
	int64_t time;       /* wall clock, seconds since 1970; 0: not set */
	bool reachable;     /* something answered */
	bool partial;       /* something was asked for and did not come */
	uint32_t device;    /* hrDeviceIndex that was read; 0 where there is none */
	uint32_t sources;   /* 1u << enum br_source */
	uint32_t questions; /* datagrams sent, retries included */
	struct br_identity identity;
	struct br_capabilities capabilities;
	struct br_status_part status;
	struct br_counter_value counters[BR_COUNTER_COUNT];
	struct br_coverage coverage[BR_COLORANT_COUNT];
	size_t n_supplies, n_care, n_trays, n_outputs, n_covers, n_alerts, n_hearsay, n_notes;
	struct br_supply supplies[BR_MAX_SUPPLIES];
	struct br_care care[BR_MAX_CARE];
	struct br_tray trays[BR_MAX_TRAYS];
	struct br_tray outputs[BR_MAX_OUTPUTS];
	struct br_cover covers[BR_MAX_COVERS];
	struct br_alert alerts[BR_MAX_ALERTS];
	struct br_hearsay hearsay[BR_MAX_HEARSAY];
	br_text_at notes[BR_MAX_NOTES];
	br_text_at text_recent[BR_TEXT_RECENT]; /* by hash: where br_reading_put() looks for the
						   same text */
	size_t text_used;
	char text[BR_READING_TEXT];
};

enum br_source {
	BR_SOURCE_SNMP,
	BR_SOURCE_PJL,
	BR_SOURCE_HTTP,
	BR_SOURCE_IPP,
	BR_SOURCE_RECORDING
};

/* Makes an empty reading. Does not touch the whole arena, so it is cheap. */
void br_reading_init(struct br_reading *reading);

/* The text at an offset, terminated; "" for absent. Lent until the reading changes. */
const char *br_text(const struct br_reading *reading, br_text_at at);

/*
 * Keeps text that is clean UTF-8 already (see br_text_clean); empty text is absent (0). The
 * same text is kept once, or seldom twice: the search is one look into a small table by hash,
 * where a newer text takes the place of an older one. When the arena is full: 0, the reading
 * becomes partial.
 */
br_text_at br_reading_put(struct br_reading *reading, const char *utf8);

/* Adds a note or a reason (formatted) unless it is there already. Full: silently no more. */
void br_reading_note(struct br_reading *reading, const char *format, ...) BR_FORMAT(2, 3);
void br_reading_reason(struct br_reading *reading, const char *word);

/*
 * Orders nothing, names everything: fills the id of every supply, tray and output that has none
 * yet (a maker's row may have named a supply; that id stays). Makes the colorant of a supply
 * the English word for it, also where only the description tells. docs/READING.md has the
 * rules.
 */
void br_reading_name_parts(struct br_reading *reading);

/* The part of it that needs no more than ids: a colour that is in a supply's id and nowhere
 * else. */
void br_reading_color_parts(struct br_reading *reading);

const char *br_counter_name(enum br_counter counter);
bool br_counter_find(struct br_view name, enum br_counter *counter);

#endif
