/*
 * judge_status_recordings_test.c - whole printers: what their panel tells a person is what
 * status and trays come to.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"
#include "nagios-checks/judged.h"

#define AT(name) "tests/recordings/" name ".snmprec"

static const struct {
	const char *file, *verdict;
} status[] = {
	/* The panel: "Toner Low", and the supplies say so. */
	{AT("brother_hl-mono"), "OK idle [alerts=1]\n= idle"},
	/* Asleep, in four ways of saying so. */
	{AT("dell_color"), "OK asleep [alerts=0]\n= asleep"},
	{AT("lanier_color_mfp"), "OK asleep [alerts=0]\n= asleep"},
	{AT("lexmark_mono"), "OK asleep [alerts=0]\n= asleep"},
	{AT("zebra_industrial"), "OK idle [alerts=0]\n= idle"},
	/* A right cover that is open, and one tray of four empty. */
	{AT("kyocera_color_mfp"), "OK power up\nOK marker fuser under temperature\n"
				  "CRITICAL cover open: Right Cover 1 [alerts=2]\n"
				  "OK panel: Right cover 1 is open.\n= stopped"},
	/* Panel and alerts are Swedish. */
	{AT("lexmark_color_mfp"),
	 "CRITICAL input media supply empty: Fyll på Fack 1\n"
	 "CRITICAL cover open: Right Side Cover [alerts=3]\n"
	 "OK panel: Stäng sidoluckan och fyll på papper i Fack 1 först\n= stopped"},
	{AT("ricoh_mono"),
	 "CRITICAL paper jam: Paper misfeed: inner {30:02}\nOK idle [alerts=2]\n"
	 "OK panel: Paper Misfeed: Inner / Toner almost empty\n= idle"},
	/* The bypass is empty too, and nobody minds. */
	{AT("ricoh_color_mfp"),
	 "CRITICAL marker toner empty: Toner is empty: yellow {18:01} [alerts=2]\n"
	 "OK panel: Yellow toner is empty.\n= stopped"},
	{AT("oki_dot_matrix"), "OK no alerts [alerts=0]\n= no alerts"},
	{AT("tsc_label"), "UNKNOWN the printer tells nothing of its state\n= "},
};

static const struct {
	const char *file, *verdict;
} trays[] = {
	{AT("lanier_color_mfp"),
	 "OK tray-1 40 % [tray-1=40%]\nOK tray-2 10 % [tray-2=10%]\nOK tray-3 70 % "
	 "[tray-3=70%]\n"
	 "OK internal-tray-1 has room [internal-tray-1=U%]\n= 3 trays, lowest tray-2 10 %"},
	{AT("hp_mono"), "WARNING tray-1 empty [tray-1=0%]\nOK tray-2 has paper [tray-2=U%]\n"
			"OK standard-bin ok [standard-bin=U%]\n= 2 trays, tray-1 0 %"},
	{AT("lexmark_color_mfp"), "CRITICAL tray-1 empty [tray-1=0%]\n"
				  "OK standard-bin has room [standard-bin=U%]\n"
				  "= 1 tray, tray-1 0 %"},
	/* -3 is paper; that it is low, the sub-unit status tells. */
	{AT("lexmark_mono"), "OK tray-1 low [tray-1=U%]\n"
			     "OK standard-bin has room [standard-bin=U%]\n= 1 tray"},
	{AT("tsc_label"), "UNKNOWN the printer tells of no tray\n= "},
};

TEST(states_of_whole_printers)
{
	for (size_t i = 0; i < sizeof status / sizeof status[0]; i++)
		judged_recording(plugin_judge_status, PLUGIN_STATUS, status[i].file,
				 status[i].verdict);
}

TEST(trays_of_whole_printers)
{
	for (size_t i = 0; i < sizeof trays / sizeof trays[0]; i++)
		judged_recording(plugin_judge_trays, PLUGIN_TRAYS, trays[i].file,
				 trays[i].verdict);
}
