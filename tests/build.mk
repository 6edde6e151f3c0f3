# build.mk - each tests/*/*_test.c is a program of its own; what else stands in a directory of
# tests/ is support that any of them may link. Fuzzers and the farm have their own rules; each .c of
# tests/hosts, tests/long and tests/bench is a program for the scripts beside it.
# SPDX-License-Identifier: MIT

chosen = $(if $(T),$(foreach p,$(1),$(if $(findstring $(T),$(p)),$(p))),$(1))

ORACLE_SOURCES := $(if $(BUILD_ORACLE),,$(wildcard tests/oracle/*.c tests/fuzz/*_oracle_fuzz.c))
TEST_SOURCES   := $(filter-out $(ORACLE_SOURCES),$(sort $(wildcard tests/*/*_test.c)))
FUZZ_SOURCES   := $(filter-out $(ORACLE_SOURCES),$(sort $(wildcard tests/fuzz/*_fuzz.c)))
TOOL_SOURCES   := $(filter-out %_test.c,$(sort $(wildcard tests/hosts/*.c tests/long/*.c tests/bench/*.c)))
FARM_SOURCES   := $(filter-out %_test.c,$(sort $(wildcard tests/farm/*.c)))
SUPPORT_SOURCES := $(filter-out tests/oracle/% tests/fault/% $(TOOL_SOURCES) %_test.c %_fuzz.c \
		   %/main.c tests/check.c,$(sort $(wildcard tests/*.c tests/*/*.c)))

TEST_PROGRAMS  := $(TEST_SOURCES:%.c=$(O)/%)
FUZZ_PROGRAMS  := $(FUZZ_SOURCES:%.c=$(B)/fuzz/%)
TOOL_PROGRAMS  := $(TOOL_SOURCES:%.c=$(O)/%)
FARM           := $(if $(FARM_SOURCES),$(O)/tests/farm/farm)
SUPPORT        := $(O)/tests/support.a
CHECK_O        := $(O)/tests/check.o

TEST_OBJECTS := $(call objects,tests/check.c $(TEST_SOURCES) $(FUZZ_SOURCES) $(TOOL_SOURCES) \
		$(FARM_SOURCES) $(SUPPORT_SOURCES) $(wildcard tests/oracle/*.c tests/fault/*.c))
DEPENDENCIES += $(TEST_OBJECTS:.o=.d)

$(O)/tests/%: private PART_CPPFLAGS = -I. -Itests $(if $(findstring oracle,$(@:$(O)/%=%)),$(CFLAGS_SNMP))
$(O)/tests/%: private PART_LIBS = $(if $(findstring oracle,$(@:$(O)/%=%)),$(LIBS_SNMP))

# Programs of tests/fault are linked so that each call that fault.c wraps goes through it.
FAULT_WRAPS := $(patsubst __real_%,-Wl$(comma)--wrap=%,$(sort $(shell \
	grep -o '__real_[a-z0-9_]*[a-z0-9]' tests/fault/fault.c 2>/dev/null)))
$(O)/tests/fault/%_test: private PART_LIBS = $(FAULT_WRAPS)

$(eval $(call stamp,$(O)/tests/support.stamp,$(SUPPORT_SOURCES)))
$(SUPPORT): $(call objects,$(SUPPORT_SOURCES)) $(O)/tests/support.stamp
	$(archive)

# $(call own,DIRECTORY,PROGRAM...): what this directory shares is for these programs only, since
# nobody else could link it: it needs net-snmp, or wrapped calls. It is searched before the rest.
define own
FIRST += $$(O)/tests/$(1)/support.a
$(2): $$(O)/tests/$(1)/support.a
$$(eval $$(call stamp,$$(O)/tests/$(1)/support.stamp,$$(filter-out %_test.c,$$(wildcard tests/$(1)/*.c))))
$$(O)/tests/$(1)/support.a: $$(call objects,$$(filter-out %_test.c,$$(sort $$(wildcard tests/$(1)/*.c)))) \
		$$(O)/tests/$(1)/support.stamp
	$$(archive)
endef
$(eval $(call own,oracle,$(foreach p,$(TEST_PROGRAMS) $(FUZZ_PROGRAMS),$(if $(findstring oracle,$(p:$(B)/%=%)),$(p)))))
$(eval $(call own,fault,$(filter $(O)/tests/fault/%,$(TEST_PROGRAMS))))

$(TEST_PROGRAMS): %: %.o $(CHECK_O) $(SUPPORT) $(LIBCLI) $(LIBCOLLECTOR) $(LIBPLUGIN) $(LIBBRAYER)
	$(link)
$(TOOL_PROGRAMS): %: %.o $(SUPPORT) $(LIBCLI) $(LIBCOLLECTOR) $(LIBPLUGIN) $(LIBBRAYER)
	$(link)
ifneq ($(FARM),)
$(FARM): $(call objects,$(FARM_SOURCES)) $(LIBBRAYER)
	$(link)
endif
ifeq ($(VARIANT),fuzz)
$(FUZZ_PROGRAMS): %: %.o $(SUPPORT) $(LIBCLI) $(LIBCOLLECTOR) $(LIBPLUGIN) $(LIBBRAYER)
	$(link)
endif

# Scripts: tests/*.sh are about the build itself and run once, tests/*/*_test.sh run the programs
# and so run once a variant; DIRECTORY@SCRIPT tells run.sh which.
HOUSE_SCRIPTS := $(filter-out tests/run.sh,$(sort $(wildcard tests/*.sh)))
TEST_SCRIPTS  := $(sort $(wildcard tests/*/*_test.sh))
# $(call tests_of,variant): what run.sh is given.
tests_of = $(call chosen,$(TEST_SOURCES:%.c=$(B)/$(1)/%) $(TEST_SCRIPTS:%=$(B)/$(1)@%))

# What a run of tests needs beside the tests.
test-programs: $(call chosen,$(TEST_PROGRAMS)) $(TOOL_PROGRAMS) $(FARM) $(BRAYER) $(BRAYERD) $(PLUGIN) $(PLUGIN_LINKS)
fuzz-programs: $(call chosen,$(FUZZ_PROGRAMS))
.PHONY: test-programs fuzz-programs
