/*
 * brayer.h - the whole library, as a front end sees it. Front ends include this and their own
 * headers.
 *
 * What is not named here is inside the library and may change without a word.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_BRAYER_H
#define BR_BRAYER_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/oid.h"
#include "base/random.h"
#include "base/real.h"
#include "base/status.h"
#include "base/text.h"
#include "decode/embedded.h"
#include "decode/harvest.h"
#include "decode/maker.h"
#include "decode/makers.h"
#include "decode/mib.h"
#include "decode/pdu.h"
#include "decode/recording.h"
#include "decode/renew.h"
#include "decode/scrub.h"
#include "decode/snmp.h"
#include "decode/standard.h"
#include "fleet/discover.h"
#include "fleet/fleet.h"
#include "fleet/neighbours.h"
#include "fleet/prints.h"
#include "fleet/range.h"
#include "fleet/scan.h"
#include "fleet/schedule.h"
#include "link/address.h"
#include "link/crypto.h"
#include "link/link.h"
#include "link/profile.h"
#include "link/read.h"
#include "link/target.h"
#include "link/walk_run.h"
#include "model/benign.h"
#include "model/json.h"
#include "model/json_writer.h"
#include "model/names.h"
#include "model/reading.h"
#include "model/same.h"
#include "model/severity.h"
#include "model/tray_alert.h"
#include "store/forecast.h"
#include "store/outlook.h"
#include "store/reader.h"
#include "store/store.h"
#include "talk/conversation.h"
#include "talk/glance.h"
#include "talk/learned.h"
#include "talk/session.h"
#include "talk/trace.h"
#include "talk/v3.h"
#include "talk/walk.h"
#include "version.h" /* BR_VERSION, BR_SYSCONFDIR; made while building */

#endif
