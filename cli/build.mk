# build.mk - the program brayer. All but main.o is an archive too, so that tests can link it.
# SPDX-License-Identifier: MIT

CLI_SOURCES := $(sort $(wildcard cli/*.c))
CLI_OBJECTS := $(call objects,$(CLI_SOURCES))
DEPENDENCIES += $(CLI_OBJECTS:.o=.d)

ifneq ($(CLI_SOURCES),)
BRAYER := $(O)/cli/brayer
LIBCLI := $(O)/cli/libcli.a
PRODUCTS += $(if $(filter fuzz,$(VARIANT)),,$(BRAYER))

$(eval $(call stamp,$(O)/cli/objects.stamp,$(CLI_OBJECTS)))
$(BRAYER): $(CLI_OBJECTS) $(LIBBRAYER) $(O)/cli/objects.stamp
	$(link)
$(LIBCLI): $(filter-out $(O)/cli/main.o,$(CLI_OBJECTS)) $(O)/cli/objects.stamp
	$(archive)
endif
