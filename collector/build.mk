# build.mk - the program brayerd. All but main.o is an archive too, so that tests can link it.
# SPDX-License-Identifier: MIT

COLLECTOR_SOURCES := $(sort $(wildcard collector/*.c))
COLLECTOR_OBJECTS := $(call objects,$(COLLECTOR_SOURCES))
DEPENDENCIES += $(COLLECTOR_OBJECTS:.o=.d)

ifneq ($(wildcard collector/main.c),)
BRAYERD := $(O)/collector/brayerd
LIBCOLLECTOR := $(O)/collector/libcollector.a
PRODUCTS += $(if $(filter fuzz,$(VARIANT)),,$(BRAYERD))

$(O)/collector/%.o $(BRAYERD): private PART_CFLAGS = -pthread
$(eval $(call stamp,$(O)/collector/objects.stamp,$(COLLECTOR_OBJECTS)))
$(BRAYERD): $(COLLECTOR_OBJECTS) $(LIBBRAYER) $(O)/collector/objects.stamp
	$(link)
$(LIBCOLLECTOR): $(filter-out $(O)/collector/main.o,$(COLLECTOR_OBJECTS)) $(O)/collector/objects.stamp
	$(archive)
endif
