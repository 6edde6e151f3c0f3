# build.mk - the checks: one program, which its other names are links to. All but main.o is an archive
# too, so that tests can link it.
# SPDX-License-Identifier: MIT

PLUGIN_SOURCES := $(sort $(wildcard nagios-checks/*.c))
PLUGIN_OBJECTS := $(call objects,$(PLUGIN_SOURCES))
DEPENDENCIES += $(PLUGIN_OBJECTS:.o=.d)

ifneq ($(wildcard nagios-checks/main.c),)
PLUGIN := $(O)/nagios-checks/check_printer_all
PLUGIN_NAMES := $(addprefix check_printer_,supplies status trays pages alive)
PLUGIN_LINKS := $(addprefix $(O)/nagios-checks/,$(PLUGIN_NAMES))
PRODUCTS += $(if $(filter fuzz,$(VARIANT)),,$(PLUGIN) $(PLUGIN_LINKS))

$(PLUGIN): $(PLUGIN_OBJECTS) $(LIBBRAYER) $(O)/nagios-checks/objects.stamp
	$(link)
$(PLUGIN_LINKS): $(PLUGIN)
	$(call say,LN,$@)ln -sf check_printer_all $@
endif
ifneq ($(PLUGIN_SOURCES),)
LIBPLUGIN := $(O)/nagios-checks/libplugin.a
$(eval $(call stamp,$(O)/nagios-checks/objects.stamp,$(PLUGIN_OBJECTS)))
$(LIBPLUGIN): $(filter-out $(O)/nagios-checks/main.o,$(PLUGIN_OBJECTS)) $(O)/nagios-checks/objects.stamp
	$(archive)
endif
